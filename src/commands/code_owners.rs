//! `CODEOWNERS` of the repository, and where in it Terraform ran.
//!
//! The file is looked for where the forges look, in the commit that decisions are read from, or else in the work tree. It names
//! who answers for a file and authorizes nothing.

use std::fs::File;
use std::io::Read;
use std::path::{Component, Path};

use super::trusted::{Trusted, work_tree};
use crate::manifest::CodeOwners;
use crate::plan::ByteSize;

/// The largest file that is read: 3 MB, as on GitHub.
const MAX_BYTES: u64 = 3_000_000;

/// Reads the first `CODEOWNERS` that there is; `None` where there is none that can be read.
pub(super) fn read_code_owners(trusted: &mut Trusted) -> Option<CodeOwners> {
    let root = work_tree();
    let read = |name: &str| {
        let path = root.join(name);
        if let Ok(Some(merged)) = trusted.read(&path, ByteSize::OF_INPUT) {
            let text = String::from_utf8(merged?).ok()?;
            return (text.len() as u64 <= MAX_BYTES).then(|| CodeOwners::read(name, &text, true));
        }
        if !path.symlink_metadata().ok()?.is_file() {
            return None;
        }
        let mut text = String::new();
        let length = File::open(path).ok()?.take(MAX_BYTES + 1).read_to_string(&mut text).ok()?;
        (length as u64 <= MAX_BYTES).then(|| CodeOwners::read(name, &text, false))
    };
    CodeOwners::PATHS.into_iter().find_map(read)
}

/// Finds the path of a folder in the repository; `None` where it lies outside.
pub(super) fn find_folder(folder: &Path) -> Option<String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let (folder, root) = (folder.canonicalize().ok()?, work_tree().canonicalize().ok()?);
    let parts = folder.strip_prefix(root).ok()?.components().map(|part| match part {
        Component::Normal(name) => name.to_str(),
        Component::Prefix(_) | Component::RootDir | Component::CurDir | Component::ParentDir => None,
    });
    Some(parts.collect::<Option<Vec<&str>>>()?.join("/"))
}
