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

use crate::lower::{Part, Text};
use crate::reason::DocumentError;
use access_algebra::{Hole, HoleKind, Pattern, Token};

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
enum Piece<'t> {
    /// Characters that stand for themselves; a piece ends with the fifth colon.
    Text(&'t str),
    Star,
    Mark,
    Hole(Hole),
}

/// A word, taken apart.
#[derive(Debug, Default)]
struct Pieces<'t> {
    list: Vec<Piece<'t>>,
    colons: usize,
    /// How many pieces come before what follows the fifth colon.
    fifth: Option<usize>,
}

impl<'t> Pieces<'t> {
    /// Adds characters, cut after the fifth colon.
    fn text(&mut self, mut text: &'t str) {
        if self.fifth.is_none() {
            let mut colons = text.bytes().enumerate().filter(|(_, byte)| *byte == b':');
            match colons.nth(COLONS - 1 - self.colons) {
                None => self.colons += text.bytes().filter(|byte| *byte == b':').count(),
                Some((at, _)) => {
                    let (early, late) = text.split_at(at + 1);
                    self.list.push(Piece::Text(early));
                    self.fifth = Some(self.list.len());
                    text = late;
                }
            }
        }
        if !text.is_empty() {
            self.list.push(Piece::Text(text));
        }
    }

    /// What comes before the free part; all of it where there is none.
    fn early(&self) -> &[Piece<'t>] {
        self.list.get(..self.fifth.unwrap_or(self.list.len())).unwrap_or(&self.list)
    }

    fn is_wild(&self) -> bool {
        self.list.iter().any(|piece| matches!(piece, Piece::Star | Piece::Mark))
    }

    fn hides_early(&self) -> bool {
        self.early().iter().any(|piece| matches!(piece, Piece::Hole(_)))
    }

    /// The pattern that comes of turning each piece into a token.
    fn spelled(self, token: impl FnMut(Piece<'t>) -> Token) -> Pattern {
        Pattern::new(self.list.into_iter().map(token))
    }
}

/// An action: any case, wildcards anywhere.
pub(super) fn action(text: &Text) -> Pattern {
    pieces(text, Variables::Nowhere).spelled(|piece| match piece {
        Piece::Text(text) => Token::Folded(lower_case(text).into()),
        Piece::Star | Piece::Mark | Piece::Hole(_) => wild(piece),
    })
}

/// A condition's value under `StringLike`.
pub(super) fn glob(text: &Text, version: Version) -> Pattern {
    pieces(text, Variables::anywhere(version)).spelled(wild)
}

/// A condition's value under `StringEquals`: wildcards are characters.
pub(super) fn literal(text: &Text, version: Version) -> Pattern {
    if let Some(plain) = as_plain(text, Variables::anywhere(version)) {
        return Pattern::new([Token::Literal(plain.clone())]);
    }
    pieces(text, Variables::anywhere(version)).spelled(plain)
}

/// A condition's value under `StringEqualsIgnoreCase`; `None` where it holds a variable or an unknown value, whose
/// case nobody can fold.
pub(super) fn folded(text: &Text, version: Version) -> Option<Pattern> {
    let pieces = pieces(text, Variables::anywhere(version));
    let foldable = pieces.list.iter().all(|piece| match piece {
        Piece::Text(text) => text.chars().all(|char| char.to_lowercase().count() == 1),
        Piece::Star | Piece::Mark => true,
        Piece::Hole(_) => false,
    });
    let token = |piece: Piece<'_>| match piece {
        Piece::Text(text) => Token::Folded(lower_case(text).into()),
        Piece::Star => Token::Folded("*".into()),
        Piece::Mark => Token::Folded("?".into()),
        Piece::Hole(hole) => Token::Hole(hole),
    };
    foldable.then(|| pieces.spelled(token))
}

/// A condition's value under `ArnLike`: six segments. `None` where a variable hides how many there are.
pub(super) fn arn(text: &Text, version: Version) -> Option<Pattern> {
    let pieces = pieces(text, Variables::anywhere(version));
    if pieces.hides_early() && pieces.is_wild() { None } else { Some(segments(pieces, Lean::Narrow)) }
}

/// A resource. Errors where the text is no ARN, which AWS refuses.
pub(super) fn resource(text: &Text, version: Version, lean: Lean) -> Result<Pattern, DocumentError> {
    let variables = match version {
        Version::Old => Variables::Nowhere,
        Version::Current => Variables::AfterFifthColon,
    };
    if let Some(plain) = as_plain(text, variables)
        && plain.starts_with("arn:")
        && plain.bytes().filter(|byte| *byte == b':').count() >= COLONS
    {
        return Ok(Pattern::new([Token::Literal(plain.clone())]));
    }
    let pieces = pieces(text, variables);
    if pieces.list == [Piece::Star] {
        return Ok(Pattern::any());
    }
    let begins = matches!(pieces.list.first(), Some(Piece::Text(text)) if text.starts_with("arn:"));
    let whole = pieces.fifth.is_some() || pieces.list.last() == Some(&Piece::Star);
    if !(pieces.hides_early() || begins && whole) {
        return Err(DocumentError::NotAnArn { resource: text.to_string() });
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
    let wild =
        |part: &Part| matches!(part, Part::Known(known) if special(known, Variables::Nowhere).is_some());
    text.parts.iter().any(wild)
}

/// The pieces of an ARN: bounded up to the fifth colon, free after it.
fn segments(pieces: Pieces<'_>, lean: Lean) -> Pattern {
    let fifth = pieces.fifth;
    let last = pieces.list.len().saturating_sub(1);
    let mut hidden = false;
    let mut index = 0;
    pieces.spelled(|piece| {
        let cut_short = fifth.is_none() && index == last;
        let free = fifth.is_some_and(|fifth| index >= fifth) || cut_short || (hidden && lean == Lean::Wide);
        let stop = if free { None } else { Some(':') };
        index += 1;
        match piece {
            Piece::Star => Token::Run(stop),
            // One character at the end of a short ARN does not cover the rest of it.
            Piece::Mark if cut_short => Token::One(Some(':')),
            Piece::Mark => Token::One(stop),
            Piece::Text(text) => Token::Literal(text.into()),
            Piece::Hole(hole) => {
                // An unknown value may bring colons of its own.
                hidden |= matches!(hole.kind, HoleKind::Unknown | HoleKind::Unreadable);
                Token::Hole(hole)
            }
        }
    })
}

/// Lower case letter by letter: what stands around a letter does not matter.
fn lower_case(text: &str) -> String {
    if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        text.chars().flat_map(char::to_lowercase).collect()
    }
}

/// Wildcards are wildcards.
fn wild(piece: Piece<'_>) -> Token {
    match piece {
        Piece::Text(text) => Token::Literal(text.into()),
        Piece::Star => Token::Run(None),
        Piece::Mark => Token::One(None),
        Piece::Hole(hole) => Token::Hole(hole),
    }
}

/// Wildcards are characters.
fn plain(piece: Piece<'_>) -> Token {
    match piece {
        Piece::Text(text) => Token::Literal(text.into()),
        Piece::Star => Token::Literal("*".into()),
        Piece::Mark => Token::Literal("?".into()),
        Piece::Hole(hole) => Token::Hole(hole),
    }
}

/// Where something stands that is more than a character: a wildcard, or what may be a variable.
fn special(text: &str, variables: Variables) -> Option<usize> {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().position(|(at, byte)| match byte {
        b'*' | b'?' => true,
        b'$' => variables != Variables::Nowhere && bytes.get(at + 1) == Some(&b'{'),
        _ => false,
    })
}

/// The text, where all of it is known and all of it is characters.
fn as_plain(text: &Text, variables: Variables) -> Option<&Arc<str>> {
    match text.parts.as_slice() {
        [Part::Known(known)] => special(known, variables).is_none().then_some(known),
        _ => None,
    }
}

fn pieces(text: &Text, variables: Variables) -> Pieces<'_> {
    let mut pieces = Pieces::default();
    for (index, part) in text.parts.iter().enumerate() {
        let known = match part {
            Part::Hole(hole) => {
                pieces.list.push(Piece::Hole(hole.clone()));
                continue;
            }
            Part::Known(known) => known,
        };
        let mut rest: &str = known;
        while let Some(at) = special(rest, variables) {
            let (before, special) = rest.split_at(at);
            pieces.text(before);
            let named = special.strip_prefix("${").filter(|_| variables != Variables::Nowhere);
            rest = match named.map(|inner| (inner, inner.split_once('}'))) {
                Some((_, Some((name, after)))) => {
                    let late = variables == Variables::Anywhere || pieces.fifth.is_some();
                    match name {
                        "*" | "?" | "$" => pieces.text(name),
                        _ => pieces.list.push(variable(name, late)),
                    }
                    after
                }
                Some((inner, None)) if index + 1 < text.parts.len() => {
                    // The variable's name is not wholly known, and nor is what follows it.
                    let rest = text.parts.get(index + 1..).unwrap_or_default();
                    pieces.list.push(open_variable(inner, rest));
                    return pieces;
                }
                Some((_, None)) | None => {
                    let (symbol, after) = special.split_at(1);
                    match symbol {
                        "*" => pieces.list.push(Piece::Star),
                        "?" => pieces.list.push(Piece::Mark),
                        _ => pieces.text(symbol),
                    }
                    after
                }
            };
        }
        pieces.text(rest);
    }
    pieces
}

/// What `${name}` stands for. One with a default, or where AWS documents none, equals itself and no more.
fn variable(name: &str, late: bool) -> Piece<'static> {
    if !late || name.contains(',') {
        return Piece::Hole(Hole { kind: HoleKind::Unreadable, name: format!("${{{name}}}").into() });
    }
    Piece::Hole(Hole { kind: HoleKind::Variable, name: name.trim().to_lowercase().into() })
}

/// What stands for a variable whose name ends in a hole, and for all that follows it. The name says all of it, because
/// holes of one name are taken to be equal.
fn open_variable(start: &str, rest: &[Part]) -> Piece<'static> {
    let is_unknown = |part: &Part| matches!(part, Part::Hole(hole) if hole.kind == HoleKind::Unknown);
    let kind = if rest.iter().any(is_unknown) { HoleKind::Unknown } else { HoleKind::Unreadable };
    Piece::Hole(Hole {
        kind,
        name: format!("${{{start}{}", Text { parts: rest.to_vec(), ..Text::default() }).into(),
    })
}
