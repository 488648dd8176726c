//! Why an object that no rule reads does not pass, in words.

use crate::rules::suspect::Suspicion;

/// Says why an object does not pass.
pub fn describe_suspicion(suspicion: &Suspicion) -> String {
    match suspicion {
        Suspicion::UnlistedAttribute { name } => format!(
            "it sets `{name}`, which this version does not know for its type, and its name or value speaks of access"
        ),
        Suspicion::Policy { attribute } => format!("`{attribute}` holds a policy document"),
        Suspicion::UnknownProvider { provider } => format!("no rule pack reads the provider `{provider}`"),
        Suspicion::Ignored { pack } => {
            format!("the pack `{pack}` of `--rules` ignores it, and the manifest does not agree")
        }
        Suspicion::UnlistedType { pack } => {
            format!("neither a rule nor the table of the rule pack `{pack}` knows its type")
        }
        Suspicion::OtherProvider { sources, provider } => format!(
            "its type is one of the provider `{}`, and `{provider}` is another provider",
            sources.join("`, `")
        ),
    }
}
