//! The plans that a command is to look at.
//!
//! Takes paths as a user types them and returns the plans, one after the other, so that a folder of them needs the memory
//! of one. A plan file (`tfplan`) is turned into JSON by the Terraform or OpenTofu that is there, and gives its sources
//! as well.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::code_owners::find_folder;
use super::plan_evidence::{EvidenceDemand, PlanEvidence};
use super::plan_file::{self, GivenSources, PlanFile, is_plan_file};
use super::repository::{RepositoryFiles, RunFolder};
use super::source_files::FolderFiles;
use super::terraform::Program;
use super::{Failure, input};
use crate::cli::PlanArgs;
use crate::plan::{ByteSize, Expressions, NotAPlan, Plan, decode};
use crate::sources::{FileStore, ReadFile, Sources};

/// The plans that were named, in order; folders give their plan files and `*.json` in order of name.
#[derive(Clone, Debug)]
pub(super) struct Plans {
    paths: Vec<PathBuf>,
    sources: Option<PathBuf>,
    source_root: Option<PathBuf>,
    terraform: Option<PathBuf>,
    trust_references: bool,
    max_size: ByteSize,
    demand: EvidenceDemand,
}

/// One plan that is handed over.
#[derive(Clone, Copy, Debug)]
pub(super) enum GivenPlan<'a> {
    File(&'a Path),
    Text {
        /// What messages call it.
        name: &'a str,
        text: &'a str,
    },
}

/// One plan as text, with what is known of its expressions.
#[derive(Debug)]
pub(super) struct PlanText {
    name: String,
    text: String,
    sources: Option<Sources>,
    /// The same, where they were handed over beside the plan.
    given: Option<GivenSources>,
    plan_file: Option<PlanFile>,
    /// What lies beside the sources, where there are any.
    files: Option<Arc<FolderFiles>>,
    /// What a record keeps of it, where one is asked for.
    evidence: Option<PlanEvidence>,
    trust_references: bool,
}

impl Plans {
    /// Finds them. `source_root` is the folder in which Terraform runs, where that is known besides.
    pub(super) fn find(
        args: &PlanArgs,
        source_root: Option<&Path>,
        demand: EvidenceDemand,
    ) -> Result<Self, Failure> {
        let PlanArgs { plans: paths, sources, terraform, trust_references, max_plan_size, .. } = args;
        let source_root = source_root.or(args.source_root.as_deref());
        let mut found = Vec::new();
        for path in paths {
            if path.is_dir() { found.extend(list_below(path)?) } else { found.push(path.clone()) }
        }
        if sources.is_some() && found.len() != 1 {
            return Err(Failure::Missing {
                message: format!("`--sources` applies to one plan, found {}", found.len()),
                help: "check one plan at a time".to_owned(),
            });
        }
        Ok(Self {
            paths: found,
            sources: sources.clone(),
            source_root: source_root.map(Path::to_owned),
            terraform: terraform.clone(),
            trust_references: *trust_references,
            max_size: *max_plan_size,
            demand,
        })
    }

    /// Those of which nobody names a path before; see [`Self::read_given`].
    pub(super) fn without_paths(args: &PlanArgs) -> Self {
        let PlanArgs { source_root, terraform, trust_references, max_plan_size, .. } = args;
        Self {
            paths: Vec::new(),
            sources: None,
            source_root: source_root.clone(),
            terraform: terraform.clone(),
            trust_references: *trust_references,
            max_size: *max_plan_size,
            demand: EvidenceDemand::None,
        }
    }

    /// The same, of a plan whose sources lie in this plan file.
    pub(super) fn with_sources(&self, sources: Option<PathBuf>) -> Self {
        Self { sources, ..self.clone() }
    }

    /// Reads one plan: from a file, or from text that is at hand and has a name.
    pub(super) fn read_given(&self, given: GivenPlan<'_>) -> Result<PlanText, Failure> {
        match given {
            GivenPlan::File(path) => self.read(path),
            GivenPlan::Text { name, text } => {
                self.read_bytes(name.to_owned(), text.as_bytes().to_vec(), Path::new("."))
            }
        }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.paths.len()
    }

    /// Reads the first of them.
    pub(super) fn first(&self) -> Result<PlanText, Failure> {
        self.paths.first().map_or_else(|| Err(no_plan(Path::new("."))), |path| self.read(path))
    }

    /// Reads the others, one by one.
    pub(super) fn others(&self) -> impl Iterator<Item = Result<PlanText, Failure>> {
        self.paths.iter().skip(1).map(|path| self.read(path))
    }

    fn read(&self, path: &Path) -> Result<PlanText, Failure> {
        let (name, bytes) = input::read_one(path, self.max_size)?;
        self.read_bytes(name, bytes, path)
    }

    /// Makes a plan of bytes. `path` is where they are from: files beside it may be read.
    fn read_bytes(&self, name: String, bytes: Vec<u8>, path: &Path) -> Result<PlanText, Failure> {
        let given = self.sources.as_deref().map(plan_file::read_sources).transpose()?;
        let (mut sources, mut plan_file) = (None, None);
        let bytes = match PlanFile::recognise(&name, bytes) {
            Ok((file, own)) => {
                let failure = |error| Failure::Terraform { name: name.clone(), error };
                let program = Program::find(self.terraform.as_deref()).map_err(failure)?;
                let shown = program.show(&file.bytes, self.max_size).map_err(failure)?;
                (plan_file, sources) = (Some(file), Some(own));
                shown
            }
            // Another zip than a plan file has no sources, and is named for what it is.
            Err(bytes) => bytes,
        };
        let beside = self.sources.as_deref().unwrap_or(path).parent();
        let root = self.source_root.as_deref().or(beside).unwrap_or(Path::new("."));
        let mut given: Option<GivenSources> = given;
        let read = sources.as_mut().or(given.as_mut().map(|given| &mut given.sources));
        let files = read.map(|sources| {
            let run =
                RunFolder { named: self.source_root.as_deref(), beside: beside.unwrap_or(Path::new(".")) };
            let repository = RepositoryFiles::find(run, sources);
            let files = FolderFiles::of_sources(root, sources).with_repository(repository);
            let files = Arc::new(files);
            sources.set_root_folder(find_folder(root));
            sources.set_files(Arc::<FolderFiles>::clone(&files));
            files
        });
        let evidence = match self.demand {
            EvidenceDemand::None => None,
            EvidenceDemand::Digests => {
                Some(PlanEvidence::collect(&bytes, plan_file.as_ref(), given.as_ref()))
            }
        };
        let evidence =
            evidence.transpose().map_err(|error| Failure::Sources { name: name.clone(), error })?;
        let text = decode_text(bytes, self.max_size)
            .map_err(|error| Failure::Plan { name: name.clone(), error: error.into() })?;
        let trust_references = self.trust_references;
        Ok(PlanText { name, text, sources, given, plan_file, files, evidence, trust_references })
    }
}

impl PlanText {
    /// The plan.
    pub(super) fn read_plan(&mut self) -> Result<Plan<'_>, Failure> {
        let failure = |error| Failure::Plan { name: self.name.clone(), error };
        let mut plan = Plan::read(&self.text).map_err(failure)?;
        if let Some(given) = &self.given {
            given.check(&plan).map_err(|error| Failure::Sources { name: given.name.clone(), error })?;
        }
        let given = self.given.take().map(|given| given.sources);
        plan.attach(match self.sources.take().or(given) {
            Some(sources) => Expressions::Written(sources),
            None if self.trust_references => Expressions::Trusted,
            None => Expressions::Unseen,
        });
        Ok(plan)
    }

    /// The files beside the sources that were read for it, in order of path.
    pub(super) fn list_read_files(plan: &Plan<'_>) -> Vec<ReadFile> {
        plan.sources().and_then(Sources::files).map(FileStore::list_read).unwrap_or_default()
    }

    /// The plan file that it was made from, where it was.
    pub(super) fn plan_file(&self) -> Option<&PlanFile> {
        self.plan_file.as_ref()
    }

    /// Returns a file beside the sources that is no longer as it was when it was read.
    pub(super) fn find_changed_file(&self) -> Option<String> {
        self.files.as_ref()?.find_changed()
    }

    /// The digest of a file beside the sources, as it is judged; none where there is no such file.
    pub(super) fn digest_file(&self, path: &str) -> Option<String> {
        Some(self.files.as_ref()?.read(path)?.sha256.to_string())
    }

    /// Takes what a record keeps of it.
    pub(super) fn take_evidence(&mut self) -> Option<PlanEvidence> {
        self.evidence.take()
    }

    /// What messages call it.
    pub(super) fn name(&self) -> String {
        self.name.clone()
    }
}

/// The bytes as text, without another copy of what is UTF-8 already.
pub(super) fn decode_text(mut bytes: Vec<u8>, most: ByteSize) -> Result<String, NotAPlan> {
    let mark = match decode(&bytes, most)? {
        Cow::Owned(text) => return Ok(text),
        Cow::Borrowed(text) => bytes.len() - text.len(),
    };
    bytes.drain(..mark);
    String::from_utf8(bytes).map_err(|_| NotAPlan::NotText)
}

fn list_below(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let name = folder.display().to_string();
        let entry = entry.map_err(|error| Failure::Read { name, error: error.into() })?;
        let is_json = entry.path().extension().is_some_and(|name| name.eq_ignore_ascii_case("json"));
        if entry.depth() > 0 && entry.path_is_symlink() {
            // Passed over, it would be a plan that nobody judged, or a folder of them.
            return Err(Failure::Missing {
                message: format!("`{}` is a symbolic link, which is not followed", entry.path().display()),
                help: "pass its target as well".to_owned(),
            });
        }
        if !entry.file_type().is_file() {
            continue;
        }
        let failure = |error| Failure::Read { name: entry.path().display().to_string(), error };
        if is_json || is_plan_file(entry.path()).map_err(failure)? {
            paths.push(entry.into_path());
        }
    }
    if paths.is_empty() { Err(no_plan(folder)) } else { Ok(paths) }
}

fn no_plan(folder: &Path) -> Failure {
    Failure::Missing {
        message: format!("no plan file and no `*.json` in `{}`", folder.display()),
        help: "write `terraform show -json tfplan` into files that end in `.json`".to_owned(),
    }
}
