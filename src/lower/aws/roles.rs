//! Actions that are none of AWS's: roles under their names, and credentials.
//!
//! Takes the name of a role (a managed policy by its ARN), or nothing, and returns the pattern of the action that stands for
//! it. A role is compared by identity: it is the one action of its own name.

use crate::lower::credential::credential_action;
use crate::lower::{Side, Text};
use access_algebra::{Pattern, Token};

use super::element::PolicyVersion;
use super::pattern;

/// Every action that makes a credential.
pub(super) fn match_any_credential() -> Pattern {
    pattern::match_action(&credential_action("*"))
}

/// A role under its name. An approval may name those of a path: `arn:aws:iam::aws:policy/service-role/*`.
pub(super) fn match_role(side: Side, role: &Text) -> Pattern {
    let is_pattern = role.as_known().is_some_and(|name| name.starts_with("arn:") && name.ends_with("/*"));
    match side {
        Side::Approved if is_pattern => pattern::match_glob(role, PolicyVersion::Old),
        Side::Approved | Side::Planned => pattern::match_exact(role),
    }
}

/// Every role under its name.
pub(super) fn match_any_role() -> Pattern {
    pattern::match_action(&Text::known("arn:*"))
}

/// Whether a pattern of actions may spell the name of a role without writing it out.
pub(super) fn reaches_roles(pattern: &Pattern) -> bool {
    match pattern.tokens().first() {
        Some(Token::Folded(text) | Token::Literal(text)) => "arn:".starts_with(&**text),
        Some(Token::One(_) | Token::Run(_) | Token::Hole(_)) | None => true,
    }
}

/// What is an action here and none of AWS's: credentials, and roles under their names.
pub(in crate::lower) fn pseudo_actions() -> [Pattern; 2] {
    [match_any_credential(), match_any_role()]
}
