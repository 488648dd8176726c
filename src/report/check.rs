//! `check`: an assessment, written in a format.

pub mod human;
pub mod json;

mod escalation;
mod fold;
mod model;

pub use model::{CheckReport, ReadError};

/// What every format says besides the assessment.
#[derive(Clone, Copy, Debug)]
pub struct ReportContext {
    /// The day on which approvals were judged.
    pub as_of: jiff::civil::Date,
}
