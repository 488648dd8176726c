//! Compares two documents alone: whether what one allows lies within what another allows.
//!
//! Takes a [`CompareInput`]: what was approved and what is planned, each as one cloud writes it (see `compare/documents`), and
//! returns an [`Answer`] with the same three outcomes as everywhere. There is no plan, no manifest, no day and no ticket
//! here.
//!
//! Several approved documents count as their union. Where that union means one thing if a denial in one of them limits the
//! others and another thing if it does not, the answer is undecided; likewise for several planned documents.

mod answer;
mod arn_readings;
mod document_pair;
mod documents;
mod reason;
mod sides;

use std::collections::BTreeMap;

use crate::catalog::Catalog;
use crate::containment::{Difference, Dimension, Excess};
use crate::lower::Dialect;
use crate::value::Value;
use access_algebra::Request;

use self::arn_readings::find_other_reading;
use self::document_pair::{DocumentPair, PairContent};
use self::sides::{LoweredSides, SidesDecision};

pub use answer::{Answer, CompareNote, CompareOutcome, WitnessRefusal};
pub use arn_readings::{ArnReading, OtherReading};
pub use documents::{DocumentRefusal, MemberType};
pub use reason::{CompareReason, DocumentName, LineError};

/// What is compared.
#[derive(Clone, Debug)]
pub struct CompareInput<'a> {
    /// How both sides are written.
    pub dialect: Dialect,
    /// What was approved: documents, each of which may be a list of them. Their union counts.
    pub approved: &'a [Value],
    /// What is planned: one document, or a list of them.
    pub planned: &'a Value,
    /// What neither document says, such as which project lies in which folder.
    pub facts: &'a BTreeMap<String, String>,
    /// What roles hold, and what requests really look like.
    pub catalog: &'a Catalog,
}

/// Decides whether what is planned lies within what is approved.
pub fn compare(comparison: &CompareInput<'_>) -> Answer {
    match DocumentPair::read(comparison) {
        Ok(documents) => find_answer(&documents, comparison.catalog),
        Err(reason) => Answer::undecided(reason),
    }
}

/// Answers by the names of roles, and by their content where that does not suffice.
fn find_answer(documents: &DocumentPair, catalog: &Catalog) -> Answer {
    let lowered = documents.lower();
    let by_name = documents.sides_by_name(&lowered);
    let decision = by_name.decide();
    if decision == SidesDecision::Contained {
        return describe(documents.dialect, catalog, &by_name, decision);
    }
    let Some(content) = documents.read_content(&by_name, catalog) else {
        return describe(documents.dialect, catalog, &by_name, decision);
    };
    let PairContent { sides: by_content, used, could_know_more } = content;
    let mut answer = if used.is_empty() {
        describe(documents.dialect, catalog, &by_name, decision)
    } else {
        describe(documents.dialect, catalog, &by_content, by_content.decide())
    };
    answer.notes.extend(used.into_iter().map(CompareNote::JudgedByContent));
    if could_know_more && answer.excess().is_some_and(|excess| excess.dimension == Dimension::Action) {
        answer.notes.push(CompareNote::JudgedByName);
    }
    answer
}

/// Gives the answer with what exceeds, or with another reading that answers otherwise.
fn describe(
    dialect: Dialect,
    catalog: &Catalog,
    sides: &LoweredSides<'_>,
    decision: SidesDecision<'_>,
) -> Answer {
    let other_reading = if dialect == Dialect::Aws { find_other_reading(sides, &decision) } else { None };
    let outcome = match decision {
        SidesDecision::Contained => CompareOutcome::Contained,
        SidesDecision::Undecided(reason) => CompareOutcome::Undecided(reason),
        SidesDecision::Exceeds { planned, witness } => {
            let approved = sides.approved.union();
            let words = catalog.make_vocabulary(dialect, planned, approved, None);
            let difference = Difference { planned, approved, nearest: approved, witness: &witness };
            // What is said of one request has to hold for each: no denial between two documents may decide it.
            let is_valid = |request: &Request| sides.find_cross_denial(request).is_none();
            let excess = Box::new(Excess::measure(difference, &*words, is_valid));
            CompareOutcome::Exceeds { refusal: WitnessRefusal::find(approved, &excess), excess }
        }
    };
    Answer { outcome, notes: other_reading.into_iter().map(CompareNote::OtherReading).collect() }
}
