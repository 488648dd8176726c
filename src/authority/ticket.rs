//! What a ticket says against its approval.
//!
//! Takes an approval and the export of tickets that stands beside the manifest, and returns every [`TicketFlaw`]. A ticket
//! never authorizes: without an export nothing is said, and no export makes an approval count that would not otherwise. An
//! authority that demands tickets is not satisfied without a fresh export.

use jiff::civil::Date;

use super::persons::list_requesters;
use crate::manifest::{Approval, Authority, ExportedTicket, Manifest, TicketExport};
use crate::source::{Span, Spanned};

/// What is wrong with the ticket of an approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TicketFlaw {
    /// The export has no such ticket, and claims to have all of its project.
    Unknown {
        /// The file of the export.
        export: String,
    },
    /// The ticket was rejected, cancelled or the like.
    Ended {
        /// Its status, in the system's words.
        status: String,
    },
    /// Somebody else asked than the approval says.
    OtherRequester {
        /// Who asked by the approval, as written.
        written: Spanned<String>,
        /// Who asked by the ticket.
        in_ticket: String,
    },
    /// An approver of the approval is none of the ticket's.
    OtherApprover {
        /// Who approved by the approval, as written.
        written: Spanned<String>,
        /// Who approved by the ticket.
        in_ticket: Vec<String>,
    },
    /// The export is too old, or does not say when it was made.
    Stale {
        /// The file of the export.
        export: String,
        /// The day as of which it should be.
        day: Date,
    },
    /// An authority demands the ticket, and no export has it.
    Missing {
        /// The authority.
        authority: String,
    },
}

impl TicketFlaw {
    /// Says what is wrong with the approval of a ticket.
    pub(super) fn describe(&self, ticket: &str) -> String {
        match self {
            Self::Unknown { export } => format!("`{export}` has no ticket {ticket}"),
            Self::Ended { status } => format!("the ticket {ticket} ended with the status `{status}`"),
            Self::OtherRequester { written, in_ticket } => format!(
                "`{}` requested {ticket} by its approval, and `{in_ticket}` by its ticket",
                written.value
            ),
            Self::OtherApprover { written, in_ticket } => format!(
                "`{}` approved {ticket} by its approval, and {} by its ticket",
                written.value,
                super::words::quote(in_ticket, "and")
            ),
            Self::Stale { export, day } => {
                format!(
                    "`{export}`, which has the ticket {ticket}, was not exported on {day} or the day before"
                )
            }
            Self::Missing { authority } => {
                format!("authority `{authority}` demands the ticket, and {ticket} was judged without it")
            }
        }
    }

    /// Where the approval says what is wrong.
    pub(super) fn span(&self) -> Option<Span> {
        match self {
            Self::OtherRequester { written, .. } | Self::OtherApprover { written, .. } => Some(written.span),
            Self::Unknown { .. } | Self::Ended { .. } | Self::Stale { .. } | Self::Missing { .. } => None,
        }
    }

    /// Says what to do about it: an instruction.
    pub(super) fn remedy(&self) -> String {
        match self {
            Self::Unknown { .. } => "correct the ticket of the approval, or remove the approval".to_owned(),
            Self::Ended { .. } => "remove the access, or have it approved under another ticket".to_owned(),
            Self::OtherRequester { .. } | Self::OtherApprover { .. } => {
                "correct the approval or the ticket, whichever is wrong".to_owned()
            }
            Self::Stale { .. } | Self::Missing { .. } => {
                "export the tickets again, and pass the file by `--tickets`".to_owned()
            }
        }
    }
}

/// Finds what the export that stands beside a manifest says against an approval on a day.
pub(super) fn find_ticket_flaws(approval: &Approval, manifest: &Manifest, day: Date) -> Vec<TicketFlaw> {
    let Some(export) = &manifest.tickets else { return Vec::new() };
    let mut flaws = Vec::new();
    if !export.is_fresh(day) {
        flaws.push(TicketFlaw::Stale { export: export.name.clone(), day });
    }
    match export.find(&approval.id) {
        None if export.claims(&approval.id) => {
            flaws.push(TicketFlaw::Unknown { export: export.name.clone() })
        }
        None => {}
        Some(ticket) if ticket.ended => flaws.push(TicketFlaw::Ended { status: ticket.status.clone() }),
        Some(ticket) => flaws.extend(find_mismatch(approval, ticket, manifest)),
    }
    flaws
}

/// Finds persons of the approval who are others than those of the ticket, where the ticket names some.
fn find_mismatch(approval: &Approval, ticket: &ExportedTicket, manifest: &Manifest) -> Vec<TicketFlaw> {
    let mut flaws = Vec::new();
    if let (Some(written), Some(in_ticket)) = (&approval.requester, &ticket.requester)
        && manifest.persons_of(in_ticket).is_disjoint(&list_requesters(approval, manifest))
    {
        flaws.push(TicketFlaw::OtherRequester { written: written.clone(), in_ticket: in_ticket.clone() });
    }
    if ticket.approvers.is_empty() {
        return flaws;
    }
    let has_approved = |approver: &Spanned<String>| {
        let persons = manifest.persons_of(&approver.value);
        ticket.approvers.iter().any(|login| !manifest.persons_of(login).is_disjoint(&persons))
    };
    flaws.extend(approval.approvers.iter().filter(|approver| !has_approved(approver)).map(|approver| {
        TicketFlaw::OtherApprover { written: approver.clone(), in_ticket: ticket.approvers.clone() }
    }));
    flaws
}

/// Finds whether an authority demands the ticket of an approval, and no export has it. That they are stale is said of the approval.
pub(super) fn find_missing_tickets(
    authority: &Authority,
    approval: &Approval,
    export: Option<&TicketExport>,
) -> Option<TicketFlaw> {
    let is_missing =
        authority.tickets_required && export.is_none_or(|export| export.find(&approval.id).is_none());
    is_missing.then(|| TicketFlaw::Missing { authority: authority.name.clone() })
}
