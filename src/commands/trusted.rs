//! Where the manifest is read, and who can write there.

use std::path::{Path, PathBuf};

use crate::trust::{TrustKind, TrustSource};

/// Says of the path of a manifest whether it lies in the work tree of the change.
pub(super) fn find_source(path: &Path) -> TrustSource {
    let is_inside = match (path.canonicalize(), work_tree().canonicalize()) {
        (Ok(path), Ok(root)) => path.starts_with(root),
        // What cannot be located is not said to be safe.
        _ => true,
    };
    let kind = if is_inside { TrustKind::WorkTree } else { TrustKind::Outside };
    TrustSource { kind, path: path.display().to_string(), ..TrustSource::default() }
}

/// The root of the repository of the current folder; the folder itself where it is in none.
pub(super) fn work_tree() -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    let root = here.ancestors().find(|folder| folder.join(".git").exists());
    root.map(Path::to_owned).unwrap_or(here)
}
