//! Files beside the sources, which `file` and `templatefile` read.
//!
//! Takes the folder in which Terraform ran and returns a [`FolderFiles`], which reads regular files below it and nothing
//! else, and remembers which. Terraform reads them again when it applies, so [`find_changed`] says which of them are no
//! longer the same.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;

use sha2::{Digest as _, Sha256};

use crate::sources::{FileStore, ReadFile, StoredFile};

/// The largest file that is read: 1 MiB. Clouds take user data of 16 KiB and policies of 20 KiB; what is larger is a
/// package that no policy is made of.
const MAX_FILE_BYTES: u64 = 1 << 20;

/// Files that are read for one plan, at most. The largest public stack that was looked at reads some sixty templates.
const MAX_FILES: usize = 1_000;

/// The files below one folder.
#[derive(Debug)]
pub(super) struct FolderFiles {
    /// Without symbolic links; none where there is no such folder.
    root: Option<PathBuf>,
    /// What was asked for, by path; none where there is no such file.
    read: Mutex<BTreeMap<String, Option<StoredFile>>>,
}

impl FolderFiles {
    /// Those of the folder in which Terraform ran.
    pub(super) fn below(folder: &Path) -> Self {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        Self { root: folder.canonicalize().ok(), read: Mutex::default() }
    }

    fn open(&self, path: &str) -> Option<StoredFile> {
        let root = self.root.as_deref()?;
        let is_relative = |part: Component<'_>| !matches!(part, Component::RootDir | Component::Prefix(_));
        if !Path::new(path).components().all(is_relative) {
            return None;
        }
        // Where a symbolic link leads out of the folder, so does what it leads to.
        let whole = root.join(path).canonicalize().ok().filter(|whole| whole.starts_with(root))?;
        let file = File::open(whole).ok()?;
        if !file.metadata().ok()?.is_file() {
            return None;
        }
        let mut bytes = Vec::new();
        file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).ok()?;
        if bytes.len() as u64 > MAX_FILE_BYTES {
            return None;
        }
        let sha256 = format!("{:x}", Sha256::digest(&bytes));
        Some(StoredFile { bytes: bytes.into(), sha256: sha256.into() })
    }
}

impl FileStore for FolderFiles {
    fn read(&self, path: &str) -> Option<StoredFile> {
        let mut read = self.read.lock().ok()?;
        if let Some(known) = read.get(path) {
            return known.clone();
        }
        if read.len() >= MAX_FILES {
            return None;
        }
        let file = self.open(path);
        read.insert(path.to_owned(), file.clone());
        file
    }

    fn list_read(&self) -> Vec<ReadFile> {
        let Ok(read) = self.read.lock() else { return Vec::new() };
        let found = read.iter().filter_map(|(path, file)| {
            let sha256 = file.as_ref()?.sha256.to_string();
            Some(ReadFile { path: path.clone(), sha256 })
        });
        found.collect()
    }
}

/// Returns the first of these files that is not the same below a folder.
pub(super) fn find_changed<'f>(files: &'f [ReadFile], folder: &Path) -> Option<&'f ReadFile> {
    let now = FolderFiles::below(folder);
    files.iter().find(|file| now.open(&file.path).is_none_or(|found| *found.sha256 != *file.sha256))
}

#[cfg(test)]
mod tests {
    use super::{FolderFiles, find_changed};
    use crate::sources::FileStore as _;

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
        let files = FolderFiles::below(root);
        for path in ["modules/a.tpl", "./modules/../modules/a.tpl"] {
            assert_eq!(&*files.read(path).unwrap().bytes, b"text", "{path}");
        }
        let secret = outside.path().join("secret");
        let escape = format!("../{}/secret", outside.path().file_name().unwrap().to_str().unwrap());
        for path in ["modules", "large", "absent", "link/secret", &escape, secret.to_str().unwrap()] {
            assert!(files.read(path).is_none(), "{path}");
        }
        let read = files.list_read();
        assert_eq!(read.len(), 2);
        assert_eq!(find_changed(&read, root), None);
        std::fs::write(root.join("modules/a.tpl"), "other").unwrap();
        assert_eq!(find_changed(&read, root), read.first());
    }
}
