//! Findings: what is wrong, who answers for it, and what to do next.
//!
//! A [`Finding`] is data. Its [`Code`] is one of a closed list, and the list says which side failed, who answers
//! first, and which controls the evidence serves; wording of a single case is the judge's. An error of the program
//! itself is never a finding.

use std::collections::BTreeMap;

use crate::catalog::{Source, Used};
use crate::escalation::Escalation;
use access_algebra::Witness;

/// What kind of thing is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "`Code::meaning` says it, to readers of the code and of the output alike")]
pub enum Code {
    Unapproved,
    WiderAction,
    WiderResource,
    WiderPrincipal,
    WiderCondition,
    Expired,
    NotYetValid,
    NoAuthority,
    ThresholdNotMet,
    SelfApproved,
    UnknownUntilApply,
    Undecided,
    UngovernedPath,
    UnsupportedType,
    IncompletePlan,
    OrphanedGrant,
    Drift,
}

/// Which half of the process failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// No valid decision exists.
    Decision,
    /// A valid decision exists, and what is planned is something else.
    Execution,
    /// Whether there is a decision can't be checked.
    Process,
}

impl Side {
    /// The word in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Execution => "execution",
            Self::Process => "process",
        }
    }

    /// What that means, in one lower-case sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Decision => "nobody has validly decided that this may be",
            Self::Execution => "what would be applied is not what was decided",
            Self::Process => "whether it was decided can't be checked",
        }
    }
}

/// As what somebody answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Decided.
    Approver,
    /// Provisions.
    Operator,
    /// Owns the system that the access is to.
    SystemOwner,
    /// Owns the rules, the exceptions and the gate.
    ProcessOwner,
}

impl Role {
    /// The word in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Approver => "approver",
            Self::Operator => "operator",
            Self::SystemOwner => "system owner",
            Self::ProcessOwner => "process owner",
        }
    }
}

/// The one who answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// A person or a team.
    pub name: String,
    /// As what.
    pub role: Role,
    /// By which step they were found.
    pub because: String,
    /// Where to reach them.
    pub contact: Option<String>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The file's name.
    pub file: String,
    /// The line, from one.
    pub line: usize,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Of which kind.
    pub code: Code,
    /// The Terraform address; `None` where the plan as a whole is meant.
    pub address: Option<String>,
    /// The ticket that was to cover it.
    pub ticket: Option<String>,
    /// Which side failed.
    pub side: Side,
    /// Who answers.
    pub owner: Owner,
    /// What happened, to which grant: one lower-case sentence.
    pub message: String,
    /// What was approved, line by line.
    pub approved: Vec<String>,
    /// What is planned, line by line.
    pub planned: Vec<String>,
    /// What else there is to know of how it was judged: one sentence each.
    pub notes: Vec<String>,
    /// A request that the plan allows and the approvals do not. Absent also where it must not be printed.
    pub witness: Option<Witness>,
    /// Every known action that is wider on the witness's resource, for its principal and context; the witness's own
    /// among them. Empty where none is known.
    pub excess: Vec<String>,
    /// What to do next.
    pub remedy: String,
    /// Where the approval stands.
    pub location: Option<Location>,
}

impl Code {
    /// Every code, in the order in which they are explained.
    pub const ALL: [Self; 17] = [
        Self::Unapproved,
        Self::WiderAction,
        Self::WiderResource,
        Self::WiderPrincipal,
        Self::WiderCondition,
        Self::Expired,
        Self::NotYetValid,
        Self::NoAuthority,
        Self::ThresholdNotMet,
        Self::SelfApproved,
        Self::UnknownUntilApply,
        Self::Undecided,
        Self::UngovernedPath,
        Self::UnsupportedType,
        Self::IncompletePlan,
        Self::OrphanedGrant,
        Self::Drift,
    ];

    /// The name in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unapproved => "UNAPPROVED",
            Self::WiderAction => "WIDER_ACTION",
            Self::WiderResource => "WIDER_RESOURCE",
            Self::WiderPrincipal => "WIDER_PRINCIPAL",
            Self::WiderCondition => "WIDER_CONDITION",
            Self::Expired => "EXPIRED",
            Self::NotYetValid => "NOT_YET_VALID",
            Self::NoAuthority => "NO_AUTHORITY",
            Self::ThresholdNotMet => "THRESHOLD_NOT_MET",
            Self::SelfApproved => "SELF_APPROVED",
            Self::UnknownUntilApply => "UNKNOWN_UNTIL_APPLY",
            Self::Undecided => "UNDECIDED",
            Self::UngovernedPath => "UNGOVERNED_PATH",
            Self::UnsupportedType => "UNSUPPORTED_TYPE",
            Self::IncompletePlan => "INCOMPLETE_PLAN",
            Self::OrphanedGrant => "ORPHANED_GRANT",
            Self::Drift => "DRIFT",
        }
    }

    /// What it means, in one lower-case sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Unapproved => "no approval covers the grant",
            Self::WiderAction => "the grant allows more than the approved actions",
            Self::WiderResource => "the grant reaches more than the approved resources",
            Self::WiderPrincipal => "the grant goes to others than the approved principals",
            Self::WiderCondition => "the grant drops or weakens a condition of the approval",
            Self::Expired => "the approval that would cover the grant has expired",
            Self::NotYetValid => "the approval that would cover the grant is not yet in force",
            Self::NoAuthority => "the approval was given by somebody who may not give it, or for too long",
            Self::ThresholdNotMet => "fewer persons approved than the authority asks for",
            Self::SelfApproved => "the one who asked is the one who approved",
            Self::UnknownUntilApply => "what the grant gives is known only after apply",
            Self::Undecided => "whether the grant lies within the approvals can't be decided",
            Self::UngovernedPath => "the apply runs something whose effect a plan does not show",
            Self::UnsupportedType => "the type looks like a grant and no rule reads it",
            Self::IncompletePlan => "the plan does not say all that the apply will do",
            Self::OrphanedGrant => "the grant stays in force and nothing manages it any longer",
            Self::Drift => "the grant was changed outside Terraform and the plan leaves it so",
        }
    }

    /// Which side failed.
    pub fn side(self) -> Side {
        match self {
            Self::Unapproved | Self::NoAuthority | Self::ThresholdNotMet | Self::SelfApproved => {
                Side::Decision
            }
            Self::WiderAction
            | Self::WiderResource
            | Self::WiderPrincipal
            | Self::WiderCondition
            | Self::Expired
            | Self::NotYetValid
            | Self::UnknownUntilApply
            | Self::UngovernedPath
            | Self::IncompletePlan
            | Self::OrphanedGrant
            | Self::Drift => Side::Execution,
            Self::Undecided | Self::UnsupportedType => Side::Process,
        }
    }

    /// As what the first accountable answers.
    pub fn role(self) -> Role {
        match self {
            Self::NoAuthority | Self::SelfApproved => Role::Approver,
            Self::Expired | Self::OrphanedGrant | Self::Drift => Role::SystemOwner,
            Self::ThresholdNotMet | Self::Undecided | Self::UnsupportedType => Role::ProcessOwner,
            Self::Unapproved
            | Self::WiderAction
            | Self::WiderResource
            | Self::WiderPrincipal
            | Self::WiderCondition
            | Self::NotYetValid
            | Self::UnknownUntilApply
            | Self::UngovernedPath
            | Self::IncompletePlan => Role::Operator,
        }
    }

    /// Controls that the finding is evidence towards: OWASP NHI 2025, NIST CSF 2.0, NIST SP 800-53, SOC 2.
    pub fn controls(self) -> &'static [&'static str] {
        match self {
            Self::Unapproved => &["PR.AA-05", "AC-2", "CC6.2"],
            Self::WiderAction => &["NHI5:2025", "PR.AA-05", "AC-6", "CC6.3"],
            Self::WiderResource => &["NHI5:2025", "PR.AA-05", "AC-6"],
            Self::WiderPrincipal => &["NHI9:2025", "PR.AA-05", "AC-3", "AC-6"],
            Self::WiderCondition => &["NHI4:2025", "PR.AA-05", "AC-3"],
            Self::Expired => &["NHI1:2025", "AC-2(3)", "CC6.2"],
            Self::NotYetValid => &["AC-2"],
            Self::NoAuthority => &["PR.AA-05", "AC-2", "AC-5", "CC6.3"],
            Self::ThresholdNotMet => &["AC-3(2)", "CM-5(4)"],
            Self::SelfApproved => &["AC-5", "CC6.3"],
            Self::UnknownUntilApply | Self::Undecided => &["AC-3", "CM-3"],
            Self::UngovernedPath => &["NHI6:2025", "CM-3", "AC-6"],
            Self::UnsupportedType | Self::IncompletePlan => &["CM-3"],
            Self::OrphanedGrant => &["NHI1:2025", "AC-2(3)", "CC6.2"],
            Self::Drift => &["CM-3", "AC-6(7)"],
        }
    }
}

/// What a grant turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Within approvals in force.
    Approved,
    /// Adds no access.
    Unchanged,
    /// Not proved and not disproved.
    Undecided,
    /// An approval may apply, and the grant is wider or the approval does not hold.
    Exceeds,
    /// No approval applies.
    Unapproved,
}

impl Verdict {
    /// The word in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Unchanged => "unchanged",
            Self::Undecided => "undecided",
            Self::Exceeds => "exceeds",
            Self::Unapproved => "unapproved",
        }
    }

    /// Whether the apply may go on as far as this grant is concerned.
    pub fn passes(self) -> bool {
        match self {
            Self::Approved | Self::Unchanged => true,
            Self::Undecided | Self::Exceeds | Self::Unapproved => false,
        }
    }
}

/// A grant with its verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The Terraform address.
    pub address: String,
    /// The resource type.
    pub type_name: String,
    /// The rule pack.
    pub provider: String,
    /// The kind of grant, as rule packs say it.
    pub kind: &'static str,
    /// Who gets the access; left out where it must not be printed.
    pub principals: Vec<String>,
    /// What it turned out to be.
    pub verdict: Verdict,
    /// Tickets of the approvals that cover it, or that would have to.
    pub tickets: Vec<String>,
    /// The roles that were judged by their content, in the version that was read.
    pub content: Vec<Used>,
}

/// The judgement of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assessment {
    /// In order of address.
    pub grants: Vec<Judged>,
    /// In order of address, then of code.
    pub findings: Vec<Finding>,
    /// Resource changes in all plans.
    pub resource_changes: usize,
    /// Grants that the plan leaves alone and that were only counted.
    pub untouched: usize,
    /// What had to be assumed.
    pub assumptions: Vec<String>,
    /// Catalogues whose content was read.
    pub catalogs: Vec<Source>,
    /// How holders of what is granted can raise their own rights. It does not count for the verdict.
    pub escalations: Vec<Escalation>,
}

impl Assessment {
    /// Whether the apply may go on: every grant passes and nothing else was found.
    pub fn is_allowed(&self) -> bool {
        self.findings.is_empty() && self.grants.iter().all(|grant| grant.verdict.passes())
    }

    /// How many grants have each verdict.
    pub fn counts(&self) -> BTreeMap<Verdict, usize> {
        let mut counts = BTreeMap::new();
        for grant in &self.grants {
            *counts.entry(grant.verdict).or_insert(0) += 1;
        }
        *counts.entry(Verdict::Unchanged).or_insert(0) += self.untouched;
        counts
    }
}
