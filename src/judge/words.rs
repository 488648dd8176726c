//! What findings say: what happened to which grant, and what to do next.
//!
//! Messages leave out the address, which every finding has beside them. A message is one lower-case sentence without a
//! full stop.

use crate::catalog::actions;
use crate::finding::Code;
use crate::grants::{Change, Grant, Unread};
use crate::lower::Dialect;
use crate::plan::AlarmKind;
use crate::reason::Settlement;
use crate::words::{describe_alarm, describe_suspicion};
use rule_language::GrantKind;

use super::draft::{FindingCase, FindingDraft};

/// What a finding says.
pub(super) struct FindingText {
    /// What happened.
    pub(super) message: String,
    /// What to do next.
    pub(super) remedy: String,
    /// What else there is to know.
    pub(super) notes: Vec<String>,
}

/// Puts a draft into words.
pub(super) fn describe(draft: &FindingDraft<'_>) -> FindingText {
    let row = draft.code.row();
    let (message, remedy) = match &draft.case {
        FindingCase::Unapproved { grant, missing } => {
            (describe_unapproved(grant, missing), row.remedy.to_owned())
        }
        FindingCase::Undecided { grant, reason } => (
            format!("{}; it cannot be compared with the approvals: {reason}", describe_grant(grant)),
            undecided_remedy(reason.settlement()).to_owned(),
        ),
        FindingCase::Flawed { grant, approval, flaw } => (
            format!("{}; {} has no approval in force", flaw.describe(&approval.id), name_grant(grant)),
            flaw.remedy(),
        ),
        FindingCase::Exceeds { grant, tickets, .. } => {
            (describe_excess(grant, draft.code, tickets), row.remedy.to_owned())
        }
        FindingCase::Unread(Unread { origin, suspicion }) => (
            format!(
                "no rule reads type `{}`, which may grant access: {}",
                origin.type_name,
                describe_suspicion(suspicion)
            ),
            format!(
                "add a rule for `{}` with `--rules DIR`, or `ignore` it there if it grants no access",
                origin.type_name
            ),
        ),
        FindingCase::Alarm(alarm) => {
            (describe_alarm(&alarm.cause), alarm_remedy(alarm.cause.kind()).to_owned())
        }
    };
    FindingText { message, remedy, notes: note_of_unreal_action(&draft.case).into_iter().collect() }
}

/// Says that no approval covers a grant; `missing` are tickets that it names and that have no approval.
fn describe_unapproved(grant: &Grant, missing: &[String]) -> String {
    let what = describe_grant(grant);
    match missing {
        [] => format!("{what}; no approval covers it"),
        missing => format!("{what} under ticket `{}`, which has no approval", missing.join("`, `")),
    }
}

/// Says in what a grant exceeds its approvals.
fn describe_excess(grant: &Grant, code: Code, tickets: &[String]) -> String {
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
        | Code::UnknownUntilApply
        | Code::Undecided
        | Code::UngovernedPath
        | Code::UnsupportedType
        | Code::IncompletePlan
        | Code::OrphanedGrant
        | Code::Drift => "it allows access that was not approved",
    };
    format!("{} and exceeds {approvals}: {excess}", describe_grant(grant))
}

/// What to do about a grant that could not be decided.
fn undecided_remedy(settlement: Settlement) -> &'static str {
    match settlement {
        Settlement::Sources => {
            "check the plan file (`countersign check tfplan`), or add `--sources tfplan`: it shows the expression"
        }
        Settlement::Fact => "give the fact, and check again",
        Settlement::Apply => Code::UnknownUntilApply.row().remedy,
        Settlement::Change => Code::Undecided.row().remedy,
    }
}

fn alarm_remedy(kind: AlarmKind) -> &'static str {
    match kind {
        AlarmKind::Incomplete => Code::IncompletePlan.row().remedy,
        // No approval can cover code that runs during the apply.
        AlarmKind::Ungoverned => {
            "run this outside the apply, or replace it with a resource that the plan describes"
        }
    }
}

/// Where no action that exists was found to show the difference, the witness stands for those to come.
fn note_of_unreal_action(case: &FindingCase<'_>) -> Option<String> {
    let (grant, excess) = (case.grant()?, case.shown_excess()?);
    if excess.is_real || grant.dialect != Dialect::Aws {
        return None;
    }
    let (date, action) = (actions::source()?.date, &excess.witness.request.action);
    Some(format!(
        "AWS had no action on {date} that shows the difference; `{action}` stands for one that it may add"
    ))
}

/// Says what a grant does, such as "grants access to `role/ci`".
fn describe_grant(grant: &Grant) -> String {
    let holder = name_holders(grant);
    let to = |word: &str| holder.as_ref().map(|holder| format!(" {word} {holder}")).unwrap_or_default();
    match (grant.kind, grant.change) {
        (GrantKind::Opaque, _) => grant.reason.clone().unwrap_or_else(|| "runs code".to_owned()),
        (GrantKind::Limit, _) if grant.dialect == Dialect::Terraform => {
            let limit = grant.terms.actions.first().map(ToString::to_string).unwrap_or_default();
            format!("removes a limit (`{limit}`)")
        }
        (GrantKind::Limit, _) => format!("removes a denial{}", to("for")),
        (GrantKind::Credential, _) => format!("creates a credential{}", to("for")),
        (GrantKind::Trust, _) => describe_trust(grant, holder.as_deref()),
        (GrantKind::Definition, _) => match holder {
            Some(holder) => format!("defines the permissions of {holder}"),
            None => "defines permissions".to_owned(),
        },
        (GrantKind::Additive | GrantKind::Exclusive, Change::Adopted) => {
            format!("imports an existing grant{}", to("to"))
        }
        (GrantKind::Additive | GrantKind::Exclusive, Change::LeftBehind) => {
            format!("removes a grant{} from the state without destroying it", to("to"))
        }
        (GrantKind::Additive | GrantKind::Exclusive, Change::Drifted) => {
            format!("was widened outside Terraform{}", to("for"))
        }
        (
            GrantKind::Additive | GrantKind::Exclusive,
            Change::Made | Change::Changed | Change::Loosened | Change::Untouched,
        ) => format!("grants access{}", to("to")),
    }
}

fn describe_trust(grant: &Grant, holder: Option<&str>) -> String {
    let identity = if grant.dialect == Dialect::Aws { "this role" } else { "this identity" };
    match holder {
        Some(holder) => format!("trust policy lets {holder} assume {identity}"),
        None => format!("trust policy lets others assume {identity}"),
    }
}

/// Names a grant within a sentence about its approval.
fn name_grant(grant: &Grant) -> String {
    let holder = name_holders(grant);
    let to = |word: &str| holder.as_ref().map(|holder| format!(" {word} {holder}")).unwrap_or_default();
    match grant.kind {
        GrantKind::Opaque => "this code".to_owned(),
        GrantKind::Limit => "this removal of a limit".to_owned(),
        GrantKind::Credential => format!("this credential{}", to("for")),
        GrantKind::Trust => format!("this trust{}", to("of")),
        GrantKind::Definition | GrantKind::Additive | GrantKind::Exclusive => {
            format!("this grant{}", to("to"))
        }
    }
}

/// Names who gets the access; none where nobody is named or where it must not be printed.
fn name_holders(grant: &Grant) -> Option<String> {
    if grant.sensitive {
        return None;
    }
    match grant.principals().as_slice() {
        [] => None,
        [one] if one == "*" => Some("any principal".to_owned()),
        [one] => Some(format!("`{one}`")),
        [one, rest @ ..] => Some(format!("`{one}` and {} more", rest.len())),
    }
}
