//! The files of one commit, and the commits before it.

use super::object::{ObjectKind, ObjectReader};
use super::{GitError, ObjectId};

/// Tags of tags that are followed, at most: nobody tags a tag twice.
const MAX_TAGS: usize = 4;

/// The files of one commit.
#[derive(Debug)]
pub struct CommitFiles {
    reader: ObjectReader,
    reference: Option<String>,
    commit: Commit,
}

/// What a commit says of itself.
#[derive(Clone, Debug)]
struct Commit {
    id: ObjectId,
    tree: ObjectId,
    /// The one that it was made on; of a merge, the one that it was merged into.
    parent: Option<ObjectId>,
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A folder.
    Folder,
    /// A regular file, executable or not.
    File,
    /// A symbolic link.
    Link,
    /// A commit of another repository.
    Submodule,
}

/// Something in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEntry {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: EntryKind,
    /// Its object.
    pub id: ObjectId,
}

/// Earlier commits of a branch, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// Each with the folder that it holds.
    pub commits: Vec<(ObjectId, ObjectId)>,
    /// Whether there are earlier ones that the repository does not have.
    pub is_cut: bool,
}

impl CommitFiles {
    pub(super) fn open(
        mut reader: ObjectReader,
        reference: Option<String>,
        id: ObjectId,
    ) -> Result<Self, GitError> {
        let commit = read_commit(&mut reader, id)?;
        Ok(Self { reader, reference, commit })
    }

    /// The full name of the ref that led to it; `None` where the commit itself was named.
    pub fn reference(&self) -> Option<&str> {
        self.reference.as_deref()
    }

    /// The commit.
    pub fn commit(&self) -> &ObjectId {
        &self.commit.id
    }

    /// The folder that the commit holds.
    pub fn root(&self) -> &ObjectId {
        &self.commit.tree
    }

    /// What stands at a path of names below a folder; the folder itself where there are no names.
    ///
    /// # Errors
    ///
    /// The path leads through something that is no folder.
    pub fn find(&mut self, root: &ObjectId, path: &[&str]) -> Result<Option<FileEntry>, GitError> {
        let mut at = FileEntry { name: String::new(), kind: EntryKind::Folder, id: root.clone() };
        for (depth, name) in path.iter().enumerate() {
            match at.kind {
                EntryKind::Folder => {}
                EntryKind::File => return Ok(None),
                EntryKind::Link | EntryKind::Submodule => {
                    let path = path.get(..depth).unwrap_or_default().join("/");
                    return Err(GitError::NotFollowed { path, what: at.kind.words() });
                }
            }
            match self.list(&at.id)?.into_iter().find(|entry| entry.name == *name) {
                Some(entry) => at = entry,
                None => return Ok(None),
            }
        }
        Ok(Some(at))
    }

    /// What stands in a folder, in git's order.
    ///
    /// # Errors
    ///
    /// It is no folder, or is not written as git writes it.
    pub fn list(&mut self, folder: &ObjectId) -> Result<Vec<FileEntry>, GitError> {
        let (_, content) = self.reader.read(folder, &[ObjectKind::Tree], 0)?;
        let malformed = || GitError::Malformed { what: format!("the folder {folder}") };
        let mut entries = Vec::new();
        let mut rest = content.as_slice();
        while !rest.is_empty() {
            let (entry, after) = read_entry(rest, folder.hash_length()).ok_or_else(malformed)?;
            entries.push(entry);
            rest = after;
        }
        Ok(entries)
    }

    /// The bytes of a file, so many at most.
    ///
    /// # Errors
    ///
    /// It is no file, or a larger one.
    pub fn read(&mut self, file: &ObjectId, most_bytes: u64) -> Result<Vec<u8>, GitError> {
        Ok(self.reader.read(file, &[ObjectKind::Blob], most_bytes)?.1)
    }

    /// The commits before this one, along first parents, so many at most.
    ///
    /// # Errors
    ///
    /// One of them cannot be read.
    pub fn history(&mut self, most: usize) -> Result<History, GitError> {
        let mut history = History::default();
        let mut next = self.commit.parent.clone();
        while let Some(id) = next.filter(|_| history.commits.len() < most) {
            match read_commit(&mut self.reader, id) {
                Ok(commit) => {
                    next = commit.parent;
                    history.commits.push((commit.id, commit.tree));
                }
                Err(GitError::NoObject { .. }) => {
                    history.is_cut = true;
                    next = None;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(history)
    }
}

impl EntryKind {
    /// What it is, for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Folder => "a folder",
            Self::File => "a file",
            Self::Link => "a symbolic link",
            Self::Submodule => "a submodule",
        }
    }

    fn of_mode(mode: &str) -> Option<Self> {
        match mode {
            "40000" => Some(Self::Folder),
            // Old versions of git kept the write permission of the group.
            "100644" | "100755" | "100664" => Some(Self::File),
            "120000" => Some(Self::Link),
            "160000" => Some(Self::Submodule),
            _ => None,
        }
    }
}

/// The commit of an object, which may be a tag of it.
fn read_commit(reader: &mut ObjectReader, id: ObjectId) -> Result<Commit, GitError> {
    let mut id = id;
    for _ in 0..=MAX_TAGS {
        let (kind, content) = reader.read(&id, &[ObjectKind::Commit, ObjectKind::Tag], 0)?;
        let malformed = || GitError::Malformed { what: format!("the {} {id}", kind.word()) };
        let text = String::from_utf8_lossy(&content);
        let mut header = text.lines().take_while(|line| !line.is_empty());
        let mut field = |name: &str| {
            let value = header.next()?.strip_prefix(name)?.strip_prefix(' ')?;
            ObjectId::parse(value)
        };
        if kind == ObjectKind::Tag {
            let object = field("object").ok_or_else(malformed)?;
            id = object;
            continue;
        }
        let tree = field("tree").ok_or_else(malformed)?;
        let parent = field("parent");
        return Ok(Commit { id, tree, parent });
    }
    Err(GitError::Malformed { what: format!("the tag {id}") })
}

/// The first entry of a folder's content, and what follows it.
fn read_entry(content: &[u8], hash_length: usize) -> Option<(FileEntry, &[u8])> {
    let space = content.iter().position(|byte| *byte == b' ')?;
    let (mode, rest) = (content.get(..space)?, content.get(space + 1..)?);
    let end = rest.iter().position(|byte| *byte == 0)?;
    let (name, rest) = (rest.get(..end)?, rest.get(end + 1..)?);
    let (hash, rest) = rest.split_at_checked(hash_length)?;
    let name = String::from_utf8_lossy(name).into_owned();
    if name.is_empty() || name.contains('/') || name == "." || name == ".." {
        return None;
    }
    let kind = EntryKind::of_mode(std::str::from_utf8(mode).ok()?)?;
    Some((FileEntry { name, kind, id: ObjectId::from_hash(hash) }, rest))
}
