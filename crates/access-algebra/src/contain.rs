//! Whether one Access lies within another.
//!
//! In go two Accesses; out comes one of three answers. The work is done in this order:
//!
//! 1. `glance`: the common case, pattern by pattern, with no search;
//! 2. `group`: for each planned statement, its patterns sorted by what the other statements make of them;
//! 3. `search`: for each group, a request outside every planned denial that is also outside every approved
//!    allowance, or inside an approved denial; `text` and `theory` decide what one variable can be;
//! 4. `witness`: the request itself, agreed by [`super::evaluate`], or the reason why there is none to show;
//! 5. `cases`, `bounds` and `guesses`: where an escape rests on what a policy variable stands for or on something missing,
//!    the search again, with the variables taken to be there or not, for one that does not.
//!
//! "No" of a search is a proof for every value of whatever is missing. Nothing here knows a cloud.

mod automaton;
mod bounds;
mod budget;
mod cases;
mod fold;
mod glance;
mod group;
mod guesses;
mod hashing;
mod index;
mod pins;
mod problem;
mod quick;
mod search;
mod symbol;
mod text;
mod theory;
mod witness;

use std::borrow::Cow;
use std::sync::Arc;

use self::budget::Budget;
use self::group::{Group, Relation, Relations};
use self::problem::{ACTION, Clause, PRINCIPAL, Problem, RESOURCE, Role};
use self::search::Search;
use super::{Access, Reason, Request, Witness};

/// The answer, never more than three.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Containment {
    /// Proved: every request that the planned Access allows, the approved one allows.
    Contained,
    /// Disproved: the witness is allowed by the planned Access and not by the approved one.
    Exceeds(Box<Witness>),
    /// Neither; the reason says what the answer depends on.
    Undecided(Reason),
}

/// Decides `planned ⊆ approved`.
pub fn contains(approved: &Access, planned: &Access) -> Containment {
    if planned.statements == approved.statements || glance::contained(approved, planned) {
        return Containment::Contained;
    }
    let sides = Sides { approved, planned };
    let (approved, planned) = (pins::resolved(approved), pins::resolved(planned));
    let mut budget = Budget::default();
    let hunt = sides.hunt(&approved, &planned, &mut budget);
    if let Some(request) = hunt.request {
        return Containment::Exceeds(Box::new(Witness { request }));
    }
    let Some(doubt) = hunt.doubt else {
        return match budget.spent {
            None => Containment::Contained,
            Some(limit) => Containment::Undecided(Reason::Budget(limit)),
        };
    };
    // What the search went through without a doubt is proved; only the rest is looked at again.
    let planned = match budget.spent {
        None => Cow::Owned(bounds::only(&planned, &hunt.doubtful)),
        Some(_) => planned,
    };
    sides.look_again(&approved, &planned, &doubt, hunt.suspects)
}

/// The question itself, against which every witness is checked.
#[derive(Clone, Copy)]
struct Sides<'s> {
    approved: &'s Access,
    planned: &'s Access,
}

/// What a hunt brought home.
#[derive(Default)]
struct Hunt {
    request: Option<Request>,
    /// Why the first escape was no witness.
    doubt: Option<Reason>,
    /// What the first escapes came to.
    suspects: Vec<Request>,
    /// How many escapes were no witness.
    escapes: usize,
    /// The planned statements, by their place, with an escape that was no witness.
    doubtful: Vec<usize>,
}

impl Sides<'_> {
    /// Looks for a witness in two Accesses that may be bounds of the two sides.
    fn hunt(self, approved: &Access, planned: &Access, budget: &mut Budget) -> Hunt {
        let problem = Problem::new(approved, planned);
        // Planned statements come first, in their order.
        let plan = problem.clauses.iter().enumerate().filter(|(_, clause)| clause.role == Role::PlannedAllow);
        let others: Vec<&Clause<'_>> =
            problem.clauses.iter().filter(|clause| clause.role != Role::PlannedAllow).collect();
        let mut hunt = Hunt::default();
        let mut relations = Relations::new(&problem, &others);
        for (at, clause) in plan {
            relations.forget();
            let before = hunt.escapes;
            self.hunt_clause(&problem, &mut relations, clause, &others, budget, &mut hunt);
            if hunt.escapes > before {
                hunt.doubtful.push(at);
            }
            if hunt.request.is_some() || budget.spent.is_some() {
                break;
            }
        }
        hunt
    }

    fn hunt_clause<'a>(
        self,
        problem: &Problem<'a>,
        relations: &mut Relations<'a>,
        plan: &Clause<'a>,
        others: &[&Clause<'a>],
        budget: &mut Budget,
        hunt: &mut Hunt,
    ) {
        for (actions, others) in relations.split(problem, ACTION, &plan.statement.actions, others, budget) {
            for (principals, others) in
                relations.split(problem, PRINCIPAL, &plan.statement.principals, &others, budget)
            {
                for (resources, others) in
                    relations.split(problem, RESOURCE, &plan.statement.resources, &others, budget)
                {
                    let groups = vec![principals.clone(), actions.clone(), resources];
                    self.hunt_groups(problem, plan, groups, &others, budget, hunt);
                    if hunt.request.is_some() || budget.spent.is_some() {
                        return;
                    }
                }
            }
        }
    }

    /// One group of each dimension: outside all allowances, then inside each denial.
    fn hunt_groups(
        self,
        problem: &Problem<'_>,
        plan: &Clause<'_>,
        groups: Vec<Group<'_>>,
        others: &[&Clause<'_>],
        budget: &mut Budget,
        hunt: &mut Hunt,
    ) {
        let with = |role: Role| others.iter().copied().filter(move |clause| clause.role == role);
        let denied: Vec<&Clause<'_>> = with(Role::PlannedDeny).collect();
        if !with(Role::ApprovedAllow).any(|clause| covers(clause, plan, &groups)) {
            let past: Vec<&Clause<'_>> = denied.iter().copied().chain(with(Role::ApprovedAllow)).collect();
            let mut search = Search::new(problem, budget, groups.clone());
            if search.require(plan.conditions.iter().copied()) {
                self.follow(&mut search, &past, hunt);
            }
        }
        for denial in with(Role::ApprovedDeny) {
            if hunt.request.is_some() || budget.spent.is_some() {
                return;
            }
            let mut search = Search::new(problem, budget, groups.clone());
            if search.require(plan.conditions.iter().copied().chain(denial.atoms())) {
                self.follow(&mut search, &denied, hunt);
            }
        }
    }

    fn follow<'p, 'a>(self, search: &mut Search<'p, 'a>, past: &[&'p Clause<'a>], hunt: &mut Hunt) {
        let (doubt, suspects, escapes) = (&mut hunt.doubt, &mut hunt.suspects, &mut hunt.escapes);
        let request =
            search.past(past, &mut |search| match witness::confirm(search, self.approved, self.planned) {
                Ok(request) => request,
                Err(suspicion) => {
                    let (found, suspect) = *suspicion;
                    *escapes += 1;
                    doubt.get_or_insert(found);
                    suspects.extend(suspect.filter(|_| suspects.len() < guesses::SUSPECTS));
                    None
                }
            });
        hunt.request = request;
    }

    /// Decides after a doubt: by what the policy variables are, then by a witness that does not rest on the doubt.
    fn look_again(
        self,
        approved: &Access,
        planned: &Access,
        doubt: &Reason,
        mut suspects: Vec<Request>,
    ) -> Containment {
        let named = witness::variable_of(doubt);
        let variables = guesses::variables(approved, planned, named);
        let mut budget = Budget::default();
        if named.is_some() {
            let mut open = false;
            for case in cases::all(&variables, approved, planned) {
                let hunt = self.hunt(&case.approved, &case.planned, &mut budget);
                if let Some(request) = hunt.request {
                    return Containment::Exceeds(Box::new(Witness { request }));
                }
                open |= hunt.doubt.is_some() || budget.spent.is_some();
                suspects.extend(hunt.suspects);
            }
            if !open {
                return Containment::Contained;
            }
        }
        match self.hunt_certain(approved, planned, &variables, &suspects) {
            Some(request) => Containment::Exceeds(Box::new(Witness { request })),
            None => Containment::Undecided(doubt.clone()),
        }
    }

    /// Looks for a witness that rests on nothing missing, and on guesses of what variables stand for.
    fn hunt_certain(
        self,
        approved: &Access,
        planned: &Access,
        variables: &[&Arc<str>],
        suspects: &[Request],
    ) -> Option<Request> {
        let (approved, planned) = (bounds::greatest(approved), bounds::least(planned));
        let mut budget = Budget::default();
        let bounded = self.hunt(&approved, &planned, &mut budget);
        if bounded.request.is_some() {
            return bounded.request;
        }
        for guess in guesses::all(&approved, &planned, variables, suspects) {
            let (approved, planned) = (guess.narrowed(&approved), guess.demanded(&planned));
            let hunt = self.hunt(&approved, &planned, &mut budget);
            if hunt.request.is_some() || budget.spent.is_some() {
                return hunt.request;
            }
        }
        None
    }
}

/// Whether every request of the groups that meets the plan's conditions matches a clause.
fn covers(clause: &Clause<'_>, plan: &Clause<'_>, groups: &[Group<'_>]) -> bool {
    let inside = clause
        .dimensions
        .iter()
        .zip(groups)
        .all(|(atom, group)| atom.is_none_or(|atom| group.relation(atom) == Some(Relation::Inside)));
    inside && clause.conditions.iter().all(|condition| plan.conditions.contains(condition))
}
