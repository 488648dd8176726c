//! One approval, as it was decided and where it stands.
//!
//! Nothing here says whether the decision holds: see [`crate::authority`].

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;

use super::glob::Glob;
use super::place_names::PlaceNames;
use super::run::ApprovedRun;
use crate::lower::{Dialect, Terms, Text};
use crate::reason::Reason;
use crate::source::{Place, Span, Spanned};
use access_algebra::{Access, Statement};

/// A decision, under a ticket, that a system may be given an access for a time.
#[derive(Clone, Debug)]
pub struct Approval {
    /// The ticket ID, as written.
    pub id: String,
    /// What it is about, for people.
    pub title: Option<String>,
    /// Why; never blank.
    pub justification: String,
    /// The system; its block is in the manifest.
    pub system: Spanned<String>,
    /// The login of who asked.
    pub requester: Spanned<String>,
    /// The logins of who decided; never empty.
    pub approvers: Vec<Spanned<String>>,
    /// The day of the decision.
    pub approved_on: Spanned<Date>,
    /// The first day on which it holds, where that is not the day of the decision.
    pub starts_on: Option<Spanned<Date>>,
    /// The first day on which it no longer holds.
    pub expires_on: Spanned<Date>,
    /// Where the ticket can be read.
    pub evidence: Vec<String>,
    /// The places where it holds.
    pub places: PlaceNames,
    /// The Terraform addresses that the approval claims.
    pub addresses: Vec<Glob>,
    /// What was approved, grant by grant; empty where only runs were.
    pub grants: Vec<ApprovedGrant>,
    /// The union of the grants, dialect by dialect: a grant of one cloud says nothing of another.
    pub accesses: BTreeMap<Dialect, Access>,
    /// What may run, and which part may be applied alone.
    pub runs: Vec<ApprovedRun>,
    /// The block's heading.
    pub place: Place,
}

impl Approval {
    /// The first day on which it holds, UTC.
    pub fn starts(&self) -> Date {
        self.starts_on.map_or(self.approved_on.value, |starts| starts.value.max(self.approved_on.value))
    }

    /// What one of its grants became.
    pub fn statements(&self, grant: &ApprovedGrant) -> &[Statement] {
        let access = self.accesses.get(&grant.dialect);
        access.and_then(|access| access.statements.get(grant.statements.clone())).unwrap_or_default()
    }

    /// Whether one of the addresses matches; an approval without addresses claims none.
    pub fn matches_address(&self, address: &str) -> bool {
        self.addresses.iter().any(|glob| glob.matches(address))
    }

    /// The line of the block's heading, from one.
    pub fn line(&self) -> usize {
        self.place.position().line
    }
}

/// One `grant` block of an approval.
#[derive(Clone, Debug)]
pub struct ApprovedGrant {
    /// Whose vocabulary it is written in.
    pub dialect: Dialect,
    /// The words as written, without the exclusions. A credential is the action `credential:TYPE`.
    pub terms: Terms,
    /// The words with what facts tell, where roles are given whole: what a catalogue may say by their content.
    pub by_name: Option<Box<Terms>>,
    /// What the author took out again.
    pub exclusions: Vec<Exclusion>,
    /// Which statements of the approval's access in its dialect it became.
    pub statements: Range<usize>,
    /// What it would cover besides, if a fact were given.
    pub missing_facts: Vec<Reason>,
    /// The block's heading.
    pub span: Span,
}

/// An `except` block: the requests of the grant that match all of it are not approved. An empty list matches all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exclusion {
    /// Who.
    pub principals: Vec<Text>,
    /// Does what.
    pub actions: Vec<Text>,
    /// To what.
    pub resources: Vec<Text>,
}
