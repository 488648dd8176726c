//! How reports for people look: colours, columns, paragraphs.

use std::io::{self, Write};

use anstyle::{Ansi256Color, Style};
use textwrap::wrap_algorithms::Penalties;

use super::escape::for_terminal;
use crate::finding::FindingSeverity;

/// How the report looks.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Columns of the terminal.
    pub width: usize,
    /// Only what blocks.
    pub quiet: bool,
}

impl Look {
    /// Columns of a report in a file.
    pub const FILE_WIDTH: usize = 100;

    /// Columns that are used of a terminal, at most: longer lines are hard to read, and ARNs need some room.
    pub const MAX_WIDTH: usize = 200;

    /// The look of a report in the terminal at hand.
    pub fn for_terminal() -> Self {
        Self { width: textwrap::termwidth().min(Self::MAX_WIDTH), quiet: false }
    }

    /// The look of a report in a file.
    pub fn for_file() -> Self {
        Self { width: Self::FILE_WIDTH, quiet: false }
    }
}

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const RED: Style = Ansi256Color(196).on_default().bold();
pub(super) const ORANGE: Style = Ansi256Color(166).on_default().bold();
pub(super) const GREEN: Style = Ansi256Color(28).on_default().bold();

/// How the code of a finding looks. The colours are fixed ones that can be read on light and on dark; those of a
/// terminal's own palette cannot: its yellow on white has a contrast of less than two.
pub(super) fn severity_style(severity: FindingSeverity) -> Style {
    match severity {
        FindingSeverity::Critical => RED.underline(),
        FindingSeverity::High => RED,
        FindingSeverity::Medium => ORANGE,
    }
}

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

    use super::{GREEN, Look, ORANGE, RED, write_paragraph};

    /// The luminance of a colour by WCAG 2: <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>
    fn luminance(channels: [f64; 3]) -> f64 {
        let [red, green, blue] = channels.map(|channel| {
            let part = channel / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The channels of a colour in the cube of the 256 colours of xterm.
    fn channels_of(style: Style) -> [f64; 3] {
        let Some(anstyle::Color::Ansi256(color)) = style.get_fg_color() else {
            panic!("a colour of the palette")
        };
        let level = |step: u8| if step == 0 { 0.0 } else { 55.0 + 40.0 * f64::from(step) };
        let place = color.0 - 16;
        [level(place / 36), level(place / 6 % 6), level(place % 6)]
    }

    /// Labels are bold: WCAG asks 3:1 of large text, and we ask a little more.
    #[test]
    fn colours_can_be_read_on_light_and_on_dark() {
        for style in [RED, ORANGE, GREEN] {
            for ground in [[255.0; 3], [0.0; 3], [30.0; 3]] {
                let (one, other) = (luminance(channels_of(style)) + 0.05, luminance(ground) + 0.05);
                let contrast = one.max(other) / one.min(other);
                assert!(contrast > 3.4, "{style:?} on {ground:?}: {contrast}");
            }
        }
    }

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
