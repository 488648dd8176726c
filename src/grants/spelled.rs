//! Identities that an object hands over in an attribute that no rule reads.
//!
//! Takes a change, with what its rule reads, and adds a grant to the collector for each identity that a text of the
//! object spells: at any depth, within JSON, YAML or user data, plain or as base64. The `identity_pattern` blocks of the
//! packs say how identities are spelled and what handing one over means; a pattern counts for the objects of every
//! provider. What the same place spelled before the change is not handed over by it.

use std::collections::BTreeSet;

use rule_language::reads::ReadAttributes;

use super::Change;
use super::collect::Collector;
use super::evidence::Evidence;
use super::extract::{Extraction, extract_uses};
use super::identity_patterns::{IdentityPatterns, decode_base64};
use super::origin::{at_argument, find_origin};
use super::pending::{Pending, make_grant};
use super::plan_types::PlanType;
use crate::plan::{ResourceChange, Values, Verb};
use crate::possible::Possible;
use crate::resolve::object::Object;
use crate::value::Value;

/// What one object spells in the attributes that nobody reads.
struct SpelledIdentities<'s> {
    patterns: &'s IdentityPatterns<'s>,
    read: &'s ReadAttributes,
    found: BTreeSet<SpelledIdentity>,
}

/// An identity, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct SpelledIdentity {
    /// Names of attributes, without indexes: a list may be a set, whose order says nothing.
    path: Vec<Box<str>>,
    pattern: usize,
    identity: String,
}

impl SpelledIdentities<'_> {
    fn visit(&mut self, value: &Value, path: &mut Vec<Box<str>>) {
        match value {
            Value::String(text) => self.visit_text(text, path),
            Value::List(items) => items.iter().for_each(|item| self.visit(item, path)),
            Value::Object(members) => {
                for (name, member) in members {
                    path.push(name.clone());
                    if !self.read.holds_path(path) {
                        // The keys of a map are texts of the configuration too.
                        self.visit_text(name, path);
                        self.visit(member, path);
                    }
                    path.pop();
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Unknown(_) => {}
        }
    }

    fn visit_text(&mut self, text: &str, path: &[Box<str>]) {
        let mut found = BTreeSet::new();
        self.patterns.find_in(text, &mut found);
        if let Some(decoded) = decode_base64(text) {
            self.patterns.find_in(&decoded, &mut found);
        }
        self.found.extend(found.into_iter().map(|(pattern, identity)| SpelledIdentity {
            path: path.to_vec(),
            pattern,
            identity,
        }));
    }
}

impl<'w> Collector<'w> {
    /// The identities that an object spells where no rule reads, and not below the paths in `unknown`.
    pub(super) fn collect_spelled(
        &mut self,
        change: &'w ResourceChange<'w>,
        before: Option<&Values>,
        after: &Values,
        unknown: &[String],
    ) {
        let Some(PlanType { read: Some(read), .. }) = self.index.types.of(change) else { return };
        if !self.index.patterns.are_in(&after.object) {
            return;
        }
        let replaced = matches!(change.verb, Verb::Update | Verb::Replace) && !change.importing;
        let before = before.filter(|_| replaced);
        let spelled = |values: &Values| {
            let mut spelled =
                SpelledIdentities { patterns: &self.index.patterns, read, found: BTreeSet::new() };
            spelled.visit(&values.object, &mut Vec::new());
            spelled.found
        };
        let made = spelled(after);
        if made.is_empty() {
            return;
        }
        let earlier = before.map(spelled).unwrap_or_default();
        let mut seen = BTreeSet::new();
        for one in made.difference(&earlier) {
            if unknown.iter().any(|path| is_below(&one.path, path)) {
                continue;
            }
            if seen.insert((one.pattern, &one.identity)) && !is_own(change, after, one) {
                self.add_spelled(change, after, one);
            }
        }
    }

    fn add_spelled(&mut self, change: &'w ResourceChange<'w>, after: &Values, one: &SpelledIdentity) {
        let Some((_, pack, identity)) = self.index.patterns.patterns.get(one.pattern) else { return };
        let object = Object::new(self.world, change, after, pack, &identity.rule);
        let path = one.path.join(".");
        let Extraction { extracts, provenance } =
            extract_uses(&object, &path, Possible::known(&one.identity));
        self.note_trust(&provenance);
        for extract in extracts {
            let origin =
                at_argument(find_origin(self.world, change, &pack.name, Evidence::default()), &object, &path);
            let is_sensitive = one.path.first().is_none_or(|top| after.is_sensitive(top));
            self.pending.push(Pending::alone(make_grant(origin, Change::Made, extract, is_sensitive)));
        }
    }
}

/// Whether a path is another one, or leads to something in it.
fn is_below(path: &[Box<str>], other: &str) -> bool {
    let mut steps = path.iter();
    other.split('.').all(|step| steps.next().is_some_and(|own| **own == *step))
}

/// Whether an object spells its own identity, as one that is imported does.
fn is_own(change: &ResourceChange<'_>, after: &Values, one: &SpelledIdentity) -> bool {
    let is_name = |name: &str| after.object.get(name).as_str() == Some(one.identity.as_str());
    change.importing && one.path.len() == 1 && ["arn", "id", "email", "name"].into_iter().any(is_name)
}
