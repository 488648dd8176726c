//! What `except` takes out of a grant.
//!
//! Takes a grant's statements and an exclusion as it is written, and returns statements that mean the one without the
//! other. An exclusion does not become a denying statement: denials are global in an Access, so it would cut into the
//! other grants and into other approvals. It is taken out of the grant's own statements instead, see
//! [`Statement::difference`]. Where that cannot be said exactly, more is taken out than was asked, never less.

use std::collections::BTreeMap;

use crate::lower::{Dialect, Side, Terms, Text, lower, with_facts};
use crate::reason::Reason;
use crate::words::describe_reason;
use access_algebra::{Effect, Statement};

/// Upper bound on the statements of one grant: each exclusion may double them, and nobody reviews a thousand.
const MAX_STATEMENTS: usize = 1_000;

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

/// Why an exclusion cannot be taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ExclusionError {
    /// It cannot be read exactly.
    Unreadable(Reason),
    /// No request of the dialect matches it.
    MatchesNothing,
    /// [`MAX_STATEMENTS`] were reached.
    TooMany,
}

impl ExclusionError {
    /// Says it in one lower-case sentence.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Unreadable(reason) => describe_reason(reason),
            Self::MatchesNothing => "it matches nothing in this dialect".to_owned(),
            Self::TooMany => "the grant has too many exclusions".to_owned(),
        }
    }
}

/// Takes an exclusion out of the grant's statements.
pub(super) fn take_out(
    dialect: Dialect,
    grant: &Terms,
    exclusion: &Exclusion,
    given_facts: &BTreeMap<String, String>,
    statements: &mut Vec<Statement>,
) -> Result<(), ExclusionError> {
    // The approved side, because that is the side whose author writes `*` and means it. What it drops in doubt would
    // not be taken out, so a doubt is refused.
    let mut terms = complete_exclusion(dialect, grant, exclusion);
    // What facts put into a folder that is approved, they put into one that is taken out.
    with_facts(dialect, &mut terms, given_facts);
    let lowered = lower(dialect, Side::Approved, &terms);
    if let Some(doubt) = lowered.doubts.first() {
        return Err(ExclusionError::Unreadable(doubt.clone()));
    }
    let boxes: Vec<_> =
        lowered.access.statements.iter().filter(|statement| statement.effect == Effect::Allow).collect();
    if boxes.is_empty() && !statements.is_empty() {
        return Err(ExclusionError::MatchesNothing);
    }
    for taken in boxes {
        let mut rest: Vec<Statement> = Vec::new();
        for from in statements.drain(..) {
            // What is taken out of a denial would be allowed.
            let rest_of_one = if from.effect == Effect::Deny { vec![from] } else { from.difference(taken) };
            for statement in rest_of_one {
                if !rest.contains(&statement) {
                    rest.push(statement);
                }
            }
            if rest.len() > MAX_STATEMENTS {
                return Err(ExclusionError::TooMany);
            }
        }
        *statements = rest;
    }
    Ok(())
}

/// Completes an exclusion with the grant's terms where it has none of its own.
fn complete_exclusion(dialect: Dialect, grant: &Terms, exclusion: &Exclusion) -> Terms {
    let or_all = |some: &[Text], all: &[Text]| if some.is_empty() { all.to_vec() } else { some.to_vec() };
    let mut terms = Terms {
        principals: or_all(&exclusion.principals, &grant.principals),
        resources: or_all(&exclusion.resources, &grant.resources),
        // The same mode means the same conditions, which then take nothing away from the box.
        mode: grant.mode.clone(),
        ..Terms::default()
    };
    if exclusion.actions.is_empty() {
        terms.actions.clone_from(&grant.actions);
        terms.data_actions.clone_from(&grant.data_actions);
        terms.roles.clone_from(&grant.roles);
    } else {
        terms.actions.clone_from(&exclusion.actions);
        // The author need not know on which of Azure's planes an action is.
        if dialect == Dialect::Azure {
            terms.data_actions.clone_from(&exclusion.actions);
        }
    }
    terms
}

#[cfg(test)]
mod tests;
