//! Where what decides is read: the manifest, the catalogue beside it, and rule packs.
//!
//! [`Trusted::open`] takes `--trust-ref`. With a ref, every path below the root of the repository is read from that one
//! commit, because the change under review can write the work tree; a path elsewhere is read as it stands. Without one,
//! everything is read as it stands, and [`TrustSource`] says so.

mod history;
mod manifest;

use std::path::{Component, Path, PathBuf};

use super::Failure;
use crate::plan::ByteSize;
use crate::source::git::{CommitFiles, CommitName, CommitPath, EntryKind, GitError, Repository};
use crate::source::{Walk, walk};
use crate::trust::{TrustKind, TrustSource, TrustedCommit};

pub(super) use manifest::{ManifestFiles, TrustedManifest};

/// Files that decide, and where they are read.
#[derive(Debug)]
pub(super) struct Trusted {
    commit: Option<TrustedFiles>,
}

/// The files of the commit that is trusted.
#[derive(Debug)]
struct TrustedFiles {
    /// The root of the repository.
    root: PathBuf,
    /// As the user named the commit.
    given: String,
    files: CommitFiles,
}

impl Trusted {
    /// Finds the commit of a ref.
    pub(super) fn open(given: Option<&str>) -> Result<Self, Failure> {
        let Some(given) = given else { return Ok(Self { commit: None }) };
        let root = work_tree();
        let open = || Repository::open(&root)?.commit(&CommitName::parse(given)?);
        let files = open().map_err(|error| Failure::Git { name: given.to_owned(), error })?;
        Ok(Self { commit: Some(TrustedFiles { root, given: given.to_owned(), files }) })
    }

    /// Reads a file, or every file below a folder whose name ends in `.extension`.
    pub(super) fn walk(&mut self, path: &Path, extension: &str) -> Result<Walk, Failure> {
        let Some((commit, names)) = self.locate(path) else { return Ok(walk(path, extension)) };
        let found = commit.files.walk(CommitPath { names: &names, shown: path }, extension);
        found.map_err(|error| commit.failure(error))?.ok_or_else(|| commit.missing(path))
    }

    /// The bytes of a file below the root of the repository, so many at most; `None` where the commit has none. The outer
    /// `None` says that the file is to be read as it stands.
    pub(super) fn read(&mut self, path: &Path, most: ByteSize) -> Result<Option<Option<Vec<u8>>>, Failure> {
        let Some((commit, names)) = self.locate(path) else { return Ok(None) };
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        commit.read(&names, most).map(Some).map_err(|error| commit.failure(error))
    }

    /// Says that the commit does not have what was named.
    pub(super) fn missing(&self, path: &Path) -> Failure {
        let given = self.commit.as_ref().map_or("the repository", |commit| &commit.given);
        missing_from(given, path)
    }

    /// The commit, and the names that lead to a path from its root; `None` where it is read as it stands.
    fn locate(&mut self, path: &Path) -> Option<(&mut TrustedFiles, Vec<String>)> {
        let commit = self.commit.as_mut()?;
        let names = names_below(&commit.root, path)?;
        Some((commit, names))
    }
}

impl TrustedFiles {
    fn read(&mut self, names: &[&str], most: ByteSize) -> Result<Option<Vec<u8>>, GitError> {
        let root = self.files.root().clone();
        match self.files.find(&root, names)? {
            None => Ok(None),
            Some(entry) if entry.kind == EntryKind::File => {
                self.files.read(&entry.id, most.bytes()).map(Some)
            }
            Some(entry) => Err(GitError::NotFollowed { path: names.join("/"), what: entry.kind.words() }),
        }
    }

    fn failure(&self, error: GitError) -> Failure {
        Failure::Git { name: self.given.clone(), error }
    }

    fn missing(&self, path: &Path) -> Failure {
        missing_from(&self.given, path)
    }

    /// What a report says of it.
    fn source(&self, path: &Path) -> TrustSource {
        TrustSource {
            kind: TrustKind::Commit,
            path: path.display().to_string(),
            commit: Some(TrustedCommit {
                given: self.given.clone(),
                reference: self.files.reference().map(str::to_owned),
                id: self.files.commit().to_string(),
            }),
            serial: None,
        }
    }
}

fn missing_from(given: &str, path: &Path) -> Failure {
    Failure::Missing {
        message: format!("`{given}` has no `{}`", path.display()),
        help: format!("merge it into `{given}` first, or name another path"),
    }
}

/// Says of a path that is read as it stands whether it lies in the work tree of the change.
fn find_source(path: &Path) -> TrustSource {
    let is_inside = match (path.canonicalize(), work_tree().canonicalize()) {
        (Ok(path), Ok(root)) => path.starts_with(root),
        // What cannot be located is not said to be safe.
        _ => true,
    };
    let kind = if is_inside { TrustKind::WorkTree } else { TrustKind::Outside };
    TrustSource { kind, path: path.display().to_string(), ..TrustSource::default() }
}

/// The root of the repository of the current folder; the folder itself where it is in none.
pub(super) fn work_tree() -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    let root = here.ancestors().find(|folder| folder.join(".git").exists());
    root.map(Path::to_owned).unwrap_or(here)
}

/// The names that lead to a path from a folder above it. No link below the folder is followed: the change may have made it.
fn names_below(root: &Path, path: &Path) -> Option<Vec<String>> {
    let root = root.canonicalize().ok()?;
    let path = without_dots(&std::path::absolute(path).ok()?)?;
    // The outermost folder that is the root: one below it that is the root as well would be a link to it.
    let mut above: Vec<&Path> = path.ancestors().collect();
    above.reverse();
    let folder = above.into_iter().find(|folder| folder.canonicalize().is_ok_and(|real| real == root))?;
    let names = path.strip_prefix(folder).ok()?.components();
    names.map(|name| name.as_os_str().to_str().map(str::to_owned)).collect()
}

/// The path with each `..` taken with the name before it, as it is written.
fn without_dots(path: &Path) -> Option<PathBuf> {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop().then_some(())?;
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => plain.push(part),
        }
    }
    Some(plain)
}
