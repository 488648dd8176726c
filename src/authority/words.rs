//! Flaws in words: what is wrong with an approval, what to do about it, and where it stands.
//!
//! `lint` and the findings of `check` say the same of the same flaw.

use std::time::Duration;

use super::{Flaw, Lack, ReferenceFlaw};
use crate::resolve::identity::ReferenceRefusal;
use crate::source::Span;

impl Flaw {
    /// Says what is wrong with the approval of a ticket: one lower-case sentence without a full stop.
    pub fn describe(&self, ticket: &str) -> String {
        match self {
            Self::SelfApproved { approver, requester, person, team } => {
                let approver = &approver.value;
                if team.is_some() && approver != requester {
                    format!(
                        "`{requester}` requested {ticket} and `{approver}` approved it; `{person}` is in both"
                    )
                } else if approver == requester {
                    format!("`{approver}` requested {ticket} and approved it")
                } else {
                    format!(
                        "`{requester}` requested {ticket} and `{approver}` approved it; both are `{person}`"
                    )
                }
            }
            Self::Beneficiary { approver, principal } => {
                format!("`{}` approved {ticket}, which gives access to `{principal}`", approver.value)
            }
            Self::NoAuthority { approver, system, lack } => {
                describe_lack(ticket, &approver.value, system, lack)
            }
            Self::ThresholdNotMet { authority, needed, have, entitled: _ } => {
                format!(
                    "authority `{authority}` requires {needed} persons to approve {ticket}, and {have} did"
                )
            }
            Self::OtherAddress { addresses } => {
                format!("{ticket} is restricted to the addresses {}", quote(addresses, "and"))
            }
            Self::OtherPlace => format!("{ticket} is restricted to other places"),
            Self::PlaceUnknown { word } => {
                format!("{ticket} says where it holds, and the {word} of this grant is not known")
            }
            Self::PlaceNotNamed { word, name } => {
                format!("{ticket} does not say for which {word} it is, and this grant is in `{name}`")
            }
            Self::ReferenceRefused { reference, refusal } => {
                format!("{ticket} names `{reference}`, and {}", describe_refusal(refusal))
            }
            Self::Expired { expires_on } => format!("{ticket} expired on {}", expires_on.value),
            Self::NotYetValid { starts_on } => {
                format!("{ticket} is not in force before {}", starts_on.value)
            }
        }
    }

    /// Says what to do about it: an instruction.
    pub fn remedy(&self) -> String {
        match self {
            Self::SelfApproved { .. } | Self::Beneficiary { .. } => {
                "have a second person approve it".to_owned()
            }
            Self::NoAuthority { system, lack, .. } => match lack {
                Lack::Authority => format!(
                    "add an `authority` block with `approvers`, `systems = [\"{system}\"]` and `max_duration`"
                ),
                Lack::Entitlement { entitled, .. } => ask_one_of(entitled, "have it approved by"),
                Lack::Place { covered_by: Some(other) } => {
                    format!("have it approved for system `{other}`, whose `match` covers the grant")
                }
                Lack::Place { covered_by: None } => format!(
                    "have it approved for the system that the grant is in, or extend the `match` of system `{system}`"
                ),
                Lack::Duration { max_duration, .. } => {
                    format!("shorten the approval to at most {}", describe_length(*max_duration))
                }
            },
            Self::ThresholdNotMet { entitled, .. } => ask_one_of(entitled, "have it approved also by"),
            Self::OtherAddress { .. } => {
                "add the address to the approval, or move the grant there".to_owned()
            }
            Self::OtherPlace => "have it approved for this place, or move the grant there".to_owned(),
            Self::PlaceNotNamed { word, name } => {
                format!(
                    "have `{word}s = [\"{name}\"]` added to the approval, or to the `match` of its system"
                )
            }
            Self::ReferenceRefused {
                refusal: ReferenceFlaw::Object(ReferenceRefusal::OtherInstance { there }),
                ..
            } => format!("have `{there}` approved, the address of the instance"),
            Self::ReferenceRefused { .. } => {
                "have the object approved by its name, or by its address once the plan that brings it there is applied"
                    .to_owned()
            }
            Self::PlaceUnknown { word } => {
                format!("give the {word} as a fact, or set it in the provider's configuration")
            }
            Self::Expired { .. } => "remove the access, or renew the approval".to_owned(),
            Self::NotYetValid { starts_on } => format!("apply on {} or later", starts_on.value),
        }
    }

    /// Where the approval says what is wrong.
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::SelfApproved { approver, .. }
            | Self::Beneficiary { approver, .. }
            | Self::NoAuthority { approver, .. } => Some(approver.span),
            Self::ThresholdNotMet { .. }
            | Self::OtherAddress { .. }
            | Self::OtherPlace
            | Self::PlaceUnknown { .. }
            | Self::PlaceNotNamed { .. }
            | Self::ReferenceRefused { .. } => None,
            Self::Expired { expires_on } => Some(expires_on.span),
            Self::NotYetValid { starts_on } => Some(starts_on.span),
        }
    }
}

/// Says why a reference does not count, after "and".
fn describe_refusal(refusal: &ReferenceFlaw) -> String {
    let refusal = match refusal {
        ReferenceFlaw::OtherPlace => return "that object is in another place than this grant".to_owned(),
        ReferenceFlaw::Object(refusal) => refusal,
    };
    match refusal {
        ReferenceRefusal::Moved { from } => format!("the plan moves that object there from `{from}`"),
        ReferenceRefusal::Imported => "the plan imports that object".to_owned(),
        ReferenceRefusal::TakenOver => "the plan takes that object over where it exists already".to_owned(),
        ReferenceRefusal::OtherInstance { there } => format!("the plan has `{there}` instead"),
        ReferenceRefusal::Removed => "the plan removes that object".to_owned(),
        ReferenceRefusal::NoIdentity => "that attribute does not say which object it is".to_owned(),
        ReferenceRefusal::Unreadable => "what that is cannot be read from the plan".to_owned(),
        ReferenceRefusal::Pattern => "its name holds a symbol with another meaning in an approval".to_owned(),
    }
}

fn describe_lack(ticket: &str, approver: &str, system: &str, lack: &Lack) -> String {
    match lack {
        Lack::Authority => {
            format!("`{approver}` approved {ticket} for system `{system}`, which no authority covers")
        }
        Lack::Entitlement { authorities, entitled: _ } => format!(
            "`{approver}` approved {ticket} for system `{system}` and is not an approver of {} {}",
            if authorities.len() == 1 { "authority" } else { "the authorities" },
            quote(authorities, "and"),
        ),
        Lack::Place { covered_by: None } => {
            format!("{ticket} is for system `{system}`, whose `match` does not cover this grant")
        }
        Lack::Place { covered_by: Some(other) } => {
            format!("{ticket} is for system `{system}`, and this grant is in system `{other}`")
        }
        Lack::Duration { authority, duration, max_duration } => format!(
            "{ticket} lasts {}, and authority `{authority}` allows at most {}",
            describe_length(*duration),
            describe_length(*max_duration),
        ),
    }
}

fn ask_one_of(entitled: &[String], verb: &str) -> String {
    if entitled.is_empty() {
        "add `approvers` to the authority: nobody else may approve".to_owned()
    } else {
        format!("{verb} {}", quote(entitled, "or"))
    }
}

/// Names that are shown of a list, at most: enough to ask somebody.
const MAX_NAMES: usize = 5;

/// Lists names in backticks, with a conjunction before the last.
fn quote(names: &[String], conjunction: &str) -> String {
    let shown: Vec<_> = names.iter().take(MAX_NAMES).map(|name| format!("`{name}`")).collect();
    let more = names.len().saturating_sub(MAX_NAMES);
    match shown.split_last() {
        _ if more > 0 => format!("{} {conjunction} {more} more", shown.join(", ")),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} {conjunction} {last}", others.join(", ")),
        None => String::new(),
    }
}

/// Says a duration in days where they are whole, else in hours or less.
fn describe_length(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let in_units = |size: u64, one: &str| {
        let count = seconds / size;
        if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
    };
    match seconds {
        0 => "0 days".to_owned(),
        whole if whole % 86_400 == 0 => in_units(86_400, "day"),
        whole if whole % 3_600 == 0 => in_units(3_600, "hour"),
        whole if whole % 60 == 0 => in_units(60, "minute"),
        _ => in_units(1, "second"),
    }
}
