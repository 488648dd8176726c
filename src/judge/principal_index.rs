//! Finds grants of approvals by the principals that they name.
//!
//! Takes the contents of approvals, by number, and returns the numbers of those that may speak of a grant's principals. An
//! approval that is found may still not cover the grant; one that is not found names nobody of it.

use std::collections::{BTreeSet, HashMap};

use crate::grants::Grant;
use crate::lower::Dialect;
use crate::manifest::ApprovedGrants;
use access_algebra::evaluate::{self, Truth};
use access_algebra::{Access, Effect, Pattern, Request, Statement, Strings, Token};

/// Contents of approvals by their number, each with what its principals are.
#[derive(Debug, Default)]
pub(super) struct PrincipalIndex {
    by_dialect: HashMap<Dialect, DialectIndex>,
}

/// The contents that speak of one dialect.
#[derive(Debug, Default)]
struct DialectIndex {
    /// Those that name this principal and no pattern.
    literal: HashMap<Box<str>, Vec<usize>>,
    /// Those with a pattern among their principals that ends in this whole segment: a role with any path. With what the
    /// pattern begins with.
    ending: HashMap<Box<str>, Vec<(usize, Box<str>)>>,
    /// Those with other patterns among their principals.
    patterned: Vec<usize>,
    all: Vec<usize>,
}

impl PrincipalIndex {
    pub(super) fn new<'g>(contents: impl IntoIterator<Item = (usize, &'g ApprovedGrants)>) -> Self {
        let mut index = Self::default();
        for (at, content) in contents {
            for (dialect, access) in &content.accesses {
                let of_dialect = index.by_dialect.entry(*dialect).or_default();
                of_dialect.all.push(at);
                let patterns = access.statements.iter().flat_map(|statement| &statement.principals.include);
                patterns.for_each(|pattern| of_dialect.add(at, pattern));
            }
        }
        index
    }

    /// The numbers of the contents that may speak of a grant; `content` gives a content by its number.
    pub(super) fn find<'g>(
        &self,
        grant: &Grant,
        content: impl Fn(usize) -> Option<&'g ApprovedGrants>,
    ) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let Some(index) = self.by_dialect.get(&grant.dialect) else { return found };
        let allowing = |at: usize| {
            let access = content(at).and_then(|content| content.accesses.get(&grant.dialect));
            let statements = access.into_iter().flat_map(|access| &access.statements);
            statements.filter(|statement| statement.effect == Effect::Allow)
        };
        let statements = grant.readings.iter().flat_map(|reading| &reading.access.statements);
        for statement in statements.filter(|statement| statement.effect == Effect::Allow) {
            for pattern in &statement.principals.include {
                match literal_text(pattern) {
                    Some(text) => {
                        found.extend(index.find_literal(text));
                        let names = |at: &&usize| {
                            allowing(**at).any(|statement| may_admit(&statement.principals, text))
                        };
                        found.extend(index.patterned.iter().filter(names));
                    }
                    None => {
                        let overlaps =
                            |at: &&usize| allowing(**at).any(|own| may_overlap(own, pattern, grant));
                        found.extend(index.all.iter().filter(overlaps));
                    }
                }
            }
        }
        found
    }
}

impl DialectIndex {
    fn add(&mut self, at: usize, pattern: &Pattern) {
        let text = literal_text(pattern);
        if let (None, Some(segment)) = (text, last_segment(pattern)) {
            self.ending.entry(segment.into()).or_default().push((at, pattern.literal_prefix().into()));
            return;
        }
        let place = match text {
            Some(text) => self.literal.entry(text.into()).or_default(),
            None => &mut self.patterned,
        };
        if place.last() != Some(&at) {
            place.push(at);
        }
    }

    fn find_literal(&self, text: &str) -> impl Iterator<Item = usize> {
        let segment = text.rsplit_once('/').map(|(_, segment)| segment);
        let named = segment.and_then(|segment| self.ending.get(segment)).into_iter().flatten();
        let named = named.filter(|(_, start)| text.starts_with(&**start)).map(|(at, _)| *at);
        self.literal.get(text).into_iter().flatten().copied().chain(named)
    }
}

/// For a grant to a pattern of principals: whether a statement may speak of them and of the grant's resources.
fn may_overlap(approved: &Statement, pattern: &Pattern, grant: &Grant) -> bool {
    let planned_principals = Strings { include: vec![pattern.clone()], exclude: Vec::new() };
    let meets = |approved: &Pattern| {
        let ends = (last_segment(approved), last_segment(pattern));
        !matches!(ends, (Some(approved), Some(planned)) if approved != planned)
            && approved.as_literal().is_none_or(|principal| may_admit(&planned_principals, principal))
    };
    if !approved.principals.include.iter().any(meets) {
        return false;
    }
    let planned = grant.readings.iter().map(|reading| &reading.access);
    let statements = planned.flat_map(|access: &Access| &access.statements);
    let mut resources = statements.flat_map(|statement| &statement.resources.include);
    let is_everything = approved.resources.include.iter().any(Pattern::is_any);
    resources.any(|resource| {
        is_everything
            || approved.resources.include.contains(resource)
            || resource.is_any()
            || match resource.as_literal() {
                Some(text) => may_admit(&approved.resources, text),
                None => !approved.resources.is_disjoint(&Strings::of([resource.clone()])),
            }
    })
}

/// The one text that a pattern spells, whatever its case.
fn literal_text(pattern: &Pattern) -> Option<&str> {
    match pattern.tokens() {
        [Token::Literal(text) | Token::Folded(text)] => Some(text),
        _ => None,
    }
}

/// What follows the last slash in everything that a pattern spells.
fn last_segment(pattern: &Pattern) -> Option<&str> {
    match pattern.tokens().last()? {
        Token::Literal(text) => text.rsplit_once('/').map(|(_, segment)| segment),
        Token::Folded(_) | Token::One(_) | Token::Run(_) | Token::Hole(_) => None,
    }
}

/// Whether a set may hold a text.
fn may_admit(set: &Strings, text: &str) -> bool {
    evaluate::is_member(set, text, &Request::default()) != Truth::No
}
