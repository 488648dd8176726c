//! `lint`: the manifest alone.
//!
//! Takes the manifest's path, a day and a format; writes the problems and returns whether one of them is an error. A
//! manifest that cannot be read is reported alone, because nothing can be said of decisions that cannot be read.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use jiff::civil::Date;

use super::{Exit, Failure, input};
use crate::authority::review;
use crate::cli::{self, Color, OutputFormat};
use crate::manifest::{Manifest, ManifestError};
use crate::report::lint::{count_problems, human, json};
use crate::rules;
use crate::source::{Palette, Problem, Severity};

/// How problems are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LintFormat {
    /// For people, with ANSI colours.
    Coloured,
    /// For people, without colours.
    Plain,
    /// For programs: `countersign/lint-v1`.
    Json,
}

/// Runs `lint`: files that are named must lie in the manifest, which is always checked as a whole.
///
/// # Errors
///
/// What the writer could not take.
pub fn run(args: &cli::LintArgs, color: Color, out: &mut dyn Write) -> Result<Exit, Failure> {
    let path = match args.paths.as_slice() {
        [only] if only.is_dir() || args.approvals.is_none() && !input::manifest_path(None).exists() => {
            only.clone()
        }
        _ => input::manifest_path(args.approvals.as_deref()),
    };
    if !path.exists() {
        return Err(input::no_manifest(&path));
    }
    let format = match args.format {
        OutputFormat::Json => LintFormat::Json,
        OutputFormat::Human if color == Color::Never => LintFormat::Plain,
        OutputFormat::Human => LintFormat::Coloured,
    };
    let has_errors = lint(&path, input::day(args.as_of), format, out).map_err(Failure::unwritten)?;
    Ok(if has_errors { Exit::Blocked } else { Exit::Allowed })
}

/// Writes what is wrong with a manifest on a day, and returns whether some of it is an error.
///
/// # Errors
///
/// What the writer could not take.
pub fn lint(path: &Path, as_of: Date, format: LintFormat, out: &mut dyn Write) -> io::Result<bool> {
    let problems = match Manifest::read(path, &BTreeMap::new()) {
        Ok(manifest) => [review_declarations(&manifest), review(&manifest, as_of)].concat(),
        Err(ManifestError { problems }) => problems,
    };
    match format {
        LintFormat::Coloured => human::write(&problems, Palette::Coloured, out)?,
        LintFormat::Plain => human::write(&problems, Palette::Plain, out)?,
        LintFormat::Json => json::write(&problems, out)?,
    }
    Ok(count_problems(&problems, Severity::Error) > 0)
}

/// What is wrong with declarations of providers beside the program's own rule packs.
fn review_declarations(manifest: &Manifest) -> Vec<Problem> {
    if manifest.providers.is_empty() {
        return Vec::new();
    }
    rules::load(Vec::new()).map_or_else(|problems| problems, |rules| manifest.check_declarations(&rules))
}
