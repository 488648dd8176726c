//! Nested blocks of which the plan does not say whether there are any.
//!
//! Takes an object and the names of attributes and returns what is known only after apply and may be blocks with such an
//! attribute in them, because the configuration writes them or a `dynamic` block makes them. The latter only the sources show: plan JSON lists
//! blocks that the provider computes in the same way.

use std::collections::BTreeSet;

use rule_language::schema::Attributes;

use crate::address;
use crate::resolve::object::Object;
use crate::value::Value;

/// Blocks within each other, at most, as the sources are read.
const MAX_DEPTH: usize = 24;

/// What may be blocks.
pub(super) struct OpenBlock<'v> {
    /// `action[0].s3`.
    pub(super) path: String,
    pub(super) value: &'v Value,
}

/// Finds them. A name with a dot is that of an attribute in just that block.
pub(super) fn find_open_blocks<'v>(
    object: &Object<'v>,
    schema: Option<&Attributes<'_>>,
    names: &BTreeSet<String>,
) -> Vec<OpenBlock<'v>> {
    let mut search = Search { object, schema, names, found: Vec::new() };
    search.visit(&object.values.object, String::new());
    search.found
}

struct Search<'s, 'v> {
    object: &'s Object<'v>,
    schema: Option<&'s Attributes<'s>>,
    names: &'s BTreeSet<String>,
    found: Vec<OpenBlock<'v>>,
}

impl<'v> Search<'_, 'v> {
    fn visit(&mut self, value: &'v Value, path: String) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    let below = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
                    self.visit(member, below);
                }
            }
            Value::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.visit(item, format!("{path}[{at}]"));
                }
            }
            Value::Unknown(_) if !path.is_empty() && self.is_open(&path) => {
                self.found.push(OpenBlock { path, value });
            }
            Value::Unknown(_) | Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// Whether blocks may be there: the sources have a `dynamic` block that may make them, or the configuration writes them,
    /// so that they are not the provider's.
    fn is_open(&self, path: &str) -> bool {
        let may_hold = self.may_hold(&address::without_keys(path));
        if self.object.may_be_dynamic(path) == Some(true) {
            return may_hold.unwrap_or(true);
        }
        may_hold == Some(true) && !self.object.leaves_to_provider(path)
    }

    /// Whether one of the attributes may stand in the block at a path; none where the schema does not have it.
    fn may_hold(&self, path: &str) -> Option<bool> {
        let mut steps = path.split('.');
        let mut attribute = self.schema?.get(steps.next()?)?;
        for step in steps {
            attribute = attribute.nested.get(step)?;
        }
        let nested = &attribute.nested;
        Some(!attribute.is_computed && (nested.is_open() || self.holds(nested, path, 0)))
    }

    fn holds(&self, attributes: &Attributes<'_>, path: &str, depth: usize) -> bool {
        depth < MAX_DEPTH
            && attributes.iter().any(|(name, attribute)| {
                let below = format!("{path}.{name}");
                let is_named = self.names.contains(name) || self.names.contains(&below);
                is_named && !attribute.is_computed || self.holds(&attribute.nested, &below, depth + 1)
            })
    }
}
