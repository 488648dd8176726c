//! An Access made ready for many questions about actions.
//!
//! The answers are [`evaluate`]'s own, statement by statement; only patterns that begin otherwise than the action are not
//! even asked. What an action begins with is its text up to the first `:`, `.` or `/`, which a pattern has to write
//! out, in whatever case, to match it.

use std::collections::HashMap;

use crate::access::evaluate::{self, Truth};
use crate::access::{Access, Effect, Pattern, Request, Statement, Strings, Token};

pub(super) struct Prepared<'a> {
    statements: Vec<(&'a Statement, Actions)>,
}

/// The actions of a statement, by what they begin with.
struct Actions {
    begun: HashMap<String, Strings>,
    /// Those that do not write it out.
    open: Strings,
}

impl<'a> Prepared<'a> {
    pub(super) fn of(access: &'a Access) -> Self {
        let statements = access.statements.iter();
        Self {
            statements: statements.map(|statement| (statement, Actions::of(&statement.actions))).collect(),
        }
    }

    /// Whether a request is allowed.
    pub(super) fn judge(&self, request: &Request) -> Truth {
        combined(self.statements.iter().map(|(statement, actions)| {
            let action = actions.member(&request.action, request);
            let found = if action == Truth::No { action } else { action.min(rest(statement, request)) };
            (statement.effect, found)
        }))
    }

    /// The same for many actions with one request's principal, resource and context.
    pub(super) fn with(&self, request: &'a Request) -> impl Fn(&str) -> Truth {
        let spoken_of =
            self.statements.iter().map(|(statement, actions)| (statement, actions, rest(statement, request)));
        let spoken_of: Vec<_> = spoken_of.filter(|(.., rest)| *rest != Truth::No).collect();
        move |action| {
            combined(spoken_of.iter().map(|(statement, actions, rest)| {
                (statement.effect, actions.member(action, request).min(*rest))
            }))
        }
    }
}

fn combined(each: impl Iterator<Item = (Effect, Truth)>) -> Truth {
    let (mut allowed, mut denied) = (Truth::No, Truth::No);
    for (effect, found) in each {
        match effect {
            Effect::Allow => allowed = allowed.max(found),
            Effect::Deny => denied = denied.max(found),
        }
    }
    let spared = match denied {
        Truth::No => Truth::Yes,
        Truth::Maybe => Truth::Maybe,
        Truth::Yes => Truth::No,
    };
    allowed.min(spared)
}

/// Whether a statement speaks of a request, whatever its action is.
fn rest(statement: &Statement, request: &Request) -> Truth {
    let places = [
        evaluate::member(&statement.principals, &request.principal, request),
        evaluate::member(&statement.resources, &request.resource, request),
    ];
    let conditions = statement.conditions.iter().map(|condition| evaluate::holds(condition, request));
    places.into_iter().chain(conditions).min().unwrap_or(Truth::Yes)
}

impl Actions {
    fn of(actions: &Strings) -> Self {
        let none = || Strings { include: Vec::new(), exclude: actions.exclude.clone() };
        let mut sorted = Self { begun: HashMap::new(), open: none() };
        for pattern in &actions.include {
            match begun(pattern) {
                Some(text) => sorted.begun.entry(text).or_insert_with(none).include.push(pattern.clone()),
                None => sorted.open.include.push(pattern.clone()),
            }
        }
        sorted
    }

    fn member(&self, action: &str, request: &Request) -> Truth {
        let begun = beginning(action).and_then(|text| self.begun.get(&text));
        let sets = begun.into_iter().chain(std::iter::once(&self.open)).filter(|set| !set.include.is_empty());
        sets.map(|set| evaluate::member(set, action, request)).max().unwrap_or(Truth::No)
    }
}

/// What everything begins with that a pattern spells, where it writes that out.
fn begun(pattern: &Pattern) -> Option<String> {
    match pattern.tokens().first()? {
        Token::Literal(text) | Token::Folded(text) => beginning(text),
        Token::One(_) | Token::Run(_) | Token::Hole(_) => None,
    }
}

fn beginning(text: &str) -> Option<String> {
    let end = text.find([':', '.', '/'])?;
    text.get(..=end).map(str::to_lowercase)
}
