//! The plan file (`tfplan`): a zip that holds, beside the plan, the sources that it was made of.
//!
//! Takes the path or the bytes of one and returns its [`Sources`]. The plan itself is not read here: only Terraform can,
//! with its providers. A part that does not fit the list of modules is an error, as it is for Terraform.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use serde::Deserialize;

use super::Failure;
use super::plan_stamp::{self, PlanStamp};
use crate::finding::PlanDigest;
use crate::json::JsonError;
use crate::plan::Plan;
use crate::plan::agreement::{Disagreement, find_disagreement};
use crate::source::hash_bytes;
use crate::sources::{ModuleFiles, Sources};

/// Why a file gives no sources.
#[derive(Debug, thiserror::Error)]
pub enum SourcesError {
    /// It is no plan file.
    #[error("this is not a plan file: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// A member can't be unpacked.
    #[error("cannot read `{name}` in the plan file: {error}")]
    Member {
        /// The member.
        name: String,
        /// What is wrong.
        error: std::io::Error,
    },
    /// The list of modules can't be read.
    #[error("cannot read the list of modules in the plan file: {0}")]
    Modules(#[from] JsonError),
    /// A file belongs to no module of the list.
    #[error("`{name}` in the plan file belongs to no module")]
    Stray {
        /// The member.
        name: String,
    },
    /// It is the file of another plan.
    #[error("this is not the plan file of the plan JSON: {0}")]
    OfAnotherPlan(Difference),
    /// More than `MAX_SOURCE_BYTES`.
    #[error("the sources in the plan file are larger than 64 MiB")]
    TooLarge,
}

/// What tells a plan file from that of the plan JSON.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Difference {
    /// When it was made.
    #[error("it was made at another time")]
    Timestamp,
    /// By which version.
    #[error("it was made by another version")]
    Version,
    /// The plan in it can't be read.
    #[error("it holds no plan that can be read")]
    NoPlan,
    /// What stands in the sources.
    #[error("{0}")]
    Configuration(Disagreement),
}

/// Unpacked sources, at most: 64 MiB. The largest public stack that was looked at has 9.9 MB in 3,961 files.
const MAX_SOURCE_BYTES: u64 = 64 << 20;

/// Where the list of modules lies.
const MODULES: &str = "tfconfig/modules.json";

/// Where the plan itself lies.
const PLAN: &str = "tfplan";

/// How a configuration names its workspace.
const WORKSPACE: &str = "terraform.workspace";

/// How the folder of a module begins; its key follows.
const FOLDER: &str = "tfconfig/m-";

/// One module of the list.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct WireModuleRecord {
    key: String,
    #[serde(default)]
    dir: String,
    #[serde(default)]
    source: String,
}

/// A plan file, as it was read.
#[derive(Debug)]
pub(super) struct PlanFile {
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
    /// Which they are.
    pub(super) digest: PlanDigest,
}

impl PlanFile {
    /// The plan file that these bytes are; the bytes themselves where they are something else.
    pub(super) fn recognise(name: &str, bytes: Vec<u8>) -> Result<(Self, Sources), Vec<u8>> {
        if !bytes.starts_with(ZIP) {
            return Err(bytes);
        }
        match unpack(&bytes) {
            Ok(sources) => {
                let sha256 = hash_bytes(&bytes);
                let digest = PlanDigest { name: name.to_owned(), sha256 };
                Ok((Self { bytes, digest }, sources))
            }
            Err(_) => Err(bytes),
        }
    }
}

/// How a zip begins, which a plan file is.
const ZIP: &[u8] = b"PK\x03\x04";

/// Whether the file at a path is a plan file, by its members and whatever its name. A zip that cannot be read may be one, and
/// is not passed over.
pub(super) fn is_plan_file(path: &Path) -> std::io::Result<bool> {
    let mut file = std::fs::File::open(path)?;
    let mut start = Vec::new();
    std::io::Read::by_ref(&mut file).take(ZIP.len() as u64).read_to_end(&mut start)?;
    let is_plan = |archive: zip::ZipArchive<std::fs::File>| {
        [MODULES, PLAN].into_iter().any(|name| archive.index_for_name(name).is_some())
    };
    Ok(start == ZIP && zip::ZipArchive::new(file).map_or(true, is_plan))
}

/// The sources that were handed over beside plan JSON.
#[derive(Debug)]
pub(super) struct GivenSources {
    /// The plan file, as the user gave it.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    pub(super) sources: Sources,
    /// Of which plan they are.
    pub(super) stamp: Option<PlanStamp>,
}

/// Returns the sources in the plan file at a path.
pub(super) fn read_sources(path: &Path) -> Result<GivenSources, Failure> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| Failure::Read { name: name.clone(), error })?;
    let sources = unpack(&bytes).map_err(|error| Failure::Sources { name: name.clone(), error })?;
    let stamp = read_stamp(&bytes);
    Ok(GivenSources { name, bytes, sources, stamp })
}

impl GivenSources {
    /// Whether they are those of a plan.
    pub(super) fn check(&self, plan: &Plan<'_>) -> Result<(), SourcesError> {
        let differs = |difference| Err(SourcesError::OfAnotherPlan(difference));
        let Some(stamp) = &self.stamp else { return differs(Difference::NoPlan) };
        if stamp.timestamp.as_deref() != plan.timestamp.as_deref() {
            return differs(Difference::Timestamp);
        }
        if stamp.terraform_version.as_deref() != plan.terraform_version.as_deref() {
            return differs(Difference::Version);
        }
        match find_disagreement(&plan.configuration, &self.sources) {
            Some(disagreement) => differs(Difference::Configuration(disagreement)),
            None => Ok(()),
        }
    }
}

/// Returns what tells the plan in a plan file from others.
pub(super) fn read_stamp(bytes: &[u8]) -> Option<PlanStamp> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut left = MAX_SOURCE_BYTES;
    plan_stamp::read(&read_member(&mut archive, PLAN, &mut left).ok()?)
}

/// Returns the sources in the bytes of a plan file.
///
/// # Errors
///
/// See [`SourcesError`]. What can't be read within a file of the configuration is no error here: see
/// [`Sources::unread`].
pub fn unpack(bytes: &[u8]) -> Result<Sources, SourcesError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut left = MAX_SOURCE_BYTES;
    let list = read_member(&mut archive, MODULES, &mut left)?;
    let list: Vec<WireModuleRecord> = serde_json::from_slice(&list).map_err(JsonError::from)?;
    let mut modules: BTreeMap<String, ModuleFiles> = BTreeMap::new();
    for WireModuleRecord { key, dir, source } in list {
        modules.insert(key.clone(), ModuleFiles { key, folder: dir, origin: source, files: Vec::new() });
    }
    let names = archive.file_names().map(|name| name.map(Into::into)).collect::<Result<Vec<String>, _>>()?;
    for name in names {
        let Some((key, file)) = name.strip_prefix(FOLDER).and_then(|rest| rest.rsplit_once('/')) else {
            continue;
        };
        let Some(module) = modules.get_mut(key) else { return Err(SourcesError::Stray { name }) };
        if !file.is_empty() {
            module.files.push((file.to_owned(), read_member(&mut archive, &name, &mut left)?));
        }
    }
    let modules: Vec<ModuleFiles> = modules.into_values().collect();
    let mut sources = Sources::read(&modules);
    // Few configurations name the workspace, and the plan is the largest member.
    let names_workspace =
        |bytes: &[u8]| std::str::from_utf8(bytes).is_ok_and(|text| text.contains(WORKSPACE));
    if modules.iter().flat_map(|module| &module.files).any(|(_, bytes)| names_workspace(bytes)) {
        let stamp = read_member(&mut archive, PLAN, &mut left).ok().and_then(|plan| plan_stamp::read(&plan));
        sources.set_workspace(stamp.and_then(|stamp| stamp.workspace));
    }
    Ok(sources)
}

/// Calls a function with the name and the content of every file of a plan file below a folder.
pub(super) fn read_files_below(
    bytes: &[u8],
    folder: &str,
    mut each: impl FnMut(&str, &[u8]),
) -> Result<(), SourcesError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut left = MAX_SOURCE_BYTES;
    let names = archive.file_names().map(|name| name.map(Into::into)).collect::<Result<Vec<String>, _>>()?;
    for name in names.iter().filter(|name| name.starts_with(folder) && !name.ends_with('/')) {
        each(name, &read_member(&mut archive, name, &mut left)?);
    }
    Ok(())
}

fn read_member(
    archive: &mut zip::ZipArchive<Cursor<&[u8]>>,
    name: &str,
    left: &mut u64,
) -> Result<Vec<u8>, SourcesError> {
    let mut bytes = Vec::new();
    let mut taken = archive.by_name(name)?.take(*left);
    let read = taken.read_to_end(&mut bytes);
    read.map_err(|error| SourcesError::Member { name: name.to_owned(), error })?;
    *left = left.saturating_sub(bytes.len() as u64);
    if *left == 0 { Err(SourcesError::TooLarge) } else { Ok(bytes) }
}
