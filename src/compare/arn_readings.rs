//! Whether the answer depends on how a wildcard in an ARN is read.
//!
//! AWS's own comparison of policies and its simulator match an ARN segment by segment, and so does the answer. Its
//! "Resource" page can also be read so that a `*` at the end of a segment matches the following colons, and some tools
//! match the whole ARN as one text. Takes both sides with the answer, and returns another reading under which the answer
//! would differ.

use access_algebra::evaluate::{self, Truth};
use access_algebra::{Access, Containment, Effect, Pattern, Request, Statement, Token, contains};

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
    let speaking = SpeakingStatements::of_witness(sides, decision);
    [ArnReading::Ending, ArnReading::Whole].into_iter().find_map(|reading| {
        if speaking.as_ref().is_some_and(|speaking| speaking.still_exceed(reading))
            || *decision == SidesDecision::Contained && still_contains(sides, reading)
        {
            return None;
        }
        let looser = sides.map_accesses(|access| loosen(reading, access));
        let other = looser.decide();
        let example = match &other {
            SidesDecision::Exceeds { witness, .. } => Some(Box::new(witness.request.clone())),
            SidesDecision::Contained | SidesDecision::Undecided(_) => None,
        };
        let answer = other.word();
        (answer != decision.word()).then_some(OtherReading { reading, answer, example })
    })
}

/// What both sides say of a witness, whatever its resource is. A reading changes no more than what statements say of
/// resources.
struct SpeakingStatements<'s> {
    witness: &'s Request,
    planned: Vec<&'s Statement>,
    approved: Vec<&'s Statement>,
}

impl<'s> SpeakingStatements<'s> {
    /// Collects the statements; `None` where there is no witness, or where more than the two Accesses decides whether a
    /// request is one.
    fn of_witness(sides: &'s LoweredSides<'_>, decision: &'s SidesDecision<'_>) -> Option<Self> {
        let SidesDecision::Exceeds { planned, witness } = decision else { return None };
        let is_decisive = sides.approved.parts().iter().all(|part| part.narrowed_by.is_none())
            && sides.are_without_cross_denials();
        let request = &witness.request;
        let may_speak = |statement: &&Statement| {
            evaluate::is_member(&statement.principals, &request.principal, request) != Truth::No
                && evaluate::is_member(&statement.actions, &request.action, request) != Truth::No
        };
        let collect = |access: &'s Access| access.statements.iter().filter(may_speak).collect();
        is_decisive.then(|| Self {
            witness: request,
            planned: collect(planned),
            approved: collect(sides.approved.union()),
        })
    }

    /// Whether the witness is one under another reading, too. Most are: then nothing has to be decided again.
    fn still_exceed(&self, reading: ArnReading) -> bool {
        let judge = |statements: &[&Statement]| {
            let statements = statements.iter().map(|one| loosen_statement(reading, (*one).clone()));
            evaluate::judge(&Access { statements: statements.collect() }, self.witness)
        };
        judge(&self.planned) == Truth::Yes && judge(&self.approved) == Truth::No
    }
}

/// Whether what is contained is certainly so under another reading. Wildcards that match more make an allowance or a denial
/// wider unless they stand in an exclusion; so only allowances with such wildcards are compared again where nothing
/// approved becomes narrower and nothing that is planned is denied less.
fn still_contains(sides: &LoweredSides<'_>, reading: ArnReading) -> bool {
    let approved = || sides.approved.parts().iter().flat_map(|part| &part.access.statements);
    let may_narrow = |statement: &Statement| match statement.effect {
        Effect::Allow => statement.resources.exclude.iter().any(has_bounded),
        Effect::Deny => has_bounded_resource(statement),
    };
    let is_denied_less =
        |one: &Statement| one.effect == Effect::Deny && one.resources.exclude.iter().any(has_bounded);
    let planned = || sides.planned.iter().flat_map(|document| &document.access.statements);
    if approved().any(may_narrow) || planned().any(is_denied_less) {
        return false;
    }
    let is_wider = |one: &&Statement| one.effect == Effect::Allow && has_bounded_resource(one);
    if !planned().any(|one| is_wider(&one)) {
        return true;
    }
    let loosen_all = |statements: &mut dyn Iterator<Item = &Statement>| Access {
        statements: statements.map(|one| loosen_statement(reading, one.clone())).collect(),
    };
    let union = loosen_all(&mut approved());
    sides.planned.iter().all(|document| {
        let compared = |one: &&Statement| one.effect == Effect::Deny || is_wider(one);
        let access = loosen_all(&mut document.access.statements.iter().filter(compared));
        contains(&union, &access) == Containment::Contained
    })
}

fn has_bounded_wildcard(access: &Access) -> bool {
    access.statements.iter().any(has_bounded_resource)
}

fn has_bounded_resource(statement: &Statement) -> bool {
    statement.resources.include.iter().chain(&statement.resources.exclude).any(has_bounded)
}

fn has_bounded(pattern: &Pattern) -> bool {
    let is_bounded = |token: &Token| matches!(token, Token::Run(Some(COLON)) | Token::One(Some(COLON)));
    pattern.tokens().iter().any(is_bounded)
}

fn loosen(reading: ArnReading, access: &Access) -> Access {
    let statements = access.statements.iter().map(|one| loosen_statement(reading, one.clone()));
    Access { statements: statements.collect() }
}

fn loosen_statement(reading: ArnReading, mut looser: Statement) -> Statement {
    let resources = &mut looser.resources;
    for pattern in resources.include.iter_mut().chain(&mut resources.exclude) {
        if has_bounded(pattern) {
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

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use access_algebra::{Access, Effect, Pattern, Statement, Strings, Token};

    use super::{ArnReading, LoweredSides, SidesDecision, loosen, still_contains};
    use crate::containment::{ApprovedAccess, ApprovedPart};
    use crate::lower::Lowered;

    fn sides(approved: &Access, planned: &Access) -> LoweredSides<'static> {
        let access = Cow::Owned(approved.clone());
        let part = ApprovedPart { access, role_terms: Vec::new(), narrowed_by: None };
        let document = Lowered { access: planned.clone(), ..Lowered::default() };
        LoweredSides::new(ApprovedAccess::new(vec![part]), Cow::Owned(vec![document]))
    }

    /// Small policies of one or two statements, with bounded wildcards in what they name and in what they leave out.
    fn list_policies() -> Vec<Access> {
        let (text, run) = (|text: &str| Token::Literal(text.into()), Token::Run(Some(':')));
        let patterns = [
            Pattern::any(),
            Pattern::literal("a:b"),
            Pattern::new([text("a"), run.clone()]),
            Pattern::new([run.clone(), text(":b")]),
            Pattern::new([text("a:"), Token::One(Some(':'))]),
        ];
        let mut sets: Vec<Strings> = patterns.iter().map(|pattern| Strings::of([pattern.clone()])).collect();
        sets.extend(patterns.iter().skip(1).map(|pattern| Strings::except([pattern.clone()])));
        let statement = |effect, resources: &Strings| Statement {
            effect,
            principals: Strings::any(),
            actions: Strings::any(),
            resources: resources.clone(),
            conditions: Vec::new(),
        };
        let mut policies = Vec::new();
        for set in &sets {
            policies.push(Access { statements: vec![statement(Effect::Allow, set)] });
            for other in &sets {
                for effect in [Effect::Allow, Effect::Deny] {
                    policies.push(Access {
                        statements: vec![statement(Effect::Allow, set), statement(effect, other)],
                    });
                }
            }
        }
        policies
    }

    #[test]
    fn what_still_contains_is_contained_under_the_other_reading() {
        let policies = list_policies();
        let (mut kept, mut changed) = (0, 0);
        for (at, approved) in policies.iter().enumerate() {
            for planned in policies.iter().skip(at % 3).step_by(3) {
                let sides = sides(approved, planned);
                if sides.decide() != SidesDecision::Contained {
                    continue;
                }
                for reading in [ArnReading::Ending, ArnReading::Whole] {
                    let looser = sides.map_accesses(|access| loosen(reading, access));
                    let is_contained = looser.decide() == SidesDecision::Contained;
                    if still_contains(&sides, reading) {
                        assert!(is_contained, "{reading:?}: {planned:?} in {approved:?}");
                        kept += 1;
                    }
                    changed += usize::from(!is_contained);
                }
            }
        }
        assert!(kept > 1_000 && changed > 100, "{kept} stay contained, {changed} do not");
    }
}
