//! What is wrong with whom an approval empowers.
//!
//! Takes an approval with the manifest and a day, and returns what is wrong whatever the plan: a workload or an agent
//! without an owner, and an identity that approvals of several systems name. What a plan shows besides is compared in the
//! judge, with the same [`SubjectFlaw`].

use std::time::Duration;

use jiff::civil::Date;

use super::Flaw;
use crate::lower::Text;
use crate::manifest::{Approval, ApprovedGrants, Manifest, Subject};
use crate::source::{Span, Spanned};
use crate::subject::{SubjectKind, find_identity_key};

/// Why an approval does not count for whom it would empower.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubjectFlaw {
    /// A principal is of a kind that it may not empower.
    WrongKind {
        /// The principal; none where it must not be printed.
        principal: Option<String>,
        /// Of which kind it is.
        kind: SubjectKind,
        /// What it may empower.
        limit: KindLimit,
    },
    /// Of which kind a principal is, the plan does not show.
    KindUnknown {
        /// The principal; none where it must not be printed.
        principal: Option<String>,
        /// What it may empower.
        limit: KindLimit,
    },
    /// A workload or an agent has no owner.
    NoOwner {
        /// Which of the two.
        kind: SubjectKind,
        /// The `subject` block.
        span: Span,
    },
    /// The manifest declares persons or teams, and the owner is none of them.
    UnknownOwner {
        /// Of whom they are said to be the owner.
        kind: SubjectKind,
        /// The owner, as written.
        owner: Spanned<String>,
    },
    /// Approvals for another system name the same workload identity.
    ReusedIdentity {
        /// The identity, as written.
        identity: String,
        /// Who owns it.
        owner: Option<String>,
        /// The other system.
        system: String,
        /// The approval for it.
        ticket: String,
    },
    /// A static key lives for longer than the approvers may decide.
    LongLived {
        /// The first of them.
        approver: Spanned<String>,
        /// The resource type that makes the key.
        credential: String,
        /// How long it lives; none where it never ends.
        lives: Option<Duration>,
        /// The authority that allows the most.
        authority: String,
        /// The most that is allowed.
        max_key_age: Duration,
    },
}

/// Whom an approval may empower, and who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindLimit {
    /// The kinds, in order.
    pub allowed: Vec<SubjectKind>,
    /// The authority that says so; none where the approval itself does.
    pub authority: Option<String>,
}

/// Finds what is wrong with the owners of its subjects.
pub(super) fn find_owner_flaws(approval: &Approval, manifest: &Manifest) -> Vec<Flaw> {
    let declares_parties = !(manifest.persons.is_empty() && manifest.teams.is_empty());
    let needing = approval.subjects.iter().filter(|subject| subject.kind.needs_owner());
    let flaw = |subject: &Subject| {
        let kind = subject.kind;
        match &subject.owner {
            None => Some(SubjectFlaw::NoOwner { kind, span: subject.span }),
            Some(owner) if declares_parties && !manifest.knows_party(&owner.value) => {
                Some(SubjectFlaw::UnknownOwner { kind, owner: owner.clone() })
            }
            Some(_) => None,
        }
    };
    needing.filter_map(flaw).map(Flaw::Subject).collect()
}

/// Finds the first workload identity that an approval for another system names as well, and that holds on the day or
/// later. Approvals that say nothing of subjects are not asked.
pub(super) fn find_reused_identity(
    approval: &Approval,
    grants: &ApprovedGrants,
    manifest: &Manifest,
    as_of: Date,
) -> Option<Flaw> {
    let owned = approval.subjects.iter().find(|subject| subject.kind.needs_owner())?;
    let principals = grants
        .grants
        .iter()
        .flat_map(|grant| grant.terms.principals.iter().map(move |principal| (grant.dialect, principal)));
    let mut named = principals.filter_map(|(dialect, principal)| {
        let name = Text::as_known(principal)?;
        Some((name, find_identity_key(dialect, name)?))
    });
    named.find_map(|(name, key)| {
        let mut others = manifest.approvals_of_identity(&key);
        let other = others
            .find(|other| other.system_name() != approval.system_name() && other.expires_on.value > as_of)?;
        Some(Flaw::Subject(SubjectFlaw::ReusedIdentity {
            identity: name.to_owned(),
            owner: owned.owner.as_ref().map(|owner| owner.value.clone()),
            system: other.system_name()?.to_owned(),
            ticket: other.id.clone(),
        }))
    })
}
