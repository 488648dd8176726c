//! Strings that a source names without giving them.
//!
//! Takes why a string is missing, what names it and what is known of its characters, and returns a [`Hole`], one token
//! of a pattern. The decision procedure and [`crate::evaluate`] read a hole each in their own way.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// A string that the source names without giving it.
///
/// Two holes of one kind and one name stand for the same string. So the shape is knowledge about a hole and no part of
/// what it is: holes that differ in nothing else are equal, and each may be read by the shape that is written at it.
#[derive(Clone)]
pub struct Hole {
    /// Why the string is not known.
    pub kind: HoleKind,
    /// What names it. For [`HoleKind::Variable`] the lower-cased context key.
    pub name: Arc<str>,
    /// What is known of its characters.
    pub shape: HoleShape,
}

/// Why a string is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HoleKind {
    /// A policy variable: the request's context gives the value, so a witness may choose it.
    Variable,
    /// One fixed value that the caller did not give, such as an account number.
    Fact,
    /// A value known only after apply.
    Unknown,
    /// A value that is given and cannot be read.
    Unreadable,
}

/// What is known of the characters of a string that is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HoleShape {
    /// Nothing: it may be empty, and hold separators and even wildcards.
    #[default]
    Any,
    /// One or more of `A-Z a-z 0-9 - _`: no separator, no wildcard, no `$`.
    Word,
}

impl HoleShape {
    /// Whether a [`HoleShape::Word`] may hold a character.
    pub fn is_word_char(char: char) -> bool {
        char.is_ascii_alphanumeric() || char == '-' || char == '_'
    }
}

impl Hole {
    /// A hole of which nothing is known but its name.
    pub fn new(kind: HoleKind, name: impl Into<Arc<str>>) -> Self {
        Self { kind, name: name.into(), shape: HoleShape::Any }
    }

    /// A hole that stands for a word, see [`HoleShape::Word`].
    pub fn word(kind: HoleKind, name: impl Into<Arc<str>>) -> Self {
        Self { kind, name: name.into(), shape: HoleShape::Word }
    }

    /// Whether it certainly stands for a word. A policy variable never does: the request gives it any value.
    pub fn is_word(&self) -> bool {
        self.shape == HoleShape::Word && self.kind != HoleKind::Variable
    }
}

impl PartialEq for Hole {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && self.name == other.name
    }
}

impl Eq for Hole {}

impl Hash for Hole {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.kind.hash(state);
        self.name.hash(state);
    }
}

impl PartialOrd for Hole {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Hole {
    fn cmp(&self, other: &Self) -> Ordering {
        self.kind.cmp(&other.kind).then_with(|| self.name.cmp(&other.name))
    }
}

impl fmt::Debug for Hole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:?} ${{{}}}", self.kind, self.shape, self.name)
    }
}
