//! Earlier versions of the authority: whether one of them had a higher serial.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::TrustedFiles;
use crate::manifest::{EarlierSerial, Manifest};
use crate::source::git::{CommitFiles, EntryKind, GitError, ObjectId};
use crate::source::{MAX_BYTES, check};

/// Commits that are looked at: a rollback is noticed by the runs that follow it, and not a thousand merges later.
const MAX_COMMITS: usize = 1000;

/// What earlier versions show.
#[derive(Debug, Default)]
pub(super) struct EarlierVersions {
    /// The highest serial, with the newest commit that had it.
    pub(super) highest: Option<EarlierSerial>,
    /// The oldest commit that is at hand, where there are earlier ones.
    pub(super) cut_at: Option<String>,
}

impl TrustedFiles {
    /// Looks through the versions that a manifest had before.
    pub(super) fn find_earlier(&mut self, names: &[String]) -> Result<EarlierVersions, GitError> {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let history = self.files.history(MAX_COMMITS)?;
        let mut found = EarlierVersions::default();
        if history.is_cut {
            let oldest = history.commits.last().map_or_else(|| self.files.commit(), |(id, _)| id);
            found.cut_at = Some(oldest.to_string());
        }
        let mut serials =
            SerialReader { files: &mut self.files, blobs: BTreeMap::new(), seen: BTreeSet::new() };
        for (commit, root) in &history.commits {
            let highest = serials.read(root, &names)?;
            if highest > found.highest.as_ref().map(|known| known.value) {
                found.highest = highest.map(|value| EarlierSerial { value, commit: commit.to_string() });
            }
        }
        Ok(found)
    }
}

/// Reads each folder and each file once, however many commits hold it.
struct SerialReader<'f> {
    files: &'f mut CommitFiles,
    blobs: BTreeMap<ObjectId, Option<u64>>,
    /// Folders that were read.
    seen: BTreeSet<ObjectId>,
}

impl SerialReader<'_> {
    /// The highest serial in a manifest; `None` also where a newer commit holds the very same.
    fn read(&mut self, root: &ObjectId, names: &[&str]) -> Result<Option<u64>, GitError> {
        match self.files.find(root, names) {
            Ok(Some(entry)) if entry.kind == EntryKind::Folder => self.read_folder(&entry.id),
            Ok(Some(entry)) if entry.kind == EntryKind::File => self.read_file(&entry.id),
            // Nothing was a manifest there.
            Ok(_) | Err(GitError::NotFollowed { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn read_folder(&mut self, folder: &ObjectId) -> Result<Option<u64>, GitError> {
        if !self.seen.insert(folder.clone()) {
            return Ok(None);
        }
        let mut highest = None;
        for entry in self.files.list(folder)? {
            let is_source = Path::new(&entry.name).extension().is_some_and(|end| end == "hcl");
            let serial = match entry.kind {
                EntryKind::Folder => self.read_folder(&entry.id)?,
                EntryKind::File if is_source => self.read_file(&entry.id)?,
                EntryKind::File | EntryKind::Link | EntryKind::Submodule => None,
            };
            highest = highest.max(serial);
        }
        Ok(highest)
    }

    fn read_file(&mut self, file: &ObjectId) -> Result<Option<u64>, GitError> {
        if let Some(known) = self.blobs.get(file) {
            return Ok(*known);
        }
        let bytes = match self.files.read(file, MAX_BYTES as u64) {
            Ok(bytes) => bytes,
            // A version with such a file never counted.
            Err(GitError::TooLarge { .. }) => Vec::new(),
            Err(error) => return Err(error),
        };
        let speaks_of_it = bytes.windows(SERIAL.len()).any(|part| part == SERIAL);
        let source = speaks_of_it.then(|| check("", &bytes).ok()).flatten();
        let serial = source.and_then(|source| Manifest::read_serial(&source));
        self.blobs.insert(file.clone(), serial);
        Ok(serial)
    }
}

const SERIAL: &[u8] = b"serial";
