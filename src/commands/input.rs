//! What commands read besides plans.
//!
//! Takes paths and options as a user gives them and returns rule packs, the manifest, facts, the day, and single files. What
//! is missing or unreadable is a [`Failure`] that names it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::Failure;
use super::trusted::{ManifestFiles, Trusted, TrustedManifest, work_tree};
use crate::authority::{review, review_draft};
use crate::manifest::{Manifest, ManifestError, TicketExport};
use crate::plan::ByteSize;
use crate::resolve::facts::StatedFacts;
use crate::rules::{self, Rules};
use crate::source::{Severity, Source};

/// Packs of the user, checked like the built-in ones, and the files that they are.
pub(super) fn read_rules(
    folders: &[PathBuf],
    trusted: &mut Trusted,
) -> Result<(Rules, Vec<Source>), Failure> {
    let failure = |problems| Failure::Problems { message: "errors in the rule packs".to_owned(), problems };
    let mut sources = Vec::new();
    for folder in folders {
        for extension in ["hcl", "table"] {
            sources.extend(trusted.walk(folder, extension)?.complete().map_err(failure)?);
        }
    }
    let rules = rules::load(sources.clone()).map_err(failure)?;
    Ok((rules, sources))
}

/// The manifest, as [`load_manifest`] reads it; where nobody named one and there is none, an alarm stands for it.
pub(super) fn load_manifest_or_none(
    given: Option<&Path>,
    told: &[(String, String)],
    rules: &Rules,
    as_of: Date,
    trusted: &mut Trusted,
) -> Result<TrustedManifest, Failure> {
    // A path that somebody named and that is not there is a mistake; one that nobody named is a first use.
    if given.is_none()
        && let Some(source) = trusted.find_absent(&manifest_path(given))?
    {
        return Ok(TrustedManifest::absent(source));
    }
    load_manifest(given, told, rules, as_of, trusted)
}

/// The manifest, from where it was given or from `approvals/` at the root of the repository. One whose declarations or
/// references have no meaning beside the rule packs is refused.
pub(super) fn load_manifest(
    given: Option<&Path>,
    told: &[(String, String)],
    rules: &Rules,
    as_of: Date,
    trusted: &mut Trusted,
) -> Result<TrustedManifest, Failure> {
    let path = manifest_path(given);
    let files = trusted.read_manifest(&path)?;
    let told = told.iter().cloned().collect();
    let manifest = read_manifest(files, &told, rules, as_of);
    manifest.map_err(|mut error| {
        // Neglect keeps nobody from judging; `lint` speaks of it.
        error.problems.retain(|problem| problem.severity == Severity::Error);
        Failure::Problems { message: error.to_string(), problems: error.problems }
    })
}

/// Reads a manifest; what is wrong with it is told at once, across its layers.
pub(super) fn read_manifest(
    files: ManifestFiles,
    told: &BTreeMap<String, String>,
    rules: &Rules,
    as_of: Date,
) -> Result<TrustedManifest, ManifestError> {
    let check =
        |manifest: &Manifest| [manifest.check_declarations(rules), manifest.check_references(rules)].concat();
    match files.parse(told) {
        Ok(read) => {
            let problems = check(&read.manifest);
            if problems.is_empty() {
                return Ok(read);
            }
            Err(ManifestError::new(problems).with(review(&read.manifest, as_of)))
        }
        Err(error) => {
            let more = error
                .draft
                .as_deref()
                .map(|draft| [check(&draft.manifest), review_draft(draft, as_of)].concat());
            Err(error.with(more.unwrap_or_default()))
        }
    }
}

/// What the first file of a manifest looks like.
const FIRST_MANIFEST: &str = r#"write one there, such as `approvals/access.hcl`:

  process_owner = "TEAM"
  system "SYSTEM" { owner = "TEAM" }
  authority "SYSTEM" {
    approvers    = ["LOGIN"]
    systems      = ["SYSTEM"]
    max_duration = "120d"
  }
  approval "TICKET" {
    justification = "WHY"
    system        = "SYSTEM"
    requester     = "ANOTHER-LOGIN"
    approvers     = ["LOGIN"]
    approved_on   = "YYYY-MM-DD"
    expires_on    = "YYYY-MM-DD"
    grant "aws" {
      principals = ["arn:aws:iam::111122223333:role/ROLE"]
      actions    = ["s3:GetObject"]
      resources  = ["arn:aws:s3:::BUCKET/*"]
    }
  }"#;

pub(super) fn no_manifest(path: &Path) -> Failure {
    Failure::Missing {
        message: format!("no manifest at `{}`", path.display()),
        help: format!("set `--approvals PATH`, run `countersign init PLAN`, or {FIRST_MANIFEST}"),
    }
}

/// The folder at the root of a repository in which the manifest is looked for.
pub(super) const MANIFEST_FOLDER: &str = "approvals";

pub(super) fn manifest_path(given: Option<&Path>) -> PathBuf {
    if let Some(path) = given {
        return path.to_owned();
    }
    let here = std::env::current_dir().unwrap_or_default();
    let path = work_tree().join(MANIFEST_FOLDER);
    match path.strip_prefix(&here) {
        // The current folder is the manifest.
        Ok(below) if below.as_os_str().is_empty() => PathBuf::from("."),
        Ok(below) => below.to_owned(),
        Err(_) => path,
    }
}

/// The export of tickets, where one is named. It is read as it stands: it can only take approvals away.
pub(super) fn read_tickets(given: Option<&Path>) -> Result<Option<TicketExport>, Failure> {
    let Some(path) = given else { return Ok(None) };
    let (name, text) = read_text(path)?;
    TicketExport::read(&name, &text).map(Some).map_err(|error| Failure::Tickets { name, error })
}

/// Today, UTC, where no day was given.
pub(super) fn choose_day(given: Option<Date>) -> Date {
    given.unwrap_or_else(|| jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date())
}

/// Facts of the command line go before those of the manifest.
pub(super) fn read_facts(given: &[(String, String)], manifest: Option<&Manifest>) -> StatedFacts {
    let mut facts = StatedFacts::new();
    if let Some(manifest) = manifest {
        facts.extend(manifest.facts.iter().map(|(label, fact)| (label.clone(), fact.value.clone())));
    }
    facts.extend(given.iter().cloned());
    facts
}

/// One file, or `-` for standard input, with its name for people. Of one that has more bytes than `most` one byte more is
/// returned, so that an endless file ends and the caller sees that there is more.
pub(super) fn read_one(path: &Path, most: ByteSize) -> Result<(String, Vec<u8>), Failure> {
    let name = path.display().to_string();
    if name == "-" {
        let name = "standard input".to_owned();
        return match read_limited(io::stdin().lock(), most) {
            Ok(bytes) => Ok((name, bytes)),
            Err(error) => Err(Failure::Read { name, error }),
        };
    }
    match open(path).and_then(|file| read_limited(file, most)) {
        Ok(bytes) => Ok((name, bytes)),
        Err(error) => Err(Failure::Read { name, error }),
    }
}

/// Opens a file, without waiting for somebody who writes into a pipe that nobody has opened.
fn open(path: &Path) -> io::Result<File> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        let is_pipe = path.metadata()?.file_type().is_fifo();
        // One that the shell made for a process substitution has a writer, who may need a moment.
        if is_pipe && !path.starts_with("/dev/fd") && !path.starts_with("/proc/self/fd") {
            return Err(io::Error::other("it is a named pipe; pass `-` and redirect it to standard input"));
        }
    }
    File::open(path)
}

fn read_limited(input: impl Read, most: ByteSize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(most.bytes().saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// One text, with what messages call it.
pub(super) fn read_text(path: &Path) -> Result<(String, String), Failure> {
    let (name, bytes) = read_one(path, ByteSize::OF_INPUT)?;
    if ByteSize::OF_INPUT.is_exceeded_by(&bytes) {
        let error = io::Error::other(format!("it is larger than {}", ByteSize::OF_INPUT));
        return Err(Failure::Read { name, error });
    }
    let text = check_text(&name, bytes)?;
    Ok((name, text))
}

/// The text that bytes are.
pub(super) fn check_text(name: &str, bytes: Vec<u8>) -> Result<String, Failure> {
    let error = || io::Error::other("it is not UTF-8 text");
    String::from_utf8(bytes).map_err(|_| Failure::Read { name: name.to_owned(), error: error() })
}
