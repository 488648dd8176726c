//! From where decisions are read, and who can write there.

/// Where the authority of a run was read, and the approvals that count without a signature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustSource {
    /// What kind of place it is.
    pub kind: TrustKind,
    /// The path of the manifest there, as messages name it.
    pub path: String,
    /// The commit, where it is one.
    pub commit: Option<TrustedCommit>,
    /// The serial of the authority, where the manifest has one.
    pub serial: Option<u64>,
}

/// A commit that decisions are read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedCommit {
    /// What the user named: a ref, or the commit itself.
    pub given: String,
    /// The full name of the ref; `None` where the commit itself was named.
    pub reference: Option<String>,
    /// The commit, in hexadecimal digits.
    pub id: String,
}

/// Who can write where decisions are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TrustKind {
    /// A commit in git: what it holds was merged before.
    Commit,
    /// A path outside of the repository.
    Outside,
    /// The work tree, which the change under review can write.
    #[default]
    WorkTree,
}

impl TrustKind {
    /// The word in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Commit => "ref",
            Self::Outside => "outside",
            Self::WorkTree => "worktree",
        }
    }
}
