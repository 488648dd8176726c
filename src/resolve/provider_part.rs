//! The part of an object that the provider fills in: members that neither the plan nor the sources show.
//!
//! A block that is known in part has a rest of just this kind, which is told from any other value that is not known: rules
//! read it as not said, because the sources do not say it.

use terraform_values::{Hole, HoleOrigin, Shape, Value};

/// What a block has besides what is written in it: defaults, and what the provider computes.
const LEFT_TO_PROVIDER: &str = "what the provider fills in";

/// What stands for the members that a block or object has besides those that are seen.
pub(super) fn left_to_provider() -> Value {
    Value::anything(Hole::unknown(LEFT_TO_PROVIDER))
}

/// Whether a value stands for what the provider fills in.
pub fn is_left_to_provider(value: &Value) -> bool {
    let Shape::Anything(hole) = value.shape() else { return false };
    matches!(&hole.origin, HoleOrigin::Words(words) if **words == *LEFT_TO_PROVIDER)
}
