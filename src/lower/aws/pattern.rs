//! AWS's actions, resources and condition values as patterns.
//!
//! Takes one word of a policy and returns its [`Pattern`]. Actions match in any case, with `*` and `?` anywhere
//! ("Action"). A resource is an ARN whose first five segments match one by one, so that a wildcard in them never
//! runs over a colon, while the sixth is free ("Resource"; AWS's own comparison of policies reads it so). An ARN that
//! is cut short and ends in `*` covers what follows. A policy variable is read only in version 2012-10-17 and only
//! after the fifth colon of a resource or in a condition ("Policy variables").
//!
//! A value that is not known may itself hold wildcards and colons, which is why holes are covered only by themselves and
//! by unbounded runs, and why nobody knows in which segment of an ARN they end. One that is known to be a word holds
//! neither: it is characters like any others.

use std::sync::Arc;

use crate::lower::{Text, TextPart};
use crate::reason::DocumentError;
use access_algebra::{Hole, HoleKind, Pattern, Token};

use super::element::PolicyVersion;

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
enum VariableScope {
    Nowhere,
    Anywhere,
    AfterFifthColon,
}

impl VariableScope {
    fn anywhere(version: PolicyVersion) -> Self {
        match version {
            PolicyVersion::Old => Self::Nowhere,
            PolicyVersion::Current => Self::Anywhere,
        }
    }
}

/// One thing that a word spells.
#[derive(Clone, Debug, PartialEq, Eq)]
enum WordPiece<'t> {
    /// Characters that stand for themselves; a piece ends with the fifth colon.
    Text(&'t str),
    Star,
    Mark,
    Hole(Hole),
}

/// A word, taken apart.
#[derive(Debug, Default)]
struct WordPieces<'t> {
    list: Vec<WordPiece<'t>>,
    colons: usize,
    /// How many pieces come before what follows the fifth colon.
    fifth: Option<usize>,
}

impl<'t> WordPieces<'t> {
    /// Adds characters, cut after the fifth colon.
    fn push_text(&mut self, mut text: &'t str) {
        if self.fifth.is_none() {
            let mut colons = text.bytes().enumerate().filter(|(_, byte)| *byte == b':');
            match colons.nth(COLONS - 1 - self.colons) {
                None => self.colons += text.bytes().filter(|byte| *byte == b':').count(),
                Some((at, _)) => {
                    let (early, late) = text.split_at(at + 1);
                    self.list.push(WordPiece::Text(early));
                    self.fifth = Some(self.list.len());
                    text = late;
                }
            }
        }
        if !text.is_empty() {
            self.list.push(WordPiece::Text(text));
        }
    }

    /// What comes before the free part; all of it where there is none.
    fn early(&self) -> &[WordPiece<'t>] {
        self.list.get(..self.fifth.unwrap_or(self.list.len())).unwrap_or(&self.list)
    }

    fn is_wild(&self) -> bool {
        self.list.iter().any(|piece| matches!(piece, WordPiece::Star | WordPiece::Mark))
    }

    /// Whether nobody knows how many segments there are.
    fn hides_early(&self) -> bool {
        self.early().iter().any(|piece| matches!(piece, WordPiece::Hole(hole) if !hole.is_word()))
    }

    /// The pattern that comes of turning each piece into a token.
    fn spelled(self, token: impl FnMut(WordPiece<'t>) -> Token) -> Pattern {
        Pattern::new(self.list.into_iter().map(token))
    }
}

/// An action: any case, wildcards anywhere.
pub(super) fn match_action(text: &Text) -> Pattern {
    if let Some(plain) = as_plain(text, VariableScope::Nowhere) {
        return Pattern::new([Token::Folded(to_lower_case(plain).into())]);
    }
    split_word(text, VariableScope::Nowhere).spelled(|piece| match piece {
        WordPiece::Text(text) => Token::Folded(to_lower_case(text).into()),
        WordPiece::Star | WordPiece::Mark | WordPiece::Hole(_) => wild_token(piece),
    })
}

/// A condition's value under `StringLike`.
pub(super) fn match_glob(text: &Text, version: PolicyVersion) -> Pattern {
    split_word(text, VariableScope::anywhere(version)).spelled(wild_token)
}

/// A condition's value under `StringEquals`: wildcards are characters.
pub(super) fn match_literal(text: &Text, version: PolicyVersion) -> Pattern {
    if let Some(plain) = as_plain(text, VariableScope::anywhere(version)) {
        return Pattern::new([Token::Literal(plain.clone())]);
    }
    split_word(text, VariableScope::anywhere(version)).spelled(plain_token)
}

/// A condition's value under `StringEqualsIgnoreCase`; `None` where it holds a variable or an unknown value, whose
/// case nobody can fold.
pub(super) fn match_folded(text: &Text, version: PolicyVersion) -> Option<Pattern> {
    let pieces = split_word(text, VariableScope::anywhere(version));
    let foldable = pieces.list.iter().all(|piece| match piece {
        WordPiece::Text(text) => text.chars().all(|char| char.to_lowercase().count() == 1),
        WordPiece::Star | WordPiece::Mark => true,
        WordPiece::Hole(_) => false,
    });
    let token = |piece: WordPiece<'_>| match piece {
        WordPiece::Text(text) => Token::Folded(to_lower_case(text).into()),
        WordPiece::Star => Token::Folded("*".into()),
        WordPiece::Mark => Token::Folded("?".into()),
        WordPiece::Hole(hole) => Token::Hole(hole),
    };
    foldable.then(|| pieces.spelled(token))
}

/// A condition's value under `ArnLike`: six segments. `None` where a variable hides how many there are.
pub(super) fn match_arn(text: &Text, version: PolicyVersion) -> Option<Pattern> {
    let pieces = split_word(text, VariableScope::anywhere(version));
    if pieces.hides_early() && pieces.is_wild() { None } else { Some(spell_segments(pieces, Lean::Narrow)) }
}

/// A resource. Errors where the text is no ARN, which AWS refuses.
pub(super) fn match_resource(
    text: &Text,
    version: PolicyVersion,
    lean: Lean,
) -> Result<Pattern, DocumentError> {
    let variables = match version {
        PolicyVersion::Old => VariableScope::Nowhere,
        PolicyVersion::Current => VariableScope::AfterFifthColon,
    };
    if let Some(plain) = as_plain(text, variables)
        && plain.starts_with("arn:")
        && plain.bytes().filter(|byte| *byte == b':').count() >= COLONS
    {
        return Ok(Pattern::new([Token::Literal(plain.clone())]));
    }
    let pieces = split_word(text, variables);
    if pieces.list == [WordPiece::Star] {
        return Ok(Pattern::any());
    }
    let begins = matches!(pieces.list.first(), Some(WordPiece::Text(text)) if text.starts_with("arn:"));
    let whole = pieces.fifth.is_some() || pieces.list.last() == Some(&WordPiece::Star);
    if !(pieces.hides_early() || begins && whole) {
        return Err(DocumentError::NotAnArn { resource: text.to_string() });
    }
    Ok(spell_segments(pieces, lean))
}

/// A principal's ARN as an approval or a rule writes it: wildcards within segments, no variables.
pub(super) fn match_principal(text: &Text, lean: Lean) -> Pattern {
    spell_segments(split_word(text, VariableScope::Nowhere), lean)
}

/// A word without wildcards or variables.
pub(super) fn match_exact(text: &Text) -> Pattern {
    match_literal(text, PolicyVersion::Old)
}

/// Whether a word has wildcards.
pub(super) fn is_wild(text: &Text) -> bool {
    let wild = |part: &TextPart| matches!(part, TextPart::Known(known) if find_special(known, VariableScope::Nowhere).is_some());
    text.parts.iter().any(wild)
}

/// The pieces of an ARN: bounded up to the fifth colon, free after it.
fn spell_segments(pieces: WordPieces<'_>, lean: Lean) -> Pattern {
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
            WordPiece::Star => Token::Run(stop),
            // One character at the end of a short ARN does not cover the rest of it.
            WordPiece::Mark if cut_short => Token::One(Some(':')),
            WordPiece::Mark => Token::One(stop),
            WordPiece::Text(text) => Token::Literal(text.into()),
            WordPiece::Hole(hole) => {
                // An unknown value may bring colons of its own, but a word none.
                hidden |= matches!(hole.kind, HoleKind::Unknown | HoleKind::Unreadable) && !hole.is_word();
                Token::Hole(hole)
            }
        }
    })
}

/// Lower case letter by letter: what stands around a letter does not matter.
fn to_lower_case(text: &str) -> String {
    if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        text.chars().flat_map(char::to_lowercase).collect()
    }
}

/// Wildcards are wildcards.
fn wild_token(piece: WordPiece<'_>) -> Token {
    match piece {
        WordPiece::Text(text) => Token::Literal(text.into()),
        WordPiece::Star => Token::Run(None),
        WordPiece::Mark => Token::One(None),
        WordPiece::Hole(hole) => Token::Hole(hole),
    }
}

/// Wildcards are characters.
fn plain_token(piece: WordPiece<'_>) -> Token {
    match piece {
        WordPiece::Text(text) => Token::Literal(text.into()),
        WordPiece::Star => Token::Literal("*".into()),
        WordPiece::Mark => Token::Literal("?".into()),
        WordPiece::Hole(hole) => Token::Hole(hole),
    }
}

/// Where something stands that is more than a character: a wildcard, or what may be a variable.
fn find_special(text: &str, variables: VariableScope) -> Option<usize> {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().position(|(at, byte)| match byte {
        b'*' | b'?' => true,
        b'$' => variables != VariableScope::Nowhere && bytes.get(at + 1) == Some(&b'{'),
        _ => false,
    })
}

/// The text, where all of it is known and all of it is characters.
fn as_plain(text: &Text, variables: VariableScope) -> Option<&Arc<str>> {
    match text.parts.as_slice() {
        [TextPart::Known(known)] => find_special(known, variables).is_none().then_some(known),
        _ => None,
    }
}

fn split_word(text: &Text, variables: VariableScope) -> WordPieces<'_> {
    let mut pieces = WordPieces::default();
    for (index, part) in text.parts.iter().enumerate() {
        let known = match part {
            TextPart::Hole(hole) => {
                pieces.list.push(WordPiece::Hole(hole.clone()));
                continue;
            }
            TextPart::Known(known) => known,
        };
        let mut rest: &str = known;
        while let Some(at) = find_special(rest, variables) {
            let (before, special) = rest.split_at(at);
            pieces.push_text(before);
            let named = special.strip_prefix("${").filter(|_| variables != VariableScope::Nowhere);
            rest = match named.map(|inner| (inner, inner.split_once('}'))) {
                Some((_, Some((name, after)))) => {
                    let late = variables == VariableScope::Anywhere || pieces.fifth.is_some();
                    match name {
                        "*" | "?" | "$" => pieces.push_text(name),
                        _ => pieces.list.push(variable_piece(name, late)),
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
                        "*" => pieces.list.push(WordPiece::Star),
                        "?" => pieces.list.push(WordPiece::Mark),
                        _ => pieces.push_text(symbol),
                    }
                    after
                }
            };
        }
        pieces.push_text(rest);
    }
    pieces
}

/// What `${name}` stands for. One with a default, or where AWS documents none, equals itself and no more.
fn variable_piece(name: &str, late: bool) -> WordPiece<'static> {
    if !late || name.contains(',') {
        return WordPiece::Hole(Hole::new(HoleKind::Unreadable, format!("${{{name}}}")));
    }
    WordPiece::Hole(Hole::new(HoleKind::Variable, name.trim().to_lowercase()))
}

/// What stands for a variable whose name ends in a hole, and for all that follows it. The name says all of it, because
/// holes of one name are taken to be equal.
fn open_variable(start: &str, rest: &[TextPart]) -> WordPiece<'static> {
    let is_unknown = |part: &TextPart| matches!(part, TextPart::Hole(hole) if hole.kind == HoleKind::Unknown);
    let kind = if rest.iter().any(is_unknown) { HoleKind::Unknown } else { HoleKind::Unreadable };
    let rest = Text { parts: rest.to_vec(), ..Text::default() };
    WordPiece::Hole(Hole::new(kind, format!("${{{start}{rest}")))
}
