//! What a trust for federated identities leaves open.
//!
//! Takes a grant that no approval covers, and returns the first identity of an outside issuer that it lets in without a demand
//! on the subject or on the audience. The issuers of this list vouch for everybody on the Internet, so what is not pinned is
//! open to everybody.

use crate::finding::OpenTrust;
use crate::grants::Grant;
use crate::lower::Dialect;
use access_algebra::{Condition, Effect, Pattern, Quantifier, Statement, Test};
use rule_language::GrantKind;

use super::outcome::displayed_reading;

/// Finds it; nothing of a grant of which nothing may be shown.
pub(super) fn find_open_trust(grant: &Grant) -> Option<OpenTrust> {
    if grant.kind != GrantKind::Trust || grant.sensitive {
        return None;
    }
    match grant.dialect {
        Dialect::Aws => {
            let statements = displayed_reading(grant)?.access.statements.iter();
            statements.filter(|statement| statement.effect == Effect::Allow).find_map(find_in_statement)
        }
        Dialect::Google => {
            let is_exchange =
                grant.terms.actions.iter().any(|action| action.as_known() == Some("sts:exchange"));
            let issuer =
                grant.terms.principals.first()?.as_known()?.strip_prefix("issuer:https://")?.to_owned();
            let is_open = is_exchange && grant.terms.expression.is_none();
            is_open.then_some(OpenTrust {
                issuer,
                subject: None,
                is_subject_open: true,
                is_audience_open: false,
            })
        }
        Dialect::Azure | Dialect::Azuread | Dialect::Kubernetes | Dialect::Github | Dialect::Terraform => {
            None
        }
    }
}

/// What one statement of an AWS trust policy leaves open.
fn find_in_statement(statement: &Statement) -> Option<OpenTrust> {
    let principal = statement.principals.include.first()?.to_string();
    let (_, issuer) = principal.strip_prefix("Federated:")?.split_once(":oidc-provider/")?;
    let demanded = |claim: &str| {
        let key = format!("{issuer}:{claim}");
        statement
            .conditions
            .iter()
            .filter(move |one| one.key.eq_ignore_ascii_case(&key))
            .find_map(list_values)
    };
    let is_any = |values: Option<&[Pattern]>| values.is_none_or(|values| values.iter().any(Pattern::is_any));
    let (subjects, audiences) = (demanded("sub"), demanded("aud"));
    let widest =
        subjects.into_iter().flatten().map(ToString::to_string).find(|subject| subject.contains(['*', '?']));
    let open = OpenTrust {
        issuer: issuer.to_owned(),
        is_subject_open: is_any(subjects),
        subject: widest,
        is_audience_open: is_any(audiences),
    };
    (open.is_subject_open || open.subject.is_some() || open.is_audience_open).then_some(open)
}

/// The values of which a condition demands one. One that holds without the key, or for no value, demands none.
fn list_values(condition: &Condition) -> Option<&[Pattern]> {
    let is_demand = !condition.if_absent && condition.quantifier != Quantifier::All;
    match &condition.test {
        Test::Text { values, negated: false } if is_demand => Some(values),
        Test::Text { .. }
        | Test::Number { .. }
        | Test::Date { .. }
        | Test::Address { .. }
        | Test::Present(_)
        | Test::Part { .. }
        | Test::Opaque(_) => None,
    }
}
