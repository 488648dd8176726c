//! What is wrong with the terms of a grant: terms that its dialect does not have, or too few of them.

/// Why terms have no meaning in their dialect.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TermsError {
    /// Nobody is named.
    NoPrincipal,
    /// Nothing is named that could be done.
    NoAction,
    /// No place is named, in GitHub's dialect.
    NoPlace,
    /// A document, in a dialect that has none.
    DocumentNotSupported {
        /// Such as "Azure".
        dialect: &'static str,
    },
    /// A condition's expression, in a dialect that has none.
    ExpressionNotSupported,
    /// Conditions by operator and key, outside of AWS.
    ConditionsNotSupported,
    /// Lists of actions that only Azure has.
    ActionListsNotSupported,
    /// A path that leads elsewhere than it says.
    AmbiguousScope {
        /// As it is written.
        scope: String,
    },
    /// A scope that Kubernetes does not have.
    NotAScope {
        /// As it is written.
        scope: String,
    },
    /// An action without its resource.
    NoResource {
        /// As it is written.
        action: String,
    },
}
