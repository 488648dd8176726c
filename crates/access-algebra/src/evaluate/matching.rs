//! One pattern against one string: all ways at once.
//!
//! Takes a pattern, a string and the request whose context gives the pattern's variables, and returns whether they match.
//! The pieces of the pattern are taken one after another, and after each is known which beginnings of the string the
//! pieces so far match.

use crate::evaluate::Truth;
use crate::{Context, HoleKind, HoleShape, Pattern, Request, Token};

/// What takes at most one character at a time.
#[derive(Clone, Copy)]
enum PatternPiece {
    Folded(char),
    One(Option<char>),
    Run(Option<char>),
    /// One character of a word, and any run of them.
    WordChar,
    WordRun,
}

pub(super) fn matches(pattern: &Pattern, text: &str, request: &Request) -> Truth {
    if let Some(Token::Literal(first)) = pattern.tokens().first()
        && !text.starts_with(&**first)
    {
        return Truth::No;
    }
    let mut matched = MatchedBeginnings::new(text);
    let mut complete = true;
    for (at, token) in pattern.tokens().iter().enumerate() {
        match token {
            Token::Literal(text) => matched.take_text(text),
            Token::Folded(text) => {
                for char in text.chars() {
                    matched.take(PatternPiece::Folded(char));
                    // Most texts differ from a pattern in their first letters.
                    if matched.ends.is_empty() {
                        return Truth::No;
                    }
                }
            }
            Token::One(stop) => matched.take(PatternPiece::One(*stop)),
            // What is left of the text is matched, from wherever it begins.
            Token::Run(None) if at + 1 == pattern.tokens().len() => matched.ends = vec![text.len()],
            Token::Run(stop) => matched.take(PatternPiece::Run(*stop)),
            Token::Hole(hole) => match (hole.kind, request.context.get(&hole.name)) {
                (HoleKind::Variable, Some(Context::One(value))) => {
                    matched.take_text(value);
                }
                (HoleKind::Variable, Some(Context::Many(_)) | None) => return Truth::No,
                // A missing string may be any of its shape.
                (HoleKind::Fact | HoleKind::Unknown | HoleKind::Unreadable, _) => {
                    complete = false;
                    match hole.shape {
                        HoleShape::Any => matched.take(PatternPiece::Run(None)),
                        HoleShape::Word => {
                            matched.take(PatternPiece::WordChar);
                            matched.take(PatternPiece::WordRun);
                        }
                    }
                }
            },
        }
        if matched.ends.is_empty() {
            return Truth::No;
        }
    }
    match (matched.ends.last() == Some(&text.len()), complete) {
        (true, true) => Truth::Yes,
        (true, false) => Truth::Maybe,
        (false, _) => Truth::No,
    }
}

/// The beginnings of a text that the pieces so far match.
struct MatchedBeginnings<'t> {
    text: &'t str,
    /// Where they end, in bytes, ascending.
    ends: Vec<usize>,
}

impl<'t> MatchedBeginnings<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, ends: vec![0] }
    }

    /// Adds a text.
    fn take_text(&mut self, next: &str) {
        let text = self.text;
        self.ends.retain_mut(|end| {
            let goes_on = text.get(*end..).is_some_and(|rest| rest.starts_with(next));
            *end += next.len();
            goes_on
        });
    }

    /// Adds a piece.
    fn take(&mut self, piece: PatternPiece) {
        let text = self.text;
        let next = |end: usize| {
            let char = text.get(end..)?.chars().next()?;
            takes(piece, char).then_some(end + char.len_utf8())
        };
        match piece {
            PatternPiece::Folded(_) | PatternPiece::One(_) | PatternPiece::WordChar => {
                self.ends.retain_mut(|end| next(*end).map(|longer| *end = longer).is_some());
            }
            PatternPiece::Run(_) | PatternPiece::WordRun => {
                let mut longer: Vec<usize> = Vec::new();
                for start in &self.ends {
                    // Where an earlier one has run past this, it has run on as far as this one would.
                    let is_new = longer.last().is_none_or(|last| last < start);
                    let ends = std::iter::successors(is_new.then_some(*start), |end| next(*end));
                    longer.extend(ends);
                }
                self.ends = longer;
            }
        }
    }
}

fn takes(piece: PatternPiece, char: char) -> bool {
    match piece {
        PatternPiece::Folded(wanted) => lower(char) == wanted,
        PatternPiece::One(stop) | PatternPiece::Run(stop) => stop != Some(char),
        PatternPiece::WordChar | PatternPiece::WordRun => {
            matches!(char, 'A'..='Z' | 'a'..='z' | '0'..='9' | '-' | '_')
        }
    }
}

/// The lower case of a character, where that is one character.
fn lower(char: char) -> char {
    if char.is_ascii() {
        return char.to_ascii_lowercase();
    }
    let mut letters = char.to_lowercase();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => letter,
        (_, _) => char,
    }
}
