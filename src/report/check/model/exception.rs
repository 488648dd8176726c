//! The exceptions by which grants passed.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::finding::OwnerEntry;
use crate::finding::{ExceptionUse, OwedDuty};
use crate::report::duty_words::name_duty;

/// One of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report::check) struct ExceptionUseEntry<'a> {
    pub(in crate::report::check) id: Cow<'a, str>,
    pub(in crate::report::check) incident: Cow<'a, str>,
    pub(in crate::report::check) reason: Cow<'a, str>,
    pub(in crate::report::check) system: Cow<'a, str>,
    pub(in crate::report::check) requester: Cow<'a, str>,
    pub(in crate::report::check) approvers: Cow<'a, [String]>,
    pub(in crate::report::check) starts_at: String,
    pub(in crate::report::check) expires_at: String,
    pub(in crate::report::check) duties: Vec<DutyEntry<'a>>,
    pub(in crate::report::check) grants: usize,
    pub(in crate::report::check) file: Cow<'a, str>,
    pub(in crate::report::check) line: usize,
}

/// What somebody has to do afterwards.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report::check) struct DutyEntry<'a> {
    pub(in crate::report::check) duty: Cow<'a, str>,
    pub(in crate::report::check) owner: OwnerEntry<'a>,
    pub(in crate::report::check) due: String,
    pub(in crate::report::check) done: bool,
}

impl<'a> ExceptionUseEntry<'a> {
    pub(super) fn new(exception: &'a ExceptionUse) -> Self {
        let owed = |owed: &'a OwedDuty| DutyEntry {
            duty: name_duty(owed.duty).into(),
            owner: OwnerEntry::new(&owed.owner),
            due: owed.due.to_string(),
            done: owed.is_done,
        };
        Self {
            id: (&exception.id).into(),
            incident: (&exception.incident).into(),
            reason: (&exception.reason).into(),
            system: (&exception.system).into(),
            requester: (&exception.requester).into(),
            approvers: (&exception.approvers).into(),
            starts_at: exception.starts_at.to_string(),
            expires_at: exception.expires_at.to_string(),
            duties: exception.duties.iter().map(owed).collect(),
            grants: exception.grants,
            file: (&exception.file).into(),
            line: exception.line,
        }
    }
}
