//! The record: the evidence of one run, for whoever asks later what was decided, when, by which approvals and on what.
//!
//! [`write()`] takes an [`Assessment`](crate::finding::Assessment) and the [`RunEvidence`] that a command has besides, and
//! returns one in-toto Statement v1 whose predicate is `schemas/access-decision-v1.json`. It is not signed: whoever can run
//! the gate could sign with a key beside it. [`RecordedDecision::read`] reads back what an apply has to know of it.
//!
//! The same decision gives the same bytes but for the time. Nothing is in a record that a report may not show.

mod accepted;
mod decisions;
mod exceptions;
mod inputs;
mod read;
mod run_evidence;
mod statement;
mod surroundings;
mod uses;

pub use read::{RecordError, RecordedDecision};
pub use run_evidence::{NamedDigest, RecordedPlan, RecordedSources, RecordedState, RunEvidence, Waiver};
pub use statement::{PREDICATE_TYPE, write};
pub use surroundings::{Actor, ActorSource, Clock, ClockSource};
pub use uses::add_uses;
