//! What an assignment requires, under assumptions about policy variables.
//!
//! Takes the assignment of a search and returns [`Requirements`]: for each dimension the sets that its string is inside
//! or outside of, and for each key the conditions that its values satisfy or fail. An assumption returns further
//! requirements; nothing here chooses which to make.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::self_reference::simplify_self_reference;
use super::shared::SharedString;
use crate::contain::budget::Budget;
use crate::contain::domains::{self, Arity, KeyValue, Preference, SolvedKey};
use crate::contain::missing::{Rewrite, has_variable, list_condition_patterns};
use crate::contain::solver::CounterexampleSearch;
use crate::contain::solver::formula::DIMENSIONS;
use crate::contain::strings::{self, Membership, Satisfiability, StringSet, Symbol};
use crate::{Condition, Context, HoleKind, Pattern, Quantifier, Request, Strings, Test, Token};

/// Patterns of one set up to which each is a case of its own. The sets of IAM that have a policy variable have one or two.
const MAX_SPLIT_PATTERNS: usize = 4;

/// Values of one variable that are tried where it may have many. Eight left twice as many random pairs undecided.
pub(super) const MAX_CANDIDATES: usize = 24;

/// A set, and whether the string of its dimension is in it.
type SetRequirement = (Strings, Membership);

/// What is required of the values of one key.
#[derive(Clone, Debug)]
struct KeyRequirements {
    key: Arc<str>,
    literals: Vec<(Condition, bool)>,
    arity: Arity,
    preference: Preference,
}

/// What an assignment requires of a request.
#[derive(Clone, Debug)]
pub(super) struct Requirements {
    dimensions: Vec<Vec<SetRequirement>>,
    keys: Vec<KeyRequirements>,
}

impl Requirements {
    pub(super) fn of(search: &CounterexampleSearch<'_, '_>) -> Self {
        let own = |set: StringSet<'_>| {
            let include = set.include.into_iter().cloned().collect();
            (Strings { include, exclude: set.exclude.to_vec() }, set.membership)
        };
        let dimension = |variable| {
            let sets = search.list_sets(variable, search.assignments_of(variable));
            strings::normalise(&sets).iter().cloned().map(own).collect()
        };
        let keys = (DIMENSIONS..search.formula.count_variables()).filter_map(|variable| {
            let key = Arc::clone(search.formula.find_key(variable)?);
            let literals = search.list_literals(search.assignments_of(variable)).into_iter();
            let literals = literals.map(|(condition, holds)| (condition.clone(), holds)).collect();
            let (arity, preference) = (search.formula.find_arity(variable), Preference::Any);
            Some(KeyRequirements { key, literals, arity, preference })
        });
        Self { dimensions: (0..DIMENSIONS).map(dimension).collect(), keys: keys.collect() }
    }

    /// The policy variables in all patterns.
    pub(super) fn list_variables(&self) -> BTreeSet<Arc<str>> {
        let holes = self.list_patterns().flat_map(Pattern::holes);
        holes.filter(|hole| hole.kind == HoleKind::Variable).map(|hole| Arc::clone(&hole.name)).collect()
    }

    /// Whether some pattern has a hole that is no policy variable.
    pub(super) fn has_missing_value(&self) -> bool {
        self.list_patterns().flat_map(Pattern::holes).any(|hole| hole.kind != HoleKind::Variable)
    }

    fn list_patterns(&self) -> impl Iterator<Item = &Pattern> {
        let sets = self.dimensions.iter().flatten().map(|(set, _)| set);
        let in_sets = sets.flat_map(|set| set.include.iter().chain(&set.exclude));
        let literals = self.keys.iter().flat_map(|key| &key.literals);
        in_sets.chain(literals.flat_map(|(condition, _)| list_condition_patterns(condition)))
    }

    /// Whether a key is assumed to have a single value.
    pub(super) fn is_single(&self, key: &Arc<str>) -> bool {
        self.keys.iter().any(|one| one.key == *key && one.preference == Preference::SingleValued)
    }

    /// With the assumption that a key is absent or has several values.
    pub(super) fn without_single_value(&self, key: &Arc<str>) -> Self {
        let mut requirements = self.rewrite(&Rewrite::NoSingleValue { key });
        requirements.find_entry(key).preference = Preference::NotSingleValued;
        requirements
    }

    /// With the assumption that a key has a single value, for which all quantifiers mean the same.
    pub(super) fn with_single_value(&self, key: &Arc<str>) -> Self {
        let mut requirements = self.clone();
        let entry = requirements.find_entry(key);
        entry.preference = Preference::SingleValued;
        for (condition, _) in &mut entry.literals {
            condition.quantifier = Quantifier::One;
            simplify_self_reference(condition);
        }
        requirements
    }

    /// With the assumption that a key has this single value.
    pub(super) fn substitute(&self, key: &Arc<str>, value: &Arc<str>) -> Self {
        let mut requirements = self.rewrite(&Rewrite::Substitute { key, value: Arc::clone(value) });
        let test = Test::Text { values: vec![Pattern::literal(value)], negated: false };
        let (name, quantifier) = (Arc::clone(key), Quantifier::One);
        let is_value = Condition { key: name, test, quantifier, if_absent: false };
        requirements.find_entry(key).literals.push((is_value, true));
        requirements
    }

    fn rewrite(&self, rewrite: &Rewrite<'_>) -> Self {
        let mut requirements = self.clone();
        for (set, _) in requirements.dimensions.iter_mut().flatten() {
            *set = rewrite.substitute_in_strings(set);
        }
        for (condition, _) in requirements.keys.iter_mut().flat_map(|key| &mut key.literals) {
            *condition = rewrite.substitute_in_condition(condition);
        }
        requirements
    }

    fn find_entry(&mut self, key: &Arc<str>) -> &mut KeyRequirements {
        let known = self.keys.iter().position(|one| one.key == *key);
        let at = known.unwrap_or_else(|| {
            let (arity, preference) = (Arity::Single, Preference::Any);
            self.keys.push(KeyRequirements { key: Arc::clone(key), literals: Vec::new(), arity, preference });
            self.keys.len() - 1
        });
        #[expect(clippy::indexing_slicing, reason = "the place was found or made above")]
        &mut self.keys[at]
    }

    /// The cases by the pattern of a required set that matches, for the first set where one has a policy variable.
    pub(super) fn split_patterns(&self) -> Option<Vec<Self>> {
        let is_splittable = |(set, membership): &SetRequirement| {
            *membership == Membership::Inside
                && (2..=MAX_SPLIT_PATTERNS).contains(&set.include.len())
                && set.include.iter().any(has_variable)
        };
        let (dimension, at) =
            self.dimensions.iter().enumerate().find_map(|(dimension, sets)| {
                sets.iter().position(is_splittable).map(|at| (dimension, at))
            })?;
        let (set, _) = self.dimensions.get(dimension)?.get(at)?;
        let with_only = |pattern: &Pattern| {
            let mut requirements = self.clone();
            let set = requirements.dimensions.get_mut(dimension).and_then(|sets| sets.get_mut(at));
            set.into_iter().for_each(|(set, _)| set.include = vec![pattern.clone()]);
            requirements
        };
        Some(set.include.iter().map(with_only).collect())
    }

    /// The string of each dimension, and the value of each key that certainly has a single one.
    pub(super) fn list_strings(&self) -> Vec<SharedString<'_>> {
        let dimensions = self.dimensions.iter().map(|sets| SharedString { key: None, sets: as_sets(sets) });
        let is_single = |one: &&KeyRequirements| {
            let requires_one = |(condition, holds): &(Condition, bool)| {
                *holds
                    && condition.quantifier == Quantifier::One
                    && !condition.if_absent
                    && domains::is_value_test(&condition.test)
            };
            one.preference == Preference::SingleValued || one.literals.iter().any(requires_one)
        };
        let keys = self.keys.iter().filter(is_single).map(|one| {
            let literals = one.literals.iter().map(|(condition, holds)| (&condition.test, *holds));
            let sets = literals.filter_map(|literal| domains::text_set(&literal)).collect::<Vec<_>>();
            SharedString { key: Some(&one.key), sets: strings::normalise(&sets).into_owned() }
        });
        dimensions.chain(keys).collect()
    }

    /// Whether the requirements on one dimension or one key contradict each other.
    pub(super) fn has_contradiction(&self, budget: &mut Budget) -> bool {
        self.keys.iter().any(|one| one.solve(one.preference, budget) == Satisfiability::Unsat)
            || self
                .dimensions
                .iter()
                .any(|sets| strings::find(&as_sets(sets), budget) == Satisfiability::Unsat)
    }

    /// Whether the requirements on strings that share a policy variable contradict each other.
    pub(super) fn has_contradiction_of_shared(
        &self,
        variables: &BTreeSet<Arc<str>>,
        budget: &mut Budget,
    ) -> bool {
        let strings = self.list_strings();
        let is_impossible = |sets: Vec<StringSet<'_>>, budget: &mut Budget| {
            strings::find(&sets, budget) == Satisfiability::Unsat
        };
        variables.iter().any(|key| is_impossible(SharedString::merge(&strings, key), budget))
            || strings.iter().any(|string| string.is_impossible_within(&strings, variables, budget))
    }

    /// Values of a variable that are worth a try: strings in all sets that it must be in, what is read off strings that its
    /// patterns match, then words of the patterns.
    pub(super) fn list_candidates(&self, key: &Arc<str>, budget: &mut Budget) -> Vec<Arc<str>> {
        let strings = self.list_strings();
        let merged = SharedString::merge(&strings, key);
        let found = [strings::find_readable(&merged, budget), strings::find(&merged, budget)];
        let texts = found.into_iter().filter_map(|found| match found {
            Satisfiability::Sat(found) => strings::as_text(&found.text).map(Arc::from),
            Satisfiability::Unsat | Satisfiability::Unknown => None,
        });
        let texts = texts.collect::<Vec<Arc<str>>>().into_iter();
        let read: Vec<Arc<str>> = strings.iter().flat_map(|string| string.read_values(key, budget)).collect();
        let mut candidates: Vec<Arc<str>> = Vec::new();
        for value in texts
            .chain(read.into_iter().take(MAX_CANDIDATES))
            .chain(["", "x"].map(Arc::from))
            .chain(self.list_words())
        {
            if !candidates.contains(&value) {
                candidates.push(value);
            }
        }
        candidates.truncate(MAX_CANDIDATES);
        candidates
    }

    /// Lists texts of all patterns: each whole, then its parts, and what its wildcards stop at.
    fn list_words(&self) -> impl Iterator<Item = Arc<str>> {
        let whole = self.list_patterns().map(|pattern| {
            let texts = pattern.tokens().iter().map(|token| match token {
                Token::Literal(text) | Token::Folded(text) => &**text,
                Token::One(_) => "x",
                Token::Run(_) | Token::Hole(_) => "",
            });
            texts.collect::<String>().into()
        });
        let parts = self.list_patterns().flat_map(Pattern::tokens).filter_map(|token| match token {
            Token::Literal(text) | Token::Folded(text) => Some(Arc::clone(text)),
            Token::One(Some(stop)) | Token::Run(Some(stop)) => Some(stop.to_string().into()),
            Token::One(None) | Token::Run(None) | Token::Hole(_) => None,
        });
        whole.chain(parts)
    }

    /// A request that satisfies the requirements on each dimension and each key; `None` where something is missing.
    pub(super) fn build_request(&self, budget: &mut Budget) -> Option<Request> {
        let text = |symbols: &Vec<Symbol<'_>>| strings::as_text(symbols);
        let mut dimensions = Vec::with_capacity(DIMENSIONS);
        for sets in &self.dimensions {
            match strings::find_readable(&as_sets(sets), budget) {
                Satisfiability::Sat(found) => dimensions.push(text(&found.text)?),
                Satisfiability::Unsat | Satisfiability::Unknown => return None,
            }
        }
        let mut request = Request::default();
        for one in &self.keys {
            let preference = match one.preference {
                Preference::Any => Preference::Readable,
                Preference::Readable | Preference::SingleValued | Preference::NotSingleValued => {
                    one.preference
                }
            };
            let Satisfiability::Sat(solved) = one.solve(preference, budget) else { return None };
            let value = match solved.value {
                KeyValue::Absent => continue,
                KeyValue::One(value) => Context::One(text(&value)?),
                KeyValue::Many(values) => Context::Many(values.iter().map(text).collect::<Option<_>>()?),
            };
            request.context.insert(Arc::clone(&one.key), value);
        }
        let mut dimensions = dimensions.into_iter();
        (request.principal, request.action, request.resource) =
            (dimensions.next()?, dimensions.next()?, dimensions.next()?);
        Some(request)
    }
}

fn as_sets(sets: &[SetRequirement]) -> Vec<StringSet<'_>> {
    sets.iter().map(|(set, membership)| StringSet::of(set, *membership)).collect()
}

impl KeyRequirements {
    fn solve(&self, preference: Preference, budget: &mut Budget) -> Satisfiability<SolvedKey<'_>> {
        let literals: Vec<_> = self.literals.iter().map(|(condition, holds)| (condition, *holds)).collect();
        domains::solve(&literals, self.arity, preference, budget)
    }
}
