//! Theory combination: whether the literals of one assignment hold together, although policy variables share strings.
//!
//! Takes the assignment of a search and returns a request that satisfies it, or the proof that there is none. The search
//! takes variables to be independent of each other; `${k}` in a pattern makes the string of one depend on the value of
//! another, as shared terms do in the combination of theories (Nelson and Oppen, TOPLAS 1979). The cases are split that
//! matter for a policy variable: its key has no single value, so that patterns with the variable match nothing; or it has
//! one, and the value is one of a few constants, which are propagated; or it is limited by the sets that it must be in,
//! by which the patterns with the variable are widened. An assignment is refuted where every case is. Where a value can
//! be one of many, a few are tried, as in instantiation by models (Ge and de Moura, CAV 2009), and prove nothing.

mod requirements;
mod self_reference;
mod shared;

use std::collections::BTreeSet;
use std::sync::Arc;

use self::requirements::Requirements;
use self::shared::SharedString;
use super::budget::Budget;
use super::passes::Pass;
use super::solver::CounterexampleSearch;
use crate::Request;

/// Cases and values that are tried for one assignment: two variables with [`requirements::MAX_CANDIDATES`] values each.
/// With 128 instead, eight values each, 54 of 100,000 random pairs with variables were undecided in place of 26.
const MAX_CASES: usize = 512;

/// Constants of one variable up to which each is a case of its own: three letters in either case.
const MAX_CONSTANTS: usize = 8;

/// Whether the literals of an assignment hold together.
pub(super) enum Combination {
    /// It is proved that no request satisfies them.
    Refuted,
    /// This request does.
    Satisfied(Request),
    /// Neither was found.
    Unknown,
}

/// Decides whether a request satisfies the assignment of a search. A request is taken where `is_confirmed` holds of it.
pub(super) fn combine(
    search: &mut CounterexampleSearch<'_, '_>,
    is_confirmed: &dyn Fn(&Request) -> bool,
) -> Combination {
    if !search.budget.passes.has(Pass::Combination) {
        return Combination::Unknown;
    }
    let requirements = Requirements::of(search);
    if requirements.list_variables().is_empty() {
        return Combination::Unknown;
    }
    CaseSplit { left: MAX_CASES, is_confirmed, budget: search.budget }.solve(&requirements)
}

struct CaseSplit<'c> {
    /// How many further cases may be tried.
    left: usize,
    is_confirmed: &'c dyn Fn(&Request) -> bool,
    budget: &'c mut Budget,
}

impl CaseSplit<'_> {
    fn solve(&mut self, requirements: &Requirements) -> Combination {
        let Some(left) = self.left.checked_sub(1) else { return Combination::Unknown };
        self.left = left;
        if requirements.has_contradiction(self.budget) {
            return Combination::Refuted;
        }
        let variables = requirements.list_variables();
        if let Some(cases) = split(requirements, &variables) {
            return self.solve_all(&cases);
        }
        let Some(key) = variables.first() else {
            let request = requirements.build_request(self.budget);
            let confirmed = request.filter(|request| (self.is_confirmed)(request));
            return confirmed.map_or(Combination::Unknown, Combination::Satisfied);
        };
        if requirements.has_contradiction_of_shared(&variables, self.budget) {
            return Combination::Refuted;
        }
        // What is missing can't be tried.
        if requirements.has_missing_value() {
            return Combination::Unknown;
        }
        for value in requirements.list_candidates(key, self.budget) {
            if let found @ Combination::Satisfied(_) = self.solve(&requirements.substitute(key, &value)) {
                return found;
            }
        }
        Combination::Unknown
    }

    /// Solves cases of which one must hold.
    fn solve_all(&mut self, cases: &[Requirements]) -> Combination {
        let mut all = Combination::Refuted;
        for case in cases {
            match self.solve(case) {
                Combination::Refuted => {}
                Combination::Unknown => all = Combination::Unknown,
                found @ Combination::Satisfied(_) => return found,
            }
        }
        all
    }
}

/// The cases by the first variable that has some; `None` where every variable has a single value that may be one of many.
fn split(requirements: &Requirements, variables: &BTreeSet<Arc<str>>) -> Option<Vec<Requirements>> {
    if let Some(key) = variables.iter().find(|key| !requirements.is_single(key)) {
        return Some(vec![requirements.with_single_value(key), requirements.without_single_value(key)]);
    }
    if let Some(cases) = requirements.split_patterns() {
        return Some(cases);
    }
    let strings = requirements.list_strings();
    variables.iter().find_map(|key| {
        let constants = find_constants(&strings, key)?;
        Some(constants.iter().map(|value| requirements.substitute(key, value)).collect())
    })
}

/// The values that a variable can have, where they are few.
fn find_constants(strings: &[SharedString<'_>], key: &Arc<str>) -> Option<BTreeSet<Arc<str>>> {
    let own = strings.iter().filter(|string| string.is_value_of(key)).find_map(SharedString::list_constants);
    let constants = own.or_else(|| strings.iter().find_map(|string| string.match_constants(key)))?;
    (constants.len() <= MAX_CONSTANTS).then_some(constants)
}
