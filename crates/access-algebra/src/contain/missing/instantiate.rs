//! Candidate values of policy variables.
//!
//! Takes two Accesses for which a search found only spurious counterexamples, with some of these, and returns
//! instantiations: assumptions that give one or two policy variables a value, or none. An instantiation proves nothing; a
//! request that is found under one is confirmed like any other (counterexample-guided instantiation, as in Ge and
//! de Moura, CAV 2009, with values read off the spurious requests and the words of the policies).

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Rewrite, list_patterns, require};
use crate::evaluate::{self, Truth};
use crate::{Access, Condition, Context, Pattern, Quantifier, Request, Statement, Strings, Test, Token};

/// Words of the policies tried for one variable.
const MAX_WORDS: usize = 32;

/// Values read off spurious requests tried for one variable.
const MAX_READINGS: usize = 24;

/// Spurious requests that are kept for reading values off them.
pub(in crate::contain) const MAX_SPURIOUS_REQUESTS: usize = 6;

/// Instantiations tried for one question.
const MAX_INSTANTIATIONS: usize = 400;

/// Values of some policy variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::contain) struct Instantiation<'a> {
    rewrites: Vec<Rewrite<'a>>,
}

/// Lists instantiations: values that would make a spurious request match, then words of the policies, first for one
/// variable at a time and then for two.
pub(in crate::contain) fn list_instantiations<'a>(
    approved: &Access,
    planned: &Access,
    variables: &[&'a Arc<str>],
    spurious: &[Request],
) -> Vec<Instantiation<'a>> {
    let mut read: BTreeSet<(Arc<str>, Arc<str>)> = BTreeSet::new();
    for statement in approved.statements.iter().chain(&planned.statements) {
        spurious.iter().for_each(|request| read_statement(statement, request, &mut read));
    }
    let fillers = ["example", "x", ""].map(Arc::from);
    let mut known = BTreeSet::new();
    let words =
        [approved, planned].into_iter().flat_map(list_words).filter(|word| known.insert(Arc::clone(word)));
    let values: Vec<Arc<str>> = fillers.into_iter().chain(words.take(MAX_WORDS)).collect();
    let single = |variable: &'a Arc<str>| {
        let read =
            read.iter().filter(|(name, _)| name == variable).map(|(_, value)| value).take(MAX_READINGS);
        let known = read
            .chain(&values)
            .map(move |value| Rewrite::Substitute { key: variable, value: Arc::clone(value) });
        known.chain([Rewrite::NoSingleValue { key: variable }]).collect::<Vec<_>>()
    };
    let ones = variables.iter().flat_map(|one| single(one)).map(|one| Instantiation { rewrites: vec![one] });
    let pairs = variables.iter().enumerate().flat_map(|(at, one)| {
        let others = variables.iter().skip(at + 1).map(|other| (single(one), single(other)));
        others.flat_map(|(one, other)| {
            one.into_iter().flat_map(move |one| {
                let pair = move |other| Instantiation { rewrites: vec![one.clone(), other] };
                other.clone().into_iter().map(pair)
            })
        })
    });
    ones.chain(pairs).take(MAX_INSTANTIATIONS).collect()
}

/// Reads off the values of variables with which a statement's patterns would match what a request says.
fn read_statement(statement: &Statement, request: &Request, into: &mut BTreeSet<(Arc<str>, Arc<str>)>) {
    let dimensions = [
        (&statement.principals, &request.principal),
        (&statement.actions, &request.action),
        (&statement.resources, &request.resource),
    ];
    for (set, text) in dimensions {
        set.include.iter().chain(&set.exclude).for_each(|pattern| read_pattern(pattern, text, into));
    }
    for condition in &statement.conditions {
        if let (Test::Text { values, .. }, Some(Context::One(text))) =
            (&condition.test, request.context.get(&condition.key))
        {
            values.iter().for_each(|pattern| read_pattern(pattern, text, into));
        }
    }
}

fn read_pattern(pattern: &Pattern, text: &str, into: &mut BTreeSet<(Arc<str>, Arc<str>)>) {
    let matches = |tokens: &[Token], text: &str| {
        let free = tokens.iter().map(|token| match token {
            Token::Hole(_) => Token::Run(None),
            Token::Literal(_) | Token::Folded(_) | Token::One(_) | Token::Run(_) => token.clone(),
        });
        evaluate::member(&Strings::of([Pattern::new(free)]), text, &Request::default()) == Truth::Yes
    };
    for (at, token) in pattern.tokens().iter().enumerate() {
        let Token::Hole(hole) = token else { continue };
        let (before, after) = (pattern.tokens().get(..at), pattern.tokens().get(at + 1..));
        let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
        let cuts = || text.char_indices().map(|(cut, _)| cut).chain([text.len()]);
        let starts = cuts().filter(|cut| matches(before, text.get(..*cut).unwrap_or_default()));
        let ends: Vec<usize> =
            cuts().filter(|cut| matches(after, text.get(*cut..).unwrap_or_default())).collect();
        for start in starts {
            let values = ends.iter().filter_map(|end| text.get(start..*end));
            into.extend(values.map(|value| (Arc::clone(&hole.name), Arc::from(value))));
        }
    }
}

impl Instantiation<'_> {
    /// The Access for requests with these values.
    pub(in crate::contain) fn apply(&self, access: &Access) -> Access {
        self.rewrites.iter().fold(access.clone(), |access, rewrite| rewrite.apply(&access))
    }

    /// As [`Self::apply`], and every allowing statement requires these values.
    pub(in crate::contain) fn apply_and_require(&self, access: &Access) -> Access {
        let mut access = self.apply(access);
        for rewrite in &self.rewrites {
            if let Rewrite::Substitute { key, value } = rewrite {
                let test = Test::Text { values: vec![Pattern::literal(value)], negated: false };
                let (key, quantifier) = (Arc::clone(key), Quantifier::One);
                require(&mut access, &Condition { key, test, quantifier, if_absent: false });
            }
        }
        access
    }
}

/// Lists words of an Access that a variable might stand for: whole texts, then their parts.
fn list_words(access: &Access) -> impl Iterator<Item = Arc<str>> {
    let patterns = access.statements.iter().flat_map(list_patterns);
    patterns.flat_map(|pattern| {
        let texts = pattern.tokens().iter().map(|token| match token {
            Token::Literal(text) | Token::Folded(text) => &**text,
            Token::One(_) => "x",
            Token::Run(_) | Token::Hole(_) => "",
        });
        let whole = texts.clone().collect::<String>();
        let parts = texts.flat_map(|text| text.split(['/', ':']).rev().map(str::to_owned));
        // The character that a wildcard stops at may be enough to escape it.
        let stops = pattern.tokens().iter().filter_map(|token| match token {
            Token::One(stop) | Token::Run(stop) => stop.map(String::from),
            Token::Literal(_) | Token::Folded(_) | Token::Hole(_) => None,
        });
        let words = std::iter::once(whole).chain(parts).chain(stops).filter(|word| !word.is_empty());
        words.map(Arc::from).collect::<Vec<_>>()
    })
}
