//! Whether one Access is contained in another.
//!
//! Takes two Accesses and returns one of three answers. The procedure is a search for a counterexample: a request that
//! the planned Access allows and the approved one does not. It is DPLL(T), satisfiability modulo theories (Davis, Logemann,
//! Loveland 1962; Nieuwenhuis, Oliveras, Tinelli, JACM 2006): statements are clauses over atoms, each atom constrains
//! one variable, and a theory decides the literals on one variable. Zelkova reduces the same question to an SMT solver
//! (Backes et al., FMCAD 2018); here the fragment is small enough to be decided directly, and each model is confirmed.
//!
//! The passes, in order:
//!
//! 1. `fast_path`: syntactic subsumption, statement by statement;
//! 2. `solver`: clauses, partition of the planned patterns, unit propagation and branching, over the theories
//!    `strings` (lazy automata) and `domains` (one representative of each cell of numbers, dates and addresses);
//! 3. `counterexample`: the model as a request that [`crate::evaluate`] confirms, or the reason why it is spurious;
//! 4. `combination`: where policy variables make strings depend on each other, cases of their values, which refute the
//!    model or confirm another request;
//! 5. where counterexamples are spurious because something is missing: the search again, on an under- and an
//!    over-approximation (`missing`).
//!
//! A search without a counterexample is a proof for every value of whatever is missing. Nothing here knows a cloud.

mod budget;
mod combination;
mod counterexample;
mod domains;
mod fast_path;
pub(crate) mod hashing;
mod missing;
#[doc(hidden)]
pub mod passes;
mod solver;
pub(crate) mod strings;

use self::budget::Budget;
use self::combination::Combination;
use self::missing::Rewrite;
use self::passes::{Pass, Passes};
use super::{Access, Effect, Request, Statement, Undecidable, Witness};

/// The answer, never more than three.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Containment {
    /// Proved: every request that the planned Access allows, the approved one allows.
    Contained,
    /// Disproved: the witness is allowed by the planned Access and not by the approved one.
    Exceeds(Box<Witness>),
    /// Neither; the reason says what the answer depends on.
    Undecided(Undecidable),
}

/// Decides `planned ⊆ approved`.
///
/// ```
/// use access_algebra::{Access, Containment, Effect, Pattern, Statement, Strings, contains};
///
/// let on = |resources: Strings| Access {
///     statements: vec![Statement {
///         effect: Effect::Allow,
///         principals: Strings::any(),
///         actions: Strings::of([Pattern::literal("read")]),
///         resources,
///         conditions: Vec::new(),
///     }],
/// };
/// let (report, anything) = (on(Strings::of([Pattern::literal("report")])), on(Strings::any()));
/// assert_eq!(contains(&anything, &report), Containment::Contained);
/// let Containment::Exceeds(witness) = contains(&report, &anything) else { panic!("it is wider") };
/// assert_ne!(witness.request.resource, "report");
/// ```
pub fn contains(approved: &Access, planned: &Access) -> Containment {
    contains_with(approved, planned, Passes::default()).0
}

/// As [`contains`] with some passes switched off; also the work that it cost, in the steps of the budget.
#[doc(hidden)]
pub fn contains_with(approved: &Access, planned: &Access, passes: Passes) -> (Containment, u64) {
    let mut budget = Budget::new(passes);
    let answer = Sides { approved, planned }.decide(&mut budget);
    (answer, budget.work)
}

/// The two sides as they were given, against which every counterexample is confirmed.
#[derive(Clone, Copy)]
struct Sides<'s> {
    approved: &'s Access,
    planned: &'s Access,
}

/// The outcome of one counterexample search.
#[derive(Default)]
struct SearchOutcome {
    /// A confirmed counterexample.
    witness: Option<Request>,
    /// Why the first counterexample was spurious.
    reason: Option<Undecidable>,
    /// The planned statements with a spurious counterexample, by their places, in ascending order.
    doubtful: Vec<usize>,
}

impl SearchOutcome {
    /// Records a spurious counterexample of a planned statement.
    fn note(&mut self, reason: Undecidable, place: usize) {
        self.reason.get_or_insert(reason);
        if self.doubtful.last() != Some(&place) {
            self.doubtful.push(place);
        }
    }
}

impl Sides<'_> {
    fn decide(self, budget: &mut Budget) -> Containment {
        let is_equal = self.planned.statements == self.approved.statements;
        if budget.passes.has(Pass::FastPath)
            && (is_equal || fast_path::is_contained(self.approved, self.planned, budget))
        {
            return Containment::Contained;
        }
        let mut outcome = self.search(self.approved, self.planned, budget);
        let reason = outcome.reason.take().or(budget.spent.map(Undecidable::Budget));
        if outcome.witness.is_none() && reason.is_some() {
            outcome.witness = self.search_approximations(&outcome.doubtful, budget);
        }
        match (outcome.witness, reason) {
            (Some(request), _) => Containment::Exceeds(Box::new(Witness { request })),
            (None, Some(reason)) => Containment::Undecided(reason),
            (None, None) => Containment::Contained,
        }
    }

    /// Searches for a counterexample to `planned ⊆ approved`, which may be approximations of the two sides.
    fn search(self, approved: &Access, planned: &Access, budget: &mut Budget) -> SearchOutcome {
        let mut outcome = SearchOutcome::default();
        let is_confirmed = |request: &Request| counterexample::is_confirmed(self, request);
        outcome.witness = solver::search(approved, planned, budget, &mut |search, place| {
            let reason = match counterexample::confirm(search, self) {
                Ok(request) => return request,
                Err(reason) => reason,
            };
            match combination::combine(search, &is_confirmed) {
                Combination::Refuted => None,
                Combination::Satisfied(request) => Some(request),
                Combination::Unknown => {
                    outcome.note(reason, place);
                    None
                }
            }
        });
        outcome
    }

    /// Searches what is certainly planned for a request that is certainly not approved.
    fn search_approximations(self, doubtful: &[usize], budget: &mut Budget) -> Option<Request> {
        if !budget.passes.has(Pass::Approximation) {
            return None;
        }
        // What was searched without a spurious counterexample is proved, and need not be searched again.
        let planned =
            if budget.spent.is_none() { restrict(self.planned, doubtful) } else { self.planned.clone() };
        let (least, greatest) = (Rewrite::Least.apply(&planned), Rewrite::Greatest.apply(self.approved));
        if least == planned && greatest == *self.approved {
            return None;
        }
        budget.refill();
        self.search(&greatest, &least, budget).witness
    }
}

/// The Access with those of its allowances only that are at these places, in ascending order.
fn restrict(access: &Access, places: &[usize]) -> Access {
    let is_kept = |(place, statement): &(usize, &Statement)| {
        statement.effect == Effect::Deny || places.binary_search(place).is_ok()
    };
    let kept = access.statements.iter().enumerate().filter(is_kept);
    Access { statements: kept.map(|(_, statement)| statement.clone()).collect() }
}
