//! Which findings are one fault.
//!
//! One expired ticket may block a hundred grants, and one block may have a hundred instances: each is one fault, to be
//! corrected once. Findings are one fault where code, owner and [`Fault`] are equal, and their `group` is the same text
//! then. The text depends on nothing but these, so it is the same for the same fault in the next plan.

use super::{Code, Owner};

/// What has to be corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// An approval that does not hold, whichever grants it would cover.
    Approval {
        /// Its ticket.
        ticket: String,
    },
    /// What is owed after an exception, whichever plans it blocks.
    Exception {
        /// The exception.
        id: String,
    },
    /// A ticket that grants name and that has no approval.
    MissingApproval {
        /// The ticket.
        ticket: String,
    },
    /// A fact that nobody gave, whichever grants need it.
    MissingFact {
        /// Its name.
        fact: String,
    },
    /// The sources of the plan were not given.
    MissingSources,
    /// A resource type that no rule reads.
    ResourceType {
        /// The type.
        type_name: String,
    },
    /// A provider that no rule pack reads.
    Provider {
        /// Its source address.
        provider: String,
    },
    /// A block of the configuration, whichever of its instances.
    Block {
        /// Its address, without instance keys.
        address: String,
        /// The approval that it was compared with.
        ticket: Option<String>,
    },
    /// The authority as a whole.
    Authority,
    /// The plan as a whole.
    Plan,
}

impl Fault {
    /// Returns the text that findings of this fault share.
    pub fn group(&self, code: Code, owner: &Owner) -> String {
        let fault = match self {
            Self::Approval { ticket } => format!("approval {ticket}"),
            Self::Exception { id } => format!("exception {id}"),
            Self::MissingApproval { ticket } => format!("missing approval {ticket}"),
            Self::MissingFact { fact } => format!("fact {fact}"),
            Self::MissingSources => "sources".to_owned(),
            Self::ResourceType { type_name } => format!("type {type_name}"),
            Self::Provider { provider } => format!("provider {provider}"),
            Self::Block { address, ticket: None } => format!("block {address}"),
            Self::Block { address, ticket: Some(ticket) } => format!("block {address} {ticket}"),
            Self::Authority => "authority".to_owned(),
            Self::Plan => "plan".to_owned(),
        };
        format!("{}: {}: {fault}", code.name(), owner.name)
    }
}
