//! Requests: the approval that would cover what a plan wants and nobody has approved.
//!
//! Takes the grants and runs of a plan that no approval covers, with their findings, and the manifest, and returns a
//! [`RequestDraft`]: approvals of the least scope that covers each grant, one for each system and kind of place, and apart from
//! them what cannot be drafted, with its finding.
//!
//! Nothing is guessed to be enough: each draft of a grant is judged as an approval of its own ([`TrialJudge`]), from the most
//! exact spelling of its names to the least, and the first that covers the grant is taken. Files and clocks are not touched.

mod blocks;
mod conditions;
mod decision;
mod merge;
mod names;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::finding::{AccessStatement, Finding, FindingMessage, RunDigest};
use crate::grants::Grant;
use crate::manifest::{Manifest, ManifestError, list_name};
use crate::resolve::place::PlaceWord;

pub use blocks::DraftGrant;
pub use decision::{Decider, DecisionGap};
pub use names::SpelledObjects;
pub(crate) use text::quote;

use names::Spelling;

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

/// Something that runs and that no approval names.
#[derive(Clone, Debug)]
pub struct UnmetRun {
    /// Where in the plan; `None` for a targeted plan.
    pub address: Option<String>,
    /// What runs.
    pub scope: RunScope,
    /// What was found.
    pub finding: Finding,
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

/// Judges drafts.
pub trait TrialJudge {
    /// Says of each draft whether an approval of it alone, wherever a system may be, covers the grant of that number.
    fn covers(&self, drafts: &[TrialDraft<'_>]) -> Vec<bool>;

    /// Finds the numbers of the grants that the manifest with the whole draft does not cover.
    ///
    /// # Errors
    ///
    /// Why the draft would be no part of the manifest.
    fn find_failing(&self, draft: &RequestDraft) -> Result<Vec<usize>, ManifestError>;
}

/// One draft that is tried.
#[derive(Debug)]
pub struct TrialDraft<'d> {
    /// The number of the grant among those that were given.
    pub grant: usize,
    /// The `grant` blocks.
    pub text: String,
    /// The places that the approval is restricted to.
    pub places: &'d Places,
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
    /// The runs.
    pub runs: Vec<UnmetRun>,
    /// What else is wrong with the plan.
    pub others: Vec<Finding>,
}

/// Drafts the approvals that cover what is not covered.
///
/// # Errors
///
/// Why the draft would be no part of the manifest, such as a ticket that has an approval already.
pub fn draft_request(
    unmet: &Unmet<'_>,
    objects: &SpelledObjects,
    manifest: &Manifest,
    asker: &Asker,
    judge: &impl TrialJudge,
) -> Result<RequestDraft, ManifestError> {
    let drafted = draft_grants(&unmet.grants, objects, judge);
    let mut left: BTreeSet<usize> = BTreeSet::new();
    // What the manifest says of a grant, such as the ticket that the grant names, may keep a draft from counting.
    loop {
        let draft = assemble(unmet, &drafted, &left, manifest, asker);
        let failing = judge.find_failing(&draft)?;
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
                approval.runs.push(DraftRun { address: run.address.clone(), scope: run.scope.clone() });
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
fn draft_grants(unmet: &[UnmetGrant<'_>], objects: &SpelledObjects, judge: &impl TrialJudge) -> Vec<Drafted> {
    let places: Vec<Places> = unmet.iter().map(|one| list_places(one.grant)).collect();
    let mut drafted: Vec<Drafted> = unmet.iter().map(|_| None).collect();
    for spelling in Spelling::ALL {
        let open = unmet
            .iter()
            .zip(&places)
            .enumerate()
            .filter(|(at, _)| drafted.get(*at).is_some_and(Option::is_none));
        let tried = open.filter_map(|(at, (one, places))| {
            let grants = blocks::draft_blocks(one, spelling, objects)?;
            let text = grants.iter().map(DraftGrant::to_hcl).collect();
            Some((grants, TrialDraft { grant: at, text, places }))
        });
        let (grants, trials): (Vec<_>, Vec<_>) = tried.unzip();
        for ((grants, trial), covers) in grants.into_iter().zip(&trials).zip(judge.covers(&trials)) {
            if covers && let Some(place) = drafted.get_mut(trial.grant) {
                *place = Some((grants, trial.places.clone()));
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

/// Who approves in a trial: whether somebody may is not what is tried.
const TRIAL_OWNERS: &str = "process_owner = \"trial\"\nsystem \"trial\" { owner = \"trial\" }\n\
                            authority \"trial\" {\n  approvers = [\"trial\"]\n  systems = [\"trial\"]\n  max_duration = \"9d\"\n}\n";

/// The files of a manifest in which each draft that is not refused is an approval of its own, at the address of its grant.
/// A file is named by the number of its draft.
pub fn write_trial(
    drafts: &[TrialDraft<'_>],
    refused: &[bool],
    unmet: &[UnmetGrant<'_>],
    asker: &Asker,
) -> Vec<(String, String)> {
    let until = asker.from.saturating_add(jiff::ToSpan::days(8));
    let mut files = vec![("owners".to_owned(), TRIAL_OWNERS.to_owned())];
    for (at, (draft, _)) in drafts.iter().zip(refused).enumerate().filter(|(_, (_, refused))| !**refused) {
        let Some(unmet) = unmet.get(draft.grant) else { continue };
        let mut text = format!(
            "approval \"trial-{at}\" {{\n  justification = \"whether it covers the grant\"\n  system = \"trial\"\n  \
             requester = \"asker\"\n  approvers = [\"trial\"]\n  approved_on = \"{}\"\n  expires_on = \"{until}\"\n  \
             addresses = [{}]\n",
            asker.from,
            quote(&unmet.grant.origin.address)
        );
        for (word, names) in draft.places {
            let names: Vec<String> = names.iter().map(|name| quote(name)).collect();
            text.push_str(&format!("  {} = [{}]\n", list_name(*word), names.join(", ")));
        }
        files.push((at.to_string(), format!("{text}{}}}\n", draft.text)));
    }
    files
}
