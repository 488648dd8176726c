//! Which approvals may apply to a grant, and which of them are in force.
//!
//! Takes the manifest and a day, and returns for each grant the approvals that it is judged by: those whose ticket it names
//! or that claim its address, and otherwise those that name its principals. A named ticket selects; it never authorizes.
//!
//! What approvals say of the place at hand and of the objects of a plan is filled in by [`super::placed`].

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use crate::authority::{Flaw, find_flaws, place_flaw};
use crate::grants::Grant;
use crate::manifest::{Approval, ApprovalContent, ApprovedGrants, Manifest, MatchSubject};

use super::outcome::NOT_SHOWN;
use super::owner::match_subject;
use super::placed::PlacedApprovals;
use super::principal_index::PrincipalIndex;
use super::selected::{Selected, SelectedApproval, SelectedContent};

/// All approvals with their standing on the day, found by principal.
#[derive(Debug)]
pub(super) struct Candidates<'m> {
    pub(super) manifest: &'m Manifest,
    /// What keeps each from being in force, but for what depends on place and plan.
    flaws: Vec<Vec<Flaw>>,
    /// Ticket IDs in lower case.
    by_id: HashMap<String, usize>,
    /// Approvals that approve the same everywhere.
    fixed: PrincipalIndex,
    /// Approvals that claim addresses.
    addressed: Vec<usize>,
}

impl<'m> Candidates<'m> {
    pub(super) fn new(manifest: &'m Manifest, as_of: Date) -> Self {
        let approvals = || manifest.approvals().iter().enumerate();
        let fixed = approvals().filter_map(|(at, approval)| Some((at, fixed_content(approval)?)));
        let ids = approvals().map(|(at, approval)| (approval.id.to_ascii_lowercase(), at));
        let claims = |(_, approval): &(usize, &Approval)| !approval.addresses.is_empty();
        let flaws = manifest
            .approvals()
            .iter()
            .map(|approval| find_flaws(approval, approval.sample(), manifest, as_of));
        Self {
            manifest,
            flaws: flaws.collect(),
            by_id: ids.collect(),
            fixed: PrincipalIndex::new(fixed),
            addressed: approvals().filter(claims).map(|(at, _)| at).collect(),
        }
    }

    /// Selects the approvals that may apply to a grant; `placed` are those that depend on its place and its plan.
    pub(super) fn select<'s>(&'s self, grant: &Grant, placed: Option<&PlacedApprovals>) -> Selected<'s> {
        let (mut chosen, missing) = self.find_named(grant);
        let approvals = self.manifest.approvals();
        chosen.extend(self.addressed.iter().copied().filter(|at| {
            approvals.get(*at).is_some_and(|approval| approval.matches_address(&grant.origin.address))
        }));
        if chosen.is_empty() && missing.is_empty() {
            chosen = self.fixed.find(grant, |at| fixed_content(approvals.get(at)?));
            chosen.extend(placed.into_iter().flat_map(|placed| placed.find(grant)));
            // One that is restricted to other addresses was not selected by its own, and nothing names its ticket.
            chosen.retain(|at| approvals.get(*at).is_some_and(|approval| approval.addresses.is_empty()));
        }
        let subject = match_subject(&grant.origin);
        let mut selected = Vec::new();
        for at in chosen {
            let (Some(approval), Some(standing)) = (approvals.get(at), self.flaws.get(at)) else { continue };
            match &approval.content {
                ApprovalContent::Fixed(content) => {
                    let flaws = self.with_place(approval, grant, &subject, Cow::Borrowed(standing));
                    let content = SelectedContent::Fixed(content);
                    selected.push(SelectedApproval { approval, content, flaws });
                }
                ApprovalContent::Varying(_) => {
                    for one in placed.into_iter().flat_map(|placed| placed.of_approval(at)) {
                        let flaws = Cow::Owned(one.flaws.clone());
                        let flaws = self.with_place(approval, grant, &subject, flaws);
                        let content = SelectedContent::Placed(Arc::clone(&one.content));
                        selected.push(SelectedApproval { approval, content, flaws });
                    }
                }
            }
        }
        Selected { approvals: selected, missing }
    }

    /// The approvals whose tickets a grant names, and the tickets that have no approval.
    fn find_named(&self, grant: &Grant) -> (BTreeSet<usize>, Vec<String>) {
        let evidence = &grant.origin.evidence;
        let (mut chosen, mut missing) = (BTreeSet::new(), Vec::new());
        let shown = evidence.tickets.iter().map(|ticket| (ticket, ticket.as_str()));
        let hidden = evidence.sensitive_tickets.iter().map(|ticket| (ticket, NOT_SHOWN));
        for (ticket, shown) in shown.chain(hidden) {
            match self.find_by_id(ticket) {
                Some(at) => {
                    chosen.insert(at);
                }
                None => missing.push(shown.to_owned()),
            }
        }
        missing.dedup();
        let mentioned = evidence.texts.iter().flat_map(|text| split_words(text));
        chosen.extend(mentioned.filter_map(|word| self.find_by_id(word)));
        (chosen, missing)
    }

    /// Flaws of an approval, with the one that it has at the place of a grant.
    fn with_place<'f>(
        &self,
        approval: &Approval,
        grant: &Grant,
        subject: &MatchSubject<'_>,
        flaws: Cow<'f, [Flaw]>,
    ) -> Cow<'f, [Flaw]> {
        match place_flaw(approval, self.manifest, grant.dialect, subject) {
            None => flaws,
            Some(flaw) => Cow::Owned(flaws.iter().cloned().chain([flaw]).collect()),
        }
    }

    fn find_by_id(&self, ticket: &str) -> Option<usize> {
        self.by_id.get(&ticket.to_ascii_lowercase()).copied()
    }
}

fn fixed_content(approval: &Approval) -> Option<&ApprovedGrants> {
    match &approval.content {
        ApprovalContent::Fixed(content) => Some(content),
        ApprovalContent::Varying(_) => None,
    }
}

/// The words of a text that may be ticket IDs.
fn split_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|symbol: char| !(symbol.is_ascii_alphanumeric() || matches!(symbol, '-' | '_' | '#' | '/')))
        .filter(|word| !word.is_empty())
}
