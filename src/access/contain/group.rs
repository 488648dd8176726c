//! The patterns of one planned component, sorted by what the other statements make of them.
//!
//! In go the patterns of a dimension and the statements that still matter; out come groups of patterns that stand in
//! the same relation to every one of those statements, each with the statements it leaves in play. Most statements of
//! a long policy speak of other actions, and are gone after this without any search.

use std::collections::HashMap;

use super::budget::Budget;
use super::hashing::Hashing;
use super::index::Index;
use super::problem::{AtomId, Clause, Problem, Variable, What};
use super::quick;
use super::text::{self, Answer, Demand, Set};
use crate::access::{Pattern, Strings};

/// How a group of patterns lies to a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Relation {
    /// Wholly in it.
    Inside,
    /// Wholly out of it.
    Apart,
    /// Neither, as far as is known.
    Across,
}

/// Patterns that lie alike to every set in play.
#[derive(Clone, Debug)]
pub(super) struct Group<'a> {
    pub(super) patterns: Vec<&'a Pattern>,
    pub(super) exclude: &'a [Pattern],
    /// What is known of the sets in play.
    pub(super) relations: HashMap<AtomId, Relation, Hashing>,
}

impl<'a> Group<'a> {
    /// The group as a set that must be met.
    pub(super) fn demand(&self) -> Set<'a> {
        Set { include: self.patterns.clone(), exclude: self.exclude, demand: Demand::Inside }
    }
}

/// Remembers relations, since the same pattern meets the same set in many groups.
#[derive(Debug, Default)]
pub(super) struct Relations<'a> {
    indexes: HashMap<AtomId, Index<'a>, Hashing>,
    known: HashMap<(Variable, usize, AtomId), Relation, Hashing>,
}

impl<'a> Relations<'a> {
    /// Sorts the patterns of a set; each group comes with the clauses that it can match.
    pub(super) fn split<'p>(
        &mut self,
        problem: &'p Problem<'a>,
        variable: Variable,
        strings: &'a Strings,
        clauses: &[&'p Clause<'a>],
        budget: &mut Budget,
    ) -> Vec<(Group<'a>, Vec<&'p Clause<'a>>)> {
        let mut groups: Vec<(Group<'a>, Vec<&'p Clause<'a>>)> = Vec::new();
        let mut found: HashMap<Vec<Relation>, usize, Hashing> = HashMap::default();
        for (index, pattern) in strings.include.iter().enumerate() {
            let mut signature = Vec::with_capacity(clauses.len());
            for clause in clauses {
                signature.push(match clause.dimensions.get(variable).copied().flatten() {
                    None => Relation::Inside,
                    Some(atom) => *self.known.entry((variable, index, atom)).or_insert_with(|| match problem
                        .atoms
                        .get(atom)
                        .map(|atom| atom.what)
                    {
                        Some(What::Strings(set)) => {
                            let index = self.indexes.entry(atom).or_insert_with(|| Index::new(&set.include));
                            relation(pattern, &strings.exclude, set, index, budget)
                        }
                        Some(What::Condition(_)) | None => Relation::Across,
                    }),
                });
            }
            match found.get(&signature).and_then(|at| groups.get_mut(*at)) {
                Some((group, _)) => group.patterns.push(pattern),
                None => {
                    groups.push(group(pattern, strings, variable, clauses, &signature));
                    found.insert(signature, groups.len() - 1);
                }
            }
        }
        groups
    }
}

fn group<'a, 'p>(
    pattern: &'a Pattern,
    strings: &'a Strings,
    variable: Variable,
    clauses: &[&'p Clause<'a>],
    signature: &[Relation],
) -> (Group<'a>, Vec<&'p Clause<'a>>) {
    let mut relations = HashMap::default();
    let mut in_play = Vec::new();
    for (clause, relation) in clauses.iter().zip(signature) {
        if let Some(atom) = clause.dimensions.get(variable).copied().flatten() {
            relations.insert(atom, *relation);
        }
        if *relation != Relation::Apart {
            in_play.push(*clause);
        }
    }
    (Group { patterns: vec![pattern], exclude: &strings.exclude, relations }, in_play)
}

/// How `pattern` less `exclude` lies to a set.
fn relation<'a>(
    pattern: &'a Pattern,
    exclude: &'a [Pattern],
    set: &'a Strings,
    index: &Index<'a>,
    budget: &mut Budget,
) -> Relation {
    let mut near = index.near(pattern);
    near.retain(|other| !quick::misses(other, pattern));
    if near.is_empty() || set.exclude.iter().any(|out| quick::covers(out, pattern)) {
        return Relation::Apart;
    }
    let touched = set.exclude.iter().any(|out| !quick::misses(out, pattern));
    if !touched && near.iter().any(|outer| quick::covers(outer, pattern)) {
        return Relation::Inside;
    }
    let own = Set { include: vec![pattern], exclude, demand: Demand::Inside };
    let inside = Set { include: near, exclude: &set.exclude, demand: Demand::Inside };
    let outside = Set { demand: Demand::Outside, ..inside.clone() };
    if text::find(&[own.clone(), inside], budget) == Answer::No {
        return Relation::Apart;
    }
    if text::find(&[own, outside], budget) == Answer::No {
        return Relation::Inside;
    }
    Relation::Across
}

/// The patterns of a set that may meet one of these.
pub(super) fn near<'a>(set: &'a Strings, patterns: &[&Pattern]) -> Vec<&'a Pattern> {
    set.include.iter().filter(|other| patterns.iter().any(|pattern| !quick::misses(pattern, other))).collect()
}
