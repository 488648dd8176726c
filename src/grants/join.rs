//! Brings attachments and definitions together.
//!
//! An attachment names a role; where the plan holds that role's definition, and the configuration or the state proves
//! that it is that role's, its content is a second reading of the attachment ([`super::contents`]). A definition grants
//! what it says to whoever holds it, by name alone: where nobody is seen to hold it, or others may, to itself.

use std::collections::{BTreeSet, HashMap};

use super::collect::{Pending, unite};
use super::contents::{Contents, is_same_text, with_holder};
use super::extract::lower_exactly;
use super::role_link::{DefinedRole, RoleKinds};
use super::{Change, Grant, lower_planned};
use crate::lower::Terms;
use crate::rules::GrantKind;
use crate::source::Place;

impl Pending {
    /// Whether it has to be brought together with others.
    pub(super) fn needs_join(&self) -> bool {
        self.grant.kind == GrantKind::Definition || !self.grant.terms.roles.is_empty()
    }
}

/// All attachments and definitions of a plan.
pub(super) struct Join<'f> {
    pending: &'f [Pending],
    contents: Contents<'f>,
    holders: HashMap<String, Vec<usize>>,
}

impl<'f> Join<'f> {
    pub(super) fn new(pending: &'f [Pending], kinds: &'f RoleKinds) -> Self {
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
        let grant = &one.grant;
        let mut made = Vec::new();
        let mut rest = grant.terms.clone();
        rest.roles.clear();
        if !rest.actions.is_empty() || !rest.data_actions.is_empty() || rest.document.is_some() {
            made.push(Grant {
                readings: vec![lower_planned(grant.dialect, &rest)],
                terms: rest,
                ..grant.clone()
            });
        }
        for role in &grant.terms.roles {
            let mut terms = grant.terms.clone();
            terms.roles = vec![role.clone()];
            terms.actions.clear();
            terms.data_actions.clear();
            terms.document = None;
            let mut readings = vec![lower_planned(grant.dialect, &terms)];
            let mut defined = None;
            let mut sensitive = grant.sensitive;
            let named = one.link.named.as_ref();
            if let Some(content) = named.and_then(|named| self.contents.find(named, role)) {
                if content.is_judged_instead_of(one) {
                    continue;
                }
                readings.push(content.read(&terms));
                sensitive |= content.is_sensitive();
                defined = content.named_roles(&terms).map(Box::new);
            }
            made.push(Grant { readings, terms, defined, sensitive, ..grant.clone() });
        }
        made
    }

    /// A definition as a grant to each of its holders.
    fn join_holders(&self, one: &Pending) -> Vec<Grant> {
        let holders = one.names.iter().filter_map(|name| self.holders.get(&name.to_string())).flatten();
        let held_by: BTreeSet<usize> = holders.copied().collect();
        let mut seen: HashMap<Terms, usize> = HashMap::new();
        let mut words: Vec<(Terms, Vec<Place>)> = Vec::new();
        for holder in held_by.iter().filter_map(|at| self.pending.get(*at)) {
            let terms = with_holder(&Terms::default(), &holder.grant.terms);
            let at = *seen.entry(terms).or_insert_with_key(|terms| {
                words.push((terms.clone(), Vec::new()));
                words.len() - 1
            });
            if let (Some((_, places)), true) = (words.get_mut(at), self.is_one_grant(holder, one)) {
                places.extend(holder.grant.origin.places.iter().cloned());
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
            // The definition's own block stays the last.
            grant.origin.places.splice(0..0, places);
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
        let Some(DefinedRole { may_be_held: true, holders, .. }) = &one.link.defined else { return false };
        if matches!(one.grant.change, Change::Untouched | Change::Loosened) {
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
