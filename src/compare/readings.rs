//! Whether the answer hangs on how a wildcard in an ARN is read.
//!
//! AWS's own comparison of policies and its simulator match an ARN segment by segment, and so does the answer. Its
//! "Resource" page can also be read so that a `*` at the end of a segment runs on over the colon, and some tools match
//! the whole ARN as one text. Where either reading would give another answer, the reader is told.

use crate::lower::Lowered;
use access_algebra::{Pattern, Statement, Strings, Token};

use super::{Conclusion, Sides, decide, word};

/// What separates the segments of an ARN.
const COLON: char = ':';

/// How else a wildcard may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    /// A `*` that ends its segment runs over colons.
    Ending,
    /// Every wildcard matches colons.
    Whole,
}

/// What to say where another reading gives another answer.
pub(super) fn note(sides: &Sides, result: &Conclusion) -> Option<String> {
    let bounded = |token: &Token| matches!(token, Token::Run(Some(COLON)) | Token::One(Some(COLON)));
    let mut statements = sides.approved.iter().chain(&sides.planned).flat_map(|one| &one.access.statements);
    let is_bounded =
        |set: &Strings| set.include.iter().chain(&set.exclude).flat_map(Pattern::tokens).any(bounded);
    if !statements.any(|statement| is_bounded(&statement.resources)) {
        return None;
    }
    [Reading::Ending, Reading::Whole].into_iter().find_map(|reading| {
        let other = decide(&Sides {
            approved: sides.approved.iter().map(|one| looser(reading, one)).collect(),
            planned: sides.planned.iter().map(|one| looser(reading, one)).collect(),
        });
        (word(&other) != word(result)).then(|| words(reading, &other))
    })
}

fn words(reading: Reading, other: &Conclusion) -> String {
    let read = match reading {
        Reading::Ending => {
            "if a `*` at the end of an ARN's segment ran over the colon, as AWS's \"Resource\" page can be read"
        }
        Reading::Whole => "if wildcards ran over the colons of an ARN, as some tools match them",
    };
    let example = match other {
        Conclusion::Exceeds(witness) => {
            let request = &witness.request;
            format!(", by {} on {}", request.action, request.resource)
        }
        Conclusion::Contained | Conclusion::Undecided(_) => String::new(),
    };
    format!("{read}, the answer would be `{}`{example}", word(other))
}

fn looser(reading: Reading, lowered: &Lowered) -> Lowered {
    let mut looser = lowered.clone();
    for Statement { resources, .. } in &mut looser.access.statements {
        for pattern in resources.include.iter_mut().chain(&mut resources.exclude) {
            *pattern = unbounded(reading, pattern);
        }
    }
    looser
}

fn unbounded(reading: Reading, pattern: &Pattern) -> Pattern {
    let tokens = pattern.tokens();
    let free = tokens.iter().enumerate().map(|(at, token)| {
        let ends = matches!(tokens.get(at + 1), Some(Token::Literal(next)) if next.starts_with(COLON));
        match (reading, token) {
            (Reading::Whole, Token::Run(Some(COLON))) => Token::Run(None),
            (Reading::Whole, Token::One(Some(COLON))) => Token::One(None),
            (Reading::Ending, Token::Run(Some(COLON))) if ends => Token::Run(None),
            _ => token.clone(),
        }
    });
    Pattern::new(free)
}
