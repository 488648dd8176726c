//! The most frequent answer, without a search.
//!
//! Takes two Accesses and returns `true` where each planned statement is covered, component by component, by one approved
//! statement, and every approved denial is disjoint from it or planned as well. `false` means that a search is needed.
//! It proves nothing that the search cannot; `tests/ablation.rs` holds that.

use super::budget::Budget;
use super::strings::subsumption;
use crate::{Access, Condition, Effect, Quantifier, RequestPart, Statement, Test};

/// Whether the planned Access is certainly contained in the approved one.
pub(super) fn is_contained(approved: &Access, planned: &Access, budget: &mut Budget) -> bool {
    let denials = || approved.statements.iter().filter(|statement| statement.effect == Effect::Deny);
    planned.statements.iter().filter(|statement| statement.effect == Effect::Allow).all(|statement| {
        let mut covers = |other: &Statement| {
            budget.count(1);
            other.effect == Effect::Allow && is_covered(statement, other)
        };
        approved.statements.iter().any(&mut covers)
            && denials().all(|denial| are_disjoint(statement, denial) || planned.statements.contains(denial))
    })
}

fn is_covered(inner: &Statement, outer: &Statement) -> bool {
    subsumption::is_subset(&inner.resources, &outer.resources)
        && subsumption::is_subset(&inner.actions, &outer.actions)
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
    use super::implies;
    use crate::{Condition, Pattern, Quantifier, Test};

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
