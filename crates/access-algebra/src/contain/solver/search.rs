//! Counterexample search: DPLL modulo theories over the clauses of one question.
//!
//! Takes atoms that must be true and clauses that must not match, and returns an assignment that makes one atom of each
//! clause false, or the proof that there is none. A clause with one undecided atom makes that atom false (unit
//! propagation); a clause with several is branched on, shortest first, with backtracking. Variables are independent of
//! each other, so an assignment is consistent if it is so variable by variable, which the theories
//! ([`super::super::strings`], [`super::super::domains`]) decide. There is no clause learning: real questions have a
//! handful of branches.

use super::formula::{AtomId, AtomKind, Clause, DIMENSIONS, Formula, Variable};
use super::partition::{Cell, Relation, select_overlapping};
use crate::Test;
use crate::contain::budget::Budget;
use crate::contain::domains::{self, ConditionLiteral, Preference};
use crate::contain::strings::{self, Membership, Satisfiability, StringSet};

/// How deep branches may nest. Each level costs frames of the stack, and a question that goes deeper is undecided.
const MAX_DEPTH: usize = 256;

/// An atom and its truth.
pub(in crate::contain) type Assignment = (AtomId, bool);

#[derive(Debug)]
pub(in crate::contain) struct CounterexampleSearch<'p, 'a> {
    pub(in crate::contain) formula: &'p Formula<'a>,
    pub(in crate::contain) budget: &'p mut Budget,
    /// The planned patterns in question, by dimension.
    pub(in crate::contain) cells: Vec<Cell<'a>>,
    /// All assignments so far, in order.
    trail: Vec<Assignment>,
    /// The same assignments by atom, and by variable.
    assigned: Vec<Option<bool>>,
    by_variable: Vec<Vec<Assignment>>,
    depth: usize,
}

/// What remains of a clause under the assignment.
enum Residual {
    /// Some atom is false, so that the clause does not match.
    Falsified,
    /// The atoms that can still be false.
    Open(Vec<AtomId>),
}

impl<'p, 'a> CounterexampleSearch<'p, 'a> {
    pub(in crate::contain) fn new(
        formula: &'p Formula<'a>,
        budget: &'p mut Budget,
        cells: Vec<Cell<'a>>,
    ) -> Self {
        let assigned = vec![None; formula.atoms.len()];
        let by_variable = vec![Vec::new(); formula.count_variables()];
        Self { formula, budget, cells, trail: Vec::new(), assigned, by_variable, depth: 0 }
    }

    /// Makes atoms true; `false` where they cannot be true together.
    pub(in crate::contain) fn require(&mut self, atoms: impl Iterator<Item = AtomId>) -> bool {
        for atom in atoms {
            if !self.is_consistent(atom, true) {
                return false;
            }
            self.assign(atom, true);
        }
        true
    }

    /// Enumerates assignments under which no clause matches, until `on_model` returns `Some`.
    pub(in crate::contain) fn falsify_all<T>(
        &mut self,
        clauses: &[&'p Clause<'a>],
        on_model: &mut impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<T> {
        let mark = self.trail.len();
        let result = self.propagate(clauses).and_then(|(open, choice)| match choice {
            None => on_model(self),
            Some(choice) => self.branch(&open, &choice, on_model),
        });
        self.backtrack_to(mark);
        result
    }

    /// Assigns what follows. Returns `None` where a clause cannot be falsified; otherwise the clauses that are open, and
    /// the atoms of the shortest of them.
    fn propagate(
        &mut self,
        clauses: &[&'p Clause<'a>],
    ) -> Option<(Vec<&'p Clause<'a>>, Option<Vec<AtomId>>)> {
        let mut open = clauses.to_vec();
        loop {
            let mut shortest: Option<Vec<AtomId>> = None;
            let mut has_assigned = false;
            let mut still = Vec::with_capacity(open.len());
            for clause in open {
                let Residual::Open(atoms) = self.find_residual(clause) else { continue };
                match atoms.as_slice() {
                    [] => return None,
                    [only] => {
                        self.assign(*only, false);
                        has_assigned = true;
                        continue;
                    }
                    [..] => {}
                }
                still.push(clause);
                if shortest.as_ref().is_none_or(|shortest| atoms.len() < shortest.len()) {
                    shortest = Some(atoms);
                }
            }
            if !has_assigned {
                return Some((still, shortest));
            }
            open = still;
        }
    }

    /// Makes each of some atoms false in turn.
    fn branch<T>(
        &mut self,
        open: &[&'p Clause<'a>],
        atoms: &[AtomId],
        on_model: &mut impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<T> {
        if self.depth >= MAX_DEPTH || !self.budget.spend_branch() {
            self.budget.exhaust();
            return None;
        }
        self.depth += 1;
        let (start, mut result) = (self.trail.len(), None);
        for atom in atoms {
            let mark = self.trail.len();
            self.assign(*atom, false);
            result = self.falsify_all(open, on_model);
            self.backtrack_to(mark);
            if result.is_some() || self.budget.spent.is_some() {
                break;
            }
            // The branches that follow need not repeat this one: in them the atom is true.
            if !self.is_consistent(*atom, true) {
                break;
            }
            self.assign(*atom, true);
        }
        self.backtrack_to(start);
        self.depth -= 1;
        result
    }

    fn find_residual(&mut self, clause: &Clause<'a>) -> Residual {
        let mut open = Vec::new();
        for atom in clause.list_atoms() {
            if !self.is_consistent(atom, true) {
                return Residual::Falsified;
            }
            if self.is_consistent(atom, false) {
                open.push(atom);
            }
        }
        Residual::Open(open)
    }

    fn assign(&mut self, atom: AtomId, truth: bool) {
        if let Some(slot) = self.assigned.get_mut(atom)
            && slot.is_none()
        {
            *slot = Some(truth);
            self.trail.push((atom, truth));
            let variable = self.formula.atoms.get(atom).map(|atom| atom.variable);
            if let Some(assignments) = variable.and_then(|variable| self.by_variable.get_mut(variable)) {
                assignments.push((atom, truth));
            }
        }
    }

    fn backtrack_to(&mut self, mark: usize) {
        for (atom, _) in self.trail.drain(mark.min(self.trail.len())..) {
            if let Some(slot) = self.assigned.get_mut(atom) {
                *slot = None;
            }
            let variable = self.formula.atoms.get(atom).map(|atom| atom.variable);
            if let Some(assignments) = variable.and_then(|variable| self.by_variable.get_mut(variable)) {
                assignments.retain(|(other, _)| *other != atom);
            }
        }
    }

    /// Whether an atom can have this truth under the assignment.
    fn is_consistent(&mut self, atom: AtomId, truth: bool) -> bool {
        if let Some(assigned) = self.assigned.get(atom).copied().flatten() {
            return assigned == truth;
        }
        let Some(variable) = self.formula.atoms.get(atom).map(|atom| atom.variable) else { return true };
        if self.assignments_of(variable).is_empty()
            && let Some(relation) = self.cells.get(variable).and_then(|cell| cell.find_relation(atom))
        {
            return match relation {
                Relation::Subset => truth,
                Relation::Disjoint => !truth,
                Relation::Overlapping => true,
            };
        }
        let mut assignments = self.assignments_of(variable).to_vec();
        assignments.push((atom, truth));
        if !self.budget.spend_state(assignments.len()) {
            return true;
        }
        if variable < DIMENSIONS {
            let sets = self.list_sets(variable, &assignments);
            return strings::find(&sets, self.budget) != Satisfiability::Unsat;
        }
        let (literals, arity) = (self.list_literals(&assignments), self.formula.find_arity(variable));
        domains::solve(&literals, arity, Preference::Any, self.budget) != Satisfiability::Unsat
    }

    /// The assignments to atoms of one variable.
    pub(in crate::contain) fn assignments_of(&self, variable: Variable) -> &[Assignment] {
        self.by_variable.get(variable).map_or(&[], Vec::as_slice)
    }

    /// The sets that a dimension's string must be inside and outside of.
    pub(in crate::contain) fn list_sets(
        &self,
        variable: Variable,
        assignments: &[Assignment],
    ) -> Vec<StringSet<'a>> {
        let mut sets = Vec::with_capacity(assignments.len() + 1);
        let cell = self.cells.get(variable);
        sets.extend(cell.map(Cell::as_required_set));
        for (atom, truth) in assignments {
            let set = match self.formula.atoms.get(*atom).map(|atom| atom.kind) {
                Some(AtomKind::Strings(set)) => Some((set, Membership::Inside)),
                Some(AtomKind::Part(set, membership)) => Some((set, membership)),
                Some(AtomKind::Condition(_)) | None => None,
            };
            if let Some((set, asserted)) = set {
                let include = match cell {
                    Some(cell) => select_overlapping(set, &cell.patterns),
                    None => set.include.iter().collect(),
                };
                let membership = if *truth { asserted } else { asserted.negated() };
                sets.push(StringSet { include, exclude: &set.exclude, membership });
            }
        }
        sets
    }

    /// The conditions that a key's value must satisfy and fail.
    pub(in crate::contain) fn list_literals(&self, assignments: &[Assignment]) -> Vec<ConditionLiteral<'a>> {
        let literal = |(atom, truth): &Assignment| match self.formula.atoms.get(*atom).map(|atom| atom.kind) {
            Some(AtomKind::Condition(condition)) => Some((condition, *truth)),
            Some(AtomKind::Strings(_) | AtomKind::Part(..)) | None => None,
        };
        assignments.iter().filter_map(literal).collect()
    }

    /// Some opaque condition that is assigned a truth.
    pub(in crate::contain) fn find_opaque(&self) -> Option<&'a crate::Condition> {
        self.list_literals(&self.trail)
            .into_iter()
            .map(|(condition, _)| condition)
            .find(|condition| matches!(condition.test, Test::Opaque(_)))
    }
}
