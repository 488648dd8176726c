//! An Access prepared for many questions about actions.
//!
//! Takes an Access and returns answers for requests. The answers are [`evaluate`]'s own, with two shortcuts that change
//! none of them. Patterns that begin otherwise than the action are not asked: what an action begins with is its text up to
//! the first `:` or `/`, or else up to the first `.`, which a pattern has to write out, in whatever case, to match it. And
//! a pattern of ASCII text, with or without a run behind it, is compared as text.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

use crate::contain::hashing::BuildFastHasher;
use crate::evaluate::{self, Truth};
use crate::{Access, Effect, Pattern, Request, Statement, Strings, Token};

/// The statements of an Access, or those of them that speak of one request, by the actions that they name.
pub(super) struct Prepared<'a> {
    access: &'a Access,
    statements: Vec<PreparedStatement<'a>>,
    /// What actions begin with, in lower case, and the patterns that write it out.
    by_prefix: HashMap<Cow<'a, str>, Vec<ActionPattern<'a>>, BuildFastHasher>,
    /// The patterns that do not.
    open: Vec<ActionPattern<'a>>,
}

struct PreparedStatement<'a> {
    statement: &'a Statement,
    /// Whether all but its actions match, where that was asked for one request.
    rest: Option<Truth>,
}

/// An included pattern of a statement's actions.
struct ActionPattern<'a> {
    pattern: &'a Pattern,
    /// The place of the statement.
    of: usize,
}

impl<'a> Prepared<'a> {
    /// Prepares all statements.
    pub(super) fn of(access: &'a Access) -> Self {
        Self::with(access, |_| None)
    }

    /// Prepares the statements that speak of a request's principal, resource and context, whatever its action is.
    pub(super) fn on(access: &'a Access, request: &Request) -> Self {
        Self::with(access, |statement| Some(match_all_but_action(statement, request)))
    }

    fn with(access: &'a Access, match_rest: impl Fn(&Statement) -> Option<Truth>) -> Self {
        let mut prepared =
            Self { access, statements: Vec::new(), by_prefix: HashMap::default(), open: Vec::new() };
        for statement in &access.statements {
            let rest = match_rest(statement);
            if rest != Some(Truth::No) {
                prepared.add(PreparedStatement { statement, rest });
            }
        }
        prepared
    }

    fn add(&mut self, prepared: PreparedStatement<'a>) {
        let of = self.statements.len();
        let mut patterns = prepared.statement.actions.include.iter().peekable();
        while let Some(pattern) = patterns.next() {
            let Some(prefix) = find_prefix(pattern) else {
                self.open.push(ActionPattern { pattern, of });
                continue;
            };
            // Most statements write the actions of one service one after another.
            let is_same = |next: &&'a Pattern| find_prefix(next).is_some_and(|next| next == prefix);
            let group = self.by_prefix.entry(prefix.clone()).or_default();
            group.push(ActionPattern { pattern, of });
            while let Some(pattern) = patterns.next_if(is_same) {
                group.push(ActionPattern { pattern, of });
            }
        }
        self.statements.push(prepared);
    }

    /// What the actions begin with that some statement may allow, in lower case; `None` where they may begin with anything.
    pub(super) fn list_prefixes(&self) -> Option<Vec<&str>> {
        let allows = |one: &ActionPattern<'_>| {
            let found = self.statements.get(one.of);
            found.is_some_and(|found| found.statement.effect == Effect::Allow)
        };
        if self.open.iter().any(allows) {
            return None;
        }
        let groups = self.by_prefix.iter().filter(|(_, group)| group.iter().any(allows));
        Some(groups.map(|(prefix, _)| &**prefix).collect())
    }

    /// The statements that speak of the request for which the Access was prepared, each with how certainly all but its
    /// actions match.
    pub(super) fn list_residual(&self) -> impl Iterator<Item = (Effect, Truth, &'a Strings)> {
        self.statements.iter().map(|PreparedStatement { statement, rest }| {
            (statement.effect, rest.unwrap_or(Truth::Maybe), &statement.actions)
        })
    }

    /// Whether a request is allowed, for whose principal, resource and context the Access was prepared if it was prepared
    /// for any.
    pub(super) fn judge(&self, request: &Request) -> Truth {
        self.judge_action(&AskedText::new(&request.action), request)
    }

    /// The same for another action.
    pub(super) fn judge_action(&self, asked: &AskedText<'_>, request: &Request) -> Truth {
        if !asked.text.is_ascii() {
            let request = Request { action: asked.text.to_owned(), ..request.clone() };
            return evaluate::judge(self.access, &request);
        }
        let (mut allowed, mut denied) = (Truth::No, Truth::No);
        for one in self.list_near(asked) {
            let Some(PreparedStatement { statement, rest }) = self.statements.get(one.of) else { continue };
            let side = match statement.effect {
                Effect::Allow => &mut allowed,
                Effect::Deny => &mut denied,
            };
            let mut found = asked.find_match(one.pattern, request);
            // What cannot change the answer is not asked.
            if found > *side {
                let is_out = statement.actions.exclude.iter().map(|out| asked.find_match(out, request)).max();
                found = found.min(negate(is_out.unwrap_or(Truth::No)));
            }
            if found > *side {
                *side =
                    found.min(rest.unwrap_or_else(|| match_all_but_action(statement, request))).max(*side);
            }
        }
        allowed.min(negate(denied))
    }

    /// Whether a statement may allow an action, whoever does it to whatever.
    pub(super) fn may_allow_action(&self, action: &str, request: &Request) -> bool {
        if !action.is_ascii() {
            return true;
        }
        let asked = AskedText::new(action);
        self.list_near(&asked).any(|one| {
            let Some(PreparedStatement { statement, .. }) = self.statements.get(one.of) else { return false };
            let is_excluded = |out: &Pattern| asked.find_match(out, request) == Truth::Yes;
            statement.effect == Effect::Allow
                && asked.find_match(one.pattern, request) != Truth::No
                && !statement.actions.exclude.iter().any(is_excluded)
        })
    }

    /// The patterns that may match an action.
    fn list_near(&self, asked: &AskedText<'_>) -> impl Iterator<Item = &ActionPattern<'a>> {
        let group = asked.prefix().and_then(|prefix| self.by_prefix.get(prefix));
        group.into_iter().flatten().chain(&self.open)
    }
}

fn negate(truth: Truth) -> Truth {
    match truth {
        Truth::No => Truth::Yes,
        Truth::Maybe => Truth::Maybe,
        Truth::Yes => Truth::No,
    }
}

/// Whether a statement speaks of a request, whatever its action is.
fn match_all_but_action(statement: &Statement, request: &Request) -> Truth {
    let mut least = Truth::Yes;
    for (set, text) in
        [(&statement.principals, &request.principal), (&statement.resources, &request.resource)]
    {
        least = least.min(is_member(set, text, request));
        if least == Truth::No {
            return least;
        }
    }
    let conditions = statement.conditions.iter().map(|condition| evaluate::holds(condition, request));
    conditions.min().unwrap_or(Truth::Yes).min(least)
}

fn is_member(set: &Strings, text: &str, request: &Request) -> Truth {
    if !text.is_ascii() {
        return evaluate::is_member(set, text, request);
    }
    let asked = AskedText::new(text);
    let matched = |patterns: &[Pattern]| {
        let mut greatest = Truth::No;
        for pattern in patterns {
            greatest = greatest.max(asked.find_match(pattern, request));
            if greatest == Truth::Yes {
                break;
            }
        }
        greatest
    };
    match matched(&set.include) {
        Truth::No => Truth::No,
        included @ (Truth::Maybe | Truth::Yes) => included.min(negate(matched(&set.exclude))),
    }
}

/// A text that is asked about; what is not ASCII is left to the evaluator.
pub(super) struct AskedText<'t> {
    text: &'t str,
    /// In lower case, once a pattern has asked for it.
    lower: OnceCell<String>,
    /// How much of that everything begins with that is asked.
    cut: OnceCell<Option<usize>>,
}

impl<'t> AskedText<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, lower: OnceCell::new(), cut: OnceCell::new() }
    }

    fn lower(&self) -> &str {
        self.lower.get_or_init(|| self.text.to_ascii_lowercase())
    }

    /// What it begins with, in lower case, as an action.
    fn prefix(&self) -> Option<&str> {
        let length = (*self.cut.get_or_init(|| find_cut(self.text).map(str::len)))?;
        self.lower().get(..length)
    }

    /// Whether a pattern matches it.
    fn find_match(&self, pattern: &Pattern, request: &Request) -> Truth {
        let begins = |first: &Token| match first {
            Token::Literal(text) => self.text.starts_with(&**text),
            Token::Folded(text) => self.lower().starts_with(&**text),
            Token::One(_) | Token::Run(_) | Token::Hole(_) => true,
        };
        let is_matched = match pattern.tokens() {
            [] => self.text.is_empty(),
            [Token::Literal(text)] => self.text == &**text,
            [Token::Folded(text)] => self.lower() == &**text,
            [Token::Run(None)] => true,
            [first @ (Token::Literal(_) | Token::Folded(_)), Token::Run(None)] => begins(first),
            [first, ..] => {
                if begins(first) {
                    return evaluate::matches_pattern(pattern, self.text, request);
                }
                false
            }
        };
        if is_matched { Truth::Yes } else { Truth::No }
    }
}

/// What everything begins with that a pattern spells, in lower case, where it writes that out.
fn find_prefix(pattern: &Pattern) -> Option<Cow<'_, str>> {
    let prefix = match pattern.tokens() {
        [Token::Literal(text) | Token::Folded(text)] => find_cut(text)?,
        // What follows may hold the first sign that cuts.
        [Token::Literal(text) | Token::Folded(text), ..] => cut_after(text, b":/")?,
        _ => return None,
    };
    let is_lower = prefix.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    Some(if is_lower { Cow::Borrowed(prefix) } else { Cow::Owned(prefix.to_lowercase()) })
}

/// A service of AWS, a provider of Azure; where neither is named, a service of Google.
fn find_cut(text: &str) -> Option<&str> {
    cut_after(text, b":/").or_else(|| cut_after(text, b"."))
}

fn cut_after<'t, const SIGNS: usize>(text: &'t str, signs: &[u8; SIGNS]) -> Option<&'t str> {
    text.get(..=text.bytes().position(|byte| signs.contains(&byte))?)
}

#[cfg(test)]
mod tests {
    use super::{AskedText, Prepared};
    use crate::{Access, Effect, Pattern, Request, Statement, Strings, Token, evaluate};

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
        let excludes: Vec<Vec<Pattern>> = std::iter::once(Vec::new())
            .chain(patterns.iter().step_by(29).map(|pattern| vec![pattern.clone()]))
            .collect();
        for (at, pattern) in patterns.iter().enumerate() {
            let other = patterns.get((at * 7) % patterns.len()).unwrap();
            for exclude in [&excludes[0], &excludes[at % excludes.len()]] {
                let statement = |effect: Effect, include: &Pattern| Statement {
                    effect,
                    principals: Strings::any(),
                    actions: Strings { include: vec![include.clone()], exclude: exclude.clone() },
                    resources: Strings::of([include.clone(), Pattern::literal("a")]),
                    conditions: Vec::new(),
                };
                let access = Access {
                    statements: vec![statement(Effect::Allow, pattern), statement(Effect::Deny, other)],
                };
                let (all, texts) = (Prepared::of(&access), ["a", "a.b"]);
                for resource in texts {
                    let on = Request { resource: resource.to_owned(), ..Request::default() };
                    let prepared = Prepared::on(&access, &on);
                    for action in &actions {
                        let asked = Request { action: action.clone(), ..on.clone() };
                        let plain = evaluate::judge(&access, &asked);
                        assert_eq!(all.judge(&asked), plain, "{access:?} of {action}");
                        assert_eq!(
                            prepared.judge_action(&AskedText::new(action), &on),
                            plain,
                            "{access:?} of {action}"
                        );
                    }
                }
            }
        }
    }
}
