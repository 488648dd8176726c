//! An Access prepared for many questions about actions.
//!
//! Takes an Access and returns answers for requests. The answers are [`evaluate`]'s own, statement by statement, with two
//! shortcuts that change none of them. An action that a pattern spells out, in ASCII, is looked up. Patterns that begin
//! otherwise than the action are not even asked: what an action begins with is its text up to the first `:` or `/`, or
//! else up to the first `.`, which a pattern has to write out, in whatever case, to match it.

use std::collections::{HashMap, HashSet};

use crate::evaluate::{self, Truth};
use crate::{Access, Effect, Pattern, Request, Statement, Strings, Token};

pub(super) struct Prepared<'a> {
    statements: Vec<(&'a Statement, Actions<'a>)>,
}

/// The actions of a statement, by what they begin with.
struct Actions<'a> {
    /// All of them, for what is not ASCII.
    all: &'a Strings,
    /// Those that are spelled out, where all that is taken out is spelled out, too.
    spelled: SpelledActions<'a>,
    /// What is taken out of them.
    taken_out: SpelledActions<'a>,
    by_prefix: HashMap<String, Strings>,
    /// Those that do not write it out.
    open: Strings,
}

/// Patterns in ASCII that spell an action out, or its beginning.
#[derive(Default)]
struct SpelledActions<'a> {
    /// In the case in which they match.
    exact: HashSet<&'a str>,
    /// Those that match in any case: in lower case.
    folded: HashSet<&'a str>,
    /// What those begin with that may go on in any way; for each whether it is in lower case and matches in any.
    beginnings: Vec<(&'a str, bool)>,
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
        let asked = AskedAction::new(&request.action);
        combine(self.statements.iter().map(|(statement, actions)| {
            let action = actions.is_member(&asked, request);
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
            let asked = AskedAction::new(action);
            combine(relevant.iter().map(|(statement, actions, rest)| {
                (statement.effect, actions.is_member(&asked, request).min(*rest))
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
        evaluate::is_member(&statement.principals, &request.principal, request),
        evaluate::is_member(&statement.resources, &request.resource, request),
    ];
    let conditions = statement.conditions.iter().map(|condition| evaluate::holds(condition, request));
    places.into_iter().chain(conditions).min().unwrap_or(Truth::Yes)
}

/// An action that is asked about.
struct AskedAction<'t> {
    text: &'t str,
    lower: String,
}

impl<'t> AskedAction<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, lower: text.to_lowercase() }
    }
}

impl<'a> Actions<'a> {
    fn of(actions: &'a Strings) -> Self {
        let none = || Strings { include: Vec::new(), exclude: actions.exclude.clone() };
        let mut sorted = Self {
            all: actions,
            spelled: SpelledActions::default(),
            taken_out: SpelledActions::default(),
            by_prefix: HashMap::new(),
            open: none(),
        };
        let is_plain = actions.exclude.iter().all(|pattern| sorted.taken_out.take(pattern));
        for pattern in &actions.include {
            if is_plain && sorted.spelled.take(pattern) {
                continue;
            }
            match find_prefix(pattern) {
                Some(text) => sorted.by_prefix.entry(text).or_insert_with(none).include.push(pattern.clone()),
                None => sorted.open.include.push(pattern.clone()),
            }
        }
        sorted
    }

    fn is_member(&self, action: &AskedAction<'_>, request: &Request) -> Truth {
        if !action.text.is_ascii() {
            return evaluate::is_member(self.all, action.text, request);
        }
        if self.spelled.holds(action) {
            return if self.taken_out.holds(action) { Truth::No } else { Truth::Yes };
        }
        let by_prefix = find_cut(&action.lower).and_then(|text| self.by_prefix.get(text));
        let sets =
            by_prefix.into_iter().chain(std::iter::once(&self.open)).filter(|set| !set.include.is_empty());
        sets.map(|set| evaluate::is_member(set, action.text, request)).max().unwrap_or(Truth::No)
    }
}

impl<'a> SpelledActions<'a> {
    /// Takes a pattern, where it spells an action out, or its beginning.
    fn take(&mut self, pattern: &'a Pattern) -> bool {
        match pattern.tokens() {
            [Token::Literal(text)] if text.is_ascii() => {
                self.exact.insert(text);
            }
            [Token::Folded(text)] if text.is_ascii() => {
                self.folded.insert(text);
            }
            [Token::Run(None)] => self.beginnings.push(("", false)),
            [Token::Literal(text), Token::Run(None)] if text.is_ascii() => {
                self.beginnings.push((text, false))
            }
            [Token::Folded(text), Token::Run(None)] if text.is_ascii() => self.beginnings.push((text, true)),
            _ => return false,
        }
        true
    }

    fn holds(&self, action: &AskedAction<'_>) -> bool {
        let AskedAction { text, lower } = action;
        let begins = |(beginning, is_folded): &(&str, bool)| {
            if *is_folded { lower.starts_with(beginning) } else { text.starts_with(beginning) }
        };
        self.exact.contains(text)
            || self.folded.contains(lower.as_str())
            || self.beginnings.iter().any(begins)
    }
}

/// What everything begins with that a pattern spells, where it writes that out.
fn find_prefix(pattern: &Pattern) -> Option<String> {
    match pattern.tokens() {
        [Token::Literal(text) | Token::Folded(text)] => find_cut(text).map(str::to_lowercase),
        // What follows may hold the first sign that cuts.
        [Token::Literal(text) | Token::Folded(text), ..] => {
            cut_after(text, &[':', '/']).map(str::to_lowercase)
        }
        _ => None,
    }
}

/// A service of AWS, a provider of Azure; where neither is named, a service of Google.
fn find_cut(text: &str) -> Option<&str> {
    cut_after(text, &[':', '/']).or_else(|| cut_after(text, &['.']))
}

fn cut_after<'t>(text: &'t str, signs: &[char]) -> Option<&'t str> {
    text.get(..=text.find(signs)?)
}

#[cfg(test)]
mod tests {
    use super::{Actions, AskedAction};
    use crate::{Pattern, Request, Strings, Token, evaluate};

    #[test]
    fn sorting_by_what_actions_begin_with_changes_no_answer() {
        let texts = ["a", "A:", "b/", "a.b", "a.b/", "a/b.", ".a:b", "\u{c4}", "\u{212a}:", "k:"];
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
        let excludes: Vec<Vec<Pattern>> = std::iter::once(Vec::new())
            .chain(patterns.iter().step_by(29).map(|pattern| vec![pattern.clone()]))
            .collect();
        for (at, pattern) in patterns.into_iter().enumerate() {
            for exclude in [&excludes[0], &excludes[at % excludes.len()]] {
                let set = Strings { include: vec![pattern.clone()], exclude: exclude.clone() };
                let sorted = Actions::of(&set);
                for action in &actions {
                    let plain = evaluate::is_member(&set, action, &request);
                    let asked = AskedAction::new(action);
                    assert_eq!(sorted.is_member(&asked, &request), plain, "{set} of {action}");
                }
            }
        }
    }
}
