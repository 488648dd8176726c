//! Who may have spoken when somebody approved, and how many persons that makes.
//!
//! Takes an authority and an approver and returns the voices in which the approver may decide: as themself, as a team that
//! the authority names, or for somebody who handed the right on. A voice is the set of persons who may have spoken. Two
//! voices with a common person may be one person, so a delegate and who delegated count once.

use std::collections::BTreeSet;

use super::persons::{is_requester, list_beneficiaries, list_requesters, may_decide};
use super::{Decision, Decisions, DelegationFault, Lack};
use crate::manifest::{Approval, ApprovedGrants, Authority, Delegation};

/// The persons of whom one spoke.
pub(super) type Voice = BTreeSet<String>;

/// Upper bound on the steps of counting: an approval has a few approvers, and eight teams with members in common take less
/// than a thousand. Where they run out, the count is too small, never too large.
const MAX_STEPS: usize = 100_000;

impl Decisions<'_> {
    /// The voices in which an approver may decide under an authority. Whoever asked has none; and nobody speaks for somebody
    /// who could not have approved it themself.
    pub(super) fn find_voices(
        &self,
        authority: &Authority,
        decision: Decision<'_>,
        approver: &str,
    ) -> Vec<Voice> {
        let mut voices = Vec::new();
        if may_decide(authority, approver, self.manifest)
            && !is_requester(decision.approval, approver, self.manifest)
        {
            voices.push(self.manifest.persons_of(approver));
        }
        let delegated = self.list_delegations(authority, approver);
        voices.extend(
            delegated
                .filter(|delegation| self.find_fault(delegation, authority, decision).is_none())
                .map(|delegation| self.voice_of(delegation, approver)),
        );
        voices
    }

    /// Why no delegation lets an approver decide; `None` where none names them.
    pub(super) fn find_delegation_lack(
        &self,
        authority: &Authority,
        decision: Decision<'_>,
        approver: &str,
    ) -> Option<Lack> {
        let lack = |delegation: &Delegation| {
            let fault = self.find_fault(delegation, authority, decision)?;
            let from = delegation.from.value.clone();
            Some(Lack::Delegation { delegation: delegation.name.clone(), from, fault })
        };
        self.list_delegations(authority, approver).find_map(lack)
    }

    /// Who handed the right on, and who approved with it.
    fn voice_of(&self, delegation: &Delegation, approver: &str) -> Voice {
        [approver, &delegation.from.value].iter().map(|login| self.manifest.person_of(login)).collect()
    }

    /// The delegations under an authority that name a person.
    fn list_delegations<'d>(
        &'d self,
        authority: &Authority,
        approver: &'d str,
    ) -> impl Iterator<Item = &'d Delegation> {
        let person = self.manifest.person_of(approver);
        let is_team = self.manifest.is_team(approver);
        let all = self.delegations.get(authority.name.as_str()).map(Vec::as_slice).unwrap_or_default();
        all.iter().copied().filter(move |delegation| {
            !is_team && delegation.to.iter().any(|login| self.manifest.person_of(&login.value) == person)
        })
    }

    /// What keeps a delegation from letting an approval be: it holds on the day of the decision and today, and hands on what
    /// its giver has themself, by the authority alone.
    fn find_fault(
        &self,
        delegation: &Delegation,
        authority: &Authority,
        decision: Decision<'_>,
    ) -> Option<DelegationFault> {
        let Decision { approval, grants } = decision;
        if !may_decide(authority, &delegation.from.value, self.manifest) {
            return Some(DelegationFault::NotOwn { authority: authority.name.clone() });
        }
        let decided = approval.approved_on.value;
        if decided < delegation.starts_on.value {
            return Some(DelegationFault::NotYet { starts_on: delegation.starts_on.value });
        }
        if self
            .list_barred(authority, approval, grants)
            .contains(&self.manifest.person_of(&delegation.from.value))
        {
            return Some(DelegationFault::GiverInvolved);
        }
        let ends = delegation.expires_on.value;
        (decided >= ends || self.as_of >= ends).then_some(DelegationFault::Ended { expires_on: ends })
    }
}

impl Decisions<'_> {
    /// Who may not approve: who asked, who gets the access, and whom the authority names.
    fn list_barred(
        &self,
        authority: &Authority,
        approval: &Approval,
        grants: &ApprovedGrants,
    ) -> BTreeSet<String> {
        let mut barred = list_requesters(approval, self.manifest);
        barred.extend(list_beneficiaries(grants, self.manifest).into_iter().map(|(person, _)| person));
        barred.extend(self.list_involved(authority, approval).into_keys());
        barred
    }
}

/// How many persons decided at least: the most voices, one of each approver, of which no two have a person in common.
pub(super) fn count_persons<'v>(approvers: impl Iterator<Item = &'v [Voice]>) -> u64 {
    let approvers: Vec<&[Voice]> = approvers.collect();
    let mut search = Packing { approvers: &approvers, steps: 0, best: 0 };
    search.extend(0, &BTreeSet::new(), 0);
    u64::try_from(search.best).unwrap_or(u64::MAX)
}

/// A search for voices that have nobody in common.
struct Packing<'v> {
    approvers: &'v [&'v [Voice]],
    steps: usize,
    best: usize,
}

impl Packing<'_> {
    /// Tries every voice of an approver beside those that were taken, and none.
    fn extend(&mut self, at: usize, taken: &BTreeSet<&String>, count: usize) {
        self.best = self.best.max(count);
        self.steps += 1;
        let left = self.approvers.len().saturating_sub(at);
        if self.steps > MAX_STEPS || count + left <= self.best {
            return;
        }
        let voices = self.approvers.get(at).copied().unwrap_or_default();
        for voice in voices.iter().filter(|voice| voice.iter().all(|person| !taken.contains(person))) {
            let with: BTreeSet<&String> = taken.iter().copied().chain(voice).collect();
            self.extend(at + 1, &with, count + 1);
        }
        self.extend(at + 1, taken, count);
    }
}
