//! Which files of the repository are the ones that were read.
//!
//! Takes a file with its text, from the sources of a plan or from the manifest, and returns its path from the root of the
//! repository. A path is returned only where a regular file lies there, within the repository, and has the very same
//! text: a plan may be older than the work tree, and an approval may be read from another commit, and a line of such a
//! file would be a wrong line. Nothing is written, and git is not asked.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::trusted::work_tree;
use crate::finding::{Assessment, Site, SiteKind};
use crate::source::Source;
use crate::sources::Sources;

/// Folders that tools fill with copies: what lies there is not what the user wrote.
const COPIES: [&str; 2] = [".terraform", ".terragrunt-cache"];

/// The repository of the current folder.
#[derive(Debug)]
struct Repository {
    /// Its root, without symbolic links.
    root: PathBuf,
}

/// The user's own files among the sources of a plan.
#[derive(Debug)]
pub(super) struct RepositoryFiles {
    repository: Repository,
    /// The folder in which Terraform ran.
    folder: PathBuf,
    own: HashSet<Arc<str>>,
    known: Mutex<HashMap<Arc<str>, Option<Arc<str>>>>,
}

/// Where Terraform may have run.
#[derive(Clone, Copy, Debug)]
pub(super) struct RunFolder<'a> {
    /// The folder that the user named.
    pub(super) named: Option<&'a Path>,
    /// The folder of the plan file, in which Terraform is usually run.
    pub(super) beside: &'a Path,
}

impl RepositoryFiles {
    /// Those of a plan. A folder that nobody named counts where it has a file of the root module as it was planned; the
    /// current folder, which the plan file does not lie in, only where it has all of them.
    pub(super) fn find(run: RunFolder<'_>, sources: &Sources) -> Option<Self> {
        let repository = Repository::open()?;
        let root_files: Vec<&Source> = sources.root_files().collect();
        let has = |folder: &Path, file: &Source| {
            repository.find_path(&folder.join(&*file.name), &file.text).is_some()
        };
        let here = Path::new(".");
        let folder = match run.named {
            Some(named) => named,
            None if root_files.iter().any(|file| has(run.beside, file)) => run.beside,
            None if !root_files.is_empty() && root_files.iter().all(|file| has(here, file)) => here,
            None => return None,
        };
        let own = sources.own_files().map(|file| Arc::clone(&file.name)).collect();
        let folder = folder.to_owned();
        Some(Self { folder, own, known: Mutex::default(), repository })
    }

    /// The path from the root of the repository of a file of the sources.
    pub(super) fn find_path(&self, file: &Source) -> Option<Arc<str>> {
        if !self.own.contains(&file.name) || Path::new(&*file.name).is_absolute() {
            return None;
        }
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let find = || Some(self.repository.find_path(&self.folder.join(&*file.name), &file.text)?.into());
        known.entry(Arc::clone(&file.name)).or_insert_with(find).clone()
    }
}

impl Repository {
    fn open() -> Option<Self> {
        Some(Self { root: work_tree().canonicalize().ok()? })
    }

    /// The path from the root of a file that has this text.
    fn find_path(&self, path: &Path, text: &str) -> Option<String> {
        let whole = path.canonicalize().ok()?;
        let below = whole.strip_prefix(&self.root).ok()?;
        let names = below.components().map(|part| match part {
            Component::Normal(name) => name.to_str().filter(|name| !COPIES.contains(name)),
            Component::Prefix(_) | Component::RootDir | Component::CurDir | Component::ParentDir => None,
        });
        let names: Vec<&str> = names.collect::<Option<_>>()?;
        has_text(&whole, text).then(|| names.join("/"))
    }
}

/// Whether a regular file has this text, but for a byte order mark.
fn has_text(path: &Path, text: &str) -> bool {
    const MARK: &[u8] = b"\xef\xbb\xbf";
    let is_same = |file: File| {
        let meta = file.metadata().ok()?;
        let most = (text.len() + MARK.len()) as u64;
        if !meta.is_file() || meta.len() > most {
            return None;
        }
        let mut bytes = Vec::new();
        file.take(most + 1).read_to_end(&mut bytes).ok()?;
        Some(bytes.strip_prefix(MARK).unwrap_or(&bytes) == text.as_bytes())
    };
    File::open(path).ok().and_then(is_same).unwrap_or_default()
}

/// Names the files of the manifest that findings point at by their paths in the repository.
pub(super) fn find_approvals(assessment: &mut Assessment) {
    let Some(repository) = Repository::open() else { return };
    let known: RefCell<HashMap<Arc<str>, Option<String>>> = RefCell::default();
    let place = |site: &mut Site| {
        let (SiteKind::Approved | SiteKind::Manifest, Some(text)) = (site.what, &site.text) else { return };
        let source = &text.source;
        let find = || repository.find_path(Path::new(&*source.name), &source.text);
        let path = known.borrow_mut().entry(Arc::clone(&source.name)).or_insert_with(find).clone();
        if let Some(path) = path {
            *site = site.clone().in_repository(&path);
        }
    };
    assessment.findings.iter_mut().flat_map(|finding| &mut finding.sites).for_each(place);
}
