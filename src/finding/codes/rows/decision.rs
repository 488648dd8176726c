//! Approvals that do not hold, and who gave them.

use crate::finding::FindingSeverity::{Critical, High, Medium};
use crate::finding::accountability::AccountableRole::{
    Approver, Operator, ProcessOwner, Requester, SystemOwner,
};
use crate::finding::accountability::FailedSide::{Decision, Execution, Process};
use crate::finding::codes::{Code, CodeRow};

pub(super) const ROWS: &[CodeRow] = &[
    CodeRow {
        code: Code::Expired,
        name: "EXPIRED",
        severity: High,
        critical_where: None,
        side: Execution,
        accountable: SystemOwner,
        informed: &[Approver],
        meaning: "the approval that would cover the grant has expired",
        remedy: "remove the access, or renew the approval before planning",
        controls: &["CC6.2", "AC-2(3)", "A.5.18", "NHI1:2025"],
        explanation: "An approval would cover the grant, and its `expires_on` has passed. An update that adds no access \
            needs no approval, so an expired ticket never blocks a change that only removes access.",
    },
    CodeRow {
        code: Code::NotYetValid,
        name: "NOT_YET_VALID",
        severity: Medium,
        critical_where: None,
        side: Execution,
        accountable: Operator,
        informed: &[],
        meaning: "the approval that would cover the grant is not yet in force",
        remedy: "apply on or after the first day of the approval",
        controls: &["AC-2i"],
        explanation: "An approval would cover the grant, and its first day (`starts_on`, else `approved_on`) is still \
            to come.",
    },
    CodeRow {
        code: Code::NoAuthority,
        name: "NO_AUTHORITY",
        severity: High,
        critical_where: None,
        side: Decision,
        accountable: Approver,
        informed: &[ProcessOwner],
        meaning: "an approver has no authority for this system or this duration",
        remedy: "have the access approved by somebody with authority for the system",
        controls: &["AC-2e", "AC-5", "CC6.3", "PCI 7.2.3"],
        explanation: "Someone approved without an `authority` block that lets them decide for the approval's system, or \
            for longer than that authority allows. Every approver needs authority, not only one of them.",
    },
    CodeRow {
        code: Code::ThresholdNotMet,
        name: "THRESHOLD_NOT_MET",
        severity: High,
        critical_where: None,
        side: Decision,
        accountable: ProcessOwner,
        informed: &[Approver],
        meaning: "fewer persons approved than the authority requires",
        remedy: "get the missing approvals",
        controls: &["AC-3(2)", "CM-5(4)"],
        explanation: "The authority for the system requires a number of distinct persons. Two logins of one person \
            count once, and the requester does not count.",
    },
    CodeRow {
        code: Code::SelfApproved,
        name: "SELF_APPROVED",
        severity: Critical,
        critical_where: None,
        side: Decision,
        accountable: Approver,
        informed: &[ProcessOwner],
        meaning: "the requester approved their own request",
        remedy: "have a second person approve the request",
        controls: &["AC-5", "A.5.3", "CC6.3"],
        explanation: "The requester is among the approvers, under the same login or another login of the same person. \
            This blocks even where others approved too.",
    },
    CodeRow {
        code: Code::RequestIncomplete,
        name: "REQUEST_INCOMPLETE",
        severity: Medium,
        critical_where: None,
        side: Decision,
        accountable: Requester,
        informed: &[Approver, ProcessOwner],
        meaning: "the request does not say all that a request has to say",
        remedy: "complete the request, and have it approved again",
        controls: &["AC-2c", "AC-2i", "CC6.2"],
        explanation: "An approval would cover the grant, and its request leaves out who asked, for which system, why, or \
            which access; or what the `system` demands by `require`. A text such as `TODO` says nothing.\n\n\
            Nobody can answer for a decision about a request that does not say what it is for.",
    },
    CodeRow {
        code: Code::CeilingExceeded,
        name: "CEILING_EXCEEDED",
        severity: High,
        critical_where: None,
        side: Decision,
        accountable: Approver,
        informed: &[ProcessOwner],
        meaning: "the approval is wider than its authority lets anybody approve",
        remedy: "narrow the approval, or have it approved under an authority with a wider ceiling",
        controls: &["AC-6", "A.8.2"],
        explanation: "The authority has a `ceiling`, and the approval allows a request that the ceiling does not; the \
            finding shows one. What is not proved to lie within the ceiling exceeds it. The whole approval does not count, \
            also for grants that the ceiling would allow.",
    },
    CodeRow {
        code: Code::ReviewOverdue,
        name: "REVIEW_OVERDUE",
        severity: Medium,
        critical_where: None,
        side: Decision,
        accountable: Approver,
        informed: &[SystemOwner],
        meaning: "the approval that would cover the grant was to be reviewed",
        remedy: "review the access; then add a `review` block, or remove the access",
        controls: &["AC-2j", "AC-6(7)", "PCI 7.2.4", "A.5.18"],
        explanation: "The approval says by `review_by` until when somebody has to look at it again, and that day is over. A \
            `review` block that decides to `keep` the access puts the day off, where it is by somebody who may decide and who \
            neither asked for the access, gets it, nor applies it. One that decides to `narrow` or `revoke` it blocks from the \
            next day.\n\n`review_overdue` in the `hygiene` block of the manifest makes this a warning of `lint`, or turns it off.",
    },
    CodeRow {
        code: Code::Withdrawn,
        name: "WITHDRAWN",
        severity: High,
        critical_where: None,
        side: Execution,
        accountable: SystemOwner,
        informed: &[Approver],
        meaning: "the approval that would cover the grant was withdrawn",
        remedy: "remove the access, or have it approved again",
        controls: &["AC-2(3)", "A.5.18", "CC6.2", "NHI1:2025"],
        explanation: "An approval would cover the grant, and its `withdrawn` block says that it was taken back before its \
            end. Whoever writes the block ends the approval; only a new decision makes it count again.",
    },
    CodeRow {
        code: Code::TicketUnknown,
        name: "TICKET_UNKNOWN",
        severity: High,
        critical_where: None,
        side: Decision,
        accountable: Approver,
        informed: &[ProcessOwner],
        meaning: "the ticket of the approval does not exist",
        remedy: "correct the ticket of the approval, or remove the approval",
        controls: &["AC-2e", "CC6.2"],
        explanation: "`--tickets` gives an export of the tickets, and the export does not have the ticket of the approval, although it claims \
            to hold its project whole.",
    },
    CodeRow {
        code: Code::TicketEnded,
        name: "TICKET_ENDED",
        severity: High,
        critical_where: None,
        side: Execution,
        accountable: SystemOwner,
        informed: &[Approver],
        meaning: "the ticket of the approval was rejected or cancelled",
        remedy: "remove the access, or have it approved under another ticket",
        controls: &["CC6.2", "AC-2(3)", "A.5.18"],
        explanation: "`--tickets` gives an export of the tickets, in which the ticket of the approval has ended by the team's own mapping. \
            A ticket that was closed when the access was delivered has not ended.",
    },
    CodeRow {
        code: Code::TicketMismatch,
        name: "TICKET_MISMATCH",
        severity: Medium,
        critical_where: None,
        side: Process,
        accountable: ProcessOwner,
        informed: &[Approver],
        meaning: "the approval and its ticket name different persons",
        remedy: "correct the approval or the ticket, whichever is wrong",
        controls: &["AC-5", "CC6.2"],
        explanation: "`--tickets` gives an export of the tickets, by which another person asked than the approval says, or none of those who \
            approved the ticket is an approver of the approval. Several logins of one person are one.",
    },
    CodeRow {
        code: Code::TicketsStale,
        name: "TICKETS_STALE",
        severity: Medium,
        critical_where: None,
        side: Process,
        accountable: ProcessOwner,
        informed: &[Operator],
        meaning: "the export of the tickets is not fresh, or was demanded and not given",
        remedy: "export the tickets again, and pass the file by `--tickets`",
        controls: &["CC6.2", "A.5.18"],
        explanation: "The export of `--tickets` was made neither on the day nor on the day before, or does not say when it was made. Or the \
            authority has `tickets_required`, and no export has the ticket.",
    },
];
