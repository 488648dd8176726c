//! `check --jsonl`: one answer in one line of JSON. The schema is `the members of a line`.
//!
//! Takes the id of a line with its report or with why there is none, and writes `{"id", "result", "error"}`. One of the
//! last two is null.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::value::RawValue;

use super::CheckReport;
use crate::report::escape::to_json_line;

/// Why a line has no result.
#[derive(Debug, Serialize)]
pub struct LineError {
    /// What is wrong with it.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

#[derive(Serialize)]
struct AnswerWire<'a> {
    id: Option<&'a RawValue>,
    result: Option<&'a CheckReport<'a>>,
    error: Option<&'a LineError>,
}

/// Writes the report of a line. The id is JSON text, given back as it came.
///
/// # Errors
///
/// What the writer could not take.
pub fn write_answer(id: Option<&RawValue>, report: &CheckReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_line(&AnswerWire { id, result: Some(report), error: None }, out)
}

/// Writes why a line has no report.
///
/// # Errors
///
/// What the writer could not take.
pub fn write_error(id: Option<&RawValue>, error: &LineError, out: &mut dyn Write) -> io::Result<()> {
    write_line(&AnswerWire { id, result: None, error: Some(error) }, out)
}

fn write_line(answer: &AnswerWire<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", to_json_line(answer)?)
}
