//! Requests: the approval that would cover what a plan wants and nobody has approved.
//!
//! Takes the grants and runs of a plan that no approval covers, with their findings, and the manifest, and returns a
//! [`RequestDraft`]: approvals of the least scope that covers each grant, one for each system and kind of place, and apart from
//! them what cannot be drafted, with its finding.
//!
//! Nothing is guessed to be enough: each draft of a grant is judged as an approval of its own ([`Trial`]), from the most
//! exact spelling of its names to the least, and the first that covers the grant is taken. Files and clocks are not touched.

mod blocks;
mod conditions;
mod decision;
mod merge;
mod names;
mod trial;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::finding::{AccessStatement, Finding, FindingMessage, RunDigest};
use crate::grants::Grant;
use crate::manifest::{Manifest, ManifestError};
use crate::resolve::place::PlaceWord;

pub use blocks::DraftGrant;
pub use decision::{Decider, DecisionGap};
pub use names::SpelledObjects;
pub use trial::Trial;

use names::Spelling;
use trial::TrialDraft;

/// A grant that no approval covers.
#[derive(Clone, Debug)]
pub struct UnmetGrant<'g> {
    /// The grant.
    pub grant: &'g Grant,
    /// What it would give, as its finding shows it.
    pub statements: Vec<AccessStatement>,
    /// What was found. Never empty.
    pub findings: Vec<Finding>,
}

impl UnmetGrant<'_> {
    /// The ticket that the object names and that has no approval: only an approval of that ticket counts for it.
    fn named_ticket(&self) -> Option<&str> {
        self.findings.iter().find_map(|finding| {
            let FindingMessage::Unapproved { missing, .. } = &finding.message else { return None };
            missing.first().map(String::as_str)
        })
    }
}

/// What an approval of a run names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunScope {
    /// A provisioner, by the digests of what it runs.
    Digest(RunDigest),
    /// A targeted plan, by the addresses that it may change.
    Target(Vec<String>),
}

/// Who asks, why, and from when until when.
#[derive(Clone, Debug)]
pub struct Asker {
    /// The ticket.
    pub ticket: String,
    /// The login of the person who asks.
    pub requester: String,
    /// Why the access is needed.
    pub reason: String,
    /// The first day.
    pub from: Date,
    /// For how many days, where the authority allows that.
    pub days: i32,
}

/// Lists of places by what they are: the accounts, the projects and so on.
pub type Places = BTreeMap<PlaceWord, BTreeSet<String>>;

/// What would have to be approved.
#[derive(Clone, Debug, Default)]
pub struct RequestDraft {
    /// In the order of systems.
    pub approvals: Vec<DraftApproval>,
    /// What cannot be drafted, in order of address.
    pub refused: Vec<Refused>,
}

/// One approval.
#[derive(Clone, Debug)]
pub struct DraftApproval {
    /// The ticket; a number follows it where several approvals are drafted.
    pub ticket: String,
    /// Who decides about it, and until when it may hold.
    pub decider: Decider,
    /// Where it holds.
    pub places: Places,
    /// What it approves.
    pub grants: Vec<DraftGrant>,
    /// What may run, with its address.
    pub runs: Vec<DraftRun>,
}

/// Something that may run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRun {
    /// Where in the plan; `None` for a targeted plan.
    pub address: Option<String>,
    /// What.
    pub scope: RunScope,
}

/// What cannot be drafted.
#[derive(Clone, Debug)]
pub struct Refused {
    /// Where in the plan; `None` where the plan as a whole is meant.
    pub address: Option<String>,
    /// Why.
    pub reason: RefusalReason,
}

/// Why something cannot be drafted.
#[derive(Clone, Debug)]
pub enum RefusalReason {
    /// It has to be settled otherwise than by an approval.
    Finding(Box<Finding>),
    /// Nobody is named who could decide about it.
    Decision(DecisionGap),
}

/// What a request is drafted from.
#[derive(Debug)]
pub struct Unmet<'g> {
    /// The grants, in order of address.
    pub grants: Vec<UnmetGrant<'g>>,
    /// What runs and is named by no approval.
    pub runs: Vec<DraftRun>,
    /// What else is wrong with the plan.
    pub others: Vec<Finding>,
}

/// Drafts the approvals that cover what is not covered. `write` writes a draft as blocks of the manifest.
///
/// # Errors
///
/// Why the draft would be no part of the manifest, such as a ticket that has an approval already.
pub fn draft_request(
    unmet: &Unmet<'_>,
    objects: &SpelledObjects,
    manifest: &Manifest,
    asker: &Asker,
    trial: &Trial<'_>,
    write: impl Fn(&RequestDraft) -> String,
) -> Result<RequestDraft, ManifestError> {
    let drafted = draft_grants(&unmet.grants, objects, trial);
    let mut left: BTreeSet<usize> = BTreeSet::new();
    // What the manifest says of a grant, such as the ticket that the grant names, may keep a draft from counting.
    loop {
        let draft = assemble(unmet, &drafted, &left, manifest, asker);
        let failing = trial.find_failing(manifest, &write(&draft), &unmet.grants)?;
        let known = left.len();
        left.extend(failing);
        if left.len() == known {
            return Ok(draft);
        }
    }
}

/// Puts drafts together into approvals; grants with these numbers are left out.
fn assemble(
    unmet: &Unmet<'_>,
    drafted: &[Drafted],
    left: &BTreeSet<usize>,
    manifest: &Manifest,
    asker: &Asker,
) -> RequestDraft {
    let mut draft = RequestDraft::default();
    let mut groups: BTreeMap<GroupKey, DraftApproval> = BTreeMap::new();
    for (at, (unmet, grants)) in unmet.grants.iter().zip(drafted).enumerate() {
        let Some((grants, places)) = grants.clone().filter(|_| !left.contains(&at)) else {
            draft.refuse_finding(unmet.findings.first());
            continue;
        };
        match Decider::find(manifest, Some(&unmet.grant.origin), asker) {
            Ok(decider) => {
                let approval = find_group(&mut groups, unmet.named_ticket(), decider, &places);
                for (word, names) in places {
                    approval.places.entry(word).or_default().extend(names);
                }
                approval.grants.extend(grants);
            }
            Err(gap) => draft.refuse(Some(&unmet.grant.origin.address), gap),
        }
    }
    for run in &unmet.runs {
        match Decider::find(manifest, None, asker) {
            Ok(decider) => {
                let approval = find_group(&mut groups, None, decider, &Places::new());
                approval.runs.push(run.clone());
            }
            Err(gap) => draft.refuse(run.address.as_deref(), gap),
        }
    }
    unmet.others.iter().for_each(|finding| draft.refuse_finding(Some(finding)));
    draft.approvals = groups.into_values().collect();
    let mut count = 0;
    for approval in &mut draft.approvals {
        approval.grants = merge::merge_grants(std::mem::take(&mut approval.grants));
        if !approval.ticket.is_empty() {
            continue;
        }
        count += 1;
        approval.ticket = match count {
            1 => asker.ticket.clone(),
            part => format!("{}-part-{part}", asker.ticket),
        };
    }
    draft
}

/// Approvals with the same decider and the same kinds of places are one.
type GroupKey = (Option<String>, String, Vec<PlaceWord>);

fn find_group<'g>(
    groups: &'g mut BTreeMap<GroupKey, DraftApproval>,
    ticket: Option<&str>,
    decider: Decider,
    places: &Places,
) -> &'g mut DraftApproval {
    let named = ticket.unwrap_or_default().to_owned();
    let key = (ticket.map(str::to_owned), decider.system.clone(), places.keys().copied().collect());
    groups.entry(key).or_insert_with(|| DraftApproval {
        ticket: named,
        decider,
        places: Places::new(),
        grants: Vec::new(),
        runs: Vec::new(),
    })
}

impl RequestDraft {
    fn refuse_finding(&mut self, finding: Option<&Finding>) {
        self.refused.extend(finding.map(|finding| Refused {
            address: finding.address.clone(),
            reason: RefusalReason::Finding(Box::new(finding.clone())),
        }));
    }

    fn refuse(&mut self, address: Option<&str>, gap: DecisionGap) {
        let refused = Refused { address: address.map(str::to_owned), reason: RefusalReason::Decision(gap) };
        self.refused.push(refused);
    }
}

/// The blocks that cover a grant, and where they hold.
type Drafted = Option<(Vec<DraftGrant>, Places)>;

/// Drafts each grant, by the most exact spelling of its names that covers it.
fn draft_grants(unmet: &[UnmetGrant<'_>], objects: &SpelledObjects, trial: &Trial<'_>) -> Vec<Drafted> {
    let mut drafted: Vec<Drafted> = unmet.iter().map(|_| None).collect();
    // Where nothing of a name is unknown, every spelling is the same.
    let mut tried: BTreeSet<(usize, String)> = BTreeSet::new();
    for spelling in Spelling::ALL {
        let mut drafts = Vec::new();
        for (at, one) in unmet.iter().enumerate() {
            let is_open = drafted.get(at).is_some_and(Option::is_none);
            let Some(grants) = blocks::draft_blocks(one, spelling, objects).filter(|_| is_open) else {
                continue;
            };
            let text: String = grants.iter().map(DraftGrant::to_hcl).collect();
            if tried.insert((at, text.clone())) {
                drafts.push(TrialDraft {
                    at,
                    grant: one.grant,
                    grants,
                    text,
                    places: list_places(one.grant),
                });
            }
        }
        let covers = trial.covers(&drafts);
        for (draft, _) in drafts.into_iter().zip(covers).filter(|(_, covers)| *covers) {
            if let Some(place) = drafted.get_mut(draft.at) {
                *place = Some((draft.grants, draft.places));
            }
        }
    }
    drafted
}

/// The places that an approval of a grant is restricted to: those that tell which objects its names mean.
fn list_places(grant: &Grant) -> Places {
    let place = &grant.origin.place;
    let whole = PlaceWord::ALL.iter().filter(|word| word.is_whole());
    whole.filter_map(|word| Some((*word, BTreeSet::from([place.name(*word)?.to_owned()])))).collect()
}
