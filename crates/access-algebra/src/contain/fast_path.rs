//! The most frequent answer, without a search.
//!
//! Takes two Accesses and returns `true` where each planned statement is covered, component by component, by one approved
//! statement, and every approved denial is disjoint from it or planned as well. `false` means that a search is needed.
//! It proves nothing that the search cannot; `tests/ablation.rs` holds that.

mod allowance_index;

use self::allowance_index::{AllowanceIndex, CoveredPart};
use super::budget::Budget;
use super::strings::subsumption;
use crate::{Access, Condition, Effect, Quantifier, RequestPart, Statement, Test};

/// Planned statements times approved resources up to which a planned statement is compared with every approved one. An
/// estimate: an index costs as much as some six comparisons of each pattern.
const MAX_SCANNED_PAIRS: usize = 1_000;

/// Whether the planned Access is certainly contained in the approved one.
pub(super) fn is_contained(approved: &Access, planned: &Access, budget: &mut Budget) -> bool {
    let resources = list_allowing(approved).map(|statement| statement.resources.include.len()).sum::<usize>();
    let is_large = list_allowing(planned).count().saturating_mul(resources) > MAX_SCANNED_PAIRS;
    let index = is_large.then(|| AllowanceIndex::new(approved));
    is_contained_by(approved, index.as_ref(), planned, budget)
}

/// The same, with the approved statements that an index finds first.
fn is_contained_by(
    approved: &Access,
    index: Option<&AllowanceIndex<'_>>,
    planned: &Access,
    budget: &mut Budget,
) -> bool {
    let mut denials: Option<Vec<&Statement>> = None;
    list_allowing(planned).all(|statement| {
        is_covered_by_one(statement, approved, index, budget)
            && denials
                .get_or_insert_with(|| list_unplanned_denials(approved, planned))
                .iter()
                .all(|denial| are_disjoint(statement, denial))
    })
}

fn list_allowing(access: &Access) -> impl Iterator<Item = &Statement> {
    access.statements.iter().filter(|statement| statement.effect == Effect::Allow)
}

/// The approved denials that are not planned as well: those that are take nothing more away.
fn list_unplanned_denials<'a>(approved: &'a Access, planned: &Access) -> Vec<&'a Statement> {
    let is_unplanned =
        |statement: &&Statement| statement.effect == Effect::Deny && !planned.statements.contains(statement);
    approved.statements.iter().filter(is_unplanned).collect()
}

/// Whether one approved statement covers a planned one.
fn is_covered_by_one(
    statement: &Statement,
    approved: &Access,
    index: Option<&AllowanceIndex<'_>>,
    budget: &mut Budget,
) -> bool {
    if let Some((part, candidates)) = index.and_then(|index| index.find_covering(statement)) {
        budget.count(candidates.len());
        if candidates.into_iter().any(|other| is_rest_covered(statement, other, part)) {
            return true;
        }
    }
    // Equal sets cover each other, whatever their patterns are, which an index does not see. A question comes here with an
    // index once, at the statement that nothing covers, unless it has such sets.
    list_allowing(approved).any(|other| {
        budget.count(1);
        subsumption::is_subset(&statement.resources, &other.resources)
            && is_rest_covered(statement, other, CoveredPart::Resources)
    })
}

/// Whether a statement covers all of another one, of which one part is known to be covered.
fn is_rest_covered(inner: &Statement, outer: &Statement, known: CoveredPart) -> bool {
    let is_other_covered = match known {
        CoveredPart::Resources => subsumption::is_subset(&inner.actions, &outer.actions),
        CoveredPart::Actions => subsumption::is_subset(&inner.resources, &outer.resources),
    };
    is_other_covered
        && subsumption::is_subset(&inner.principals, &outer.principals)
        && outer.conditions.iter().all(|required| {
            is_implied_by_parts(inner, required)
                || inner.conditions.iter().any(|given| implies(given, required))
        })
}

/// Whether every request that a statement matches certainly satisfies a condition on a part of the request.
fn is_implied_by_parts(inner: &Statement, required: &Condition) -> bool {
    let Test::Part { part, set, negated } = &required.test else { return false };
    let own = match part {
        RequestPart::Principal => &inner.principals,
        RequestPart::Resource => &inner.resources,
    };
    if *negated { subsumption::are_disjoint(own, set) } else { subsumption::is_subset(own, set) }
}

fn are_disjoint(one: &Statement, other: &Statement) -> bool {
    subsumption::are_disjoint(&one.actions, &other.actions)
        || subsumption::are_disjoint(&one.resources, &other.resources)
        || subsumption::are_disjoint(&one.principals, &other.principals)
}

/// Whether every request that satisfies a condition certainly satisfies another one.
fn implies(given: &Condition, required: &Condition) -> bool {
    if given == required {
        return true;
    }
    let is_comparable = given.key == required.key
        && given.quantifier == required.quantifier
        && given.quantifier != Quantifier::Unsaid
        && (required.if_absent || !given.if_absent);
    match (&given.test, &required.test) {
        (Test::Text { values, negated: false }, Test::Text { values: wider, negated: false }) => {
            is_comparable
                && values.iter().all(|value| wider.iter().any(|outer| subsumption::covers(outer, value)))
        }
        (_, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::allowance_index::AllowanceIndex;
    use super::{CoveredPart, implies, is_contained_by, is_rest_covered};
    use crate::contain::budget::Budget;
    use crate::contain::strings::subsumption;
    use crate::{Access, Condition, Effect, Pattern, Quantifier, Statement, Strings, Test, Token};

    /// Every statement of two sets of patterns, in which some exclude something and some name nothing.
    fn list_statements() -> Vec<Statement> {
        let run = Token::Run(None);
        let patterns = [
            Pattern::any(),
            Pattern::literal("a"),
            Pattern::literal("ab"),
            Pattern::new([Token::Literal("a".into()), run.clone()]),
            // It is not seen to cover itself.
            Pattern::new([Token::Run(Some(':')), run]),
        ];
        let mut sets = vec![Strings::default()];
        for pattern in &patterns {
            sets.push(Strings::of([pattern.clone()]));
            sets.push(Strings::of([pattern.clone(), patterns[1].clone()]));
            sets.push(Strings { include: vec![pattern.clone()], exclude: vec![patterns[2].clone()] });
        }
        let pairs = sets.iter().flat_map(|actions| sets.iter().map(move |resources| (actions, resources)));
        let statement = |(actions, resources): (&Strings, &Strings)| Statement {
            effect: Effect::Allow,
            principals: Strings::any(),
            actions: actions.clone(),
            resources: resources.clone(),
            conditions: Vec::new(),
        };
        pairs.map(statement).collect()
    }

    #[test]
    fn an_index_finds_no_statement_that_does_not_cover() {
        let statements = list_statements();
        let approved = Access { statements: statements.iter().step_by(3).cloned().collect() };
        let index = AllowanceIndex::new(&approved);
        let mut found = 0;
        for planned in &statements {
            let Some((part, candidates)) = index.find_covering(planned) else { continue };
            let set = |one: &Statement| match part {
                CoveredPart::Resources => one.resources.clone(),
                CoveredPart::Actions => one.actions.clone(),
            };
            for other in &candidates {
                assert!(subsumption::is_subset(&set(planned), &set(other)), "{planned:?} {other:?}");
            }
            found += candidates.iter().filter(|other| is_rest_covered(planned, other, part)).count();
        }
        assert!(found > statements.len(), "{found} of {}", statements.len());
    }

    #[test]
    fn an_index_changes_no_answer() {
        let statements = list_statements();
        let (mut contained, mut asked) = (0, 0);
        for (at, planned) in statements.iter().enumerate() {
            let planned = Access { statements: vec![planned.clone()] };
            for step in [7, 31, 83] {
                let approved = Access {
                    statements: statements.iter().skip(at * 3 % step).step_by(step).cloned().collect(),
                };
                let index = AllowanceIndex::new(&approved);
                let ask = |index| is_contained_by(&approved, index, &planned, &mut Budget::default());
                let answer = ask(None);
                assert_eq!(ask(Some(&index)), answer, "{planned:?} {approved:?}");
                contained += usize::from(answer);
                asked += 1;
            }
        }
        assert!(contained * 4 > asked && contained < asked, "{contained} of {asked}");
    }

    #[test]
    fn a_condition_implies_what_is_no_narrower() {
        let condition = |text: &str, quantifier, if_absent| Condition {
            key: "k".into(),
            test: Test::Text { values: vec![Pattern::literal(text)], negated: false },
            quantifier,
            if_absent,
        };
        let any = Condition {
            test: Test::Text { values: vec![Pattern::any()], negated: false },
            ..condition("", Quantifier::One, false)
        };
        let given = condition("a", Quantifier::One, false);
        assert!(implies(&given, &given));
        assert!(implies(&given, &any));
        assert!(!implies(&any, &given));
        assert!(implies(&given, &condition("a", Quantifier::One, true)));
        assert!(!implies(&condition("a", Quantifier::One, true), &given), "the key may be missing");
        assert!(!implies(&condition("a", Quantifier::Any, false), &condition("a", Quantifier::All, false)));
        assert!(!implies(&given, &Condition { key: "other".into(), ..given.clone() }));
    }
}
