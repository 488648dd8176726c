//! In what a grant is wider: the one thing that keeps the nearest approved statement from allowing the witness.

use crate::finding::Code;
use access_algebra::evaluate::{Truth, holds, member};
use access_algebra::{Access, Effect, Request, Statement, Strings};

/// The code for a witness that an Access refuses.
pub(crate) fn code(approved: &Access, witness: &Request) -> Code {
    let allowing = approved.statements.iter().filter(|statement| statement.effect == Effect::Allow);
    let nearest = allowing.map(|statement| misses(statement, witness)).min_by_key(|misses| misses.weight());
    match nearest {
        Some(Misses { principal: true, .. }) | None => Code::WiderPrincipal,
        Some(Misses { resource: true, .. }) => Code::WiderResource,
        Some(Misses { action: true, .. }) => Code::WiderAction,
        // Allowed by its words and refused by a condition, or taken out again by an `except`.
        Some(misses) if misses.condition => Code::WiderCondition,
        Some(_) => Code::WiderAction,
    }
}

/// What of a statement does not match.
struct Misses {
    principal: bool,
    action: bool,
    resource: bool,
    condition: bool,
}

impl Misses {
    /// Fewest first; among equals, a statement about the same principal and resource is nearer.
    fn weight(&self) -> u8 {
        8 * u8::from(self.principal)
            + 5 * u8::from(self.resource)
            + 4 * u8::from(self.action)
            + u8::from(self.condition)
    }
}

fn misses(statement: &Statement, witness: &Request) -> Misses {
    let outside = |set: &Strings, text: &str| member(set, text, witness) != Truth::Yes;
    Misses {
        principal: outside(&statement.principals, &witness.principal),
        action: outside(&statement.actions, &witness.action),
        resource: outside(&statement.resources, &witness.resource),
        condition: statement.conditions.iter().any(|condition| holds(condition, witness) != Truth::Yes),
    }
}
