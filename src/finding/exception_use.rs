//! An exception by which grants passed: who let them by, until when, and what has to be done afterwards.

use jiff::Timestamp;

use super::Owner;
use crate::manifest::Duty;

/// An exception by which grants passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExceptionUse {
    /// Its label.
    pub id: String,
    /// The incident, where it is known.
    pub incident: String,
    /// Why.
    pub reason: String,
    /// The system that it is for.
    pub system: String,
    /// Who asked for it.
    pub requester: String,
    /// Who approved it, in the order of the manifest.
    pub approvers: Vec<String>,
    /// The instant from which it holds.
    pub starts_at: Timestamp,
    /// The first instant at which it no longer holds.
    pub expires_at: Timestamp,
    /// What has to be done afterwards, in the order in which the manifest lists it.
    pub duties: Vec<OwedDuty>,
    /// How many grants passed by it.
    pub grants: usize,
    /// The file of its block.
    pub file: String,
    /// Its line, from one.
    pub line: usize,
}

/// What somebody has to do after an exception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwedDuty {
    /// What.
    pub duty: Duty,
    /// Who.
    pub owner: Owner,
    /// From when it is late.
    pub due: Timestamp,
    /// Whether the exception says already that it is done.
    pub is_done: bool,
}
