//! What policy variables might stand for in a request.
//!
//! In go two Accesses whose policy variables a search could not make sense of; out come guesses, each of which gives
//! some variables a value, or none. A guess proves nothing: a request found under one is judged like any other.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::bounds;
use crate::evaluate::{self, Truth};
use crate::{
    Access, Condition, Context, HoleKind, Pattern, Quantifier, Request, Statement, Strings, Test, Token,
};

/// So many words are tried for a variable.
const WORDS: usize = 32;

/// So many values that suspects suggest are tried for a variable.
const READINGS: usize = 24;

/// So many suspects are kept.
pub(super) const SUSPECTS: usize = 6;

/// So many guesses are made.
const MOST: usize = 400;

/// What some variables stand for: a text, or nothing where the request does not have the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Guess<'a> {
    values: Vec<(&'a Arc<str>, Option<Arc<str>>)>,
}

/// The policy variables of two Accesses, the named one first.
pub(super) fn variables<'a>(
    approved: &'a Access,
    planned: &'a Access,
    named: Option<&Arc<str>>,
) -> Vec<&'a Arc<str>> {
    let patterns = [approved, planned].into_iter().flat_map(|access| &access.statements);
    let holes = patterns.flat_map(bounds::patterns_of).flat_map(Pattern::holes);
    let mut variables: Vec<&Arc<str>> =
        holes.filter(|hole| hole.kind == HoleKind::Variable).map(|hole| &hole.name).collect();
    variables.sort();
    variables.dedup();
    variables.sort_by_key(|variable| Some(*variable) != named);
    variables
}

/// Guesses for variables: what would make a suspect match, then words, one variable at a time and then two.
pub(super) fn all<'a>(
    approved: &Access,
    planned: &Access,
    variables: &[&'a Arc<str>],
    suspects: &[Request],
) -> Vec<Guess<'a>> {
    let mut read: BTreeSet<(Arc<str>, Arc<str>)> = BTreeSet::new();
    for statement in approved.statements.iter().chain(&planned.statements) {
        suspects.iter().for_each(|suspect| readings(statement, suspect, &mut read));
    }
    let fillers = ["example", "x", ""].map(Arc::from);
    let mut known = BTreeSet::new();
    let words = [approved, planned].into_iter().flat_map(words).filter(|word| known.insert(Arc::clone(word)));
    let values: Vec<Arc<str>> = fillers.into_iter().chain(words.take(WORDS)).collect();
    let single = |variable: &'a Arc<str>| {
        let read = read.iter().filter(|(name, _)| name == variable).map(|(_, value)| value).take(READINGS);
        let known = read.chain(&values).map(move |value| (variable, Some(Arc::clone(value))));
        known.chain([(variable, None)]).collect::<Vec<_>>()
    };
    let ones = variables.iter().flat_map(|one| single(one)).map(|one| Guess { values: vec![one] });
    let pairs = variables.iter().enumerate().flat_map(|(at, one)| {
        let others = variables.iter().skip(at + 1).map(|other| (single(one), single(other)));
        others.flat_map(|(one, other)| {
            one.into_iter().flat_map(move |one| {
                let pair = move |other| Guess { values: vec![one.clone(), other] };
                other.clone().into_iter().map(pair)
            })
        })
    });
    ones.chain(pairs).take(MOST).collect()
}

/// The values of variables with which a statement's patterns would spell what a request says.
fn readings(statement: &Statement, request: &Request, into: &mut BTreeSet<(Arc<str>, Arc<str>)>) {
    let dimensions = [
        (&statement.principals, &request.principal),
        (&statement.actions, &request.action),
        (&statement.resources, &request.resource),
    ];
    for (set, text) in dimensions {
        set.include.iter().chain(&set.exclude).for_each(|pattern| readings_of(pattern, text, into));
    }
    for condition in &statement.conditions {
        if let (Test::Text { values, .. }, Some(Context::One(text))) =
            (&condition.test, request.context.get(&condition.key))
        {
            values.iter().for_each(|pattern| readings_of(pattern, text, into));
        }
    }
}

fn readings_of(pattern: &Pattern, text: &str, into: &mut BTreeSet<(Arc<str>, Arc<str>)>) {
    let spells = |tokens: &[Token], text: &str| {
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
        let starts = cuts().filter(|cut| spells(before, text.get(..*cut).unwrap_or_default()));
        let ends: Vec<usize> =
            cuts().filter(|cut| spells(after, text.get(*cut..).unwrap_or_default())).collect();
        for start in starts {
            let values = ends.iter().filter_map(|end| text.get(start..*end));
            into.extend(values.map(|value| (Arc::clone(&hole.name), Arc::from(value))));
        }
    }
}

impl Guess<'_> {
    /// The Access for requests of which the guess is true.
    pub(super) fn narrowed(&self, access: &Access) -> Access {
        let narrow = |access: Access, (name, value): &(&Arc<str>, Option<Arc<str>>)| match value {
            Some(value) => bounds::pinned(&access, name, value),
            None => bounds::without(&access, name),
        };
        self.values.iter().fold(access.clone(), narrow)
    }

    /// The same, which asks that it is true.
    pub(super) fn demanded(&self, access: &Access) -> Access {
        let mut access = self.narrowed(access);
        for (name, value) in &self.values {
            let Some(value) = value else { continue };
            let test = Test::Text { values: vec![Pattern::literal(value)], negated: false };
            let (key, quantifier) = (Arc::clone(name), Quantifier::One);
            bounds::demand(&mut access, &Condition { key, test, quantifier, if_absent: false });
        }
        access
    }
}

/// Words that stand in an Access, which a variable might stand for: whole texts, then their parts.
fn words(access: &Access) -> impl Iterator<Item = Arc<str>> {
    let patterns = access.statements.iter().flat_map(bounds::patterns_of);
    patterns.flat_map(|pattern| {
        let texts = pattern.tokens().iter().map(|token| match token {
            Token::Literal(text) | Token::Folded(text) => &**text,
            Token::One(_) => "x",
            Token::Run(_) | Token::Hole(_) => "",
        });
        let whole = texts.clone().collect::<String>();
        let parts = texts.flat_map(|text| text.split(['/', ':']).rev().map(str::to_owned));
        // What a wildcard stops at may be all that it takes to be past one.
        let stops = pattern.tokens().iter().filter_map(|token| match token {
            Token::One(stop) | Token::Run(stop) => stop.map(String::from),
            Token::Literal(_) | Token::Folded(_) | Token::Hole(_) => None,
        });
        let words = std::iter::once(whole).chain(parts).chain(stops).filter(|word| !word.is_empty());
        words.map(Arc::from).collect::<Vec<_>>()
    })
}
