//! Faults of documents and of terms in words.

use crate::reason::{DocumentError, TermsError};

/// Says why a document cannot be read.
pub(super) fn describe_document_error(error: &DocumentError) -> String {
    use DocumentError as Fault;
    match error {
        Fault::NotJson { part, error } => format!("{part} is not valid JSON: {error}"),
        Fault::InexactNumber { part } => {
            format!("{part} holds a number that is too large to be read exactly")
        }
        Fault::WrongKind { expected } => format!("the document is not {expected}"),
        Fault::NotAnObject { part } => format!("{part} is not an object"),
        Fault::NotAList { part } => format!("{part} is not a list"),
        Fault::NotText { part } => format!("{part} is not text"),
        Fault::UndefinedElement { part, element } => format!("{part} has no element `{element}`"),
        Fault::MissingElement { part, element } => format!("{part} has no `{element}`"),
        Fault::ConflictingElements { part, one, other } => format!("{part} has both `{one}` and `{other}`"),
        Fault::RepeatedConditionKey { operator, key } => {
            format!("the condition key `{key}` stands twice under `{operator}`")
        }
        Fault::UndefinedVersion { version } => {
            format!("`{version}` is not a version of the policy language")
        }
        Fault::UndefinedEffect { effect } => format!("`{effect}` is not an effect"),
        Fault::UndefinedPrincipalType { name } => format!("`{name}` is not a type of principal"),
        Fault::UntypedPrincipal { principal } => format!("the principal `{principal}` has no type"),
        Fault::PrincipalId { id } => format!("the principal `{id}` is an id whose ARN is not known"),
        Fault::WildcardPrincipal { principal } => {
            format!("the principal `{principal}` has wildcards, which AWS does not expand")
        }
        Fault::IdentityPolicyNamesPrincipals => "a policy of an identity names principals".to_owned(),
        Fault::AllowsNotPrincipal => "`NotPrincipal` is used to allow".to_owned(),
        Fault::NotAnArn { resource } => format!("the resource `{resource}` is not an ARN"),
    }
}

/// Says why terms have no meaning in their dialect.
pub(super) fn describe_terms_error(error: &TermsError) -> String {
    match error {
        TermsError::NoPrincipal => "the grant names no principal".to_owned(),
        TermsError::NoAction => "the grant names neither actions nor roles".to_owned(),
        TermsError::NoPlace => "no place is named: write `OWNER/NAME`, `org:OWNER` or `team:NAME`".to_owned(),
        TermsError::DocumentNotSupported { dialect } => format!("{dialect} has no policy documents"),
        TermsError::ExpressionNotSupported => {
            "Kubernetes RBAC has no conditions, so `expression` means nothing".to_owned()
        }
        TermsError::ConditionsNotSupported => {
            "conditions by operator and key are AWS's; this cloud's conditions go into `expression`"
                .to_owned()
        }
        TermsError::ActionListsNotSupported => {
            "`not_actions`, `data_actions` and `not_data_actions` are Azure's and mean nothing here"
                .to_owned()
        }
        TermsError::AmbiguousScope { scope } => format!(
            "the scope `{scope}` has a part that is not a plain name, so where it leads is not certain"
        ),
        TermsError::NotAScope { scope } => {
            format!("`{scope}` is not a scope: write `namespace/NAME` or `cluster`")
        }
        TermsError::NoResource { action } => {
            format!("`{action}` names no resource: write `VERB:GROUP/RESOURCE` or `VERB:url:PATH`")
        }
    }
}
