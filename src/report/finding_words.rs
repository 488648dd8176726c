//! Findings in words: what happened to which grant, what else there is to know, and what to do next.
//!
//! Messages leave out the address, which every finding has beside them. A message is one lower-case sentence without a
//! full stop; a remedy is an instruction.

use crate::catalog::{CatalogMiss, MissCause};
use crate::finding::{Code, Finding, FindingMessage, FindingNote, GrantOutline, RunCause, RunOutline};
use crate::manifest::EarlierSerial;
use crate::reason::{Reason, ShownReason};
use crate::report::duty_words::describe_late;
use crate::report::grant_words::{describe_grant, name_grant, without_name};
use crate::report::open_trust_words::describe_open_trust;
use crate::report::words::count_of;
use crate::words::{describe_alarm, describe_shown_reason, describe_suspicion};

/// Says what happened.
pub(super) fn describe_message(finding: &Finding) -> String {
    match &finding.message {
        FindingMessage::Unapproved { grant, missing } => describe_unapproved(grant, missing),
        FindingMessage::Undecided { grant, reason } => {
            format!("{}; {}", describe_grant(grant), describe_undecided(reason))
        }
        FindingMessage::Flawed { grant, ticket, flaw } => {
            format!("{}; {} has no approval in force", flaw.describe(ticket), name_grant(grant))
        }
        FindingMessage::Replaced { ticket, flaw } => {
            format!("{}; nobody has approved what {ticket} would give it", flaw.describe(ticket))
        }
        FindingMessage::Exceeds { grant, tickets } => describe_excess(grant, finding.code, tickets),
        FindingMessage::Unread { type_name, suspicion } => format!(
            "type `{type_name}` may grant access that no rule reads: {}",
            describe_suspicion(suspicion)
        ),
        FindingMessage::UnreadProvider { provider, count } => {
            let others = match count.saturating_sub(1) {
                0 => String::new(),
                others => format!(" and of {}", count_of(others, "other resource change")),
            };
            format!("no rule pack reads the provider `{provider}` of this{others}")
        }
        FindingMessage::Run { run, cause } => describe_run(run, cause),
        FindingMessage::LateDuty { exception, system, duty, due, refused, remaining } => describe_late(
            *duty,
            (exception, system),
            *due,
            refused.as_ref(),
            remaining.as_ref().map(name_grant),
        ),
        FindingMessage::Rollback { serial, earlier } => describe_rollback(*serial, earlier),
        FindingMessage::Alarm(cause) => describe_alarm(cause),
    }
}

/// Says what somebody wants to give or run, without a word on approvals.
pub(super) fn describe_wanted(finding: &Finding) -> String {
    match &finding.message {
        FindingMessage::Unapproved { grant, .. }
        | FindingMessage::Undecided { grant, .. }
        | FindingMessage::Flawed { grant, .. }
        | FindingMessage::Exceeds { grant, .. } => describe_grant(grant),
        FindingMessage::Run { run: RunOutline::Provisioner { kind }, .. } => {
            format!("the provisioner `{kind}` runs")
        }
        FindingMessage::Run { run: RunOutline::Target { .. }, .. }
        | FindingMessage::Replaced { .. }
        | FindingMessage::Unread { .. }
        | FindingMessage::UnreadProvider { .. }
        | FindingMessage::LateDuty { .. }
        | FindingMessage::Rollback { .. }
        | FindingMessage::Alarm(_) => describe_message(finding),
    }
}

/// Says what a finding has in common with others: the same without names.
pub(super) fn describe_common(finding: &Finding) -> String {
    match &finding.message {
        FindingMessage::Unapproved { grant, missing } => describe_unapproved(&without_name(grant), missing),
        FindingMessage::Undecided { grant, .. } => {
            format!("{}; it cannot be compared with the approvals", describe_grant(&without_name(grant)))
        }
        FindingMessage::Flawed { grant, ticket, flaw } => {
            format!(
                "{}; {} has no approval in force",
                flaw.describe(ticket),
                name_grant(&without_name(grant))
            )
        }
        FindingMessage::Exceeds { grant, tickets } => {
            describe_excess(&without_name(grant), finding.code, tickets)
        }
        FindingMessage::Unread { type_name, .. } => {
            format!("type `{type_name}` may grant access that no rule reads")
        }
        FindingMessage::Run { run: RunOutline::Provisioner { kind }, cause: RunCause::Undecided(_) } => {
            format!("the provisioner `{kind}` runs; it cannot be compared with the approvals")
        }
        FindingMessage::LateDuty { exception, system, duty, due, refused, remaining } => describe_late(
            *duty,
            (exception, system),
            *due,
            refused.as_ref(),
            remaining.as_ref().map(|grant| name_grant(&without_name(grant))),
        ),
        FindingMessage::Replaced { .. }
        | FindingMessage::Run { .. }
        | FindingMessage::UnreadProvider { .. }
        | FindingMessage::Rollback { .. }
        | FindingMessage::Alarm(_) => describe_message(finding),
    }
}

/// Says what a finding has by itself, where that is not in what it shows.
pub(super) fn describe_cause(finding: &Finding) -> Option<String> {
    match &finding.message {
        FindingMessage::Undecided { reason, .. }
        | FindingMessage::Run { cause: RunCause::Undecided(reason), .. } => Some(match reason {
            ShownReason::Whole(Reason::FactMissing { .. }) => describe_undecided(reason),
            ShownReason::Whole(_) | ShownReason::Withheld(_) => describe_shown_reason(reason),
        }),
        FindingMessage::Unread { suspicion, .. } => Some(describe_suspicion(suspicion)),
        FindingMessage::Unapproved { .. }
        | FindingMessage::Flawed { .. }
        | FindingMessage::Replaced { .. }
        | FindingMessage::Exceeds { .. }
        | FindingMessage::UnreadProvider { .. }
        | FindingMessage::Run { .. }
        | FindingMessage::LateDuty { .. }
        | FindingMessage::Rollback { .. }
        | FindingMessage::Alarm(_) => None,
    }
}

fn describe_rollback(serial: Option<u64>, earlier: &EarlierSerial) -> String {
    let now = serial.map_or_else(|| "no serial".to_owned(), |serial| format!("serial {serial}"));
    format!("the authority has {now}, and had serial {} in commit {}", earlier.value, earlier.commit)
}

/// Says why a grant is undecided. What a missing fact is said of it stands at the top of a report.
fn describe_undecided(reason: &ShownReason) -> String {
    match reason {
        ShownReason::Whole(Reason::FactMissing { fact }) => format!("it waits for the fact `{fact}`"),
        ShownReason::Whole(_) | ShownReason::Withheld(_) => {
            format!("it cannot be compared with the approvals: {}", describe_shown_reason(reason))
        }
    }
}

/// Says what failed, on the side that did.
pub(super) fn describe_failure(finding: &Finding) -> &'static str {
    match finding.code {
        Code::UnknownUntilApply => "what would be applied is not known before it is applied",
        Code::UngovernedPath => "the apply would run what nobody approved",
        Code::IncompletePlan => "the plan does not show all that would be applied, or leaves a part out",
        Code::OrphanedGrant if exists(finding) => "the access is there, and its approval has ended",
        Code::OrphanedGrant => "the access would stay where no plan shows it",
        Code::Drift if exists(finding) => "what exists differs from what Terraform last wrote",
        Code::Drift => "what exists differs from what was planned",
        Code::DeliveredWider => "what exists differs from what was approved",
        Code::PlanChanged => "what would be applied differs from what was judged",
        Code::ExceptionUnrecorded => "an exception let access by, and it is not written down",
        Code::CleanupOverdue => "access that an exception let by was to be taken away",
        Code::PostReviewOverdue => "an exception let access by, and nobody has judged whether it should have",
        Code::Unapproved
        | Code::WiderAction
        | Code::WiderResource
        | Code::WiderPrincipal
        | Code::WiderCondition
        | Code::Expired
        | Code::NotYetValid
        | Code::NoAuthority
        | Code::ThresholdNotMet
        | Code::SelfApproved
        | Code::RequestIncomplete
        | Code::CeilingExceeded
        | Code::ReviewOverdue
        | Code::Withdrawn
        | Code::TicketUnknown
        | Code::TicketEnded
        | Code::TicketMismatch
        | Code::TicketsStale
        | Code::WrongSubjectKind
        | Code::NoOwner
        | Code::ReusedIdentity
        | Code::LongLived
        | Code::Undecided
        | Code::UnsupportedType
        | Code::UnsupportedProvider
        | Code::SourcesUnseen
        | Code::ConflictingFacts
        | Code::UnsignedInChange
        | Code::SignatureInvalid
        | Code::AuthorityRollback
        | Code::NoManifest => finding.code.side().meaning(),
    }
}

/// Whether a finding is about a grant that exists and stands in no plan.
fn exists(finding: &Finding) -> bool {
    match &finding.message {
        FindingMessage::Unapproved { grant, .. }
        | FindingMessage::Undecided { grant, .. }
        | FindingMessage::Flawed { grant, .. }
        | FindingMessage::Exceeds { grant, .. } => grant.exists(),
        FindingMessage::Replaced { .. }
        | FindingMessage::Unread { .. }
        | FindingMessage::UnreadProvider { .. }
        | FindingMessage::Run { .. }
        | FindingMessage::LateDuty { .. }
        | FindingMessage::Rollback { .. }
        | FindingMessage::Alarm(_) => false,
    }
}

/// Says what else there is to know.
pub(super) fn describe_note(note: &FindingNote) -> String {
    match note {
        FindingNote::StandInAction { action, date } => format!(
            "AWS had no action on {date} that shows the difference; `{action}` stands for one that it may add"
        ),
        FindingNote::ExceptionNotAdded { exceptions } => format!(
            "{} would cover it only together with approvals or with another exception; an exception has to contain the whole grant alone",
            exceptions.join(" and ")
        ),
        FindingNote::OpenTrust(open) => describe_open_trust(open),
        FindingNote::JudgedByContent(used) => format!("judged by content: {used}"),
        FindingNote::JudgedByName(CatalogMiss { role, cause }) => {
            let because = match cause {
                MissCause::BasicRole => "a basic role grants more than its listed permissions".to_owned(),
                MissCause::NotContained { catalog, date } => {
                    format!("the catalogue ({catalog} of {date}) does not contain it")
                }
                MissCause::OtherPartition => {
                    "the catalogue contains only policies of the partition `aws`".to_owned()
                }
            };
            format!("{because}, so `{role}` is judged by name only")
        }
    }
}

/// Says that no approval covers a grant; `missing` are tickets that it names and that have no approval.
fn describe_unapproved(grant: &GrantOutline, missing: &[String]) -> String {
    let what = describe_grant(grant);
    match missing {
        [] => format!("{what}; no approval covers it"),
        missing => format!("{what} under ticket `{}`, which has no approval", missing.join("`, `")),
    }
}

/// Says in what a grant exceeds its approvals.
fn describe_excess(grant: &GrantOutline, code: Code, tickets: &[String]) -> String {
    let approvals = if tickets.is_empty() { "every approval".to_owned() } else { tickets.join(" and ") };
    let excess = match code {
        Code::WiderAction => "it allows actions that were not approved",
        Code::WiderResource => "it reaches resources that were not approved",
        Code::WiderPrincipal => "it includes principals that were not approved",
        Code::WiderCondition => "a condition of the approval is missing or weaker",
        Code::Unapproved
        | Code::Expired
        | Code::NotYetValid
        | Code::NoAuthority
        | Code::ThresholdNotMet
        | Code::SelfApproved
        | Code::RequestIncomplete
        | Code::CeilingExceeded
        | Code::ReviewOverdue
        | Code::Withdrawn
        | Code::TicketUnknown
        | Code::TicketEnded
        | Code::TicketMismatch
        | Code::TicketsStale
        | Code::WrongSubjectKind
        | Code::NoOwner
        | Code::ReusedIdentity
        | Code::LongLived
        | Code::UnknownUntilApply
        | Code::Undecided
        | Code::UngovernedPath
        | Code::UnsupportedType
        | Code::UnsupportedProvider
        | Code::IncompletePlan
        | Code::SourcesUnseen
        | Code::ConflictingFacts
        | Code::PlanChanged
        | Code::OrphanedGrant
        | Code::Drift
        | Code::DeliveredWider
        | Code::ExceptionUnrecorded
        | Code::CleanupOverdue
        | Code::PostReviewOverdue
        | Code::UnsignedInChange
        | Code::SignatureInvalid
        | Code::AuthorityRollback
        | Code::NoManifest => "it allows access that was not approved",
    };
    format!("{} and exceeds {approvals}: {excess}", describe_grant(grant))
}

/// Says what runs, or which part is applied, and that nobody approved just that.
fn describe_run(run: &RunOutline, cause: &RunCause) -> String {
    let (what, this) = match run {
        RunOutline::Provisioner { kind } => (format!("the provisioner `{kind}` runs"), "this provisioner"),
        RunOutline::Target { .. } => {
            ("the plan was made with `-target` and leaves out the rest".to_owned(), "this plan")
        }
    };
    match (run, cause) {
        (_, RunCause::Unapproved) => format!("{what}; no approval covers that"),
        (RunOutline::Provisioner { .. }, RunCause::Differs { tickets }) => {
            format!("{what} something else than {} approved for this address", tickets.join(" and "))
        }
        (RunOutline::Target { missing }, RunCause::Differs { tickets }) => {
            let others = match missing.len().saturating_sub(1) {
                0 => String::new(),
                others => format!(" and {}", count_of(others, "other address")),
            };
            let first = missing.first().map(String::as_str).unwrap_or_default();
            format!("{what}; {} does not list `{first}`{others}", tickets.join(" and "))
        }
        (_, RunCause::Undecided(reason)) => {
            format!("{what}; it cannot be compared with the approvals: {}", describe_shown_reason(reason))
        }
        (_, RunCause::Flawed { ticket, flaw }) => {
            format!("{}; {this} has no approval in force", flaw.describe(ticket))
        }
    }
}
