//! Files beside the sources, which the configuration reads with `file`, `templatefile` and their like.
//!
//! Terraform reads them when it plans, and again when it applies; a plan file does not hold them. Whoever has files hands
//! over a [`FileStore`]; nothing is opened here.

use std::fmt;
use std::sync::Arc;

use hcl_edit::expr::Expression;

use super::scan::TemplateKind;
use super::{Sources, expression, template};
use crate::source::{Source, Span};

/// A file as it was read.
#[derive(Clone, Debug)]
pub struct StoredFile {
    /// Its content.
    pub bytes: Arc<[u8]>,
    /// SHA-256 of it, in hexadecimal.
    pub sha256: Arc<str>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReadFile {
    /// Its path, relative to the folder in which Terraform ran.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// Files below one folder, by their paths from the folder in which Terraform ran.
pub trait FileStore: fmt::Debug + Send + Sync {
    /// A regular file. `None`: it is not there, too large, or not below the folder.
    fn read(&self, path: &str) -> Option<StoredFile>;

    /// The regular files below a folder, in order of path, each as [`FileStore::read`] takes it. `None`: it is no folder that is
    /// read, something in it is no regular file, or it holds too many.
    fn list_folder(&self, path: &str) -> Option<Vec<String>>;

    /// The path from the root of the repository of the file that is this file of the sources: it lies there, it is the user's
    /// own, and it has this content. `None` where any of that is not so.
    fn find_in_repository(&self, _file: &Source) -> Option<Arc<str>> {
        None
    }

    /// The files that were read until now, in order of path.
    fn list_read(&self) -> Vec<ReadFile>;
}

impl Sources {
    /// Takes the files beside them.
    pub fn set_files(&mut self, files: Arc<dyn FileStore>) {
        self.files = Some(files);
    }

    /// The files beside them, where they are at hand.
    pub fn files(&self) -> Option<&dyn FileStore> {
        self.files.as_deref()
    }

    /// Takes the path in the repository of the folder in which Terraform ran; empty for the root of the repository.
    pub fn set_root_folder(&mut self, folder: Option<String>) {
        self.folder = folder;
    }

    /// The path in the repository of the folder in which Terraform ran.
    pub fn root_folder(&self) -> Option<&str> {
        self.folder.as_deref()
    }

    /// Takes the name of the workspace that the plan was made for.
    pub fn set_workspace(&mut self, workspace: Option<String>) {
        self.workspace = workspace;
    }

    /// The workspace that the plan was made for, where the plan file says it.
    pub fn workspace(&self) -> Option<&str> {
        self.workspace.as_deref()
    }
}

/// Reads the text of a file as a template. `None` where it is not understood.
pub fn read_template(text: &str) -> Option<Expression> {
    let whole = Span { start: 0, end: text.len() };
    template::read(text, whole, TemplateKind::Bare, false, expression::parse).ok()
}
