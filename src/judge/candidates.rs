//! Which approvals may apply to a grant, and which of them are in force.
//!
//! Takes the manifest and a day, and returns for each grant the approvals that it is judged by: those whose ticket it names
//! or that claim its address, and otherwise those that name its principals. A named ticket selects; it never authorizes.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;

use crate::authority::{Flaw, standing};
use crate::catalog::{Catalog, Used};
use crate::containment::{ApprovedAccess, ApprovedContent, ApprovedPart, is_within};
use crate::grants::Grant;
use crate::lower::{Dialect, Lowered};
use crate::manifest::{Approval, Manifest};
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
#[derive(Debug)]
pub(super) struct Selected<'m> {
    /// In the order of the manifest.
    pub(super) approvals: Vec<(&'m Approval, &'m [Flaw])>,
    /// Tickets that the grant names and that the manifest does not have.
    pub(super) missing: Vec<String>,
}

/// Selected approvals of one dialect, united once for a grant.
#[derive(Debug)]
pub(super) struct UnitedApprovals<'m> {
    /// Whether there are no approvals of any dialect.
    pub(super) are_none: bool,
    /// Those in force.
    pub(super) in_force: ApprovedAccess<'m>,
    /// The tickets of the parts of `in_force`, in their order.
    tickets: Vec<&'m str>,
    /// Those in force with those that are not; `None` where all are in force.
    pub(super) with_flawed: Option<ApprovedAccess<'m>>,
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
                        known.push((at, literal_start(pattern)));
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
        let mentioned = grant.origin.evidence.texts.iter().flat_map(|text| split_words(text));
        chosen.extend(mentioned.filter_map(|word| self.find_by_id(word)));
        let approvals = self.manifest.approvals();
        chosen.extend(self.addressed.iter().copied().filter(|at| {
            approvals.get(*at).is_some_and(|approval| approval.matches_address(&grant.origin.address))
        }));
        if chosen.is_empty() && missing.is_empty() {
            chosen = self.find_by_principal(grant);
        }
        let chosen =
            chosen.into_iter().filter_map(|at| Some((approvals.get(at)?, self.flaws.get(at)?.as_slice())));
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

/// The text that everything begins with that a pattern spells.
fn literal_start(pattern: &Pattern) -> &str {
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
fn may_admit(set: &Strings, text: &str) -> bool {
    evaluate::member(set, text, &Request::default()) != Truth::No
}

/// The words of a text that may be ticket IDs.
fn split_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|symbol: char| !(symbol.is_ascii_alphanumeric() || matches!(symbol, '-' | '_' | '#' | '/')))
        .filter(|word| !word.is_empty())
}

impl<'m> Selected<'m> {
    /// IDs of the approvals, and of tickets that are missing.
    pub(super) fn tickets(&self) -> Vec<String> {
        let mut tickets: Vec<String> =
            self.approvals.iter().map(|(approval, _)| approval.id.clone()).collect();
        tickets.extend(self.missing.iter().cloned());
        tickets.sort();
        tickets.dedup();
        tickets
    }

    /// Unites what the approvals allow in one dialect, with roles by their names.
    pub(super) fn unite(&self, dialect: Dialect) -> UnitedApprovals<'m> {
        let parts = self.approvals.iter().filter_map(|(approval, flaws)| {
            let access = approval.accesses.get(&dialect)?;
            let of_dialect = || approval.grants.iter().filter(|grant| grant.dialect == dialect);
            let part = ApprovedPart {
                access: Cow::Borrowed(access),
                role_terms: of_dialect().filter_map(|grant| grant.by_name.as_deref()).collect(),
                narrowed_by: of_dialect().find_map(|grant| grant.missing_facts.first()),
            };
            Some((approval.id.as_str(), flaws.is_empty(), part))
        });
        let parts: Vec<_> = parts.collect();
        let has_flawed = self.approvals.iter().any(|(_, flaws)| !flaws.is_empty());
        let with_flawed =
            has_flawed.then(|| ApprovedAccess::new(parts.iter().map(|(.., part)| part.clone()).collect()));
        let (tickets, in_force) =
            parts.into_iter().filter(|(_, holds, _)| *holds).map(|(ticket, _, part)| (ticket, part)).unzip();
        let (are_none, in_force) = (self.approvals.is_empty(), ApprovedAccess::new(in_force));
        UnitedApprovals { are_none, in_force, tickets, with_flawed }
    }
}

impl<'m> UnitedApprovals<'m> {
    /// Adds the content of the roles that approvals name, as far as the catalogue knows it, and returns what was read for
    /// those in force; `None` where that is nothing.
    pub(super) fn with_content(&self, dialect: Dialect, catalog: &Catalog) -> Option<(Self, Vec<Used>)> {
        let ApprovedContent { approved: in_force, used, .. } = self.in_force.with_content(dialect, catalog);
        if used.is_empty() {
            return None;
        }
        let with_flawed = self.with_flawed.as_ref().map(|all| all.with_content(dialect, catalog).approved);
        let (are_none, tickets) = (self.are_none, self.tickets.clone());
        Some((Self { are_none, in_force, tickets, with_flawed }, used))
    }

    /// Returns all approvals, in force or not.
    pub(super) fn all(&self) -> &ApprovedAccess<'m> {
        self.with_flawed.as_ref().unwrap_or(&self.in_force)
    }

    /// Returns the ticket of the first approval in force that alone covers one of the readings. Of a single approval
    /// that is not asked: it is the union.
    pub(super) fn find_covering(&self, readings: &[&Lowered]) -> Option<&'m str> {
        let parts = self.in_force.parts();
        let covers =
            |part: &ApprovedPart<'_>| readings.iter().any(|reading| is_within(reading, &part.access));
        let at = if parts.len() > 1 { parts.iter().position(covers) } else { None };
        self.tickets.get(at?).copied()
    }

    /// Returns the tickets of all approvals in force.
    pub(super) fn in_force_tickets(&self) -> Vec<String> {
        self.tickets.iter().map(|ticket| (*ticket).to_owned()).collect()
    }
}
