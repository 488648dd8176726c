//! Files as a commit in git holds them.
//!
//! [`Repository::open`] takes the folder that holds `.git`, and [`Repository::commit`] the name of a ref or the digits of a commit;
//! [`CommitFiles`] then returns files and folders of that one commit. A change under review may have written the
//! configuration, the replacements and the hooks of the repository, so `git` is run with an environment and options that leave
//! it none of them, is asked for objects by their digits only, and every object is checked against its digits here.
//!
//! Nothing is fetched, no work tree is looked at, and a name that can be read in two ways is refused.

mod command;
mod error;
mod files;
mod name;
mod object;
mod walk;

pub use error::GitError;
pub use files::{CommitFiles, EntryKind, FileEntry, History};
pub use name::CommitName;
pub use object::ObjectId;
pub use walk::CommitPath;

use std::path::{Path, PathBuf};

use command::GitCommand;
use object::ObjectReader;

/// A repository, by the folder that holds its `.git`.
#[derive(Debug)]
pub struct Repository {
    command: GitCommand,
}

impl Repository {
    /// Finds `git` and the repository of a folder.
    ///
    /// # Errors
    ///
    /// There is no `git`, or no repository.
    pub fn open(root: &Path) -> Result<Self, GitError> {
        let root = root.canonicalize().map_err(|_| GitError::NoRepository { folder: display(root) })?;
        let git_dir: PathBuf = root.join(".git");
        if !git_dir.exists() {
            return Err(GitError::NoRepository { folder: display(&root) });
        }
        Ok(Self { command: GitCommand::find(&root, git_dir)? })
    }

    /// The files of the commit that a name leads to.
    ///
    /// # Errors
    ///
    /// The name leads to no commit, or to more than one.
    pub fn commit(&self, name: &CommitName) -> Result<CommitFiles, GitError> {
        let (reference, id) = match name {
            CommitName::Pin(id) => (None, id.clone()),
            CommitName::Reference(name) => {
                let (reference, id) = self.command.find_reference(name)?;
                (Some(reference), id)
            }
        };
        CommitFiles::open(ObjectReader::start(&self.command)?, reference, id)
    }
}

fn display(path: &Path) -> String {
    path.display().to_string()
}
