//! The search for one counterexample: clauses, their partition, and DPLL over them.
//!
//! Takes an approved and a planned [`Access`] and calls back with every assignment under which a request is allowed by
//! the planned side and not by the approved one, until the caller is satisfied. Where it returns without that and the
//! budget is not spent, there is no such request. It never builds a request; that is [`super::counterexample`].

pub(super) mod formula;
mod partition;
mod search;

use self::formula::{ACTION, Clause, ClauseKind, Formula, PRINCIPAL, RESOURCE};
use self::partition::{Cell, Partition, Relation};
pub(super) use self::search::CounterexampleSearch;
use super::budget::Budget;
use crate::{Access, Request};

/// What to do with an assignment: `Some` ends the search. Called with the place of its planned statement.
pub(super) type OnModel<'f> = dyn FnMut(&mut CounterexampleSearch<'_, '_>, usize) -> Option<Request> + 'f;

/// Enumerates assignments, planned statement by planned statement, until `on_model` returns a request.
pub(super) fn search(
    approved: &Access,
    planned: &Access,
    budget: &mut Budget,
    on_model: &mut OnModel<'_>,
) -> Option<Request> {
    let formula = Formula::new(approved, planned);
    budget.count(formula.atoms.len() + formula.clauses.len());
    // Planned statements come first, in their order.
    let allowances =
        formula.clauses.iter().enumerate().filter(|(_, clause)| clause.kind == ClauseKind::PlannedAllow);
    let others: Vec<&Clause<'_>> =
        formula.clauses.iter().filter(|clause| clause.kind != ClauseKind::PlannedAllow).collect();
    let mut partition = Partition::new(&formula, &others);
    for (place, clause) in allowances {
        partition.clear();
        let mut on_model = |search: &mut CounterexampleSearch<'_, '_>| on_model(search, place);
        let request = search_statement(&formula, &mut partition, clause, &others, budget, &mut on_model);
        if request.is_some() || budget.spent.is_some() {
            return request;
        }
    }
    None
}

/// Searches each combination of cells of one planned statement.
fn search_statement<'a>(
    formula: &Formula<'a>,
    partition: &mut Partition<'a>,
    plan: &Clause<'a>,
    others: &[&Clause<'a>],
    budget: &mut Budget,
    on_model: &mut dyn FnMut(&mut CounterexampleSearch<'_, '_>) -> Option<Request>,
) -> Option<Request> {
    let statement = plan.statement;
    for (actions, others) in partition.split(formula, ACTION, &statement.actions, others, budget) {
        for (principals, others) in
            partition.split(formula, PRINCIPAL, &statement.principals, &others, budget)
        {
            for (resources, others) in
                partition.split(formula, RESOURCE, &statement.resources, &others, budget)
            {
                let cells = vec![principals.clone(), actions.clone(), resources];
                let request = search_cells(formula, plan, &cells, &others, budget, on_model);
                if request.is_some() || budget.spent.is_some() {
                    return request;
                }
            }
        }
    }
    None
}

/// Searches one cell of each dimension: outside all allowances, then inside each denial.
fn search_cells(
    formula: &Formula<'_>,
    plan: &Clause<'_>,
    cells: &[Cell<'_>],
    others: &[&Clause<'_>],
    budget: &mut Budget,
    on_model: &mut dyn FnMut(&mut CounterexampleSearch<'_, '_>) -> Option<Request>,
) -> Option<Request> {
    let of_kind = |kind: ClauseKind| others.iter().copied().filter(move |clause| clause.kind == kind);
    let denied: Vec<&Clause<'_>> = of_kind(ClauseKind::PlannedDeny).collect();
    if !of_kind(ClauseKind::ApprovedAllow).any(|clause| covers(clause, plan, cells)) {
        let clauses: Vec<&Clause<'_>> =
            denied.iter().copied().chain(of_kind(ClauseKind::ApprovedAllow)).collect();
        let mut search = CounterexampleSearch::new(formula, budget, cells.to_vec());
        if search.require(plan.conditions.iter().copied()) {
            let request = search.falsify_all(&clauses, &mut |search| on_model(search));
            if request.is_some() {
                return request;
            }
        }
    }
    for denial in of_kind(ClauseKind::ApprovedDeny) {
        if budget.spent.is_some() {
            return None;
        }
        let mut search = CounterexampleSearch::new(formula, budget, cells.to_vec());
        if search.require(plan.conditions.iter().copied().chain(denial.list_atoms())) {
            let request = search.falsify_all(&denied, &mut |search| on_model(search));
            if request.is_some() {
                return request;
            }
        }
    }
    None
}

/// Whether a clause matches every request of the cells that satisfies the conditions of the plan.
fn covers(clause: &Clause<'_>, plan: &Clause<'_>, cells: &[Cell<'_>]) -> bool {
    let is_inside = clause
        .dimensions
        .iter()
        .zip(cells)
        .all(|(atom, cell)| atom.is_none_or(|atom| cell.find_relation(atom) == Some(Relation::Subset)));
    is_inside && clause.conditions.iter().all(|condition| plan.conditions.contains(condition))
}
