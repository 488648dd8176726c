//! Brings attachments and definitions together.
//!
//! An attachment names a role; where the plan holds that role's definition, its content is a second reading of the
//! attachment. A definition grants what it says to whoever holds it; where nobody is seen to hold it, to itself.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::collect::{Pending, union};
use super::{Change, Grant, planned};
use crate::lower::Terms;
use crate::rules::GrantKind;

impl Pending {
    /// Whether it has to be brought together with others.
    pub(super) fn needs_join(&self) -> bool {
        self.grant.kind == GrantKind::Definition || !self.grant.terms.roles.is_empty()
    }
}

/// All attachments and definitions of a plan.
pub(super) struct Join<'f> {
    pending: &'f [Pending],
    definitions: HashMap<String, usize>,
    holders: HashMap<String, Vec<usize>>,
}

impl<'f> Join<'f> {
    pub(super) fn new(pending: &'f [Pending]) -> Self {
        Self { pending, definitions: find_definitions(pending), holders: find_holders(pending) }
    }

    /// The grants that one of them makes.
    pub(super) fn complete(&self, one: &Pending) -> Vec<Grant> {
        if one.grant.kind == GrantKind::Definition {
            self.join_holders(one)
        } else if one.grant.readings.is_empty() {
            self.join_definitions(&one.grant)
        } else {
            vec![one.grant.clone()]
        }
    }

    /// One grant a role, by its name and, where the plan defines it, by its content.
    fn join_definitions(&self, grant: &Grant) -> Vec<Grant> {
        let mut parts: Vec<(Terms, Option<&Pending>)> = Vec::new();
        let mut rest = grant.terms.clone();
        rest.roles.clear();
        if !rest.actions.is_empty() || !rest.data_actions.is_empty() || rest.document.is_some() {
            parts.push((rest, None));
        }
        for role in &grant.terms.roles {
            let mut terms = grant.terms.clone();
            terms.roles = vec![role.clone()];
            terms.actions.clear();
            terms.data_actions.clear();
            terms.document = None;
            let definition = self.definitions.get(&role.to_string()).and_then(|at| self.pending.get(*at));
            parts.push((terms, definition));
        }
        let made = parts.into_iter().map(|(terms, definition)| {
            let mut readings = vec![planned(grant.dialect, &terms)];
            let mut defined = None;
            if let Some(Pending { grant: definition, .. }) = definition {
                let held = with_holder(&definition.terms, &terms);
                readings.push(planned(definition.dialect, &held));
                defined = (!held.roles.is_empty()).then(|| Box::new(held));
            }
            Grant { readings, terms, defined, ..grant.clone() }
        });
        made.collect()
    }

    /// A definition as a grant to each of its holders.
    fn join_holders(&self, one: &Pending) -> Vec<Grant> {
        let holders = one.names.iter().filter_map(|name| self.holders.get(&name.to_string())).flatten();
        let held_by: BTreeSet<usize> = holders.copied().collect();
        let mut seen: HashSet<Terms> = HashSet::new();
        let mut words: Vec<Terms> = Vec::new();
        for holder in held_by.iter().filter_map(|at| self.pending.get(*at)) {
            let terms = with_holder(&Terms::default(), &holder.grant.terms);
            if seen.insert(terms.clone()) {
                words.push(terms);
            }
        }
        if words.is_empty() {
            let principals = one.names.first().cloned().into_iter().collect();
            words.push(Terms { principals, ..Terms::default() });
        }
        let made = words.iter().map(|holder| {
            let terms = with_holder(&one.grant.terms, holder);
            let readings = vec![planned(one.grant.dialect, &terms)];
            let before = one
                .before
                .iter()
                .map(|extract| planned(extract.dialect, &with_holder(&extract.terms, holder)));
            Grant { terms, readings, before: union(before), ..one.grant.clone() }
        });
        made.collect()
    }
}

/// Where each role that the plan defines is defined.
fn find_definitions(pending: &[Pending]) -> HashMap<String, usize> {
    let mut definitions = HashMap::new();
    for (at, one) in pending.iter().enumerate() {
        if one.grant.kind == GrantKind::Definition && one.grant.change != Change::LeftBehind {
            definitions.extend(one.names.iter().map(|name| (name.to_string(), at)));
        }
    }
    definitions
}

/// Which attachments name each role.
fn find_holders(pending: &[Pending]) -> HashMap<String, Vec<usize>> {
    let mut holders: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, one) in pending.iter().enumerate() {
        if one.grant.kind != GrantKind::Definition {
            for role in &one.grant.terms.roles {
                holders.entry(role.to_string()).or_default().push(at);
            }
        }
    }
    holders
}

/// What a definition says, in the hands of whoever holds it.
fn with_holder(definition: &Terms, holder: &Terms) -> Terms {
    let mut terms = definition.clone();
    terms.principals.clone_from(&holder.principals);
    if !holder.resources.is_empty() {
        terms.resources.clone_from(&holder.resources);
    }
    terms.conditions.extend(holder.conditions.iter().cloned());
    if holder.expression.is_some() {
        terms.expression.clone_from(&holder.expression);
    }
    terms.mode = holder.mode.clone();
    // Whoever holds it holds it by a role's name, which may be a guess as well.
    terms.provenance.absorb(&holder.whole_provenance());
    terms
}
