//! How a credential is said: as an action of its own.
//!
//! A credential makes a secret with which one acts as its principal. Its action is the prefix and the resource type that
//! makes it, such as `credential:aws_iam_access_key`. No star among actions means it: a credential is approved by name.

use super::Text;

/// What the actions begin with that make a credential.
pub const CREDENTIAL_PREFIX: &str = "credential:";

/// Returns the action that makes a credential of a resource type.
pub fn credential_action(type_name: &str) -> Text {
    Text::known(&format!("{CREDENTIAL_PREFIX}{type_name}"))
}
