//! Flaws of exceptions in words: what is wrong, what to do about it, and where it stands.

use super::words::{describe_length, quote};
use super::{DoneRefusal, ExceptionFlaw};
use crate::source::{Span, Spanned};

impl ExceptionFlaw {
    /// Says what is wrong with an exception: one lower-case sentence without a full stop.
    pub fn describe(&self, id: &str) -> String {
        match self {
            Self::NoOverride { approver, system } => format!(
                "`{}` approved the exception {id} for system `{system}`, which no `override` covers",
                approver.value
            ),
            Self::NotEntitled { approver, rule, entitled: _ } => format!(
                "`{}` approved the exception {id} and is not an approver of override `{rule}`",
                approver.value
            ),
            Self::ThresholdNotMet { rule, needed, have, entitled: _ } => format!(
                "override `{rule}` requires {needed} persons to approve the exception {id}, and {have} did"
            ),
            Self::TooLong { rule, length, max_duration, approver: _ } => format!(
                "the exception {id} lasts {}, and override `{rule}` allows at most {}",
                describe_length(*length),
                describe_length(*max_duration)
            ),
            Self::Ended { expires_at } => format!("the exception {id} ended at {}", expires_at.value),
            Self::NotStarted { starts_at } => {
                format!("the exception {id} is not in force before {}", starts_at.value)
            }
            Self::Closed { by, span: _ } => {
                format!("the exception {id} is over: `{by}` has recorded that it is cleaned up")
            }
        }
    }

    /// Says what to do about it: an instruction.
    pub fn remedy(&self) -> String {
        match self {
            Self::NoOverride { system, .. } => format!(
                "have the access approved: only an `override` that was there beforehand lets an exception for `{system}` count"
            ),
            Self::NotEntitled { entitled, .. } => ask_others(entitled, "have it approved by"),
            Self::ThresholdNotMet { entitled, .. } => ask_others(entitled, "have it approved also by"),
            Self::TooLong { max_duration, .. } => {
                format!("end the exception at most {} after it starts", describe_length(*max_duration))
            }
            Self::Ended { .. } => {
                "remove the access, have it approved, or declare another exception; with `--as-of` alone one has to hold the whole day"
                    .to_owned()
            }
            Self::Closed { .. } => {
                "remove the access, have it approved, or declare another exception".to_owned()
            }
            Self::NotStarted { starts_at } => format!(
                "apply at {} or later; with `--as-of` alone an exception has to hold the whole day",
                starts_at.value
            ),
        }
    }

    /// Where the exception says what is wrong.
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::NoOverride { approver, .. }
            | Self::NotEntitled { approver, .. }
            | Self::TooLong { approver, .. } => Some(approver.span),
            Self::ThresholdNotMet { .. } => None,
            Self::Ended { expires_at } => Some(expires_at.span),
            Self::NotStarted { starts_at } => Some(starts_at.span),
            Self::Closed { span, .. } => Some(*span),
        }
    }

    /// The approver whose decision it is about.
    pub fn approver(&self) -> Option<&Spanned<String>> {
        match self {
            Self::NoOverride { approver, .. }
            | Self::NotEntitled { approver, .. }
            | Self::TooLong { approver, .. } => Some(approver),
            Self::ThresholdNotMet { .. }
            | Self::Ended { .. }
            | Self::NotStarted { .. }
            | Self::Closed { .. } => None,
        }
    }
}

impl DoneRefusal {
    /// Says why something does not count as done, after "and": `id` is the exception.
    pub fn describe(&self, id: &str) -> String {
        match self {
            Self::InFuture { on } => format!("what it says of that is of {on}, which is still to come"),
            Self::ByRequester { by } => format!("`{by}`, who says that it is done, asked for {id}"),
            Self::ByApprover { by } => format!("`{by}`, who says that it is done, approved {id}"),
        }
    }
}

fn ask_others(entitled: &[String], verb: &str) -> String {
    if entitled.is_empty() {
        "have the access approved under an authority: nobody else may declare an exception".to_owned()
    } else {
        format!("{verb} {}", quote(entitled, "or"))
    }
}
