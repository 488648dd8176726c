//! The patterns of one planned component, sorted by what the other statements make of them.
//!
//! In go the patterns of a dimension and the statements that still matter; out come groups of patterns that stand in
//! the same relation to every one of those statements, each with the statements it leaves in play. Most statements of
//! a long policy speak of other actions, and are gone after this without any search.

use std::collections::HashMap;

use super::budget::Budget;
use super::hashing::Hashing;
use super::index::Index;
use super::problem::{AtomId, Clause, DIMENSIONS, Problem, Variable};
use super::quick;
use super::symbol::Demand;
use super::text::{self, Answer, Set};
use crate::{Pattern, Strings, Token};

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
    /// The sets that the group is not wholly out of, by atom.
    relations: Vec<(AtomId, Relation)>,
}

impl<'a> Group<'a> {
    /// The group as a set that must be met.
    pub(super) fn demand(&self) -> Set<'a> {
        Set { include: self.patterns.clone(), exclude: self.exclude, demand: Demand::Inside }
    }

    /// How the group lies to a set in play, as far as is known.
    pub(super) fn relation(&self, atom: AtomId) -> Option<Relation> {
        let at = self.relations.binary_search_by_key(&atom, |(atom, _)| *atom).ok()?;
        self.relations.get(at).map(|(_, relation)| *relation)
    }
}

/// The sets of the statements other than the one under question, and how its patterns lie to them.
#[derive(Debug)]
pub(super) struct Relations<'a> {
    /// By dimension: the patterns of all sets.
    indexes: [Index<'a, AtomId>; DIMENSIONS],
    /// By dimension and pattern: the sets that the pattern may share something with. The same pattern meets the same
    /// sets in many groups.
    neighbours: HashMap<(Variable, usize), Vec<Neighbour<'a>>, Hashing>,
}

/// A set that a pattern may share something with.
#[derive(Debug)]
struct Neighbour<'a> {
    atom: AtomId,
    /// Those of its patterns that may.
    near: Vec<&'a Pattern>,
    /// Worked out when it is asked for.
    relation: Option<Relation>,
}

impl<'a> Relations<'a> {
    pub(super) fn new(problem: &Problem<'a>, others: &[&Clause<'a>]) -> Self {
        let index = |variable: Variable| {
            let atoms = others.iter().filter_map(|clause| clause.dimensions.get(variable).copied().flatten());
            let mut atoms: Vec<AtomId> = atoms.collect();
            atoms.sort_unstable();
            atoms.dedup();
            let patterns = |atom| problem.strings(atom).map(|set| set.include.iter());
            let marked = |atom| patterns(atom).into_iter().flatten().map(move |pattern| (pattern, atom));
            Index::new(atoms.into_iter().flat_map(marked))
        };
        Self { indexes: [index(0), index(1), index(2)], neighbours: HashMap::default() }
    }

    /// Turns to another statement.
    pub(super) fn forget(&mut self) {
        self.neighbours.clear();
    }

    /// Sorts the patterns of a set; each group comes with the clauses that it can match.
    pub(super) fn split<'p>(
        &mut self,
        problem: &'p Problem<'a>,
        variable: Variable,
        strings: &'a Strings,
        clauses: &[&'p Clause<'a>],
        budget: &mut Budget,
    ) -> Vec<(Group<'a>, Vec<&'p Clause<'a>>)> {
        let own = |clause: &&Clause<'a>| clause.dimensions.get(variable).copied().flatten();
        let mut in_play: Vec<AtomId> = clauses.iter().filter_map(own).collect();
        in_play.sort_unstable();
        in_play.dedup();
        let mut groups: Vec<Group<'a>> = Vec::new();
        let mut found: HashMap<Vec<(AtomId, Relation)>, usize, Hashing> = HashMap::default();
        for (index, pattern) in strings.include.iter().enumerate() {
            let neighbours = self.neighbours.entry((variable, index)).or_insert_with(|| {
                self.indexes.get(variable).map_or_else(Vec::new, |index| neighbours(pattern, index))
            });
            let mut signature = Vec::new();
            let known = neighbours.iter_mut().filter(|one| in_play.binary_search(&one.atom).is_ok());
            for neighbour in known {
                let Some(set) = problem.strings(neighbour.atom) else { continue };
                let near = &neighbour.near;
                let mut work_out = || relation(pattern, &strings.exclude, set, near, budget);
                let relation = *neighbour.relation.get_or_insert_with(&mut work_out);
                if relation != Relation::Apart {
                    signature.push((neighbour.atom, relation));
                }
            }
            match found.get(&signature).and_then(|at| groups.get_mut(*at)) {
                Some(group) => group.patterns.push(pattern),
                None => {
                    found.insert(signature.clone(), groups.len());
                    let (patterns, exclude) = (vec![pattern], strings.exclude.as_slice());
                    groups.push(Group { patterns, exclude, relations: signature });
                }
            }
        }
        let met = |group: &Group<'a>, clause: &&Clause<'a>| {
            own(clause).is_none_or(|atom| group.relation(atom).is_some())
        };
        let with_clauses = |group: Group<'a>| {
            let clauses = clauses.iter().copied().filter(|clause| met(&group, clause)).collect();
            (group, clauses)
        };
        groups.into_iter().map(with_clauses).collect()
    }
}

/// The sets that a pattern may share something with, by atom.
fn neighbours<'a>(pattern: &Pattern, index: &Index<'a, AtomId>) -> Vec<Neighbour<'a>> {
    let mut near = index.near(pattern);
    near.retain(|(other, _)| !quick::misses(other, pattern));
    near.sort_by_key(|(_, atom)| *atom);
    let mut neighbours: Vec<Neighbour<'a>> = Vec::new();
    for (other, atom) in near {
        match neighbours.last_mut() {
            Some(last) if last.atom == atom => last.near.push(other),
            Some(_) | None => neighbours.push(Neighbour { atom, near: vec![other], relation: None }),
        }
    }
    neighbours
}

/// How `pattern` less `exclude` lies to a set of whose patterns some are near.
fn relation<'a>(
    pattern: &'a Pattern,
    exclude: &'a [Pattern],
    set: &'a Strings,
    near: &[&'a Pattern],
    budget: &mut Budget,
) -> Relation {
    if set.exclude.iter().any(|out| quick::covers(out, pattern)) {
        return Relation::Apart;
    }
    let touched = set.exclude.iter().any(|out| !quick::misses(out, pattern));
    if !touched && near.iter().any(|outer| quick::covers(outer, pattern)) {
        return Relation::Inside;
    }
    if exclude.is_empty() && !touched && seen_across(pattern, near) {
        return Relation::Across;
    }
    let own = Set { include: vec![pattern], exclude, demand: Demand::Inside };
    let inside = Set { include: near.to_vec(), exclude: &set.exclude, demand: Demand::Inside };
    let outside = Set { demand: Demand::Outside, ..inside.clone() };
    if text::find(&[own.clone(), inside], budget) == Answer::No {
        return Relation::Apart;
    }
    if text::find(&[own, outside], budget) == Answer::No {
        return Relation::Inside;
    }
    Relation::Across
}

/// Whether a pattern is seen at a glance to be partly in a set and partly out of it: one of the set's patterns lies
/// within it, and a word that it spells is spelled by none of them.
fn seen_across(pattern: &Pattern, near: &[&Pattern]) -> bool {
    let word = |token: &Token| match token {
        Token::Literal(text) | Token::Folded(text) => Token::Literal(text.clone()),
        Token::One(_) | Token::Run(_) => Token::Literal("x".into()),
        Token::Hole(hole) => Token::Hole(hole.clone()),
    };
    near.iter().any(|other| quick::covers(pattern, other)) && {
        let word = Pattern::new(pattern.tokens().iter().map(word));
        near.iter().all(|other| quick::misses(other, &word))
    }
}

/// The patterns of a set that may meet one of these.
pub(super) fn near<'a>(set: &'a Strings, patterns: &[&Pattern]) -> Vec<&'a Pattern> {
    set.include.iter().filter(|other| patterns.iter().any(|pattern| !quick::misses(pattern, other))).collect()
}
