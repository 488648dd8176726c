//! Which approvals may apply to a grant, and which of them hold.
//!
//! A grant that names a ticket, or whose address an approval claims, is judged by those approvals alone; any other
//! by the approvals that speak of its principals. A named ticket selects, it never authorizes.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use crate::authority::{Flaw, standing};
use crate::grants::{Change, Grant};
use crate::lower::Dialect;
use crate::manifest::{Approval, Manifest};
use crate::reason::Reason;
use access_algebra::evaluate::{self, Truth};
use access_algebra::{Access, Effect, Pattern, Request, Statement, Strings, Token};

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

/// The approvals that may apply to one grant.
#[derive(Clone)]
pub(super) struct Selected<'m> {
    /// In the order of the manifest.
    pub(super) approvals: Vec<(&'m Approval, &'m [Flaw])>,
    /// What each of them allows, dialect by dialect.
    pub(super) accesses: Vec<Cow<'m, BTreeMap<Dialect, Access>>>,
    /// Tickets that the grant names and that the manifest does not have.
    pub(super) missing: Vec<String>,
    /// How they were found.
    pub(super) by: By,
}

/// How approvals were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// The grant names the ticket, or the approval the address.
    Name,
    /// The approvals speak of the principals.
    Principal,
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
                    if let Some(segment) = last_segment(pattern).filter(|_| whole(pattern).is_none()) {
                        let known = ending.entry((grant.dialect, segment)).or_default();
                        known.push((at, beginning(pattern)));
                        continue;
                    }
                    let place = match whole(pattern) {
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

    /// The approvals that may apply to a grant.
    pub(super) fn select(&self, grant: &Grant) -> Selected<'_> {
        let mut missing = Vec::new();
        let mut chosen: BTreeSet<usize> = BTreeSet::new();
        for ticket in &grant.origin.evidence.tickets {
            match self.by_id(ticket) {
                Some(at) => {
                    chosen.insert(at);
                }
                None => missing.push(ticket.clone()),
            }
        }
        let mentioned = grant.origin.evidence.texts.iter().flat_map(|text| words(text));
        chosen.extend(mentioned.filter_map(|word| self.by_id(word)));
        let approvals = self.manifest.approvals();
        chosen.extend(self.addressed.iter().copied().filter(|at| {
            approvals.get(*at).is_some_and(|approval| approval.matches_address(&grant.origin.address))
        }));
        let by = if chosen.is_empty() && missing.is_empty() { By::Principal } else { By::Name };
        if by == By::Principal {
            chosen = self.by_principal(grant);
        }
        let chosen: Vec<_> = chosen
            .into_iter()
            .filter_map(|at| Some((approvals.get(at)?, self.flaws.get(at)?.as_slice())))
            .collect();
        let accesses = chosen.iter().map(|(approval, _)| Cow::Borrowed(&approval.accesses)).collect();
        Selected { approvals: chosen, accesses, missing, by }
    }

    fn by_id(&self, ticket: &str) -> Option<usize> {
        self.by_id.get(&ticket.to_ascii_lowercase()).copied()
    }

    fn by_principal(&self, grant: &Grant) -> BTreeSet<usize> {
        let mut chosen = BTreeSet::new();
        let statements = grant.readings.iter().flat_map(|reading| &reading.access.statements);
        for statement in statements.filter(|statement| statement.effect == Effect::Allow) {
            for pattern in &statement.principals.include {
                match whole(pattern) {
                    Some(text) => {
                        chosen.extend(self.literal.get(&(grant.dialect, text)).into_iter().flatten());
                        let segment = text.rsplit_once('/').map(|(_, segment)| segment);
                        let named = segment.and_then(|segment| self.ending.get(&(grant.dialect, segment)));
                        let named = named.into_iter().flatten();
                        chosen.extend(named.filter(|(_, start)| text.starts_with(start)).map(|(at, _)| *at));
                        let speaks = |at: &&usize| self.speaks_of(**at, grant.dialect, text);
                        chosen.extend(self.patterned.iter().filter(speaks));
                    }
                    None => chosen.extend(self.overlapping(grant, pattern)),
                }
            }
        }
        chosen
    }

    fn speaks_of(&self, at: usize, dialect: Dialect, principal: &str) -> bool {
        self.allowing(at, dialect).any(|statement| admits(&statement.principals, principal))
    }

    /// For a grant to a pattern of principals: the approvals of its dialect that may speak of them and of its resources.
    fn overlapping(&self, grant: &Grant, pattern: &Pattern) -> Vec<usize> {
        let planned_principals = Strings { include: vec![pattern.clone()], exclude: Vec::new() };
        let meets = |approved: &Pattern| {
            let ends = (last_segment(approved), last_segment(pattern));
            !matches!(ends, (Some(approved), Some(planned)) if approved != planned)
                && approved.as_literal().is_none_or(|principal| admits(&planned_principals, principal))
        };
        let planned: Vec<&Access> = grant.readings.iter().map(|reading| &reading.access).collect();
        let everywhere = (0..self.manifest.approvals().len()).filter(|at| {
            let mut allowing = self.allowing(*at, grant.dialect);
            allowing.any(|approved| {
                if !approved.principals.include.iter().any(meets) {
                    return false;
                }
                let statements = planned.iter().flat_map(|access| &access.statements);
                statements.flat_map(|statement| &statement.resources.include).any(|resource| {
                    approved.resources.include.contains(resource)
                        || resource.is_any()
                        || resource.as_literal().is_some_and(|text| admits(&approved.resources, text))
                })
            })
        });
        everywhere.collect()
    }

    fn allowing(&self, at: usize, dialect: Dialect) -> impl Iterator<Item = &'m Statement> {
        let approval = self.manifest.approvals().get(at);
        let access = approval.and_then(|approval| approval.accesses.get(&dialect));
        let statements = access.into_iter().flat_map(|access| &access.statements);
        statements.filter(|statement| statement.effect == Effect::Allow)
    }
}

/// The one text that a pattern spells, whatever its case.
fn whole(pattern: &Pattern) -> Option<&str> {
    match pattern.tokens() {
        [Token::Literal(text) | Token::Folded(text)] => Some(text),
        _ => None,
    }
}

/// The text that everything begins with that a pattern spells.
fn beginning(pattern: &Pattern) -> &str {
    match pattern.tokens().first() {
        Some(Token::Literal(text)) => text,
        Some(Token::Folded(_) | Token::One(_) | Token::Run(_) | Token::Hole(_)) | None => "",
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
fn admits(set: &Strings, text: &str) -> bool {
    evaluate::member(set, text, &Request::default()) != Truth::No
}

/// The words of a text that may be ticket IDs.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|symbol: char| !(symbol.is_ascii_alphanumeric() || matches!(symbol, '-' | '_' | '#' | '/')))
        .filter(|word| !word.is_empty())
}

impl Selected<'_> {
    /// IDs of the approvals, and of tickets that are missing.
    pub(super) fn tickets(&self) -> Vec<String> {
        let mut tickets: Vec<String> =
            self.approvals.iter().map(|(approval, _)| approval.id.clone()).collect();
        tickets.extend(self.missing.iter().cloned());
        tickets.sort();
        tickets.dedup();
        tickets
    }

    /// Why an approval in force may cover more than can be seen.
    pub(super) fn missing_fact(&self, dialect: Dialect) -> Option<&Reason> {
        let holding = self.approvals.iter().filter(|(_, flaws)| flaws.is_empty());
        let mut grants =
            holding.flat_map(|(approval, _)| &approval.grants).filter(|grant| grant.dialect == dialect);
        grants.find_map(|grant| grant.missing_facts.first())
    }

    /// Approvals with what they allow in a dialect.
    pub(super) fn allowing(
        &self,
        dialect: Dialect,
    ) -> impl Iterator<Item = (&Approval, &[Flaw], Option<&Access>)> {
        let both = self.approvals.iter().zip(&self.accesses);
        both.map(move |((approval, flaws), accesses)| (*approval, *flaws, accesses.get(&dialect)))
    }

    /// What the approvals of a dialect allow together; `holds` chooses them by their flaws.
    pub(super) fn access(&self, dialect: Dialect, holds: impl Fn(&[Flaw]) -> bool) -> Access {
        let chosen = self.allowing(dialect).filter(|(_, flaws, _)| holds(flaws));
        let statements = chosen.filter_map(|(.., access)| access).flat_map(|access| &access.statements);
        Access { statements: statements.cloned().collect() }
    }
}

/// Whether a grant may be covered by what it was before.
pub(super) fn has_before(grant: &Grant) -> bool {
    matches!(grant.change, Change::Changed | Change::Drifted | Change::Loosened)
}
