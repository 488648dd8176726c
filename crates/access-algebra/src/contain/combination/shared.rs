//! Strings that a policy variable makes depend on each other.
//!
//! Takes the sets that one string must be inside and outside of, and returns the constants that it can be, the values that
//! a policy variable in its patterns can have, and whether the sets leave nothing where the variables in them are limited.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::MAX_CONSTANTS;
use crate::contain::budget::Budget;
use crate::contain::missing::is_variable;
use crate::contain::strings::{self, Membership, Satisfiability, StringSet};
use crate::{Pattern, Strings, Token};

/// Patterns by which the value of one variable is approximated. A pattern with several variables becomes as many patterns
/// as the product of their numbers.
const MAX_DOMAIN_PATTERNS: usize = 4;

/// Characters of a text up to which values are read off it, since the work is quadratic. ARNs of AWS have at most 2,048
/// characters; those that people write are shorter than this.
const MAX_READ_TEXT: usize = 256;

/// The string of a dimension or the single value of a key, and the sets that it must be inside and outside of.
#[derive(Clone, Debug)]
pub(super) struct SharedString<'r> {
    pub(super) key: Option<&'r Arc<str>>,
    pub(super) sets: Vec<StringSet<'r>>,
}

impl<'r> SharedString<'r> {
    /// Whether the string is the value of a policy variable: that of its key, or all that it must match is the variable.
    pub(super) fn is_value_of(&self, key: &Arc<str>) -> bool {
        self.key == Some(key) || self.sets.iter().any(|set| is_alias(set, key))
    }

    /// The texts that the string can be, where they are few.
    pub(super) fn list_constants(&self) -> Option<BTreeSet<Arc<str>>> {
        self.required().find_map(|set| {
            let mut constants = BTreeSet::new();
            for pattern in &set.include {
                constants.extend(strings::list_texts(pattern, MAX_CONSTANTS)?);
            }
            (constants.len() <= MAX_CONSTANTS).then_some(constants)
        })
    }

    /// The values of a variable with which some pattern of a set matches one of the texts that the string can be.
    pub(super) fn match_constants(&self, key: &Arc<str>) -> Option<BTreeSet<Arc<str>>> {
        let mut sets = self.required();
        let set = sets.find(|set| set.include.iter().all(|pattern| has_variable(pattern, key)))?;
        let texts = self.list_constants()?;
        if texts.iter().any(|text| text.len() > MAX_READ_TEXT) {
            return None;
        }
        let values =
            texts.iter().flat_map(|text| set.include.iter().flat_map(|one| match_text(one, key, text)));
        Some(values.collect())
    }

    /// Values of a variable with which its patterns match one text that satisfies all that is known of the string.
    pub(super) fn read_values(&self, key: &Arc<str>, budget: &mut Budget) -> Vec<Arc<str>> {
        let patterns = self.required().flat_map(|set| &set.include).filter(|one| has_variable(one, key));
        let patterns: Vec<&&Pattern> = patterns.collect();
        if patterns.is_empty() {
            return Vec::new();
        }
        let text = strings::find_relaxed(&self.sets, budget).filter(|text| text.len() <= MAX_READ_TEXT);
        text.iter().flat_map(|text| patterns.iter().flat_map(move |one| match_text(one, key, text))).collect()
    }

    fn required(&self) -> impl Iterator<Item = &StringSet<'r>> {
        self.sets.iter().filter(|set| set.membership == Membership::Inside)
    }

    /// What is required of the value of a variable by every string that is its value.
    pub(super) fn merge(strings: &[Self], key: &Arc<str>) -> Vec<StringSet<'r>> {
        let equal = strings.iter().filter(|string| string.is_value_of(key));
        equal.flat_map(|string| &string.sets).filter(|set| !is_alias(set, key)).cloned().collect()
    }

    /// Whether nothing is left where each variable is limited to what its own value must match.
    pub(super) fn is_impossible_within(
        &self,
        strings: &[Self],
        variables: &BTreeSet<Arc<str>>,
        budget: &mut Budget,
    ) -> bool {
        let domains: Vec<(&Arc<str>, Vec<&Pattern>)> =
            variables.iter().filter_map(|key| Some((key, find_domain(strings, key)?))).collect();
        let has_domain = |pattern: &&Pattern| domains.iter().any(|(key, _)| has_variable(pattern, key));
        let patterns = self.sets.iter().flat_map(|set| set.include.iter().copied().chain(set.exclude));
        if !patterns.into_iter().any(|pattern| has_domain(&pattern)) {
            return false;
        }
        let limited: Vec<(Strings, Membership)> = self
            .sets
            .iter()
            .map(|set| {
                let widen = |pattern: &Pattern| widen(pattern, &domains);
                let keep = |pattern: &&Pattern| !has_domain(pattern);
                let set_of = |include, exclude| (Strings { include, exclude }, set.membership);
                let include = set.include.iter().copied();
                match set.membership {
                    Membership::Inside => set_of(
                        include.flat_map(widen).collect(),
                        set.exclude.iter().filter(keep).cloned().collect(),
                    ),
                    Membership::Outside => set_of(
                        include.filter(keep).cloned().collect(),
                        set.exclude.iter().flat_map(widen).collect(),
                    ),
                }
            })
            .collect();
        let sets: Vec<_> = limited.iter().map(|(set, membership)| StringSet::of(set, *membership)).collect();
        strings::find(&sets, budget) == Satisfiability::Unsat
    }
}

/// Patterns without holes of which one matches the value of a variable.
fn find_domain<'r>(strings: &[SharedString<'r>], key: &Arc<str>) -> Option<Vec<&'r Pattern>> {
    let own = strings.iter().filter(|string| string.is_value_of(key));
    let sets = own.flat_map(|string| &string.sets).filter(|set| {
        set.membership == Membership::Inside
            && set.include.len() <= MAX_DOMAIN_PATTERNS
            && set.include.iter().all(|pattern| pattern.holes().next().is_none())
    });
    sets.min_by_key(|set| set.include.len()).map(|set| set.include.clone())
}

/// Patterns that together match whatever a pattern matches with values of these domains.
fn widen(pattern: &Pattern, domains: &[(&Arc<str>, Vec<&Pattern>)]) -> Vec<Pattern> {
    let mut widened = vec![pattern.clone()];
    for (key, values) in domains {
        if has_variable(pattern, key) {
            let with_value = |one: &Pattern, value: &Pattern| {
                let replace = |token: &Token| match token {
                    Token::Hole(hole) if is_variable(hole, key) => value.tokens().to_vec(),
                    Token::Literal(_) | Token::Folded(_) | Token::One(_) | Token::Run(_) | Token::Hole(_) => {
                        vec![token.clone()]
                    }
                };
                Pattern::new(one.tokens().iter().flat_map(replace))
            };
            widened =
                widened.iter().flat_map(|one| values.iter().map(|value| with_value(one, value))).collect();
        }
    }
    widened
}

fn is_alias(set: &StringSet<'_>, key: &Arc<str>) -> bool {
    let is_only = |pattern: &&Pattern| match pattern.tokens() {
        [Token::Hole(hole)] => is_variable(hole, key),
        _ => false,
    };
    set.membership == Membership::Inside && !set.include.is_empty() && set.include.iter().all(is_only)
}

fn has_variable(pattern: &Pattern, key: &Arc<str>) -> bool {
    pattern.holes().any(|hole| is_variable(hole, key))
}

/// Every value of a variable with which a pattern may match a text, whatever other holes are: what stands between texts
/// that the pieces before and after the variable match.
fn match_text(pattern: &Pattern, key: &Arc<str>, text: &str) -> Vec<Arc<str>> {
    let is_own = |token: &Token| matches!(token, Token::Hole(hole) if is_variable(hole, key));
    let Some(at) = pattern.tokens().iter().position(is_own) else { return Vec::new() };
    let widened = |tokens: Option<&[Token]>| {
        let widen = |token: &Token| match token {
            Token::Hole(_) => Token::Run(None),
            Token::Literal(_) | Token::Folded(_) | Token::One(_) | Token::Run(_) => token.clone(),
        };
        Strings::of([Pattern::new(tokens.unwrap_or_default().iter().map(widen))])
    };
    let (before, after) = (widened(pattern.tokens().get(..at)), widened(pattern.tokens().get(at + 1..)));
    let matches = |set: &Strings, text: &str| {
        strings::satisfies_all(&[StringSet::of(set, Membership::Inside)], text, &Budget::default())
    };
    let cuts = || text.char_indices().map(|(cut, _)| cut).chain([text.len()]);
    let starts = cuts().filter(|cut| matches(&before, text.get(..*cut).unwrap_or_default()));
    let ends: Vec<usize> =
        cuts().filter(|cut| matches(&after, text.get(*cut..).unwrap_or_default())).collect();
    starts
        .flat_map(|start| ends.iter().filter_map(move |end| text.get(start..*end)).collect::<Vec<_>>())
        .map(Arc::from)
        .collect()
}
