//! Whether a text of literals and holes begins with, ends with or holds another text.
//!
//! Simulates the automaton of the searched text: which of its places a match may have reached after each part. A `Word`
//! hole may hold one or more letters, digits, `-` and `_`; an `Any` hole everything.

use crate::value::hole::HoleShape;
use crate::value::text::{Text, TextPart};

/// Whether a letter may stand in a `Word` hole.
pub(super) fn is_word_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '-' || letter == '_'
}

/// `startswith`; `None` where it depends on a hole.
pub(super) fn starts_with(text: &Text, prefix: &str) -> Option<bool> {
    if text.prefix().starts_with(prefix) {
        return Some(true);
    }
    let prefix: Vec<char> = prefix.chars().collect();
    let parts = text.parts().iter().map(|part| (part, Direction::Forward));
    if may_begin(parts, &prefix) { None } else { Some(false) }
}

/// `endswith`; `None` where it depends on a hole.
pub(super) fn ends_with(text: &Text, suffix: &str) -> Option<bool> {
    if text.suffix().ends_with(suffix) {
        return Some(true);
    }
    let suffix: Vec<char> = suffix.chars().rev().collect();
    let parts = text.parts().iter().rev().map(|part| (part, Direction::Backward));
    if may_begin(parts, &suffix) { None } else { Some(false) }
}

/// `strcontains`; `None` where it depends on a hole.
pub(super) fn contains(text: &Text, needle: &str) -> Option<bool> {
    let in_literal = |part: &TextPart| matches!(part, TextPart::Literal(literal) if literal.contains(needle));
    if needle.is_empty() || text.parts().iter().any(in_literal) {
        return Some(true);
    }
    if touches_hole(text, needle) { None } else { Some(false) }
}

/// In which direction a literal is read.
#[derive(Clone, Copy)]
enum Direction {
    Forward,
    Backward,
}

fn letters(literal: &str, direction: Direction) -> Vec<char> {
    match direction {
        Direction::Forward => literal.chars().collect(),
        Direction::Backward => literal.chars().rev().collect(),
    }
}

/// Which places of a searched text a match may have reached: `0` is its beginning, and the last one its end.
struct Reached(Vec<bool>);

impl Reached {
    fn none(searched: &[char]) -> Self {
        Self(vec![false; searched.len() + 1])
    }

    fn start(searched: &[char]) -> Self {
        let mut reached = Self::none(searched);
        reached.add_start();
        reached
    }

    fn add_start(&mut self) {
        self.0.first_mut().into_iter().for_each(|place| *place = true);
    }

    fn is_complete(&self) -> bool {
        self.0.last().copied().unwrap_or_default()
    }

    fn is_empty(&self) -> bool {
        !self.0.contains(&true)
    }

    fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(place, other)| *place |= other);
    }

    /// After one more letter.
    fn step(&self, searched: &[char], letter: char) -> Self {
        let mut next = Self::none(searched);
        let moves = self.0.iter().zip(searched).zip(next.0.iter_mut().skip(1));
        moves.for_each(|((reached, wanted), place)| *place = *reached && *wanted == letter);
        next
    }

    /// After one or more letters of a word.
    fn step_word(&self, searched: &[char]) -> Self {
        let mut next = Self::none(searched);
        let mut was_reached = false;
        let moves = self.0.iter().zip(searched).zip(next.0.iter_mut().skip(1));
        for ((reached, wanted), place) in moves {
            was_reached = (*reached || was_reached) && is_word_letter(*wanted);
            *place = was_reached;
        }
        next
    }
}

/// Whether some filling of the holes begins with the searched text.
fn may_begin<'p>(parts: impl Iterator<Item = (&'p TextPart, Direction)>, searched: &[char]) -> bool {
    let mut reached = Reached::start(searched);
    for (part, direction) in parts {
        match part {
            TextPart::Literal(literal) => {
                for letter in letters(literal, direction) {
                    reached = reached.step(searched, letter);
                    if reached.is_complete() {
                        return true;
                    }
                }
            }
            TextPart::Hole(hole) if hole.shape == HoleShape::Any => return !reached.is_empty(),
            TextPart::Hole(_) => {
                reached = reached.step_word(searched);
                if reached.is_complete() {
                    return true;
                }
            }
        }
        if reached.is_empty() {
            return false;
        }
    }
    false
}

/// Whether, for some filling of the holes, an occurrence of `needle` lies in a hole, wholly or in part. The needle is not
/// empty.
pub(super) fn touches_hole(text: &Text, needle: &str) -> bool {
    let needle: Vec<char> = needle.chars().collect();
    // Matches that began in the literal at hand, and those that have been in a hole.
    let mut clean = Reached::start(&needle);
    let mut touched = Reached::none(&needle);
    for part in text.parts() {
        match part {
            TextPart::Literal(literal) => {
                for letter in literal.chars() {
                    clean = clean.step(&needle, letter);
                    clean.add_start();
                    touched = touched.step(&needle, letter);
                    if touched.is_complete() {
                        return true;
                    }
                }
            }
            TextPart::Hole(hole) if hole.shape == HoleShape::Any => return true,
            TextPart::Hole(_) => {
                clean.add(&touched);
                touched = clean.step_word(&needle);
                if touched.is_complete() {
                    return true;
                }
                clean = Reached::start(&needle);
            }
        }
    }
    false
}
