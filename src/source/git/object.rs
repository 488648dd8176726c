//! Objects of a repository: their digits, and their content checked against these.

use std::fmt;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use sha1_checked::{CollisionResult, Sha1};
use sha2::{Digest as _, Sha256};

use super::GitError;
use super::command::GitCommand;
use crate::source::write_digits;

/// Digits of an object's name in a repository of SHA-1, and in one of SHA-256.
const DIGITS: [usize; 2] = [40, 64];

/// Bytes of the line that stands before an object: its digits, its kind and its size.
const MAX_HEADER_BYTES: u64 = 256;

/// The name of an object: the hash of its content in lower-case hexadecimal digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId {
    digits: String,
}

impl ObjectId {
    /// Takes all digits of a name.
    pub fn parse(text: &str) -> Option<Self> {
        let is_name = DIGITS.contains(&text.len())
            && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        is_name.then(|| Self { digits: text.to_owned() })
    }

    /// The digits of a hash.
    pub(super) fn from_hash(hash: &[u8]) -> Self {
        Self { digits: write_digits(hash) }
    }

    /// All of them.
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// Bytes of the hash.
    pub(super) fn hash_length(&self) -> usize {
        self.digits.len() / 2
    }

    /// Whether an object of this kind and content has this name. Of SHA-1, content that was made to collide has none.
    fn is_of(&self, kind: ObjectKind, content: &[u8]) -> bool {
        let header = format!("{} {}\0", kind.word(), content.len());
        if self.hash_length() == SHA1_BYTES {
            let mut hasher = Sha1::new();
            hasher.update(&header);
            hasher.update(content);
            return match hasher.try_finalize() {
                CollisionResult::Ok(hash) => Self::from_hash(&hash) == *self,
                CollisionResult::Mitigated(_) | CollisionResult::Collision(_) => false,
            };
        }
        let hash = Sha256::new().chain_update(&header).chain_update(content).finalize();
        Self::from_hash(&hash) == *self
    }
}

/// Bytes of a SHA-1.
const SHA1_BYTES: usize = 20;

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.digits)
    }
}

impl fmt::Debug for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.digits)
    }
}

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ObjectKind {
    Commit,
    Tree,
    Tag,
    Blob,
}

impl ObjectKind {
    const ALL: [Self; 4] = [Self::Commit, Self::Tree, Self::Tag, Self::Blob];

    /// Git's word.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Commit => "commit",
            Self::Tree => "tree",
            Self::Tag => "tag",
            Self::Blob => "blob",
        }
    }

    /// The most bytes that are read. Messages of commits and tags are short; a folder of a hundred thousand files has
    /// some five million bytes.
    fn most_bytes(self, blob_bytes: u64) -> u64 {
        match self {
            Self::Commit | Self::Tag => 1 << 20,
            Self::Tree => 16 << 20,
            Self::Blob => blob_bytes,
        }
    }
}

/// Reads objects from one process, one after the other.
#[derive(Debug)]
pub(super) struct ObjectReader {
    command: GitCommand,
    process: ReaderProcess,
}

#[derive(Debug)]
struct ReaderProcess {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl ObjectReader {
    pub(super) fn start(command: &GitCommand) -> Result<Self, GitError> {
        Ok(Self { process: ReaderProcess::start(command)?, command: command.clone() })
    }

    /// The content of an object of one of these kinds; of a blob so many bytes at most.
    pub(super) fn read(
        &mut self,
        id: &ObjectId,
        wanted: &[ObjectKind],
        blob_bytes: u64,
    ) -> Result<(ObjectKind, Vec<u8>), GitError> {
        let input = &mut self.process.input;
        writeln!(input, "{id}").and_then(|()| input.flush()).map_err(GitError::NotRun)?;
        let (kind, size) = self.read_header(id, wanted)?;
        let most = kind.most_bytes(blob_bytes);
        if size > most {
            self.pass_over()?;
            return Err(GitError::TooLarge { id: id.to_string(), size, most });
        }
        let mut content = Vec::new();
        // A line feed ends it.
        (&mut self.process.output).take(size + 1).read_to_end(&mut content).map_err(GitError::NotRun)?;
        if content.pop() != Some(b'\n') || content.len() as u64 != size {
            return Err(GitError::Malformed { what: format!("the object {id}") });
        }
        if !id.is_of(kind, &content) {
            return Err(GitError::Forged { id: id.to_string() });
        }
        Ok((kind, content))
    }

    /// Leaves an object unread: another process goes on, because this one would write it first.
    fn pass_over(&mut self) -> Result<(), GitError> {
        self.process = ReaderProcess::start(&self.command)?;
        Ok(())
    }

    fn read_header(&mut self, id: &ObjectId, wanted: &[ObjectKind]) -> Result<(ObjectKind, u64), GitError> {
        let mut line = Vec::new();
        let mut header = (&mut self.process.output).take(MAX_HEADER_BYTES);
        header.read_until(b'\n', &mut line).map_err(GitError::NotRun)?;
        let line = String::from_utf8_lossy(&line);
        let malformed = || GitError::Malformed { what: format!("the object {id}") };
        let mut words = line.trim_end_matches('\n').split(' ');
        if words.next() != Some(id.digits()) {
            return Err(malformed());
        }
        let word = words.next().ok_or_else(malformed)?;
        if word == "missing" {
            return Err(GitError::NoObject { id: id.to_string() });
        }
        let kind = ObjectKind::ALL.into_iter().find(|kind| kind.word() == word).ok_or_else(malformed)?;
        let size = words.next().and_then(|size| size.parse().ok()).ok_or_else(malformed)?;
        if !wanted.contains(&kind) {
            self.pass_over()?;
            let wanted = wanted.first().map_or("", |kind| kind.word());
            return Err(GitError::OtherKind { id: id.to_string(), found: word.to_owned(), wanted });
        }
        Ok((kind, size))
    }
}

impl ReaderProcess {
    fn start(command: &GitCommand) -> Result<Self, GitError> {
        let mut command = command.command("cat-file");
        command.arg("--batch").stdin(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(GitError::NotRun)?;
        let closed = || GitError::NotRun(std::io::ErrorKind::BrokenPipe.into());
        let input = child.stdin.take().ok_or_else(closed)?;
        let output = BufReader::new(child.stdout.take().ok_or_else(closed)?);
        Ok(Self { child, input, output })
    }
}

impl Drop for ReaderProcess {
    fn drop(&mut self) {
        // It ends by itself when its input does, unless there is output that nobody has read.
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::{ObjectId, ObjectKind};

    #[test]
    fn content_is_that_of_its_digits() {
        // `printf 'x\n' | git hash-object --stdin`, and the same with `--object-format=sha256`.
        for digits in [
            "587be6b4c3f93f93c489c0111bba5596147a26cb",
            "14f5162e2fe3d240d0d37aaab0f90e4af9a7cfa79639f3bab005b5bfb4174d9f",
        ] {
            let id = ObjectId::parse(digits).unwrap();
            assert!(id.is_of(ObjectKind::Blob, b"x\n"), "{digits}");
            assert!(!id.is_of(ObjectKind::Blob, b"y\n"));
            assert!(!id.is_of(ObjectKind::Tree, b"x\n"));
        }
    }

    #[test]
    fn digits_are_all_of_them_in_lower_case() {
        for bad in
            ["", "587be6b", "587BE6B4C3F93F93C489C0111BBA5596147A26CB", &"g".repeat(40), &"0".repeat(41)]
        {
            assert_eq!(ObjectId::parse(bad), None, "{bad}");
        }
    }
}
