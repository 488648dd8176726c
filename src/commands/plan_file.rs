//! The plan file (`tfplan`): a zip that holds, beside the plan, the sources that it was made of.
//!
//! In goes a path; out come [`Sources`]. The plan itself is not read here: only Terraform can, with its providers.

use std::io::{Cursor, Read};
use std::path::Path;

use serde::Deserialize;

use super::Failure;
use crate::plan::sources::Sources;

/// Why a file gives no sources.
#[derive(Debug, thiserror::Error)]
pub enum SourcesError {
    /// It is no plan file.
    #[error("this is not a plan file: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// A member can't be unpacked.
    #[error("`{name}` in the plan file can't be read: {error}")]
    Member {
        /// The member.
        name: String,
        /// What is wrong.
        error: std::io::Error,
    },
    /// The list of modules can't be read.
    #[error("the plan file's list of modules can't be read: {0}")]
    Modules(#[from] serde_json::Error),
}

/// Unpacked sources, at most, in bytes.
const MOST: u64 = 64 << 20;

#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "Key")]
    key: String,
}

/// The sources in a plan file.
pub(super) fn sources(path: &Path) -> Result<Sources, Failure> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| Failure::Read { name: name.clone(), error })?;
    unpack(&bytes).map_err(|error| Failure::Sources { name, error })
}

fn unpack(bytes: &[u8]) -> Result<Sources, SourcesError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut left = MOST;
    let list: Vec<Entry> = serde_json::from_str(&member(&mut archive, "tfconfig/modules.json", &mut left)?)?;
    let names = archive.file_names().map(|name| name.map(Into::into)).collect::<Result<Vec<String>, _>>()?;
    let mut modules = Vec::with_capacity(list.len());
    for Entry { key } in list {
        let folder = format!("tfconfig/m-{key}/");
        let mut files = Vec::new();
        for name in names.iter().filter(|name| name.starts_with(&folder)) {
            files.push((name.clone(), member(&mut archive, name, &mut left)?));
        }
        modules.push((key, files));
    }
    Ok(Sources::new(modules))
}

fn member(
    archive: &mut zip::ZipArchive<Cursor<&[u8]>>,
    name: &str,
    left: &mut u64,
) -> Result<String, SourcesError> {
    let mut text = String::new();
    let mut taken = archive.by_name(name)?.take(*left);
    let read = taken
        .read_to_string(&mut text)
        .map_err(|error| SourcesError::Member { name: name.to_owned(), error })?;
    *left = left.saturating_sub(read as u64);
    if *left == 0 {
        let error = std::io::Error::other("the sources are too large");
        return Err(SourcesError::Member { name: name.to_owned(), error });
    }
    Ok(text)
}
