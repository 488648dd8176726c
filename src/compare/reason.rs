//! Why two documents could not be compared.
//!
//! A closed set: what is wrong with the input, with a document, or with a document beside others, and what [`Reason`] says
//! of the rest. The sentences are the report's.

use crate::json::JsonError;
use crate::plan::ByteSize;
use crate::reason::Reason;

use super::documents::DocumentRefusal;

/// Why a comparison is undecided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompareReason {
    /// A line of pairs is no pair.
    UnreadableLine {
        /// From one.
        number: usize,
        /// What is wrong with it.
        cause: LineError,
    },
    /// A pair names a provider that does not exist.
    UnknownProvider(String),
    /// A pair lacks one of its documents.
    NoDocument(&'static str),
    /// A document is not JSON.
    NotJson {
        /// Which one.
        document: DocumentName,
        /// Why not.
        cause: JsonError,
    },
    /// A document is JSON, and not what its cloud defines.
    Refused {
        /// Which one.
        document: DocumentName,
        /// Why not.
        cause: DocumentRefusal,
    },
    /// The list of planned documents is empty.
    NothingPlanned,
    /// What the documents say can't be decided.
    Undecided(Reason),
    /// Whether a denial limits the other documents too is not said.
    DenialBetweenApproved {
        /// The place of the document that allows it, from one.
        allowing: usize,
    },
    /// Whether one principal holds both documents is not said.
    DenialBetweenPlanned,
}

/// Why a line is no pair.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// The bytes are no text.
    #[error("it is not UTF-8")]
    NotUtf8,
    /// It has more bytes than are read.
    #[error("it is larger than {0}")]
    TooLarge(ByteSize),
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

impl From<Reason> for CompareReason {
    fn from(reason: Reason) -> Self {
        Self::Undecided(reason)
    }
}
