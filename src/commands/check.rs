//! `check`: the gate.
//!
//! Takes parsed arguments and a writer, and returns how the run ended. The steps: read all inputs, judge every plan, write
//! the reports, derive the exit from the assessment.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

use super::formats;
use super::inputs::{Inputs, PlanInputs};
use super::output_file::OutputFiles;
use super::overwritten::refuse_overwritten_inputs;
use super::plans::PlanText;
use super::{Exit, Failure};
use crate::cli::{CheckArgs, CheckFormat};
use crate::finding::{Assessment, PlanDigest};
use crate::grants::{Inventory, PlanSubjects, survey, visit};
use crate::judge::{Judge, Ruling};
use crate::parallel::run_both;
use crate::plan::Plan;
use crate::report::check::{CheckReport, ReportContext, human};
use crate::report::escape::without_commands;
use crate::report::look::Look;
use crate::resolve::identity::read_references;
use crate::rules::additional::list_additional;
use crate::sources::{ReadFile, Sources};

/// Judges plans against the manifest and writes what came out.
///
/// # Errors
///
/// Why it could not be judged, or the result not be written.
pub fn run(args: &CheckArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    refuse_overwritten_inputs(args)?;
    let files = OutputFiles::prepare(args.output.iter().map(|(_, path)| path.as_path()))?;
    let mut inputs = Inputs::read(args, None)?;
    let assessment = judge_plans(&mut inputs)?;
    write_reports(args, &files, &assessment, ReportContext { as_of: inputs.clock.as_of }, out)?;
    let exit = if assessment.is_allowed() { Exit::Allowed } else { Exit::Blocked };
    // The process ends here, and giving back the memory of a large plan piece by piece would only take time.
    std::mem::forget((inputs, assessment));
    Ok(exit)
}

/// Judges one plan after the other, and all of them as one set.
pub(super) fn judge_plans(inputs: &mut Inputs) -> Result<Assessment, Failure> {
    let Inputs {
        plan: PlanInputs { rules, facts, catalog, first, plans },
        manifest,
        trust,
        assumptions,
        clock,
        extent,
        demand,
        ..
    } = inputs;
    let name = first.name();
    let (judge, plan) = run_both(
        || Judge::at_time(manifest, catalog, clock.judged_as_of(), *extent, None),
        || first.read_plan(),
    );
    let mut read_files: BTreeSet<ReadFile> = BTreeSet::new();
    let mut judge_plan = |mut plan: Plan<'_>, name: String| -> Result<Inventory<Ruling>, Failure> {
        plan.demand_sources(*demand);
        let references = read_references(&plan, rules, facts, &manifest.references());
        let mut plan_judge =
            judge.on_plan(references).in_folder(plan.sources().and_then(Sources::root_folder));
        if judge.needs_subjects() {
            let subjects = PlanSubjects::find(&plan, rules, facts);
            let failure = |error| Failure::Plan { name: name.clone(), error };
            plan_judge = plan_judge.with_subjects(subjects.map_err(failure)?);
        }
        let rulings = visit(&plan, rules, facts, |grant| plan_judge.judge(&grant));
        read_files.extend(PlanText::list_read_files(&plan));
        let failure = |error| Failure::Plan { name: name.clone(), error };
        let mut rulings = rulings.map_err(failure)?;
        rulings.grants.extend(plan_judge.judge_references());
        if judge.has_late_duties() {
            let survey = survey(&plan, rules, facts).map_err(failure)?;
            rulings.grants.extend(plan_judge.judge_duties(&survey));
        }
        Ok(rulings)
    };
    let mut rulings = vec![judge_plan(plan?, name)?];
    let mut plan_files: Vec<PlanDigest> =
        first.plan_file().map(|file| file.digest.clone()).into_iter().collect();
    for text in plans.others() {
        let mut text: PlanText = text?;
        let name = text.name();
        rulings.push(judge_plan(text.read_plan()?, name)?);
        plan_files.extend(text.plan_file().map(|file| file.digest.clone()));
    }
    let plans = rulings.len();
    let rule_packs = list_additional(rules);
    let read_files = read_files.into_iter().collect();
    let trust = trust.clone();
    let mut assessment =
        Assessment { trust, rule_packs, plans, plan_files, read_files, ..judge.assess(rulings) };
    assessment.assumptions.extend(assumptions.iter().cloned());
    assessment.assumptions.sort();
    Ok(assessment)
}

/// Writes the reports that were asked for: files first, so that what is on standard output is true of them too.
pub(super) fn write_reports(
    args: &CheckArgs,
    files: &OutputFiles<'_>,
    assessment: &Assessment,
    context: ReportContext,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let reports =
        args.output.iter().map(|(format, path)| report_for_file(*format, path, assessment, context));
    files.write(&reports.collect::<Result<Vec<_>, _>>()?)?;
    let look = Look { quiet: args.quiet, ..Look::for_terminal() };
    write_report(args.format, assessment, context, look, out).map_err(Failure::unwritten)
}

fn write_report(
    format: CheckFormat,
    assessment: &Assessment,
    context: ReportContext,
    look: Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    if format == CheckFormat::Human {
        return human::write(assessment, context, look, out);
    }
    formats::write_report(format, &CheckReport::new(assessment, context), out).map(|_| ())
}

fn report_for_file(
    format: CheckFormat,
    path: &Path,
    assessment: &Assessment,
    context: ReportContext,
) -> Result<Vec<u8>, Failure> {
    let failure = |error| Failure::Write { name: path.display().to_string(), error };
    let mut report = Vec::new();
    write_report(format, assessment, context, Look::for_file(), &mut report).map_err(failure)?;
    if format.is_for_programs() {
        return Ok(report);
    }
    let plain = anstream::adapter::strip_bytes(&report).into_vec();
    Ok(without_commands(&String::from_utf8_lossy(&plain)).into_bytes())
}
