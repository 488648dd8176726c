//! The outcome for one grant: the four steps from "adds nothing" to "nobody approved it".

use crate::authority::Flaw;
use crate::grants::Grant;
use crate::lower::Lowered;
use crate::reason::Reason;
use access_algebra::{Access, Containment, Effect, HoleKind, Witness, contains};

use super::candidates::{Selected, has_before};

/// What came out for a grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It adds no access.
    Unchanged,
    /// Approvals in force cover it: their tickets.
    Approved(Vec<String>),
    /// It could not be decided.
    Undecided(Doubted),
    /// Approvals would cover it, and some of them do not hold.
    Flawed,
    /// A request that the plan allows and the approvals in force do not.
    Exceeds(Box<Wider>),
    /// No approval applies.
    Unapproved,
}

impl Outcome {
    /// Whether the grant passes.
    pub(super) fn passes(&self) -> bool {
        match self {
            Self::Unchanged | Self::Approved(_) => true,
            Self::Undecided(_) | Self::Flawed | Self::Exceeds(_) | Self::Unapproved => false,
        }
    }
}

/// In what a reading of a grant is wider than the approvals in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wider {
    /// One request.
    pub(super) witness: Witness,
    /// All actions that are wider where the request is; empty where that was not worked out.
    pub(super) actions: Vec<String>,
    /// What there is to say of the request.
    pub(super) note: Option<String>,
    /// What the reading allows.
    pub(super) planned: Access,
    /// What the approvals in force allow.
    pub(super) approved: Access,
}

/// Why it could not be decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Doubted {
    /// The reason.
    pub(super) reason: Reason,
    /// Whether the apply itself would tell.
    pub(super) until_apply: bool,
}

/// Judges one grant.
pub(super) fn outcome(grant: &Grant, selected: &Selected<'_>) -> Outcome {
    if only_denies(grant) || has_before(grant) && lies_within(&grant.before, grant) {
        return Outcome::Unchanged;
    }
    if let Some(tickets) = covered(grant, selected) {
        return Outcome::Approved(tickets);
    }
    let all = selected.access(grant.dialect, |_| true);
    let flawed = selected.approvals.iter().any(|(_, flaws)| !flaws.is_empty());
    if flawed && lies_within(&all, grant) {
        return Outcome::Flawed;
    }
    let valid = selected.access(grant.dialect, <[Flaw]>::is_empty);
    short_of(&valid, grant, selected)
}

/// Whether all that it says is who may not do what.
fn only_denies(grant: &Grant) -> bool {
    grant.readings.iter().any(|reading| {
        let statements = &reading.access.statements;
        let denies = statements.iter().all(|statement| statement.effect == Effect::Deny);
        reading.doubts.is_empty() && !statements.is_empty() && denies
    })
}

/// Whether one of the readings is proved to lie within an Access.
fn lies_within(approved: &Access, grant: &Grant) -> bool {
    grant.readings.iter().any(|reading| {
        reading.doubts.is_empty() && contains(approved, &reading.access) == Containment::Contained
    })
}

/// The tickets that cover a grant: of one approval where one does, else of all that hold.
fn covered(grant: &Grant, selected: &Selected<'_>) -> Option<Vec<String>> {
    let mut valid = Vec::new();
    for (approval, _, access) in selected.allowing(grant.dialect).filter(|(_, flaws, _)| flaws.is_empty()) {
        let Some(access) = access else { continue };
        if lies_within(access, grant) {
            return Some(vec![approval.id.clone()]);
        }
        valid.push(approval);
    }
    if valid.len() < 2 {
        return None;
    }
    let together = selected.access(grant.dialect, <[Flaw]>::is_empty);
    lies_within(&together, grant).then(|| valid.iter().map(|approval| approval.id.clone()).collect())
}

/// Why no reading lies within the approvals in force. A reading that certainly exceeds them says more than one that
/// could not be decided, but a grant with doubts in every reading is never called wider.
fn short_of(valid: &Access, grant: &Grant, selected: &Selected<'_>) -> Outcome {
    let mut exceeds = None;
    let mut undecided = None;
    for reading in &grant.readings {
        if let Some(doubt) = reading.doubts.first() {
            let until_apply =
                holds_unknown(&reading.access) || doubt.to_string().contains("known only after apply");
            undecided.get_or_insert(Doubted { reason: doubt.clone(), until_apply });
            continue;
        }
        match contains(valid, &reading.access) {
            Containment::Exceeds(witness) => exceeds = Some((witness, &reading.access)),
            Containment::Undecided(reason) => {
                let is_fact = matches!(reason, access_algebra::Reason::MissingFact { .. });
                let until_apply = holds_unknown(&reading.access) && !is_fact;
                undecided.get_or_insert(Doubted { reason: reason.into(), until_apply });
            }
            // Not reached after `covered`; if it were, not deciding is the safe answer.
            Containment::Contained => {
                undecided.get_or_insert(Doubted { reason: Reason::AllowsNothing, until_apply: false });
            }
        }
    }
    match (exceeds, undecided) {
        (Some(_), _) if selected.approvals.is_empty() => Outcome::Unapproved,
        (Some((witness, planned)), _) => match selected.missing_fact(grant.dialect) {
            Some(reason) => Outcome::Undecided(Doubted { reason: reason.clone(), until_apply: false }),
            None => Outcome::Exceeds(Box::new(Wider {
                witness: *witness,
                actions: Vec::new(),
                note: None,
                planned: planned.clone(),
                approved: valid.clone(),
            })),
        },
        (None, Some(doubted)) => Outcome::Undecided(doubted),
        (None, None) => Outcome::Unapproved,
    }
}

/// Whether anything in an Access is known only after apply.
fn holds_unknown(access: &Access) -> bool {
    access.statements.iter().any(|statement| {
        [&statement.principals, &statement.actions, &statement.resources].into_iter().any(|set| {
            set.include
                .iter()
                .chain(&set.exclude)
                .flat_map(|pattern| pattern.holes())
                .any(|hole| hole.kind == HoleKind::Unknown)
        })
    })
}

/// The reading that findings speak of: the last is the most telling.
pub(super) fn telling(grant: &Grant) -> Option<&Lowered> {
    grant.readings.last()
}
