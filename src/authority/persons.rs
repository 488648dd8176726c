//! Who is behind the names of a decision: persons, alone and in teams.
//!
//! Takes an approval or an authority and a manifest, and returns who approved for themselves and who may decide. Whoever is
//! in a team may be the one who spoke for it, and that is always read against the approval.

use std::collections::BTreeSet;

use super::Flaw;
use crate::manifest::{Approval, ApprovedGrants, Authority, Manifest};
use crate::source::Spanned;

/// Approving oneself is a flaw even where others approved too: whoever wrote it down took it for an approval. Who is in a
/// team may have spoken for it.
pub(super) fn self_approvals(approval: &Approval, manifest: &Manifest) -> Vec<Flaw> {
    let Some(requester) = &approval.requester else { return Vec::new() };
    let requesters = manifest.persons_of(&requester.value);
    let mut flaws = Vec::new();
    for approver in &approval.approvers {
        let persons = manifest.persons_of(&approver.value);
        let Some(person) = persons.intersection(&requesters).next() else { continue };
        flaws.push(Flaw::SelfApproved {
            approver: approver.clone(),
            requester: requester.value.clone(),
            person: person.clone(),
            team: [&approver.value, &requester.value].into_iter().find(|one| manifest.is_team(one)).cloned(),
        });
    }
    flaws
}

/// Giving oneself access is approving oneself, whoever asked for it.
pub(super) fn find_beneficiaries(
    approval: &Approval,
    grants: &ApprovedGrants,
    manifest: &Manifest,
) -> Vec<Flaw> {
    let people = list_beneficiaries(grants, manifest);
    let beneficiary = |approver: &Spanned<String>| {
        let persons = manifest.persons_of(&approver.value);
        let (_, principal) = people.iter().find(|(beneficiary, _)| persons.contains(beneficiary))?;
        Some(Flaw::Beneficiary { approver: approver.clone(), principal: (*principal).to_owned() })
    };
    approval.approvers.iter().filter_map(beneficiary).collect()
}

/// The persons who are given access, with the principal that each is.
pub(super) fn list_beneficiaries<'g>(
    grants: &'g ApprovedGrants,
    manifest: &Manifest,
) -> Vec<(String, &'g str)> {
    let principals = grants.grants.iter().flat_map(|grant| &grant.terms.principals);
    let people = principals.filter_map(|principal| {
        let principal = principal.as_known()?;
        Some((manifest.person_of(login_of(principal)?), principal))
    });
    people.collect()
}

/// The login of a principal that is a person: `user:LOGIN` of Google, `User:LOGIN` of Kubernetes and GitHub, a user's ARN.
fn login_of(principal: &str) -> Option<&str> {
    if let Some((kind, login)) = principal.split_once(':')
        && kind.eq_ignore_ascii_case("user")
    {
        return Some(login);
    }
    let (_, user) = principal.strip_prefix("arn:")?.split_once(":user/")?;
    user.rsplit('/').next()
}

/// Whether an approver is, or may have been, the one who asked.
pub(super) fn is_requester(approval: &Approval, approver: &str, manifest: &Manifest) -> bool {
    !manifest.persons_of(approver).is_disjoint(&list_requesters(approval, manifest))
}

/// The persons of whom one asked.
pub(super) fn list_requesters(approval: &Approval, manifest: &Manifest) -> BTreeSet<String> {
    approval.requester.as_ref().map(|requester| manifest.persons_of(&requester.value)).unwrap_or_default()
}

/// Whether an authority lets somebody decide.
pub(super) fn may_decide(authority: &Authority, approver: &str, manifest: &Manifest) -> bool {
    is_named(&authority.approvers, approver, manifest)
}

/// Whether a list names somebody: a person, by name or in a team that it names; a team, by name only.
pub(super) fn is_named(list: &[Spanned<String>], approver: &str, manifest: &Manifest) -> bool {
    if manifest.is_team(approver) {
        return list.iter().any(|one| one.value.eq_ignore_ascii_case(approver));
    }
    let person = manifest.person_of(approver);
    list.iter().any(|one| manifest.persons_of(&one.value).contains(&person))
}
