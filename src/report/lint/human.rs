//! Problems for people: each with the lines around it, then how many there are.

use std::io::{self, Write};

use super::count_problems;
use crate::report::words::count_of;
use crate::source::{Palette, Problem, Severity, render};

/// Writes problems for people.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(problems: &[Problem], palette: Palette, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(render(problems, palette).as_bytes())?;
    let errors = count_of(count_problems(problems, Severity::Error), "error");
    let warnings = count_of(count_problems(problems, Severity::Warning), "warning");
    writeln!(out, "{errors}, {warnings}")
}
