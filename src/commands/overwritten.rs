//! Outputs that would replace an input.
//!
//! Takes the arguments of `check` and refuses an `--output` that names a file which the same run reads: a plan, its sources, a
//! file of the manifest, a rule pack, the catalogue, the tickets. It is asked before anything is written or taken away.

use std::path::{Path, PathBuf};

use super::plan_file::is_plan_file;
use super::{Failure, catalog, input};
use crate::cli::CheckArgs;

/// Refuses the first output that is an input.
///
/// # Errors
///
/// Such an output.
pub(super) fn refuse_overwritten_inputs(args: &CheckArgs) -> Result<(), Failure> {
    let manifest = input::manifest_path(args.judge.approvals.as_deref());
    let catalog = args.judge.plan.catalog.clone().unwrap_or_else(|| catalog::find_beside(&manifest));
    let read: Vec<InputPath> = [
        (args.judge.plan.plans.clone(), is_plan as fn(&Path) -> bool),
        (args.judge.plan.sources.iter().cloned().collect(), is_plan),
        (args.judge.plan.rules.clone(), |path| has_extension(path, &["hcl", "table"])),
        (vec![manifest], |path| has_extension(path, &["hcl"])),
        (vec![catalog], |_| true),
        (args.judge.tickets.iter().cloned().collect(), |_| true),
    ]
    .into_iter()
    .flat_map(|(paths, is_read)| paths.into_iter().filter_map(move |path| InputPath::new(&path, is_read)))
    .collect();
    let is_input =
        |path: &Path| path.canonicalize().is_ok_and(|path| read.iter().any(|one| one.reads(&path)));
    match args.output.iter().find(|(_, path)| is_input(path)) {
        None => Ok(()),
        Some((_, path)) => Err(Failure::Missing {
            message: format!("`{}` is an input, and a report would replace it", path.display()),
            help: "name another file".to_owned(),
        }),
    }
}

/// A file that is read, or a folder in which some are.
struct InputPath {
    path: PathBuf,
    is_read: fn(&Path) -> bool,
}

impl InputPath {
    fn new(path: &Path, is_read: fn(&Path) -> bool) -> Option<Self> {
        Some(Self { path: path.canonicalize().ok()?, is_read })
    }

    fn reads(&self, path: &Path) -> bool {
        path == self.path || path.starts_with(&self.path) && (self.is_read)(path)
    }
}

fn is_plan(path: &Path) -> bool {
    has_extension(path, &["json"]) || is_plan_file(path).unwrap_or(true)
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    let is_one = |name: &str| extensions.iter().any(|known| name.eq_ignore_ascii_case(known));
    path.extension().and_then(|name| name.to_str()).is_some_and(is_one)
}
