//! What is owed after an exception, and late.

use crate::finding::FindingSeverity::High;
use crate::finding::accountability::AccountableRole::{Approver, Operator, ProcessOwner, SystemOwner};
use crate::finding::accountability::FailedSide::{Decision, Execution};
use crate::finding::codes::{Code, CodeRow};

pub(super) const ROWS: &[CodeRow] = &[
    CodeRow {
        code: Code::ExceptionUnrecorded,
        name: "EXCEPTION_UNRECORDED",
        severity: High,
        critical_where: None,
        side: Execution,
        accountable: Operator,
        informed: &[ProcessOwner],
        meaning: "an exception has ended and nobody has recorded it in time",
        remedy: "record the exception where incidents are, and add a `recorded` block to it",
        controls: &["AC-3(10)", "AC-2(2)", "CC6.3"],
        explanation: "The `record_within` of the override over the system has passed since the exception ended, and the \
            exception has no `recorded` block. Until it has, every apply on that system blocks. The `record_by` of the \
            override answers.",
    },
    CodeRow {
        code: Code::CleanupOverdue,
        name: "CLEANUP_OVERDUE",
        severity: High,
        critical_where: None,
        side: Execution,
        accountable: SystemOwner,
        informed: &[ProcessOwner, Approver],
        meaning: "what an exception let by has not been taken away in time",
        remedy: "remove the access, or have it approved; then add a `cleaned_up` block to the exception",
        controls: &["AC-3(10)", "AC-2(2)", "CC6.3"],
        explanation: "The `cleanup_within` of the override over the system has passed since the exception ended. Until \
            what it let by is gone or approved, every apply on that system blocks. The `cleanup_by` of the override \
            answers.\n\nIt is gone where the exception has a `cleaned_up` block by somebody other than who asked for it, \
            and approved where approvals in force contain all that the exception lets by. An apply that removes some of \
            it and leaves none of it in its plan passes. A plan that still shows some of it, not approved, blocks \
            whatever the exception says.",
    },
    CodeRow {
        code: Code::PostReviewOverdue,
        name: "POST_REVIEW_OVERDUE",
        severity: High,
        critical_where: None,
        side: Decision,
        accountable: ProcessOwner,
        informed: &[Approver],
        meaning: "nobody has reviewed an exception in time",
        remedy: "review whether the exception was right, and add a `reviewed` block to it",
        controls: &["AC-3(10)", "AC-2(2)", "CC6.3"],
        explanation: "The `review_within` of the override over the system has passed since the exception ended, and the \
            exception has no `reviewed` block by somebody who neither asked for it nor approved it. Until it has, every \
            apply on that system blocks. The `review_by` of the override answers.",
    },
];
