//! Tickets and owners that an object names.
//!
//! Takes an object and returns what stands in its tags, labels, annotations and description, and where its rule says
//! that a ticket or an owner may stand. It points a finding at an approval or an owner, and it authorizes nothing.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::extract::has_sensitive_value;
use crate::resolve::object::Object;
use crate::rules::evaluate::evaluate;
use crate::rules::expression::Expr;
use crate::value::Value;

/// Where a ticket ID or an owner may stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// What stands where a ticket ID is meant, and nothing else.
    pub tickets: BTreeSet<String>,
    /// The same, where the plan marks it as sensitive: it selects an approval, and is never printed.
    pub sensitive_tickets: BTreeSet<String>,
    /// Texts that may mention one.
    pub texts: BTreeSet<String>,
    /// Whom a tag names as the owner.
    pub owner: Option<String>,
}

/// Attributes in which people write tickets and owners.
pub(super) const TAGS: [&str; 6] =
    ["tags", "tags_all", "labels", "terraform_labels", "effective_labels", "annotations"];
/// Keys that mean a ticket, without case and separators.
const TICKET_KEYS: [&str; 9] = [
    "ticket",
    "ticketid",
    "approval",
    "approvalid",
    "jira",
    "change",
    "changeid",
    "changerequest",
    "countersign",
];
/// Keys that mean an owner, without case and separators.
const OWNER_KEYS: [&str; 2] = ["owner", "team"];

/// Tickets and owners that an object names.
pub(super) fn collect_evidence(object: &Object<'_>) -> Evidence {
    let mut evidence = Evidence::default();
    let mut metadata = object.values.object.get("metadata");
    if let Value::List(items) = metadata {
        metadata = items.first().unwrap_or(&Value::Null);
    }
    for holder in [&object.values.object, metadata] {
        for tags in TAGS.map(|name| holder.get(name)) {
            evidence.add_tags(tags);
        }
    }
    let is_sensitive = TAGS.iter().chain(&["metadata"]).any(|name| object.values.is_sensitive(name));
    if let Some(text) = object.values.object.get("description").as_str() {
        evidence.texts.insert(text.to_owned());
    }
    let known = |expr: &Option<Expr>| -> Vec<String> {
        let terms = expr.as_ref().map(|expr| evaluate(expr, object, None).elements()).unwrap_or_default();
        let texts = terms.iter().filter_map(|term| term.as_known().map(Cow::into_owned));
        texts.filter(|text| !text.is_empty()).collect()
    };
    evidence.tickets.extend(known(&object.rule.tickets));
    evidence.texts.extend(known(&object.rule.mentions));
    if let Some(owner) = object.rule.owner.as_ref().map(|expr| evaluate(expr, object, None))
        && let Some(owner) = owner.as_known()
    {
        evidence.owner = Some(owner.into_owned());
    }
    if is_sensitive || has_sensitive_value(object) {
        evidence.sensitive_tickets = std::mem::take(&mut evidence.tickets);
        evidence.owner = None;
    }
    evidence
}

impl Evidence {
    /// Adds what the keys of a map of tags call a ticket or an owner.
    fn add_tags(&mut self, tags: &Value) {
        let Value::Object(tags) = tags else { return };
        for (key, value) in tags {
            let Some(text) = value.as_str().filter(|text| !text.is_empty()) else { continue };
            let key = without_separators(key);
            if TICKET_KEYS.contains(&key.as_str()) {
                self.tickets.insert(text.to_owned());
            } else if OWNER_KEYS.contains(&key.as_str()) && self.owner.is_none() {
                self.owner = Some(text.to_owned());
            }
        }
    }
}

/// A key without case and separators.
fn without_separators(key: &str) -> String {
    key.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase()
}

/// A value without the members by which tags name tickets. Those that name an owner stay: policies tell principals apart
/// by their team.
pub(super) fn without_tickets(value: Value) -> Value {
    match value {
        Value::List(items) => Value::List(items.into_iter().map(without_tickets).collect()),
        Value::Object(mut members) => {
            members.retain(|(key, _)| !TICKET_KEYS.contains(&without_separators(key).as_str()));
            Value::Object(members)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Unknown(_) => value,
    }
}
