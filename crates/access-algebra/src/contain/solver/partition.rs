//! A partition of the patterns of one planned component by their relation to the other statements.
//!
//! Takes the patterns of a dimension and the clauses that are still relevant, and returns cells: patterns that have the
//! same relation to the set of every such clause, each cell with the clauses that can match it. Most statements of a
//! long policy are about other actions, and are excluded here without any search.

use std::collections::HashMap;

use super::formula::{AtomId, Clause, DIMENSIONS, Formula, Variable};
use crate::contain::budget::Budget;
use crate::contain::hashing::BuildFastHasher;
use crate::contain::passes::Pass;
use crate::contain::strings::{self, Membership, PrefixIndex, Satisfiability, StringSet, subsumption};
use crate::{Pattern, Strings, Token};

/// How a cell of patterns relates to a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::contain) enum Relation {
    /// All its strings are in the set.
    Subset,
    /// None of its strings is in the set.
    Disjoint,
    /// Neither is proved.
    Overlapping,
}

/// Patterns that have the same relation to every relevant set.
#[derive(Clone, Debug)]
pub(in crate::contain) struct Cell<'a> {
    pub(super) patterns: Vec<&'a Pattern>,
    pub(super) exclude: &'a [Pattern],
    /// The relation to each set that the cell is not disjoint from, by atom.
    relations: Vec<(AtomId, Relation)>,
}

impl<'a> Cell<'a> {
    /// The cell as a set that a string must be in.
    pub(super) fn as_required_set(&self) -> StringSet<'a> {
        StringSet { include: self.patterns.clone(), exclude: self.exclude, membership: Membership::Inside }
    }

    /// The relation to a relevant set, where it is known.
    pub(in crate::contain) fn find_relation(&self, atom: AtomId) -> Option<Relation> {
        let at = self.relations.binary_search_by_key(&atom, |(atom, _)| *atom).ok()?;
        self.relations.get(at).map(|(_, relation)| *relation)
    }
}

/// The sets of all clauses but the planned allowances, and how the patterns of one planned allowance relate to them.
#[derive(Debug)]
pub(in crate::contain) struct Partition<'a> {
    /// By dimension: the patterns of all sets.
    indexes: [PrefixIndex<'a, AtomId>; DIMENSIONS],
    /// By dimension and pattern: the sets that the pattern may overlap. One pattern is compared with the same sets in
    /// many cells.
    neighbours: HashMap<(Variable, usize), Vec<Neighbour<'a>>, BuildFastHasher>,
}

/// A set that a pattern may overlap.
#[derive(Debug)]
struct Neighbour<'a> {
    atom: AtomId,
    /// Those of its patterns that may overlap it.
    overlapping: Vec<&'a Pattern>,
    /// Computed on first use.
    relation: Option<Relation>,
}

impl<'a> Partition<'a> {
    pub(in crate::contain) fn new(formula: &Formula<'a>, others: &[&Clause<'a>]) -> Self {
        let index = |variable: Variable| {
            let atoms = others.iter().filter_map(|clause| clause.dimensions.get(variable).copied().flatten());
            let mut atoms: Vec<AtomId> = atoms.collect();
            atoms.sort_unstable();
            atoms.dedup();
            let patterns = |atom| formula.find_strings(atom).map(|set| set.include.iter());
            let marked = |atom| patterns(atom).into_iter().flatten().map(move |pattern| (pattern, atom));
            PrefixIndex::new(atoms.into_iter().flat_map(marked))
        };
        Self { indexes: [index(0), index(1), index(2)], neighbours: HashMap::default() }
    }

    /// Forgets the patterns of the last planned allowance.
    pub(in crate::contain) fn clear(&mut self) {
        self.neighbours.clear();
    }

    /// Partitions the patterns of a set; each cell comes with the clauses that can match it.
    pub(in crate::contain) fn split<'p>(
        &mut self,
        formula: &'p Formula<'a>,
        variable: Variable,
        strings: &'a Strings,
        clauses: &[&'p Clause<'a>],
        budget: &mut Budget,
    ) -> Vec<(Cell<'a>, Vec<&'p Clause<'a>>)> {
        if !budget.passes.has(Pass::Partition) {
            let patterns = strings.include.iter().collect();
            return vec![(
                Cell { patterns, exclude: &strings.exclude, relations: Vec::new() },
                clauses.to_vec(),
            )];
        }
        let own = |clause: &&Clause<'a>| clause.dimensions.get(variable).copied().flatten();
        let mut relevant: Vec<AtomId> = clauses.iter().filter_map(own).collect();
        relevant.sort_unstable();
        relevant.dedup();
        budget.count(strings.include.len() + relevant.len());
        let mut cells: Vec<Cell<'a>> = Vec::new();
        let mut found: HashMap<Vec<(AtomId, Relation)>, usize, BuildFastHasher> = HashMap::default();
        for (index, pattern) in strings.include.iter().enumerate() {
            let neighbours = self.neighbours.entry((variable, index)).or_insert_with(|| {
                self.indexes.get(variable).map_or_else(Vec::new, |index| find_neighbours(pattern, index))
            });
            let mut signature = Vec::new();
            let asked = neighbours.iter_mut().filter(|one| relevant.binary_search(&one.atom).is_ok());
            for neighbour in asked {
                let Some(set) = formula.find_strings(neighbour.atom) else { continue };
                let overlapping = &neighbour.overlapping;
                let mut relate = || relate(pattern, &strings.exclude, set, overlapping, budget);
                let relation = *neighbour.relation.get_or_insert_with(&mut relate);
                if relation != Relation::Disjoint {
                    signature.push((neighbour.atom, relation));
                }
            }
            match found.get(&signature).and_then(|at| cells.get_mut(*at)) {
                Some(cell) => cell.patterns.push(pattern),
                None => {
                    found.insert(signature.clone(), cells.len());
                    let (patterns, exclude) = (vec![pattern], strings.exclude.as_slice());
                    cells.push(Cell { patterns, exclude, relations: signature });
                }
            }
        }
        let can_match = |cell: &Cell<'a>, clause: &&Clause<'a>| {
            own(clause).is_none_or(|atom| cell.find_relation(atom).is_some())
        };
        let with_clauses = |cell: Cell<'a>| {
            let clauses = clauses.iter().copied().filter(|clause| can_match(&cell, clause)).collect();
            (cell, clauses)
        };
        cells.into_iter().map(with_clauses).collect()
    }
}

/// Finds the sets that a pattern may overlap, by atom.
fn find_neighbours<'a>(pattern: &Pattern, index: &PrefixIndex<'a, AtomId>) -> Vec<Neighbour<'a>> {
    let mut overlapping = index.find_overlapping(pattern);
    overlapping.retain(|(other, _)| !subsumption::never_overlap(other, pattern));
    overlapping.sort_by_key(|(_, atom)| *atom);
    let mut neighbours: Vec<Neighbour<'a>> = Vec::new();
    for (other, atom) in overlapping {
        match neighbours.last_mut() {
            Some(last) if last.atom == atom => last.overlapping.push(other),
            Some(_) | None => neighbours.push(Neighbour { atom, overlapping: vec![other], relation: None }),
        }
    }
    neighbours
}

/// Computes how `pattern` less `exclude` relates to a set of which only some patterns may overlap it.
fn relate<'a>(
    pattern: &'a Pattern,
    exclude: &'a [Pattern],
    set: &'a Strings,
    overlapping: &[&'a Pattern],
    budget: &mut Budget,
) -> Relation {
    if set.exclude.iter().any(|out| subsumption::covers(out, pattern)) {
        return Relation::Disjoint;
    }
    let touched = set.exclude.iter().any(|out| !subsumption::never_overlap(out, pattern));
    if !touched && overlapping.iter().any(|outer| subsumption::covers(outer, pattern)) {
        return Relation::Subset;
    }
    if exclude.is_empty() && !touched && overlaps_by_example(pattern, overlapping, budget) {
        return Relation::Overlapping;
    }
    let own = StringSet { include: vec![pattern], exclude, membership: Membership::Inside };
    let inside =
        StringSet { include: overlapping.to_vec(), exclude: &set.exclude, membership: Membership::Inside };
    let outside = StringSet { membership: Membership::Outside, ..inside.clone() };
    if strings::find(&[own.clone(), inside], budget) == Satisfiability::Unsat {
        return Relation::Disjoint;
    }
    if strings::find(&[own, outside], budget) == Satisfiability::Unsat {
        return Relation::Subset;
    }
    Relation::Overlapping
}

/// Whether two examples show that a pattern is partly in a set and partly outside: it covers one of the set's patterns,
/// and none of them matches one text that it matches.
fn overlaps_by_example(pattern: &Pattern, overlapping: &[&Pattern], budget: &Budget) -> bool {
    if !budget.passes.has(Pass::Examples) {
        return false;
    }
    let fill = |token: &Token| match token {
        Token::Literal(text) | Token::Folded(text) => Token::Literal(text.clone()),
        Token::One(_) | Token::Run(_) => Token::Literal("x".into()),
        Token::Hole(hole) => Token::Hole(hole.clone()),
    };
    overlapping.iter().any(|other| subsumption::covers(pattern, other)) && {
        let example = Pattern::new(pattern.tokens().iter().map(fill));
        overlapping.iter().all(|other| subsumption::never_overlap(other, &example))
    }
}

/// Selects the patterns of a set that may overlap one of these.
pub(super) fn select_overlapping<'a>(set: &'a Strings, patterns: &[&Pattern]) -> Vec<&'a Pattern> {
    set.include
        .iter()
        .filter(|other| patterns.iter().any(|pattern| !subsumption::never_overlap(pattern, other)))
        .collect()
}
