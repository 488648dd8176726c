//! What a record keeps of a plan: the digests of its JSON and its sources, and the state that it was made from.
//!
//! Takes the bytes that were read and returns a [`RecordedPlan`]. Digests of the sources are made only where a record was
//! asked for: those of a large stack take longer than its judgement.

use std::io::{BufReader, Cursor, Read};

use serde::Deserialize;

use super::plan_file::{GivenSources, PlanFile, SourcesError, read_files_below, read_stamp};
use crate::plan::Plan;
use crate::record::{NamedDigest, RecordedPlan, RecordedSources, RecordedState};
use crate::source::hash_bytes;

/// Where the configuration lies in a plan file.
const CONFIGURATION: &str = "tfconfig/";

/// Where the state lies that the plan was made from.
const STATE: &str = "tfstate";

/// Bytes of a state that are looked through, at most: 1 GiB, as of a plan.
const MAX_STATE_BYTES: u64 = 1 << 30;

/// Whether digests are made of what is read, because a record is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EvidenceDemand {
    None,
    Digests,
}

/// What stands in the state beside what it is of.
#[derive(Deserialize)]
struct WireState {
    lineage: String,
    serial: u64,
}

/// What is known of a plan from its bytes alone.
#[derive(Clone, Debug)]
pub(super) struct PlanEvidence {
    json_sha256: String,
    file_sha256: Option<String>,
    sources: Option<RecordedSources>,
    workspace: Option<String>,
    state: Option<RecordedState>,
}

impl PlanEvidence {
    /// Takes plan JSON as it was read or shown, the plan file where that was judged, and the sources that were handed over.
    pub(super) fn collect(
        json: &[u8],
        file: Option<&PlanFile>,
        given: Option<&GivenSources>,
    ) -> Result<Self, SourcesError> {
        let archive = file.map(|file| (file.digest.name.as_str(), file.digest.sha256.clone(), &file.bytes));
        let beside = || given.map(|given| (given.name.as_str(), hash_bytes(&given.bytes), &given.bytes));
        let archive = archive.or_else(beside);
        let sources = archive.as_ref().map(|(name, sha256, bytes)| {
            let plan_file = NamedDigest { name: (*name).to_owned(), sha256: sha256.clone() };
            digest_sources(plan_file, bytes)
        });
        let bytes = archive.map(|(_, _, bytes)| bytes.as_slice());
        Ok(Self {
            json_sha256: hash_bytes(json),
            file_sha256: file.map(|file| file.digest.sha256.clone()),
            sources: sources.transpose()?,
            workspace: bytes.and_then(|bytes| read_stamp(bytes)?.workspace),
            state: bytes.and_then(read_state),
        })
    }

    /// Adds what the plan says itself.
    pub(super) fn complete(self, name: &str, plan: &Plan<'_>) -> RecordedPlan {
        let Self { json_sha256, file_sha256, sources, workspace, state } = self;
        RecordedPlan {
            name: name.to_owned(),
            file_sha256,
            json_sha256,
            sources,
            terraform_version: plan.terraform_version.as_deref().map(str::to_owned),
            timestamp: plan.timestamp.as_deref().map(str::to_owned),
            workspace,
            state,
        }
    }
}

/// Digests every file of the configuration in a plan file, as `sha256sum` lists them.
fn digest_sources(plan_file: NamedDigest, bytes: &[u8]) -> Result<RecordedSources, SourcesError> {
    let mut files: Vec<(String, String)> = Vec::new();
    read_files_below(bytes, CONFIGURATION, |name, content| {
        files.push((name.to_owned(), hash_bytes(content)))
    })?;
    files.sort();
    let list: String = files.iter().map(|(name, sha256)| format!("{sha256}  {name}\n")).collect();
    Ok(RecordedSources { plan_file, files: files.len(), sha256: hash_bytes(list.as_bytes()) })
}

/// Returns which state a plan was made from; none where the plan file does not hold it in clear.
fn read_state(bytes: &[u8]) -> Option<RecordedState> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let member = archive.by_name(STATE).ok()?.take(MAX_STATE_BYTES);
    let WireState { lineage, serial } = serde_json::from_reader(BufReader::new(member)).ok()?;
    // A state that nobody has written yet has no name.
    (!lineage.is_empty()).then_some(RecordedState { lineage, serial })
}
