//! What AWS's words match.
//!
//! In goes one word of a policy; out comes its [`Pattern`]. Actions match in any case, with `*` and `?` anywhere
//! ("Action"). A resource is an ARN whose first five segments match one by one, so that a wildcard in them never
//! runs over a colon, while the sixth is free ("Resource"; AWS's own comparison of policies reads it so). An ARN that
//! is cut short and ends in `*` covers what follows. A policy variable is read only in version 2012-10-17 and only
//! after the fifth colon of a resource or in a condition ("Policy variables").
//!
//! A value that is not known may itself hold wildcards, which is why holes are covered only by themselves and by
//! unbounded runs.

use std::sync::Arc;

use crate::access::{Hole, HoleKind, Pattern, Token};
use crate::lower::{Part, Text};

use super::document::Version;

/// How many colons come before the part of an ARN that is free.
const COLONS: usize = 5;

/// Whether a word whose meaning waits for an unknown value is read as the most or as the least that it may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lean {
    Wide,
    Narrow,
}

impl Lean {
    pub(super) fn opposite(self) -> Self {
        match self {
            Self::Wide => Self::Narrow,
            Self::Narrow => Self::Wide,
        }
    }
}

/// Where `${…}` is a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Variables {
    Nowhere,
    Anywhere,
    AfterFifthColon,
}

impl Variables {
    fn anywhere(version: Version) -> Self {
        match version {
            Version::Old => Self::Nowhere,
            Version::Current => Self::Anywhere,
        }
    }
}

/// One thing that a word spells.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Char(char),
    Star,
    Mark,
    Hole(Hole),
}

/// What a piece comes to.
#[derive(Clone, Debug)]
enum Unit {
    Char(char),
    /// In any case.
    Folded(char),
    Token(Token),
}

/// An action: any case, wildcards anywhere.
pub(super) fn action(text: &Text) -> Pattern {
    spelled(pieces(text, Variables::Nowhere).into_iter().map(|piece| match piece {
        Piece::Char(char) => Unit::Folded(char),
        Piece::Star | Piece::Mark | Piece::Hole(_) => raw(piece),
    }))
}

/// A condition's value under `StringLike`.
pub(super) fn glob(text: &Text, version: Version) -> Pattern {
    spelled(pieces(text, Variables::anywhere(version)).into_iter().map(raw))
}

/// A condition's value under `StringEquals`: wildcards are characters.
pub(super) fn literal(text: &Text, version: Version) -> Pattern {
    spelled(pieces(text, Variables::anywhere(version)).into_iter().map(|piece| match piece {
        Piece::Star => Unit::Char('*'),
        Piece::Mark => Unit::Char('?'),
        Piece::Char(_) | Piece::Hole(_) => raw(piece),
    }))
}

/// A condition's value under `StringEqualsIgnoreCase`; `None` where it holds a variable or an unknown value, whose
/// case nobody can fold.
pub(super) fn folded(text: &Text, version: Version) -> Option<Pattern> {
    let single = |char: char| char.to_lowercase().count() == 1;
    let fold = |piece: Piece| match piece {
        Piece::Char(char) => single(char).then_some(Unit::Folded(char)),
        Piece::Star => Some(Unit::Char('*')),
        Piece::Mark => Some(Unit::Char('?')),
        Piece::Hole(_) => None,
    };
    let units: Option<Vec<Unit>> = pieces(text, Variables::anywhere(version)).into_iter().map(fold).collect();
    units.map(spelled)
}

/// A condition's value under `ArnLike`: six segments. `None` where a variable hides how many there are.
pub(super) fn arn(text: &Text, version: Version) -> Option<Pattern> {
    let pieces = pieces(text, Variables::anywhere(version));
    let early = pieces.iter().take(fifth_colon(&pieces).unwrap_or(pieces.len()));
    let hidden = early.clone().any(|piece| matches!(piece, Piece::Hole(_)));
    let wild = pieces.iter().any(|piece| matches!(piece, Piece::Star | Piece::Mark));
    if hidden && wild { None } else { Some(segments(pieces, Lean::Narrow)) }
}

/// A resource. Errors where the text is no ARN, which AWS refuses.
pub(super) fn resource(text: &Text, version: Version, lean: Lean) -> Result<Pattern, String> {
    let variables = match version {
        Version::Old => Variables::Nowhere,
        Version::Current => Variables::AfterFifthColon,
    };
    let pieces = pieces(text, variables);
    if pieces == [Piece::Star] {
        return Ok(Pattern::any());
    }
    let early = pieces.get(..fifth_colon(&pieces).unwrap_or(pieces.len())).unwrap_or(&pieces);
    let hidden = early.iter().any(|piece| matches!(piece, Piece::Hole(_)));
    let begins = pieces.iter().zip("arn:".chars()).all(|(piece, char)| *piece == Piece::Char(char));
    let whole = fifth_colon(&pieces).is_some() || pieces.last() == Some(&Piece::Star);
    if !(hidden || begins && whole) {
        return Err(format!("the resource `{text}` is no ARN"));
    }
    Ok(segments(pieces, lean))
}

/// A principal's ARN as an approval writes it: wildcards within segments, no variables.
pub(super) fn principal(text: &Text) -> Pattern {
    segments(pieces(text, Variables::Nowhere), Lean::Narrow)
}

/// A word without wildcards or variables.
pub(super) fn exact(text: &Text) -> Pattern {
    literal(text, Version::Old)
}

/// Whether a word has wildcards.
pub(super) fn is_wild(text: &Text) -> bool {
    pieces(text, Variables::Nowhere).iter().any(|piece| matches!(piece, Piece::Star | Piece::Mark))
}

/// The pieces of an ARN: bounded up to the fifth colon, free after it.
fn segments(pieces: Vec<Piece>, lean: Lean) -> Pattern {
    let fifth = fifth_colon(&pieces);
    let last = pieces.len().saturating_sub(1);
    let mut hidden = false;
    let units = pieces.into_iter().enumerate().map(|(index, piece)| {
        let cut_short = fifth.is_none() && index == last;
        let free = fifth.is_some_and(|fifth| index > fifth) || cut_short || (hidden && lean == Lean::Wide);
        let stop = if free { None } else { Some(':') };
        match piece {
            Piece::Star => Unit::Token(Token::Run(stop)),
            // One character at the end of a short ARN does not cover the rest of it.
            Piece::Mark if cut_short => Unit::Token(Token::One(Some(':'))),
            Piece::Mark => Unit::Token(Token::One(stop)),
            Piece::Char(char) => Unit::Char(char),
            Piece::Hole(hole) => {
                // An unknown value may bring colons of its own.
                hidden |= hole.kind == HoleKind::Unknown;
                Unit::Token(Token::Hole(hole))
            }
        }
    });
    spelled(units)
}

fn fifth_colon(pieces: &[Piece]) -> Option<usize> {
    let colons = pieces.iter().enumerate().filter(|(_, piece)| **piece == Piece::Char(':'));
    colons.map(|(index, _)| index).nth(COLONS - 1)
}

fn raw(piece: Piece) -> Unit {
    match piece {
        Piece::Char(char) => Unit::Char(char),
        Piece::Star => Unit::Token(Token::Run(None)),
        Piece::Mark => Unit::Token(Token::One(None)),
        Piece::Hole(hole) => Unit::Token(Token::Hole(hole)),
    }
}

/// The pattern of units, with neighbouring characters joined.
fn spelled(units: impl IntoIterator<Item = Unit>) -> Pattern {
    let (mut tokens, mut exact, mut folded) = (Vec::new(), String::new(), String::new());
    for unit in units {
        match unit {
            Unit::Char(char) => {
                flush(&mut folded, Token::Folded, &mut tokens);
                exact.push(char);
            }
            Unit::Folded(char) => {
                flush(&mut exact, Token::Literal, &mut tokens);
                folded.extend(char.to_lowercase());
            }
            Unit::Token(token) => {
                flush(&mut exact, Token::Literal, &mut tokens);
                flush(&mut folded, Token::Folded, &mut tokens);
                tokens.push(token);
            }
        }
    }
    flush(&mut exact, Token::Literal, &mut tokens);
    flush(&mut folded, Token::Folded, &mut tokens);
    Pattern::new(tokens)
}

fn flush(text: &mut String, token: impl Fn(Arc<str>) -> Token, tokens: &mut Vec<Token>) {
    if !text.is_empty() {
        tokens.push(token(text.as_str().into()));
        text.clear();
    }
}

fn pieces(text: &Text, variables: Variables) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (index, part) in text.parts.iter().enumerate() {
        let known = match part {
            Part::Hole(hole) => {
                pieces.push(Piece::Hole(hole.clone()));
                continue;
            }
            Part::Known(known) => known,
        };
        let mut rest: &str = known;
        while let Some(char) = rest.chars().next() {
            if variables != Variables::Nowhere
                && let Some(inner) = rest.strip_prefix("${")
            {
                if let Some((name, after)) = inner.split_once('}') {
                    let late = variables == Variables::Anywhere || fifth_colon(&pieces).is_some();
                    pieces.push(variable(name, late));
                    rest = after;
                    continue;
                }
                if index + 1 < text.parts.len() {
                    // The variable's name is not wholly known, and nor is what follows it.
                    pieces.push(unknown(&format!("${{{inner}…")));
                    return pieces;
                }
            }
            pieces.push(match char {
                '*' => Piece::Star,
                '?' => Piece::Mark,
                other => Piece::Char(other),
            });
            rest = rest.get(char.len_utf8()..).unwrap_or_default();
        }
    }
    pieces
}

/// What `${name}` stands for. One with a default, or where AWS documents none, equals itself and no more.
fn variable(name: &str, late: bool) -> Piece {
    match name {
        "*" | "?" | "$" => Piece::Char(name.chars().next().unwrap_or('$')),
        _ if !late || name.contains(',') => unknown(&format!("${{{name}}}")),
        _ => Piece::Hole(Hole { kind: HoleKind::Variable, name: name.trim().to_lowercase().into() }),
    }
}

fn unknown(name: &str) -> Piece {
    Piece::Hole(Hole { kind: HoleKind::Unknown, name: name.into() })
}
