//! What could not be read, where, and why; and the answer to a question about the sources.
//!
//! A question has four answers, because what was not read is not absent: an answer that depends on an unreadable part
//! names that part.

use crate::source::Place;

/// What the sources say about one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup<T> {
    /// It stands there.
    Written(T),
    /// Every file of the module was read, and it does not stand there.
    Absent,
    /// It is part of something larger from which it cannot be told apart: a `dynamic` block, one of several blocks
    /// whose order only the provider knows, an element of an expression.
    Computed(Place),
    /// The part of the sources that would say it could not be read.
    Unreadable(UnreadPart),
}

impl<T> Lookup<T> {
    /// Another answer, which depends on what is written.
    pub fn and_then<U>(self, next: impl FnOnce(T) -> Lookup<U>) -> Lookup<U> {
        match self {
            Self::Written(written) => next(written),
            Self::Absent => Lookup::Absent,
            Self::Computed(place) => Lookup::Computed(place),
            Self::Unreadable(part) => Lookup::Unreadable(part),
        }
    }

    /// What is written, where it is.
    pub fn written(self) -> Option<T> {
        match self {
            Self::Written(written) => Some(written),
            Self::Absent | Self::Computed(_) | Self::Unreadable(_) => None,
        }
    }
}

/// A file, a block or an argument that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadPart {
    /// Where it begins.
    pub place: Place,
    /// Why it could not be read.
    pub cause: UnreadCause,
}

/// Why a part of the sources could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnreadCause {
    /// The bytes of the file are no UTF-8 text.
    #[error("the file is not UTF-8 text")]
    NotText,
    /// The name of the file says neither `.tf` nor `.tf.json` (or OpenTofu's `.tofu`).
    #[error("files of this kind are not known to this version")]
    FileKind,
    /// `x.tf` beside `x.tofu`: Terraform reads the first and OpenTofu the second.
    #[error("a `.tf` and a `.tofu` file have the same name, and it is not known which of them counts")]
    Shadowed,
    /// The plan names a module and the sources do not hold it.
    #[error("the sources do not hold this module")]
    NoModule,
    /// A module is listed, and none of its files is there.
    #[error("the files of this module are missing")]
    NoFiles,
    /// A block of a kind, or with labels, that this version does not know.
    #[error("blocks of this kind are not known to this version")]
    BlockKind,
    /// Something else stands where an argument or a block has to.
    #[error("this is no argument and no block")]
    Syntax,
    /// A string, heredoc, comment or bracket has no end.
    #[error("what begins here has no end")]
    Unterminated,
    /// Templates, blocks or brackets within each other, more than are read.
    #[error("this is nested too deeply")]
    TooDeep,
    /// The expression is not understood.
    #[error("the expression is not understood")]
    Expression,
    /// The file or value is no JSON, or a value has another shape than the configuration gives it.
    #[error("this is not the JSON that a configuration has here")]
    Json,
    /// Two blocks of one kind and name, outside override files.
    #[error("the same thing is declared twice")]
    DeclaredTwice,
    /// An override file names something that no other file declares.
    #[error("this overrides something that is not declared")]
    OverridesNothing,
}
