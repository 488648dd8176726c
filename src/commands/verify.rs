//! `verify`: what was delivered, against what was approved.
//!
//! Takes parsed arguments and a writer, and returns how the run ended. The steps: read the inputs and bring them together,
//! judge what each says as it judges a plan, keep each access once, write the reports. It never says that an account is
//! safe: it says what its inputs show, as of when, and what they cannot show.

use std::io::Write;
use std::path::Path;

use jiff::Timestamp;

use super::check::{ReportOptions, write_reports};
use super::exists_input::{InputText, read_inputs};
use super::output_file::OutputFiles;
use super::plan_evidence::EvidenceDemand;
use super::trusted::{Trusted, TrustedManifest};
use super::{Exit, Failure, catalog, input};
use crate::cli::VerifyArgs;
use crate::exists::changes::as_plan;
use crate::exists::{AsideList, DeliveredExport, Delivery};
use crate::finding::Assessment;
use crate::grants::{Inventory, PlanSubjects, visit};
use crate::judge::{Extent, Judge, Ruling, keep_each_access_once};
use crate::plan::PlanError;
use crate::record::Clock;
use crate::report::check::ReportContext;
use crate::resolve::facts::StatedFacts;
use crate::resolve::identity::read_references;
use crate::rules::Rules;
use crate::rules::additional::list_additional;

/// Judges what exists and writes what came out.
///
/// # Errors
///
/// Why it could not be judged, or the result not be written.
pub fn run(args: &VerifyArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let options = ReportOptions { format: args.format, output: &args.output, quiet: args.quiet };
    refuse_overwritten(args)?;
    let files = OutputFiles::prepare(args.output.iter().map(|(_, path)| path.as_path()))?;
    let clock = Clock::new(args.now, args.as_of, Timestamp::now());
    let mut trusted = Trusted::open(args.trust_ref.as_deref())?;
    let (rules, _) = input::read_rules(&args.rules, &mut trusted)?;
    let approvals = args.approvals.as_deref();
    let TrustedManifest { manifest, source: trust, assumptions, .. } =
        input::load_manifest(approvals, &args.facts, &rules, clock.as_of, &mut trusted)?;
    let manifest_path = input::manifest_path(approvals);
    let none = EvidenceDemand::None;
    let (catalog, _) = catalog::read(args.catalog.as_deref(), &manifest_path, &mut trusted, none)?;
    let facts = input::read_facts(&args.facts, Some(&manifest));
    let texts = read_inputs(args)?;
    let exports = texts.iter().map(InputText::read).collect::<Result<Vec<_>, Failure>>()?;
    let judge = Judge::at_time(&manifest, &catalog, clock.judged_as_of(), Extent::All, None).with_evidence();
    let mut rulings = Vec::new();
    for export in &exports {
        let facts = export.source.add_facts(&facts);
        let failure = |error| Failure::Plan { name: export.source.name.clone(), error };
        rulings.push(judge_export(&judge, export, &rules, &facts).map_err(failure)?);
    }
    let assessment = judge.assess(rulings);
    let aside = if args.all { AsideList::Listed } else { AsideList::Counted };
    let delivery = Delivery::describe(&exports, aside);
    let mut assessment = Assessment {
        trust,
        rule_packs: list_additional(&rules),
        plans: exports.len(),
        delivery: Some(delivery),
        ..assessment
    };
    assessment.assumptions.extend(assumptions);
    assessment.assumptions.sort();
    write_reports(options, &files, &assessment, ReportContext { as_of: clock.as_of }, out)?;
    Ok(if assessment.is_allowed() { Exit::Allowed } else { Exit::Blocked })
}

/// Judges what one input shows.
fn judge_export(
    judge: &Judge<'_>,
    export: &DeliveredExport<'_>,
    rules: &Rules,
    facts: &StatedFacts,
) -> Result<Inventory<Ruling>, PlanError> {
    let plan = as_plan(&export.objects);
    let mut plan_judge = judge.on_plan(read_references(&plan, rules, facts, &judge.references()));
    if judge.needs_subjects() {
        plan_judge = plan_judge.with_subjects(PlanSubjects::find(&plan, rules, facts)?);
    }
    let mut rulings = visit(&plan, rules, facts, |grant| plan_judge.judge(&grant))?;
    keep_each_access_once(&mut rulings);
    Ok(rulings)
}

/// Refuses an `--output` that names an input.
fn refuse_overwritten(args: &VerifyArgs) -> Result<(), Failure> {
    let inputs: Vec<_> = args.inputs.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let is_input = |path: &Path| path.canonicalize().is_ok_and(|path| inputs.contains(&path));
    match args.output.iter().find(|(_, path)| is_input(path)) {
        None => Ok(()),
        Some((_, path)) => Err(Failure::Missing {
            message: format!("`{}` is an input, and a report would replace it", path.display()),
            help: "name another file".to_owned(),
        }),
    }
}
