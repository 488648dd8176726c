//! An answer for people: the result, an example where there is one, why, and what to do next.

use std::io::{self, Write};

use super::Counts;
use super::words::{describe_answer, describe_compare_note};
use crate::compare::{Answer, CompareOutcome};
use crate::report::escape::for_terminal;
use crate::report::look::{BOLD, GREEN, Look, RED, write_paragraph};
use crate::report::words::{count_of, describe_excess, describe_request};

/// Writes an answer about something, such as a file or a line, for people.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(answer: &Answer, about: &str, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let (word, about) = (answer.outcome.word(), for_terminal(about));
    let style = if answer.outcome == CompareOutcome::Contained { GREEN } else { RED };
    writeln!(out, "{style}{word}{style:#} {BOLD}{about}{BOLD:#}")?;
    let next = match &answer.outcome {
        CompareOutcome::Contained => {
            let words = "the approved document allows everything that the planned one allows";
            write_paragraph("why", words, look, BOLD, out)?;
            None
        }
        CompareOutcome::Exceeds { excess, .. } => {
            let request = &excess.witness.request;
            write_paragraph("example", &describe_request(request), look, BOLD, out)?;
            if let Some(also) = describe_excess(&excess.actions, request) {
                write_paragraph("also", &also, look, BOLD, out)?;
            }
            Some("narrow the planned document, or have the wider access approved")
        }
        CompareOutcome::Undecided(_) => {
            Some("change what the reason names; undecided counts as not contained")
        }
    };
    if let Some(reason) = describe_answer(answer) {
        write_paragraph("why", &reason, look, BOLD, out)?;
    }
    for note in &answer.notes {
        write_paragraph("note", &describe_compare_note(note), look, BOLD, out)?;
    }
    match next {
        Some(next) => write_paragraph("next", next, look, BOLD, out),
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
    let all = count_of(all, "pair");
    writeln!(out, "{all}: {contained} contained, {exceeds} exceeding, {undecided} undecided")
}
