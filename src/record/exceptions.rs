//! The exceptions by which grants passed, on the wire.

use serde::Serialize;

use super::decisions::OwnerWire;
use crate::finding::{ExceptionUse, OwedDuty};
use crate::report::duty_words::name_duty;

/// One of them: who let it by, until when, and what has to be done afterwards.
#[derive(Serialize)]
pub(super) struct ExceptionWire<'a> {
    id: &'a str,
    incident: &'a str,
    reason: &'a str,
    system: &'a str,
    requester: &'a str,
    approvers: &'a [String],
    starts_at: String,
    expires_at: String,
    duties: Vec<DutyWire<'a>>,
    grants: usize,
    file: &'a str,
    line: usize,
}

#[derive(Serialize)]
struct DutyWire<'a> {
    duty: &'static str,
    owner: OwnerWire<'a>,
    due: String,
    done: bool,
}

impl<'a> ExceptionWire<'a> {
    pub(super) fn new(exception: &'a ExceptionUse) -> Self {
        Self {
            id: &exception.id,
            incident: &exception.incident,
            reason: &exception.reason,
            system: &exception.system,
            requester: &exception.requester,
            approvers: &exception.approvers,
            starts_at: exception.starts_at.to_string(),
            expires_at: exception.expires_at.to_string(),
            duties: exception.duties.iter().map(DutyWire::new).collect(),
            grants: exception.grants,
            file: &exception.file,
            line: exception.line,
        }
    }
}

impl<'a> DutyWire<'a> {
    fn new(owed: &'a OwedDuty) -> Self {
        Self {
            duty: name_duty(owed.duty),
            owner: OwnerWire::new(&owed.owner),
            due: owed.due.to_string(),
            done: owed.is_done,
        }
    }
}
