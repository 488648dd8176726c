//! What is wrong with the terms of a grant: terms that its dialect does not have, or too few of them.

/// Why terms have no meaning in their dialect.
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum TermsError {
    /// Nobody is named.
    #[error("the grant names no principal")]
    NoPrincipal,
    /// Nothing is named that could be done.
    #[error("the grant names neither actions nor roles")]
    NoAction,
    /// No place is named, in GitHub's dialect.
    #[error("no place is named: write `OWNER/NAME`, `org:OWNER` or `team:NAME`")]
    NoPlace,
    /// A document, in a dialect that has none.
    #[error("{dialect} has no policy documents")]
    DocumentNotSupported {
        /// Such as "Azure".
        dialect: &'static str,
    },
    /// A condition's expression, in a dialect that has none.
    #[error("Kubernetes RBAC has no conditions, so `expression` means nothing")]
    ExpressionNotSupported,
    /// Conditions by operator and key, outside of AWS.
    #[error("conditions by operator and key are AWS's; this cloud's conditions go into `expression`")]
    ConditionsNotSupported,
    /// Lists of actions that only Azure has.
    #[error("`not_actions`, `data_actions` and `not_data_actions` are Azure's and mean nothing here")]
    ActionListsNotSupported,
    /// A path that leads elsewhere than it says.
    #[error("the scope `{scope}` has a part that is not a plain name, so where it leads is not certain")]
    AmbiguousScope {
        /// As it is written.
        scope: String,
    },
    /// A scope that Kubernetes does not have.
    #[error("`{scope}` is not a scope: write `namespace/NAME` or `cluster`")]
    NotAScope {
        /// As it is written.
        scope: String,
    },
    /// An action without its resource.
    #[error("`{action}` names no resource: write `VERB:GROUP/RESOURCE` or `VERB:url:PATH`")]
    NoResource {
        /// As it is written.
        action: String,
    },
}
