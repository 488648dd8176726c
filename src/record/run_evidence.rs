//! What a command knows of its run besides the assessment, as data.

use super::{Actor, Clock};
use crate::manifest::Manifest;

/// What a run read, when, for whom, and what its user accepted.
#[derive(Debug)]
pub struct RunEvidence<'a> {
    /// When it was judged, and for which day.
    pub clock: Clock,
    /// Who ran it.
    pub actor: Option<Actor>,
    /// The plans, in the order in which they were judged.
    pub plans: Vec<RecordedPlan>,
    /// What people decided.
    pub manifest: &'a Manifest,
    /// The files of the catalogue that was handed over.
    pub catalog: Option<NamedDigest>,
    /// The rule packs of the program, as they are embedded.
    pub embedded_rules_sha256: String,
    /// The files of `--rules`.
    pub rule_files: Vec<NamedDigest>,
    /// What the command line accepts that was not proved.
    pub waivers: Vec<Waiver>,
    /// The facts of the command line.
    pub told_facts: &'a [(String, String)],
    /// Whether what the plan leaves alone was judged as well.
    pub judges_all: bool,
}

/// A file and the SHA-256 of its bytes, in hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedDigest {
    /// As its reader named it.
    pub name: String,
    /// The digest.
    pub sha256: String,
}

/// A plan that was judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedPlan {
    /// As the user named it.
    pub name: String,
    /// The SHA-256 of the plan file, where that was judged and not plan JSON.
    pub file_sha256: Option<String>,
    /// The SHA-256 of the plan JSON; of a plan file, of what Terraform shows of it.
    pub json_sha256: String,
    /// Its sources, where they were at hand.
    pub sources: Option<RecordedSources>,
    /// The version that made it.
    pub terraform_version: Option<String>,
    /// When it was made, as it says itself.
    pub timestamp: Option<String>,
    /// The workspace that it was made for, where the plan file says it.
    pub workspace: Option<String>,
    /// The state that it was made from, where the plan file holds it.
    pub state: Option<RecordedState>,
}

/// The configuration in a plan file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedSources {
    /// The plan file that holds it.
    pub plan_file: NamedDigest,
    /// How many files there are.
    pub files: usize,
    /// The SHA-256 of the list of files with their digests: lines as `sha256sum` writes them, in order of path.
    pub sha256: String,
}

/// Which state a plan was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedState {
    /// What names the state for ever.
    pub lineage: String,
    /// How often it had been written.
    pub serial: u64,
}

/// Something that the command line accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiver {
    /// `--without-sources`.
    WithoutSources,
    /// `--trust-references`.
    TrustReferences,
}

impl Waiver {
    /// The option.
    pub fn option(self) -> &'static str {
        match self {
            Self::WithoutSources => "--without-sources",
            Self::TrustReferences => "--trust-references",
        }
    }
}
