//! Existing identities that a change delegates to something that runs: access without any grant of its own.
//!
//! Takes a change and adds a grant to the collector for each attribute that names an identity (AWS calls it passing a
//! role). An identity that the same plan makes is judged where it is made and not here.

use std::collections::BTreeSet;

use super::Change;
use super::collect::{Collector, Pending, make_grant};
use super::evidence::Evidence;
use super::extract::{Extraction, extract_uses};
use super::open_blocks::{OpenBlock, WrittenAttribute, find_open_blocks, read_written_blocks};
use super::origin::{at_argument, find_origin};
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
        for (pack, using) in &known.uses {
            let mut attributes = Vec::new();
            let old = before.map(|before| &before.object);
            find_identity_attributes(&after.object, old, &using.attributes, "", &mut attributes);
            let object = Object::new(self.world, change, after, pack, &using.rule);
            let blocks = find_open_blocks(&object, known.attributes.as_ref(), &using.attributes);
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
            let origin = find_origin(change, &object.pack.name, Evidence::default());
            let origin = at_argument(origin, object, path);
            let top = path.split(['.', '[']).next().unwrap_or_default();
            let is_sensitive = object.values.is_sensitive(top);
            self.pending.push(Pending::alone(make_grant(origin, Change::Made, extract, is_sensitive)));
        }
    }

    /// Whether a grant of the type's own rule names this identity.
    fn has_named(&self, address: &str, identity: &str) -> bool {
        let own = self.pending.iter().rev().map(|pending| &pending.grant);
        let own = own.take_while(|grant| grant.origin.address == address);
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

/// Attributes of these names that are set, in the object and in its blocks.
fn find_identity_attributes<'v>(
    value: &'v Value,
    before: Option<&'v Value>,
    names: &BTreeSet<String>,
    at: &str,
    attributes: &mut Vec<IdentityAttribute<'v>>,
) {
    if let Value::List(items) = value {
        let earlier = |index: usize| match before {
            Some(Value::List(items)) => items.get(index),
            _ => None,
        };
        for (index, item) in items.iter().enumerate() {
            if matches!(item, Value::Object(_)) {
                find_identity_attributes(item, earlier(index), names, &format!("{at}[{index}]"), attributes);
            }
        }
    }
    let Value::Object(members) = value else { return };
    for (name, member) in members {
        let is_block = matches!(member, Value::Object(_))
            || matches!(member, Value::List(items) if items.iter().any(|item| matches!(item, Value::Object(_))));
        let is_set = !member.is_empty();
        let path = || if at.is_empty() { name.to_string() } else { format!("{at}.{name}") };
        let earlier = before.map(|before| before.get(name));
        if is_block {
            find_identity_attributes(member, earlier, names, &path(), attributes);
        } else if is_set
            && (names.contains(&**name) || !at.is_empty() && names.contains(&without_indexes(&path())))
        {
            attributes.push(IdentityAttribute {
                path: path(),
                value: member,
                before: earlier,
                is_open_block: false,
            });
        }
    }
}
