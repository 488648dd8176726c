//! `check --jsonl`: many plans in one process.
//!
//! Takes lines, each with one plan and what is stated of it, and answers each with one line, in order and at once. The
//! manifest, the rules and the catalogue are read once. A line that cannot be judged is answered with an error and blocks;
//! it neither hides the other lines nor ends the run. Input in which no line can be judged is a failure.

use std::io::Write;

use super::plan_line::{self, LinePlan, PlanLine, PlanLineError, ReadLine};
use crate::cli::CheckArgs;
use crate::commands::inputs::Inputs;
use crate::commands::judging::{JudgedPlan, Judging, complete, make_judge};
use crate::commands::lines::{LineReader, NumberedLine};
use crate::commands::plan_evidence::EvidenceDemand;
use crate::commands::plans::{GivenPlan, PlanText, Plans};
use crate::commands::{Exit, Failure};
use crate::finding::Assessment;
use crate::judge::Judge;
use crate::lower::is_of_resources;
use crate::plan::ByteSize;
use crate::report::check::jsonl::{LineError, write_answer, write_error};
use crate::report::check::{CheckReport, ReportContext};
use crate::resolve::facts::StatedFacts;

/// Judges the plans of all lines and answers each.
///
/// # Errors
///
/// Why nothing could be judged, or an answer not be written.
pub(super) fn run(args: &CheckArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let [lines] = args.judge.plan.plans.as_slice() else {
        return Err(Failure::Missing {
            message: format!("`--jsonl` reads one file of lines, found {}", args.judge.plan.plans.len()),
            help: "pass one file, or `-` for standard input".to_owned(),
        });
    };
    let inputs = Inputs::read_beside(&args.judge, args.extent(), EvidenceDemand::None, || Ok(()))?;
    let judge = judge_of(&inputs);
    let lines_judge =
        LineJudge { args, inputs: &inputs, judge: &judge, plans: Plans::without_paths(&args.judge.plan) };
    let mut reader = LineReader::open(Some(lines), ByteSize::OF_LINE)?;
    let mut counts = LineCounts::default();
    while let Some(NumberedLine { number, text }) = reader.read_line()? {
        let line = match &text {
            Ok(text) => plan_line::read(text),
            Err(fault) => ReadLine { id: None, plan: Err((*fault).into()) },
        };
        let fallback =
            || line.id.map_or_else(|| format!("line {number}"), |id| id.get().trim_matches('"').to_owned());
        let judged =
            line.plan.map_err(LineFailure::Line).and_then(|plan| lines_judge.judge(plan, fallback()));
        counts.add(&judged);
        let written = match &judged {
            Ok(assessment) => {
                let context = ReportContext { as_of: inputs.clock.as_of };
                write_answer(line.id, &CheckReport::new(assessment, context), out)
            }
            Err(failure) => write_error(line.id, &failure.describe(), out),
        };
        // Somebody may wait for it.
        written.and_then(|()| out.flush()).map_err(Failure::unwritten)?;
    }
    match counts {
        LineCounts { judged: 0, .. } => Err(Failure::Missing {
            message: format!("no line of `{}` could be judged", reader.name()),
            help: "write one object a line: `{\"id\": …, \"plan\": {…}, \"facts\": {…}}`".to_owned(),
        }),
        LineCounts { not_allowed: 0, .. } => Ok(Exit::Allowed),
        LineCounts { .. } => Ok(Exit::Blocked),
    }
}

fn judge_of(inputs: &Inputs<()>) -> Judge<'_> {
    let Inputs { manifest, plan, clock, actor, extent, .. } = inputs;
    make_judge(manifest, &plan.catalog, clock, actor.as_ref(), *extent)
}

/// What the plans of all lines are judged by.
struct LineJudge<'i> {
    args: &'i CheckArgs,
    inputs: &'i Inputs<()>,
    judge: &'i Judge<'i>,
    plans: Plans,
}

impl LineJudge<'_> {
    /// Judges the plan of a line; `fallback` is what messages call one that nobody has named.
    fn judge(&self, line: PlanLine<'_>, fallback: String) -> Result<Assessment, LineFailure> {
        let name = line.workspace.unwrap_or(fallback);
        let given = match &line.plan {
            LinePlan::File(path) => GivenPlan::File(path),
            LinePlan::Text(text) => GivenPlan::Text { name: &name, text },
        };
        let mut text = self.plans.with_sources(line.sources).read_given(given)?;
        if line.facts.keys().any(|name| is_of_resources(name)) {
            // Such facts say how approvals are read as well.
            let mut args = self.args.judge.clone();
            args.plan.facts.extend(line.facts.clone());
            let inputs = Inputs::read_beside(&args, self.args.extent(), EvidenceDemand::None, || Ok(()))?;
            return Ok(judge_text(&mut text, &inputs, &judge_of(&inputs), &line.facts)?);
        }
        Ok(judge_text(&mut text, self.inputs, self.judge, &line.facts)?)
    }
}

/// Judges one plan.
fn judge_text(
    text: &mut PlanText,
    inputs: &Inputs<()>,
    judge: &Judge<'_>,
    facts: &StatedFacts,
) -> Result<Assessment, Failure> {
    let name = text.name();
    let plan_files = text.plan_file().map(|file| file.digest.clone()).into_iter().collect();
    let mut plan = text.read_plan()?;
    plan.demand_sources(inputs.sources_demand);
    plan.alarms.extend(inputs.alarms.iter().cloned());
    let judging = Judging { judge, rules: &inputs.plan.rules, manifest: &inputs.manifest };
    let mut all_facts = inputs.plan.facts.clone();
    all_facts.extend(facts.clone());
    let JudgedPlan { rulings, read_files } = judging.judge_plan(&plan, &all_facts, &name)?;
    let assessment = complete(judge, vec![rulings], inputs);
    Ok(Assessment { plan_files, read_files, ..assessment })
}

/// Why a line has no result.
#[derive(Debug)]
enum LineFailure {
    /// It says no plan.
    Line(PlanLineError),
    /// What it says cannot be judged.
    Plan(Failure),
}

impl From<Failure> for LineFailure {
    fn from(failure: Failure) -> Self {
        Self::Plan(failure)
    }
}

impl LineFailure {
    fn describe(&self) -> LineError {
        match self {
            Self::Line(error) => {
                LineError { message: error.to_string(), help: Some(error.help().to_owned()) }
            }
            Self::Plan(failure) => {
                LineError { message: failure.to_string(), help: failure.help().map(str::to_owned) }
            }
        }
    }
}

/// How many lines were judged, and how many of all are not allowed.
#[derive(Default)]
struct LineCounts {
    judged: usize,
    not_allowed: usize,
}

impl LineCounts {
    fn add(&mut self, judged: &Result<Assessment, LineFailure>) {
        self.judged += usize::from(judged.is_ok());
        self.not_allowed += usize::from(!judged.as_ref().is_ok_and(Assessment::is_allowed));
    }
}
