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
//! 2. `missing::specialise`: constants of a planned statement replace policy variables;
//! 3. `solver`: clauses, partition of the planned patterns, unit propagation and branching, over the theories
//!    `strings` (lazy automata) and `domains` (one representative of each cell of numbers, dates and addresses);
//! 4. `counterexample`: the model as a request that [`crate::evaluate`] confirms, or the reason why it is spurious;
//! 5. where counterexamples are spurious because something is missing: over- and under-approximation, and instantiation
//!    (`missing`), each followed by the search.
//!
//! A search without a counterexample is a proof for every value of whatever is missing. Nothing here knows a cloud.

mod budget;
mod counterexample;
mod domains;
mod fast_path;
mod hashing;
mod missing;
#[doc(hidden)]
pub mod passes;
mod solver;
pub(crate) mod strings;

use std::sync::Arc;

use self::budget::Budget;
use self::counterexample::Rejected;
use self::missing::specialise::{Question, propagate_constants};
use self::missing::{Rewrite, instantiate, list_variables};
use self::passes::{Pass, Passes};
use super::{Access, Request, Undecidable, Witness};

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
    /// The requests of the first spurious counterexamples.
    spurious: Vec<Request>,
    /// The planned statements with a spurious counterexample, by their places, in ascending order.
    doubtful: Vec<usize>,
}

impl Sides<'_> {
    fn decide(self, budget: &mut Budget) -> Containment {
        let is_equal = self.planned.statements == self.approved.statements;
        if budget.passes.has(Pass::FastPath)
            && (is_equal || fast_path::is_contained(self.approved, self.planned, budget))
        {
            return Containment::Contained;
        }
        let question = Question::new(self.approved, self.planned);
        let mut doubtful = Vec::new();
        for mut question in specialise(question, budget) {
            let outcome = self.search(&question, budget);
            if let Some(request) = outcome.witness {
                return Containment::Exceeds(Box::new(Witness { request }));
            }
            if let Some(reason) = outcome.reason {
                // What was searched without a spurious counterexample is proved, and need not be searched again.
                if budget.spent.is_none() {
                    question.restrict(&outcome.doubtful);
                }
                doubtful.push((question, reason, outcome.spurious));
            }
            if budget.spent.is_some() {
                break;
            }
        }
        let spent = budget.spent.map(Undecidable::Budget);
        for (question, reason, spurious) in &doubtful {
            let first = counterexample::variable_of(reason);
            if let Some(request) = self.search_approximations(question, first, spurious, budget) {
                return Containment::Exceeds(Box::new(Witness { request }));
            }
        }
        let reason = doubtful.into_iter().next().map(|(_, reason, _)| reason).or(spent);
        reason.map_or(Containment::Contained, Containment::Undecided)
    }

    /// Searches for a counterexample to one question.
    fn search(self, question: &Question<'_>, budget: &mut Budget) -> SearchOutcome {
        let mut outcome = SearchOutcome::default();
        outcome.witness =
            solver::search(&question.approved, &question.planned, budget, &mut |search, place| {
                match counterexample::confirm(search, self.approved, self.planned) {
                    Ok(request) => request,
                    Err(Rejected { reason, request }) => {
                        outcome.reason.get_or_insert(reason);
                        let has_room = outcome.spurious.len() < instantiate::MAX_SPURIOUS_REQUESTS;
                        outcome.spurious.extend(request.filter(|_| has_room));
                        if outcome.doubtful.last() != Some(&place) {
                            outcome.doubtful.push(place);
                        }
                        None
                    }
                }
            });
        outcome
    }

    /// Searches what is certainly planned for a request that is certainly not approved, then again for values of policy
    /// variables.
    fn search_approximations(
        self,
        question: &Question<'_>,
        first: Option<&Arc<str>>,
        spurious: &[Request],
        budget: &mut Budget,
    ) -> Option<Request> {
        if !budget.passes.has(Pass::Approximation) {
            return None;
        }
        budget.refill();
        let approved = Rewrite::Greatest.apply(&question.approved);
        let planned = Rewrite::Least.apply(&question.planned);
        let outcome = self.search(&Question::new(&approved, &planned), budget);
        if outcome.witness.is_some() || !budget.passes.has(Pass::Instantiation) {
            return outcome.witness;
        }
        let variables = list_variables(&approved, &planned, first);
        for values in instantiate::list_instantiations(&approved, &planned, &variables, spurious) {
            let (approved, planned) = (values.apply(&approved), values.apply_and_require(&planned));
            let outcome = self.search(&Question::new(&approved, &planned), budget);
            if outcome.witness.is_some() || budget.spent.is_some() {
                return outcome.witness;
            }
        }
        None
    }
}

fn specialise<'a>(question: Question<'a>, budget: &Budget) -> Vec<Question<'a>> {
    if budget.passes.has(Pass::Constants) { propagate_constants(question) } else { vec![question] }
}
