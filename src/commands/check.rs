//! `check`: the gate.

use std::io::Write;
use std::path::Path;

use super::plans::Plans;
use super::{Exit, Failure, catalog, input};
use crate::cli::{CheckArgs, OutputFormat};
use crate::finding::Assessment;
use crate::grants::visit;
use crate::judge::{Extent, Judge};
use crate::parallel::both;
use crate::plan::Plan;
use crate::report::check::{ReportContext, human, json};
use crate::report::look::Look;

/// Judges plans against the manifest and writes what came out.
///
/// # Errors
///
/// Why it could not be judged, or the result not be written.
pub fn run(args: &CheckArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let plans = Plans::find(&args.plans, args.sources.as_deref(), args.trust_references)?;
    let approvals = args.approvals.as_deref();
    // Reading a manifest keeps all cores busy; the packs are read while one core reads the plan.
    let (manifest, first) = both(|| input::manifest(approvals, &args.fact), || plans.first());
    let (manifest, mut first) = (manifest?, first?);
    let facts = input::facts(&args.fact, Some(&manifest));
    let as_of = input::day(args.as_of);
    let extent = if args.all { Extent::All } else { Extent::Changes };
    let catalog = catalog::read(args.catalog.as_deref(), &input::manifest_path(approvals))?;
    let name = first.name();
    let ((rules, judge), plan) =
        both(|| (input::rules(&args.rules), Judge::new(&manifest, &catalog, as_of, extent)), || first.plan());
    let (rules, plan) = (rules?, plan?);
    let rule = |plan: Plan<'_>, name: String| {
        let rulings = visit(&plan, &rules, &facts, |grant| judge.judge(&grant));
        rulings.map_err(|error| Failure::Plan { name, error })
    };
    let mut rulings = vec![rule(plan, name)?];
    for text in plans.others() {
        let mut text = text?;
        let name = text.name();
        rulings.push(rule(text.plan()?, name)?);
    }
    let assessment = judge.assess(rulings);
    for (format, path) in &args.output {
        write_file(*format, path, &assessment, ReportContext { as_of })?;
    }
    let look = Look { quiet: args.quiet, ..Look::for_terminal() };
    write(args.format, &assessment, ReportContext { as_of }, look, out).map_err(Failure::unwritten)?;
    let exit = if assessment.is_allowed() { Exit::Allowed } else { Exit::Blocked };
    // The process ends here, and giving back the memory of a large plan piece by piece would only take time.
    drop(judge);
    std::mem::forget((first, rules, manifest, assessment));
    Ok(exit)
}

fn write(
    format: OutputFormat,
    assessment: &Assessment,
    context: ReportContext,
    look: Look,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    match format {
        OutputFormat::Human => human::write(assessment, context, look, out),
        OutputFormat::Json => json::write(assessment, context, out),
    }
}

fn write_file(
    format: OutputFormat,
    path: &Path,
    assessment: &Assessment,
    context: ReportContext,
) -> Result<(), Failure> {
    let failure = |error| Failure::Write { name: path.display().to_string(), error };
    let mut report = Vec::new();
    write(format, assessment, context, Look::for_file(), &mut report).map_err(failure)?;
    let plain = anstream::adapter::strip_bytes(&report).into_vec();
    input::replace(path, &plain)
}
