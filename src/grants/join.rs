//! Brings attachments and definitions together.
//!
//! An attachment names a role; where the plan holds that role's definition, and the configuration or the state proves
//! that it is that role's, its content is a second reading of the attachment ([`super::contents`]). A definition grants
//! what it says to whoever holds it, by name alone: where nobody is seen to hold it, or others may, to itself.

use std::collections::{BTreeSet, HashMap};

use super::contents::{Contents, is_same_text, with_holder};
use super::extract::lower_exactly;
use super::pending::{Pending, unite};
use super::role_link::{DefinedRole, RoleKinds};
use super::{Change, Grant, lower_planned};
use crate::lower::{Dialect, Terms, Text};
use crate::rules::GrantKind;
use crate::sources::{PlaceRole, SourcePlace};

impl Pending {
    /// Whether others of the plan say what it gives, or to whom.
    pub(super) fn needs_others(&self, kinds: &RoleKinds) -> bool {
        let names_roles = !self.grant.terms.roles.is_empty();
        self.grant.kind == GrantKind::Definition
            || names_roles && (self.link.named.is_some() || kinds.defines_in(self.grant.dialect))
    }

    /// The grants that an attachment makes of which no definition of the plan can be the content: one a role, by its name.
    pub(super) fn complete_alone(self) -> Vec<Grant> {
        let mut grant = self.grant;
        if !grant.readings.is_empty() {
            return vec![grant];
        }
        if grant.terms.roles.is_empty() {
            grant.readings.push(lower_planned(grant.dialect, &grant.terms));
            return vec![grant];
        }
        split_roles(&grant).collect()
    }
}

/// All attachments and definitions of a plan.
pub(super) struct Join<'f> {
    pending: &'f [Box<Pending>],
    contents: Contents<'f>,
    /// Attachments by the dialect and the name of the roles that they name.
    holders: HashMap<(Dialect, String), Vec<usize>>,
}

impl<'f> Join<'f> {
    pub(super) fn new(pending: &'f [Box<Pending>], kinds: &'f RoleKinds) -> Self {
        Self { pending, contents: Contents::new(pending, kinds), holders: find_holders(pending) }
    }

    /// The grants that one of them makes.
    pub(super) fn complete(&self, one: &Pending) -> Vec<Grant> {
        if one.grant.kind == GrantKind::Definition {
            self.join_holders(one)
        } else if one.grant.readings.is_empty() {
            self.join_definitions(one)
        } else {
            vec![one.grant.clone()]
        }
    }

    /// One grant a role, by its name and, where the plan defines it, by its content.
    fn join_definitions(&self, one: &Pending) -> Vec<Grant> {
        let Some(named) = &one.link.named else { return split_roles(&one.grant).collect() };
        let made = split_roles(&one.grant).filter_map(|mut grant| {
            let content = grant.terms.roles.first().and_then(|role| self.contents.find(named, role));
            let Some(content) = content else { return Some(grant) };
            if content.is_judged_instead_of(one) {
                return None;
            }
            grant.readings.push(content.read(&grant.terms));
            grant.sensitive |= content.is_sensitive();
            grant.defined = content.named_roles(&grant.terms).map(Box::new);
            Some(grant)
        });
        made.collect()
    }

    /// A definition as a grant to each of its holders.
    fn join_holders(&self, one: &Pending) -> Vec<Grant> {
        let key = |name: &Text| (one.grant.dialect, name.to_string());
        let holders = one.names.iter().filter_map(|name| self.holders.get(&key(name))).flatten();
        let held_by: BTreeSet<usize> = holders.copied().collect();
        let mut seen: HashMap<Terms, usize> = HashMap::new();
        let mut words: Vec<(Terms, Vec<SourcePlace>)> = Vec::new();
        for holder in held_by.iter().filter_map(|at| self.pending.get(*at)) {
            let terms = with_holder(&Terms::default(), &holder.grant.terms);
            let at = *seen.entry(terms).or_insert_with_key(|terms| {
                words.push((terms.clone(), Vec::new()));
                words.len() - 1
            });
            if let (Some((_, places)), true) = (words.get_mut(at), self.is_one_grant(holder, one)) {
                let held = holder.grant.origin.places.iter().cloned();
                places.extend(held.map(|place| SourcePlace { role: PlaceRole::Holder, ..place }));
            }
        }
        if words.is_empty() || self.may_be_held_by_others(one, &held_by) {
            let principals = one.names.first().cloned().into_iter().collect();
            words.push((Terms { principals, ..Terms::default() }, Vec::new()));
        }
        let made = words.into_iter().map(|(holder, places)| {
            let terms = with_holder(&one.grant.terms, &holder);
            let readings = vec![lower_planned(one.grant.dialect, &terms)];
            let before = one
                .before
                .iter()
                .filter_map(|extract| lower_exactly(extract.dialect, &with_holder(&extract.terms, &holder)));
            let sensitive = one.grant.sensitive || terms.whole_provenance().is_sensitive();
            let mut grant = Grant { terms, readings, before: unite(before), sensitive, ..one.grant.clone() };
            grant.origin.places.extend(places);
            grant
        });
        made.collect()
    }

    /// Whether an attachment of a definition is judged with it.
    fn is_one_grant(&self, attachment: &Pending, definition: &Pending) -> bool {
        let Some(named) = &attachment.link.named else { return false };
        let roles = attachment.grant.terms.roles.iter();
        let mut own = roles.filter(|role| definition.names.iter().any(|name| is_same_text(role, name)));
        own.any(|role| {
            self.contents.find(named, role).is_some_and(|content| content.is_judged_instead_of(attachment))
        })
    }

    /// Whether somebody may hold a changed definition whom the plan does not show: it existed, and it is not known that
    /// no more hold it than are seen to.
    fn may_be_held_by_others(&self, one: &Pending, held_by: &BTreeSet<usize>) -> bool {
        let Some(DefinedRole { may_be_held: true, holders, .. }) = one.link.defined.as_deref() else {
            return false;
        };
        // Who else holds what exists, the objects that exist say.
        if matches!(
            one.grant.change,
            Change::Untouched | Change::Loosened | Change::Delivered | Change::Altered
        ) {
            return false;
        }
        let Some(holders) = holders else { return true };
        let existing = held_by.iter().filter_map(|at| self.pending.get(*at)).filter(|holder| {
            !matches!(holder.grant.change, Change::Made)
                && one
                    .names
                    .iter()
                    .any(|name| holder.grant.terms.roles.iter().any(|role| is_same_text(role, name)))
        });
        let seen: BTreeSet<String> =
            existing.flat_map(|holder| &holder.grant.terms.principals).map(ToString::to_string).collect();
        seen.len() < *holders
    }
}

/// The grants of an attachment: one of what it gives without a role, and one of each role, by its name.
fn split_roles(grant: &Grant) -> impl Iterator<Item = Grant> {
    let has_more = !grant.terms.actions.is_empty()
        || !grant.terms.data_actions.is_empty()
        || grant.terms.document.is_some();
    let rest = has_more.then(|| Terms { roles: Vec::new(), ..grant.terms.clone() });
    let of_roles = grant.terms.roles.iter().map(|role| Terms {
        roles: vec![role.clone()],
        actions: Vec::new(),
        data_actions: Vec::new(),
        document: None,
        ..grant.terms.clone()
    });
    rest.into_iter().chain(of_roles).map(|terms| Grant {
        readings: vec![lower_planned(grant.dialect, &terms)],
        terms,
        ..grant.clone()
    })
}

/// Which attachments name each role.
fn find_holders(pending: &[Box<Pending>]) -> HashMap<(Dialect, String), Vec<usize>> {
    let mut holders: HashMap<(Dialect, String), Vec<usize>> = HashMap::new();
    for (at, one) in pending.iter().enumerate() {
        if one.grant.kind != GrantKind::Definition {
            for role in &one.grant.terms.roles {
                holders.entry((one.grant.dialect, role.to_string())).or_default().push(at);
            }
        }
    }
    holders
}
