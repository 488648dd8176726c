//! `countersign/lint-v1`: problems for programs. The schema is `schemas/lint-v1.json`.

use std::io::{self, Write};

use serde::Serialize;

use crate::report::escape::{for_terminal, to_json};
use crate::source::{Problem, Related, Severity};

/// The code of whatever keeps a manifest from being read.
pub const UNREADABLE: &str = "INVALID_MANIFEST";

/// Writes problems as one JSON object and a line feed.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(problems: &[Problem], out: &mut dyn Write) -> io::Result<()> {
    let problems = problems.iter().map(ProblemWire::new).collect();
    writeln!(out, "{}", to_json(&LintWire { schema: "countersign/lint-v1", problems })?)
}

#[derive(Serialize)]
struct LintWire<'a> {
    schema: &'static str,
    problems: Vec<ProblemWire<'a>>,
}

/// Line and column count from one, and are null where the file could not be read.
#[derive(Serialize)]
struct ProblemWire<'a> {
    severity: &'static str,
    code: &'static str,
    message: String,
    help: Option<String>,
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<RelatedWire<'a>>,
}

/// The other end of a problem, such as the first of two tickets.
#[derive(Serialize)]
struct RelatedWire<'a> {
    message: String,
    file: &'a str,
    line: usize,
    column: usize,
}

impl<'a> ProblemWire<'a> {
    fn new(problem: &'a Problem) -> Self {
        Self {
            severity: match problem.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            code: problem.code.unwrap_or(UNREADABLE),
            message: for_terminal(&problem.message),
            help: problem.help.as_deref().map(for_terminal),
            file: &problem.source.name,
            line: problem.position().map(|at| at.line),
            column: problem.position().map(|at| at.column),
            related: problem.related.iter().map(RelatedWire::new).collect(),
        }
    }
}

impl<'a> RelatedWire<'a> {
    fn new(other: &'a Related) -> Self {
        let at = other.place.position();
        Self {
            message: for_terminal(&other.message),
            file: &other.place.source.name,
            line: at.line,
            column: at.column,
        }
    }
}
