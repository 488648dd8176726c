//! Files beside the sources, which `file` and `templatefile` read.
//!
//! Takes the folder in which Terraform ran and the sources of the plan, and returns a [`FolderFiles`], which reads regular
//! files below that folder and below the folders of the plan's modules, and nothing else, and remembers what was asked
//! for. Terraform reads them again when it applies, so [`FolderFiles::find_changed`] says what is no longer as it was: a
//! file with other content, one that was not there before, a folder in which other files lie.
//!
//! A module may lie beside the folder in which Terraform ran (`../../modules/x`). Its folder counts where it holds the file
//! that the plan kept of the module, so that no plan makes a folder with other things in it readable.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::repository::RepositoryFiles;
use crate::source::{Source, hash_bytes};
use crate::sources::{FileStore, ReadFile, Sources, StoredFile};

/// The largest file that is read: 1 MiB. Clouds take user data of 16 KiB and policies of 20 KiB; what is larger is a
/// package that no policy is made of.
const MAX_FILE_BYTES: u64 = 1 << 20;

/// Files that are read for one plan, at most. The largest public stack that was looked at reads some sixty templates.
const MAX_FILES: usize = 1_000;

/// The files that a plan may have read.
#[derive(Debug)]
pub(super) struct FolderFiles {
    /// The folder in which Terraform ran, without symbolic links; none where there is no such folder.
    root: Option<PathBuf>,
    /// Folders below which files are read, without symbolic links.
    readable: Vec<PathBuf>,
    /// Those that the repository has.
    repository: Option<RepositoryFiles>,
    asked: Mutex<Asked>,
}

/// What was asked for, by path, and what was found; none where there was no such file or folder.
#[derive(Debug, Default)]
struct Asked {
    files: BTreeMap<String, Option<StoredFile>>,
    folders: BTreeMap<String, Option<Vec<String>>>,
}

impl FolderFiles {
    /// Those of the folder in which Terraform ran, and of the modules of these sources.
    pub(super) fn of_sources(folder: &Path, sources: &Sources) -> Self {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let Ok(root) = folder.canonicalize() else {
            return Self { root: None, readable: Vec::new(), repository: None, asked: Mutex::default() };
        };
        let modules = sources.first_files().filter_map(|file| {
            let path = Path::new(&*file.name);
            let kept = read_regular(&root.join(path).canonicalize().ok().filter(|_| path.is_relative())?)?;
            let kept = kept.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&kept);
            let folder = || root.join(path).parent()?.canonicalize().ok();
            if kept == file.text.as_bytes() { folder() } else { None }
        });
        let readable = std::iter::once(root.clone()).chain(modules).collect();
        Self { root: Some(root), readable, repository: None, asked: Mutex::default() }
    }

    /// The same, knowing which of the sources the repository has.
    pub(super) fn with_repository(self, repository: Option<RepositoryFiles>) -> Self {
        Self { repository, ..self }
    }

    /// Returns the first path, of those that were asked for, at which now lies something else than was found, or
    /// something where nothing was found.
    pub(super) fn find_changed(&self) -> Option<String> {
        let Asked { files, folders } = &*self.asked();
        let digest = |file: &Option<StoredFile>| file.as_ref().map(|file| file.sha256.clone());
        let changed = files.iter().find(|(path, file)| digest(&self.open(path)) != digest(file));
        changed
            .map(|(path, _)| path.clone())
            .or_else(|| folders.iter().find_map(|(path, listed)| self.find_moved(path, listed.as_deref())))
    }

    /// Returns a file that is in only one of what was listed below a folder and what lies there now.
    fn find_moved(&self, path: &str, listed: Option<&[String]>) -> Option<String> {
        let now = self.list(path);
        match (listed, now.as_deref()) {
            (Some(before), Some(now)) => {
                let is_new = |file: &&String| !before.contains(file);
                let is_gone = |file: &&String| !now.contains(file);
                now.iter().find(is_new).or_else(|| before.iter().find(is_gone)).cloned()
            }
            (None, None) => None,
            (Some(_), None) | (None, Some(_)) => Some(path.to_owned()),
        }
    }

    fn asked(&self) -> MutexGuard<'_, Asked> {
        // What was noted before a panic is true all the same.
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where a path leads, without symbolic links, where that is below a folder that is read.
    fn find(&self, path: &str) -> Option<PathBuf> {
        let root = self.root.as_deref()?;
        let is_relative = |part: Component<'_>| !matches!(part, Component::RootDir | Component::Prefix(_));
        if !Path::new(path).components().all(is_relative) {
            return None;
        }
        // Where a symbolic link leads out of a folder, so does what it leads to.
        let whole = root.join(path).canonicalize().ok()?;
        self.readable.iter().any(|folder| whole.starts_with(folder)).then_some(whole)
    }

    fn open(&self, path: &str) -> Option<StoredFile> {
        let bytes = read_regular(&self.find(path)?)?;
        let sha256 = hash_bytes(&bytes);
        Some(StoredFile { bytes: bytes.into(), sha256: sha256.into() })
    }

    /// The regular files below a folder, in order of path.
    fn list(&self, path: &str) -> Option<Vec<String>> {
        let whole = self.find(path).filter(|whole| whole.is_dir())?;
        let mut files = Vec::new();
        for entry in walkdir::WalkDir::new(&whole).min_depth(1).sort_by_file_name() {
            let entry = entry.ok()?;
            if entry.file_type().is_dir() {
                continue;
            }
            if !entry.file_type().is_file() || files.len() == MAX_FILES {
                return None;
            }
            let below = entry.path().strip_prefix(&whole).ok()?.to_str()?;
            files.push(format!("{}/{below}", path.trim_end_matches('/')));
        }
        files.sort();
        Some(files)
    }
}

/// The content of a regular file that is not too large.
fn read_regular(path: &Path) -> Option<Vec<u8>> {
    let file = File::open(path).ok()?;
    if !file.metadata().ok()?.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= MAX_FILE_BYTES).then_some(bytes)
}

impl FileStore for FolderFiles {
    fn read(&self, path: &str) -> Option<StoredFile> {
        let files = &mut self.asked().files;
        if let Some(known) = files.get(path) {
            return known.clone();
        }
        if files.len() >= MAX_FILES {
            return None;
        }
        let file = self.open(path);
        files.insert(path.to_owned(), file.clone());
        file
    }

    fn list_folder(&self, path: &str) -> Option<Vec<String>> {
        let listed = self.list(path);
        self.asked().folders.insert(path.to_owned(), listed.clone());
        listed
    }

    fn find_in_repository(&self, file: &Source) -> Option<Arc<str>> {
        self.repository.as_ref()?.find_path(file)
    }

    fn list_read(&self) -> Vec<ReadFile> {
        let asked = self.asked();
        let found = asked.files.iter().filter_map(|(path, file)| {
            let sha256 = file.as_ref()?.sha256.to_string();
            Some(ReadFile { path: path.clone(), sha256 })
        });
        found.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::FolderFiles;
    use crate::sources::{FileStore as _, ModuleFiles, Sources};

    /// The sources of a root module and of one beside it, whose only file has this content.
    fn sources(folder: &str, text: &str) -> Sources {
        let files = vec![("main.tf".to_owned(), text.into())];
        let root = ModuleFiles { files: vec![("main.tf".to_owned(), Vec::new())], ..ModuleFiles::default() };
        Sources::read(&[
            root,
            ModuleFiles { key: "m".to_owned(), folder: folder.to_owned(), files, ..ModuleFiles::default() },
        ])
    }

    #[test]
    fn files_of_a_module_are_read_where_its_folder_is_the_module_of_the_plan() {
        let all = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            std::fs::create_dir_all(all.path().join(path).parent().unwrap()).unwrap();
            std::fs::write(all.path().join(path), text).unwrap();
        };
        write("stack/main.tf", "");
        write("modules/m/main.tf", "locals {}");
        write("modules/m/policies/a.json", "{}");
        write("modules/secret", "s");
        let stack = all.path().join("stack");
        let read = |folder: &str, text: &str, path: &str| {
            FolderFiles::of_sources(&stack, &sources(folder, text)).read(path).is_some()
        };
        assert!(read("../modules/m", "locals {}", "../modules/m/policies/a.json"));
        assert!(!read("../modules/m", "locals {}", "../modules/secret"), "it lies beside the module");
        assert!(!read("../modules/m", "# other", "../modules/m/policies/a.json"), "it is another module");
        assert!(!read("../modules", "locals {}", "../modules/secret"), "no file of a module lies there");
        let files = FolderFiles::of_sources(&stack, &sources("../modules/m", "locals {}"));
        assert!(files.read("../modules/m/policies/a.json").is_some());
        assert_eq!(files.find_changed(), None);
        write("modules/m/policies/a.json", "[]");
        assert_eq!(files.find_changed().as_deref(), Some("../modules/m/policies/a.json"));
    }

    #[test]
    fn a_folder_is_all_files_in_it() {
        let all = tempfile::tempdir().unwrap();
        let write = |path: &str| {
            std::fs::create_dir_all(all.path().join(path).parent().unwrap()).unwrap();
            std::fs::write(all.path().join(path), path).unwrap();
        };
        ["conf/b", "conf/a/c", "conf/a.d"].into_iter().for_each(write);
        let files = FolderFiles::of_sources(all.path(), &Sources::default());
        let listed = ["conf/a.d", "conf/a/c", "conf/b"].map(str::to_owned).to_vec();
        assert_eq!(files.list_folder("conf"), Some(listed.clone()));
        assert_eq!(files.list_folder("./conf/").unwrap().len(), 3);
        assert!(listed.iter().all(|path| files.read(path).is_some()));
        assert_eq!(files.list_folder("conf/b"), None, "it is a file");
        assert_eq!(files.list_folder(".."), None, "it lies outside");
        #[cfg(unix)]
        std::os::unix::fs::symlink("b", all.path().join("conf/link")).unwrap();
        assert_eq!(files.list_folder("conf"), None, "it holds a symbolic link");
    }

    #[test]
    fn only_regular_files_below_the_folder_are_read() {
        let outside = tempfile::tempdir().unwrap();
        std::fs::write(outside.path().join("secret"), "s").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        std::fs::create_dir(root.join("modules")).unwrap();
        std::fs::write(root.join("modules/a.tpl"), "text").unwrap();
        std::fs::write(root.join("large"), vec![b'x'; (1 << 20) + 1]).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(outside.path(), root.join("link")).unwrap();
        let files = FolderFiles::of_sources(root, &Sources::default());
        for path in ["modules/a.tpl", "./modules/../modules/a.tpl"] {
            assert_eq!(&*files.read(path).unwrap().bytes, b"text", "{path}");
        }
        let secret = outside.path().join("secret");
        let escape = format!("../{}/secret", outside.path().file_name().unwrap().to_str().unwrap());
        for path in ["modules", "large", "absent", "link/secret", &escape, secret.to_str().unwrap()] {
            assert!(files.read(path).is_none(), "{path}");
        }
        assert_eq!(files.list_read().len(), 2);
        assert_eq!(files.find_changed(), None, "what may not be read is not taken for something new");
        std::fs::write(root.join("modules/a.tpl"), "other").unwrap();
        assert_eq!(files.find_changed().as_deref(), Some("./modules/../modules/a.tpl"));
    }

    #[test]
    fn what_comes_or_goes_after_it_was_asked_for_has_changed() {
        let all = tempfile::tempdir().unwrap();
        std::fs::create_dir(all.path().join("conf")).unwrap();
        std::fs::write(all.path().join("conf/a"), "a").unwrap();
        let at = |path: &str| all.path().join(path);
        let files = FolderFiles::of_sources(all.path(), &Sources::default());
        assert!(files.list_folder("conf").is_some() && files.list_folder("later").is_none());
        assert!(files.read("warm.sh").is_none());
        assert_eq!(files.find_changed(), None);
        std::fs::write(at("conf/b"), "b").unwrap();
        assert_eq!(files.find_changed().as_deref(), Some("conf/b"), "it was added to a folder");
        std::fs::rename(at("conf/b"), at("warm.sh")).unwrap();
        assert_eq!(files.find_changed().as_deref(), Some("warm.sh"), "nothing was there");
        std::fs::rename(at("warm.sh"), at("elsewhere")).unwrap();
        std::fs::rename(at("conf/a"), at("a")).unwrap();
        assert_eq!(files.find_changed().as_deref(), Some("conf/a"), "it is gone");
        std::fs::rename(at("a"), at("conf/a")).unwrap();
        std::fs::create_dir(at("later")).unwrap();
        assert_eq!(files.find_changed().as_deref(), Some("later"), "the folder is new");
    }
}
