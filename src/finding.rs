//! Findings: what is wrong, who answers for it, and what to do next.
//!
//! A [`Finding`] is data. Its [`Code`] is one of a closed list, whose rows say which side failed, who answers first and
//! which controls the finding is evidence towards. It shows both sides of the access as structures, and points at both
//! ends with [`Site`]s.
//!
//! Absent: sentences, JSON and layout, which are the reports'. An error of the program itself is never a finding.

mod access;
mod accountability;
mod codes;
mod controls;
mod evidence;
mod exception_use;
mod fault;
mod message;
mod site;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use strum::VariantArray;

use crate::catalog::{CatalogSource, Used};
use crate::escalation::Escalation;
use crate::exists::Delivery;
use crate::grants::Assumption;
use crate::rules::additional::AdditionalPack;
use crate::sources::ReadFile;
use crate::trust::TrustSource;
use access_algebra::Witness;

pub use access::{
    AccessCondition, AccessException, AccessStatement, ComparedAccess, ConditionOperator,
    ConditionQuantifier, NameSet, PlannedAccess,
};
pub use accountability::{AccountableRole, FailedSide, Informed, Owner, OwnerStep};
pub use codes::{CODE_GROUPS, CODES, Code, CodeGroup, CodeRow, FindingSeverity};
pub use controls::{CONTROLS, Control, Framework};
pub use evidence::{AccessDigests, GrantEvidence};
pub use exception_use::{ExceptionUse, OwedDuty};
pub use fault::Fault;
pub use message::{
    FindingMessage, FindingNote, GrantOutline, MissingFact, OpenTrust, RunCause, RunDigest, RunOutline,
};
pub use site::{Site, SiteKind, SiteReach};

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Of which kind.
    pub code: Code,
    /// How much it weighs: as its code does, or more.
    pub severity: FindingSeverity,
    /// The Terraform address; `None` where the plan as a whole is meant.
    pub address: Option<String>,
    /// The ticket that was to cover it.
    pub ticket: Option<String>,
    /// Findings with the same group are one fault, see [`Fault`].
    pub group: String,
    /// Who answers.
    pub owner: Owner,
    /// Who is told of it besides, in the order of the code's row; never the owner.
    pub informed: Vec<Informed>,
    /// What happened.
    pub message: FindingMessage,
    /// What is planned beside what was approved; `None` where no rule or no plan says which access is given.
    pub access: Option<ComparedAccess>,
    /// The fact without which it cannot be decided.
    pub waits_for: Option<MissingFact>,
    /// What runs, as an approval names it; `None` where nothing runs and where that has no digest.
    pub run: Option<RunDigest>,
    /// What else there is to know of how it was judged.
    pub notes: Vec<FindingNote>,
    /// A request that the plan allows and the approvals do not. Absent also where it must not be printed.
    pub witness: Option<Witness>,
    /// Every known action that is wider on the witness's resource, for its principal and context; the witness's own
    /// among them. Empty where none is known.
    pub excess: Arc<[String]>,
    /// Whether whoever gets the access is an agent: then controls of AI systems count as well.
    pub is_about_agent: bool,
    /// Where it stands: in the configuration, in the manifest, in the rules.
    pub sites: Vec<Site>,
}

impl Finding {
    /// The controls that it is evidence towards.
    pub fn controls(&self) -> impl Iterator<Item = &'static str> {
        let counts = |id: &&str| self.is_about_agent || !is_about_agents(id);
        self.code.row().controls.iter().copied().filter(counts)
    }
}

/// Whether a control is one of AI systems.
fn is_about_agents(id: &str) -> bool {
    Control::find(id).is_some_and(|control| control.framework == Framework::NistAiRmf)
}

/// What a grant turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray)]
pub enum Verdict {
    /// Within approvals in force.
    Approved,
    /// Within no approval in force, and within one exception in force.
    Excepted,
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
            Self::Excepted => "excepted",
            Self::Unchanged => "unchanged",
            Self::Undecided => "undecided",
            Self::Exceeds => "exceeds",
            Self::Unapproved => "unapproved",
        }
    }

    /// Whether the apply may go on as far as this grant is concerned.
    pub fn passes(self) -> bool {
        match self {
            Self::Approved | Self::Excepted | Self::Unchanged => true,
            Self::Undecided | Self::Exceeds | Self::Unapproved => false,
        }
    }
}

/// A grant with its verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The Terraform address.
    pub address: Arc<str>,
    /// The resource type.
    pub type_name: Arc<str>,
    /// The rule pack.
    pub provider: Arc<str>,
    /// The kind of grant, as rule packs say it.
    pub kind: &'static str,
    /// The optional and computed attribute that holds it, where one does.
    pub part: Option<Box<str>>,
    /// Who gets the access; left out where it must not be printed.
    pub principals: Vec<String>,
    /// What it turned out to be.
    pub verdict: Verdict,
    /// Tickets of the approvals that cover it, or that would have to.
    pub tickets: Vec<String>,
    /// The day on which the first of the approvals that cover it ends; `None` where none does or no record was asked for.
    pub expires_on: Option<Date>,
    /// The roles that were judged by their content, in the version that was read.
    pub content: Vec<Used>,
    /// What a record keeps of it; `None` where no record was asked for.
    pub evidence: Option<Box<GrantEvidence>>,
}

/// The kind of what is no access and runs, among the kinds of grants.
pub const RUN_KIND: &str = "run";

/// A declaration of the manifest, by which resource changes of a provider or type passed that no rule reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredUse {
    /// The provider's source address.
    pub provider: String,
    /// The type, where the declaration speaks of one.
    pub type_name: Option<String>,
    /// Why it gives no access, as the process owner says.
    pub reason: String,
    /// The file of the declaration.
    pub file: String,
    /// Its line, from one.
    pub line: usize,
    /// How many resource changes passed by it.
    pub resource_changes: usize,
}

/// A plan file that was judged, and which bytes it had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanDigest {
    /// As the user named it.
    pub name: String,
    /// The SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
}

/// The judgement of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assessment {
    /// In order of address.
    pub grants: Vec<Judged>,
    /// In order of address, then of code.
    pub findings: Vec<Finding>,
    /// The exceptions by which grants passed, in order of their labels.
    pub exceptions: Vec<ExceptionUse>,
    /// What the process owner's declarations let by, in order of provider and type.
    pub declared: Vec<DeclaredUse>,
    /// The packs of `--rules`, in the order in which they were asked.
    pub rule_packs: Vec<AdditionalPack>,
    /// Where the manifest was read.
    pub trust: TrustSource,
    /// How many plans were judged.
    pub plans: usize,
    /// The plan files among them.
    pub plan_files: Vec<PlanDigest>,
    /// The files beside the sources that were read, in order of path. Terraform reads them again when it applies.
    pub read_files: Vec<ReadFile>,
    /// Resource changes in all plans.
    pub resource_changes: usize,
    /// Grants that the plan leaves alone and that were only counted.
    pub untouched: usize,
    /// What had to be assumed.
    pub assumptions: Vec<Assumption>,
    /// Catalogues whose content was read.
    pub catalogs: Vec<CatalogSource>,
    /// The inputs of `verify`; `None` where a plan was judged.
    pub delivery: Option<Delivery>,
    /// How holders of what is granted can raise their own rights. It does not count for the verdict.
    pub escalations: Vec<Escalation>,
}

impl Assessment {
    /// Whether the apply may go on: every grant passes and nothing else was found.
    pub fn is_allowed(&self) -> bool {
        self.findings.is_empty() && self.grants.iter().all(|grant| grant.verdict.passes())
    }

    /// The facts that nobody gave, with how many findings wait for each.
    pub fn missing_facts(&self) -> BTreeMap<&MissingFact, usize> {
        let mut facts = BTreeMap::new();
        for fact in self.findings.iter().filter_map(|finding| finding.waits_for.as_ref()) {
            *facts.entry(fact).or_insert(0) += 1;
        }
        facts
    }

    /// How many resource changes passed by a declaration.
    pub fn count_declared(&self) -> usize {
        self.declared.iter().map(|declared| declared.resource_changes).sum()
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
