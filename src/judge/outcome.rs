//! The outcome for one grant: from "adds nothing" to "nobody approved it".
//!
//! Takes a grant, the approvals that may apply to it and the catalogue of roles, and returns an [`Outcome`]. The attempts, in
//! order, until one passes:
//!
//! 1. by the names of roles;
//! 2. with the content of the planned roles, as the catalogue has it;
//! 3. with the content of the approved roles as well, where the grant is something that its principals hold.
//!
//! A grant that passes by name costs nothing of the rest. A cloud changes what its roles hold without asking anybody, so
//! which version of the content decided is part of the answer.

use crate::catalog::{Catalog, Content, Used};
use crate::containment::{ApprovedAccess, Decision, Difference, Excess, is_within};
use crate::grants::{Change, Grant};
use crate::lower::Lowered;
use crate::reason::Reason;
use crate::resolve::place::PlaceWord;
use access_algebra::polish::KnownExcess;
use access_algebra::{Access, Effect};
use rule_language::GrantKind;

use super::selected::{Selected, UnitedApprovals};

/// Stands for a name that must not be printed.
pub(super) const NOT_SHOWN: &str = "(not shown)";

/// What came out for a grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It adds no access.
    Unchanged,
    /// Approvals in force cover it: their tickets.
    Approved(Vec<String>),
    /// No approvals in force cover it, and this exception does alone.
    Excepted(String),
    /// It could not be decided.
    Undecided(Reason),
    /// Approvals would cover it, and some of them are not in force.
    Flawed,
    /// The plan allows requests that the approvals in force do not.
    Exceeds(Box<Excess>),
    /// No approval applies.
    Unapproved,
}

/// An outcome, and the content of roles that was read for it.
#[derive(Clone, Debug)]
pub(super) struct JudgedGrant {
    pub(super) outcome: Outcome,
    /// Each content once.
    pub(super) used: Vec<Used>,
}

/// What one attempt showed.
enum Attempt<'r> {
    Unchanged,
    Approved(Vec<String>),
    Flawed,
    Failed(Decision<'r>),
}

/// Judges one grant.
pub(super) fn judge(
    grant: &Grant,
    selected: &Selected<'_>,
    catalog: &Catalog,
    known: &KnownExcess,
) -> JudgedGrant {
    let mut approvals = selected.unite(grant.dialect);
    let content;
    let mut used = Vec::new();
    let mut readings: Vec<&Lowered> = grant.readings.iter().collect();
    let mut attempt = Attempt::make(grant, &readings, &approvals);
    // Where nobody approved anything, nobody approved the content of a role either.
    if !attempt.passes() && !selected.approvals.is_empty() {
        content = read_planned_content(grant, catalog);
        if let Some(Content { lowered, used: read }) = &content {
            readings.push(lowered);
            used.clone_from(read);
            attempt = Attempt::make(grant, &readings, &approvals);
        }
        if !attempt.passes()
            && is_held(grant)
            && let Some((with_content, read)) = approvals.with_content(grant.dialect, catalog)
        {
            used.extend(read);
            used.sort();
            used.dedup();
            approvals = with_content;
            attempt = Attempt::make(grant, &readings, &approvals);
        }
    }
    let outcome = attempt.conclude(grant, &approvals, catalog, known);
    // The name of a role is part of the grant, and of a sensitive grant nothing is printed.
    if grant.sensitive {
        used.iter_mut().for_each(|used| NOT_SHOWN.clone_into(&mut used.role));
    }
    JudgedGrant { outcome, used }
}

/// Returns what the plan's own roles hold by their content. Where the plan defines a role itself, a catalogue may be
/// behind it, so only the definition's own roles are looked up.
fn read_planned_content(grant: &Grant, catalog: &Catalog) -> Option<Content> {
    let terms = if grant.readings.len() == 1 { Some(&grant.terms) } else { grant.defined.as_deref() };
    catalog.lower_planned(grant.dialect, terms?)
}

/// Whether a grant is something that its principals are given to hold, as a role is. Who may become somebody, and what a
/// resource says of others, is another decision than the content of a role.
fn is_held(grant: &Grant) -> bool {
    match grant.kind {
        GrantKind::Additive | GrantKind::Exclusive | GrantKind::Definition => {
            !grant.terms.principals.is_empty()
        }
        GrantKind::Trust | GrantKind::Credential | GrantKind::Limit | GrantKind::Opaque => false,
    }
}

/// Returns what came out for a grant that one approval is found to cover alone.
pub(super) fn approved_alone(ticket: &str) -> JudgedGrant {
    JudgedGrant { outcome: Outcome::Approved(vec![ticket.to_owned()]), used: Vec::new() }
}

/// Whether a grant adds no access by its own words.
pub(super) fn is_unchanged(grant: &Grant) -> bool {
    adds_nothing(grant, &grant.readings.iter().collect::<Vec<_>>())
}

/// Whether an Access covers one of the readings.
pub(super) fn covers_one(access: &Access, readings: &[Lowered]) -> bool {
    readings.iter().any(|reading| is_within(reading, access))
}

impl<'r> Attempt<'r> {
    fn make(grant: &Grant, readings: &[&'r Lowered], approvals: &UnitedApprovals<'_>) -> Self {
        if adds_nothing(grant, readings) {
            return Self::Unchanged;
        }
        let decide = || approvals.in_force.decide(readings.iter().copied());
        let by_union = approvals.are_refuted_by_union(readings).then(decide);
        if !matches!(by_union, Some(Decision::Exceeds { .. }))
            && let Some(ticket) = approvals.find_covering(readings)
        {
            return Self::Approved(vec![ticket.to_owned()]);
        }
        let decision = by_union.unwrap_or_else(decide);
        // A grant that allows nothing lies within no approvals at all, and nobody has approved it.
        if decision == Decision::Contained && !approvals.in_force.parts().is_empty() {
            return Self::Approved(approvals.in_force_tickets());
        }
        let is_covered = |all: &ApprovedAccess<'_>| readings.iter().any(|reading| all.covers(reading));
        if approvals.with_flawed.as_ref().is_some_and(is_covered) {
            return Self::Flawed;
        }
        Self::Failed(decision)
    }

    fn passes(&self) -> bool {
        match self {
            Self::Unchanged | Self::Approved(_) => true,
            Self::Flawed | Self::Failed(_) => false,
        }
    }

    fn conclude(
        self,
        grant: &Grant,
        approvals: &UnitedApprovals<'_>,
        catalog: &Catalog,
        known: &KnownExcess,
    ) -> Outcome {
        let decision = match self {
            Self::Unchanged => return Outcome::Unchanged,
            Self::Approved(tickets) => return Outcome::Approved(tickets),
            Self::Flawed => return Outcome::Flawed,
            Self::Failed(decision) => decision,
        };
        match decision {
            Decision::Contained => Outcome::Undecided(Reason::AllowsNothing),
            Decision::Undecided(reason) => Outcome::Undecided(reason),
            Decision::Exceeds { .. } if approvals.are_none => Outcome::Unapproved,
            Decision::Exceeds { planned, witness } => {
                let (approved, nearest) = (approvals.in_force.union(), approvals.all().union());
                let difference = Difference { planned, approved, nearest, witness: &witness };
                Outcome::Exceeds(Box::new(if grant.sensitive {
                    Excess::without_words(difference)
                } else {
                    let account = grant.origin.place.name(PlaceWord::Account);
                    let words = catalog.make_vocabulary(grant.dialect, planned, approved, account);
                    Excess::measure_with(difference, &*words, known)
                }))
            }
        }
    }
}

/// Whether a grant adds no access: it denies only, or it lies within what it was before.
fn adds_nothing(grant: &Grant, readings: &[&Lowered]) -> bool {
    let replaces = replaces_access(grant);
    readings.iter().any(|reading| denies_only(reading) || replaces && is_within(reading, &grant.before))
}

/// Whether a grant replaces access that the same object gave before.
pub(super) fn replaces_access(grant: &Grant) -> bool {
    matches!(grant.change, Change::Changed | Change::Replaced | Change::Drifted | Change::Loosened)
}

/// Returns the reading that findings show: the last says most.
pub(super) fn displayed_reading(grant: &Grant) -> Option<&Lowered> {
    grant.readings.last()
}

/// Whether all that a reading says is who may not do what.
fn denies_only(reading: &Lowered) -> bool {
    let statements = &reading.access.statements;
    let denies = statements.iter().all(|statement| statement.effect == Effect::Deny);
    reading.doubts.is_empty() && !statements.is_empty() && denies
}
