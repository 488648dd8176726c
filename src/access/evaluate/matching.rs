//! One pattern against one string: the textbook table.
//!
//! In go a pattern, a string and the request whose context gives the pattern's variables; out comes whether they
//! match. The table holds, for each prefix of the string, whether the pieces so far can spell it.

use crate::access::evaluate::Truth;
use crate::access::{Context, HoleKind, Pattern, Request, Token};

/// A token cut down to what takes at most one character at a time.
enum Piece {
    Char(char),
    Folded(char),
    One(Option<char>),
    Run(Option<char>),
}

pub(super) fn matches(pattern: &Pattern, text: &str, request: &Request) -> Truth {
    let Some((pieces, complete)) = pieces(pattern, request) else { return Truth::No };
    match (spells(&pieces, text), complete) {
        (false, _) => Truth::No,
        (true, false) => Truth::Maybe,
        (true, true) => Truth::Yes,
    }
}

/// The pieces, and whether they are all that there is: a string that nobody gave us may be any run.
/// `None` where a variable has no value.
fn pieces(pattern: &Pattern, request: &Request) -> Option<(Vec<Piece>, bool)> {
    let mut pieces = Vec::new();
    let mut complete = true;
    for token in pattern.tokens() {
        match token {
            Token::Literal(text) => pieces.extend(text.chars().map(Piece::Char)),
            Token::Folded(text) => pieces.extend(text.chars().map(Piece::Folded)),
            Token::One(stop) => pieces.push(Piece::One(*stop)),
            Token::Run(stop) => pieces.push(Piece::Run(*stop)),
            Token::Hole(hole) => match (hole.kind, request.context.get(&hole.name)) {
                (HoleKind::Variable, Some(Context::One(value))) => {
                    pieces.extend(value.chars().map(Piece::Char));
                }
                (HoleKind::Variable, Some(Context::Many(_)) | None) => return None,
                (HoleKind::Fact | HoleKind::Unknown, _) => {
                    complete = false;
                    pieces.push(Piece::Run(None));
                }
            },
        }
    }
    Some((pieces, complete))
}

fn spells(pieces: &[Piece], text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let mut row = vec![false; chars.len() + 1];
    row.iter_mut().take(1).for_each(|cell| *cell = true);
    for piece in pieces {
        row = next_row(piece, &row, &chars);
    }
    row.last().copied().unwrap_or(false)
}

fn next_row(piece: &Piece, row: &[bool], chars: &[char]) -> Vec<bool> {
    let mut next = Vec::with_capacity(row.len());
    let mut running = false;
    for (reached, char) in row.iter().zip(std::iter::once(None).chain(chars.iter().map(Some))) {
        running = match piece {
            Piece::Run(stop) => *reached || (running && char.is_some_and(|char| *stop != Some(*char))),
            Piece::Char(_) | Piece::Folded(_) | Piece::One(_) => false,
        };
        next.push(running);
    }
    if matches!(piece, Piece::Run(_)) {
        return next;
    }
    next.clear();
    next.push(false);
    next.extend(row.iter().zip(chars).map(|(reached, char)| *reached && takes(piece, *char)));
    next
}

fn takes(piece: &Piece, char: char) -> bool {
    match piece {
        Piece::Char(wanted) => char == *wanted,
        Piece::Folded(wanted) => lower(char) == *wanted,
        Piece::One(stop) | Piece::Run(stop) => *stop != Some(char),
    }
}

/// The lower case of a character, where that is one character.
fn lower(char: char) -> char {
    let mut letters = char.to_lowercase();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => letter,
        (_, _) => char,
    }
}
