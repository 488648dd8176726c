//! Reading files and folders that people wrote.
//!
//! Takes a path and returns the sources below it, sorted by path, and every error that kept a file from being read.
//! Symbolic links are refused, because a link makes a reviewed path show an unreviewed file; so is everything that is
//! not a regular file. `.gitignore` is not read: it may not influence which approvals count.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use crate::parallel::map_chunks;
use spanned_hcl::{MAX_BYTES, Problem, Source, check};

/// Folders below the given one.
pub(super) const MAX_DEPTH: usize = 32;

/// So many files are read at a time.
const FILES: usize = 32;

/// Files below the given folder, of any kind.
pub(super) const MAX_FILES: usize = 100_000;

/// What some editors put before a text.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// How the name of a detached signature ends.
pub(super) const SIGNATURE_EXTENSION: &str = "sig";

/// Bytes of a signature that are read: one of the largest RSA keys has some three thousand.
pub(super) const MAX_SIGNATURE_BYTES: u64 = 16 << 10;

/// What lies below a path.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Walk {
    /// The files that could be read, sorted by path.
    pub sources: Vec<Source>,
    /// The names of those that begin with a byte order mark, which is not in their text.
    pub marked: BTreeSet<Arc<str>>,
    /// The signatures beside them, where they were asked for, sorted by path.
    pub signatures: Vec<SignatureFile>,
    /// Why others could not be read.
    pub problems: Vec<Problem>,
}

/// A file with a detached signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureFile {
    /// Its path, named as sources are.
    pub name: String,
    /// Its content; one byte more than is read of a signature where it is larger.
    pub bytes: Vec<u8>,
}

/// Which files are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted<'a> {
    /// Those whose name ends so.
    Sources(&'a str),
    /// And the signatures beside them.
    Signed(&'a str),
}

/// One file as it was read.
#[derive(Debug)]
enum ReadFile {
    Source { source: Source, is_marked: bool },
    Signature(SignatureFile),
}

/// Reads a file, or every file below a folder whose name ends in `.extension`. An empty folder is no problem.
pub fn walk(path: &Path, extension: &str) -> Walk {
    walk_wanted(path, Wanted::Sources(extension))
}

/// The same, with the signatures beside the files.
pub fn walk_signed(path: &Path, extension: &str) -> Walk {
    walk_wanted(path, Wanted::Signed(extension))
}

fn walk_wanted(path: &Path, wanted: Wanted<'_>) -> Walk {
    let mut walk = Walk::default();
    // With a separator at its end the name of a link would stand for what it leads to.
    let path: &Path = &path.components().collect::<PathBuf>();
    let root = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(error) => {
            walk.problems.push(report_unreadable(path, &error));
            return walk;
        }
    };
    if root.is_dir() {
        walk.walk_folder(path, wanted);
    } else {
        walk.take(read_file(path, &root, FileKind::Source));
        if let Wanted::Signed(_) = wanted {
            walk.take_signatures_of(path);
        }
    }
    walk
}

impl Walk {
    /// The sources, where all could be read.
    ///
    /// # Errors
    ///
    /// Everything that kept a file from being read.
    pub fn complete(self) -> Result<Vec<Source>, Vec<Problem>> {
        if self.problems.is_empty() { Ok(self.sources) } else { Err(self.problems) }
    }

    fn walk_folder(&mut self, path: &Path, wanted: Wanted<'_>) {
        let entries = WalkDir::new(path)
            .follow_links(false)
            .follow_root_links(false)
            .max_depth(MAX_DEPTH + 1)
            .sort_by_file_name();
        let mut files = Vec::new();
        for (count, entry) in entries.into_iter().enumerate() {
            if count > MAX_FILES {
                self.problems.push(report_too_many(path));
                return;
            }
            match entry {
                Ok(entry) => files.extend(self.visit_entry(entry, wanted)),
                Err(error) => {
                    let at = error.path().unwrap_or(path).to_string_lossy().into_owned();
                    let reason = error.io_error().map_or_else(|| "a loop".to_owned(), ToString::to_string);
                    self.problems.push(Problem::unread(&at, format!("cannot be read: {reason}")));
                }
            }
        }
        let read =
            |(): &mut (), files: &[(DirEntry, FileKind)]| files.iter().map(read_listed).collect::<Vec<_>>();
        for file in map_chunks(&files, FILES, || (), read).into_iter().flatten() {
            self.take(file);
        }
    }

    /// The entry, where it is a file to read.
    fn visit_entry(&mut self, entry: DirEntry, wanted: Wanted<'_>) -> Option<(DirEntry, FileKind)> {
        let path = entry.path();
        let kind = entry.file_type();
        if kind.is_symlink() {
            self.problems.push(report_link(path));
        } else if kind.is_dir() {
            if entry.depth() > MAX_DEPTH {
                self.problems.push(report_too_deep(path));
            }
        } else {
            let kind = wanted.kind_of(path)?;
            return Some((entry, kind));
        }
        None
    }

    /// Reads the signatures that stand beside a file and begin with its name.
    fn take_signatures_of(&mut self, path: &Path) {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let (folder, Some(stem)) = (folder.unwrap_or(Path::new(".")), path.file_stem()) else { return };
        let stem = format!("{}.", stem.to_string_lossy());
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let is_own = |name: &OsString| {
            let name = name.to_string_lossy();
            name.starts_with(&stem)
                && Path::new(&*name).extension().is_some_and(|end| end == SIGNATURE_EXTENSION)
        };
        let mut names: Vec<_> = entries.map(|entry| entry.file_name()).filter(is_own).collect();
        names.sort();
        for path in names.iter().map(|name| path.with_file_name(name)) {
            match fs::symlink_metadata(&path) {
                Ok(metadata) => self.take(read_file(&path, &metadata, FileKind::Signature)),
                Err(error) => self.problems.push(report_unreadable(&path, &error)),
            }
        }
    }

    fn take(&mut self, file: Result<ReadFile, Vec<Problem>>) {
        match file {
            Ok(ReadFile::Source { source, is_marked }) => {
                self.marked.extend(is_marked.then(|| Arc::clone(&source.name)));
                self.sources.push(source);
            }
            Ok(ReadFile::Signature(file)) => self.signatures.push(file),
            Err(problems) => self.problems.extend(problems),
        }
    }

    /// Takes the bytes of a file, wherever they were read.
    pub(super) fn take_bytes(&mut self, name: &str, bytes: Vec<u8>, kind: FileKind) {
        self.take(check_bytes(name, bytes, kind));
    }
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FileKind {
    Source,
    Signature,
}

impl FileKind {
    /// Bytes that are read of it.
    pub(super) fn most_bytes(self) -> u64 {
        match self {
            Self::Source => MAX_BYTES as u64,
            Self::Signature => MAX_SIGNATURE_BYTES,
        }
    }
}

impl Wanted<'_> {
    /// What a file of this name holds, where it is wanted.
    pub(super) fn kind_of(self, path: &Path) -> Option<FileKind> {
        let found = path.extension()?;
        match self {
            Self::Sources(extension) | Self::Signed(extension) if found == extension => {
                Some(FileKind::Source)
            }
            Self::Signed(_) if found == SIGNATURE_EXTENSION => Some(FileKind::Signature),
            Self::Sources(_) | Self::Signed(_) => None,
        }
    }
}

fn read_listed((entry, kind): &(DirEntry, FileKind)) -> Result<ReadFile, Vec<Problem>> {
    let metadata =
        entry.metadata().map_err(|error| vec![report_unreadable(entry.path(), &io::Error::from(error))])?;
    read_file(entry.path(), &metadata, *kind)
}

fn read_file(path: &Path, seen: &Metadata, kind: FileKind) -> Result<ReadFile, Vec<Problem>> {
    let name = path.to_string_lossy();
    if seen.file_type().is_symlink() {
        return Err(vec![report_link(path)]);
    }
    if !seen.is_file() {
        return Err(vec![Problem::unread(&name, "is not a regular file")]);
    }
    let bytes = read_bytes(path, seen, kind).map_err(|error| vec![report_unreadable(path, &error)])?;
    check_bytes(&name, bytes, kind)
}

fn check_bytes(name: &str, bytes: Vec<u8>, kind: FileKind) -> Result<ReadFile, Vec<Problem>> {
    match kind {
        FileKind::Signature => Ok(ReadFile::Signature(SignatureFile { name: name.to_owned(), bytes })),
        FileKind::Source => {
            let source = check(name, &bytes)?;
            Ok(ReadFile::Source { source, is_marked: bytes.starts_with(BYTE_ORDER_MARK) })
        }
    }
}

/// The content of a file, one byte more than the limit at most, so that the check sees that there is more.
fn read_bytes(path: &Path, seen: &Metadata, kind: FileKind) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let opened = file.metadata()?;
    if !opened.is_file() || !is_same(seen, &opened) {
        return Err(io::Error::other("it changed while it was read"));
    }
    let limit = kind.most_bytes() + 1;
    let mut bytes = Vec::new();
    file.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether what was opened is what was looked at: between the two, a file could have become a link.
#[cfg(unix)]
fn is_same(seen: &Metadata, opened: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    seen.dev() == opened.dev() && seen.ino() == opened.ino()
}

#[cfg(not(unix))]
fn is_same(_seen: &Metadata, _opened: &Metadata) -> bool {
    true
}

pub(super) fn report_too_many(path: &Path) -> Problem {
    let message = format!("the folder contains more than {MAX_FILES} files");
    Problem::unread(&path.to_string_lossy(), message).help("name the folder that contains only the approvals")
}

pub(super) fn report_too_deep(path: &Path) -> Problem {
    let message = format!("the folder is nested more than {MAX_DEPTH} levels deep");
    Problem::unread(&path.to_string_lossy(), message)
}

pub(super) fn report_link(path: &Path) -> Problem {
    Problem::unread(&path.to_string_lossy(), "is a symbolic link")
        .help("replace the link with the file: reviewers see the path of the link, not its target")
}

fn report_unreadable(path: &Path, error: &io::Error) -> Problem {
    Problem::unread(&path.to_string_lossy(), format!("cannot be read: {error}"))
}
