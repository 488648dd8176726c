//! What goes with a value wherever it goes.

use std::collections::BTreeSet;
use std::sync::Arc;

/// A file whose content a value holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileRead {
    /// The path, as the scope names it.
    pub path: Arc<str>,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: Arc<str>,
}

/// Marks of one value, as in cty: whatever is made of a marked value has its marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    is_sensitive: bool,
    files: Option<Arc<BTreeSet<FileRead>>>,
}

impl Marks {
    /// No mark.
    pub const NONE: Self = Self { is_sensitive: false, files: None };

    /// Sensitive: it must not be printed.
    pub const SENSITIVE: Self = Self { is_sensitive: true, files: None };

    /// A file was read.
    pub fn of_file(file: FileRead) -> Self {
        Self { is_sensitive: false, files: Some(Arc::new(BTreeSet::from([file]))) }
    }

    /// Whether it must not be printed.
    pub fn is_sensitive(&self) -> bool {
        self.is_sensitive
    }

    /// The files that were read for it, in order of path.
    pub fn files(&self) -> impl Iterator<Item = &FileRead> {
        self.files.iter().flat_map(|files| files.iter())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        !self.is_sensitive && self.files.is_none()
    }

    /// The same, but not sensitive: `nonsensitive`.
    #[must_use]
    pub fn without_sensitive(self) -> Self {
        Self { is_sensitive: false, ..self }
    }

    /// Adds those of another value.
    pub fn absorb(&mut self, other: &Self) {
        self.is_sensitive |= other.is_sensitive;
        match (&mut self.files, &other.files) {
            (_, None) => {}
            (files @ None, Some(more)) => *files = Some(more.clone()),
            (Some(files), Some(more)) if more.is_subset(files) => {}
            (Some(files), Some(more)) => Arc::make_mut(files).extend(more.iter().cloned()),
        }
    }
}
