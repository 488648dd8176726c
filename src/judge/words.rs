//! What findings say: what happened to which grant, and what to do next.
//!
//! Messages leave out the address, which every finding has beside them. A message is one lower-case sentence without a
//! full stop.

use crate::authority::Flaw;
use crate::catalog::actions;
use crate::containment::Excess;
use crate::finding::Code;
use crate::grants::{Change, Grant, Unread};
use crate::lower::Dialect;
use crate::reason::{Reason, Settlement};
use crate::rules::Kind;

/// What to do about code that runs during the apply and that no approval can cover.
pub(super) const UNGOVERNED_REMEDY: &str =
    "run this outside the apply, or replace it with a resource that the plan describes";

/// Says that no approval covers a grant; `missing` are tickets that it names and that have no approval.
pub(super) fn unapproved(grant: &Grant, missing: &[String]) -> String {
    let what = describe_grant(grant);
    match missing {
        [] => format!("{what}; no approval covers it"),
        missing => format!("{what} under ticket `{}`, which has no approval", missing.join("`, `")),
    }
}

/// Says why a grant could not be decided.
pub(super) fn undecided(grant: &Grant, reason: &Reason) -> String {
    format!("{}; it cannot be compared with the approvals: {reason}", describe_grant(grant))
}

/// Says why an approval that would cover a grant is not in force.
pub(super) fn flawed(grant: &Grant, flaw: &Flaw, ticket: &str) -> String {
    format!("{}; {} has no approval in force", flaw.describe(ticket), name_grant(grant))
}

/// Says in what a grant exceeds its approvals.
pub(super) fn exceeds(grant: &Grant, code: Code, tickets: &[String]) -> String {
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

/// Says why an object that no rule reads may grant access.
pub(super) fn unread(unread: &Unread) -> String {
    format!("no rule reads type `{}`, which may grant access: {}", unread.origin.type_name, unread.suspicion)
}

/// What to do about a grant that could not be decided.
pub(super) fn undecided_remedy(settlement: Settlement) -> &'static str {
    match settlement {
        Settlement::Sources => {
            "check the plan file (`countersign check tfplan`), or add `--sources tfplan`: it shows the expression"
        }
        Settlement::Fact => "give the fact, and check again",
        Settlement::Apply => Code::UnknownUntilApply.row().remedy,
        Settlement::Change => Code::Undecided.row().remedy,
    }
}

/// Where no action that exists was found to show the difference, the witness stands for those to come.
pub(super) fn note_of_unreal_action(grant: &Grant, excess: &Excess) -> Option<String> {
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
        (Kind::Opaque, _) => grant.reason.clone().unwrap_or_else(|| "runs code".to_owned()),
        (Kind::Limit, _) if grant.dialect == Dialect::Terraform => {
            let limit = grant.terms.actions.first().map(ToString::to_string).unwrap_or_default();
            format!("removes a limit (`{limit}`)")
        }
        (Kind::Limit, _) => format!("removes a denial{}", to("for")),
        (Kind::Credential, _) => format!("creates a credential{}", to("for")),
        (Kind::Trust, _) => describe_trust(grant, holder.as_deref()),
        (Kind::Definition, _) => match holder {
            Some(holder) => format!("defines the permissions of {holder}"),
            None => "defines permissions".to_owned(),
        },
        (Kind::Additive | Kind::Exclusive, Change::Adopted) => {
            format!("imports an existing grant{}", to("to"))
        }
        (Kind::Additive | Kind::Exclusive, Change::LeftBehind) => {
            format!("removes a grant{} from the state without destroying it", to("to"))
        }
        (Kind::Additive | Kind::Exclusive, Change::Drifted) => {
            format!("was widened outside Terraform{}", to("for"))
        }
        (
            Kind::Additive | Kind::Exclusive,
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
        Kind::Opaque => "this code".to_owned(),
        Kind::Limit => "this removal of a limit".to_owned(),
        Kind::Credential => format!("this credential{}", to("for")),
        Kind::Trust => format!("this trust{}", to("of")),
        Kind::Definition | Kind::Additive | Kind::Exclusive => format!("this grant{}", to("to")),
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
