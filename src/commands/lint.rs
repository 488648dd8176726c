//! `lint`: the manifest alone.
//!
//! Takes the manifest's path, a day and a format; writes the problems and returns whether one of them is an error. All
//! mistakes are reported at once, those of decisions beside those of blocks that cannot be read; what expires or is not
//! used is said of a manifest without mistakes.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::input::MANIFEST_FOLDER;
use super::trusted::{ManifestFiles, Trusted};
use super::{Exit, Failure, input};
use crate::authority::review;
use crate::cli::{self, Color, OutputFormat};
use crate::manifest::{ManifestError, TicketExport};
use crate::report::lint::{count_problems, human, json};
use crate::rules;
use crate::source::{Palette, Severity};

/// How problems are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LintFormat {
    /// For people, with ANSI colours.
    Coloured,
    /// For people, without colours.
    Plain,
    /// For programs: `countersign/lint-v1`.
    Json,
}

/// Runs `lint`: files that are named must lie in the manifest, which is always checked as a whole.
///
/// # Errors
///
/// What the writer could not take.
pub fn run(args: &cli::LintArgs, color: Color, out: &mut dyn Write) -> Result<Exit, Failure> {
    let path = find_manifest(&args.paths, args.approvals.as_deref())?;
    let files = Trusted::open(args.trust_ref.as_deref())?.read_manifest(&path)?;
    let format = match args.format {
        OutputFormat::Json => LintFormat::Json,
        OutputFormat::Human if color == Color::Never => LintFormat::Plain,
        OutputFormat::Human => LintFormat::Coloured,
    };
    let tickets = input::read_tickets(args.tickets.as_deref())?;
    let has_errors =
        lint_files(files, tickets, input::choose_day(args.as_of), format, out).map_err(Failure::unwritten)?;
    Ok(if has_errors { Exit::Blocked } else { Exit::Allowed })
}

/// The manifest in which the named files lie; the default one where none is named.
fn find_manifest(paths: &[PathBuf], given: Option<&Path>) -> Result<PathBuf, Failure> {
    let mut found: Option<PathBuf> = given.map(Path::to_owned);
    for path in paths {
        let own = match given {
            Some(given) if lies_in(path, given) => given.to_owned(),
            Some(_) | None => manifest_of(path),
        };
        match &found {
            None => found = Some(own),
            Some(other) if *other == own || lies_in(path, other) => {}
            Some(other) => {
                return Err(Failure::Missing {
                    message: format!(
                        "`{}` does not lie in the manifest `{}`",
                        path.display(),
                        other.display()
                    ),
                    help: "lint one manifest at a time".to_owned(),
                });
            }
        }
    }
    Ok(found.unwrap_or_else(|| input::manifest_path(None)))
}

/// A folder is a manifest. A file lies in the nearest folder above it that has the manifest's usual name, or in the
/// default manifest, or is one by itself.
fn manifest_of(path: &Path) -> PathBuf {
    if path.is_dir() {
        return path.to_owned();
    }
    let is_manifest = |folder: &&Path| folder.file_name().is_some_and(|name| name == MANIFEST_FOLDER);
    if let Some(folder) = path.ancestors().skip(1).find(is_manifest) {
        return folder.to_owned();
    }
    let default = input::manifest_path(None);
    if lies_in(path, &default) { default } else { path.to_owned() }
}

fn lies_in(path: &Path, manifest: &Path) -> bool {
    match (path.canonicalize(), manifest.canonicalize()) {
        (Ok(path), Ok(manifest)) => path.starts_with(manifest),
        _ => false,
    }
}

/// Writes what is wrong with a manifest on a day, and returns whether some of it is an error.
///
/// # Errors
///
/// What the writer could not take.
pub fn lint(path: &Path, as_of: Date, format: LintFormat, out: &mut dyn Write) -> io::Result<bool> {
    lint_files(ManifestFiles::in_work_tree(path), None, as_of, format, out)
}

fn lint_files(
    files: ManifestFiles,
    tickets: Option<TicketExport>,
    as_of: Date,
    format: LintFormat,
    out: &mut dyn Write,
) -> io::Result<bool> {
    let problems = match rules::load(Vec::new()) {
        Ok(rules) => match input::read_manifest(files, &BTreeMap::new(), &rules, as_of) {
            Ok(read) => {
                let mut manifest = read.manifest;
                manifest.tickets = tickets;
                review(&manifest, as_of)
            }
            // Of decisions with mistakes around them it is not asked how long they still hold.
            Err(ManifestError { problems, .. }) => problems,
        },
        Err(problems) => problems,
    };
    match format {
        LintFormat::Coloured => human::write(&problems, Palette::Coloured, out)?,
        LintFormat::Plain => human::write(&problems, Palette::Plain, out)?,
        LintFormat::Json => json::write(&problems, out)?,
    }
    Ok(count_problems(&problems, Severity::Error) > 0)
}
