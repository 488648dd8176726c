//! Problems as people read them.
//!
//! Takes problems and returns text with the source lines around each. miette never sees the file itself but at most
//! three lines of it, cut to a width that it supports (it panics beyond 65,535 columns) and without terminal controls.
//! The line and column in the output are those of the file.

use std::error::Error;
use std::fmt::{self, Write as _};

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};

use crate::check::is_unseen;
use crate::{Position, Problem, Severity, Source, Span};

/// The widest line that is shown, in characters.
const WIDTH: usize = 160;

/// What stands before the span on a line that is cut.
const LEAD: usize = 60;

/// The longest message or name that is shown, in characters.
const LONGEST: usize = 1_000;

/// Whether the text has colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// ANSI colours.
    Coloured,
    /// None.
    Plain,
}

/// Problems with the lines around them, one after the other.
pub fn render(problems: &[Problem], palette: Palette) -> String {
    let theme = match palette {
        Palette::Coloured => GraphicalTheme::unicode(),
        Palette::Plain => GraphicalTheme::unicode_nocolor(),
    };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(110)
        .with_context_lines(1)
        .with_links(false)
        .without_syntax_highlighting();
    let mut out = String::new();
    for problem in problems {
        // Neither writing to a string nor reading a snippet fails; were one to, the bare words must still be seen.
        if handler.render_report(&mut out, &Shown::new(problem)).is_err() {
            out.push_str(&escape_invisible(&problem.message));
        }
        out.push('\n');
    }
    out
}

/// Foreign text for people: what cannot be seen is written as `\u{…}`, and so is a backslash that would look like the
/// beginning of one; what is endless is cut.
pub fn escape_invisible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (count, (at, char)) in text.char_indices().enumerate() {
        if count == LONGEST {
            out.push('…');
            break;
        }
        let is_escape = char == '\\' && text.get(at + 1..).is_some_and(|rest| rest.starts_with("u{"));
        if is_escape || is_unseen(char) || matches!(char, '\n' | '\t') {
            out.extend(char.escape_unicode());
        } else {
            out.push(char);
        }
    }
    out
}

/// A problem, or the other end of one, in miette's terms.
struct Shown {
    severity: Severity,
    message: String,
    help: Option<String>,
    snippet: Option<Snippet>,
    related: Vec<Self>,
    is_other_end: bool,
}

impl Shown {
    fn new(problem: &Problem) -> Self {
        let snippet = Snippet::new(&problem.source, problem.span, &problem.label);
        let message = match snippet {
            Some(_) => escape_invisible(&problem.message),
            // Without a line to show, the name of the file has to be in the sentence.
            None => format!(
                "`{}`: {}",
                escape_invisible(&problem.source.name),
                escape_invisible(&problem.message)
            ),
        };
        let related = problem.related.iter().map(|other| Self {
            severity: problem.severity,
            message: escape_invisible(&other.message),
            help: None,
            snippet: Snippet::new(&other.place.source, other.place.span, ""),
            related: Vec::new(),
            is_other_end: true,
        });
        Self {
            severity: problem.severity,
            message,
            help: problem.help.as_deref().map(escape_invisible),
            snippet,
            related: related.collect(),
            is_other_end: false,
        }
    }
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Shown {}

impl Diagnostic for Shown {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match (self.is_other_end, self.severity) {
            (true, Severity::Error | Severity::Warning) => miette::Severity::Advice,
            (false, Severity::Error) => miette::Severity::Error,
            (false, Severity::Warning) => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.snippet.as_ref().map(|snippet| snippet as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let snippet = self.snippet.as_ref()?;
        Some(Box::new(std::iter::once(snippet.labeled())))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        if self.related.is_empty() {
            return None;
        }
        Some(Box::new(self.related.iter().map(|other| other as &dyn Diagnostic)))
    }
}

/// The lines of a file that are shown, from one, and how many characters of each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) width: usize,
}

/// Some lines with a span in them, cut and made visible.
pub(crate) struct Snippet {
    name: String,
    label: Option<String>,
    text: String,
    span: SourceSpan,
    first_line: usize,
    at: Position,
}

impl Snippet {
    fn new(source: &Source, span: Span, label: &str) -> Option<Self> {
        if source.text.is_empty() {
            return None;
        }
        let at = source.position(span.start);
        // The end of the last line begins one more line, on which nothing stands.
        let real_lines = source.line_count() - usize::from(source.text.ends_with('\n'));
        let last = (at.line + 1).min(real_lines).max(at.line);
        let window = Window { first: at.line.saturating_sub(1).max(1), last, width: WIDTH };
        Self::of_lines(source, span, label, window)
    }

    /// Some lines, with the span that begins on one of them.
    pub(crate) fn of_lines(source: &Source, span: Span, label: &str, window: Window) -> Option<Self> {
        if source.text.is_empty() {
            return None;
        }
        let at = source.position(span.start);
        let Window { first, last, width } = window;
        // One window for all the lines, so that what stands below each other in the file still does.
        let lead = LEAD.min(width / 2);
        let skip = if at.column > width { at.column - 1 - lead } else { 0 };
        let cut = |line: &str, until: usize| cut(line, skip, until, width);
        let mut text = String::new();
        let mut marked = SourceSpan::from(0..0);
        for number in first..=last {
            let line = source.line(number);
            if number == at.line {
                let length = source.text.get(span.start..span.end).map_or(0, |inside| {
                    inside.chars().take_while(|char| *char != '\n' && *char != '\r').count()
                });
                let start = text.len() + cut(line, at.column - 1).len();
                let end = text.len() + cut(line, at.column - 1 + length).len();
                marked = SourceSpan::from(start..end);
            }
            text.push_str(&cut(line, usize::MAX));
            if line.chars().nth(skip + width).is_some() {
                text.push('…');
            }
            text.push('\n');
        }
        let label = (!label.is_empty()).then(|| escape_invisible(label));
        Some(Self { name: escape_invisible(&source.name), label, text, span: marked, first_line: first, at })
    }

    /// The same in a file of another name.
    pub(crate) fn of_file(self, name: &str) -> Self {
        Self { name: escape_invisible(name), ..self }
    }

    /// The span with its label.
    pub(crate) fn labeled(&self) -> LabeledSpan {
        LabeledSpan::new_primary_with_span(self.label.clone(), self.span)
    }
}

/// The characters of a line from `skip` up to `until`, as much of them as is shown.
fn cut(line: &str, skip: usize, until: usize, width: usize) -> String {
    let mut out = String::new();
    let shown = until.saturating_sub(skip).min(width);
    for char in line.chars().skip(skip).take(shown) {
        if char == '\t' {
            out.push(' ');
        } else if is_unseen(char) {
            // Writing to a string does not fail.
            let _ = write!(out, "<U+{:04X}>", u32::from(char));
        } else {
            out.push(char);
        }
    }
    out
}

impl SourceCode for Snippet {
    fn read_span<'a>(
        &'a self,
        _span: &SourceSpan,
        context_lines_before: usize,
        _context_lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        // Asked without context, miette wants the position for the heading; with it, the lines.
        let (line, column) =
            if context_lines_before == 0 { (self.at.line, self.at.column) } else { (self.first_line, 1) };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            self.text.as_bytes(),
            SourceSpan::from(0..self.text.len()),
            line.saturating_sub(1),
            column.saturating_sub(1),
            self.text.lines().count(),
        )))
    }
}
