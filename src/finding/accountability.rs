//! Which side failed, and who answers for it.
//!
//! Accountability has two sides: whoever decides answers for the decision, whoever provisions answers for the
//! execution. Where neither can be checked, the process owner answers. A finding names exactly one [`Owner`], and
//! [`OwnerStep`] says by which step that owner was found.

use strum::VariantArray;

/// Which half of the process failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, VariantArray)]
pub enum FailedSide {
    /// No valid decision exists.
    Decision,
    /// A valid decision exists, and what is planned differs from it.
    Execution,
    /// Whether a valid decision exists cannot be checked.
    Process,
}

impl FailedSide {
    /// The word in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Execution => "execution",
            Self::Process => "process",
        }
    }

    /// What its failure means, in one lower-case sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Decision => "no valid approval covers this access",
            Self::Execution => "what would be applied differs from what was approved",
            Self::Process => "whether this access is approved cannot be checked",
        }
    }
}

/// The role in which somebody answers for a finding or is informed of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, VariantArray)]
pub enum AccountableRole {
    /// Asked for it under the ticket.
    Requester,
    /// Decided under the ticket.
    Approver,
    /// Plans and applies.
    Operator,
    /// Owns the system that the access is to.
    SystemOwner,
    /// Owns the rules, the exceptions and the gate.
    ProcessOwner,
    /// Owns the service account, key or other workload identity that gets the access.
    IdentityOwner,
    /// Wrote the Terraform module.
    ModuleAuthor,
    /// Maintains the rule packs.
    RuleAuthor,
}

impl AccountableRole {
    /// The words for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Requester => "requester",
            Self::Approver => "approver",
            Self::Operator => "operator",
            Self::SystemOwner => "system owner",
            Self::ProcessOwner => "process owner",
            Self::IdentityOwner => "owner of the workload identity",
            Self::ModuleAuthor => "module author",
            Self::RuleAuthor => "author of the rule packs",
        }
    }

    /// The name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Requester => "requester",
            Self::Approver => "approver",
            Self::Operator => "operator",
            Self::SystemOwner => "system_owner",
            Self::ProcessOwner => "process_owner",
            Self::IdentityOwner => "identity_owner",
            Self::ModuleAuthor => "module_author",
            Self::RuleAuthor => "rule_author",
        }
    }
}

/// The one who answers for a finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Owner {
    /// A person or a team.
    pub name: String,
    /// The role in which they answer.
    pub role: AccountableRole,
    /// By which step they were found.
    pub found_by: OwnerStep,
    /// Where to reach them.
    pub contact: Option<String>,
}

/// Somebody who is told of a finding and does not answer for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Informed {
    /// Why they are told.
    pub role: AccountableRole,
    /// A person or a team; `None` where nothing says who has the role.
    pub name: Option<String>,
}

/// The steps by which an owner is found, in the order in which they are tried.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OwnerStep {
    /// They approved, and their approval is what failed.
    Approved {
        /// What they approved.
        ticket: String,
    },
    /// They asked, and their request is what failed.
    Requested {
        /// What they asked for.
        ticket: String,
    },
    /// They own the approval's system.
    ApprovalSystem {
        /// The system.
        system: String,
        /// The approval.
        ticket: String,
    },
    /// The override over an exception's system names them, by name or by their role.
    Override {
        /// The override.
        rule: String,
        /// The exception.
        exception: String,
    },
    /// They own a system whose `match` covers the grant.
    SystemMatch {
        /// The system.
        system: String,
    },
    /// The approval's `subject` block names them as the owner of the identity.
    SubjectOwner {
        /// The approval.
        ticket: String,
    },
    /// A tag or label of the resource change names them.
    OwnerTag,
    /// `CODEOWNERS` of the repository names them for the file of the block.
    CodeOwners {
        /// The file of the block, by its path in the repository.
        path: String,
        /// Where the `CODEOWNERS` file says so: its path and its line.
        line: String,
        /// Whether it was read from where the change under review cannot write.
        is_trusted: bool,
    },
    /// The code is the process owner's to answer for.
    ProcessCode,
    /// Nobody nearer was found.
    NobodyNearer,
}
