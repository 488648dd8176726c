//! Reports: an assessment or an inventory, written out.
//!
//! In go finished results; out go bytes, the same for the same input. One file a format, each with its own wire
//! structs. Nothing here decides anything, and the exit code does not depend on what is written here.

pub mod human;
pub mod inventory;
pub mod json;

/// What every report says besides the assessment.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// The day on which approvals were judged.
    pub as_of: jiff::civil::Date,
}
