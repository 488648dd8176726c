//! `compare`: one answer for people, or as one line of `countersign/compare-v1`.
//!
//! The schema stands in `schemas/compare-v1.json`; fields are added, never renamed or removed, within `v1`.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::value::RawValue;

use super::human::{also, example};
use super::json::OutputWitness;
use super::look::{BOLD, GREEN, Look, RED, YELLOW, paragraph};
use crate::compare::{Answer, Conclusion};
use crate::source::visible;

/// Writes an answer as one JSON object in one line. The id is JSON text, given back as it came.
///
/// # Errors
///
/// What the writer could not take.
pub fn write_json(answer: &Answer, id: Option<&RawValue>, out: &mut dyn Write) -> io::Result<()> {
    let output = Output {
        schema: "countersign/compare-v1",
        id,
        result: answer.word(),
        witness: match &answer.result {
            Conclusion::Exceeds(witness) => Some(OutputWitness::of(witness)),
            Conclusion::Contained | Conclusion::Undecided(_) => None,
        },
        reason: answer.reason.as_deref(),
        excess: &answer.excess,
        notes: &answer.notes,
    };
    writeln!(out, "{}", super::plain_json_line(&output)?)
}

#[derive(Serialize)]
struct Output<'a> {
    schema: &'static str,
    id: Option<&'a RawValue>,
    result: &'static str,
    witness: Option<OutputWitness<'a>>,
    reason: Option<&'a str>,
    excess: &'a [String],
    notes: &'a [String],
}

/// Writes an answer about something, such as a file or a line, for people.
///
/// # Errors
///
/// What the writer could not take.
pub fn write_human(answer: &Answer, about: &str, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let (word, about) = (answer.word(), visible(about));
    let style = if answer.result == Conclusion::Contained { GREEN } else { RED };
    writeln!(out, "{style}{word}{style:#} {BOLD}{about}{BOLD:#}")?;
    let next = match &answer.result {
        Conclusion::Contained => {
            let words = "everything that the planned document allows, the approved one allows";
            paragraph("why", words, look, BOLD, out)?;
            None
        }
        Conclusion::Exceeds(witness) => {
            paragraph("example", &example(&witness.request), look, YELLOW, out)?;
            if let Some(also) = also(&answer.excess, &witness.request) {
                paragraph("also", &also, look, YELLOW, out)?;
            }
            Some("narrow the planned document, or have the wider access approved")
        }
        Conclusion::Undecided(_) => {
            Some("change what the reason names; what can't be judged counts as not contained")
        }
    };
    if let Some(reason) = &answer.reason {
        paragraph("why", reason, look, BOLD, out)?;
    }
    for note in &answer.notes {
        paragraph("note", note, look, BOLD, out)?;
    }
    match next {
        Some(next) => paragraph("next", next, look, BOLD, out),
        None => Ok(()),
    }
}

/// Writes how many answers there were of each kind.
///
/// # Errors
///
/// What the writer could not take.
pub fn write_counts(counts: Counts, out: &mut dyn Write) -> io::Result<()> {
    let Counts { contained, exceeds, undecided } = counts;
    let all = contained + exceeds + undecided;
    let pairs = if all == 1 { "pair" } else { "pairs" };
    writeln!(out, "{all} {pairs}: {contained} contained, {exceeds} exceeding, {undecided} undecided")
}

/// How many answers there were of each kind.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Proved.
    pub contained: usize,
    /// Disproved.
    pub exceeds: usize,
    /// Neither.
    pub undecided: usize,
}

impl Counts {
    /// Counts one more.
    pub fn add(&mut self, answer: &Answer) {
        match answer.result {
            Conclusion::Contained => self.contained += 1,
            Conclusion::Exceeds(_) => self.exceeds += 1,
            Conclusion::Undecided(_) => self.undecided += 1,
        }
    }

    /// Whether there was an answer and each of them was `contained`.
    pub fn all_contained(self) -> bool {
        self.contained > 0 && self.exceeds == 0 && self.undecided == 0
    }
}
