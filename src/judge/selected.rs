//! The approvals that one grant is judged by.
//!
//! Takes approvals with what keeps each of them from being in force, and returns what they allow in the grant's dialect:
//! [`UnitedApprovals`], made once for a grant. No statement is copied unless several approvals have to be united.

use std::borrow::Cow;
use std::sync::Arc;

use crate::authority::Flaw;
use crate::catalog::{Catalog, Used};
use crate::containment::{ApprovedAccess, ApprovedContent, ApprovedPart, is_within};
use crate::lower::{Dialect, Lowered};
use crate::manifest::{Approval, ApprovedGrants};
use access_algebra::{Effect, Statement};

/// The most approvals of one principal that are compared with a grant together. Among more, one that covers the grant alone is
/// searched for first, because the comparison with all costs as much as all of them.
pub(super) const MAX_UNITED: usize = 4;

/// The approvals that may apply to one grant.
#[derive(Debug, Default)]
pub(super) struct Selected<'m> {
    /// In the order of the manifest.
    pub(super) approvals: Vec<SelectedApproval<'m>>,
    /// Tickets that the grant names and that the manifest does not have.
    pub(super) missing: Vec<String>,
}

/// One of them.
#[derive(Clone, Debug)]
pub(super) struct SelectedApproval<'m> {
    pub(super) approval: &'m Approval,
    /// What it approves at the place of the grant.
    pub(super) content: SelectedContent<'m>,
    /// What keeps it from being in force.
    pub(super) flaws: Cow<'m, [Flaw]>,
}

/// What an approval approves where it was asked for.
#[derive(Clone, Debug)]
pub(super) enum SelectedContent<'m> {
    /// The same everywhere.
    Fixed(&'m ApprovedGrants),
    /// In this place, for this plan.
    Placed(Arc<ApprovedGrants>),
}

impl SelectedContent<'_> {
    pub(super) fn grants(&self) -> &ApprovedGrants {
        match self {
            Self::Fixed(grants) => grants,
            Self::Placed(grants) => grants,
        }
    }
}

/// Selected approvals of one dialect, united once for a grant.
#[derive(Debug)]
pub(super) struct UnitedApprovals<'m> {
    /// Whether there are no approvals of any dialect.
    pub(super) are_none: bool,
    /// Those in force.
    pub(super) in_force: ApprovedAccess<'m>,
    /// The tickets of the parts of `in_force`, in their order.
    tickets: Vec<&'m str>,
    /// Those in force with those that are not; `None` where all are in force.
    pub(super) with_flawed: Option<ApprovedAccess<'m>>,
}

impl Selected<'_> {
    /// IDs of the approvals, and of tickets that are missing.
    pub(super) fn list_tickets(&self) -> Vec<String> {
        let mut tickets: Vec<String> = self.approvals.iter().map(|one| one.approval.id.clone()).collect();
        tickets.extend(self.missing.iter().cloned());
        tickets.sort();
        tickets.dedup();
        tickets
    }

    /// Unites what the approvals allow in one dialect, with roles by their names.
    pub(super) fn unite(&self, dialect: Dialect) -> UnitedApprovals<'_> {
        let (mut tickets, mut in_force, mut all) = (Vec::new(), Vec::new(), Vec::new());
        let has_flawed = self.approvals.iter().any(|one| !one.flaws.is_empty());
        for SelectedApproval { approval, content, flaws } in &self.approvals {
            let content = content.grants();
            let Some(access) = content.access(dialect) else { continue };
            let of_dialect = || content.grants.iter().filter(|grant| grant.dialect == dialect);
            let part = ApprovedPart {
                access: Cow::Borrowed(access),
                role_terms: of_dialect().filter_map(|grant| grant.by_name.as_deref()).collect(),
                narrowed_by: of_dialect().find_map(|grant| grant.missing_facts.first()),
            };
            if has_flawed {
                all.push(part.clone());
            }
            if flaws.is_empty() {
                tickets.push(approval.id.as_str());
                in_force.push(part);
            }
        }
        let (are_none, in_force) = (self.approvals.is_empty(), ApprovedAccess::new(in_force));
        UnitedApprovals {
            are_none,
            in_force,
            tickets,
            with_flawed: has_flawed.then(|| ApprovedAccess::new(all)),
        }
    }
}

impl<'m> UnitedApprovals<'m> {
    /// Adds the content of the roles that approvals name, as far as the catalogue knows it, and returns what was read for
    /// those in force; `None` where that is nothing.
    pub(super) fn with_content(&self, dialect: Dialect, catalog: &Catalog) -> Option<(Self, Vec<Used>)> {
        let ApprovedContent { approved: in_force, used, .. } = self.in_force.with_content(dialect, catalog);
        if used.is_empty() {
            return None;
        }
        let with_flawed = self.with_flawed.as_ref().map(|all| all.with_content(dialect, catalog).approved);
        let (are_none, tickets) = (self.are_none, self.tickets.clone());
        Some((Self { are_none, in_force, tickets, with_flawed }, used))
    }

    /// Returns all approvals, in force or not.
    pub(super) fn all(&self) -> &ApprovedAccess<'m> {
        self.with_flawed.as_ref().unwrap_or(&self.in_force)
    }

    /// Returns the ticket of the first approval in force that alone covers one of the readings. Of a single approval
    /// that is not asked: it is the union.
    pub(super) fn find_covering(&self, readings: &[&Lowered]) -> Option<&'m str> {
        let parts = self.in_force.parts();
        let covers =
            |part: &ApprovedPart<'_>| readings.iter().any(|reading| is_within(reading, &part.access));
        let at = if parts.len() > 1 { parts.iter().position(covers) } else { None };
        self.tickets.get(at?).copied()
    }

    /// Whether a witness against the union is one against each approval: nothing is denied, so that none allows more than
    /// all, and there is one reading, which the witness is of. It is asked of many approvals alone, of which one that covers
    /// the grant was looked for beforehand.
    pub(super) fn are_refuted_by_union(&self, readings: &[&Lowered]) -> bool {
        let parts = self.in_force.parts();
        let denies = |statement: &Statement| statement.effect == Effect::Deny;
        readings.len() == 1
            && parts.len() > MAX_UNITED
            && !parts.iter().any(|part| part.access.statements.iter().any(denies))
    }

    /// Returns the tickets of all approvals in force.
    pub(super) fn in_force_tickets(&self) -> Vec<String> {
        self.tickets.iter().map(|ticket| (*ticket).to_owned()).collect()
    }
}
