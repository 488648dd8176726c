//! Why an object that no rule reads looks like a grant, in words.

use crate::rules::suspect::Suspicion;

/// Says why an object looks like a grant.
pub fn describe_suspicion(suspicion: &Suspicion) -> String {
    match suspicion {
        Suspicion::TypeName { pattern } => format!("its type name matches `{pattern}`"),
        Suspicion::Attribute { name } => format!("it sets `{name}`"),
        Suspicion::UnlistedAttribute { name } => format!(
            "it sets `{name}`, which this version does not know for its type, and its name or value speaks of access"
        ),
        Suspicion::Policy { attribute } => format!("`{attribute}` holds a policy document"),
        Suspicion::NothingKnown => "nothing of it is known".to_owned(),
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
