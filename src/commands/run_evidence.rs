//! What a record keeps of a run besides its assessment.

use super::inputs::Inputs;
use crate::cli::GateArgs;
use crate::judge::Extent;
use crate::record::{RecordedPlan, RunEvidence, Waiver};
use crate::rules::load::digest_embedded;

/// Puts together what was read, when, for whom, and what the command line accepts.
pub(super) fn collect_evidence<'a>(
    inputs: &'a Inputs,
    args: &'a GateArgs,
    plans: Vec<RecordedPlan>,
) -> RunEvidence<'a> {
    let options = &args.check.judge.plan;
    let waivers = [
        (options.without_sources, Waiver::WithoutSources),
        (options.trust_references, Waiver::TrustReferences),
    ];
    RunEvidence {
        clock: inputs.clock,
        actor: inputs.actor.clone(),
        plans,
        manifest: &inputs.manifest,
        catalog: inputs.plan.catalog_file.clone(),
        embedded_rules_sha256: digest_embedded(),
        rule_files: inputs.plan.rule_files.clone(),
        waivers: waivers.into_iter().filter(|(is_given, _)| *is_given).map(|(_, waiver)| waiver).collect(),
        told_facts: &options.facts,
        judges_all: inputs.extent == Extent::All,
    }
}
