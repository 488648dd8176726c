//! Programs that are run: where they are looked for.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The absolute folders of a search path. Relative ones lead into what is under review.
pub fn absolute_folders(path: Option<&OsStr>) -> Vec<PathBuf> {
    let folders = path.map(|path| std::env::split_paths(path).collect::<Vec<_>>()).unwrap_or_default();
    folders.into_iter().filter(|folder| folder.is_absolute()).collect()
}

/// The programs of a name in the absolute folders of `PATH`, in their order.
pub fn find_programs(name: &Path) -> impl Iterator<Item = PathBuf> {
    let folders = absolute_folders(std::env::var_os("PATH").as_deref());
    let file = name.with_extension(std::env::consts::EXE_EXTENSION);
    folders.into_iter().map(move |folder| folder.join(&file)).filter(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;
    use std::path::PathBuf;

    use super::absolute_folders;

    #[test]
    fn folders_under_review_are_not_searched() {
        let found = absolute_folders(Some(OsStr::new(".::bin:/usr/bin:../x:/opt/bin")));
        assert_eq!(found, [PathBuf::from("/usr/bin"), PathBuf::from("/opt/bin")]);
        assert!(absolute_folders(None).is_empty());
    }
}
