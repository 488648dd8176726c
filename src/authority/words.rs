//! Flaws in words: one sentence each, what to do about it, and where it stands.
//!
//! `lint` and the findings of a check say the same of the same flaw, so the words are here and not in either.

use std::fmt;
use std::time::Duration;

use super::{Flaw, Lack};
use crate::source::Span;

impl fmt::Display for Flaw {
    /// One lower-case sentence without a full stop.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SelfApproved { approver, requester, person } => {
                let approver = &approver.value;
                if approver == requester {
                    write!(f, "`{approver}` asked for this and approved it")
                } else {
                    write!(
                        f,
                        "`{requester}` asked for this and `{approver}` approved it, and both are `{person}`"
                    )
                }
            }
            Self::NoAuthority { approver, system, lack } => no_authority(f, &approver.value, system, lack),
            Self::ThresholdNotMet { authority, needed, have, entitled: _ } => {
                let were = if *have == 1 { "1 person" } else { &format!("{have} persons") };
                write!(f, "authority `{authority}` wants {needed} persons to approve, and {were} did")
            }
            Self::Expired { expires_on } => write!(f, "the approval expired on {}", expires_on.value),
            Self::NotYetValid { starts_on } => {
                write!(f, "the approval does not hold before {}", starts_on.value)
            }
        }
    }
}

fn no_authority(f: &mut fmt::Formatter<'_>, approver: &str, system: &str, lack: &Lack) -> fmt::Result {
    match lack {
        Lack::Authority => {
            write!(f, "`{approver}` approved for system `{system}`, for which no authority may decide")
        }
        Lack::Entitlement { authorities, entitled: _ } => write!(
            f,
            "`{approver}` may not decide for system `{system}` under {} {}",
            if authorities.len() == 1 { "authority" } else { "any of the authorities" },
            quoted(authorities),
        ),
        Lack::Duration { authority, duration, max_duration } => write!(
            f,
            "the approval holds for {}, and under authority `{authority}` nobody may approve for more than {}",
            length(*duration),
            length(*max_duration),
        ),
    }
}

impl Flaw {
    /// What to do about it: an instruction.
    pub fn remedy(&self) -> String {
        match self {
            Self::SelfApproved { .. } => "have somebody else approve it".to_owned(),
            Self::NoAuthority { system, lack, .. } => match lack {
                Lack::Authority => {
                    format!(
                        "add an `authority` block whose `systems` include `{system}`, and have it approved there"
                    )
                }
                Lack::Entitlement { entitled, .. } => ask(entitled, "have it approved by"),
                Lack::Duration { max_duration, .. } => {
                    format!("let it expire within {} of its first day", length(*max_duration))
                }
            },
            Self::ThresholdNotMet { entitled, .. } => ask(entitled, "have it approved as well by"),
            Self::Expired { .. } => "remove the access, or have it approved anew".to_owned(),
            Self::NotYetValid { starts_on } => format!("apply on {} or later", starts_on.value),
        }
    }

    /// Where the approval says what is wrong.
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::SelfApproved { approver, .. } | Self::NoAuthority { approver, .. } => Some(approver.span),
            Self::ThresholdNotMet { .. } => None,
            Self::Expired { expires_on } => Some(expires_on.span),
            Self::NotYetValid { starts_on } => Some(starts_on.span),
        }
    }
}

fn ask(entitled: &[String], verb: &str) -> String {
    if entitled.is_empty() {
        "name more `approvers` in the authority: nobody is left who could approve".to_owned()
    } else {
        format!("{verb} {}", quoted(entitled))
    }
}

/// Names in backticks; no more than a reader takes in.
fn quoted(names: &[String]) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<_> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let more = names.len().saturating_sub(SHOWN);
    if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
}

/// Days where they are whole, else hours or less.
fn length(duration: Duration) -> String {
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
