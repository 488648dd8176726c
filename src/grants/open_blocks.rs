//! Nested blocks of which the plan does not say whether there are any.
//!
//! Takes an object and the names of attributes and returns what is known only after apply and may be blocks with such an
//! attribute in them, because the configuration writes them or a `dynamic` block makes them. The latter only the sources show: plan JSON lists
//! blocks that the provider computes in the same way.

use std::collections::BTreeSet;

use rule_language::schema::Attributes;
use terraform_values::Shape;

use super::value_path::ValuePath;
use crate::address;
use crate::resolve::object::Object;
use crate::resolve::provider_part::is_left_to_provider;
use crate::value::Value;

/// Blocks within each other, at most, as the sources are read.
const MAX_DEPTH: usize = 24;

/// What may be blocks.
pub(super) struct OpenBlock<'v> {
    /// `action[0].s3`.
    pub(super) path: String,
    pub(super) value: &'v Value,
}

/// An attribute that the sources write within such blocks.
pub(super) struct WrittenAttribute {
    /// `action[0].s3[0].role_arn`.
    pub(super) path: String,
    pub(super) value: terraform_values::Value,
}

/// What is found of blocks that the plan does not know.
#[derive(Default)]
pub(super) struct OpenBlocks<'v> {
    /// Those of which the sources do not show enough.
    pub(super) open: Vec<OpenBlock<'v>>,
    /// The attributes in the others.
    pub(super) written: Vec<WrittenAttribute>,
}

/// A part of an object that the plan does not know.
pub(super) struct UnknownPart<'v> {
    path: String,
    value: &'v Value,
}

/// Finds them among the unknown parts of the object. A name with a dot is that of an attribute in just that block.
pub(super) fn find_open_blocks<'v>(
    object: &Object<'v>,
    schema: Option<&Attributes<'_>>,
    names: &BTreeSet<String>,
    unknown: &[UnknownPart<'v>],
) -> OpenBlocks<'v> {
    let mut search = Search { object, schema, names, found: OpenBlocks::default() };
    for UnknownPart { path, value } in unknown {
        if search.is_open(path) {
            search.add_open(value, path);
        }
    }
    search.found
}

/// The parts of an object that the plan does not know; not the object itself.
pub(super) fn list_unknown(object: &Value) -> Vec<UnknownPart<'_>> {
    let mut unknown = Vec::new();
    collect_unknown(object, &mut ValuePath::default(), &mut unknown);
    unknown
}

fn collect_unknown<'v>(value: &'v Value, path: &mut ValuePath, unknown: &mut Vec<UnknownPart<'v>>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let back = path.push_member(name);
                collect_unknown(member, path, unknown);
                path.go_back(back);
            }
        }
        Value::List(items) => {
            for (at, item) in items.iter().enumerate() {
                let back = path.push_element(at);
                collect_unknown(item, path, unknown);
                path.go_back(back);
            }
        }
        Value::Unknown(_) if !path.is_whole() => {
            unknown.push(UnknownPart { path: path.as_str().to_owned(), value });
        }
        Value::Unknown(_) | Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The attributes of these names in an attribute that the plan does not know and that the sources write as blocks. `None`
/// where they write something else there, or do not show enough.
pub(super) fn read_written_blocks(
    object: &Object<'_>,
    schema: Option<&Attributes<'_>>,
    names: &BTreeSet<String>,
    path: &str,
) -> Option<Vec<WrittenAttribute>> {
    let written = object.world.evaluate_path(object.address, path)?;
    let is_block = |item: &terraform_values::Value| item.as_mapping().is_some();
    let are_blocks = written.alternatives().iter().all(|one| {
        one.as_sequence().is_some_and(|list| {
            let mut items =
                list.items().iter().chain(list.rest()).flat_map(|item| item.alternatives()).peekable();
            items.peek().is_some() && items.all(is_block)
        })
    });
    let mut found = Vec::new();
    let search = Search { object, schema, names, found: OpenBlocks::default() };
    (are_blocks && search.read_written(&written, path, &mut found)).then_some(found)
}

struct Search<'s, 'v> {
    object: &'s Object<'v>,
    schema: Option<&'s Attributes<'s>>,
    names: &'s BTreeSet<String>,
    found: OpenBlocks<'v>,
}

impl<'v> Search<'_, 'v> {
    fn add_open(&mut self, value: &'v Value, path: &str) {
        let written = self.object.world.evaluate_path(self.object.address, path);
        let mut attributes = Vec::new();
        match written.filter(|written| self.read_written(written, path, &mut attributes)) {
            Some(_) => self.found.written.extend(attributes),
            None => self.found.open.push(OpenBlock { path: path.to_owned(), value }),
        }
    }

    /// Collects the attributes of these names in what the sources write. `false` where a part that may hold one is not
    /// known.
    fn read_written(
        &self,
        written: &terraform_values::Value,
        path: &str,
        found: &mut Vec<WrittenAttribute>,
    ) -> bool {
        written.alternatives().iter().all(|one| match one.shape() {
            Shape::Anything(_) => !self.may_hold(&address::without_keys(path)).unwrap_or(true),
            Shape::Sequence(sequence) => {
                let items = sequence.items().iter().chain(sequence.rest()).enumerate();
                { items }.all(|(at, item)| self.read_written(item, &format!("{path}[{at}]"), found))
            }
            Shape::Mapping(mapping) => {
                let is_whole = mapping.rest().is_none_or(is_left_to_provider);
                is_whole
                    && mapping.members().iter().all(|(name, member)| {
                        let below = format!("{path}.{name}");
                        let is_named = self.names.contains(&**name)
                            || self.names.contains(&address::without_keys(&below));
                        if is_named {
                            found.push(WrittenAttribute { path: below, value: member.clone() });
                            return true;
                        }
                        self.read_written(member, &below, found)
                    })
            }
            Shape::Null(_) | Shape::Bool(_) | Shape::Number(_) | Shape::Text(_) | Shape::OneOf(_) => true,
        })
    }

    /// Whether blocks may be there: the sources have a `dynamic` block that may make them, or the configuration writes them,
    /// so that they are not the provider's.
    fn is_open(&self, path: &str) -> bool {
        let may_hold = self.may_hold(&address::without_keys(path));
        let is_dynamic = || self.object.may_be_dynamic(path) == Some(true);
        may_hold.unwrap_or_else(is_dynamic) && !self.object.leaves_to_provider(path)
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
