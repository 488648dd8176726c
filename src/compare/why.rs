//! In what a plan is wider, in words.

use crate::finding::Code;
use crate::judge::wider;
use access_algebra::evaluate::{self, Truth};
use access_algebra::{Access, Effect, Request};

/// Why what is approved does not allow a witness: one lower-case sentence.
pub(super) fn wider(approved: &Access, witness: &Request) -> String {
    let denies = approved.statements.iter().any(|statement| {
        statement.effect == Effect::Deny && evaluate::matches(statement, witness) == Truth::Yes
    });
    if denies {
        return "a statement of what is approved denies it".to_owned();
    }
    if !approved.statements.iter().any(|statement| statement.effect == Effect::Allow) {
        return "nothing is approved".to_owned();
    }
    let words = [
        (Code::WiderAction, "it allows other actions than were approved"),
        (Code::WiderResource, "it reaches other resources than were approved"),
        (Code::WiderPrincipal, "it goes to other principals than were approved"),
        (Code::WiderCondition, "a condition of what is approved is missing or weaker"),
    ];
    let code = wider::code(approved, witness);
    let found = words.iter().find(|(known, _)| *known == code);
    found.map_or("it allows what was not approved", |(_, words)| words).to_owned()
}

/// Whether a witness is refused for its action.
pub(super) fn by_action(approved: &Access, witness: &Request) -> bool {
    wider::code(approved, witness) == Code::WiderAction
}
