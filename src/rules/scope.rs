//! What the expressions of a rule can see.

use super::term::Term;
use crate::value::Value;

/// What expressions can see.
pub trait Scope<'v> {
    /// The object's attributes.
    fn object(&self) -> &'v Value;
    /// The Terraform address.
    fn address(&self) -> &str;
    /// The resource type.
    fn type_name(&self) -> &str;
    /// When the plan was made, RFC 3339; empty where unknown.
    fn timestamp(&self) -> &str;
    /// What the object is known as: `self.arn`.
    fn identity(&self, name: &str) -> Term<'v>;
    /// A fact of the account, project or subscription that the object lands in.
    fn fact(&self, name: &str) -> Term<'v>;
    /// Whether an unknown value is an attribute that the configuration does not set, so that the provider fills it in.
    fn is_left_to_provider(&self, unknown: &str) -> bool;
    /// What an unknown value is, where the configuration or the sources tell.
    fn resolve(&self, unknown: &str) -> Option<Term<'v>>;
    /// What a list is of which an element is unknown, where the sources tell.
    fn resolve_list(&self, unknown: &str) -> Option<Term<'v>>;
}
