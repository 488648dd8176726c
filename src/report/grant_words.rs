//! Grants in words, within the sentence of a finding: what a grant does, what it is called, and who gets the access.

use crate::finding::GrantOutline;
use crate::grants::Change;
use crate::lower::Dialect;
use crate::rules::GrantKind;

/// Says what a grant does, such as "grants access to `role/ci`".
pub(super) fn describe_grant(grant: &GrantOutline) -> String {
    let holder = name_holders(grant);
    let to = |word: &str| holder.as_ref().map(|holder| format!(" {word} {holder}")).unwrap_or_default();
    match (grant.kind, grant.change) {
        (GrantKind::Opaque, _) => grant.does.clone().unwrap_or_else(|| "runs code".to_owned()),
        (GrantKind::Limit, _) => match &grant.limit {
            Some(limit) => format!("removes a limit (`{limit}`)"),
            None => format!("removes a denial{}", to("for")),
        },
        (GrantKind::Credential, Change::Delivered | Change::Altered) => {
            format!("is a credential{}", to("for"))
        }
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
            Change::Made
            | Change::Changed
            | Change::Replaced
            | Change::Loosened
            | Change::Untouched
            | Change::Delivered
            | Change::Altered,
        ) => format!("grants access{}", to("to")),
    }
}

fn describe_trust(grant: &GrantOutline, holder: Option<&str>) -> String {
    let identity = if grant.dialect == Dialect::Aws { "this role" } else { "this identity" };
    match holder {
        Some(holder) => format!("trust policy lets {holder} assume {identity}"),
        None => format!("trust policy lets others assume {identity}"),
    }
}

/// Names a grant within a sentence about its approval.
pub(super) fn name_grant(grant: &GrantOutline) -> String {
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
fn name_holders(grant: &GrantOutline) -> Option<String> {
    match grant.holders.as_slice() {
        [] => None,
        [one] if one == "*" => Some("any principal".to_owned()),
        [one] => Some(name_holder(one)),
        [one, rest @ ..] => Some(format!("{} and {} more", name_holder(one), rest.len())),
    }
}

/// Names one holder. Those of AWS that are no ARN begin with their type.
fn name_holder(holder: &str) -> String {
    match holder.split_once(':') {
        Some(("Service", service)) => format!("the service `{service}`"),
        Some(("Federated", provider)) => format!("identities of `{provider}`"),
        _ => format!("`{holder}`"),
    }
}

/// A grant to somebody, whoever that is.
pub(super) fn without_name(grant: &GrantOutline) -> GrantOutline {
    GrantOutline { holders: Vec::new(), ..grant.clone() }
}
