//! `check`: the gate.

use std::io::Write;
use std::path::Path;

use super::{Exit, Failure, catalog, input};
use crate::cli::{Check, Format};
use crate::finding::Assessment;
use crate::judge::{Extent, Judge};
use crate::parallel::both;
use crate::report::human::Look;
use crate::report::{Context, human, json};

/// Judges plans against the manifest and writes what came out.
///
/// # Errors
///
/// Why it could not be judged, or the result not be written.
pub fn run(args: &Check, out: &mut dyn Write) -> Result<Exit, Failure> {
    let (rules, manifest) =
        both(|| input::rules(&args.rules), || input::manifest(args.approvals.as_deref(), &args.fact));
    let (rules, manifest) = (rules?, manifest?);
    let facts = input::facts(&args.fact, Some(&manifest));
    let as_of = input::day(args.as_of);
    let extent = if args.all { Extent::All } else { Extent::Changes };
    let catalog = catalog::read(args.catalog.as_deref(), &input::manifest_path(args.approvals.as_deref()))?;
    let judge = Judge::new(&manifest, &catalog, as_of, extent);
    let rulings = input::inventories(
        &args.plans,
        (args.sources.as_deref(), args.trust_references),
        &rules,
        &facts,
        |grant| judge.grant(&grant),
    )?;
    let assessment = judge.assessment(rulings);
    for (format, path) in &args.output {
        write_file(*format, path, &assessment, Context { as_of })?;
    }
    let look = Look { width: textwrap::termwidth().min(100), quiet: args.quiet };
    write(args.format, &assessment, Context { as_of }, look, out)
        .map_err(|error| Failure::Write { name: "standard output".to_owned(), error })?;
    Ok(if assessment.is_allowed() { Exit::Allowed } else { Exit::Blocked })
}

fn write(
    format: Format,
    assessment: &Assessment,
    context: Context,
    look: Look,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    match format {
        Format::Human => human::write(assessment, context, look, out),
        Format::Json => json::write(assessment, context, out),
    }
}

fn write_file(format: Format, path: &Path, assessment: &Assessment, context: Context) -> Result<(), Failure> {
    let failure = |error| Failure::Write { name: path.display().to_string(), error };
    let mut report = Vec::new();
    let look = Look { width: 100, quiet: false };
    write(format, assessment, context, look, &mut report).map_err(failure)?;
    let plain = anstream::adapter::strip_bytes(&report).into_vec();
    input::replace(path, &plain)
}
