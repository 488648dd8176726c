//! Assumptions in words.

use crate::grants::Assumption;

/// Says what was assumed.
pub fn describe_assumption(assumption: &Assumption) -> String {
    match assumption {
        Assumption::TrustedReferences => {
            "a value with one reference equals what it refers to (`--trust-references`)".to_owned()
        }
        Assumption::SourcesWaived => {
            "the sources hold no ephemeral resources, no `removed` block with provisioners and no `dynamic` block that \
             plan JSON does not show (`--without-sources`)"
                .to_owned()
        }
        Assumption::ProtectedRef { reference } => {
            format!("`{reference}` is protected: nobody changes it without a review")
        }
        Assumption::UnseenHistory { commit } => format!(
            "no version of the authority before commit {commit} had a higher `serial`: the repository does not have them"
        ),
        Assumption::HarmlessAttribute { type_name, attribute } => format!(
            "`{attribute}` of {type_name} gives no access: this version does not know the attribute, and neither its \
             name nor its value speaks of access"
        ),
        Assumption::HarmlessDataSource { type_name } => format!(
            "reading the data source {type_name} does nothing: this version does not know it, and neither its name nor \
             an argument speaks of doing something"
        ),
        Assumption::CurrentCatalog { source, age_days } => format!(
            "the catalogue ({} of {}, {}) is {age_days} days old; clouds change their roles",
            source.title, source.date, source.source
        ),
    }
}
