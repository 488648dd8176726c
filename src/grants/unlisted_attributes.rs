//! Attributes that the schema of their pack does not have: those of a newer provider.
//!
//! Takes a change and looks for attributes that it sets and that the pack's schema table does not know for its type. One
//! whose name or value speaks of access blocks, because nobody has said what it does; any other is noted, so that the
//! report says what was not looked at.

use rule_language::schema::{Attribute, Attributes};

use super::Assumption;
use super::collect::Collector;
use super::delegated::without_indexes;
use super::plan_types::PlanType;
use super::value_path::ValuePath;
use crate::plan::configuration::{ConfiguredBlock, PlanExpression};
use crate::plan::{ResourceChange, Values, Verb};
use crate::rules::Rules;
use crate::rules::suspect::{self, Suspicion};
use crate::value::Value;

/// An attribute that the schema does not have.
struct UnlistedAttribute<'v> {
    /// With the indexes of its blocks: `block[0].name`.
    path: String,
    value: &'v Value,
}

impl UnlistedAttribute<'_> {
    /// The attribute of the object that holds it.
    fn top(&self) -> &str {
        self.path.split(['.', '[']).next().unwrap_or(&self.path)
    }

    /// Its own name.
    fn name(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or(&self.path)
    }
}

impl<'w> Collector<'w> {
    /// Looks at what an object sets beyond its schema, and returns the paths, without indexes, of what blocks therefore.
    pub(super) fn collect_unlisted_attributes(
        &mut self,
        change: &'w ResourceChange<'w>,
        before: Option<&Values>,
        after: &Values,
    ) -> Vec<String> {
        let mut unknown = Vec::new();
        let Some(PlanType { attributes: Some(attributes), .. }) = self.index.types.of(change) else {
            return unknown;
        };
        let mut found = Vec::new();
        let earlier = before.filter(|_| change.verb == Verb::Update).map(|values| &values.object);
        find_unlisted(&after.object, earlier, attributes, &mut ValuePath::default(), &mut found);
        let block = self.world.block(change);
        for attribute in found.into_iter().filter(|attribute| is_configured(attribute, block)) {
            // Within a value that is marked sensitive a name may be a secret as well.
            let is_sensitive = after.is_sensitive(attribute.top());
            let shown = if is_sensitive { attribute.top() } else { &attribute.path };
            if speaks_of_access(self.world.rules, &attribute) {
                let name = shown.to_owned();
                self.note_unread(change, Suspicion::UnlistedAttribute { name });
                unknown.push(without_indexes(&attribute.path));
            } else if !self.index.patterns.are_in(attribute.value) {
                // One that spells an identity hands it over, which is judged by itself.
                let (type_name, attribute) = (change.type_name.to_string(), without_indexes(shown));
                self.assumptions.insert(Assumption::HarmlessAttribute { type_name, attribute });
            }
        }
        unknown
    }
}

/// Adds the attributes that are set, differ from what they were, and are not in the schema.
fn find_unlisted<'v>(
    value: &'v Value,
    before: Option<&Value>,
    attributes: &Attributes<'_>,
    path: &mut ValuePath,
    found: &mut Vec<UnlistedAttribute<'v>>,
) {
    match value {
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                let before = match before {
                    Some(Value::List(items)) => items.get(index),
                    _ => None,
                };
                let back = path.push_element(index);
                find_unlisted(item, before, attributes, path, found);
                path.go_back(back);
            }
        }
        Value::Object(_) if attributes.is_open() => {}
        Value::Object(members) => {
            for (name, member) in members.iter().filter(|(_, member)| !member.is_empty()) {
                let before = before.map(|before| before.get(name));
                if before == Some(member) {
                    continue;
                }
                let back = path.push_member(name);
                match attributes.get(name) {
                    None => found.push(UnlistedAttribute { path: path.as_str().to_owned(), value: member }),
                    Some(Attribute { nested, .. }) if nested.is_empty() => {}
                    Some(Attribute { nested, .. }) => find_unlisted(member, before, nested, path, found),
                }
                path.go_back(back);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Unknown(_) => {}
    }
}

/// Whether the configuration chose an attribute: a value that is known only after apply may be one that the provider
/// computes, and is not where the configuration does not set it.
fn is_configured(attribute: &UnlistedAttribute<'_>, block: Option<&ConfiguredBlock<'_>>) -> bool {
    let Some(block) = block.filter(|_| matches!(attribute.value, Value::Unknown(_))) else { return true };
    block.sets(&attribute.path) || !matches!(block.argument_at(&attribute.path), PlanExpression::Opaque)
}

fn speaks_of_access(rules: &Rules, attribute: &UnlistedAttribute<'_>) -> bool {
    suspect::is_access_name(rules, attribute.name()) || suspect::holds_policy(attribute.value)
}
