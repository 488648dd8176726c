//! `check`: an assessment, written in a format.

pub mod atlantis;
pub mod azure;
pub mod concise;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod human;
pub mod json;
pub mod jsonl;
pub mod junit;
pub mod markdown;
pub mod rdjson;
pub mod sarif;

mod difference;
mod escalation;
mod faults;
mod fingerprint;
mod fold;
mod instances;
mod model;
mod place;
mod snippet;
mod summary;

pub use model::{CheckReport, ReadError};

/// What every format says besides the assessment.
#[derive(Clone, Copy, Debug)]
pub struct ReportContext {
    /// The day on which approvals were judged.
    pub as_of: jiff::civil::Date,
}
