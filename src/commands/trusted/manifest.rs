//! The manifest, from where it is trusted, with what the change proposes.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Trusted, find_source};
use crate::commands::{Failure, input};
use crate::grants::Assumption;
use crate::manifest::{EarlierSerial, Manifest, ManifestError};
use crate::plan::{Alarm, AlarmCause};
use crate::source::git::CommitPath;
use crate::source::{Walk, walk_signed};
use crate::trust::TrustSource;

/// The files of a manifest.
#[derive(Debug)]
pub(in crate::commands) struct ManifestFiles {
    /// What messages call it.
    name: String,
    /// What counts as it stands.
    merged: Walk,
    /// What the work tree holds, where that is another place.
    change: Option<Walk>,
    pub(in crate::commands) source: TrustSource,
    earlier: Option<EarlierSerial>,
    /// The oldest version that is at hand, where there are earlier ones.
    cut_at: Option<String>,
}

/// A manifest, and where it was read.
#[derive(Debug)]
pub(in crate::commands) struct TrustedManifest {
    pub(in crate::commands) manifest: Manifest,
    pub(in crate::commands) source: TrustSource,
    /// What nobody can see from here.
    pub(in crate::commands) assumptions: Vec<Assumption>,
    /// Says that there is none.
    pub(in crate::commands) absence: Option<Alarm>,
}

impl TrustedManifest {
    /// Stands for the manifest that a place does not hold, which an alarm says.
    pub(in crate::commands) fn absent(source: TrustSource) -> Self {
        let absence = Alarm::of_plan(AlarmCause::NoManifest {
            path: source.path.clone(),
            reference: source.commit.as_ref().map(|commit| commit.given.clone()),
        });
        let manifest = Manifest::absent(&source.path);
        Self { manifest, source, assumptions: Vec::new(), absence: Some(absence) }
    }
}

impl Trusted {
    /// Returns the place of the manifest where nothing stands there. A path outside of the repository is not looked at.
    pub(in crate::commands) fn find_absent(&mut self, path: &Path) -> Result<Option<TrustSource>, Failure> {
        let Some((commit, names)) = self.locate(path) else {
            let is_absent = self.commit.is_none() && path.symlink_metadata().is_err();
            return Ok(is_absent.then(|| find_source(path)));
        };
        let root = commit.files.root().clone();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let found = commit.files.find(&root, &names).map_err(|error| commit.failure(error))?;
        Ok(found.is_none().then(|| commit.source(path)))
    }

    /// Reads the files of the manifest at a path.
    pub(in crate::commands) fn read_manifest(&mut self, path: &Path) -> Result<ManifestFiles, Failure> {
        let name = path.display().to_string();
        let Some(commit) = &mut self.commit else {
            if !path.exists() {
                return Err(input::no_manifest(path));
            }
            return Ok(ManifestFiles::in_work_tree(path));
        };
        let Some(names) = super::names_below(&commit.root, path) else {
            return Err(Failure::Missing {
                message: format!(
                    "`{name}` lies outside of the repository, where `--trust-ref` reads nothing"
                ),
                help: "leave out one of `--approvals` and `--trust-ref`".to_owned(),
            });
        };
        let merged = commit.files.walk_signed(CommitPath { names: &names, shown: path }, "hcl");
        let merged = merged.map_err(|error| commit.failure(error))?.ok_or_else(|| commit.missing(path))?;
        let earlier = commit.find_earlier(&names).map_err(|error| commit.failure(error))?;
        // A change that removes the manifest proposes nothing.
        let change = path.symlink_metadata().is_ok().then(|| walk_signed(path, "hcl"));
        Ok(ManifestFiles {
            name,
            merged,
            change,
            source: commit.source(path),
            earlier: earlier.highest,
            cut_at: earlier.cut_at,
        })
    }
}

impl ManifestFiles {
    /// Those at a path, as they stand.
    pub(in crate::commands) fn in_work_tree(path: &Path) -> Self {
        let name = path.display().to_string();
        let (merged, source) = (walk_signed(path, "hcl"), find_source(path));
        Self { name, merged, change: None, source, earlier: None, cut_at: None }
    }

    /// The manifest that they make.
    pub(in crate::commands) fn parse(
        self,
        told: &BTreeMap<String, String>,
    ) -> Result<TrustedManifest, ManifestError> {
        let Self { name, merged, change, mut source, earlier, cut_at } = self;
        let mut manifest = match change {
            None => Manifest::from_walk(&name, merged, told)?,
            Some(change) => {
                let manifest = Manifest::from_walk(&name, merged.clone(), told)?;
                manifest.with_proposals(&name, &merged, change, told)?
            }
        };
        source.serial = manifest.serial.as_ref().map(|serial| serial.value);
        manifest.earlier_serial = earlier;
        let reference = source.commit.as_ref().and_then(|commit| commit.reference.clone());
        let protected = reference.map(|reference| Assumption::ProtectedRef { reference });
        let cut = cut_at.filter(|_| manifest.serial.is_some());
        let unseen = cut.map(|commit| Assumption::UnseenHistory { commit });
        let assumptions = protected.into_iter().chain(unseen).collect();
        Ok(TrustedManifest { manifest, source, assumptions, absence: None })
    }
}
