//! `revoke`: what to remove when an approval ends.
//!
//! Takes a ticket and plans, judges every grant of the plans with the approval and without it, and writes the grants that
//! pass only with it. Nothing is changed, and the exit code says whether something rests on the ticket.

use std::collections::BTreeMap;
use std::io::Write;

use super::check::judge_plans;
use super::inputs::Inputs;
use super::plan_evidence::EvidenceDemand;
use super::{Exit, Failure, input};
use crate::authority::Decisions;
use crate::catalog::Catalog;
use crate::cli::RevokeArgs;
use crate::finding::{Assessment, Finding, Verdict};
use crate::judge::Extent;
use crate::report::look::Look;
use crate::report::revoke::{self, Resting, Revocation};

/// Judges plans with an approval and without it.
///
/// # Errors
///
/// Why it could not be judged, or the result not be written.
pub fn run(args: &RevokeArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    // What the plan leaves alone rests on the approval as well.
    let mut inputs = Inputs::read(&args.judge, Extent::All, None, EvidenceDemand::None)?;
    if !inputs.alarms.is_empty() {
        return Err(input::no_manifest(&input::manifest_path(args.judge.approvals.as_deref())));
    }
    let as_of = inputs.clock.as_of;
    let ticket = find_ticket(&inputs, &args.ticket)?;
    let with = judge_plans(&mut inputs)?.assessment;
    inputs.manifest.withdraw(&ticket, as_of);
    let without = judge_plans(&mut inputs)?.assessment;
    let resting = find_resting(&with, &without);
    // A change that adds no access passes with any approval and without one.
    let open = with.grants.iter().filter(|grant| grant.verdict == Verdict::Unchanged).count();
    let revocation = Revocation { ticket: &ticket, as_of, resting: &resting, open };
    revoke::write(&revocation, Look::for_terminal(), out).map_err(Failure::unwritten)?;
    Ok(if resting.is_empty() && open == 0 { Exit::Allowed } else { Exit::Blocked })
}

/// The ticket as the manifest has it. Of an approval that does not count nothing passes, with it or without it.
fn find_ticket(inputs: &Inputs, ticket: &str) -> Result<String, Failure> {
    let manifest = &inputs.manifest;
    let Some(approval) = manifest.approval(ticket) else {
        return Err(Failure::Missing {
            message: format!("the manifest has no approval `{ticket}`"),
            help: "name a ticket as it stands in the manifest; `countersign review` lists them".to_owned(),
        });
    };
    let catalog = Catalog::default();
    let decisions = Decisions::new(manifest, &catalog, inputs.clock.as_of);
    let flaws = decisions.find_flaws(approval, approval.sample());
    match flaws.iter().find(|flaw| !flaw.is_about_place()) {
        None => Ok(approval.id.clone()),
        Some(flaw) => Err(Failure::Missing {
            message: format!("{}, so nothing passes by it", flaw.describe(&approval.id)),
            help: "run `countersign check --all`: it names what the approval would cover".to_owned(),
        }),
    }
}

/// The addresses at which more grants pass with the approval than without it.
fn find_resting(with: &Assessment, without: &Assessment) -> Vec<Resting> {
    let count = |assessment: &Assessment| {
        let mut passing: BTreeMap<String, usize> = BTreeMap::new();
        for grant in &assessment.grants {
            *passing.entry(grant.address.to_string()).or_insert(0) += usize::from(grant.verdict.passes());
        }
        passing
    };
    let (with_it, without_it) = (count(with), count(without));
    let fallen = with_it
        .iter()
        .filter(|(address, passing)| without_it.get(*address).copied().unwrap_or(0) < **passing);
    let describe = |(address, passing): (&String, &usize)| {
        let of_address = |assessment: &'_ Assessment| -> Vec<String> {
            let grants = assessment.grants.iter().filter(|grant| *grant.address == **address);
            let mut tickets: Vec<String> = grants.flat_map(|grant| grant.tickets.iter().cloned()).collect();
            tickets.sort();
            tickets.dedup();
            tickets
        };
        let place = |finding: &&Finding| finding.address.as_deref() == Some(address.as_str());
        let sites =
            without.findings.iter().find(place).map(|finding| finding.sites.clone()).unwrap_or_default();
        Resting {
            address: address.clone(),
            grants: passing - without_it.get(address).copied().unwrap_or(0),
            others: of_address(without),
            sites,
        }
    };
    fallen.map(describe).collect()
}
