//! Puts secrets into objects: one at every leaf, as a whole value and as a part of one, also within documents that are
//! text, and where a name stands.

use serde_json::{Map, Value, json};

/// How every secret begins; the number of its place follows.
pub(super) const MARK: &str = "zqsecret";

/// An object with one secret in it.
pub(super) struct Planted {
    pub(super) object: Value,
    /// The marks of the plan: the attribute that holds the secret.
    pub(super) marks: Value,
}

/// Makes an object for each place in which a secret can stand. `next` gives the secrets.
pub(super) fn plant(object: &Value, next: &mut impl FnMut() -> String) -> Vec<Planted> {
    let Value::Object(members) = object else { return Vec::new() };
    let mut planted = Vec::new();
    for (name, member) in members {
        for changed in variants(member, next, 0) {
            let mut object = members.clone();
            object.insert(name.clone(), changed);
            planted.push(Planted { object: Value::Object(object), marks: json!({ name: true }) });
        }
    }
    planted
}

/// Values with a secret in the place of, or within, each leaf of a value.
fn variants(value: &Value, next: &mut impl FnMut() -> String, depth: usize) -> Vec<Value> {
    match value {
        Value::String(text) => text_variants(text, next, depth),
        Value::Array(items) => {
            let mut all = Vec::new();
            for (at, item) in items.iter().enumerate() {
                for changed in variants(item, next, depth) {
                    let mut items = items.clone();
                    items[at] = changed;
                    all.push(Value::Array(items));
                }
            }
            all
        }
        Value::Object(members) => {
            let mut all = object_variants(members, next, depth);
            all.push(json!({ next(): "x" }));
            all
        }
        Value::Null => vec![next().into()],
        Value::Bool(_) | Value::Number(_) => vec![next().into()],
    }
}

fn object_variants(
    members: &Map<String, Value>,
    next: &mut impl FnMut() -> String,
    depth: usize,
) -> Vec<Value> {
    let mut all = Vec::new();
    for (name, member) in members {
        for changed in variants(member, next, depth) {
            let mut members = members.clone();
            members.insert(name.clone(), changed);
            all.push(Value::Object(members));
        }
        // The name itself.
        let mut renamed = members.clone();
        renamed.remove(name);
        renamed.insert(next(), member.clone());
        all.push(Value::Object(renamed));
    }
    all
}

fn text_variants(text: &str, next: &mut impl FnMut() -> String, depth: usize) -> Vec<Value> {
    let mut all: Vec<Value> = vec![next().into(), format!("{text}{}", next()).into()];
    if let Some((start, _)) = text.rsplit_once(['/', ':']) {
        let separator = text.as_bytes()[start.len()] as char;
        all.push(format!("{start}{separator}{}", next()).into());
    }
    if depth > 0 {
        return all;
    }
    if let Ok(inner @ (Value::Object(_) | Value::Array(_))) = serde_json::from_str::<Value>(text) {
        for changed in variants(&inner, next, depth + 1) {
            let changed = changed.to_string();
            // Cut short within the document, after the secret.
            if let Some(at) = changed.find(MARK).filter(|at| at % 7 == 0) {
                all.push(changed[..at + MARK.len() + 6].to_owned().into());
            }
            all.push(changed.into());
        }
    }
    all
}
