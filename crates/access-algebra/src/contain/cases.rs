//! Requests by which policy variables they have: a value, none, or several.
//!
//! In go two Accesses; out come pairs of them, one for each case, with what the case says added to what the plan
//! demands. Every request is of one case, so that what is contained in each case is contained. A variable that has not
//! one value spells nothing, which decides what the search alone only suspects.

use std::sync::Arc;

use super::{bounds, pins};
use crate::{Access, Condition, Pattern, Quantifier, Test};

/// So many variables are told apart; the others may be anything in every case.
const MOST: usize = 3;

/// What a request has of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Has {
    OneValue,
    None,
    Several,
}

/// One case: the two sides as they are in it.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) approved: Access,
    pub(super) planned: Access,
}

/// All cases of some variables.
pub(super) fn all(variables: &[&Arc<str>], approved: &Access, planned: &Access) -> Vec<Case> {
    let mut cases = vec![Case { approved: approved.clone(), planned: planned.clone() }];
    for variable in variables.iter().take(MOST) {
        let several = [approved, planned].into_iter().any(|access| ranges_over(access, variable));
        let kinds = [Has::OneValue, Has::None].into_iter().chain(several.then_some(Has::Several));
        let kinds: Vec<Has> = kinds.collect();
        cases = cases.iter().flat_map(|case| kinds.iter().map(|has| case.with(variable, *has))).collect();
    }
    cases
}

impl Case {
    fn with(&self, variable: &Arc<str>, has: Has) -> Self {
        let (approved, mut planned) = match has {
            Has::OneValue => (self.approved.clone(), self.planned.clone()),
            Has::None | Has::Several => {
                (bounds::without(&self.approved, variable), bounds::without(&self.planned, variable))
            }
        };
        let test = match has {
            Has::OneValue => Test::Text { values: vec![Pattern::any()], negated: false },
            Has::None => Test::Present(false),
            Has::Several => Test::Present(true),
        };
        bounds::demand(
            &mut planned,
            &Condition { key: Arc::clone(variable), test, quantifier: Quantifier::One, if_absent: false },
        );
        match has {
            Has::OneValue => {
                Self { approved: single(&approved, variable), planned: single(&planned, variable) }
            }
            Has::None | Has::Several => Self { approved, planned },
        }
    }
}

/// The Access for requests in which a key has one value, which is then what every quantifier speaks of.
fn single(access: &Access, key: &Arc<str>) -> Access {
    let mut access = access.clone();
    let conditions = access.statements.iter_mut().flat_map(|statement| &mut statement.conditions);
    conditions.filter(|one| one.key == *key).for_each(|one| one.quantifier = Quantifier::One);
    pins::resolved(&access).into_owned()
}

/// Whether some statement asks about several values of a key.
fn ranges_over(access: &Access, key: &Arc<str>) -> bool {
    let mut conditions = access.statements.iter().flat_map(|statement| &statement.conditions);
    conditions.any(|condition| condition.key == *key && condition.quantifier != Quantifier::One)
}
