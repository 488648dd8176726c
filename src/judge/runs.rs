//! What runs beside the changes, against the `run` blocks of the manifest.
//!
//! Takes a [`Run`] and what decisions are judged by, and returns a [`RunRuling`]. A provisioner passes if an approval in force names its
//! type, its address and the digest of all that it may run. A plan made with `-target` passes if each object that it changes is
//! at an address that an approval in force lists for that. Nothing else approves them: no grant, however wide.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::authority::{Decisions, Flaw, place_flaw};
use crate::finding::{Judged, RUN_KIND, Verdict};
use crate::grants::{Origin, Run, RunContent};
use crate::lower::Dialect;
use crate::manifest::{Approval, ApprovedRunSubject};

use super::draft::FindingDraft;
use super::owner::match_subject;
use super::run_fault::RunFault;

/// Stands for the address of a plan that was made with `-target`.
const TARGET: &str = "-target";

/// What came out for a run.
pub(super) struct RunRuling<'a> {
    pub(super) judged: Judged,
    pub(super) drafts: Vec<FindingDraft<'a>>,
}

/// Judges one run.
pub(super) fn judge_run<'a>(run: &'a Run, decisions: &Decisions<'a>) -> RunRuling<'a> {
    match run {
        Run::Provisioner { origin, kind, content } => {
            let faults = match judge_provisioner(origin, kind, content, decisions) {
                Ok(tickets) => return pass(origin, kind, tickets),
                Err(faults) => faults,
            };
            let verdict = verdict_of(&faults);
            let tickets = tickets_of(&faults);
            let drafts = faults.into_iter().map(|fault| FindingDraft::of_run(run, fault, Vec::new()));
            RunRuling { drafts: drafts.collect(), judged: make_judged(origin, kind, verdict, tickets) }
        }
        Run::Target { changed } => judge_target(run, changed, decisions),
    }
}

fn pass(origin: &Origin, kind: &str, tickets: Vec<String>) -> RunRuling<'static> {
    RunRuling { judged: make_judged(origin, kind, Verdict::Approved, tickets), drafts: Vec::new() }
}

fn make_judged(origin: &Origin, kind: &str, verdict: Verdict, tickets: Vec<String>) -> Judged {
    Judged {
        address: origin.address.clone(),
        type_name: kind.into(),
        provider: "terraform".into(),
        kind: RUN_KIND,
        part: None,
        principals: Vec::new(),
        verdict,
        tickets,
        expires_on: None,
        content: Vec::new(),
        evidence: None,
    }
}

fn verdict_of(faults: &[RunFault<'_>]) -> Verdict {
    match faults.first() {
        Some(RunFault::Undecided { .. }) => Verdict::Undecided,
        Some(RunFault::Differs { .. } | RunFault::Flawed { .. }) => Verdict::Exceeds,
        Some(RunFault::Unapproved) | None => Verdict::Unapproved,
    }
}

fn tickets_of(faults: &[RunFault<'_>]) -> Vec<String> {
    let tickets: BTreeSet<&str> = faults
        .iter()
        .flat_map(|fault| match fault {
            RunFault::Differs { approvals } => approvals.clone(),
            RunFault::Unapproved | RunFault::Undecided { .. } | RunFault::Flawed { .. } => {
                fault.approval().into_iter().collect()
            }
        })
        .map(|approval| approval.id.as_str())
        .collect();
    tickets.into_iter().map(str::to_owned).collect()
}

/// What keeps an approval from being in force at a place.
fn flaws_of(approval: &Approval, decisions: &Decisions<'_>, origin: &Origin) -> Vec<Flaw> {
    let mut flaws = decisions.find_flaws(approval, approval.sample());
    flaws.extend(place_flaw(approval, decisions.manifest(), Dialect::Terraform, &match_subject(origin)));
    flaws
}

/// The tickets of the approvals in force that name a provisioner and all that it may run, or why there are none.
fn judge_provisioner<'a>(
    origin: &'a Origin,
    kind: &'a str,
    content: &'a RunContent,
    decisions: &Decisions<'a>,
) -> Result<Vec<String>, Vec<RunFault<'a>>> {
    let names_address = |approval: &&Approval| digests_of(approval, None, &origin.address).next().is_some();
    let near: Vec<&Approval> = decisions.manifest().approvals().iter().filter(names_address).collect();
    let texts = match content {
        RunContent::Known(texts) => texts,
        RunContent::Undecided(reason) => {
            return Err(vec![RunFault::Undecided { reason, approval: near.first().copied() }]);
        }
    };
    let is_needed = |digest: &str| texts.iter().any(|text| text.sha256 == digest);
    let is_all = |digests: &BTreeSet<&str>| texts.iter().all(|text| digests.contains(text.sha256.as_str()));
    let (mut in_force, mut all, mut tickets) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    let mut faults = Vec::new();
    for approval in &near {
        let needed: Vec<&str> =
            digests_of(approval, Some(kind), &origin.address).filter(|digest| is_needed(digest)).collect();
        if needed.is_empty() {
            continue;
        }
        all.extend(needed.iter().copied());
        let flaws = flaws_of(approval, decisions, origin);
        if flaws.is_empty() {
            in_force.extend(needed);
            tickets.push(approval.id.clone());
        }
        let flawed = |flaw| RunFault::Flawed { approval, flaw: Cow::Owned(flaw) };
        faults.extend(flaws.into_iter().map(flawed));
    }
    if is_all(&in_force) {
        return Ok(tickets);
    }
    Err(match (is_all(&all), near.is_empty()) {
        (true, _) => faults,
        (false, false) => vec![RunFault::Differs { approvals: near }],
        (false, true) => vec![RunFault::Unapproved],
    })
}

/// The digests that an approval names at an address, for one type of provisioner or for all.
fn digests_of<'a>(
    approval: &'a Approval,
    of_kind: Option<&'a str>,
    at_address: &'a str,
) -> impl Iterator<Item = &'a str> {
    let named = approval.runs.iter().filter_map(move |run| match &run.subject {
        ApprovedRunSubject::Provisioner { kind, address, sha256 } => {
            let is_named = *address == at_address && of_kind.is_none_or(|wanted| wanted == kind);
            is_named.then_some(sha256)
        }
        ApprovedRunSubject::Target { .. } => None,
    });
    named.flatten().map(String::as_str)
}

/// Judges a plan made with `-target`: each object that it changes needs an approval that lists its address.
fn judge_target<'a>(run: &'a Run, changed: &[Origin], decisions: &Decisions<'a>) -> RunRuling<'a> {
    let lists = |approval: &Approval, address: &str| {
        approval.runs.iter().any(|run| match &run.subject {
            ApprovedRunSubject::Target { addresses } => addresses.iter().any(|glob| glob.matches(address)),
            ApprovedRunSubject::Provisioner { .. } => false,
        })
    };
    let is_of_targets = |approval: &&Approval| {
        approval.runs.iter().any(|run| matches!(run.subject, ApprovedRunSubject::Target { .. }))
    };
    let approvals: Vec<&Approval> = decisions.manifest().approvals().iter().filter(is_of_targets).collect();
    let plan = Origin { address: TARGET.into(), ..Origin::default() };
    let (mut tickets, mut missing, mut faults) = (BTreeSet::new(), Vec::new(), Vec::<RunFault<'a>>::new());
    for origin in changed {
        let mut flaws = Vec::new();
        let mut listing = approvals.iter().filter(|approval| lists(approval, &origin.address));
        let in_force = listing.find(|approval| {
            let found = flaws_of(approval, decisions, origin);
            let is_in_force = found.is_empty();
            flaws.extend(found.into_iter().map(|flaw| (**approval, flaw)));
            is_in_force
        });
        match in_force {
            Some(approval) => {
                tickets.insert(approval.id.clone());
            }
            None if flaws.is_empty() => missing.push(origin.address.to_string()),
            None => faults.extend(
                flaws
                    .into_iter()
                    .map(|(approval, flaw)| RunFault::Flawed { approval, flaw: Cow::Owned(flaw) }),
            ),
        }
    }
    faults.dedup_by(|one, other| is_same_flaw(one, other));
    if missing.is_empty() && faults.is_empty() && !changed.is_empty() {
        return pass(&plan, "target", tickets.into_iter().collect());
    }
    if !missing.is_empty() || faults.is_empty() {
        faults.insert(
            0,
            if approvals.is_empty() { RunFault::Unapproved } else { RunFault::Differs { approvals } },
        );
    }
    let (verdict, tickets) = (verdict_of(&faults), tickets_of(&faults));
    let drafts = faults.into_iter().map(|fault| FindingDraft::of_run(run, fault, missing.clone()));
    RunRuling { drafts: drafts.collect(), judged: make_judged(&plan, "target", verdict, tickets) }
}

fn is_same_flaw(one: &RunFault<'_>, other: &RunFault<'_>) -> bool {
    match (one, other) {
        (
            RunFault::Flawed { approval, flaw },
            RunFault::Flawed { approval: other_approval, flaw: other_flaw },
        ) => approval.id == other_approval.id && flaw == other_flaw,
        _ => false,
    }
}
