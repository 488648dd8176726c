//! What is written out at the two ends of a pattern.
//!
//! Takes a pattern of the algebra, a text or a glob over addresses, and returns its [`Affixes`]. Two patterns share a
//! string only if their affixes may meet. Case is ignored, and what is not ASCII is taken for unwritten, because lower
//! case is not one character for one there. Both can only make more patterns meet.

use std::sync::Arc;

use access_algebra::{Pattern, Token};

/// The text with which every string of a pattern begins, and the one with which it ends, in lower case.
#[derive(Clone, Debug)]
pub(in crate::judge) struct Affixes {
    prefix: Arc<str>,
    suffix: Arc<str>,
    /// Whether the pattern is one text, which is then both its prefix and its suffix.
    is_whole: bool,
}

/// From which end texts are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Forwards,
    Backwards,
}

impl Affixes {
    pub(in crate::judge) fn of_pattern(pattern: &Pattern) -> Self {
        let text_of = |token: Option<&Token>| match token {
            Some(Token::Literal(text) | Token::Folded(text)) => Some(Arc::clone(text)),
            Some(Token::One(_) | Token::Run(_) | Token::Hole(_)) | None => None,
        };
        match pattern.tokens() {
            [] => Self::of_text(&Arc::from("")),
            [Token::Literal(text) | Token::Folded(text)] => Self::of_text(text),
            tokens => Self::of_ends(
                text_of(tokens.first()).unwrap_or_default(),
                text_of(tokens.last()).unwrap_or_default(),
            ),
        }
    }

    /// Of the one text itself.
    pub(in crate::judge) fn of_text(text: &Arc<str>) -> Self {
        if !text.is_ascii() {
            return Self::of_ends(Arc::clone(text), Arc::clone(text));
        }
        let text = fold(text);
        Self { prefix: Arc::clone(&text), suffix: text, is_whole: true }
    }

    /// Of a text in which `*` stands for any run of characters.
    pub(in crate::judge) fn of_glob(glob: &str) -> Self {
        match (glob.split_once('*'), glob.rsplit_once('*')) {
            (Some((prefix, _)), Some((_, suffix))) => Self::of_ends(prefix.into(), suffix.into()),
            (_, _) => Self::of_text(&glob.into()),
        }
    }

    /// Of everything that begins and ends so.
    fn of_ends(prefix: Arc<str>, suffix: Arc<str>) -> Self {
        let is_unwritten = |char: char| !char.is_ascii();
        let start = prefix.split(is_unwritten).next().unwrap_or_default();
        let prefix = if start.len() == prefix.len() { fold(&prefix) } else { fold(&start.into()) };
        let end = suffix.rsplit(is_unwritten).next().unwrap_or_default();
        let suffix = if end.len() == suffix.len() { fold(&suffix) } else { fold(&end.into()) };
        Self { prefix, suffix, is_whole: false }
    }

    /// Whether the pattern is one text.
    pub(super) fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// The text with which a string begins, read in a direction.
    pub(super) fn start(&self, direction: Direction) -> &str {
        match direction {
            Direction::Forwards => &self.prefix,
            Direction::Backwards => &self.suffix,
        }
    }

    /// Whether two patterns may share a string.
    pub(in crate::judge) fn may_meet(&self, other: &Self) -> bool {
        match (self.is_whole, other.is_whole) {
            (true, true) => self.prefix == other.prefix,
            (true, false) => other.may_spell(&self.prefix),
            (false, true) => self.may_spell(&other.prefix),
            (false, false) => {
                let agrees = |direction: Direction| {
                    let (one, other) = (self.start(direction), other.start(direction));
                    direction.begins(one, other) || direction.begins(other, one)
                };
                agrees(Direction::Forwards) && agrees(Direction::Backwards)
            }
        }
    }

    /// Whether a text lies between the affixes.
    fn may_spell(&self, text: &str) -> bool {
        text.len() >= self.prefix.len() + self.suffix.len()
            && text.starts_with(&*self.prefix)
            && text.ends_with(&*self.suffix)
    }
}

impl Direction {
    /// Whether a text begins with another one.
    pub(super) fn begins(self, text: &str, start: &str) -> bool {
        match self {
            Self::Forwards => text.starts_with(start),
            Self::Backwards => text.ends_with(start),
        }
    }

    /// Which of two texts comes first.
    pub(super) fn compare(self, one: &str, other: &str) -> std::cmp::Ordering {
        match self {
            Self::Forwards => one.cmp(other),
            Self::Backwards => one.bytes().rev().cmp(other.bytes().rev()),
        }
    }
}

/// The text in lower case. INVARIANT: it is ASCII. Most texts are in lower case and keep their place in memory.
fn fold(text: &Arc<str>) -> Arc<str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        text.to_ascii_lowercase().into()
    } else {
        Arc::clone(text)
    }
}
