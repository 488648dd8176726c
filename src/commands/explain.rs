//! `explain`: what a finding code means.

use std::io::Write;

use super::{Exit, Failure};
use crate::cli::ExplainArgs;
use crate::report::explain;
use crate::report::look::Look;

/// Explains one code, or lists all of them.
///
/// # Errors
///
/// What the writer could not take.
pub fn run(args: &ExplainArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let look = Look::for_terminal();
    let written = match args.code {
        Some(code) => explain::write(code.row(), look, out),
        None => explain::write_list(look, out),
    };
    written.map_err(Failure::unwritten)?;
    Ok(Exit::Allowed)
}
