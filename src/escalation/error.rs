//! What can be wrong with a line of the table of escalation paths.

use crate::reason::Reason;

/// A line that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault}: {line}")]
pub struct UnreadPath {
    /// As it is written.
    pub line: String,
    /// What is wrong with it.
    pub fault: PathFault,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathFault {
    /// It has fewer or more columns.
    #[error("a line has five columns")]
    WrongColumns,
    /// Its dialect does not exist.
    #[error("the dialect does not exist")]
    UndefinedDialect,
    /// One of its permissions is wrong.
    #[error(transparent)]
    Probe(#[from] ProbeFault),
}

/// What is wrong with a permission of a line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProbeFault {
    /// It is the empty text.
    #[error("a permission is missing")]
    NoPermission,
    /// A demand on the context without its value.
    #[error("`?` takes `KEY=VALUE`")]
    NoValue,
    /// A word after the permission that is neither a resource nor a demand.
    #[error("`{word}` begins with none of `@`, `!` and `?`")]
    UndefinedWord {
        /// As it is written.
        word: String,
    },
    /// Its dialect makes several statements or several actions of it.
    #[error("the permission means more than one thing")]
    SeveralMeanings,
    /// A demand whose opposite is not a condition, so that other requests cannot be denied.
    #[error("a demand cannot be negated")]
    NotNegatable,
    /// Its dialect does not read it.
    #[error("its dialect does not read it")]
    Undecided(Reason),
}
