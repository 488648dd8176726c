//! An Access prepared for many questions about actions.
//!
//! Takes an Access and returns answers for requests. The answers are [`evaluate`]'s own, statement by statement; only patterns that begin otherwise than the action are not
//! even asked. What an action begins with is its text up to the first `:` or `/`, or else up to the first `.`, which a
//! pattern has to write out, in whatever case, to match it.

use std::collections::HashMap;

use crate::evaluate::{self, Truth};
use crate::{Access, Effect, Pattern, Request, Statement, Strings, Token};

pub(super) struct Prepared<'a> {
    statements: Vec<(&'a Statement, Actions)>,
}

/// The actions of a statement, by what they begin with.
struct Actions {
    by_prefix: HashMap<String, Strings>,
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
        combine(self.statements.iter().map(|(statement, actions)| {
            let action = actions.member(&request.action, request);
            let found = if action == Truth::No {
                action
            } else {
                action.min(match_all_but_action(statement, request))
            };
            (statement.effect, found)
        }))
    }

    /// The same for many actions with one request's principal, resource and context.
    pub(super) fn with(&self, request: &'a Request) -> impl Fn(&str) -> Truth {
        let relevant = self
            .statements
            .iter()
            .map(|(statement, actions)| (statement, actions, match_all_but_action(statement, request)));
        let relevant: Vec<_> = relevant.filter(|(.., rest)| *rest != Truth::No).collect();
        move |action| {
            combine(relevant.iter().map(|(statement, actions, rest)| {
                (statement.effect, actions.member(action, request).min(*rest))
            }))
        }
    }
}

fn combine(each: impl Iterator<Item = (Effect, Truth)>) -> Truth {
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
fn match_all_but_action(statement: &Statement, request: &Request) -> Truth {
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
        let mut sorted = Self { by_prefix: HashMap::new(), open: none() };
        for pattern in &actions.include {
            match find_prefix(pattern) {
                Some(text) => sorted.by_prefix.entry(text).or_insert_with(none).include.push(pattern.clone()),
                None => sorted.open.include.push(pattern.clone()),
            }
        }
        sorted
    }

    fn member(&self, action: &str, request: &Request) -> Truth {
        let by_prefix = cut_prefix(action).and_then(|text| self.by_prefix.get(&text));
        let sets =
            by_prefix.into_iter().chain(std::iter::once(&self.open)).filter(|set| !set.include.is_empty());
        sets.map(|set| evaluate::member(set, action, request)).max().unwrap_or(Truth::No)
    }
}

/// What everything begins with that a pattern spells, where it writes that out.
fn find_prefix(pattern: &Pattern) -> Option<String> {
    match pattern.tokens() {
        [Token::Literal(text) | Token::Folded(text)] => cut_prefix(text),
        // What follows may hold the first sign that cuts.
        [Token::Literal(text) | Token::Folded(text), ..] => cut_after(text, &[':', '/']),
        _ => None,
    }
}

/// A service of AWS, a provider of Azure; where neither is named, a service of Google.
fn cut_prefix(text: &str) -> Option<String> {
    cut_after(text, &[':', '/']).or_else(|| cut_after(text, &['.']))
}

fn cut_after(text: &str, signs: &[char]) -> Option<String> {
    let end = text.find(signs)?;
    text.get(..=end).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::Actions;
    use crate::{Pattern, Request, Strings, Token, evaluate};

    #[test]
    fn sorting_by_what_actions_begin_with_changes_no_answer() {
        let texts = ["a", "A:", "b/", "a.b", "a.b/", "a/b.", ".a:b"];
        let tokens: Vec<Token> = texts
            .iter()
            .flat_map(|text| [Token::Literal((*text).into()), Token::Folded(text.to_lowercase().into())])
            .chain([Token::Run(None), Token::Run(Some('/')), Token::One(None)])
            .collect();
        let mut patterns: Vec<Pattern> = tokens.iter().map(|token| Pattern::new([token.clone()])).collect();
        for first in &tokens {
            patterns.extend(tokens.iter().map(|second| Pattern::new([first.clone(), second.clone()])));
        }
        let joined = texts.iter().flat_map(|one| texts.map(|other| format!("{one}{other}")));
        let actions: Vec<String> = joined.chain(texts.map(str::to_owned)).collect();
        let request = Request::default();
        for pattern in patterns {
            let set = Strings::of([pattern]);
            let sorted = Actions::of(&set);
            for action in &actions {
                let plain = evaluate::member(&set, action, &request);
                assert_eq!(sorted.member(action, &request), plain, "{set} of {action}");
            }
        }
    }
}
