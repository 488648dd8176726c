//! `catalog build`: what one's own clouds print about their roles, as one file that `check` and `grants` read.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::plan_evidence::EvidenceDemand;
use super::trusted::Trusted;
use super::{Exit, Failure, input, output_file, schema};
use crate::catalog::printed::{LeftOutRole, PrintedRoles};
use crate::catalog::roles::{self, Role};
use crate::catalog::{Catalog, Roles};
use crate::cli::{CatalogBuildArgs, CatalogCommand};
use crate::plan::ByteSize;
use crate::record::NamedDigest;
use crate::source::{escape_invisible, hash_bytes};
use crate::words::{describe_left_out, describe_reason};

/// The name of the file that is found without being named.
const FILE: &str = "catalog.jsonl";
/// Roles that are named one by one, at most.
const LISTED: usize = 10;

/// Runs what was asked for.
///
/// # Errors
///
/// What can't be read or written, and what is wrong with it.
pub fn run(command: &CatalogCommand, out: &mut dyn Write) -> Result<Exit, Failure> {
    match command {
        CatalogCommand::Build(args) => build(args, out),
        CatalogCommand::Schema(args) => schema::run(args, out),
    }
}

fn build(args: &CatalogBuildArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mut printed = PrintedRoles::default();
    for path in &args.files {
        let (name, text) = input::read_text(path)?;
        printed.add(&text).map_err(|error| Failure::Catalog { name, message: error.to_string() })?;
    }
    let (roles, left_out) = printed.finish();
    if roles.is_empty() {
        return Err(Failure::Missing {
            message: "no role with its content in the input".to_owned(),
            help: "`gcloud iam roles list` prints no permissions: use `gcloud iam roles describe` for each role; see `countersign catalog build --help`".to_owned(),
        });
    }
    let path = args.output.clone().unwrap_or_else(|| find_beside(&input::manifest_path(None)));
    let name = path.display().to_string();
    let text = roles::write(&roles, input::choose_day(args.as_of)).map_err(|error| {
        let because = error.reason().map(|reason| format!(": {}", describe_reason(reason)));
        let message = format!("{error}{}", because.unwrap_or_default());
        Failure::Catalog { name: name.clone(), message }
    })?;
    output_file::replace(&path, text.as_bytes())?;
    report(&roles, &left_out, &name, out).map_err(Failure::unwritten)?;
    Ok(Exit::Allowed)
}

fn report(roles: &[Role], left_out: &[LeftOutRole], name: &str, out: &mut dyn Write) -> std::io::Result<()> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for role in roles {
        *counts.entry(&role.dialect).or_default() += 1;
    }
    let counts: Vec<String> = counts.iter().map(|(dialect, count)| format!("{count} of {dialect}")).collect();
    writeln!(out, "{} roles ({}) are in {}", roles.len(), counts.join(", "), escape_invisible(name))?;
    for role in left_out.iter().take(LISTED) {
        writeln!(out, "by name only: {}", escape_invisible(&describe_left_out(role)))?;
    }
    if left_out.len() > LISTED {
        writeln!(out, "by name only: {} more", left_out.len() - LISTED)?;
    }
    Ok(())
}

/// The catalogue that was named, or the one that stands with the approvals; with its digest, where that is asked for.
///
/// # Errors
///
/// A file that can't be read, or that is no catalogue.
pub(super) fn read(
    given: Option<&Path>,
    manifest: &Path,
    trusted: &mut Trusted,
    demand: EvidenceDemand,
) -> Result<(Catalog, Option<NamedDigest>), Failure> {
    let path = match given {
        Some(path) => path.to_owned(),
        None => find_beside(manifest),
    };
    if let Some(found) = trusted.read(&path, ByteSize::OF_INPUT)? {
        let name = path.display().to_string();
        return match found {
            Some(bytes) => read_with_digest(name.clone(), &input::check_text(&name, bytes)?, demand),
            None if given.is_none() => Ok((Catalog::default(), None)),
            None => Err(trusted.missing(&path)),
        };
    }
    if given.is_none() && path.is_symlink() {
        // As in the rest of the manifest: what it means may not be changed from elsewhere.
        return Err(Failure::Catalog {
            name: path.display().to_string(),
            message: "it is a symbolic link, which is not followed; name the file with `--catalog`"
                .to_owned(),
        });
    }
    if given.is_none() && !path.is_file() {
        return Ok((Catalog::default(), None));
    }
    let (name, text) = input::read_text(&path)?;
    read_with_digest(name, &text, demand)
}

fn read_with_digest(
    name: String,
    text: &str,
    demand: EvidenceDemand,
) -> Result<(Catalog, Option<NamedDigest>), Failure> {
    let catalog = read_text(&name, text)?;
    let sha256 = (demand == EvidenceDemand::Digests).then(|| hash_bytes(text.as_bytes()));
    Ok((catalog, sha256.map(|sha256| NamedDigest { name, sha256 })))
}

/// The catalogue of that file.
///
/// # Errors
///
/// A file that can't be read, or that is no catalogue.
pub(super) fn read_named(path: &Path) -> Result<Catalog, Failure> {
    let (name, text) = input::read_text(path)?;
    read_text(&name, &text)
}

fn read_text(name: &str, text: &str) -> Result<Catalog, Failure> {
    let own = Roles::read(name, text)
        .map_err(|error| Failure::Catalog { name: name.to_owned(), message: error.to_string() })?;
    Ok(Catalog { own: Some(own) })
}

/// Where the catalogue of a manifest is: in its folder.
pub(super) fn find_beside(manifest: &Path) -> PathBuf {
    let folder = if manifest.is_file() { manifest.parent().unwrap_or(manifest) } else { manifest };
    folder.join(FILE)
}
