//! How single arguments are read, and what is said of one that cannot be.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::finding::{CODES, Code};
use crate::lower::Dialect;

/// Why an argument cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum ArgumentError {
    #[error("unknown provider")]
    Provider,
    #[error("unknown code")]
    Code,
    #[error("expected `NAME=VALUE`, for example `aws.account=111122223333`")]
    Fact,
    #[error("expected YYYY-MM-DD, for example `2026-11-24`")]
    Date,
    #[error("expected a time in RFC 3339, for example `2026-11-24T12:00:00Z`")]
    Time,
    #[error(
        "expected `FORMAT=PATH`, for example `sarif=findings.sarif`; `countersign check --help` lists the formats"
    )]
    Output,
}

/// The dialects that have documents.
pub(super) fn provider_parser() -> impl TypedValueParser<Value = Dialect> {
    let words = Dialect::ALL.into_iter().filter(|(dialect, _)| *dialect != Dialect::Terraform);
    PossibleValuesParser::new(words.map(|(_, word)| word))
        .try_map(|word| Dialect::from_word(&word).ok_or(ArgumentError::Provider))
}

/// The names of the finding codes.
pub(super) fn code_parser() -> impl TypedValueParser<Value = Code> {
    PossibleValuesParser::new(CODES.map(|row| row.name))
        .try_map(|name| Code::from_name(&name).ok_or(ArgumentError::Code))
}

/// Whether a fact has a name, with its provider, and a value.
pub fn is_fact(name: &str, value: &str) -> bool {
    name.contains('.') && !value.is_empty()
}

pub(super) fn parse_fact(text: &str) -> Result<(String, String), ArgumentError> {
    match text.split_once('=') {
        Some((name, value)) if is_fact(name, value) => Ok((name.to_owned(), value.to_owned())),
        _ => Err(ArgumentError::Fact),
    }
}

pub(super) fn parse_date(text: &str) -> Result<Date, ArgumentError> {
    // A time or a zone is refused, because it would be dropped: the day is one of UTC.
    let is_day = text.len() == "YYYY-MM-DD".len();
    text.parse().ok().filter(|_| is_day).ok_or(ArgumentError::Date)
}

pub(super) fn parse_time(text: &str) -> Result<Timestamp, ArgumentError> {
    text.parse().map_err(|_| ArgumentError::Time)
}
