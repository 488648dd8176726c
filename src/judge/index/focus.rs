//! The part of a large approval that a grant is about.
//!
//! Takes what an approval approves, once, and returns for readings of a grant the same Access without the statements and
//! the patterns that share no principal, or no resource, with them. What is left is never more than the whole, and
//! whatever of the readings lies within the whole lies within it: denials and exclusions stay.

use std::collections::BTreeMap;

use super::affixes::Affixes;
use super::pattern_index::PatternIndex;
use crate::lower::Lowered;
use access_algebra::{Access, Effect, Pattern, Statement, Strings};

/// Upper bound on the patterns of an Access that is compared as a whole: a search through so few costs less than a copy.
const LARGE: usize = 64;

/// The principals and the resources of one large Access.
#[derive(Debug)]
pub(in crate::judge) struct FocusIndex {
    principals: PartIndex,
    resources: PartIndex,
}

/// The patterns of one part of all statements.
#[derive(Debug)]
struct PartIndex {
    patterns: PatternIndex,
    /// The statement and the place of each pattern, by its mark.
    places: Vec<(usize, usize)>,
}

/// The places of the patterns that are kept, by their statement.
type Kept = BTreeMap<usize, Vec<usize>>;

impl FocusIndex {
    /// `None` where the Access is not large.
    pub(in crate::judge) fn new(access: &Access) -> Option<Self> {
        let sizes =
            access.statements.iter().map(|one| one.principals.include.len() + one.resources.include.len());
        (sizes.sum::<usize>() > LARGE).then(|| Self {
            principals: PartIndex::new(access, |statement| &statement.principals),
            resources: PartIndex::new(access, |statement| &statement.resources),
        })
    }

    /// What the Access, of which this is the index, allows of readings; `None` where that is most of it.
    pub(in crate::judge) fn focus(&self, access: &Access, readings: &[Lowered]) -> Option<Access> {
        let principals = self.principals.find(readings, |statement| &statement.principals);
        let resources = self.resources.find(readings, |statement| &statement.resources);
        if principals.is_none() && resources.is_none() {
            return None;
        }
        let focused = access.statements.iter().enumerate().filter_map(|(at, statement)| {
            if statement.effect == Effect::Deny {
                return Some(statement.clone());
            }
            Some(Statement {
                effect: Effect::Allow,
                principals: keep(&statement.principals, at, principals.as_ref())?,
                resources: keep(&statement.resources, at, resources.as_ref())?,
                actions: statement.actions.clone(),
                conditions: statement.conditions.clone(),
            })
        });
        Some(Access { statements: focused.collect() })
    }
}

impl PartIndex {
    fn new(access: &Access, part: impl Fn(&Statement) -> &Strings) -> Self {
        let (mut places, mut patterns) = (Vec::new(), Vec::new());
        for (at, statement) in access.statements.iter().enumerate() {
            for (place, pattern) in part(statement).include.iter().enumerate() {
                patterns.push((Affixes::of_pattern(pattern), places.len()));
                places.push((at, place));
            }
        }
        Self { patterns: patterns.into_iter().collect(), places }
    }

    /// The patterns that may share a string with what the readings allow; `None` where those are many.
    fn find(&self, readings: &[Lowered], part: impl Fn(&Statement) -> &Strings) -> Option<Kept> {
        let statements = readings.iter().flat_map(|reading| &reading.access.statements);
        let allowing = statements.filter(|statement| statement.effect == Effect::Allow);
        let mut wanted: Vec<&Pattern> = allowing.flat_map(|statement| &part(statement).include).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let wanted: Vec<Affixes> = wanted.into_iter().map(Affixes::of_pattern).collect();
        let count: usize = wanted.iter().map(|affixes| self.patterns.count(affixes)).sum();
        if count * 4 > self.places.len() {
            return None;
        }
        let mut kept = Kept::new();
        let marks = wanted.iter().flat_map(|affixes| self.patterns.find(affixes));
        for (statement, place) in marks.filter_map(|mark| self.places.get(mark)) {
            kept.entry(*statement).or_default().push(*place);
        }
        kept.values_mut().for_each(|places| {
            places.sort_unstable();
            places.dedup();
        });
        Some(kept)
    }
}

/// The patterns of a statement that are kept, in their order; `None` where none of them are.
fn keep(set: &Strings, statement: usize, kept: Option<&Kept>) -> Option<Strings> {
    let Some(kept) = kept else { return Some(set.clone()) };
    let include = kept.get(&statement)?.iter().filter_map(|place| set.include.get(*place).cloned());
    Some(Strings { include: include.collect(), exclude: set.exclude.clone() })
}
