//! `lint`: the manifest alone.
//!
//! In go the manifest's path, a day and a format; out go its problems to the given writer, and the answer whether
//! one of them is an error. What keeps the manifest from being read is told alone: nothing can be said of decisions
//! that cannot be read. Nothing here looks at a plan, and nothing here decides an exit code.

mod review;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use jiff::civil::Date;
use serde::Serialize;

use super::{Exit, Failure, input};
use crate::cli::{self, Color};
use crate::manifest::{Manifest, ManifestError};
use crate::source::{Palette, Problem, Related, Severity, render, visible};

/// How problems are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
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
pub fn run(args: &cli::Lint, color: Color, out: &mut dyn Write) -> Result<Exit, Failure> {
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
        cli::Format::Json => Format::Json,
        cli::Format::Human if color == Color::Never => Format::Plain,
        cli::Format::Human => Format::Coloured,
    };
    let wrong = lint(&path, input::day(args.as_of), format, out)
        .map_err(|error| Failure::Write { name: "standard output".to_owned(), error })?;
    Ok(if wrong { Exit::Blocked } else { Exit::Allowed })
}

/// Writes what is wrong with a manifest on a day, and says whether some of it is an error.
///
/// # Errors
///
/// What the writer could not take.
pub fn lint(path: &Path, as_of: Date, format: Format, out: &mut dyn Write) -> io::Result<bool> {
    let problems = match Manifest::read(path, &BTreeMap::new()) {
        Ok(manifest) => review::review(&manifest, as_of),
        Err(ManifestError { problems }) => problems,
    };
    match format {
        Format::Coloured => write_human(&problems, Palette::Coloured, out)?,
        Format::Plain => write_human(&problems, Palette::Plain, out)?,
        Format::Json => write_json(&problems, out)?,
    }
    Ok(count(&problems, Severity::Error) > 0)
}

fn count(problems: &[Problem], severity: Severity) -> usize {
    problems.iter().filter(|problem| problem.severity == severity).count()
}

fn write_human(problems: &[Problem], palette: Palette, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(render(problems, palette).as_bytes())?;
    let number = |severity, name: &str| match count(problems, severity) {
        1 => format!("1 {name}"),
        many => format!("{many} {name}s"),
    };
    writeln!(out, "{}, {}", number(Severity::Error, "error"), number(Severity::Warning, "warning"))
}

/// `countersign/lint-v1`. Lines and columns count from one and are null where the file could not be read.
#[derive(Serialize)]
struct Output {
    schema: &'static str,
    problems: Vec<OutputProblem>,
}

#[derive(Serialize)]
struct OutputProblem {
    severity: &'static str,
    message: String,
    help: Option<String>,
    file: String,
    line: Option<usize>,
    column: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<OutputRelated>,
}

/// The other end of a problem, such as the first of two tickets.
#[derive(Serialize)]
struct OutputRelated {
    message: String,
    file: String,
    line: usize,
    column: usize,
}

fn write_json(problems: &[Problem], out: &mut dyn Write) -> io::Result<()> {
    let problems = problems
        .iter()
        .map(|problem| OutputProblem {
            severity: match problem.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            message: visible(&problem.message),
            help: problem.help.as_deref().map(visible),
            file: problem.source.name.to_string(),
            line: problem.position().map(|at| at.line),
            column: problem.position().map(|at| at.column),
            related: problem.related.iter().map(related).collect(),
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &Output { schema: "countersign/lint-v1", problems })?;
    writeln!(out)
}

fn related(other: &Related) -> OutputRelated {
    let at = other.place.position();
    OutputRelated {
        message: visible(&other.message),
        file: other.place.source.name.to_string(),
        line: at.line,
        column: at.column,
    }
}
