//! `compare`: two documents, or many pairs of them, without a plan or a manifest.
//!
//! Takes the files or the lines that the arguments name, writes one answer for each pair and returns the exit code. With
//! `--jsonl` every line that is not blank gets its answer as soon as it is read. A line that can't be read is answered
//! `undecided`, so that one bad pair neither hides the others nor passes. Input in which no pair can be read is a failure.

mod pair_line;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use serde_json::value::RawValue;

use self::pair_line::PairLine;
use super::lines::{LineFault, LineReader, NumberedLine};
use super::{Exit, Failure, catalog, input};
use crate::catalog::Catalog;
use crate::cli::{CompareArgs, OutputFormat};
use crate::compare::{Answer, CompareInput, CompareReason, DocumentName, LineError, compare};
use crate::json::{self, JsonError};
use crate::lower::Dialect;
use crate::plan::recognise::NotAPlan;
use crate::plan::{ByteSize, decode};
use crate::report::compare::{self as report, Counts};
use crate::report::look::Look;
use crate::value::Value;

/// Why an input gave no answer at all.
#[derive(Debug, thiserror::Error)]
pub enum DocumentFailure {
    /// It has no encoding that is read.
    #[error(transparent)]
    Encoding(#[from] NotAPlan),
    /// It is not JSON.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// It holds lines, and no line is a pair.
    #[error("no readable pair")]
    NoPairs,
}

/// Compares what was given and writes the answers.
///
/// # Errors
///
/// Why nothing could be compared, or an answer not be written.
pub fn run(args: &CompareArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let facts: BTreeMap<String, String> = args.fact.iter().cloned().collect();
    let catalog = match &args.catalog {
        Some(path) => catalog::read_named(path)?,
        None => Catalog::default(),
    };
    let known = KnownBeside { facts, catalog };
    match &args.planned {
        Some(planned) => compare_files(args, planned, &known, out),
        None => compare_lines(args, &known, out),
    }
}

/// What is known beside the documents.
struct KnownBeside {
    facts: BTreeMap<String, String>,
    catalog: Catalog,
}

/// Compares documents in files.
fn compare_files(
    args: &CompareArgs,
    planned: &Path,
    known: &KnownBeside,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    if args.approved.iter().map(AsRef::as_ref).chain([planned]).filter(|path| is_stdin(path)).count() > 1 {
        return Err(Failure::Missing {
            message: "standard input can be only one document".to_owned(),
            help: "put the others into files".to_owned(),
        });
    }
    let approved = args.approved.iter().map(|path| read_document(path)).collect::<Result<Vec<_>, _>>()?;
    let answer = compare(&CompareInput {
        dialect: args.provider,
        approved: &approved,
        planned: &read_document(planned)?,
        facts: &known.facts,
        catalog: &known.catalog,
    });
    let mut writer = AnswerWriter::new(args.format.unwrap_or(OutputFormat::Human), out);
    writer.write(&answer, None, &planned.display().to_string())?;
    Ok(writer.exit())
}

/// Compares pairs, one a line.
fn compare_lines(args: &CompareArgs, known: &KnownBeside, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mut reader = LineReader::open(args.pairs.as_deref(), ByteSize::OF_INPUT)?;
    let mut writer = AnswerWriter::new(args.format.unwrap_or(OutputFormat::Json), out);
    let mut readable = 0_usize;
    while let Some(NumberedLine { number, text }) = reader.read_line()? {
        let pair = text.as_deref().map_err(|fault| explain_fault(*fault)).and_then(PairLine::read);
        let (answer, id) = match pair {
            Ok(pair) => {
                readable += usize::from(pair.approved.is_some() && pair.planned.is_some());
                let answer = compare_pair(&pair, args.provider, known);
                (answer.unwrap_or_else(Answer::undecided), pair.id.map(RawValue::to_owned))
            }
            Err(cause) => (Answer::undecided(CompareReason::UnreadableLine { number, cause }), None),
        };
        let about =
            id.as_ref().map_or_else(|| format!("line {number}"), |id| id.get().trim_matches('"').to_owned());
        writer.write(&answer, id.as_deref(), &about)?;
    }
    if readable == 0 {
        writer.out.flush().map_err(write_failure)?;
        let name = reader.name().to_owned();
        return Err(Failure::Document { name, error: DocumentFailure::NoPairs });
    }
    if writer.format == OutputFormat::Human {
        report::human::write_counts(writer.counts, writer.out).map_err(write_failure)?;
    }
    Ok(writer.exit())
}

fn explain_fault(fault: LineFault) -> LineError {
    match fault {
        LineFault::NotUtf8 => LineError::NotUtf8,
        LineFault::TooLarge(most) => LineError::TooLarge(most),
    }
}

/// Compares the documents of one line.
fn compare_pair(pair: &PairLine<'_>, default: Dialect, known: &KnownBeside) -> Result<Answer, CompareReason> {
    let dialect = match pair.provider.as_deref() {
        None => default,
        Some(word) => {
            Dialect::from_word(word).ok_or_else(|| CompareReason::UnknownProvider(word.to_owned()))?
        }
    };
    let approved = parse_member("approved", pair.approved, DocumentName::Approved)?;
    let planned = parse_member("planned", pair.planned, DocumentName::Planned)?;
    let (facts, catalog) = (&known.facts, &known.catalog);
    Ok(compare(&CompareInput { dialect, approved: &[approved], planned: &planned, facts, catalog }))
}

fn parse_member(
    member: &'static str,
    text: Option<&RawValue>,
    document: DocumentName,
) -> Result<Value, CompareReason> {
    let text = text.ok_or(CompareReason::NoDocument(member))?;
    json::parse(text.get()).map_err(|cause| CompareReason::NotJson { document, cause })
}

/// Reads one document in a file.
fn read_document(path: &Path) -> Result<Value, Failure> {
    let (name, bytes) = input::read_one(path, ByteSize::OF_INPUT)?;
    let parsed = decode(&bytes, ByteSize::OF_INPUT)
        .map_err(DocumentFailure::from)
        .and_then(|text| json::parse(&text).map_err(DocumentFailure::from));
    parsed.map_err(|error| Failure::Document { name, error })
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn write_failure(error: io::Error) -> Failure {
    Failure::unwritten(error)
}

/// Where answers go, one by one.
struct AnswerWriter<'o> {
    format: OutputFormat,
    counts: Counts,
    out: &'o mut dyn Write,
}

impl<'o> AnswerWriter<'o> {
    fn new(format: OutputFormat, out: &'o mut dyn Write) -> Self {
        Self { format, counts: Counts::default(), out }
    }

    /// Writes an answer and flushes it, because somebody may wait for it.
    fn write(&mut self, answer: &Answer, id: Option<&RawValue>, about: &str) -> Result<(), Failure> {
        self.counts.add(answer);
        let look = Look { width: textwrap::termwidth().min(100), quiet: false };
        let written = match self.format {
            OutputFormat::Human => report::human::write(answer, about, look, self.out),
            OutputFormat::Json => report::json::write(answer, id, self.out),
        };
        written.and_then(|()| self.out.flush()).map_err(write_failure)
    }

    fn exit(&self) -> Exit {
        if self.counts.all_contained() { Exit::Allowed } else { Exit::Blocked }
    }
}
