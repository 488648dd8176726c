//! The files that `--output` names.
//!
//! [`OutputFiles::prepare`] takes the paths before anything is judged, refuses what is no regular file, and takes away
//! what an earlier run left there, so that a run which fails leaves no verdict of another. [`OutputFiles::write`] then
//! puts all reports in their places, or none.

use std::io::{self, Write as _};
use std::path::Path;

use tempfile::NamedTempFile;

use super::Failure;

/// Reports that are not yet in their places.
#[derive(Debug)]
pub(super) struct OutputFiles<'a> {
    paths: Vec<&'a Path>,
}

impl<'a> OutputFiles<'a> {
    /// Checks the places and empties them.
    pub(super) fn prepare(paths: impl Iterator<Item = &'a Path>) -> Result<Self, Failure> {
        let paths: Vec<&Path> = paths.collect();
        for path in &paths {
            refuse_other_kinds(path)?;
        }
        let files = Self { paths };
        files.remove()?;
        Ok(files)
    }

    /// Writes one report for each path, in their order.
    pub(super) fn write(&self, reports: &[Vec<u8>]) -> Result<(), Failure> {
        let mut written = Vec::new();
        for (path, report) in self.paths.iter().zip(reports) {
            written.push((*path, write_beside(path, report).map_err(|error| report_unwritten(path, error))?));
        }
        for (path, file) in written {
            let named = file.persist(path).map_err(|error| error.error).and_then(|_| sync_folder(path));
            if let Err(error) = named {
                // Of some reports without the others nobody knows which run they are of.
                self.remove()?;
                return Err(report_unwritten(path, error));
            }
        }
        Ok(())
    }

    /// Takes away what stands there.
    pub(super) fn remove(&self) -> Result<(), Failure> {
        for path in &self.paths {
            match std::fs::remove_file(path) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(report_unwritten(path, error)),
            }
        }
        Ok(())
    }
}

/// Writes a file beside its place and moves it there, so that nobody reads half of it.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    refuse_other_kinds(path)?;
    let file = write_beside(path, bytes).map_err(|error| report_unwritten(path, error))?;
    file.persist(path).map_err(|error| report_unwritten(path, error.error))?;
    sync_folder(path).map_err(|error| report_unwritten(path, error))
}

/// A device, a pipe or a link is not replaced by a file.
fn refuse_other_kinds(path: &Path) -> Result<(), Failure> {
    let is_stdout = path == Path::new("-");
    match path.symlink_metadata() {
        Ok(metadata) if !metadata.is_file() => {}
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(report_unwritten(path, error)),
        Ok(_) | Err(_) if is_stdout => {}
        Ok(_) | Err(_) => return Ok(()),
    }
    Err(Failure::Missing {
        message: format!("`{}` is not a regular file, and only such a file is written", path.display()),
        help: "name a file; the format of standard output is `--format`".to_owned(),
    })
}

/// A file in the folder of its place, under a name that nobody could have taken, readable as other files are.
pub(super) fn write_beside(path: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let folder = folder_of(path);
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // What the umask leaves of it, as for any other file that a program makes.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    folder.metadata()?;
    // The error of the crate names the file that could not be made, which nobody has asked for.
    let mut file = builder.tempfile_in(folder).map_err(|error| io::Error::from(error.kind()))?;
    file.as_file_mut().write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Brings the name of a file to the disk, which is a change of its folder.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    // Elsewhere a folder cannot be opened as a file, and a name is written with its file.
    if cfg!(unix) { std::fs::File::open(folder_of(path))?.sync_all() } else { Ok(()) }
}

pub(super) fn report_unwritten(path: &Path, error: io::Error) -> Failure {
    Failure::Write { name: path.display().to_string(), error }
}
