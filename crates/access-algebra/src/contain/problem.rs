//! Two Accesses taken apart into what can be true or false of a request.
//!
//! In go the approved and the planned Access; out come their statements as lists of *atoms*. An atom speaks of one
//! *variable*: the principal, the action, the resource, or one context key. Equal components are one atom, which is
//! how a condition that nobody understands can still be held against itself.

use std::collections::HashMap;
use std::sync::Arc;

use super::hashing::Hashing;
use super::theory::Arity;
use crate::{Access, Condition, Effect, Pattern, Quantifier, Statement, Strings};

/// An index into [`Problem::atoms`].
pub(super) type AtomId = usize;
/// 0 to 2 are the dimensions; the rest are context keys.
pub(super) type Variable = usize;

/// How many variables every request has: principal, action, resource.
pub(super) const DIMENSIONS: usize = 3;
pub(super) const PRINCIPAL: Variable = 0;
pub(super) const ACTION: Variable = 1;
pub(super) const RESOURCE: Variable = 2;

/// One component of a statement.
#[derive(Clone, Copy, Debug)]
pub(super) enum What<'a> {
    Strings(&'a Strings),
    Condition(&'a Condition),
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Atom<'a> {
    pub(super) variable: Variable,
    pub(super) what: What<'a>,
}

/// Where a statement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    PlannedAllow,
    PlannedDeny,
    ApprovedAllow,
    ApprovedDeny,
}

/// A statement: the request matches it where all its atoms are true.
#[derive(Clone, Debug)]
pub(super) struct Clause<'a> {
    pub(super) role: Role,
    pub(super) statement: &'a Statement,
    /// The atom of each dimension; `None` where everything is in it.
    pub(super) dimensions: [Option<AtomId>; DIMENSIONS],
    pub(super) conditions: Vec<AtomId>,
}

impl Clause<'_> {
    pub(super) fn atoms(&self) -> impl Iterator<Item = AtomId> {
        self.dimensions.iter().flatten().chain(&self.conditions).copied()
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Problem<'a> {
    pub(super) atoms: Vec<Atom<'a>>,
    pub(super) clauses: Vec<Clause<'a>>,
    /// The context keys, in the order of their variables, and how many values each may have.
    keys: Vec<(&'a Arc<str>, Arity)>,
}

impl<'a> Problem<'a> {
    pub(super) fn new(approved: &'a Access, planned: &'a Access) -> Self {
        let mut interner = Interner::default();
        let mut problem = Self::default();
        for statement in &planned.statements {
            let role = match statement.effect {
                Effect::Allow => Role::PlannedAllow,
                Effect::Deny => Role::PlannedDeny,
            };
            let clause = interner.clause(&mut problem, role, statement);
            problem.clauses.push(clause);
        }
        for statement in &approved.statements {
            let role = match statement.effect {
                Effect::Allow => Role::ApprovedAllow,
                Effect::Deny => Role::ApprovedDeny,
            };
            let clause = interner.clause(&mut problem, role, statement);
            problem.clauses.push(clause);
        }
        problem
    }

    pub(super) fn variables(&self) -> usize {
        DIMENSIONS + self.keys.len()
    }

    /// The strings of an atom that speaks of a dimension.
    pub(super) fn strings(&self, atom: AtomId) -> Option<&'a Strings> {
        match self.atoms.get(atom)?.what {
            What::Strings(strings) => Some(strings),
            What::Condition(_) => None,
        }
    }

    pub(super) fn key(&self, variable: Variable) -> Option<&'a Arc<str>> {
        self.keys.get(variable.checked_sub(DIMENSIONS)?).map(|(key, _)| *key)
    }

    pub(super) fn arity(&self, variable: Variable) -> Arity {
        let key = variable.checked_sub(DIMENSIONS).and_then(|index| self.keys.get(index));
        key.map_or(Arity::Single, |(_, arity)| *arity)
    }
}

#[derive(Default)]
struct Interner<'a> {
    strings: HashMap<(Variable, &'a Strings), AtomId, Hashing>,
    keys: HashMap<&'a str, Variable, Hashing>,
    /// By variable: the conditions seen on that key.
    conditions: HashMap<Variable, Vec<AtomId>, Hashing>,
}

impl<'a> Interner<'a> {
    fn clause(&mut self, problem: &mut Problem<'a>, role: Role, statement: &'a Statement) -> Clause<'a> {
        let sets = [&statement.principals, &statement.actions, &statement.resources];
        let mut dimensions = [None; DIMENSIONS];
        for (variable, (slot, set)) in dimensions.iter_mut().zip(sets).enumerate() {
            let everything = set.exclude.is_empty() && set.include.iter().any(Pattern::is_any);
            *slot = (!everything).then(|| self.strings(problem, variable, set));
        }
        let conditions =
            statement.conditions.iter().map(|condition| self.condition(problem, condition)).collect();
        Clause { role, statement, dimensions, conditions }
    }

    fn strings(&mut self, problem: &mut Problem<'a>, variable: Variable, set: &'a Strings) -> AtomId {
        *self.strings.entry((variable, set)).or_insert_with(|| {
            problem.atoms.push(Atom { variable, what: What::Strings(set) });
            problem.atoms.len() - 1
        })
    }

    fn condition(&mut self, problem: &mut Problem<'a>, condition: &'a Condition) -> AtomId {
        let variable = *self.keys.entry(&condition.key).or_insert_with(|| {
            problem.keys.push((&condition.key, Arity::Single));
            DIMENSIONS + problem.keys.len() - 1
        });
        if condition.quantifier != Quantifier::One
            && let Some((_, arity)) = problem.keys.get_mut(variable - DIMENSIONS)
        {
            *arity = Arity::Plural;
        }
        let known = self.conditions.entry(variable).or_default();
        let same = known.iter().copied().find(|id| match problem.atoms.get(*id).map(|atom| atom.what) {
            Some(What::Condition(other)) => other == condition,
            Some(What::Strings(_)) | None => false,
        });
        same.unwrap_or_else(|| {
            problem.atoms.push(Atom { variable, what: What::Condition(condition) });
            known.push(problem.atoms.len() - 1);
            problem.atoms.len() - 1
        })
    }
}
