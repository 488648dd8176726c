//! `lint`: the manifest alone.
//!
//! In go the manifest's path, a day and a format; out go its problems to the given writer, and the answer whether
//! one of them is an error. Nothing here looks at a plan, and nothing here decides an exit code.

use std::io::{self, Write};
use std::path::Path;

use jiff::civil::Date;

/// How problems are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people, with ANSI colours.
    Coloured,
    /// For people, without colours.
    Plain,
    /// For programs: `countersign/lint-v1`.
    Json,
}

/// Writes what is wrong with a manifest, and says whether some of it is an error.
///
/// # Errors
///
/// What the writer could not take.
pub fn lint(path: &Path, as_of: Date, format: Format, out: &mut dyn Write) -> io::Result<bool> {
    let _ = (path, as_of, format, out);
    Ok(false)
}
