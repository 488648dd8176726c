//! Authority: whether a decision is valid and in force.
//!
//! Takes an [`Approval`], its [`Manifest`] and a date, and returns every [`Flaw`] of the decision: none where it is in force
//! and given by approvers with authority. A flaw invalidates one approval and no other. [`review`] returns what is wrong
//! with a whole manifest.
//!
//! Persons are counted, not logins. What an approval says of access is not looked at, and there is no clock.

mod flaw;
mod hygiene;
mod persons;
mod place;
mod words;

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::civil::Date;

use crate::manifest::{Approval, ApprovedGrants, Authority, Manifest};
use crate::source::Spanned;
use persons::{count_persons, find_beneficiaries, is_requester, may_decide, self_approvals};

pub use flaw::{Flaw, Lack, ReferenceFlaw};
pub use hygiene::{review, review_draft};
pub use place::place_flaw;

/// What is wrong with a decision on a day; nothing, where it is in force and made by people entitled to it. `grants` is what
/// the approval gives where it is asked of.
pub fn find_flaws(
    approval: &Approval,
    grants: &ApprovedGrants,
    manifest: &Manifest,
    as_of: Date,
) -> Vec<Flaw> {
    let mut flaws = find_decision_flaws(approval, grants, manifest);
    flaws.extend(check_time(approval, as_of));
    flaws
}

/// What is wrong with a decision on every day.
fn find_decision_flaws(approval: &Approval, grants: &ApprovedGrants, manifest: &Manifest) -> Vec<Flaw> {
    let mut flaws = self_approvals(approval, manifest);
    flaws.extend(find_beneficiaries(approval, grants, manifest));
    flaws.extend(check_entitlement(approval, manifest));
    flaws
}

/// From its first day until the day before it expires, UTC.
fn check_time(approval: &Approval, as_of: Date) -> Option<Flaw> {
    if as_of >= approval.expires_on.value {
        return Some(Flaw::Expired { expires_on: approval.expires_on });
    }
    if as_of < approval.starts() {
        let starts_on = approval.starts_on.unwrap_or(approval.approved_on);
        return Some(Flaw::NotYetValid { starts_on });
    }
    None
}

/// Every approver has to be entitled by some authority over the system, and one of these authorities has to be
/// satisfied as a whole: by enough of its persons, within its duration.
fn check_entitlement(approval: &Approval, manifest: &Manifest) -> Vec<Flaw> {
    let over: Vec<_> =
        manifest.authorities.values().filter(|one| one.is_over(&approval.system.value)).collect();
    let no_authority = |approver: &Spanned<String>, lack: Lack| Flaw::NoAuthority {
        approver: approver.clone(),
        system: approval.system.value.clone(),
        lack,
    };
    if over.is_empty() {
        return approval.approvers.iter().map(|approver| no_authority(approver, Lack::Authority)).collect();
    }
    let mut flaws = Vec::new();
    for approver in &approval.approvers {
        let is_entitled = || over.iter().any(|one| may_decide(one, &approver.value, manifest));
        if !is_requester(approval, &approver.value, manifest) && !is_entitled() {
            flaws.push(no_authority(approver, not_entitled(&over, approval, manifest)));
        }
    }
    flaws.extend(find_unsatisfied(&over, approval, manifest));
    flaws
}

fn not_entitled(over: &[&Authority], approval: &Approval, manifest: &Manifest) -> Lack {
    Lack::Entitlement {
        authorities: over.iter().map(|one| one.name.clone()).collect(),
        entitled: list_others(over, approval, manifest),
    }
}

/// Those whom the authorities name, less who asked and who approved already.
fn list_others(over: &[&Authority], approval: &Approval, manifest: &Manifest) -> Vec<String> {
    let taken: BTreeSet<_> = std::iter::once(&approval.requester)
        .chain(&approval.approvers)
        .flat_map(|login| manifest.persons_of(&login.value))
        .collect();
    let is_free = |login: &&Spanned<String>| !manifest.persons_of(&login.value).is_subset(&taken);
    let logins: BTreeSet<_> =
        over.iter().flat_map(|one| &one.approvers).filter(is_free).map(|login| login.value.clone()).collect();
    logins.into_iter().collect()
}

/// Why no authority is satisfied, where there is one of whose persons some approved.
fn find_unsatisfied(over: &[&Authority], approval: &Approval, manifest: &Manifest) -> Option<Flaw> {
    let duration = find_duration(approval);
    let mut nearest: Option<(&Authority, u64)> = None;
    let mut longest: Option<(&Authority, &Spanned<String>)> = None;
    for authority in over {
        let decides = |approver: &&Spanned<String>| {
            !is_requester(approval, &approver.value, manifest)
                && may_decide(authority, &approver.value, manifest)
        };
        let decided: Vec<_> = approval.approvers.iter().filter(decides).collect();
        let Some(first) = decided.first() else { continue };
        let have = count_persons(decided.iter().map(|approver| approver.value.as_str()), manifest);
        if have < authority.threshold {
            let missing = |(one, have): (&Authority, u64)| one.threshold.saturating_sub(have);
            if nearest.is_none_or(|best| missing((authority, have)) < missing(best)) {
                nearest = Some((authority, have));
            }
        } else if duration <= authority.max_duration {
            return None;
        } else if longest.is_none_or(|(best, _)| authority.max_duration > best.max_duration) {
            longest = Some((authority, *first));
        }
    }
    // Enough persons for too long a time is nearer to a decision than too few.
    if let Some((authority, approver)) = longest {
        let lack = Lack::Duration {
            authority: authority.name.clone(),
            duration,
            max_duration: authority.max_duration,
        };
        let system = approval.system.value.clone();
        return Some(Flaw::NoAuthority { approver: approver.clone(), system, lack });
    }
    nearest.map(|(authority, have)| Flaw::ThresholdNotMet {
        authority: authority.name.clone(),
        needed: authority.threshold,
        have,
        entitled: list_others(&[authority], approval, manifest),
    })
}

/// How long the approval holds, from its first day until it expires.
fn find_duration(approval: &Approval) -> Duration {
    let length = approval.starts().duration_until(approval.expires_on.value);
    // An approval that ends before it starts was refused; nothing holds for less than no time.
    Duration::try_from(length).unwrap_or_default()
}

#[cfg(test)]
mod tests;
