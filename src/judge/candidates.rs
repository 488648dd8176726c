//! Which approvals may apply to a grant, and which of them are in force.
//!
//! Takes the manifest and a day, and returns for each grant the approvals that it is judged by: those whose ticket it names
//! or that claim its address, and otherwise those that name its principals. A named ticket selects; it never authorizes.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;

use crate::authority::{Flaw, place_flaw, standing};
use crate::grants::Grant;
use crate::lower::Dialect;
use crate::manifest::{Approval, Manifest};
use access_algebra::evaluate::{self, Truth};
use access_algebra::{Access, Effect, Pattern, Request, Statement, Strings, Token};

use super::outcome::NOT_SHOWN;
use super::owner::match_subject;
use super::selected::Selected;

/// All approvals with their standing on the day, found by principal.
#[derive(Debug)]
pub(super) struct Candidates<'m> {
    pub(super) manifest: &'m Manifest,
    flaws: Vec<Vec<Flaw>>,
    /// Ticket IDs in lower case.
    by_id: HashMap<String, usize>,
    /// Approvals that name this principal and no pattern, by dialect.
    literal: HashMap<(Dialect, &'m str), Vec<usize>>,
    /// Approvals with a pattern among their principals that ends in this whole segment: a role with any path.
    ending: HashMap<(Dialect, &'m str), Vec<(usize, &'m str)>>,
    /// Approvals with other patterns among their principals.
    patterned: Vec<usize>,
    /// Approvals that claim addresses.
    addressed: Vec<usize>,
}

impl<'m> Candidates<'m> {
    pub(super) fn new(manifest: &'m Manifest, as_of: Date) -> Self {
        let mut literal: HashMap<(Dialect, &'m str), Vec<usize>> = HashMap::new();
        let mut ending: HashMap<(Dialect, &'m str), Vec<(usize, &'m str)>> = HashMap::new();
        let mut patterned = Vec::new();
        for (at, approval) in manifest.approvals().iter().enumerate() {
            for grant in &approval.grants {
                let statements = approval.statements(grant);
                for pattern in statements.iter().flat_map(|statement| &statement.principals.include) {
                    if let Some(segment) = last_segment(pattern).filter(|_| literal_text(pattern).is_none()) {
                        let known = ending.entry((grant.dialect, segment)).or_default();
                        known.push((at, pattern.literal_prefix()));
                        continue;
                    }
                    let place = match literal_text(pattern) {
                        Some(text) => literal.entry((grant.dialect, text)).or_default(),
                        None => &mut patterned,
                    };
                    if place.last() != Some(&at) {
                        place.push(at);
                    }
                }
            }
        }
        let ids = manifest.approvals().iter().enumerate();
        let ids = ids.map(|(at, approval)| (approval.id.to_ascii_lowercase(), at));
        let claims = |(_, approval): &(usize, &Approval)| !approval.addresses.is_empty();
        Self {
            manifest,
            flaws: manifest.approvals().iter().map(|approval| standing(approval, manifest, as_of)).collect(),
            by_id: ids.collect(),
            literal,
            ending,
            patterned,
            addressed: manifest.approvals().iter().enumerate().filter(claims).map(|(at, _)| at).collect(),
        }
    }

    /// Selects the approvals that may apply to a grant.
    pub(super) fn select(&self, grant: &Grant) -> Selected<'_> {
        let mut missing = Vec::new();
        let mut chosen: BTreeSet<usize> = BTreeSet::new();
        for ticket in &grant.origin.evidence.tickets {
            match self.find_by_id(ticket) {
                Some(at) => {
                    chosen.insert(at);
                }
                None => missing.push(ticket.clone()),
            }
        }
        for ticket in &grant.origin.evidence.sensitive_tickets {
            match self.find_by_id(ticket) {
                Some(at) => {
                    chosen.insert(at);
                }
                None => missing.push(NOT_SHOWN.to_owned()),
            }
        }
        missing.dedup();
        let mentioned = grant.origin.evidence.texts.iter().flat_map(|text| split_words(text));
        chosen.extend(mentioned.filter_map(|word| self.find_by_id(word)));
        let approvals = self.manifest.approvals();
        chosen.extend(self.addressed.iter().copied().filter(|at| {
            approvals.get(*at).is_some_and(|approval| approval.matches_address(&grant.origin.address))
        }));
        if chosen.is_empty() && missing.is_empty() {
            chosen = self.find_by_principal(grant);
            // One that is restricted to other addresses was not selected by its own, and nothing names its ticket.
            chosen.retain(|at| approvals.get(*at).is_some_and(|approval| approval.addresses.is_empty()));
        }
        let subject = match_subject(&grant.origin);
        let chosen = chosen.into_iter().filter_map(|at| {
            let (approval, standing) = (approvals.get(at)?, self.flaws.get(at)?);
            let flaws = match place_flaw(approval, self.manifest, grant.dialect, &subject) {
                None => Cow::Borrowed(standing.as_slice()),
                Some(flaw) => Cow::Owned(standing.iter().cloned().chain([flaw]).collect()),
            };
            Some((approval, flaws))
        });
        Selected { approvals: chosen.collect(), missing }
    }

    fn find_by_id(&self, ticket: &str) -> Option<usize> {
        self.by_id.get(&ticket.to_ascii_lowercase()).copied()
    }

    fn find_by_principal(&self, grant: &Grant) -> BTreeSet<usize> {
        let mut chosen = BTreeSet::new();
        let statements = grant.readings.iter().flat_map(|reading| &reading.access.statements);
        for statement in statements.filter(|statement| statement.effect == Effect::Allow) {
            for pattern in &statement.principals.include {
                match literal_text(pattern) {
                    Some(text) => {
                        chosen.extend(self.literal.get(&(grant.dialect, text)).into_iter().flatten());
                        let segment = text.rsplit_once('/').map(|(_, segment)| segment);
                        let named = segment.and_then(|segment| self.ending.get(&(grant.dialect, segment)));
                        let named = named.into_iter().flatten();
                        chosen.extend(named.filter(|(_, start)| text.starts_with(start)).map(|(at, _)| *at));
                        let names = |at: &&usize| self.may_name(**at, grant.dialect, text);
                        chosen.extend(self.patterned.iter().filter(names));
                    }
                    None => chosen.extend(self.find_overlapping(grant, pattern)),
                }
            }
        }
        chosen
    }

    fn may_name(&self, at: usize, dialect: Dialect, principal: &str) -> bool {
        self.allowing_statements(at, dialect).any(|statement| may_admit(&statement.principals, principal))
    }

    /// For a grant to a pattern of principals: the approvals of its dialect that may speak of them and of its resources.
    fn find_overlapping(&self, grant: &Grant, pattern: &Pattern) -> Vec<usize> {
        let planned_principals = Strings { include: vec![pattern.clone()], exclude: Vec::new() };
        let meets = |approved: &Pattern| {
            let ends = (last_segment(approved), last_segment(pattern));
            !matches!(ends, (Some(approved), Some(planned)) if approved != planned)
                && approved.as_literal().is_none_or(|principal| may_admit(&planned_principals, principal))
        };
        let planned: Vec<&Access> = grant.readings.iter().map(|reading| &reading.access).collect();
        let everywhere = (0..self.manifest.approvals().len()).filter(|at| {
            let mut allowing = self.allowing_statements(*at, grant.dialect);
            allowing.any(|approved| {
                if !approved.principals.include.iter().any(meets) {
                    return false;
                }
                let statements = planned.iter().flat_map(|access| &access.statements);
                statements.flat_map(|statement| &statement.resources.include).any(|resource| {
                    approved.resources.include.contains(resource)
                        || resource.is_any()
                        || resource.as_literal().is_some_and(|text| may_admit(&approved.resources, text))
                })
            })
        });
        everywhere.collect()
    }

    fn allowing_statements(&self, at: usize, dialect: Dialect) -> impl Iterator<Item = &'m Statement> {
        let approval = self.manifest.approvals().get(at);
        let access = approval.and_then(|approval| approval.accesses.get(&dialect));
        let statements = access.into_iter().flat_map(|access| &access.statements);
        statements.filter(|statement| statement.effect == Effect::Allow)
    }
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
    evaluate::member(set, text, &Request::default()) != Truth::No
}

/// The words of a text that may be ticket IDs.
fn split_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|symbol: char| !(symbol.is_ascii_alphanumeric() || matches!(symbol, '-' | '_' | '#' | '/')))
        .filter(|word| !word.is_empty())
}
