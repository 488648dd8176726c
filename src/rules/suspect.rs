//! Why an object does not pass though no rule says anything of it.
//!
//! Nobody has read its provider, its type, or an attribute that speaks of access. A pack says which names of attributes
//! speak of access in a `suspect` block; a policy document in any text attribute always does.

use rule_language::{Rules, matches_glob};

use crate::json;
use crate::value::Value;

/// Why an object, or a part of it, that no rule reads does not pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Suspicion {
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

/// Whether a pack says of the name of an attribute that it speaks of access.
pub fn is_access_name(rules: &Rules, name: &str) -> bool {
    let suspects = rules.packs().iter().flat_map(|pack| &pack.suspects);
    suspects.flat_map(|suspect| &suspect.attributes).any(|pattern| matches_glob(pattern, name))
}

/// Whether a data source that no table lists may do something when it is read, by its name or by an argument that is set.
pub fn may_act(rules: &Rules, type_name: &str, arguments: &[&str]) -> bool {
    let mut suspects = rules.packs().iter().flat_map(|pack| &pack.suspects);
    let is_any = |patterns: &[String], name: &str| patterns.iter().any(|pattern| matches_glob(pattern, name));
    suspects.any(|suspect| {
        is_any(&suspect.data_sources, type_name)
            || arguments.iter().any(|argument| is_any(&suspect.arguments, argument))
    })
}

/// Finds the attribute of an object that holds a policy document.
pub fn find_policy(object: &Value) -> Option<Suspicion> {
    let Value::Object(members) = object else { return None };
    let found = members.iter().find(|(_, value)| holds_policy(value));
    found.map(|(name, _)| Suspicion::Policy { attribute: name.to_string() })
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
