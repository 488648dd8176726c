//! Holes: text, or a whole value, that is not known here.

use std::fmt;
use std::sync::Arc;

/// Why it is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HoleKind {
    /// Terraform knows it only after apply.
    Unknown,
    /// It is given, and nobody here can read it.
    Unreadable,
}

/// What its text looks like, where it is text or a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HoleShape {
    /// Any text, the empty one too.
    #[default]
    Any,
    /// One or more of `A-Z a-z 0-9 - _`: it holds no separator, no wildcard and no `$`.
    Word,
}

/// What names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HoleOrigin {
    /// An attribute of a Terraform object. Two holes with this origin stand for the same value, up to conversions of
    /// its type: their texts are the same.
    Attribute {
        /// The full address of the object.
        address: Arc<str>,
        /// The attribute: `name`, `statement[0].actions`.
        path: Arc<str>,
    },
    /// What a provider fills in: the members of an object or block that neither its plan nor its sources show.
    Provider,
    /// Something else; the words name it for people. Two holes with the same words may stand for two values.
    Words(Arc<str>),
}

/// Text, or a value, that is not known.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hole {
    /// What names it.
    pub origin: HoleOrigin,
    /// Why it is not known.
    pub kind: HoleKind,
    /// What its text looks like.
    pub shape: HoleShape,
}

impl Hole {
    /// An attribute of a Terraform object, known only after apply.
    pub fn attribute(address: impl Into<Arc<str>>, path: impl Into<Arc<str>>) -> Self {
        let origin = HoleOrigin::Attribute { address: address.into(), path: path.into() };
        Self { origin, kind: HoleKind::Unknown, shape: HoleShape::Any }
    }

    /// Something that is known only after apply; the words name it.
    pub fn unknown(words: impl Into<Arc<str>>) -> Self {
        Self { origin: HoleOrigin::Words(words.into()), kind: HoleKind::Unknown, shape: HoleShape::Any }
    }

    /// What a provider fills in of an object, known only after apply.
    pub fn left_to_provider() -> Self {
        Self { origin: HoleOrigin::Provider, kind: HoleKind::Unknown, shape: HoleShape::Any }
    }

    /// Something that nobody here can read; the words name it.
    pub fn unreadable(words: impl Into<Arc<str>>) -> Self {
        Self { origin: HoleOrigin::Words(words.into()), kind: HoleKind::Unreadable, shape: HoleShape::Any }
    }

    /// The same, of this shape.
    #[must_use]
    pub fn shaped(self, shape: HoleShape) -> Self {
        Self { shape, ..self }
    }

    /// What is computed from this one: it rests on the same, and is another value. `words` is the computation:
    /// `upper(…)`.
    #[must_use]
    pub fn computed(&self, words: &str, shape: HoleShape) -> Self {
        let words = format!("{words} of {}", self.origin);
        Self { origin: HoleOrigin::Words(shorten(words).into()), kind: self.kind, shape }
    }

    /// The attribute or element of this one at a step: `.name`, `[0]`, `["k"]`.
    #[must_use]
    pub fn step(&self, step: &str) -> Self {
        match &self.origin {
            HoleOrigin::Attribute { address, path } => {
                let path = join_path(path, step);
                let origin = HoleOrigin::Attribute { address: address.clone(), path: path.into() };
                Self { origin, kind: self.kind, shape: HoleShape::Any }
            }
            HoleOrigin::Provider | HoleOrigin::Words(_) => self.computed(step, HoleShape::Any),
        }
    }
}

/// A path with one step more.
pub(crate) fn join_path(path: &str, step: &str) -> String {
    let step = if path.is_empty() { step.strip_prefix('.').unwrap_or(step) } else { step };
    format!("{path}{step}")
}

/// The longest words, in bytes: one line of a report.
const MAX_WORDS: usize = 200;

fn shorten(mut words: String) -> String {
    if words.len() > MAX_WORDS {
        let end = (0..=MAX_WORDS).rev().find(|at| words.is_char_boundary(*at)).unwrap_or_default();
        words.truncate(end);
        words.push('…');
    }
    words
}

impl fmt::Display for HoleOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attribute { address, path } if path.is_empty() => f.write_str(address),
            Self::Attribute { address, path } => write!(f, "{address}.{path}"),
            Self::Provider => f.write_str("what the provider fills in"),
            Self::Words(words) => f.write_str(words),
        }
    }
}
