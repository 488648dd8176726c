//! How reports for people look: colours, columns, paragraphs.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::source::visible;

/// How the report looks.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Columns of the terminal.
    pub width: usize,
    /// Only what blocks.
    pub quiet: bool,
}

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const RED: Style = AnsiColor::Red.on_default().bold();
pub(super) const YELLOW: Style = AnsiColor::Yellow.on_default();
pub(super) const GREEN: Style = AnsiColor::Green.on_default().bold();

/// Columns that labels take.
const LABEL: usize = 11;

/// A label and text beside it, wrapped.
pub(super) fn paragraph(
    label: &str,
    text: &str,
    look: Look,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let indent = " ".repeat(LABEL);
    let options = wrapping(look.width.saturating_sub(if label.is_empty() { 2 } else { LABEL }));
    let text = visible(text);
    for (at, line) in textwrap::wrap(&text, options).iter().enumerate() {
        if at == 0 && !label.is_empty() {
            writeln!(out, "  {DIM}{label:<width$}{DIM:#}{style}{line}{style:#}", width = LABEL - 2)?;
        } else if label.is_empty() {
            writeln!(out, "  {style}{line}{style:#}")?;
        } else {
            writeln!(out, "{indent}{style}{line}{style:#}")?;
        }
    }
    Ok(())
}

/// Names break nowhere, so that they can be copied.
pub(super) fn wrapping(width: usize) -> textwrap::Options<'static> {
    textwrap::Options::new(width.max(20))
        .break_words(false)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
}
