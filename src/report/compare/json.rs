//! `countersign/compare-v1`: one answer as one line of JSON. The schema is `schemas/compare-v1.json`.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::value::RawValue;

use super::words::{describe_answer, describe_compare_note};
use crate::compare::Answer;
use crate::report::escape::to_json_line;
use crate::report::wire::WitnessWire;

/// Writes an answer as one JSON object in one line. The id is JSON text, given back as it came.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(answer: &Answer, id: Option<&RawValue>, out: &mut dyn Write) -> io::Result<()> {
    let output = CompareWire {
        schema: "countersign/compare-v1",
        id,
        result: answer.outcome.word(),
        witness: answer.excess().map(|excess| WitnessWire::new(&excess.witness)),
        reason: describe_answer(answer),
        excess: answer.excess().map(|excess| &*excess.actions).unwrap_or_default(),
        notes: answer.notes.iter().map(describe_compare_note).collect(),
    };
    writeln!(out, "{}", to_json_line(&output)?)
}

#[derive(Serialize)]
struct CompareWire<'a> {
    schema: &'static str,
    id: Option<&'a RawValue>,
    result: &'static str,
    witness: Option<WitnessWire<'a>>,
    reason: Option<String>,
    excess: &'a [String],
    notes: Vec<String>,
}
