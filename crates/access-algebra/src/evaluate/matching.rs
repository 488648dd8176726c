//! One pattern against one string: the textbook table.
//!
//! Takes a pattern, a string and the request whose context gives the pattern's variables, and returns whether they match. The table holds, for each prefix of the string, whether the pieces so far match it.

use crate::evaluate::Truth;
use crate::{Context, HoleKind, HoleShape, Pattern, Request, Token};

/// What takes at most one character at a time.
#[derive(Clone, Copy)]
enum PatternPiece {
    Char(char),
    Folded(char),
    One(Option<char>),
    Run(Option<char>),
    /// One character of a word, and any run of them.
    WordChar,
    WordRun,
}

pub(super) fn matches(pattern: &Pattern, text: &str, request: &Request) -> Truth {
    let mut table = Table::new(text);
    let mut complete = true;
    for token in pattern.tokens() {
        match token {
            Token::Literal(text) => text.chars().for_each(|char| table.take(PatternPiece::Char(char))),
            Token::Folded(text) => text.chars().for_each(|char| table.take(PatternPiece::Folded(char))),
            Token::One(stop) => table.take(PatternPiece::One(*stop)),
            Token::Run(stop) => table.take(PatternPiece::Run(*stop)),
            Token::Hole(hole) => match (hole.kind, request.context.get(&hole.name)) {
                (HoleKind::Variable, Some(Context::One(value))) => {
                    value.chars().for_each(|char| table.take(PatternPiece::Char(char)));
                }
                (HoleKind::Variable, Some(Context::Many(_)) | None) => return Truth::No,
                // A missing string may be any of its shape.
                (HoleKind::Fact | HoleKind::Unknown | HoleKind::Unreadable, _) => {
                    complete = false;
                    match hole.shape {
                        HoleShape::Any => table.take(PatternPiece::Run(None)),
                        HoleShape::Word => {
                            table.take(PatternPiece::WordChar);
                            table.take(PatternPiece::WordRun);
                        }
                    }
                }
            },
        }
        if !table.alive {
            return Truth::No;
        }
    }
    match (table.row.last(), complete) {
        (Some(true), true) => Truth::Yes,
        (Some(true), false) => Truth::Maybe,
        (Some(false) | None, _) => Truth::No,
    }
}

/// For each prefix of the text, whether the pieces so far match it.
struct Table<'t> {
    text: &'t str,
    row: Vec<bool>,
    /// Whether some prefix can still match.
    alive: bool,
}

impl<'t> Table<'t> {
    fn new(text: &'t str) -> Self {
        let row = std::iter::once(true).chain(text.chars().map(|_| false)).collect();
        Self { text, row, alive: true }
    }

    /// Adds a piece.
    fn take(&mut self, piece: PatternPiece) {
        if !self.alive {
            return;
        }
        let (mut reached_before, mut running) = (false, false);
        self.alive = false;
        let chars = std::iter::once(None).chain(self.text.chars().map(Some));
        for (cell, char) in self.row.iter_mut().zip(chars) {
            let reached = *cell;
            let one_more = char.is_some_and(|char| takes(piece, char));
            *cell = match piece {
                PatternPiece::Run(_) | PatternPiece::WordRun => reached || (running && one_more),
                PatternPiece::Char(_)
                | PatternPiece::Folded(_)
                | PatternPiece::One(_)
                | PatternPiece::WordChar => reached_before && one_more,
            };
            (reached_before, running) = (reached, *cell);
            self.alive |= *cell;
        }
    }
}

fn takes(piece: PatternPiece, char: char) -> bool {
    match piece {
        PatternPiece::Char(wanted) => char == wanted,
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
