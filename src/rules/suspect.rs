//! Types that no rule reads and that look like a grant all the same.
//!
//! A pack says what looks like a grant in a `suspect` block: names of types and of attributes. A policy document in any
//! text attribute always looks like one. A type that looks like a grant and that no rule reads blocks, because the next
//! provider version will bring a type that no rule knows.

use rule_language::{Rules, glob};

use crate::json;
use crate::value::Value;

/// Why an object that no rule reads looks like a grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Suspicion {
    /// The name of its type is one that a pack suspects.
    TypeName {
        /// The pack's pattern.
        pattern: String,
    },
    /// It sets an attribute that a pack suspects.
    Attribute {
        /// The attribute.
        name: String,
    },
    /// It sets an attribute that the schema of its pack does not have and that speaks of access.
    UnlistedAttribute {
        /// The attribute, with the indexes of its blocks.
        name: String,
    },
    /// An attribute holds a policy document.
    Policy {
        /// The attribute.
        attribute: String,
    },
    /// Nothing of it is known.
    NothingKnown,
    /// No pack reads its provider.
    UnknownProvider {
        /// The provider, as the plan names it.
        provider: String,
    },
    /// A pack of `--rules` says that the type gives no access, and a pack of the program reads its provider.
    Ignored {
        /// The pack of `--rules`.
        pack: String,
    },
    /// A pack reads its provider, and neither a rule nor the table of the pack knows the type.
    UnlistedType {
        /// The pack.
        pack: String,
    },
    /// Its type is one of a provider that a pack reads, and it is of another provider.
    OtherProvider {
        /// The providers whose types the pack reads.
        sources: Vec<String>,
        /// The other one.
        provider: String,
    },
}

/// Why an object of a type without a rule looks like a grant.
pub fn suspicion(rules: &Rules, type_name: &str, object: &Value) -> Option<Suspicion> {
    let suspects = || rules.packs().iter().flat_map(|pack| &pack.suspects);
    if let Some(pattern) =
        suspects().flat_map(|suspect| &suspect.types).find(|pattern| glob(pattern, type_name))
    {
        return Some(Suspicion::TypeName { pattern: pattern.clone() });
    }
    let Value::Object(members) = object else {
        return matches!(object, Value::Unknown(_)).then_some(Suspicion::NothingKnown);
    };
    let set = members.iter().filter(|(_, value)| is_set(value));
    for (name, _) in set {
        if is_access_name(rules, name) {
            return Some(Suspicion::Attribute { name: name.to_string() });
        }
    }
    policy(object)
}

/// Whether a pack says of the name of an attribute that it speaks of access.
pub fn is_access_name(rules: &Rules, name: &str) -> bool {
    let suspects = rules.packs().iter().flat_map(|pack| &pack.suspects);
    suspects.flat_map(|suspect| &suspect.attributes).any(|pattern| glob(pattern, name))
}

/// Finds the attribute of an object that holds a policy document.
pub fn policy(object: &Value) -> Option<Suspicion> {
    let Value::Object(members) = object else { return None };
    let found = members.iter().find(|(_, value)| holds_policy(value));
    found.map(|(name, _)| Suspicion::Policy { attribute: name.to_string() })
}

/// Whether a value says something; of an object, whether one of its members does.
fn is_set(value: &Value) -> bool {
    if let Value::Object(members) = value {
        members.iter().any(|(_, member)| is_set(member))
    } else {
        !value.is_empty()
    }
}

/// Whether a value is a policy document, or holds one.
pub fn holds_policy(value: &Value) -> bool {
    match value {
        Value::String(text) => {
            text.contains("Statement")
                && matches!(json::parse(text), Ok(parsed) if *parsed.get("Statement") != Value::Null)
        }
        Value::List(items) => items.iter().any(holds_policy),
        Value::Object(members) => members.iter().any(|(_, member)| holds_policy(member)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Unknown(_) => false,
    }
}
