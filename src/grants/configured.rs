//! Whether an attribute of an object is a choice of the configuration.
//!
//! Takes an object and an optional and computed attribute, and returns whether what stands there was chosen: only that is a
//! grant of this plan, and the rest is what the provider fills in.

use crate::plan::configuration::ConfiguredBlock;
use crate::resolve::object::Object;
use crate::rules::Word;
use crate::value::Value;

/// Whether an optional and computed attribute is a choice of the configuration: it is set there, to more than null, or an update
/// changes it, or a new object has it already at plan time, as from a `dynamic` block. A plan without a configuration
/// can't tell, so there it counts.
pub(super) fn is_configured(
    object: &Object<'_>,
    is_new: bool,
    before: Option<&Value>,
    attribute: &str,
) -> bool {
    let after = object.values.object.get(attribute);
    match object.block {
        None => true,
        Some(block) if is_written(object, block, attribute) => true,
        Some(_) => match (before, after) {
            (_, Value::Unknown(_)) => false,
            (None, after) => is_new && !after.is_empty(),
            (Some(before), after) => before.get(attribute) != after,
        },
    }
}

/// Whether what an optional and computed attribute holds as a document is an empty text. No reader takes that for one, and
/// a provider that makes the object leaves it to the cloud, as if nothing was set.
pub(super) fn is_empty_document(object: &Object<'_>, rule_at: usize, attribute: &str) -> bool {
    let is_document =
        object.rule.grants.get(rule_at).is_some_and(|grant| grant.words.contains_key(&Word::Document));
    is_document && object.values.object.get(attribute).as_str() == Some("")
}

/// Whether the configuration may set an attribute, by an argument, a block or a `dynamic` block.
fn is_written(object: &Object<'_>, block: &ConfiguredBlock<'_>, attribute: &str) -> bool {
    (block.sets(attribute) || object.may_be_dynamic(attribute) == Some(true))
        && !object.leaves_to_provider(attribute)
}
