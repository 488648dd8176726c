//! Roles that stay names, in words.

use crate::catalog::printed::{LeftOutCause, LeftOutRole};

/// Says which role stays a name, and why.
pub fn describe_left_out(left_out: &LeftOutRole) -> String {
    let cause = match &left_out.cause {
        LeftOutCause::NotInUse => "is deleted or disabled".to_owned(),
        LeftOutCause::NoPermissions => "was printed without permissions".to_owned(),
        LeftOutCause::AllowsNothing => "allows nothing".to_owned(),
        LeftOutCause::AllowsNothingOrDisabled => "allows nothing, or is disabled".to_owned(),
        LeftOutCause::TakesOut => "takes actions out again".to_owned(),
        LeftOutCause::UnknownParents => "was printed without what it inherits".to_owned(),
        LeftOutCause::MissingParent { parent } => {
            format!("inherits from `{parent}`, which was not printed")
        }
        LeftOutCause::NoRules => "has no rules".to_owned(),
    };
    format!("`{}` {cause}", left_out.role)
}
