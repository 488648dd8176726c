//! Statements in words, for people: without what goes without saying.

use super::mode::{ASSIGNMENT, GRANTABLE};
use super::{Dialect, aws};
use access_algebra::{Condition, Request, Statement, Test};

/// A statement in words, as [`without_usual`] leaves it.
pub fn in_words(statement: &Statement) -> String {
    without_usual(statement).to_string()
}

/// A statement without the conditions that say only that the access is held as access usually is: for good, and not
/// passed on; and without what no policy can speak of.
pub fn without_usual(statement: &Statement) -> Statement {
    let mut plain = statement.clone();
    plain.conditions.retain(|condition| !is_usual(condition));
    plain.actions.exclude.retain(|pattern| !aws::pseudo_actions().contains(pattern));
    plain
}

/// Whether a request is one of an identity from outside its cloud's own directory: by OpenID Connect or SAML.
pub fn is_federated(dialect: Dialect, request: &Request) -> bool {
    match dialect {
        // https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html
        Dialect::Aws => ["sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"]
            .iter()
            .any(|action| request.action.eq_ignore_ascii_case(action)),
        // https://cloud.google.com/iam/docs/principal-identifiers
        Dialect::Google => ["principal://", "principalSet://", "issuer:", "saml:", "aws:", "x509:"]
            .iter()
            .any(|scheme| request.principal.starts_with(scheme)),
        Dialect::Azure | Dialect::Azuread | Dialect::Kubernetes | Dialect::Github | Dialect::Terraform => {
            false
        }
    }
}

fn is_usual(condition: &Condition) -> bool {
    let negated = match condition.test {
        Test::Text { negated, .. } => negated,
        Test::Number { .. }
        | Test::Date { .. }
        | Test::Address { .. }
        | Test::Present(_)
        | Test::Part { .. }
        | Test::Opaque(_) => return false,
    };
    let key = &*condition.key;
    condition.if_absent && (key == ASSIGNMENT && !negated || key == GRANTABLE && negated)
}
