//! Why two documents could not be compared.
//!
//! A closed set: what is wrong with the input, with a document, or with a document beside others, and what [`Reason`] says
//! of the rest. The sentences are those that users read.

use crate::json::JsonError;
use crate::reason::Reason;

use super::documents::DocumentRefusal;

/// Why a comparison is undecided.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompareReason {
    /// A line of pairs is no pair.
    #[error("line {number} can't be read: {cause}")]
    UnreadableLine {
        /// From one.
        number: usize,
        /// What is wrong with it.
        cause: LineError,
    },
    /// A pair names a provider that does not exist.
    #[error("there is no provider `{0}`")]
    UnknownProvider(String),
    /// A pair lacks one of its documents.
    #[error("the line has no `{0}`")]
    NoDocument(&'static str),
    /// A document is not JSON.
    #[error("the {document} can't be read: {cause}")]
    NotJson {
        /// Which one.
        document: DocumentName,
        /// Why not.
        cause: JsonError,
    },
    /// A document is JSON, and not what its cloud defines.
    #[error("the {document} can't be read: {cause}")]
    Refused {
        /// Which one.
        document: DocumentName,
        /// Why not.
        cause: DocumentRefusal,
    },
    /// The list of planned documents is empty.
    #[error("there is no planned document to judge")]
    NothingPlanned,
    /// What the documents say can't be decided.
    #[error(transparent)]
    Undecided(#[from] Reason),
    /// Whether a denial limits the other documents too is not said.
    #[error(
        "approved document {allowing} allows what another one denies, and whether that denial is meant for both is not \
         said: put the denial and what it limits into one document"
    )]
    DenialBetweenApproved {
        /// The place of the document that allows it, from one.
        allowing: usize,
    },
    /// Whether one principal holds both documents is not said.
    #[error(
        "one planned document allows what another one denies, and whether both hold for one principal is not said: put \
         the statements into one document"
    )]
    DenialBetweenPlanned,
}

/// Why a line is no pair.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// The bytes are no text.
    #[error("it is not UTF-8")]
    NotUtf8,
    /// The text is no JSON object of a pair.
    #[error(transparent)]
    NotAPair(#[from] JsonError),
    /// The `id` could not be given back as it came.
    #[error("`id` is neither text nor a number")]
    WrongId,
}

/// One of the documents that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentName {
    /// The only approved one.
    Approved,
    /// One of several approved ones, from one.
    ApprovedAt(usize),
    /// The planned one.
    Planned,
}

impl std::fmt::Display for DocumentName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Approved => f.write_str("approved document"),
            Self::ApprovedAt(number) => write!(f, "approved document {number}"),
            Self::Planned => f.write_str("planned document"),
        }
    }
}
