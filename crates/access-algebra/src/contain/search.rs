//! The search for a request that one statement allows and that others leave alone.
//!
//! In go atoms that must be true and statements that must not match; out comes a way of making one atom of each
//! statement false, or the proof that there is none. Where all atoms but one are settled, that one follows; where
//! several ways are open, each is tried. Variables do not depend on each other, so what has been decided is
//! consistent if it is so variable by variable, which [`super::text`] and [`super::theory`] decide.

use std::collections::HashMap;

use super::budget::Budget;
use super::group::{Group, Relation, near};
use super::hashing::Hashing;
use super::problem::{AtomId, Clause, DIMENSIONS, Problem, Variable, What};
use super::symbol::Demand;
use super::text::{self, Answer, Set};
use super::theory::{self, Literal, Taste};
use crate::Test;

/// How deep choices may nest; each costs a frame of the stack.
const DEEPEST: usize = 256;

/// What an atom must be.
pub(super) type Settled = (AtomId, bool);

#[derive(Debug)]
pub(super) struct Search<'p, 'a> {
    pub(super) problem: &'p Problem<'a>,
    pub(super) budget: &'p mut Budget,
    /// The planned patterns under question, dimension by dimension.
    pub(super) groups: Vec<Group<'a>>,
    /// Everything settled so far, in order.
    trail: Vec<Settled>,
    /// The same by atom, and by variable.
    settled: Vec<Option<bool>>,
    by_variable: Vec<Vec<Settled>>,
    /// Whether atoms of one variable can be so at once.
    memory: HashMap<Vec<u32>, bool, Hashing>,
    depth: usize,
}

/// What is left of a statement that must not match.
enum Left {
    /// It can't match any more.
    Missed,
    /// The atoms that could still be false.
    Open(Vec<AtomId>),
}

impl<'p, 'a> Search<'p, 'a> {
    pub(super) fn new(problem: &'p Problem<'a>, budget: &'p mut Budget, groups: Vec<Group<'a>>) -> Self {
        let settled = vec![None; problem.atoms.len()];
        let by_variable = vec![Vec::new(); problem.variables()];
        let (trail, memory) = (Vec::new(), HashMap::default());
        Self { problem, budget, groups, trail, settled, by_variable, memory, depth: 0 }
    }

    /// Settles that atoms are true; `false` where they can't be so together.
    pub(super) fn require(&mut self, atoms: impl Iterator<Item = AtomId>) -> bool {
        atoms.into_iter().all(|atom| self.possible(atom, true) && self.settle(atom, true))
    }

    /// Looks for a way past every clause, and calls `found` on each until it is content.
    pub(super) fn past<T>(
        &mut self,
        clauses: &[&'p Clause<'a>],
        found: &mut impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<T> {
        let mark = self.trail.len();
        let result = self.propagate(clauses).and_then(|(open, choice)| match choice {
            None => found(self),
            Some(choice) => self.choose(&open, &choice, found),
        });
        self.forget(mark);
        result
    }

    /// Settles what follows. `None` is a dead end; otherwise the clauses still open, and the least choice there is.
    fn propagate(
        &mut self,
        clauses: &[&'p Clause<'a>],
    ) -> Option<(Vec<&'p Clause<'a>>, Option<Vec<AtomId>>)> {
        let mut open = clauses.to_vec();
        loop {
            let mut least: Option<Vec<AtomId>> = None;
            let mut settled = false;
            let mut still = Vec::with_capacity(open.len());
            for clause in open {
                let Left::Open(ways) = self.left(clause) else { continue };
                match ways.as_slice() {
                    [] => return None,
                    [only] => {
                        self.settle(*only, false);
                        settled = true;
                        continue;
                    }
                    [..] => {}
                }
                still.push(clause);
                if least.as_ref().is_none_or(|least| ways.len() < least.len()) {
                    least = Some(ways);
                }
            }
            if !settled {
                return Some((still, least));
            }
            open = still;
        }
    }

    fn choose<T>(
        &mut self,
        open: &[&'p Clause<'a>],
        ways: &[AtomId],
        found: &mut impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<T> {
        if self.depth >= DEEPEST || !self.budget.spend_branch() {
            self.budget.exhaust();
            return None;
        }
        self.depth += 1;
        let (start, mut result) = (self.trail.len(), None);
        for way in ways {
            let mark = self.trail.len();
            self.settle(*way, false);
            result = self.past(open, found);
            self.forget(mark);
            if result.is_some() || self.budget.spent.is_some() {
                break;
            }
            // What was tried need not be tried again: for the ways that follow, this one is closed.
            if !self.possible(*way, true) {
                break;
            }
            self.settle(*way, true);
        }
        self.forget(start);
        self.depth -= 1;
        result
    }

    fn left(&mut self, clause: &Clause<'a>) -> Left {
        let mut open = Vec::new();
        for atom in clause.atoms() {
            if !self.possible(atom, true) {
                return Left::Missed;
            }
            if self.possible(atom, false) {
                open.push(atom);
            }
        }
        Left::Open(open)
    }

    fn settle(&mut self, atom: AtomId, truth: bool) -> bool {
        if let Some(slot) = self.settled.get_mut(atom)
            && slot.is_none()
        {
            *slot = Some(truth);
            self.trail.push((atom, truth));
            let variable = self.problem.atoms.get(atom).map(|atom| atom.variable);
            if let Some(settled) = variable.and_then(|variable| self.by_variable.get_mut(variable)) {
                settled.push((atom, truth));
            }
        }
        true
    }

    fn forget(&mut self, mark: usize) {
        for (atom, _) in self.trail.drain(mark.min(self.trail.len())..) {
            if let Some(slot) = self.settled.get_mut(atom) {
                *slot = None;
            }
            // What was settled last is forgotten first, on each variable as on the whole.
            let variable = self.problem.atoms.get(atom).map(|atom| atom.variable);
            if let Some(settled) = variable.and_then(|variable| self.by_variable.get_mut(variable)) {
                settled.retain(|(other, _)| *other != atom);
            }
        }
    }

    /// Whether an atom can be so, given all that is settled.
    fn possible(&mut self, atom: AtomId, truth: bool) -> bool {
        if let Some(settled) = self.settled.get(atom).copied().flatten() {
            return settled == truth;
        }
        let Some(variable) = self.problem.atoms.get(atom).map(|atom| atom.variable) else { return true };
        if self.settled_on(variable).is_empty()
            && let Some(relation) = self.groups.get(variable).and_then(|group| group.relation(atom))
        {
            return match relation {
                Relation::Inside => truth,
                Relation::Apart => !truth,
                Relation::Across => true,
            };
        }
        let mut settled = self.settled_on(variable).to_vec();
        settled.push((atom, truth));
        settled.sort_unstable();
        if !self.budget.spend_state(settled.len()) {
            return true;
        }
        let question: Vec<u32> = std::iter::once(variable)
            .chain(settled.iter().map(|(atom, truth)| atom * 2 + usize::from(*truth)))
            .map(|number| u32::try_from(number).unwrap_or(u32::MAX))
            .collect();
        if let Some(known) = self.memory.get(&question) {
            return *known;
        }
        let answer = if variable < DIMENSIONS {
            text::find(&self.sets(variable, &settled), self.budget) != Answer::No
        } else {
            theory::solve(&self.literals(&settled), self.problem.arity(variable), Taste::Quick, self.budget)
                != Answer::No
        };
        self.memory.insert(question, answer);
        answer
    }

    /// What is settled of one variable.
    pub(super) fn settled_on(&self, variable: Variable) -> &[Settled] {
        self.by_variable.get(variable).map_or(&[], Vec::as_slice)
    }

    /// What a dimension's string must meet and miss.
    pub(super) fn sets(&self, variable: Variable, settled: &[Settled]) -> Vec<Set<'a>> {
        let mut sets = Vec::with_capacity(settled.len() + 1);
        let group = self.groups.get(variable);
        sets.extend(group.map(Group::demand));
        for (atom, truth) in settled {
            if let Some(What::Strings(set)) = self.problem.atoms.get(*atom).map(|atom| atom.what) {
                let include = match group {
                    Some(group) => near(set, &group.patterns),
                    None => set.include.iter().collect(),
                };
                let demand = Demand::Inside.flipped_if(!truth);
                sets.push(Set { include, exclude: &set.exclude, demand });
            }
        }
        sets
    }

    /// What a key's value must meet and miss.
    pub(super) fn literals(&self, settled: &[Settled]) -> Vec<Literal<'a>> {
        let literal = |(atom, truth): &Settled| match self.problem.atoms.get(*atom).map(|atom| atom.what) {
            Some(What::Condition(condition)) => Some((condition, *truth)),
            Some(What::Strings(_)) | None => None,
        };
        settled.iter().filter_map(literal).collect()
    }

    /// A condition that nobody understands and that was settled one way.
    pub(super) fn opaque(&self) -> Option<&'a crate::Condition> {
        self.literals(&self.trail)
            .into_iter()
            .map(|(condition, _)| condition)
            .find(|condition| matches!(condition.test, Test::Opaque(_)))
    }
}
