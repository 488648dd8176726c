//! Two Accesses as clauses over atoms.
//!
//! Takes the approved and the planned Access and returns their statements as clauses. An *atom* is true or false of a
//! request and constrains one *variable*: the principal, the action, the resource, or one context key. Equal components
//! are one atom, so that even an opaque condition is known to equal itself. No truth is assigned here.

use std::collections::HashMap;
use std::sync::Arc;

use crate::contain::domains::Arity;
use crate::contain::hashing::BuildFastHasher;
use crate::contain::strings::Membership;
use crate::{Access, Condition, Effect, Pattern, Quantifier, RequestPart, Statement, Strings, Test};

/// An index into [`Formula::atoms`].
pub(in crate::contain) type AtomId = usize;
/// 0 to 2 are the dimensions; the rest are context keys.
pub(in crate::contain) type Variable = usize;

/// How many variables every request has: principal, action, resource.
pub(in crate::contain) const DIMENSIONS: usize = 3;
pub(in crate::contain) const PRINCIPAL: Variable = 0;
pub(in crate::contain) const ACTION: Variable = 1;
pub(in crate::contain) const RESOURCE: Variable = 2;

/// One component of a statement.
#[derive(Clone, Copy, Debug)]
pub(in crate::contain) enum AtomKind<'a> {
    /// The string is in the set, which is a component of a statement.
    Strings(&'a Strings),
    /// The string is inside or outside of the set, which is a condition's.
    Part(&'a Strings, Membership),
    Condition(&'a Condition),
}

#[derive(Clone, Copy, Debug)]
pub(in crate::contain) struct Atom<'a> {
    pub(in crate::contain) variable: Variable,
    pub(in crate::contain) kind: AtomKind<'a>,
}

/// Which side a statement is on, and whether it allows or denies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::contain) enum ClauseKind {
    PlannedAllow,
    PlannedDeny,
    ApprovedAllow,
    ApprovedDeny,
}

/// A statement: it matches a request where all its atoms are true.
#[derive(Clone, Debug)]
pub(in crate::contain) struct Clause<'a> {
    pub(in crate::contain) kind: ClauseKind,
    pub(in crate::contain) statement: &'a Statement,
    /// The atom of each dimension; `None` where it contains every string.
    pub(in crate::contain) dimensions: [Option<AtomId>; DIMENSIONS],
    pub(in crate::contain) conditions: Vec<AtomId>,
}

impl Clause<'_> {
    pub(in crate::contain) fn list_atoms(&self) -> impl Iterator<Item = AtomId> {
        self.dimensions.iter().flatten().chain(&self.conditions).copied()
    }
}

#[derive(Clone, Debug, Default)]
pub(in crate::contain) struct Formula<'a> {
    pub(in crate::contain) atoms: Vec<Atom<'a>>,
    pub(in crate::contain) clauses: Vec<Clause<'a>>,
    /// The context keys, in the order of their variables, and how many values each may have.
    keys: Vec<(&'a Arc<str>, Arity)>,
}

impl<'a> Formula<'a> {
    pub(in crate::contain) fn new(approved: &'a Access, planned: &'a Access) -> Self {
        let mut interner = Interner::default();
        let mut formula = Self::default();
        for statement in &planned.statements {
            let kind = match statement.effect {
                Effect::Allow => ClauseKind::PlannedAllow,
                Effect::Deny => ClauseKind::PlannedDeny,
            };
            let clause = interner.add_clause(&mut formula, kind, statement);
            formula.clauses.push(clause);
        }
        for statement in &approved.statements {
            let kind = match statement.effect {
                Effect::Allow => ClauseKind::ApprovedAllow,
                Effect::Deny => ClauseKind::ApprovedDeny,
            };
            let clause = interner.add_clause(&mut formula, kind, statement);
            formula.clauses.push(clause);
        }
        formula
    }

    /// How many variables there are.
    pub(in crate::contain) fn count_variables(&self) -> usize {
        DIMENSIONS + self.keys.len()
    }

    /// The strings of an atom that constrains a dimension.
    pub(in crate::contain) fn find_strings(&self, atom: AtomId) -> Option<&'a Strings> {
        match self.atoms.get(atom)?.kind {
            AtomKind::Strings(strings) => Some(strings),
            AtomKind::Part(..) | AtomKind::Condition(_) => None,
        }
    }

    pub(in crate::contain) fn find_key(&self, variable: Variable) -> Option<&'a Arc<str>> {
        self.keys.get(variable.checked_sub(DIMENSIONS)?).map(|(key, _)| *key)
    }

    pub(in crate::contain) fn find_arity(&self, variable: Variable) -> Arity {
        let key = variable.checked_sub(DIMENSIONS).and_then(|index| self.keys.get(index));
        key.map_or(Arity::Single, |(_, arity)| *arity)
    }
}

#[derive(Default)]
struct Interner<'a> {
    strings: HashMap<(Variable, &'a Strings), AtomId, BuildFastHasher>,
    keys: HashMap<&'a str, Variable, BuildFastHasher>,
    /// By variable: the conditions seen on that key.
    conditions: HashMap<Variable, Vec<AtomId>, BuildFastHasher>,
}

impl<'a> Interner<'a> {
    fn add_clause(
        &mut self,
        formula: &mut Formula<'a>,
        kind: ClauseKind,
        statement: &'a Statement,
    ) -> Clause<'a> {
        let sets = [&statement.principals, &statement.actions, &statement.resources];
        let mut dimensions = [None; DIMENSIONS];
        for (variable, (slot, set)) in dimensions.iter_mut().zip(sets).enumerate() {
            let everything = set.exclude.is_empty() && set.include.iter().any(Pattern::is_any);
            *slot = (!everything).then(|| self.intern_strings(formula, variable, set));
        }
        let conditions =
            statement.conditions.iter().map(|condition| self.intern_condition(formula, condition)).collect();
        Clause { kind, statement, dimensions, conditions }
    }

    fn intern_strings(&mut self, formula: &mut Formula<'a>, variable: Variable, set: &'a Strings) -> AtomId {
        *self.strings.entry((variable, set)).or_insert_with(|| {
            formula.atoms.push(Atom { variable, kind: AtomKind::Strings(set) });
            formula.atoms.len() - 1
        })
    }

    /// A condition on a part of the request is an atom on that dimension.
    fn intern_part(
        &mut self,
        formula: &mut Formula<'a>,
        part: RequestPart,
        set: &'a Strings,
        membership: Membership,
    ) -> AtomId {
        let variable = match part {
            RequestPart::Principal => PRINCIPAL,
            RequestPart::Resource => RESOURCE,
        };
        let known = self.conditions.entry(variable).or_default();
        let same = known.iter().copied().find(|id| match formula.atoms.get(*id).map(|atom| atom.kind) {
            Some(AtomKind::Part(other, sense)) => other == set && sense == membership,
            Some(AtomKind::Strings(_) | AtomKind::Condition(_)) | None => false,
        });
        same.unwrap_or_else(|| {
            formula.atoms.push(Atom { variable, kind: AtomKind::Part(set, membership) });
            known.push(formula.atoms.len() - 1);
            formula.atoms.len() - 1
        })
    }

    fn intern_condition(&mut self, formula: &mut Formula<'a>, condition: &'a Condition) -> AtomId {
        if let Test::Part { part, set, negated } = &condition.test {
            let inside = Membership::Inside;
            let membership = if *negated { inside.negated() } else { inside };
            return self.intern_part(formula, *part, set, membership);
        }
        let variable = *self.keys.entry(&condition.key).or_insert_with(|| {
            formula.keys.push((&condition.key, Arity::Single));
            DIMENSIONS + formula.keys.len() - 1
        });
        if condition.quantifier != Quantifier::One
            && let Some((_, arity)) = formula.keys.get_mut(variable - DIMENSIONS)
        {
            *arity = Arity::Multiple;
        }
        let known = self.conditions.entry(variable).or_default();
        let same = known.iter().copied().find(|id| match formula.atoms.get(*id).map(|atom| atom.kind) {
            Some(AtomKind::Condition(other)) => other == condition,
            Some(AtomKind::Strings(_) | AtomKind::Part(..)) | None => false,
        });
        same.unwrap_or_else(|| {
            formula.atoms.push(Atom { variable, kind: AtomKind::Condition(condition) });
            known.push(formula.atoms.len() - 1);
            formula.atoms.len() - 1
        })
    }
}
