//! The part of an object that the provider fills in: members that neither the plan nor the sources show.
//!
//! A block that is known in part has a rest of just this kind, which is told from any other value that is not known: rules
//! read it as not said, because the sources do not say it.

use terraform_values::{Hole, HoleOrigin, Shape, Value};

/// What stands for the members that a block or object has besides those that are seen.
pub(super) fn left_to_provider() -> Value {
    Value::anything(Hole::left_to_provider())
}

/// Whether a value stands for what the provider fills in.
pub fn is_left_to_provider(value: &Value) -> bool {
    matches!(value.shape(), Shape::Anything(hole) if hole.origin == HoleOrigin::Provider)
}
