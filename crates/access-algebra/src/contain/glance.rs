//! The common answer, without a search.
//!
//! In go two Accesses; out comes `true` where each planned statement lies, component by component, within one
//! approved statement, and no approved denial touches it that the plan does not make as well. `false` means no more
//! than that a search is needed.

use super::quick;
use crate::{Access, Condition, Effect, Quantifier, Statement, Test};

pub(super) fn contained(approved: &Access, planned: &Access) -> bool {
    let denials = || approved.statements.iter().filter(|statement| statement.effect == Effect::Deny);
    planned.statements.iter().filter(|statement| statement.effect == Effect::Allow).all(|statement| {
        approved.statements.iter().any(|other| other.effect == Effect::Allow && within(statement, other))
            && denials().all(|denial| apart(statement, denial) || planned.statements.contains(denial))
    })
}

fn within(inner: &Statement, outer: &Statement) -> bool {
    quick::subset(&inner.resources, &outer.resources)
        && quick::subset(&inner.actions, &outer.actions)
        && quick::subset(&inner.principals, &outer.principals)
        && outer.conditions.iter().all(|demand| inner.conditions.iter().any(|given| implies(given, demand)))
}

fn apart(one: &Statement, other: &Statement) -> bool {
    quick::disjoint(&one.actions, &other.actions)
        || quick::disjoint(&one.resources, &other.resources)
        || quick::disjoint(&one.principals, &other.principals)
}

/// Whether a condition surely demands all that another one does.
fn implies(given: &Condition, demand: &Condition) -> bool {
    if given == demand {
        return true;
    }
    let alike = given.key == demand.key
        && given.quantifier == demand.quantifier
        && given.quantifier != Quantifier::Unsaid
        && (demand.if_absent || !given.if_absent);
    match (&given.test, &demand.test) {
        (Test::Text { values, negated: false }, Test::Text { values: wider, negated: false }) => {
            alike && values.iter().all(|value| wider.iter().any(|outer| quick::covers(outer, value)))
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
