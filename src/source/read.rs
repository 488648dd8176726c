//! Reading files and folders that people wrote.
//!
//! Takes a path and returns the sources below it, sorted by path, and every error that kept a file from being read.
//! Symbolic links are refused, because a link makes a reviewed path show an unreviewed file; so is everything that is
//! not a regular file. `.gitignore` is not read: it may not influence which approvals count.

use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::parallel::map_chunks;
use spanned_hcl::{MAX_BYTES, Problem, Source, check};

/// Folders below the given one.
const MAX_DEPTH: usize = 32;

/// So many files are read at a time.
const FILES: usize = 32;

/// Files below the given folder, of any kind.
const MAX_FILES: usize = 100_000;

/// What lies below a path.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Walk {
    /// The files that could be read, sorted by path.
    pub sources: Vec<Source>,
    /// Why others could not.
    pub problems: Vec<Problem>,
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
}

/// Reads a file, or every file below a folder whose name ends in `.extension`. An empty folder is no problem.
pub fn walk(path: &Path, extension: &str) -> Walk {
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
        walk.walk_folder(path, extension);
    } else {
        walk.take(read_file(path, &root));
    }
    walk
}

impl Walk {
    fn walk_folder(&mut self, path: &Path, extension: &str) {
        let entries = WalkDir::new(path)
            .follow_links(false)
            .follow_root_links(false)
            .max_depth(MAX_DEPTH + 1)
            .sort_by_file_name();
        let mut files = Vec::new();
        for (count, entry) in entries.into_iter().enumerate() {
            if count > MAX_FILES {
                let message = format!("the folder contains more than {MAX_FILES} files");
                self.problems.push(
                    Problem::unread(&path.to_string_lossy(), message)
                        .help("name the folder that contains only the approvals"),
                );
                return;
            }
            match entry {
                Ok(entry) => files.extend(self.visit_entry(entry, extension)),
                Err(error) => {
                    let at = error.path().unwrap_or(path).to_string_lossy().into_owned();
                    let reason = error.io_error().map_or_else(|| "a loop".to_owned(), ToString::to_string);
                    self.problems.push(Problem::unread(&at, format!("cannot be read: {reason}")));
                }
            }
        }
        let read = |(): &mut (), files: &[DirEntry]| files.iter().map(read_listed).collect::<Vec<_>>();
        for file in map_chunks(&files, FILES, || (), read).into_iter().flatten() {
            self.take(file);
        }
    }

    /// The entry, where it is a file to read.
    fn visit_entry(&mut self, entry: DirEntry, extension: &str) -> Option<DirEntry> {
        let path = entry.path();
        let kind = entry.file_type();
        if kind.is_symlink() {
            self.problems.push(report_link(path));
        } else if kind.is_dir() {
            if entry.depth() > MAX_DEPTH {
                let message = format!("the folder is nested more than {MAX_DEPTH} levels deep");
                self.problems.push(Problem::unread(&path.to_string_lossy(), message));
            }
        } else if path.extension().is_some_and(|found| found == extension) {
            return Some(entry);
        }
        None
    }

    fn take(&mut self, file: Result<Source, Vec<Problem>>) {
        match file {
            Ok(source) => self.sources.push(source),
            Err(problems) => self.problems.extend(problems),
        }
    }
}

fn read_listed(entry: &DirEntry) -> Result<Source, Vec<Problem>> {
    let metadata =
        entry.metadata().map_err(|error| vec![report_unreadable(entry.path(), &io::Error::from(error))])?;
    read_file(entry.path(), &metadata)
}

fn read_file(path: &Path, seen: &Metadata) -> Result<Source, Vec<Problem>> {
    let name = path.to_string_lossy();
    if seen.file_type().is_symlink() {
        return Err(vec![report_link(path)]);
    }
    if !seen.is_file() {
        return Err(vec![Problem::unread(&name, "is not a regular file")]);
    }
    let bytes = read_bytes(path, seen).map_err(|error| vec![report_unreadable(path, &error)])?;
    check(&name, &bytes)
}

/// The content of a file, one byte more than the limit at most, so that the check sees that there is more.
fn read_bytes(path: &Path, seen: &Metadata) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let opened = file.metadata()?;
    if !opened.is_file() || !is_same(seen, &opened) {
        return Err(io::Error::other("it changed while it was read"));
    }
    let limit = MAX_BYTES as u64 + 1;
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

fn report_link(path: &Path) -> Problem {
    Problem::unread(&path.to_string_lossy(), "is a symbolic link")
        .help("replace the link with the file: reviewers see the path of the link, not its target")
}

fn report_unreadable(path: &Path, error: &io::Error) -> Problem {
    Problem::unread(&path.to_string_lossy(), format!("cannot be read: {error}"))
}
