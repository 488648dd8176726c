//! Flaws about who approved, in words.
//!
//! Takes what a flaw says of persons and returns a part of its sentence. Who is behind a login was found before.

use crate::manifest::Separation;

/// Says that somebody approved their own request; `person` is who both are, `team` the one that
/// approved or asked.
pub(super) fn describe_self_approval(
    ticket: &str,
    approver: &str,
    requester: &str,
    person: &str,
    team: Option<&String>,
) -> String {
    if team.is_some() && approver != requester {
        format!("`{requester}` requested {ticket} and `{approver}` approved it; `{person}` is in both")
    } else if approver == requester {
        format!("`{approver}` requested {ticket} and approved it")
    } else {
        format!("`{requester}` requested {ticket} and `{approver}` approved it; both are `{person}`")
    }
}

pub(super) fn describe_separation(from: Separation) -> &'static str {
    match from {
        Separation::Requester => "who requested it",
        Separation::Subject => "who gets the access",
        Separation::SubjectOwner => "the owner of the identity that gets the access",
        Separation::Operator => "who applies it",
    }
}
