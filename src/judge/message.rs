//! What findings say, as data.
//!
//! Takes a [`FindingDraft`], and returns its [`FindingMessage`] and its [`FindingNote`]s. Of a sensitive grant nobody is
//! named.

use crate::catalog::actions;
use crate::finding::{FindingMessage, FindingNote, GrantOutline, RunCause, RunOutline};
use crate::grants::{Grant, Run, Unread};
use crate::lower::Dialect;
use crate::reason::ShownReason;
use rule_language::GrantKind;

use super::draft::{FindingCase, FindingDraft};
use super::open_trust::find_open_trust;
use super::run_fault::RunFault;

/// Returns what a finding says of what happened.
pub(super) fn message_of(draft: &FindingDraft<'_>) -> FindingMessage {
    match &draft.case {
        FindingCase::Unapproved { grant, missing } => {
            FindingMessage::Unapproved { grant: make_outline(grant), missing: missing.to_vec() }
        }
        FindingCase::Undecided { grant, reason } => {
            FindingMessage::Undecided { grant: make_outline(grant), reason: grant.show_reason(reason) }
        }
        FindingCase::Flawed { grant, approval, flaw } => FindingMessage::Flawed {
            grant: make_outline(grant),
            ticket: approval.id.clone(),
            flaw: (*flaw).clone(),
        },
        FindingCase::Replaced { approval, flaw } => {
            FindingMessage::Replaced { ticket: approval.id.clone(), flaw: (*flaw).clone() }
        }
        FindingCase::Exceeds { grant, tickets, .. } => {
            FindingMessage::Exceeds { grant: make_outline(grant), tickets: tickets.clone() }
        }
        FindingCase::Unread(Unread { origin, suspicion, .. }) => {
            FindingMessage::Unread { type_name: origin.type_name.to_string(), suspicion: suspicion.clone() }
        }
        FindingCase::UnreadProvider { first, count } => {
            FindingMessage::UnreadProvider { provider: first.provider.clone(), count: *count }
        }
        FindingCase::Run { run, fault, missing } => {
            FindingMessage::Run { run: outline_run(run, missing), cause: cause_of(fault) }
        }
        FindingCase::LateDuty { late, remaining } => FindingMessage::LateDuty {
            exception: late.exception.approval.id.clone(),
            system: late.exception.system_name().to_owned(),
            duty: late.duty,
            due: late.due,
            refused: late.refused.clone(),
            remaining: remaining.map(make_outline),
        },
        FindingCase::Rollback { serial, earlier, .. } => {
            FindingMessage::Rollback { serial: *serial, earlier: (*earlier).clone() }
        }
        FindingCase::Alarm(alarm) => FindingMessage::Alarm(alarm.cause.clone()),
    }
}

fn outline_run(run: &Run, missing: &[String]) -> RunOutline {
    match run {
        Run::Provisioner { kind, .. } => RunOutline::Provisioner { kind: kind.clone() },
        Run::Target { .. } => RunOutline::Target { missing: missing.to_vec() },
    }
}

fn cause_of(fault: &RunFault<'_>) -> RunCause {
    match fault {
        RunFault::Unapproved => RunCause::Unapproved,
        RunFault::Differs { approvals } => {
            RunCause::Differs { tickets: approvals.iter().map(|approval| approval.id.clone()).collect() }
        }
        RunFault::Undecided { reason, .. } => RunCause::Undecided(ShownReason::Whole((*reason).clone())),
        RunFault::Flawed { approval, flaw } => {
            RunCause::Flawed { ticket: approval.id.clone(), flaw: flaw.clone().into_owned() }
        }
    }
}

/// Notes what else there is to know of a grant that does not pass.
pub(super) fn notes_of(case: &FindingCase<'_>) -> Vec<FindingNote> {
    let is_uncovered = matches!(
        case,
        FindingCase::Unapproved { .. } | FindingCase::Undecided { .. } | FindingCase::Exceeds { .. }
    );
    let open = case.grant().filter(|_| is_uncovered).and_then(find_open_trust);
    note_of_stand_in(case).into_iter().chain(open.map(FindingNote::OpenTrust)).collect()
}

/// Notes where no action that exists was found to show the difference: the witness stands for those to come.
fn note_of_stand_in(case: &FindingCase<'_>) -> Option<FindingNote> {
    let (grant, excess) = (case.grant()?, case.shown_excess()?);
    if excess.is_real || grant.dialect != Dialect::Aws {
        return None;
    }
    let (date, action) = (actions::read_source()?.date, excess.witness.request.action.to_string());
    Some(FindingNote::StandInAction { action, date })
}

fn make_outline(grant: &Grant) -> GrantOutline {
    let loses_limit = grant.kind == GrantKind::Limit && grant.dialect == Dialect::Terraform;
    GrantOutline {
        kind: grant.kind,
        change: grant.change,
        dialect: grant.dialect,
        holders: if grant.sensitive { Vec::new() } else { grant.principals() },
        does: grant.reason.clone(),
        limit: grant.terms.actions.first().filter(|_| loses_limit).map(ToString::to_string),
    }
}
