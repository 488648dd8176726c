//! `review`: who holds what until when.
//!
//! Takes parsed arguments and a writer, reads the manifest and the records, and writes the rows. Nothing is judged that
//! blocks, so the exit code says whether the rows are all there and never whether they are in order.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use super::trusted::{Trusted, TrustedManifest};
use super::{Exit, Failure, input};
use crate::authority::Decisions;
use crate::catalog::Catalog;
use crate::cli::{ReviewArgs, ReviewFormat};
use crate::holdings::{Filter, Population, RecordedUses};
use crate::record::add_uses;
use crate::report::holdings::{ReviewReport, ReviewSource, csv, html, human, json, markdown};
use crate::report::look::Look;
use crate::source::{Source, hash_bytes, walk};

/// Lists what the manifest lets people and machines hold.
///
/// # Errors
///
/// Why something could not be read, or the list not be written.
pub fn run(args: &ReviewArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let as_of = input::choose_day(args.as_of);
    let mut trusted = Trusted::open(args.trust_ref.as_deref())?;
    let (rules, _) = input::read_rules(&[], &mut trusted)?;
    let TrustedManifest { manifest, .. } =
        input::load_manifest(args.approvals.as_deref(), &[], &rules, as_of, &mut trusted)?;
    let mut sources: Vec<ReviewSource> =
        manifest.sources().iter().map(|source| describe_source("manifest", source)).collect();
    let mut uses = RecordedUses::default();
    for source in read_records(&args.records)? {
        let failure = |error| Failure::Record { name: source.name.to_string(), error };
        add_uses(&source.text, &mut uses).map_err(failure)?;
        sources.push(describe_source("record", &source));
    }
    let catalog = Catalog::default();
    let decisions = Decisions::new(&manifest, &catalog, as_of);
    let filter = Filter { due: args.due, system: args.system.clone(), owner: args.owner.clone() };
    let uses = (!args.records.is_empty()).then_some(&uses);
    let population = Population::collect(&manifest, &decisions, as_of, uses, &filter);
    let report = ReviewReport::new(&population, sources);
    let written = match args.format {
        ReviewFormat::Human => human::write(&report, Look::for_terminal(), out),
        ReviewFormat::Json => json::write(&report, out),
        ReviewFormat::Csv => csv::write(&report, out),
        ReviewFormat::Markdown => markdown::write(&report, out),
        ReviewFormat::Html => html::write(&report, out),
    };
    written.map_err(Failure::unwritten)?;
    Ok(Exit::Allowed)
}

fn describe_source(kind: &'static str, source: &Source) -> ReviewSource {
    ReviewSource { kind, name: source.name.to_string(), sha256: hash_bytes(source.text.as_bytes()) }
}

/// The records in files and folders, each file once. A folder without a record says nothing about use, and is refused.
fn read_records(paths: &[impl AsRef<Path>]) -> Result<Vec<Source>, Failure> {
    let mut records: BTreeMap<String, Source> = BTreeMap::new();
    for path in paths {
        let path = path.as_ref();
        let failure = |problems| Failure::Problems { message: "errors in the records".to_owned(), problems };
        let found = walk(path, "json").complete().map_err(failure)?;
        if found.is_empty() {
            return Err(Failure::Missing {
                message: format!("`{}` has no record", path.display()),
                help: "pass files that `countersign check --record` wrote, or a folder of them".to_owned(),
            });
        }
        records.extend(found.into_iter().map(|source| (source.name.to_string(), source)));
    }
    Ok(records.into_values().collect())
}
