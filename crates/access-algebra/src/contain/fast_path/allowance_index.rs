//! Approved allowing statements, found by what they name.
//!
//! Takes an approved Access and returns for a planned statement the approved ones that cover its resources, or its
//! actions. Where both sides have many statements, comparing each with each would take most of the time.

use crate::contain::strings::{PrefixIndex, subsumption};
use crate::{Access, Effect, Statement, Strings};

/// The statements, with an index of their patterns in two dimensions.
pub(super) struct AllowanceIndex<'a> {
    statements: Vec<&'a Statement>,
    resources: PrefixIndex<'a, usize>,
    actions: PrefixIndex<'a, usize>,
}

/// What the statements of an answer are known to cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CoveredPart {
    Resources,
    Actions,
}

impl<'a> AllowanceIndex<'a> {
    pub(super) fn new(approved: &'a Access) -> Self {
        let statements = approved.statements.iter().filter(|statement| statement.effect == Effect::Allow);
        let statements: Vec<&'a Statement> = statements.collect();
        let index = |set: fn(&'a Statement) -> &'a Strings| {
            let all = statements.iter().enumerate();
            let marked = all.flat_map(|(at, one)| set(one).include.iter().map(move |pattern| (pattern, at)));
            PrefixIndex::new(marked)
        };
        let (resources, actions) = (index(|one| &one.resources), index(|one| &one.actions));
        Self { statements, resources, actions }
    }

    /// Finds the statements that cover the resources of a statement, or its actions, where fewer name those. One that names
    /// none of either has no answer.
    pub(super) fn find_covering(&self, planned: &Statement) -> Option<(CoveredPart, Vec<&'a Statement>)> {
        let count = |index: &PrefixIndex<'a, usize>, set: &Strings| {
            Some(index.find_covering(set.include.first()?).len())
        };
        let resources = count(&self.resources, &planned.resources)?;
        let actions = count(&self.actions, &planned.actions)?;
        let (part, places) = if resources <= actions {
            let set = |one: &'a Statement| &one.resources;
            (CoveredPart::Resources, self.find_in(&self.resources, &planned.resources, set))
        } else {
            (CoveredPart::Actions, self.find_in(&self.actions, &planned.actions, |one| &one.actions))
        };
        Some((part, places.into_iter().filter_map(|at| self.statements.get(at).copied()).collect()))
    }

    /// The places of the statements of which one set covers another set, in ascending order.
    fn find_in(
        &self,
        index: &PrefixIndex<'a, usize>,
        inner: &Strings,
        outer: impl Fn(&'a Statement) -> &'a Strings,
    ) -> Vec<usize> {
        let mut found: Option<Vec<usize>> = None;
        for pattern in &inner.include {
            let covers = |(other, at): &(&crate::Pattern, usize)| {
                let statement = self.statements.get(*at);
                subsumption::covers(other, pattern)
                    && statement.is_some_and(|one| subsumption::exclusions_hold(pattern, inner, outer(one)))
            };
            let covering = index.find_covering(pattern).into_iter().filter(covers).map(|(_, at)| at);
            let mut covering: Vec<usize> = covering.collect();
            covering.sort_unstable();
            covering.dedup();
            match &mut found {
                None => found = Some(covering),
                Some(found) => found.retain(|at| covering.binary_search(at).is_ok()),
            }
        }
        found.unwrap_or_default()
    }
}
