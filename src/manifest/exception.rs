//! Exceptions, and the rules under which they count: break-glass.
//!
//! An [`Exception`] lets access by for some hours during an incident. An [`Override`] says beforehand who may declare one for
//! which systems, and who has to record, clean up and review it, by when. Whether an exception holds, and what is owed
//! after it, is [`crate::authority`]'s question.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use strum::VariantArray;

use super::approval::Approval;
use crate::source::{Place, Span, Spanned};

/// The longest that an exception may last: what takes longer than a day is decided as everything else.
pub(super) const MAX_EXCEPTION: Duration = Duration::from_secs(24 * 60 * 60);

/// The fewest persons who decide an exception: one alone could not be checked by anybody.
pub(super) const MIN_PERSONS: u64 = 2;

/// Access that is let by for some hours.
#[derive(Clone, Debug)]
pub struct Exception {
    /// What is let by, for which system, and who asked and decided. Its days are those of the instants and decide nothing.
    pub approval: Approval,
    /// The incident, where it is known.
    pub incident: String,
    /// The instant from which it holds.
    pub starts_at: Spanned<Timestamp>,
    /// The first instant at which it no longer holds; at most a day later.
    pub expires_at: Spanned<Timestamp>,
    /// That it was written down where incidents are.
    pub recorded: Option<Done>,
    /// That what it let by is gone.
    pub cleaned_up: Option<Done>,
    /// That it was right or wrong.
    pub reviewed: Option<Done>,
}

/// That somebody has done what an exception demands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// When.
    pub on: Spanned<Date>,
    /// Who.
    pub by: Spanned<String>,
    /// What shows it: the evidence of a clean-up, the outcome of a review.
    pub shown_by: Option<String>,
    /// The block's heading.
    pub span: Span,
}

/// What has to be done after an exception has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
pub enum Duty {
    /// Write it down where incidents are.
    Record,
    /// Take away what it let by.
    CleanUp,
    /// Judge whether it was right.
    Review,
}

impl Duty {
    /// Every duty, in the order in which they are due.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The block of an exception by which it is done.
    pub fn block(self) -> &'static str {
        match self {
            Self::Record => "recorded",
            Self::CleanUp => "cleaned_up",
            Self::Review => "reviewed",
        }
    }
}

/// Who may declare exceptions for systems, and what has to be done after them.
#[derive(Clone, Debug)]
pub struct Override {
    /// Its label.
    pub name: String,
    /// The logins of those who may decide, and teams of which every member may.
    pub approvers: Vec<Spanned<String>>,
    /// The systems for which they may; no other override has one of them.
    pub systems: Vec<Spanned<String>>,
    /// How many distinct persons have to agree; at least two.
    pub threshold: u64,
    /// The longest that an exception may last; at most 24 hours.
    pub max_duration: Duration,
    /// What has to be done, in the order of [`Duty::ALL`].
    pub terms: [DutyTerm; 3],
    /// The block's heading.
    pub place: Place,
}

/// Who has to do something after an exception, and how long after its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DutyTerm {
    /// Who.
    pub by: Responsible,
    /// From the end of the exception.
    pub within: Duration,
}

/// Who is responsible: a role, or somebody by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Responsible {
    /// Whoever plans and applies.
    Operator,
    /// The owner of the exception's system.
    SystemOwner,
    /// The process owner.
    #[default]
    ProcessOwner,
    /// A person or a team.
    Named(String),
}

impl Responsible {
    /// Reads what is written: the name of a role, or a name.
    pub(super) fn read(text: &str) -> Self {
        match text {
            "operator" => Self::Operator,
            "system_owner" => Self::SystemOwner,
            "process_owner" => Self::ProcessOwner,
            name => Self::Named(name.to_owned()),
        }
    }
}

impl Exception {
    /// The system that it is for; its block is in the manifest.
    pub fn system_name(&self) -> &str {
        self.approval.system_name().unwrap_or_default()
    }

    /// What was done of a duty.
    pub fn done(&self, duty: Duty) -> Option<&Done> {
        match duty {
            Duty::Record => self.recorded.as_ref(),
            Duty::CleanUp => self.cleaned_up.as_ref(),
            Duty::Review => self.reviewed.as_ref(),
        }
    }
}

impl Override {
    /// Whether it speaks of this system.
    pub fn is_over(&self, system: &str) -> bool {
        self.systems.iter().any(|known| known.value == system)
    }

    /// Who has to do something, and within which time.
    pub fn term(&self, duty: Duty) -> &DutyTerm {
        let [record, clean_up, review] = &self.terms;
        match duty {
            Duty::Record => record,
            Duty::CleanUp => clean_up,
            Duty::Review => review,
        }
    }
}
