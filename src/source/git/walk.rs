//! Sources and signatures as a commit holds them, named as in the work tree.

use std::path::{Path, PathBuf};

use super::{CommitFiles, EntryKind, GitError, ObjectId};
use crate::source::read::{
    FileKind, MAX_DEPTH, MAX_FILES, Wanted, report_link, report_too_deep, report_too_many,
};
use crate::source::{Problem, Walk};

/// A file or folder of a commit.
#[derive(Clone, Copy, Debug)]
pub struct CommitPath<'a> {
    /// The names that lead to it from the root of the repository.
    pub names: &'a [String],
    /// What messages call it.
    pub shown: &'a Path,
}

impl CommitFiles {
    /// Reads a file, or every file below a folder whose name ends in `.extension`; `None` where the commit has nothing there.
    ///
    /// # Errors
    ///
    /// An object of the repository cannot be read. What is wrong with a file is a problem of the walk.
    pub fn walk(&mut self, path: CommitPath<'_>, extension: &str) -> Result<Option<Walk>, GitError> {
        self.walk_wanted(path, Wanted::Sources(extension))
    }

    /// The same, with the signatures beside the files.
    ///
    /// # Errors
    ///
    /// An object of the repository cannot be read.
    pub fn walk_signed(&mut self, path: CommitPath<'_>, extension: &str) -> Result<Option<Walk>, GitError> {
        self.walk_wanted(path, Wanted::Signed(extension))
    }

    fn walk_wanted(
        &mut self,
        CommitPath { names, shown }: CommitPath<'_>,
        wanted: Wanted<'_>,
    ) -> Result<Option<Walk>, GitError> {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let root = self.root().clone();
        let Some(entry) = self.find(&root, &names)? else { return Ok(None) };
        let mut walk = CommitWalk { files: self, wanted, walk: Walk::default(), found: Vec::new(), seen: 0 };
        match (entry.kind, names.split_last()) {
            (EntryKind::Folder, _) => {
                walk.list(&entry.id, shown, 0)?;
            }
            (EntryKind::File, Some((name, above))) => {
                walk.found.push((shown.to_owned(), entry.id, FileKind::Source));
                if let (Wanted::Signed(_), Some(folder)) = (wanted, walk.files.find(&root, above)?) {
                    walk.list_signatures_of(name, &folder.id, shown)?;
                }
            }
            (EntryKind::File | EntryKind::Link | EntryKind::Submodule, _) => {
                walk.walk.problems.push(report_entry(shown, entry.kind));
            }
        }
        walk.read().map(Some)
    }
}

/// A walk under way.
struct CommitWalk<'f, 'w> {
    files: &'f mut CommitFiles,
    wanted: Wanted<'w>,
    walk: Walk,
    found: Vec<(PathBuf, ObjectId, FileKind)>,
    /// Entries of any kind.
    seen: usize,
}

impl CommitWalk<'_, '_> {
    /// Lists what is to be read below a folder; `false` where there is too much of it.
    fn list(&mut self, folder: &ObjectId, path: &Path, depth: usize) -> Result<bool, GitError> {
        for entry in self.files.list(folder)? {
            self.seen += 1;
            if self.seen > MAX_FILES {
                self.walk.problems.push(report_too_many(path));
                return Ok(false);
            }
            let path = path.join(&entry.name);
            match entry.kind {
                EntryKind::Folder if depth == MAX_DEPTH => self.walk.problems.push(report_too_deep(&path)),
                EntryKind::Folder => {
                    if !self.list(&entry.id, &path, depth + 1)? {
                        return Ok(false);
                    }
                }
                EntryKind::File => {
                    let kind = self.wanted.kind_of(&path);
                    self.found.extend(kind.map(|kind| (path, entry.id, kind)));
                }
                EntryKind::Link | EntryKind::Submodule => {
                    self.walk.problems.push(report_entry(&path, entry.kind));
                }
            }
        }
        Ok(true)
    }

    /// Lists the signatures that stand beside a file and begin with its name.
    fn list_signatures_of(&mut self, name: &str, folder: &ObjectId, shown: &Path) -> Result<(), GitError> {
        let Some(stem) = Path::new(name).file_stem() else { return Ok(()) };
        let stem = format!("{}.", stem.to_string_lossy());
        for entry in self.files.list(folder)? {
            let path = shown.with_file_name(&entry.name);
            if entry.name.starts_with(&stem) && self.wanted.kind_of(&path) == Some(FileKind::Signature) {
                match entry.kind {
                    EntryKind::File => self.found.push((path, entry.id, FileKind::Signature)),
                    EntryKind::Folder | EntryKind::Link | EntryKind::Submodule => {
                        self.walk.problems.push(report_entry(&path, entry.kind));
                    }
                }
            }
        }
        Ok(())
    }

    fn read(mut self) -> Result<Walk, GitError> {
        self.found.sort();
        for (path, id, kind) in self.found {
            let name = path.to_string_lossy();
            match self.files.read(&id, kind.most_bytes()) {
                Ok(bytes) => self.walk.take_bytes(&name, bytes, kind),
                Err(GitError::TooLarge { most, .. }) => {
                    let message = format!("the file is larger than {most} bytes");
                    self.walk.problems.push(Problem::unread(&name, message));
                }
                Err(error) => return Err(error),
            }
        }
        Ok(self.walk)
    }
}

fn report_entry(path: &Path, kind: EntryKind) -> Problem {
    match kind {
        EntryKind::Link => report_link(path),
        EntryKind::Folder | EntryKind::File | EntryKind::Submodule => {
            let message = format!("is {}, and only regular files are read", kind.words());
            Problem::unread(&path.to_string_lossy(), message).help("commit the files themselves")
        }
    }
}
