//! Why nothing could be read from git.

/// Why a commit or a file of it could not be read.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// There is no `git` outside of the work tree.
    #[error("`git` is not installed in an absolute folder of PATH")]
    NotInstalled,
    /// It could not be run, or ended before its answer.
    #[error("`git` cannot be run: {0}")]
    NotRun(std::io::Error),
    /// It failed.
    #[error("`git` failed: {said}")]
    Failed {
        /// The first line that it says.
        said: String,
    },
    /// The folder is in no repository.
    #[error("`{folder}` is not the root of a git repository")]
    NoRepository {
        /// The folder.
        folder: String,
    },
    /// A text that is no name of a ref.
    #[error("`{name}` is neither the name of a ref nor the digits of a commit")]
    NotAName {
        /// As it was given.
        name: String,
    },
    /// `HEAD` and the like: whatever is checked out.
    #[error("`{name}` is what is checked out, which is the change itself")]
    CheckedOut {
        /// As it was given.
        name: String,
    },
    /// There is no such ref.
    #[error("the repository has no ref `{name}`")]
    NoReference {
        /// As it was given.
        name: String,
    },
    /// Several refs have that name.
    #[error("`{name}` is the name of several refs: {}", quote(.found))]
    Ambiguous {
        /// As it was given.
        name: String,
        /// Their full names.
        found: Vec<String>,
    },
    /// An object is not in the repository.
    #[error("the repository does not have the object {id}")]
    NoObject {
        /// Its digits.
        id: String,
    },
    /// An object is not the one that its digits say.
    #[error("the object {id} has other content than its digits say")]
    Forged {
        /// Its digits.
        id: String,
    },
    /// An object is of another kind.
    #[error("the object {id} is a {found} and not a {wanted}")]
    OtherKind {
        /// Its digits.
        id: String,
        /// What it is.
        found: String,
        /// What it had to be.
        wanted: &'static str,
    },
    /// An object is larger than one of its kind may be.
    #[error("the object {id} has {size} bytes, and at most {most} are read")]
    TooLarge {
        /// Its digits.
        id: String,
        /// Its size.
        size: u64,
        /// The limit.
        most: u64,
    },
    /// An object, or an answer of `git`, is not written as git writes it.
    #[error("{what} cannot be read")]
    Malformed {
        /// What it is.
        what: String,
    },
    /// A path leads through something that is neither a folder nor a regular file.
    #[error("`{path}` is {what}, which is not followed")]
    NotFollowed {
        /// Where it stands in the commit.
        path: String,
        /// What it is.
        what: &'static str,
    },
}

impl GitError {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::NotInstalled | Self::NotRun(_) => "install git, and have its folder in PATH",
            Self::NoRepository { .. } => "run this in a checkout of the repository",
            Self::NotAName { .. } => {
                "name a branch, such as `origin/main`, or a commit by all of its 40 digits"
            }
            Self::CheckedOut { .. } => "name the protected branch, such as `origin/main`",
            Self::NoReference { .. } => {
                "fetch it first (`git fetch origin main`), and name it as `git for-each-ref` does"
            }
            Self::Ambiguous { .. } => "write its full name",
            Self::NoObject { .. } => "fetch it first: a shallow or partial clone does not have every object",
            Self::Forged { .. } => "clone the repository again: what is in it was changed by hand",
            Self::OtherKind { .. } => "name a commit",
            Self::TooLarge { .. } => "keep approvals small, a file each",
            Self::NotFollowed { .. } => "commit the files themselves",
            Self::Failed { .. } | Self::Malformed { .. } => "check the repository with `git fsck`",
        }
    }
}

fn quote(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
