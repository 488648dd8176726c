//! What stands at one position of a pattern, and which symbols tell it from others.
//!
//! [`super::automaton`] runs over these; nothing here knows a state.

use super::symbol::Symbol;
use crate::{Hole, HoleShape};

/// How a pattern treats placeholders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HoleMode {
    /// Its holes are where the placeholders come from; no other position of it takes one.
    Generate,
    /// A placeholder is taken by its own hole and by an unbounded run, that of a word by any run whose stop no word has, so
    /// that too little matches.
    Under,
    /// Its holes are any run, or any word, and a placeholder may lead to any later position, that of a word to those that
    /// the characters of words lead to, so that too much matches.
    Over,
}

/// What stands at a position.
#[derive(Clone, Copy, Debug)]
pub(super) enum Element<'a> {
    Char(char),
    Folded(char),
    One(Option<char>),
    Run(Option<char>),
    /// The first character of a word.
    WordChar,
    /// Any further characters of it.
    WordRun,
    Hole(&'a Hole),
    /// The end of a pattern.
    End,
}

/// One position of a pattern.
#[derive(Clone, Copy, Debug)]
pub(super) struct ElementPosition<'a> {
    pub(super) element: Element<'a>,
    pub(super) mode: HoleMode,
    pub(super) set: u32,
    /// Whether the pattern is taken out of its set.
    pub(super) excluded: bool,
}

/// Whether it matches the empty string, and any number of characters.
pub(super) fn is_run(element: Element<'_>) -> bool {
    matches!(element, Element::Run(_) | Element::WordRun)
}

/// Whether it matches some character of a word. No run stops at all of them.
pub(super) fn may_take_word_char(element: Element<'_>) -> bool {
    match element {
        // Only a character of a word has one as its lower case, other than the Kelvin sign.
        Element::Char(char) | Element::Folded(char) => HoleShape::is_word_char(char),
        Element::One(_) | Element::Run(_) | Element::WordChar | Element::WordRun => true,
        Element::Hole(_) | Element::End => false,
    }
}

/// The characters that positions require or stop at.
pub(super) fn list_exact_chars<'p, 'a: 'p>(
    positions: impl Iterator<Item = &'p ElementPosition<'a>>,
) -> Vec<char> {
    positions
        .filter_map(|at| match at.element {
            Element::Char(char) => Some(char),
            Element::One(stop) | Element::Run(stop) => stop,
            Element::Folded(_) | Element::WordChar | Element::WordRun | Element::Hole(_) | Element::End => {
                None
            }
        })
        .collect()
}

/// The symbol that only this hole and an over-approximated pattern take.
pub(super) fn as_placeholder<'a>(element: Element<'a>) -> Option<Symbol<'a>> {
    match element {
        Element::Hole(hole) => Some(Symbol::Placeholder(hole)),
        Element::Char(_)
        | Element::Folded(_)
        | Element::One(_)
        | Element::Run(_)
        | Element::WordChar
        | Element::WordRun
        | Element::End => None,
    }
}
