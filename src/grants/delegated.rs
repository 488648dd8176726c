//! Existing identities that a change delegates to something that runs: access without any grant of its own.
//!
//! Takes a change and adds a grant to the collector for each attribute that names an identity (AWS calls it passing a
//! role). An identity that the same plan makes is judged where it is made and not here.

use std::collections::BTreeSet;

use super::Change;
use super::collect::Collector;
use super::evidence::Evidence;
use super::extract::{Extraction, extract_uses};
use super::open_blocks::{OpenBlock, WrittenAttribute, find_open_blocks, list_unknown, read_written_blocks};
use super::origin::{at_argument, find_origin};
use super::pending::{Pending, make_grant};
use super::value_path::ValuePath;
use crate::plan::{ResourceChange, Values, Verb, address};
use crate::possible::Possible;
use crate::resolve::made_here::ArgumentPlace;
use crate::resolve::object::Object;
use crate::rules::UseRule;
use crate::value::Value;
use crate::value::provenance::Provenance;

impl<'w> Collector<'w> {
    /// The identities that an object is to act as.
    pub(super) fn collect_delegated(
        &mut self,
        change: &'w ResourceChange<'w>,
        before: Option<&Values>,
        after: &Values,
    ) {
        let before =
            before.filter(|_| matches!(change.verb, Verb::Update | Verb::Replace) && !change.importing);
        let mut seen = BTreeSet::new();
        let Some(known) = self.index.types.of(change) else { return };
        let unknown = list_unknown(&after.object);
        let is_named = has_member(&after.object, &known.use_names);
        let Some((first, using)) = known.uses.first().filter(|_| is_named || !unknown.is_empty()) else {
            return;
        };
        let object = Object::new(self.world, change, after, first, &using.rule);
        for (pack, using) in &known.uses {
            let old = before.map(|before| &before.object);
            let mut attributes = if is_named {
                find_identity_attributes(&after.object, old, &using.attributes)
            } else {
                Vec::new()
            };
            let object = object.read_by(pack, &using.rule);
            let blocks = find_open_blocks(&object, known.attributes.as_ref(), &using.attributes, &unknown);
            let mut written = blocks.written;
            attributes.retain(|attribute| {
                let is_unknown = matches!(attribute.value, Value::Unknown(_));
                let read = || {
                    read_written_blocks(
                        &object,
                        known.attributes.as_ref(),
                        &using.attributes,
                        &attribute.path,
                    )
                };
                match is_unknown.then(read).flatten() {
                    Some(found) => {
                        written.extend(found);
                        false
                    }
                    None => true,
                }
            });
            for WrittenAttribute { path, value } in written {
                let is_set = value.alternatives().iter().any(|one| !one.is_null());
                if is_set && seen.insert(path.clone()) && !self.world.makes_all(&value, &using.identities) {
                    let possible = self.world.as_possible(&value, object.address, &path);
                    self.add_delegated(change, &object, &path, possible);
                }
            }
            attributes.extend(blocks.open.into_iter().map(|OpenBlock { path, value }| IdentityAttribute {
                path,
                value,
                before: None,
                is_open_block: true,
            }));
            for attribute in attributes {
                if seen.insert(attribute.path.clone())
                    && !self.is_judged_elsewhere(&object, using, &attribute)
                {
                    let value = Possible::borrowed(attribute.value);
                    self.add_delegated(change, &object, &attribute.path, value);
                }
            }
        }
    }

    /// Whether an identity is no new delegation of this change, or is judged where it is made.
    fn is_judged_elsewhere(
        &mut self,
        object: &Object<'_>,
        using: &UseRule,
        attribute: &IdentityAttribute<'_>,
    ) -> bool {
        let IdentityAttribute { path, value, before, is_open_block } = attribute;
        if *is_open_block {
            return false;
        }
        if let Some(provenance) = self.made_here(object, using, attribute) {
            self.note_trust(&provenance);
            return true;
        }
        // A block that is there, as from a `dynamic` block, is not the provider's.
        let is_left_to_provider = matches!(value, Value::Unknown(_)) && object.leaves_to_provider(path);
        is_left_to_provider
            || *before == Some(*value)
            || value.as_str().is_some_and(|text| self.has_named(object.address, text))
    }

    /// Whether the attribute is nothing but a reference to an identity that the plan makes, and what that rests on.
    fn made_here(
        &self,
        object: &Object<'_>,
        using: &UseRule,
        attribute: &IdentityAttribute<'_>,
    ) -> Option<Provenance> {
        let argument = ArgumentPlace {
            address: object.address,
            module: object.module,
            index: object.index,
            block: address::block(object.address, object.module)?,
            path: &attribute.path,
            value: attribute.value,
        };
        self.world.made_here(argument, &using.identities)
    }

    fn add_delegated<'o>(
        &mut self,
        change: &ResourceChange<'_>,
        object: &Object<'o>,
        path: &str,
        value: Possible<'o>,
    ) {
        let Extraction { extracts, provenance } = extract_uses(object, path, value);
        self.note_trust(&provenance);
        for extract in extracts {
            let origin = find_origin(self.world, change, &object.pack.name, Evidence::default());
            let origin = at_argument(origin, object, path);
            let top = path.split(['.', '[']).next().unwrap_or_default();
            let is_sensitive = object.values.is_sensitive(top);
            self.pending.push(Pending::alone(make_grant(origin, Change::Made, extract, is_sensitive)));
        }
    }

    /// Whether a grant of the type's own rule names this identity.
    fn has_named(&self, address: &str, identity: &str) -> bool {
        let own = self.pending.iter().rev().map(|pending| &pending.grant);
        let own = own.take_while(|grant| *grant.origin.address == *address);
        let mut texts = own.flat_map(|grant| grant.terms.resources.iter().chain(&grant.terms.principals));
        texts.any(|text| {
            let known = text.as_known();
            known == Some(identity) || known.is_some_and(|text| text.ends_with(&format!(":{identity}")))
        })
    }
}

/// An attribute that names an identity, wherever in the object it stands.
struct IdentityAttribute<'v> {
    path: String,
    value: &'v Value,
    before: Option<&'v Value>,
    /// Whether it is blocks that may hold such an attribute.
    is_open_block: bool,
}

/// `a[0].b` as a rule writes it: `a.b`.
pub(super) fn without_indexes(path: &str) -> String {
    path.split('.').map(|step| step.split('[').next().unwrap_or_default()).collect::<Vec<_>>().join(".")
}

/// Whether an object, or a part of it, has a member of one of these names. A name that might be taken for a path counts.
fn has_member(value: &Value, names: &BTreeSet<&str>) -> bool {
    match value {
        Value::List(items) => items.iter().any(|item| has_member(item, names)),
        Value::Object(members) => members.iter().any(|(name, member)| {
            names.contains(&**name) || name.contains(['.', '[']) || has_member(member, names)
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Unknown(_) => false,
    }
}

/// Attributes of these names that are set, in the object and in its blocks.
fn find_identity_attributes<'v>(
    value: &'v Value,
    before: Option<&'v Value>,
    names: &BTreeSet<String>,
) -> Vec<IdentityAttribute<'v>> {
    let has_paths = names.iter().any(|name| name.contains('.'));
    let mut search = AttributeSearch { names, has_paths, path: ValuePath::default(), found: Vec::new() };
    search.visit(value, before);
    search.found
}

struct AttributeSearch<'s, 'v> {
    names: &'s BTreeSet<String>,
    /// Whether one of the names is that of an attribute in a block.
    has_paths: bool,
    path: ValuePath,
    found: Vec<IdentityAttribute<'v>>,
}

impl<'v> AttributeSearch<'_, 'v> {
    fn visit(&mut self, value: &'v Value, before: Option<&'v Value>) {
        match value {
            Value::List(items) => {
                let earlier = before.and_then(Value::as_list).unwrap_or_default();
                for (at, item) in items.iter().enumerate() {
                    if matches!(item, Value::Object(_)) {
                        let back = self.path.push_element(at);
                        self.visit(item, earlier.get(at));
                        self.path.go_back(back);
                    }
                }
            }
            Value::Object(members) => {
                for (name, member) in members {
                    self.visit_member(name, member, before.map(|before| before.get(name)));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Unknown(_) => {}
        }
    }

    fn visit_member(&mut self, name: &str, member: &'v Value, before: Option<&'v Value>) {
        let is_inner = !self.path.is_whole();
        if is_block(member) {
            let back = self.path.push_member(name);
            self.visit(member, before);
            self.path.go_back(back);
            return;
        }
        // Hardly an attribute is one of them, so its path is only spelled where it may be.
        let is_named = self.names.contains(name);
        if member.is_empty() || !(is_named || self.has_paths && is_inner) {
            return;
        }
        let back = self.path.push_member(name);
        if is_named || self.names.contains(&without_indexes(self.path.as_str())) {
            let path = self.path.as_str().to_owned();
            self.found.push(IdentityAttribute { path, value: member, before, is_open_block: false });
        }
        self.path.go_back(back);
    }
}

fn is_block(value: &Value) -> bool {
    let is_object = |item: &Value| matches!(item, Value::Object(_));
    is_object(value) || value.as_list().is_some_and(|items| items.iter().any(is_object))
}
