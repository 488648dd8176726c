//! Authority: whether a decision is valid and in force.
//!
//! Takes an [`Approval`], its [`Manifest`] and a date, and returns every [`Flaw`] of the decision: none where the request is
//! complete, where one authority is satisfied as a whole, and where the decision is in force. A flaw invalidates one approval
//! and no other. [`review`] returns what is wrong with a whole manifest.
//!
//! Persons are counted, not logins. There is no clock.

mod as_of;
mod ceiling;
mod exception;
mod exception_words;
mod flaw;
mod hygiene;
mod persons;
mod place;
mod request;
mod review_term;
mod rule;
mod signature_words;
mod signed;
mod voices;
mod subject;
mod ticket;
mod words;

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;

use crate::catalog::Catalog;
use crate::manifest::{
    Approval, ApprovedGrants, Authority, Delegation, HygieneCheck, HygieneLevel, Manifest, Proposal,
};
use crate::source::Spanned;
use persons::{find_beneficiaries, is_requester, self_approvals};
use request::check_request;
use signed::{find_trust_flaws, signed_part};

pub use as_of::AsOf;
pub use ceiling::CeilingExcess;
pub use exception::{
    DoneRefusal, ExceptionFlaw, LateDuty, find_exception_flaws, find_late_duties, find_term,
};
pub use flaw::{DelegationFault, Flaw, Lack, ProposalLack, ReferenceFlaw};
pub use hygiene::{LintCode, review, review_draft};
pub use place::place_flaw;
pub use review_term::{ReviewFault, ReviewTerm};
pub use subject::{KindLimit, SubjectFlaw};
pub use ticket::TicketFlaw;

/// What decisions are judged by.
#[derive(Debug)]
pub struct Decisions<'m> {
    manifest: &'m Manifest,
    catalog: &'m Catalog,
    as_of: Date,
    /// The person who applies, where that was told.
    operator: Option<String>,
    /// By system.
    authorities: HashMap<&'m str, Vec<&'m Authority>>,
    /// By authority.
    delegations: HashMap<&'m str, Vec<&'m Delegation>>,
}

/// An approval, and what it gives where it is asked of.
#[derive(Clone, Copy, Debug)]
struct Decision<'a> {
    approval: &'a Approval,
    grants: &'a ApprovedGrants,
}

impl<'m> Decisions<'m> {
    /// Takes the manifest, the catalogue that says what approved roles hold, and the day.
    pub fn new(manifest: &'m Manifest, catalog: &'m Catalog, as_of: Date) -> Self {
        let mut authorities: HashMap<&str, Vec<&Authority>> = HashMap::new();
        for authority in manifest.authorities.values() {
            let systems: BTreeSet<&str> =
                authority.systems.iter().map(|system| system.value.as_str()).collect();
            for system in systems {
                authorities.entry(system).or_default().push(authority);
            }
        }
        let mut delegations: HashMap<&str, Vec<&Delegation>> = HashMap::new();
        for delegation in manifest.delegations.values() {
            delegations.entry(delegation.authority.value.as_str()).or_default().push(delegation);
        }
        Self { manifest, catalog, as_of, operator: None, authorities, delegations }
    }

    /// The same where it is told who applies.
    #[must_use]
    pub fn with_operator(mut self, login: Option<&str>) -> Self {
        self.operator = login.map(|login| self.manifest.person_of(login));
        self
    }

    /// The manifest.
    pub fn manifest(&self) -> &'m Manifest {
        self.manifest
    }

    /// Returns what is wrong with a decision; nothing, where it is in force and made by people entitled to it. `grants` is
    /// what the approval gives where it is asked of.
    pub fn find_flaws(&self, approval: &Approval, grants: &ApprovedGrants) -> Vec<Flaw> {
        let mut flaws = self.find_decision_flaws(approval, grants);
        flaws.extend(subject::find_reused_identity(approval, grants, self.manifest, self.as_of));
        flaws.extend(
            ticket::find_ticket_flaws(approval, self.manifest, self.as_of).into_iter().map(Flaw::Ticket),
        );
        flaws.extend(self.check_time(approval, grants));
        flaws
    }

    /// Returns the authorities that let the decision be, each by itself.
    pub fn list_satisfied(&self, approval: &Approval, grants: &ApprovedGrants) -> Vec<&'m Authority> {
        let approval = &*signed_part(approval, self.manifest);
        let is_satisfied = |authority: &&Authority| {
            let shortfall = self.find_shortfall(authority, Decision { approval, grants });
            shortfall.is_some_and(|shortfall| shortfall.is_none())
        };
        self.list_over(approval).iter().copied().filter(is_satisfied).collect()
    }

    /// What is wrong with a decision but for the day.
    fn find_decision_flaws(&self, approval: &Approval, grants: &ApprovedGrants) -> Vec<Flaw> {
        let decide = |approval: &Approval| self.find_deciders_flaws(approval, grants);
        let mut flaws = find_trust_flaws(approval, self.manifest, decide);
        // Of one that rests on what is not merged nobody knows who may decide it.
        if approval.trust.proposal != Some(Proposal::Dependent) {
            flaws.extend(decide(approval));
        }
        flaws
    }

    /// What is wrong with a decision if all of its approvers made it.
    fn find_deciders_flaws(&self, approval: &Approval, grants: &ApprovedGrants) -> Vec<Flaw> {
        let mut flaws = self.find_own_flaws(approval, grants);
        flaws.extend(self.check_entitlement(Decision { approval, grants }));
        flaws
    }

    /// What is wrong with a decision whoever may decide.
    fn find_own_flaws(&self, approval: &Approval, grants: &ApprovedGrants) -> Vec<Flaw> {
        let manifest = self.manifest;
        let mut flaws: Vec<Flaw> = check_request(approval, manifest).into_iter().collect();
        flaws.extend(self_approvals(approval, manifest));
        flaws.extend(find_beneficiaries(approval, grants, manifest));
        flaws.extend(subject::find_owner_flaws(approval, manifest));
        flaws
    }

    /// From its first day until the day before it expires, UTC, and as long as nobody has to look at it again.
    fn check_time(&self, approval: &Approval, grants: &ApprovedGrants) -> Vec<Flaw> {
        if let Some(withdrawn) = approval.withdrawn.as_deref().filter(|one| self.as_of >= one.on.value) {
            return vec![Flaw::Withdrawn { on: withdrawn.on, by: withdrawn.by.value.clone() }];
        }
        if self.as_of >= approval.expires_on.value {
            return vec![Flaw::Expired { expires_on: approval.expires_on }];
        }
        if self.as_of < approval.starts() {
            let starts_on = approval.starts_on.unwrap_or(approval.approved_on);
            return vec![Flaw::NotYetValid { starts_on }];
        }
        let is_strict = self.manifest.hygiene.level(HygieneCheck::ReviewOverdue) == HygieneLevel::Error;
        if !is_strict {
            return Vec::new();
        }
        self.find_review_term(approval, grants).find_flaw(self.as_of).into_iter().collect()
    }

    /// The authorities over the system of an approval, in order.
    fn list_over(&self, approval: &Approval) -> &[&'m Authority] {
        let over = approval.system_name().and_then(|system| self.authorities.get(system));
        over.map(Vec::as_slice).unwrap_or_default()
    }

    /// Every approver has to be entitled by some authority over the system, and one of these authorities has to be
    /// satisfied as a whole.
    fn check_entitlement(&self, decision: Decision<'_>) -> Vec<Flaw> {
        let approval = decision.approval;
        // A request for no system is incomplete, and nobody can be asked about it.
        let Some(system) = approval.system_name() else { return Vec::new() };
        let over = self.list_over(approval);
        let no_authority = |approver: &Spanned<String>, lack: Lack| Flaw::NoAuthority {
            approver: approver.clone(),
            system: system.to_owned(),
            lack,
        };
        if over.is_empty() {
            return approval
                .approvers
                .iter()
                .map(|approver| no_authority(approver, Lack::Authority))
                .collect();
        }
        let mut flaws = Vec::new();
        for approver in &approval.approvers {
            let is_entitled =
                || over.iter().any(|one| !self.find_voices(one, decision, &approver.value).is_empty());
            if !is_requester(approval, &approver.value, self.manifest) && !is_entitled() {
                flaws.push(no_authority(approver, self.find_lack(over, decision, approver)));
            }
        }
        flaws.extend(self.find_unsatisfied(over, decision));
        flaws
    }

    /// What an approver lacks whom no authority lets decide.
    fn find_lack(&self, over: &[&Authority], decision: Decision<'_>, approver: &Spanned<String>) -> Lack {
        if let Some(lack) =
            over.iter().find_map(|one| self.find_delegation_lack(one, decision, &approver.value))
        {
            return lack;
        }
        Lack::Entitlement {
            authorities: over.iter().map(|one| one.name.clone()).collect(),
            entitled: self.list_others(over, decision.approval),
        }
    }

    /// Those whom the authorities name, less who asked and who approved already.
    fn list_others(&self, over: &[&Authority], approval: &Approval) -> Vec<String> {
        let manifest = self.manifest;
        let taken: BTreeSet<_> = approval
            .requester
            .iter()
            .chain(&approval.approvers)
            .flat_map(|login| manifest.persons_of(&login.value))
            .collect();
        let is_free = |login: &&Spanned<String>| !manifest.persons_of(&login.value).is_subset(&taken);
        let logins: BTreeSet<_> = over
            .iter()
            .flat_map(|one| &one.approvers)
            .filter(is_free)
            .map(|login| login.value.clone())
            .collect();
        logins.into_iter().collect()
    }
}

#[cfg(test)]
mod tests;
