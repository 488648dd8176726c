//! Why a document cannot be compared.
//!
//! Each variant holds what the reader found. The sentence of a variant continues "the planned document can't be read:".

use std::fmt;

use crate::json::JsonError;

/// Why a document was refused. A document is refused as a whole: a part that is passed over would change its meaning.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentRefusal {
    /// The value is null.
    #[error("there is none")]
    Missing,
    /// The value is text, and the text is not JSON.
    #[error("it is text but not JSON: {0}")]
    NotJson(#[from] JsonError),
    /// Nothing in Terraform's own dialect is a document.
    #[error("Terraform has no documents that grant access")]
    NoSuchDocuments,
    /// An object was expected.
    #[error("{what} is not an object")]
    NotAnObject {
        /// The part of the document, with its article.
        what: &'static str,
    },
    /// The cloud's documents have no such member.
    #[error("{what} has no `{member}`")]
    UnknownMember {
        /// The part of the document, with its article.
        what: &'static str,
        /// The member's name as written.
        member: String,
    },
    /// A member stands twice, in whatever case.
    #[error("{what} has `{member}` twice")]
    DuplicateMember {
        /// The part of the document, with its article.
        what: &'static str,
        /// The second one's name as written.
        member: String,
    },
    /// A member that the document needs is absent.
    #[error("{what} has no `{member}`")]
    MissingMember {
        /// The part of the document, with its article.
        what: &'static str,
        /// The member's name.
        member: &'static str,
    },
    /// A member has a value of another type.
    #[error("`{member}` of {what} is not {expected}")]
    WrongType {
        /// The part of the document, with its article.
        what: &'static str,
        /// The member's name.
        member: &'static str,
        /// The type that was expected.
        expected: MemberType,
    },
    /// Two members say the same thing, and the document may have only one of them.
    #[error("{what} has both `{one}` and `{other}`")]
    Conflict {
        /// The part of the document, with its article.
        what: &'static str,
        /// One of the two.
        one: &'static str,
        /// The other one.
        other: &'static str,
    },
    /// A binding gives one kind of access only.
    #[error("a binding needs either a `role` or `permissions`")]
    RoleOrPermissions,
    /// The labels of other roles select what this role holds.
    #[error("an aggregated ClusterRole gets its rules from other roles, which are not given here")]
    AggregatedRole,
    /// A Kubernetes object of another kind.
    #[error("a `{0}` holds no rules")]
    KindWithoutRules(String),
}

/// The type that the value of a member must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberType {
    /// One string.
    Text,
    /// One string, or a list of strings.
    Texts,
    /// A list.
    List,
    /// One string, or an object.
    TextOrObject,
}

impl fmt::Display for MemberType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Texts => "text or a list of texts",
            Self::List => "a list",
            Self::TextOrObject => "text or an object",
        })
    }
}
