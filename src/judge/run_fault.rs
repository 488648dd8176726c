//! Why a run does not pass, with the approvals that it is about.

use std::borrow::Cow;

use crate::authority::Flaw;
use crate::manifest::Approval;
use crate::reason::Reason;

/// Why a run does not pass.
#[derive(Clone, Debug)]
pub(super) enum RunFault<'a> {
    /// No approval names it.
    Unapproved,
    /// Approvals name the address, and something else that runs there; or they list other addresses.
    Differs { approvals: Vec<&'a Approval> },
    /// It is not known what runs.
    Undecided { reason: &'a Reason, approval: Option<&'a Approval> },
    /// An approval names it and is not in force.
    Flawed { approval: &'a Approval, flaw: Cow<'a, Flaw> },
}

impl<'a> RunFault<'a> {
    /// The approval that it is about.
    pub(super) fn approval(&self) -> Option<&'a Approval> {
        match self {
            Self::Unapproved => None,
            Self::Differs { approvals } => approvals.first().copied(),
            Self::Undecided { approval, .. } => *approval,
            Self::Flawed { approval, .. } => Some(approval),
        }
    }
}
