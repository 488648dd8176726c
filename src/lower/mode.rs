//! How access is held, as conditions, for every cloud alike.
//!
//! Takes a [`Mode`] and returns conditions on the three `mode:` keys. On the planned side they state how the access will be
//! held, on the approved side how it may be held; a request without the key is of permanent access. An approval
//! without an assignment covers every kind, one without `grantable` refuses access that may be passed on, and one
//! without a time to live covers a credential that never expires.

use std::sync::LazyLock;

use access_algebra::{Access, Condition, Decimal, Effect, Order, Pattern, Quantifier, Test};

use super::{AssignmentKind, Mode, Side};

/// Held only after activation, for a time, or for good.
pub const ASSIGNMENT: &str = "mode:assignment";
/// Whether the holder may pass the access on.
pub const GRANTABLE: &str = "mode:grantable";
/// How many seconds a credential lives.
pub const TTL: &str = "mode:ttl";

/// Adds the mode's conditions to every allowing statement; a denial holds however the access is held.
pub fn add_mode(side: Side, mode: &Mode, access: &mut Access) {
    let own;
    let demands = if *mode == Mode::default() {
        plain_conditions(side)
    } else {
        own = mode_conditions(side, mode);
        &own
    };
    for statement in access.statements.iter_mut().filter(|statement| statement.effect == Effect::Allow) {
        statement.conditions.reserve_exact(demands.len());
        statement.conditions.extend(demands.iter().cloned());
    }
}

/// What the mode of nearly every access demands, which is made once.
fn plain_conditions(side: Side) -> &'static [Condition] {
    static PLANNED: LazyLock<Vec<Condition>> =
        LazyLock::new(|| mode_conditions(Side::Planned, &Mode::default()));
    static APPROVED: LazyLock<Vec<Condition>> =
        LazyLock::new(|| mode_conditions(Side::Approved, &Mode::default()));
    match side {
        Side::Planned => &PLANNED,
        Side::Approved => &APPROVED,
    }
}

/// What a mode demands of a request.
pub fn mode_conditions(side: Side, mode: &Mode) -> Vec<Condition> {
    [
        assignment_condition(side, mode.assignment),
        grantable_condition(side, mode.grantable),
        ttl_condition(mode.ttl_seconds),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A planned assignment is of its own kind; an approved one covers what is no nearer to use.
fn assignment_condition(side: Side, assignment: Option<AssignmentKind>) -> Option<Condition> {
    let kinds: &[&str] = match (side, assignment) {
        (Side::Approved, None) => return None,
        (Side::Planned, None) => &["permanent"],
        (Side::Planned, Some(AssignmentKind::Active)) => &["active"],
        (Side::Approved, Some(AssignmentKind::Active)) => &["eligible", "active"],
        (Side::Planned | Side::Approved, Some(AssignmentKind::Eligible)) => &["eligible"],
    };
    // Access held for good is used without saying how it is held, so that a request need not say it.
    let if_absent = side == Side::Planned && assignment.is_none();
    Some(Condition { if_absent, ..require_one_of(ASSIGNMENT, kinds) })
}

/// A planned access that is not grantable is used without the key, or with another value than `true`.
fn grantable_condition(side: Side, grantable: bool) -> Option<Condition> {
    match (side, grantable) {
        (Side::Planned, true) => Some(require_one_of(GRANTABLE, &["true"])),
        (Side::Approved, true) => None,
        (Side::Planned | Side::Approved, false) => Some(Condition {
            key: GRANTABLE.into(),
            test: Test::Text { values: vec![Pattern::literal("true")], negated: true },
            quantifier: Quantifier::One,
            if_absent: true,
        }),
    }
}

fn ttl_condition(seconds: Option<u64>) -> Option<Condition> {
    let values = vec![Decimal::from(seconds?)];
    Some(Condition {
        key: TTL.into(),
        test: Test::Number { order: Order::LessOrEqual, values, negated: false },
        quantifier: Quantifier::One,
        if_absent: false,
    })
}

/// A key that must be there and have one of these values.
fn require_one_of(key: &str, values: &[&str]) -> Condition {
    Condition {
        key: key.into(),
        test: Test::Text {
            values: values.iter().map(|value| Pattern::literal(value)).collect(),
            negated: false,
        },
        quantifier: Quantifier::One,
        if_absent: false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Mode, Side, add_mode};
    use crate::lower::AssignmentKind;
    use access_algebra::{Access, Containment, Effect, Statement, Strings, contains};

    fn held(side: Side, mode: &Mode) -> Access {
        let statement = Statement {
            effect: Effect::Allow,
            principals: Strings::any(),
            actions: Strings::any(),
            resources: Strings::any(),
            conditions: Vec::new(),
        };
        let mut access = Access { statements: vec![statement] };
        add_mode(side, mode, &mut access);
        access
    }

    #[test]
    fn a_mode_covers_what_is_no_wider() {
        let rising = [Some(AssignmentKind::Eligible), Some(AssignmentKind::Active), None];
        for (i, approved) in rising.into_iter().enumerate() {
            for (j, planned) in rising.into_iter().enumerate() {
                let approved = held(Side::Approved, &Mode { assignment: approved, ..Mode::default() });
                let planned = held(Side::Planned, &Mode { assignment: planned, ..Mode::default() });
                assert_eq!(contains(&approved, &planned) == Containment::Contained, j <= i, "{j} in {i}");
            }
        }
        for (approved, planned, expected) in [(true, true, true), (true, false, true), (false, true, false)] {
            let approved = held(Side::Approved, &Mode { grantable: approved, ..Mode::default() });
            let planned = held(Side::Planned, &Mode { grantable: planned, ..Mode::default() });
            assert_eq!(contains(&approved, &planned) == Containment::Contained, expected);
        }
        for (approved, planned, expected) in [
            (None, None, true),
            (None, Some(60), true),
            (Some(60), Some(60), true),
            (Some(60), None, false),
            (Some(60), Some(61), false),
        ] {
            let approved = held(Side::Approved, &Mode { ttl_seconds: approved, ..Mode::default() });
            let planned = held(Side::Planned, &Mode { ttl_seconds: planned, ..Mode::default() });
            assert_eq!(contains(&approved, &planned) == Containment::Contained, expected);
        }
    }
}
