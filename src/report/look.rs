//! How reports for people look: colours, columns, paragraphs.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use textwrap::wrap_algorithms::Penalties;

use super::escape::for_terminal;

/// How the report looks.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Columns of the terminal.
    pub width: usize,
    /// Only what blocks.
    pub quiet: bool,
}

impl Look {
    /// Columns of a report in a file, and the most in a terminal: longer lines are hard to read.
    pub const MAX_WIDTH: usize = 100;

    /// The look of a report in the terminal at hand.
    pub fn for_terminal() -> Self {
        Self { width: textwrap::termwidth().min(Self::MAX_WIDTH), quiet: false }
    }

    /// The look of a report in a file.
    pub fn for_file() -> Self {
        Self { width: Self::MAX_WIDTH, quiet: false }
    }
}

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const RED: Style = AnsiColor::Red.on_default().bold();
pub(super) const YELLOW: Style = AnsiColor::Yellow.on_default();
pub(super) const GREEN: Style = AnsiColor::Green.on_default().bold();

/// Columns that a label takes with the two spaces before it: the longest label is `approved`.
const LABEL_COLUMNS: usize = 11;

/// The narrowest that text is wrapped to, in columns: below that a line holds hardly a word.
const MIN_WIDTH: usize = 20;

/// What a column beyond the width costs, where a line costs 1,000 and a gap at its end the square of its columns: more than any
/// other way to break a text of some hundred lines.
const OVERFLOW_PENALTY: usize = 10_000_000;

/// Writes a label and text beside it, wrapped.
pub(super) fn write_paragraph(
    label: &str,
    text: &str,
    look: Look,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let indent = " ".repeat(LABEL_COLUMNS);
    let options =
        choose_wrapping(look.width.saturating_sub(if label.is_empty() { 2 } else { LABEL_COLUMNS }));
    let text = for_terminal(text);
    for (at, line) in textwrap::wrap(&text, options).iter().enumerate() {
        if at == 0 && !label.is_empty() {
            writeln!(out, "  {DIM}{label:<width$}{DIM:#}{style}{line}{style:#}", width = LABEL_COLUMNS - 2)?;
        } else if label.is_empty() {
            writeln!(out, "  {style}{line}{style:#}")?;
        } else {
            writeln!(out, "{indent}{style}{line}{style:#}")?;
        }
    }
    Ok(())
}

/// Writes a label and lines beside it that are for copying, so that none is broken.
pub(super) fn write_whole_lines(label: &str, lines: &[String], out: &mut dyn Write) -> io::Result<()> {
    for (at, line) in lines.iter().enumerate() {
        let label = if at == 0 { label } else { "" };
        writeln!(out, "  {DIM}{label:<width$}{DIM:#}{}", for_terminal(line), width = LABEL_COLUMNS - 2)?;
    }
    Ok(())
}

/// Writes text whose first line begins at a column, and indents the other lines to it.
pub(super) fn write_wrapped(text: &str, column: usize, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let text = for_terminal(text);
    for (at, line) in
        textwrap::wrap(&text, choose_wrapping(look.width.saturating_sub(column))).iter().enumerate()
    {
        writeln!(out, "{:indent$}{line}", "", indent = if at == 0 { 0 } else { column })?;
    }
    Ok(())
}

/// Breaks lines at spaces only, so that names stay whole and can be copied. No line is longer than it has to be, however
/// even the others become by that.
fn choose_wrapping(width: usize) -> textwrap::Options<'static> {
    let penalties = Penalties { overflow_penalty: OVERFLOW_PENALTY, ..Penalties::new() };
    textwrap::Options::new(width.max(MIN_WIDTH))
        .wrap_algorithm(textwrap::WrapAlgorithm::OptimalFit(penalties))
        .break_words(false)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
}

#[cfg(test)]
mod tests {
    use anstyle::Style;

    use super::{Look, write_paragraph};

    #[test]
    fn no_line_is_longer_than_it_has_to_be() {
        let names = (1..60).map(|length| format!("`Service:{}`", "a".repeat(length)));
        for name in names {
            let text = format!(
                "grants access to {name}; it cannot be compared with the approvals: \
                 `module.runners.module.webhook.aws_api_gateway_integration.webhook.uri.arn` is known only after apply"
            );
            let mut out = Vec::new();
            write_paragraph("", &text, Look { width: 80, quiet: false }, Style::new(), &mut out).unwrap();
            let plain = String::from_utf8(anstream::adapter::strip_bytes(&out).into_vec()).unwrap();
            let long = plain.lines().find(|line| line.chars().count() > 80);
            assert_eq!(long, None, "{plain}");
        }
    }
}
