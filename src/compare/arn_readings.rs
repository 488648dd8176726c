//! Whether the answer depends on how a wildcard in an ARN is read.
//!
//! AWS's own comparison of policies and its simulator match an ARN segment by segment, and so does the answer. Its
//! "Resource" page can also be read so that a `*` at the end of a segment matches the following colons, and some tools
//! match the whole ARN as one text. Takes both sides with the answer, and returns another reading under which the answer
//! would differ.

use access_algebra::evaluate::{self, Truth};
use access_algebra::{Access, Pattern, Request, Statement, Strings, Token};

use super::{LoweredSides, SidesDecision};

/// What separates the segments of an ARN.
const COLON: char = ':';

/// How else a wildcard may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArnReading {
    /// A `*` at the end of its segment matches colons.
    Ending,
    /// Every wildcard matches colons.
    Whole,
}

/// Another reading, and the answer that it gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherReading {
    /// How wildcards are read.
    pub reading: ArnReading,
    /// The word for its answer.
    pub answer: &'static str,
    /// A request that shows it, where the answer would be `exceeds`.
    pub example: Option<Box<Request>>,
}

/// Finds a reading with another answer.
pub(super) fn find_other_reading(
    sides: &LoweredSides<'_>,
    decision: &SidesDecision<'_>,
) -> Option<OtherReading> {
    let approved = sides.approved.parts().iter().map(|part| &*part.access);
    let planned = sides.planned.iter().map(|document| &document.access);
    if !approved.chain(planned).any(has_bounded_wildcard) {
        return None;
    }
    [ArnReading::Ending, ArnReading::Whole].into_iter().find_map(|reading| {
        if still_exceeds(sides, decision, reading) {
            return None;
        }
        let looser = sides.map_accesses(|access| loosen(reading, access.clone()));
        let other = looser.decide();
        let example = match &other {
            SidesDecision::Exceeds { witness, .. } => Some(Box::new(witness.request.clone())),
            SidesDecision::Contained | SidesDecision::Undecided(_) => None,
        };
        let answer = other.word();
        (answer != decision.word()).then_some(OtherReading { reading, answer, example })
    })
}

/// Whether the witness of an answer is one under another reading, too. Most are: then nothing has to be decided again.
fn still_exceeds(sides: &LoweredSides<'_>, decision: &SidesDecision<'_>, reading: ArnReading) -> bool {
    let SidesDecision::Exceeds { planned, witness } = decision else { return false };
    let request = &witness.request;
    // A reading changes no more than what statements say of resources.
    let may_speak = |statement: &&Statement| {
        evaluate::is_member(&statement.principals, &request.principal, request) != Truth::No
            && evaluate::is_member(&statement.actions, &request.action, request) != Truth::No
    };
    let judge = |access: &Access| {
        let statements = access.statements.iter().filter(may_speak).cloned().collect();
        evaluate::judge(&loosen(reading, Access { statements }), request)
    };
    sides.approved.parts().iter().all(|part| part.narrowed_by.is_none())
        && judge(planned) == Truth::Yes
        && judge(sides.approved.union()) == Truth::No
        && sides.are_without_cross_denials()
}

fn has_bounded_wildcard(access: &Access) -> bool {
    let is_bounded = |token: &Token| matches!(token, Token::Run(Some(COLON)) | Token::One(Some(COLON)));
    let any =
        |set: &Strings| set.include.iter().chain(&set.exclude).flat_map(Pattern::tokens).any(is_bounded);
    access.statements.iter().any(|statement| any(&statement.resources))
}

fn loosen(reading: ArnReading, mut looser: Access) -> Access {
    for statement in &mut looser.statements {
        let resources = &mut statement.resources;
        for pattern in resources.include.iter_mut().chain(&mut resources.exclude) {
            *pattern = loosen_pattern(reading, pattern);
        }
    }
    looser
}

fn loosen_pattern(reading: ArnReading, pattern: &Pattern) -> Pattern {
    let tokens = pattern.tokens();
    let free = tokens.iter().enumerate().map(|(at, token)| {
        let ends = matches!(tokens.get(at + 1), Some(Token::Literal(next)) if next.starts_with(COLON));
        match (reading, token) {
            (ArnReading::Whole, Token::Run(Some(COLON))) => Token::Run(None),
            (ArnReading::Whole, Token::One(Some(COLON))) => Token::One(None),
            (ArnReading::Ending, Token::Run(Some(COLON))) if ends => Token::Run(None),
            _ => token.clone(),
        }
    });
    Pattern::new(free)
}
