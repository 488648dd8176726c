//! Flaws in words: what is wrong with an approval, what to do about it, and where it stands.
//!
//! `lint` and the findings of `check` say the same of the same flaw.

mod persons;
mod subject;

use std::time::Duration;

use super::signature_words::{describe_signature, remedy_of_signature};
use super::{CeilingExcess, DelegationFault, Flaw, Lack, ProposalLack, ReferenceFlaw};
use crate::manifest::{MatchSubject, RequestGap, ReviewDecision};
use crate::resolve::identity::ReferenceRefusal;
use crate::source::Span;
use crate::words::describe_reason;
use persons::{describe_self_approval, describe_separation};

impl Flaw {
    /// Says what is wrong with the approval of a ticket: one lower-case sentence without a full stop.
    pub fn describe(&self, ticket: &str) -> String {
        match self {
            Self::SelfApproved { approver, requester, person, team } => {
                describe_self_approval(ticket, &approver.value, requester, person, team.as_ref())
            }
            Self::Beneficiary { approver, principal } => {
                format!("`{}` approved {ticket}, which gives access to `{principal}`", approver.value)
            }
            Self::RequestIncomplete { gaps, .. } => describe_gaps(ticket, gaps),
            Self::NotSeparate { approver, from, person, authority } => {
                let role = describe_separation(*from);
                let same = if approver.value.eq_ignore_ascii_case(person) {
                    String::new()
                } else {
                    format!(" `{person}`")
                };
                format!(
                    "`{}` approved {ticket} and is{same} {role}, which authority `{authority}` forbids",
                    approver.value
                )
            }
            Self::CeilingExceeded { authority, excess, .. } => describe_excess(ticket, authority, excess),
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
            Self::PlaceUnknown { word: MatchSubject::FILE } => {
                format!(
                    "whether {ticket} is for this grant depends on the `paths` of a `match`, which give no authority"
                )
            }
            Self::PlaceUnknown { word } => {
                format!("{ticket} says where it holds, and the {word} of this grant is not known")
            }
            Self::PlaceNotNamed { word, name } => {
                format!("{ticket} does not say for which {word} it is, and this grant is in `{name}`")
            }
            Self::ReferenceRefused { reference, refusal } => {
                format!("{ticket} names `{reference}`, and {}", describe_refusal(refusal))
            }
            Self::UnsignedInChange { lack: ProposalLack::Signature(by), .. } => format!(
                "only this change holds {ticket}, and {} {} not signed it",
                quote(by, "and"),
                if by.len() == 1 { "has" } else { "have" }
            ),
            Self::UnsignedInChange { lack: ProposalLack::Declaration, .. } => {
                format!(
                    "only this change holds {ticket}, and what it rests on: its system, or a set of places"
                )
            }
            Self::SignatureInvalid { file, fault } => describe_signature(ticket, file, fault),
            Self::Subject(flaw) => flaw.describe(ticket),
            Self::Ticket(flaw) => flaw.describe(ticket),
            Self::Expired { expires_on } => format!("{ticket} expired on {}", expires_on.value),
            Self::ReviewOverdue { review_by } => {
                format!("{ticket} was to be reviewed by {}", review_by.value)
            }
            Self::ReviewUnsettled { on, by, decision } => format!(
                "`{by}` reviewed {ticket} on {} and decided to {} the access",
                on.value,
                decision.word()
            ),
            Self::Withdrawn { on, by } => format!("`{by}` withdrew {ticket} on {}", on.value),
            Self::NotYetValid { starts_on } => {
                format!("{ticket} is not in force before {}", starts_on.value)
            }
            Self::Exception(flaw) => flaw.describe(ticket),
        }
    }

    /// Says what to do about it: an instruction.
    pub fn remedy(&self) -> String {
        match self {
            Self::RequestIncomplete { gaps, .. } => {
                let names: Vec<String> = gaps.iter().map(|gap| gap.part.word().to_owned()).collect();
                format!("complete the request with {}, and have it approved again", list_all(&names))
            }
            Self::SelfApproved { .. } | Self::Beneficiary { .. } | Self::NotSeparate { .. } => {
                "have a second person approve it".to_owned()
            }
            Self::CeilingExceeded { authority, excess, .. } => match &**excess {
                CeilingExcess::Grant { .. } | CeilingExcess::Undecided { .. } => format!(
                    "narrow the approval to the `ceiling` of authority `{authority}`, or have it approved under a wider one"
                ),
                CeilingExcess::Run { kind, .. } => format!(
                    "remove the `run` block, or have it approved under an authority whose `ceiling` lists `{kind}`"
                ),
            },
            Self::NoAuthority { system, lack, .. } => remedy_of_lack(system, lack),
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
            Self::PlaceUnknown { word: MatchSubject::FILE } => {
                "say in that `match` by something else than `paths` where the system is"
                    .to_owned()
            }
            Self::PlaceUnknown { word } => {
                format!("give the {word} as a fact, or set it in the provider's configuration")
            }
            Self::UnsignedInChange { ticket, lack: ProposalLack::Signature(by) } => format!(
                "merge the approval first, or have {} run `countersign sign {ticket}`",
                quote(by, "or")
            ),
            Self::UnsignedInChange { lack: ProposalLack::Declaration, .. } => {
                "merge the system and its authority first, then the approval".to_owned()
            }
            Self::SignatureInvalid { file, fault } => remedy_of_signature(file, fault),
            Self::Subject(flaw) => flaw.remedy(),
            Self::Ticket(flaw) => flaw.remedy(),
            Self::Expired { .. } => "remove the access, or renew the approval".to_owned(),
            Self::ReviewOverdue { .. } => {
                "review the access; then add a `review` block, or remove the access".to_owned()
            }
            Self::ReviewUnsettled { decision: ReviewDecision::Narrow, .. } => {
                "narrow the approval and the access, and have it approved again".to_owned()
            }
            Self::ReviewUnsettled { .. } => "remove the access, and withdraw the approval".to_owned(),
            Self::Withdrawn { .. } => "remove the access, or have it approved again".to_owned(),
            Self::NotYetValid { starts_on } => format!("apply on {} or later", starts_on.value),
            Self::Exception(flaw) => flaw.remedy(),
        }
    }

    /// Where the approval says what is wrong.
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::SelfApproved { approver, .. }
            | Self::Beneficiary { approver, .. }
            | Self::NotSeparate { approver, .. }
            | Self::NoAuthority { approver, .. } => Some(approver.span),
            Self::ThresholdNotMet { .. }
            | Self::OtherAddress { .. }
            | Self::OtherPlace
            | Self::PlaceUnknown { .. }
            | Self::PlaceNotNamed { .. }
            | Self::UnsignedInChange { .. }
            | Self::SignatureInvalid { .. }
            | Self::ReferenceRefused { .. } => None,
            Self::RequestIncomplete { gaps, .. } => gaps.iter().find_map(|gap| gap.span),
            Self::CeilingExceeded { excess, .. } => Some(excess.span()),
            Self::Subject(flaw) => flaw.span(),
            Self::Ticket(flaw) => flaw.span(),
            Self::Expired { expires_on } => Some(expires_on.span),
            Self::ReviewOverdue { review_by } => Some(review_by.span),
            Self::ReviewUnsettled { on, .. } | Self::Withdrawn { on, .. } => Some(on.span),
            Self::NotYetValid { starts_on } => Some(starts_on.span),
            Self::Exception(flaw) => flaw.span(),
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

/// Says what a request leaves out.
fn describe_gaps(ticket: &str, gaps: &[RequestGap]) -> String {
    let names = |is_there: bool| {
        let of_kind = gaps.iter().filter(|gap| gap.span.is_some() == is_there);
        of_kind.map(|gap| gap.part.word().to_owned()).collect::<Vec<_>>()
    };
    let (missing, blank) = (names(false), names(true));
    let blank = match blank.as_slice() {
        [] => String::new(),
        [_] => format!("its {} says nothing", quote(&blank, "and")),
        [_, ..] => format!("its {} say nothing", quote(&blank, "and")),
    };
    let missing = match missing.as_slice() {
        [] => String::new(),
        [_, ..] => format!("it has no {}", quote(&missing, "or")),
    };
    let both = if blank.is_empty() || missing.is_empty() { "" } else { ", and " };
    format!("the request {ticket} is incomplete: {missing}{both}{blank}")
}

/// Says by what an approval exceeds a ceiling.
fn describe_excess(ticket: &str, authority: &str, excess: &CeilingExcess) -> String {
    match excess {
        CeilingExcess::Grant { .. } => {
            format!("{ticket} allows more than the `ceiling` of authority `{authority}`")
        }
        CeilingExcess::Undecided { reason, .. } => format!(
            "{ticket} cannot be compared with the `ceiling` of authority `{authority}`: {}",
            describe_reason(reason)
        ),
        CeilingExcess::Run { kind, .. } => format!(
            "{ticket} lets `{kind}` run, which the `ceiling` of authority `{authority}` does not list"
        ),
    }
}

/// Says why a delegation does not let an approval be, after "and".
fn describe_fault(delegation: &str, from: &str, fault: &DelegationFault) -> String {
    match fault {
        DelegationFault::NotOwn { authority } => {
            format!("`{from}` is not an approver of authority `{authority}`")
        }
        DelegationFault::GiverInvolved => format!("`{from}` may not approve it"),
        DelegationFault::NotYet { starts_on } => {
            format!("delegation `{delegation}` begins on {starts_on}")
        }
        DelegationFault::Ended { expires_on } => format!("delegation `{delegation}` ended on {expires_on}"),
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
        Lack::Delegation { delegation, from, fault } => {
            format!(
                "`{approver}` approved {ticket} for `{from}`, and {}",
                describe_fault(delegation, from, fault)
            )
        }
        Lack::Subject { authority, kind } => format!(
            "{ticket} empowers a subject of the kind `{}`, which authority `{authority}` does not list",
            kind.word()
        ),
        Lack::Review { authority, review_by: None, max_review } => format!(
            "{ticket} has no `review_by`, and authority `{authority}` wants a review after at most {}",
            describe_length(*max_review),
        ),
        Lack::Review { authority, review_by: Some(review_by), max_review } => format!(
            "{ticket} is reviewed by {}, and authority `{authority}` wants a review after at most {}",
            review_by.value,
            describe_length(*max_review),
        ),
        Lack::Duration { authority, duration, max_duration } => format!(
            "{ticket} lasts {}, and authority `{authority}` allows at most {}",
            describe_length(*duration),
            describe_length(*max_duration),
        ),
    }
}

/// What to do about something that an approver lacks.
fn remedy_of_lack(system: &str, lack: &Lack) -> String {
    match lack {
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
        Lack::Delegation { from, fault, .. } => match fault {
            DelegationFault::NotOwn { authority } => {
                format!("have it approved by an approver of authority `{authority}`")
            }
            DelegationFault::GiverInvolved => "have it approved by somebody else".to_owned(),
            DelegationFault::NotYet { .. } | DelegationFault::Ended { .. } => {
                format!("have it approved by `{from}`")
            }
        },
        Lack::Subject { authority, kind } => format!(
            "have it approved under an authority for the subject `{0}`, or add `{0}` to the `subjects` of authority `{authority}`",
            kind.word()
        ),
        Lack::Review { max_review, .. } => {
            format!("set `review_by` to at most {} after `approved_on`", describe_length(*max_review))
        }
        Lack::Duration { max_duration, .. } => {
            format!("shorten the approval to at most {}", describe_length(*max_duration))
        }
    }
}

fn ask_one_of(entitled: &[String], verb: &str) -> String {
    if entitled.is_empty() {
        "add `approvers` to the authority: nobody else may approve".to_owned()
    } else {
        format!("{verb} {}", quote(entitled, "or"))
    }
}

/// Lists all names in backticks.
fn list_all(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

/// Names that are shown of a list, at most: enough to ask somebody.
const MAX_NAMES: usize = 5;

/// Lists names in backticks, with a conjunction before the last.
pub(super) fn quote(names: &[String], conjunction: &str) -> String {
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
pub(super) fn describe_length(duration: Duration) -> String {
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
