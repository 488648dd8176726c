//! Which approvals may apply to a grant, and which of them are in force.
//!
//! Takes the manifest and a day, and returns for each grant the approvals that it is judged by: those whose ticket it names
//! or that claim its address, and otherwise those that name its principals. A named ticket selects; it never authorizes.
//! Where many name its principals, the first that alone covers the grant is looked for beforehand: most grants need no other.
//!
//! What approvals say of the place at hand and of the objects of a plan is filled in by [`super::placed`].

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::authority::{Decisions, Flaw, place_flaw};
use crate::grants::Grant;
use crate::manifest::{Approval, ApprovalContent, ApprovedGrants, Manifest, MatchSubject};
use access_algebra::Access;

use super::index::{Affixes, ApprovalIndex, Contents, PatternIndex, Selection};
use super::outcome::{NOT_SHOWN, covers_one};
use super::owner::match_subject;
use super::placed::PlacedApprovals;
use super::selected::{MAX_UNITED, Selected, SelectedApproval, SelectedContent};
use super::subjects::{AskedGrant, SubjectLimits, needs_kinds};

/// All approvals with their standing on the day, found by principal.
#[derive(Debug)]
pub(super) struct Candidates<'m> {
    pub(super) manifest: &'m Manifest,
    /// What keeps each that approves the same everywhere from being in force, but for the place.
    flaws: Vec<Vec<Flaw>>,
    /// Ticket IDs in lower case.
    by_id: HashMap<String, usize>,
    /// Approvals that approve the same everywhere.
    fixed: ApprovalIndex,
    /// The addresses that approvals claim.
    addressed: PatternIndex,
    /// Whom each of them may empower.
    limits: Vec<SubjectLimits>,
    /// Whether the manifest demands something of the kinds of principals.
    pub(super) needs_kinds: bool,
    pub(super) selection: Selection,
}

/// The approvals that a grant names or that claim its address.
#[derive(Debug)]
pub(super) struct Claims {
    chosen: BTreeSet<usize>,
    /// Tickets that the grant names and that the manifest does not have.
    missing: Vec<String>,
}

impl Contents for &Manifest {
    fn content(&self, number: usize) -> Option<&ApprovedGrants> {
        fixed_content(self.approvals().get(number)?)
    }
}

impl<'m> Candidates<'m> {
    pub(super) fn new(decisions: &Decisions<'m>, selection: Selection) -> Self {
        let manifest = decisions.manifest();
        let approvals = || manifest.approvals().iter().enumerate();
        let fixed = approvals().filter_map(|(at, approval)| Some((at, fixed_content(approval)?)));
        let ids = approvals().map(|(at, approval)| (approval.id.to_ascii_lowercase(), at));
        let addresses = approvals().flat_map(|(at, approval)| {
            approval.addresses.iter().map(move |glob| (Affixes::of_glob(glob.as_str()), at))
        });
        // What others approve is asked where it is filled in.
        let flaws = manifest.approvals().iter().map(|approval| {
            let content = fixed_content(approval);
            content.map(|content| decisions.find_flaws(approval, content)).unwrap_or_default()
        });
        let limits = manifest.approvals().iter().map(|approval| {
            let content = fixed_content(approval);
            content.map(|content| SubjectLimits::find(decisions, approval, content)).unwrap_or_default()
        });
        Self {
            manifest,
            flaws: flaws.collect(),
            by_id: ids.collect(),
            fixed: ApprovalIndex::new(fixed, selection),
            addressed: addresses.collect(),
            limits: limits.collect(),
            needs_kinds: needs_kinds(manifest),
            selection,
        }
    }

    /// Finds the approvals that a grant names or that claim its address.
    pub(super) fn find_claims(&self, grant: &Grant) -> Claims {
        let (mut chosen, missing) = self.find_named(grant);
        let address = &grant.origin.address;
        let claim = |at: &usize| {
            let approval = self.manifest.approvals().get(*at);
            approval.is_some_and(|approval| approval.matches_address(address))
        };
        match self.selection {
            Selection::Indexed => {
                let affixes = Affixes::of_text(&(&**address).into());
                chosen.extend(self.addressed.find(&affixes).filter(claim));
            }
            Selection::Scanned => chosen.extend(self.addressed.all().filter(claim)),
        }
        Claims { chosen, missing }
    }

    /// Finds the first approval in force that alone covers a grant, where there are many or a large one, and returns its
    /// ticket. `None` says nothing: the grant has to be judged by all approvals that may apply to it.
    pub(super) fn find_covering(
        &self,
        asked: AskedGrant<'_>,
        claims: &Claims,
        placed: Option<&PlacedApprovals>,
    ) -> Option<&'m str> {
        let grant = asked.grant;
        let is_large = |at: usize| {
            let mut of_approval = placed.into_iter().flat_map(|placed| placed.of_approval(at));
            self.fixed.is_large(at, grant.dialect)
                || of_approval
                    .any(|(number, _)| placed.is_some_and(|one| one.is_large(number, grant.dialect)))
        };
        let (numbers, is_many) = if claims.is_empty() {
            let mut numbers = self.fixed.find_covering(grant, &self.manifest);
            numbers.extend(placed.into_iter().flat_map(|placed| placed.find_covering(grant)));
            let count = |placed: &PlacedApprovals| placed.count_speaking(grant);
            (numbers, self.fixed.count_speaking(grant) + placed.map_or(0, count) > MAX_UNITED)
        } else {
            (claims.chosen.clone(), false)
        };
        if !is_many && !numbers.iter().any(|at| is_large(*at)) {
            return None;
        }
        let subject = match_subject(&grant.origin);
        let approvals = self.manifest.approvals();
        let is_in_force = |approval: &Approval, flaws: &[Flaw]| {
            flaws.is_empty() && place_flaw(approval, self.manifest, grant.dialect, &subject).is_none()
        };
        let covers = |content: &ApprovedGrants, focused: Option<Access>| {
            let access = focused.as_ref().or_else(|| content.access(grant.dialect));
            access.is_some_and(|access| covers_one(access, &grant.readings))
        };
        numbers.into_iter().find_map(|at| {
            let approval = approvals.get(at)?;
            let covers = match &approval.content {
                ApprovalContent::Fixed(content) => {
                    is_in_force(approval, self.flaws.get(at)?)
                        && self.limits.get(at)?.find_flaw(content, asked).is_none()
                        && covers(content, self.focus(at, grant))
                }
                ApprovalContent::Varying(_) => placed.is_some_and(|placed| {
                    placed.of_approval(at).any(|(number, one)| {
                        is_in_force(approval, &one.flaws)
                            && one.limits.find_flaw(&one.content, asked).is_none()
                            && covers(&one.content, placed.focus(number, grant))
                    })
                }),
            };
            covers.then_some(approval.id.as_str())
        })
    }

    /// Selects the approvals that may apply to a grant; `placed` are those that depend on its place and its plan.
    pub(super) fn select<'s>(
        &'s self,
        asked: AskedGrant<'_>,
        claims: Claims,
        placed: Option<&PlacedApprovals>,
    ) -> Selected<'s> {
        let grant = asked.grant;
        let approvals = self.manifest.approvals();
        let is_claimed = !claims.is_empty();
        let Claims { mut chosen, missing } = claims;
        if !is_claimed {
            chosen = self.fixed.find_speaking(grant, &self.manifest);
            chosen.extend(placed.into_iter().flat_map(|placed| placed.find_speaking(grant)));
            // One that is restricted to other addresses was not selected by its own, and nothing names its ticket.
            chosen.retain(|at| approvals.get(*at).is_some_and(|approval| approval.addresses.is_empty()));
        }
        let subject = match_subject(&grant.origin);
        let mut selected = Vec::new();
        for at in chosen {
            let Some(approval) = approvals.get(at) else { continue };
            let (Some(standing), Some(limits)) = (self.flaws.get(at), self.limits.get(at)) else { continue };
            match &approval.content {
                ApprovalContent::Fixed(content) => {
                    let flaws = self.with_place(approval, grant, &subject, Cow::Borrowed(standing));
                    let flaws = with_flaw(flaws, limits.find_flaw(content, asked));
                    let content = SelectedContent::Fixed(content);
                    selected.push(SelectedApproval { approval, content, flaws });
                }
                ApprovalContent::Varying(_) => {
                    for (_, one) in placed.into_iter().flat_map(|placed| placed.of_approval(at)) {
                        let flaws = Cow::Owned(one.flaws.clone());
                        let flaws = self.with_place(approval, grant, &subject, flaws);
                        let flaws = with_flaw(flaws, one.limits.find_flaw(&one.content, asked));
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
        with_flaw(flaws, place_flaw(approval, self.manifest, grant.dialect, subject))
    }

    fn focus(&self, at: usize, grant: &Grant) -> Option<Access> {
        self.fixed.focus(at, grant, &self.manifest)
    }

    fn find_by_id(&self, ticket: &str) -> Option<usize> {
        self.by_id.get(&ticket.to_ascii_lowercase()).copied()
    }
}

impl Claims {
    fn is_empty(&self) -> bool {
        self.chosen.is_empty() && self.missing.is_empty()
    }
}

/// Flaws with one more.
fn with_flaw(flaws: Cow<'_, [Flaw]>, more: Option<Flaw>) -> Cow<'_, [Flaw]> {
    match more {
        None => flaws,
        Some(flaw) => Cow::Owned(flaws.iter().cloned().chain([flaw]).collect()),
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
