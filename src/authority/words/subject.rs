//! Flaws of subjects in words.

use super::{describe_length, quote};
use crate::authority::{KindLimit, SubjectFlaw};
use crate::source::Span;
use crate::subject::SubjectKind;

impl SubjectFlaw {
    /// Says what is wrong with the approval of a ticket: one lower-case sentence without a full stop.
    pub(super) fn describe(&self, ticket: &str) -> String {
        match self {
            Self::WrongKind { principal, kind, limit } => {
                format!(
                    "{}; {} is of the kind `{}`",
                    describe_limit(ticket, limit),
                    name(principal),
                    kind.word()
                )
            }
            Self::KindUnknown { principal, limit } => {
                format!(
                    "{}; the plan does not show of which kind {} is",
                    describe_limit(ticket, limit),
                    name(principal)
                )
            }
            Self::NoOwner { kind, .. } => {
                format!("{ticket} empowers {} and names no owner for it", with_article(*kind))
            }
            Self::UnknownOwner { kind, owner } => format!(
                "{ticket} names `{}` as the owner of {}, and no `person` or `team` has that name",
                owner.value,
                with_article(*kind)
            ),
            Self::ReusedIdentity { identity, system, ticket: other, .. } => {
                format!(
                    "{ticket} empowers `{identity}`, which {other} empowers for system `{system}` as well"
                )
            }
            Self::LongLived { credential, lives, authority, max_key_age, .. } => {
                let lives = match lives {
                    Some(lives) => format!("lives {}", describe_length(*lives)),
                    None => "never ends".to_owned(),
                };
                format!(
                    "a key (`{credential}`) that {ticket} approves {lives}, and authority `{authority}` allows at most {}",
                    describe_length(*max_key_age)
                )
            }
        }
    }

    /// Says what to do about it: an instruction.
    pub(super) fn remedy(&self) -> String {
        match self {
            Self::WrongKind { kind, .. } => {
                let owner = if kind.needs_owner() { " and an `owner`" } else { "" };
                format!(
                    "correct the principal, or have it approved under a ticket of its own, with a `subject` block of the \
                     kind `{}`{owner}",
                    kind.word()
                )
            }
            Self::KindUnknown { .. } => {
                "plan the object that says who may act as it together with this grant, or have every kind approved that it \
                 may be of"
                    .to_owned()
            }
            Self::NoOwner { .. } => "add the `owner` to the `subject` block: the person who answers for it".to_owned(),
            Self::UnknownOwner { .. } => {
                "correct the `owner`, or add a `person` or `team` block for it".to_owned()
            }
            Self::ReusedIdentity { .. } => "use one identity for each system".to_owned(),
            Self::LongLived { .. } => {
                "give the key an end, or use a role or federation, which need no static key".to_owned()
            }
        }
    }

    /// Where the approval says what is wrong.
    pub(super) fn span(&self) -> Option<Span> {
        match self {
            Self::NoOwner { span, .. } => Some(*span),
            Self::UnknownOwner { owner, .. } => Some(owner.span),
            Self::LongLived { approver, .. } => Some(approver.span),
            Self::WrongKind { .. } | Self::KindUnknown { .. } | Self::ReusedIdentity { .. } => None,
        }
    }
}

/// Says whom an approval may empower.
fn describe_limit(ticket: &str, limit: &KindLimit) -> String {
    let kinds: Vec<String> = limit.allowed.iter().map(|kind| kind.word().to_owned()).collect();
    let only = format!("only {}", quote(&kinds, "and"));
    match &limit.authority {
        None => format!("{ticket} empowers {only}"),
        Some(authority) => format!("authority `{authority}` lets {ticket} empower {only}"),
    }
}

fn name(principal: &Option<String>) -> String {
    match principal {
        Some(name) if name == "*" => "any principal".to_owned(),
        Some(name) => format!("`{name}`"),
        None => "a principal of this grant".to_owned(),
    }
}

fn with_article(kind: SubjectKind) -> String {
    let article = if kind == SubjectKind::Agent { "an" } else { "a" };
    format!("{article} {}", kind.word())
}
