//! Names of commits, as a user gives them.

use super::{GitError, ObjectId};

/// The longest name that is looked up, in bytes: file systems allow no longer ones.
const MAX_NAME_BYTES: usize = 255;

/// What a user named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CommitName {
    /// The commit itself, by all of its digits. No ref is asked.
    Pin(ObjectId),
    /// A ref: its full name, or what stands behind `refs/heads/`, `refs/remotes/` or `refs/tags/`.
    Reference(String),
}

impl CommitName {
    /// Takes a text as a name. Git's expressions (`main~1`, `@{upstream}`, `:/text`) are none.
    ///
    /// # Errors
    ///
    /// A text that is no name, or that names what is checked out.
    pub fn parse(text: &str) -> Result<Self, GitError> {
        if let Some(id) = ObjectId::parse(text) {
            return Ok(Self::Pin(id));
        }
        let name = text.to_owned();
        if is_checked_out(text) {
            return Err(GitError::CheckedOut { name });
        }
        if is_reference_name(text) { Ok(Self::Reference(name)) } else { Err(GitError::NotAName { name }) }
    }
}

/// Whether a name stands for whatever is checked out.
fn is_checked_out(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    // `refs/remotes/origin/HEAD` is the default branch of the remote.
    let is_remote = name.starts_with("refs/remotes/") || (name.contains('/') && !name.starts_with("refs/"));
    let is_special = ["HEAD", "FETCH_HEAD", "ORIG_HEAD", "MERGE_HEAD"].contains(&last);
    name == "@" || (is_special && !is_remote)
}

/// Git's rules for the names of refs (git-check-ref-format), and no option.
fn is_reference_name(name: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty() && !part.starts_with(['.', '-']) && !part.ends_with('.') && !part.ends_with(".lock")
    };
    let is_char = |byte: u8| byte.is_ascii_graphic() && !b"~^:?*[\\".contains(&byte);
    name.len() <= MAX_NAME_BYTES
        && name.bytes().all(is_char)
        && name.split('/').all(is_part)
        && !name.contains("..")
        && !name.contains("@{")
}

#[cfg(test)]
mod tests {
    use super::CommitName;

    #[test]
    fn a_name_is_a_ref_or_all_digits_of_a_commit() {
        for good in ["main", "origin/main", "refs/remotes/origin/main", "v1.2", "origin/HEAD", "a/b-c_d@e"] {
            assert_eq!(CommitName::parse(good).unwrap(), CommitName::Reference(good.to_owned()));
        }
        for digits in ["0123456789012345678901234567890123456789", &"ab".repeat(32)] {
            assert!(matches!(CommitName::parse(digits), Ok(CommitName::Pin(_))), "{digits}");
        }
        let bad = [
            "",
            "@",
            "HEAD",
            "FETCH_HEAD",
            "refs/heads/HEAD",
            "-main",
            "--upload-pack=touch x",
            "main --output=x",
            "main^{commit}",
            "main~1",
            "main@{upstream}",
            "@{-1}",
            ":/text",
            "main:approvals",
            "a..b",
            "a//b",
            "/a",
            "a/",
            "a/.b",
            "a/-b",
            "a.lock",
            "a\nb",
            "a b",
            "ä",
            "a*",
            "[a]",
            "a\\b",
        ];
        for text in bad {
            assert!(CommitName::parse(text).is_err(), "{text}");
        }
    }
}
