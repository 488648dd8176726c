//! `compare`: two documents, or many pairs of them, without a plan or a manifest.
//!
//! With `--jsonl` every line that is not blank gets one answer, in order, as soon as it is read. A line that can't be
//! read is answered `undecided`, so that one bad pair neither hides the others nor passes; input in which not one pair
//! can be read is no judgement at all and ends with 2.

mod lines;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::Path;

use serde_json::value::RawValue;

use self::lines::{Lines, Read};
use super::{Exit, Failure, catalog, input};
use crate::catalog::Catalog;
use crate::cli::{Compare, OutputFormat};
use crate::compare::{Answer, Pair, compare};
use crate::json;
use crate::lower::Dialect;
use crate::plan::decode;
use crate::report::compare::{self as report, Counts};
use crate::report::look::Look;
use crate::value::Value;

/// Compares what was given and writes the answers.
///
/// # Errors
///
/// Why nothing could be compared, or an answer not be written.
pub fn run(args: &Compare, out: &mut dyn Write) -> Result<Exit, Failure> {
    let facts: BTreeMap<String, String> = args.fact.iter().cloned().collect();
    let catalog = match &args.catalog {
        Some(path) => catalog::named(path)?,
        None => Catalog::default(),
    };
    let told = Told { facts, catalog };
    match &args.planned {
        Some(planned) => two(args, planned, &told, out),
        None => many(args, &told, out),
    }
}

/// What is known beside the documents.
struct Told {
    facts: BTreeMap<String, String>,
    catalog: Catalog,
}

/// Documents in files.
fn two(args: &Compare, planned: &Path, told: &Told, out: &mut dyn Write) -> Result<Exit, Failure> {
    if args.approved.iter().map(AsRef::as_ref).chain([planned]).filter(|path| is_stdin(path)).count() > 1 {
        return Err(Failure::Missing {
            message: "standard input can be one document only".to_owned(),
            help: "write the others into files".to_owned(),
        });
    }
    let approved = args.approved.iter().map(|path| document(path)).collect::<Result<Vec<_>, _>>()?;
    let pair = Pair {
        dialect: args.provider,
        approved: &approved,
        planned: &document(planned)?,
        facts: &told.facts,
        catalog: &told.catalog,
    };
    let answer = compare(&pair);
    let mut writer =
        Writer { format: args.format.unwrap_or(OutputFormat::Human), counts: Counts::default(), out };
    writer.write(&answer, None, &planned.display().to_string())?;
    Ok(writer.exit())
}

/// Pairs, one a line.
fn many(args: &Compare, told: &Told, out: &mut dyn Write) -> Result<Exit, Failure> {
    let path = args.pairs.as_deref().filter(|path| !is_stdin(path));
    let name = path.map_or_else(|| "standard input".to_owned(), |path| path.display().to_string());
    let failure = |error| Failure::Read { name: name.clone(), error };
    let source: Box<dyn io::BufRead> = match path {
        Some(path) => Box::new(BufReader::new(File::open(path).map_err(failure)?)),
        None => Box::new(io::stdin().lock()),
    };
    let mut lines = Lines::new(source).map_err(failure)?;
    let mut writer =
        Writer { format: args.format.unwrap_or(OutputFormat::Json), counts: Counts::default(), out };
    let mut readable = 0_usize;
    while let Some(line) = lines.next().map_err(failure)? {
        let Read { number, pair } = line;
        let (answer, id) = match pair {
            Ok(text) => match lines::Pair::read(&text) {
                Ok(pair) => {
                    readable += usize::from(pair.approved.is_some() && pair.planned.is_some());
                    (answer(&pair, args.provider, told), pair.id.map(RawValue::to_owned))
                }
                Err(reason) => (unread(number, &reason), None),
            },
            Err(reason) => (unread(number, &reason), None),
        };
        let about =
            id.as_ref().map_or_else(|| format!("line {number}"), |id| id.get().trim_matches('"').to_owned());
        writer.write(&answer, id.as_deref(), &about)?;
    }
    if readable == 0 {
        writer.out.flush().map_err(unwritten)?;
        return Err(Failure::Document { name, reason: "not one pair in it can be read".to_owned() });
    }
    if writer.format == OutputFormat::Human {
        report::human::write_counts(writer.counts, writer.out).map_err(unwritten)?;
    }
    Ok(writer.exit())
}

fn unread(number: usize, reason: &str) -> Answer {
    Answer::undecided(format!("line {number} can't be read: {reason}"))
}

/// The answer for one line.
fn answer(pair: &lines::Pair<'_>, dialect: Dialect, told: &Told) -> Answer {
    let dialect = match pair.provider.as_deref() {
        None => dialect,
        Some(word) => match Dialect::from_word(word) {
            Some(dialect) => dialect,
            None => return Answer::undecided(format!("there is no provider `{word}`")),
        },
    };
    let parsed = |which: &str, text: Option<&RawValue>| {
        let text = text.ok_or_else(|| format!("the line has no `{which}`"))?;
        json::parse(text.get()).map_err(|error| format!("the {which} document can't be read: {error}"))
    };
    let both = parsed("approved", pair.approved)
        .and_then(|approved| Ok((approved, parsed("planned", pair.planned)?)));
    match both {
        Err(reason) => Answer::undecided(reason),
        Ok((approved, planned)) => {
            let (facts, catalog) = (&told.facts, &told.catalog);
            compare(&Pair { dialect, approved: &[approved], planned: &planned, facts, catalog })
        }
    }
}

/// One document in a file.
fn document(path: &Path) -> Result<Value, Failure> {
    let (name, bytes) = input::one(path)?;
    let failure = |reason: String| Failure::Document { name: name.clone(), reason };
    let text = decode(&bytes).map_err(|error| failure(error.to_string()))?;
    json::parse(&text).map_err(|error| failure(error.to_string()))
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn unwritten(error: io::Error) -> Failure {
    Failure::Write { name: "standard output".to_owned(), error }
}

/// Where answers go, one by one.
struct Writer<'o> {
    format: OutputFormat,
    counts: Counts,
    out: &'o mut dyn Write,
}

impl Writer<'_> {
    /// Writes an answer and hands it on at once, because somebody may wait for it.
    fn write(&mut self, answer: &Answer, id: Option<&RawValue>, about: &str) -> Result<(), Failure> {
        self.counts.add(answer);
        let look = Look::for_terminal();
        let written = match self.format {
            OutputFormat::Human => report::human::write(answer, about, look, self.out),
            OutputFormat::Json => report::json::write(answer, id, self.out),
        };
        written.and_then(|()| self.out.flush()).map_err(unwritten)
    }

    fn exit(&self) -> Exit {
        if self.counts.all_contained() { Exit::Allowed } else { Exit::Blocked }
    }
}
