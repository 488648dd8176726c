//! What a run read, on the wire: plans, manifest, catalogue, rule packs, files; and its clock and actor.

use serde::Serialize;

use super::{Actor, ActorSource, Clock, ClockSource, NamedDigest, RecordedPlan, RunEvidence};
use crate::catalog::CatalogSource;
use crate::finding::Assessment;
use crate::rules::additional::AdditionalPack;
use crate::source::hash_bytes;
use crate::trust::TrustSource;

#[derive(Serialize)]
pub(super) struct InputsWire<'a> {
    plans: Vec<PlanWire<'a>>,
    read_files: Vec<FileWire<'a>>,
    manifest: ManifestWire<'a>,
    catalog: Option<FileWire<'a>>,
    catalogs: Vec<CatalogWire<'a>>,
    rule_packs: Vec<RulePackWire<'a>>,
    rule_files: Vec<FileWire<'a>>,
}

impl<'a> InputsWire<'a> {
    pub(super) fn new(assessment: &'a Assessment, evidence: &'a RunEvidence<'a>) -> Self {
        Self {
            plans: evidence.plans.iter().map(PlanWire::new).collect(),
            read_files: assessment
                .read_files
                .iter()
                .map(|file| FileWire { file: &file.path, sha256: (&*file.sha256).into() })
                .collect(),
            manifest: ManifestWire::new(&assessment.trust, evidence),
            catalog: evidence.catalog.as_ref().map(FileWire::new),
            catalogs: assessment.catalogs.iter().map(CatalogWire::new).collect(),
            rule_packs: assessment.rule_packs.iter().map(RulePackWire::new).collect(),
            rule_files: evidence.rule_files.iter().map(FileWire::new).collect(),
        }
    }
}

/// A file that was read.
#[derive(Serialize)]
struct FileWire<'a> {
    file: &'a str,
    sha256: Box<str>,
}

impl<'a> FileWire<'a> {
    fn new(digest: &'a NamedDigest) -> Self {
        Self { file: &digest.name, sha256: (&*digest.sha256).into() }
    }
}

#[derive(Serialize)]
struct PlanWire<'a> {
    name: &'a str,
    /// What ties the plan that was judged to what is applied.
    binding: &'static str,
    file_sha256: Option<&'a str>,
    json_sha256: &'a str,
    sources: Option<SourcesWire<'a>>,
    terraform_version: Option<&'a str>,
    timestamp: Option<&'a str>,
    workspace: Option<&'a str>,
    state: Option<StateWire<'a>>,
}

#[derive(Serialize)]
struct SourcesWire<'a> {
    plan_file: FileWire<'a>,
    files: usize,
    sha256: &'a str,
}

#[derive(Serialize)]
struct StateWire<'a> {
    lineage: &'a str,
    serial: u64,
}

impl<'a> PlanWire<'a> {
    fn new(plan: &'a RecordedPlan) -> Self {
        Self {
            name: &plan.name,
            binding: if plan.file_sha256.is_some() { "plan_file" } else { "plan_json" },
            file_sha256: plan.file_sha256.as_deref(),
            json_sha256: &plan.json_sha256,
            sources: plan.sources.as_ref().map(|sources| SourcesWire {
                plan_file: FileWire::new(&sources.plan_file),
                files: sources.files,
                sha256: &sources.sha256,
            }),
            terraform_version: plan.terraform_version.as_deref(),
            timestamp: plan.timestamp.as_deref(),
            workspace: plan.workspace.as_deref(),
            state: plan
                .state
                .as_ref()
                .map(|state| StateWire { lineage: &state.lineage, serial: state.serial }),
        }
    }
}

/// The manifest: from where it was read, and every file of it.
#[derive(Serialize)]
struct ManifestWire<'a> {
    trust: TrustWire<'a>,
    files: Vec<FileWire<'a>>,
}

#[derive(Serialize)]
struct TrustWire<'a> {
    kind: &'static str,
    path: &'a str,
    r#ref: Option<&'a str>,
    commit: Option<&'a str>,
    serial: Option<u64>,
}

impl<'a> TrustWire<'a> {
    fn new(trust: &'a TrustSource) -> Self {
        let commit = trust.commit.as_ref();
        Self {
            kind: trust.kind.word(),
            path: &trust.path,
            r#ref: commit.and_then(|commit| commit.reference.as_deref()),
            commit: commit.map(|commit| commit.id.as_str()),
            serial: trust.serial,
        }
    }
}

impl<'a> ManifestWire<'a> {
    fn new(trust: &'a TrustSource, evidence: &'a RunEvidence<'a>) -> Self {
        let digest = |text: &str| hash_bytes(text.as_bytes()).into();
        let files = evidence.manifest.sources().iter();
        let files = files.map(|source| FileWire { file: &source.name, sha256: digest(&source.text) });
        Self { trust: TrustWire::new(trust), files: files.collect() }
    }
}

/// A catalogue whose content decided.
#[derive(Serialize)]
struct CatalogWire<'a> {
    title: &'a str,
    source: &'a str,
    date: String,
}

impl<'a> CatalogWire<'a> {
    fn new(source: &'a CatalogSource) -> Self {
        Self { title: &source.title, source: &source.source, date: source.date.to_string() }
    }
}

/// A pack of `--rules`, which decides what is not judged.
#[derive(Serialize)]
struct RulePackWire<'a> {
    name: &'a str,
    providers: &'a [String],
    ignores: &'a [String],
    replaces: &'a [String],
}

impl<'a> RulePackWire<'a> {
    fn new(pack: &'a AdditionalPack) -> Self {
        let AdditionalPack { name, providers, ignores, replaces } = pack;
        Self { name, providers, ignores, replaces }
    }
}

/// Who says what time and which day it is.
#[derive(Serialize)]
pub(super) struct ClockWire {
    time_from: &'static str,
    as_of_from: &'static str,
}

impl ClockWire {
    pub(super) fn new(clock: Clock) -> Self {
        let word = |source| match source {
            ClockSource::System => "system",
            ClockSource::Option => "option",
        };
        Self { time_from: word(clock.now_from), as_of_from: word(clock.as_of_from) }
    }
}

/// Who ran it, and where that was told. It is not proved.
#[derive(Serialize)]
pub(super) struct ActorWire<'a> {
    name: &'a str,
    told_by: &'static str,
    source: &'static str,
}

impl<'a> ActorWire<'a> {
    pub(super) fn new(actor: &'a Actor) -> Self {
        let told_by = match actor.told_by {
            ActorSource::Option => "option",
            ActorSource::Variable(_) => "environment",
        };
        Self { name: &actor.name, told_by, source: actor.told_by.name() }
    }
}
