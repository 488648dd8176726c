//! In which dimension a request lies outside what is approved.
//!
//! Takes an Access and a request that it does not allow, and returns the one [`Dimension`] that keeps the nearest allowing
//! statement from matching. Only the evaluator is asked, so the answer is about this request and not about the plan.

use access_algebra::evaluate::{Truth, holds, is_member};
use access_algebra::{Access, Effect, Request, Statement, Strings};

/// What of a request is not approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// Its action; also where a denial takes out what an allowing statement matches.
    Action,
    /// Its resource.
    Resource,
    /// Its principal; also where nothing at all is approved.
    Principal,
    /// Its context: a condition of the approval does not hold.
    Condition,
}

impl Dimension {
    /// Finds the dimension in which an Access refuses a request.
    pub fn of_refusal(approved: &Access, request: &Request) -> Self {
        let allowing = approved.statements.iter().filter(|statement| statement.effect == Effect::Allow);
        let mismatches = allowing.map(|statement| Mismatch::between(statement, request));
        match mismatches.min_by_key(Mismatch::distance) {
            None | Some(Mismatch { principal: true, .. }) => Self::Principal,
            Some(Mismatch { resource: true, .. }) => Self::Resource,
            Some(Mismatch { action: true, .. }) => Self::Action,
            Some(Mismatch { condition: true, .. }) => Self::Condition,
            // The statement allows it, and an `except` takes it out again.
            Some(_) => Self::Action,
        }
    }
}

/// Which parts of a statement do not match a request.
struct Mismatch {
    principal: bool,
    action: bool,
    resource: bool,
    condition: bool,
}

impl Mismatch {
    fn between(statement: &Statement, request: &Request) -> Self {
        let is_outside = |set: &Strings, text: &str| is_member(set, text, request) != Truth::Yes;
        let fails = |condition| holds(condition, request) != Truth::Yes;
        Self {
            principal: is_outside(&statement.principals, &request.principal),
            action: is_outside(&statement.actions, &request.action),
            resource: is_outside(&statement.resources, &request.resource),
            condition: statement.conditions.iter().any(fails),
        }
    }

    /// Orders statements from the nearest. Of two that differ in one thing each, a condition counts least and the principal
    /// most, because the reader of a finding has the approval of this principal in mind. One other principal is nearer
    /// than another action on another resource.
    fn distance(&self) -> u8 {
        8 * u8::from(self.principal)
            + 5 * u8::from(self.resource)
            + 4 * u8::from(self.action)
            + u8::from(self.condition)
    }
}
