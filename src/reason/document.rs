//! What is wrong with a document that grants access: a policy, or a list of rules.
//!
//! One enum for every cloud, because what can be wrong is mostly the same: a part has the wrong type, an element that it
//! does not define, or lacks one that it needs. `part` names the part with its article, such as "a statement".
//!
//! Deliberately absent: unknown values. They are no fault of the document, see
//! [`Reason::UntilApply`](super::Reason::UntilApply).

use crate::json::JsonError;

/// Why a document cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DocumentError {
    /// Its text is not JSON that every reader reads alike.
    NotJson {
        /// Such as "the policy".
        part: &'static str,
        /// Where and why.
        error: JsonError,
    },
    /// It holds a number that not every reader of JSON keeps exactly, so that its meaning depends on the reader.
    InexactNumber {
        /// Such as "the policy".
        part: &'static str,
    },
    /// It is a document of another kind.
    WrongKind {
        /// Such as "an AWS policy".
        expected: &'static str,
    },
    /// A part has another type than an object.
    NotAnObject {
        /// Which part.
        part: &'static str,
    },
    /// A part has another type than a list.
    NotAList {
        /// Which part.
        part: &'static str,
    },
    /// A part has another type than text.
    NotText {
        /// Which part.
        part: &'static str,
    },
    /// A part has an element that it does not define. A reader that skips it would read another policy than its author.
    UndefinedElement {
        /// Which part.
        part: &'static str,
        /// The element's name as it is written.
        element: String,
    },
    /// A part lacks an element.
    MissingElement {
        /// Which part.
        part: &'static str,
        /// Such as `Effect`.
        element: &'static str,
    },
    /// A part has two elements of which only one may stand there.
    ConflictingElements {
        /// Which part.
        part: &'static str,
        /// The one.
        one: &'static str,
        /// The other.
        other: &'static str,
    },
    /// A condition key stands twice under one operator.
    RepeatedConditionKey {
        /// The operator.
        operator: String,
        /// The key.
        key: String,
    },
    /// A version that the policy language does not have.
    UndefinedVersion {
        /// As it is written.
        version: String,
    },
    /// An effect other than `Allow` and `Deny`.
    UndefinedEffect {
        /// As it is written.
        effect: String,
    },
    /// A type of principal that AWS does not define.
    UndefinedPrincipalType {
        /// As it is written.
        name: String,
    },
    /// A principal that is not listed under a type.
    UntypedPrincipal {
        /// As it is written.
        principal: String,
    },
    /// A unique identifier, which AWS writes in place of the ARN of a deleted principal.
    PrincipalId {
        /// Such as `AROA…`.
        id: String,
    },
    /// A wildcard within a principal, which AWS does not expand.
    WildcardPrincipal {
        /// As it is written.
        principal: String,
    },
    /// A policy of an identity names principals of its own.
    IdentityPolicyNamesPrincipals,
    /// `NotPrincipal` together with `Allow`, whose meaning AWS does not define.
    AllowsNotPrincipal,
    /// A resource that AWS refuses.
    NotAnArn {
        /// As it is written.
        resource: String,
    },
}
