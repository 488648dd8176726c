//! What an expression can see: where its paths begin, and what stands for the unknown.

use super::expression::{Root, Step};
use crate::possible::Possible;
use crate::value::{UnknownOrigin, Value};

/// What an expression can see. The defaults are those of a scope in which nothing unknown is resolved.
pub trait Scope<'v> {
    /// The value at the beginning of a path, and the steps that are left from there.
    fn start<'s>(&self, root: &Root, steps: &'s [Step]) -> (Possible<'v>, &'s [Step]);

    /// All attributes of the object that is looked at.
    fn attributes(&self) -> &'v Value {
        const NULL: &Value = &Value::Null;
        NULL
    }

    /// When the plan was made, RFC 3339; empty where unknown.
    fn timestamp(&self) -> &str {
        ""
    }

    /// Whether an unknown value is an attribute that the configuration does not set, so that the provider fills it in.
    fn is_left_to_provider(&self, _unknown: &UnknownOrigin) -> bool {
        false
    }

    /// What an unknown value is, where the configuration or the sources show it.
    fn resolve(&self, _unknown: &UnknownOrigin) -> Option<Possible<'v>> {
        None
    }

    /// What a list is of which an element is unknown, where the sources show it.
    fn resolve_list(&self, _unknown: &UnknownOrigin) -> Option<Possible<'v>> {
        None
    }
}
