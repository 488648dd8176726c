//! `check`: the gate.
//!
//! Takes parsed arguments and a writer, and returns how the run ended. The steps: read all inputs, judge every plan, write
//! the reports and the record, derive the exit from the assessment.

mod jsonl;
mod plan_line;

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::formats;
use super::inputs::{GivenPlans, Inputs};
use super::judging::{JudgedPlan, Judging, complete, make_judge};
use super::output_file::OutputFiles;
use super::overwritten::refuse_overwritten_inputs;
use super::plan_evidence::{EvidenceDemand, PlanEvidence};
use super::plans::PlanText;
use super::record_file::RecordFile;
use super::run_evidence::collect_evidence;
use super::{Exit, Failure};
use crate::cli::{CheckArgs, CheckFormat, GateArgs};
use crate::finding::{Assessment, PlanDigest};
use crate::grants::Inventory;
use crate::judge::Ruling;
use crate::parallel::run_both;
use crate::plan::{Alarm, Plan};
use crate::record::RecordedPlan;
use crate::report::check::{CheckReport, ReportContext, human};
use crate::report::escape::without_commands;
use crate::report::look::Look;
use crate::sources::ReadFile;

/// Judges plans against the manifest and writes what came out.
///
/// # Errors
///
/// Why it could not be judged, or the result not be written.
pub fn run(args: &GateArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let check = &args.check;
    if args.jsonl {
        return jsonl::run(check, out);
    }
    refuse_overwritten_inputs(check)?;
    let outputs = || check.output.iter().map(|(_, path)| path.as_path());
    let record = args.record.as_deref().map(|path| RecordFile::prepare(path, outputs())).transpose()?;
    let files = OutputFiles::prepare(outputs())?;
    let demand = if record.is_some() { EvidenceDemand::Digests } else { EvidenceDemand::None };
    let mut inputs = Inputs::read(&check.judge, check.extent(), None, demand)?;
    let Judgement { assessment, plans } = judge_plans(&mut inputs)?;
    // A full disk is noticed before anything is said, and what was not said is not recorded.
    let staged = match record {
        Some(record) => Some(record.stage(&assessment, &collect_evidence(&inputs, args, plans))?),
        None => None,
    };
    write_reports(
        ReportOptions::of(check),
        &files,
        &assessment,
        ReportContext { as_of: inputs.clock.as_of },
        out,
    )?;
    if let Some(staged) = staged {
        out.flush().map_err(Failure::unwritten)?;
        if let Err(failure) = staged.publish() {
            // A report without its record would be of a run that did not do what it was asked for.
            files.remove()?;
            return Err(failure);
        }
    }
    let exit = if assessment.is_allowed() { Exit::Allowed } else { Exit::Blocked };
    // The process ends here, and giving back the memory of a large plan piece by piece would only take time.
    std::mem::forget((inputs, assessment));
    Ok(exit)
}

/// What came out, and what a record keeps of the plans.
pub(super) struct Judgement {
    pub(super) assessment: Assessment,
    /// Empty where no record is asked for.
    pub(super) plans: Vec<RecordedPlan>,
}

/// Judges one plan after the other, and all of them as one set.
pub(super) fn judge_plans(inputs: &mut Inputs) -> Result<Judgement, Failure> {
    let alarms = std::mem::take(&mut inputs.alarms);
    let demand = inputs.sources_demand;
    let name = inputs.plan.given.first.name();
    let evidence = inputs.plan.given.first.take_evidence();
    let keeps_evidence = evidence.is_some();
    let make = || {
        let (manifest, catalog, actor) = (&inputs.manifest, &inputs.plan.catalog, inputs.actor.as_ref());
        let judge = make_judge(manifest, catalog, &inputs.clock, actor, inputs.extent);
        if keeps_evidence { judge.with_evidence() } else { judge }
    };
    let (judge, plan) = run_both(make, || inputs.plan.given.first.read_plan());
    let judging = Judging { judge: &judge, rules: &inputs.plan.rules, manifest: &inputs.manifest };
    let mut judged = JudgedPlans::default();
    let mut add_plan =
        |mut plan: Plan<'_>, name: &str, evidence: Option<PlanEvidence>, alarms: Vec<Alarm>| {
            plan.demand_sources(demand);
            plan.alarms.extend(alarms);
            judged.recorded.extend(evidence.map(|evidence| evidence.complete(name, &plan)));
            let JudgedPlan { rulings, read_files } = judging.judge_plan(&plan, &inputs.plan.facts, name)?;
            judged.rulings.push(rulings);
            judged.read_files.extend(read_files);
            Ok::<(), Failure>(())
        };
    add_plan(plan?, &name, evidence, alarms)?;
    let GivenPlans { first, plans } = &inputs.plan.given;
    let mut plan_files: Vec<PlanDigest> =
        first.plan_file().map(|file| file.digest.clone()).into_iter().collect();
    for text in plans.others() {
        let mut text: PlanText = text?;
        let (name, evidence) = (text.name(), text.take_evidence());
        add_plan(text.read_plan()?, &name, evidence, Vec::new())?;
        plan_files.extend(text.plan_file().map(|file| file.digest.clone()));
    }
    let JudgedPlans { rulings, read_files, recorded } = judged;
    let assessment = complete(&judge, rulings, inputs);
    let assessment = Assessment { plan_files, read_files: read_files.into_iter().collect(), ..assessment };
    Ok(Judgement { assessment, plans: recorded })
}

/// What came out for the plans that were judged so far.
#[derive(Default)]
struct JudgedPlans {
    rulings: Vec<Inventory<Ruling>>,
    read_files: BTreeSet<ReadFile>,
    recorded: Vec<RecordedPlan>,
}

/// Which reports are asked for.
#[derive(Clone, Copy)]
pub(super) struct ReportOptions<'a> {
    /// That of standard output.
    pub(super) format: CheckFormat,
    /// Those of files.
    pub(super) output: &'a [(CheckFormat, PathBuf)],
    /// Whether only what blocks is said.
    pub(super) quiet: bool,
}

impl<'a> ReportOptions<'a> {
    pub(super) fn of(args: &'a CheckArgs) -> Self {
        Self { format: args.format, output: &args.output, quiet: args.quiet }
    }
}

/// Writes the reports that were asked for: files first, so that what is on standard output is true of them too.
pub(super) fn write_reports(
    options: ReportOptions<'_>,
    files: &OutputFiles<'_>,
    assessment: &Assessment,
    context: ReportContext,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let reports =
        options.output.iter().map(|(format, path)| report_for_file(*format, path, assessment, context));
    files.write(&reports.collect::<Result<Vec<_>, _>>()?)?;
    let look = Look { quiet: options.quiet, ..Look::for_terminal() };
    write_report(options.format, assessment, context, look, out).map_err(Failure::unwritten)
}

fn write_report(
    format: CheckFormat,
    assessment: &Assessment,
    context: ReportContext,
    look: Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        CheckFormat::Human => human::write(assessment, context, look, out),
        CheckFormat::Report(format) => {
            formats::write_report(format, &CheckReport::new(assessment, context), out)
        }
    }
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
