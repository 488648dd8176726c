//! The file of a record: made once, whole or not at all, and on the disk before anybody relies on it.
//!
//! [`RecordFile::prepare`] takes the path before anything is judged and refuses one at which something is.
//! [`RecordFile::stage`] writes the record beside its place, which is where a full disk is noticed, before the result is
//! said. [`StagedRecord::publish`] gives it its name.

use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::Failure;
use super::output_file::{report_unwritten, sync_folder, write_beside};
use crate::finding::Assessment;
use crate::record::{self, RunEvidence};

/// The place of a record.
#[derive(Debug)]
pub(super) struct RecordFile<'a> {
    path: &'a Path,
}

/// A record that is on the disk and has no name yet.
#[derive(Debug)]
pub(super) struct StagedRecord<'a> {
    path: &'a Path,
    file: NamedTempFile,
}

impl<'a> RecordFile<'a> {
    /// Checks the place; `outputs` are those of the reports.
    pub(super) fn prepare<'o>(
        path: &'a Path,
        mut outputs: impl Iterator<Item = &'o Path>,
    ) -> Result<Self, Failure> {
        if path == Path::new("-") {
            return Err(Failure::Missing {
                message: "a record is a file of its own".to_owned(),
                help: "name a file that does not exist".to_owned(),
            });
        }
        match path.symlink_metadata() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(report_unwritten(path, error)),
            Ok(_) => return Err(already_there(path)),
        }
        let place = locate(path).map_err(|error| report_unwritten(path, error))?;
        if outputs.any(|output| locate(output).is_ok_and(|output| output == place)) {
            return Err(Failure::Missing {
                message: format!("`{}` is to be a record and a report", path.display()),
                help: "name another file".to_owned(),
            });
        }
        Ok(Self { path })
    }

    /// Writes the record of a run to the disk of its place.
    pub(super) fn stage(
        &self,
        assessment: &Assessment,
        evidence: &RunEvidence<'_>,
    ) -> Result<StagedRecord<'a>, Failure> {
        let file =
            record::write(assessment, evidence).and_then(|record| write_beside(self.path, record.as_bytes()));
        let file = file.map_err(|error| report_unwritten(self.path, error))?;
        Ok(StagedRecord { path: self.path, file })
    }
}

impl StagedRecord<'_> {
    /// Gives the record its name, which must still be free. When this returns, the name is on the disk too.
    pub(super) fn publish(self) -> Result<(), Failure> {
        let Self { path, file } = self;
        match file.persist_noclobber(path) {
            Ok(_) => sync_folder(path).map_err(|error| report_unwritten(path, error)),
            Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => Err(already_there(path)),
            Err(failed) => Err(report_unwritten(path, failed.error)),
        }
    }
}

fn already_there(path: &Path) -> Failure {
    Failure::Missing {
        message: format!("`{}` exists, and a record is never replaced", path.display()),
        help: "name a file that does not exist, one for each run".to_owned(),
    }
}

/// The same for every spelling of a path to a file that need not exist.
fn locate(path: &Path) -> io::Result<PathBuf> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().ok_or_else(|| io::Error::other("it names no file"))?;
    Ok(folder.canonicalize()?.join(name))
}
