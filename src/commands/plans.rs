//! The plans that a command is to look at.
//!
//! Takes paths as a user types them and returns the plans, one after the other, so that a folder of them needs the memory
//! of one. A plan file (`tfplan`) is turned into JSON by the Terraform or OpenTofu that is there, and gives its sources
//! as well.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Failure, input, plan_file};
use crate::plan::{Expressions, NotAPlan, Plan, decode};
use crate::sources::Sources;

/// What reads plan files, in the order in which they are asked.
const PROGRAMS: [&str; 2] = ["terraform", "tofu"];

/// How a zip begins, which a plan file is.
const ZIP: &[u8] = b"PK\x03\x04";

/// The plans that were named, in order; folders give their `*.json` in order of name.
#[derive(Debug)]
pub(super) struct Plans {
    paths: Vec<PathBuf>,
    sources: Option<PathBuf>,
    trust_references: bool,
}

/// One plan as text, with what is known of its expressions.
#[derive(Debug)]
pub(super) struct PlanText {
    name: String,
    text: String,
    sources: Option<Sources>,
    trust_references: bool,
}

impl Plans {
    /// Finds them.
    pub(super) fn find(
        paths: &[PathBuf],
        sources: Option<&Path>,
        trust_references: bool,
    ) -> Result<Self, Failure> {
        let mut found = Vec::new();
        for path in paths {
            if path.is_dir() { found.extend(below(path)?) } else { found.push(path.clone()) }
        }
        if sources.is_some() && found.len() != 1 {
            return Err(Failure::Missing {
                message: format!("`--sources` applies to one plan, found {}", found.len()),
                help: "check one plan at a time".to_owned(),
            });
        }
        Ok(Self { paths: found, sources: sources.map(Path::to_owned), trust_references })
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
        let (name, mut bytes) = input::one(path)?;
        let mut sources = self.sources.as_deref().map(plan_file::sources).transpose()?;
        // Another zip than a plan file has no sources, and is named for what it is.
        if bytes.starts_with(ZIP)
            && path != Path::new("-")
            && let Ok(own) = plan_file::sources(path)
        {
            bytes = shown(path, &name)?;
            sources = Some(own);
        }
        let text = text(bytes).map_err(|error| Failure::Plan { name: name.clone(), error: error.into() })?;
        Ok(PlanText { name, text, sources, trust_references: self.trust_references })
    }
}

impl PlanText {
    /// The plan.
    pub(super) fn plan(&mut self) -> Result<Plan<'_>, Failure> {
        let expressions = match self.sources.take() {
            Some(sources) => Expressions::Written(sources),
            None if self.trust_references => Expressions::Trusted,
            None => Expressions::Unseen,
        };
        let failure = |error| Failure::Plan { name: self.name.clone(), error };
        let mut plan = Plan::read(&self.text).map_err(failure)?;
        plan.attach(expressions);
        Ok(plan)
    }

    /// What messages call it.
    pub(super) fn name(&self) -> String {
        self.name.clone()
    }
}

/// The JSON of a plan file.
fn shown(path: &Path, name: &str) -> Result<Vec<u8>, Failure> {
    let mut said = Vec::new();
    for program in PROGRAMS {
        match Command::new(program).args(["show", "-json"]).arg(path).output() {
            Ok(output) if output.status.success() => return Ok(output.stdout),
            Ok(output) => {
                let stderr = String::from_utf8_lossy(&output.stderr);
                let stderr = anstream::adapter::strip_str(&stderr).to_string();
                let lines = stderr.lines().map(|line| line.trim_matches(['│', '╷', '╵', ' ']));
                let first = lines.filter(|line| !line.is_empty()).take(3).collect::<Vec<_>>().join(" ");
                said.push(format!("`{program} show -json` says: {first}"));
            }
            Err(_) => said.push(format!("`{program}` is not installed")),
        }
    }
    Err(Failure::Missing {
        message: format!("cannot read `{name}`, a plan file or another zip: {}", said.join("; ")),
        help:
            "run `check` in the folder where it was made, after `init`, or pass the output of `terraform show -json`"
                .to_owned(),
    })
}

/// The bytes as text, without another copy of what is UTF-8 already.
fn text(mut bytes: Vec<u8>) -> Result<String, NotAPlan> {
    let mark = match decode(&bytes)? {
        Cow::Owned(text) => return Ok(text),
        Cow::Borrowed(text) => bytes.len() - text.len(),
    };
    bytes.drain(..mark);
    String::from_utf8(bytes).map_err(|_| NotAPlan::NotText)
}

fn below(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let name = folder.display().to_string();
        let entry = entry.map_err(|error| Failure::Read { name, error: error.into() })?;
        let is_json = entry.path().extension().is_some_and(|extension| extension == "json");
        if entry.depth() > 0 && entry.path_is_symlink() {
            // Passed over, it would be a plan that nobody judged, or a folder of them.
            return Err(Failure::Missing {
                message: format!("`{}` is a symbolic link, which is not followed", entry.path().display()),
                help: "pass its target as well".to_owned(),
            });
        }
        if entry.file_type().is_file() && is_json {
            paths.push(entry.into_path());
        }
    }
    if paths.is_empty() { Err(no_plan(folder)) } else { Ok(paths) }
}

fn no_plan(folder: &Path) -> Failure {
    Failure::Missing {
        message: format!("no plan (`*.json`) in `{}`", folder.display()),
        help: "write `terraform show -json tfplan` into files that end in `.json`".to_owned(),
    }
}
