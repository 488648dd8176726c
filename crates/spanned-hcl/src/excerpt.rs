//! Lines of files, shown together.
//!
//! Takes places, each with a title, and returns text with the lines of each in a frame and its beginning marked. As with
//! problems, miette sees a few lines only, cut and without terminal controls. Nothing around the places is shown: a line
//! beside them may hold what nobody should read in a log.

use std::error::Error;
use std::fmt;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};

use crate::render::{Snippet, Window};
use crate::{Palette, Place, escape_invisible};

/// Lines of one place that are shown, at most.
const MAX_LINES: usize = 6;

/// What a frame takes of a line beside the text: the indentation, the number of the line, and a bar.
const FRAME: usize = 10;

/// The narrowest that lines are cut to, in characters.
const MIN_WIDTH: usize = 40;

/// A place whose lines are shown.
#[derive(Clone, Debug)]
pub struct Excerpt {
    /// What it is, in a few words.
    pub title: String,
    /// What the file is called.
    pub file: String,
    /// The lines, from the one on which the span begins.
    pub place: Place,
    /// A few words that stand where the span begins; may be empty.
    pub label: String,
}

/// Renders places one after the other, in lines of so many characters. A place in an empty file has no lines and is left
/// out.
pub fn render_excerpts(excerpts: &[Excerpt], width: usize, palette: Palette) -> String {
    let mut theme = match palette {
        Palette::Coloured => GraphicalTheme::unicode(),
        Palette::Plain => GraphicalTheme::unicode_nocolor(),
    };
    // It is no message, so no symbol stands before its title.
    theme.characters.advice.clear();
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(width)
        .with_links(false)
        .without_syntax_highlighting();
    let mut out = String::new();
    for excerpt in excerpts {
        let Some(shown) = Shown::new(excerpt, width) else { continue };
        let before = out.len();
        // Neither writing to a string nor reading a snippet fails; were one to, half a frame would be worse than none.
        if handler.render_report(&mut out, &shown).is_err() {
            out.truncate(before);
        }
    }
    out
}

/// An excerpt in miette's terms.
struct Shown {
    title: String,
    snippet: Snippet,
}

impl Shown {
    fn new(excerpt: &Excerpt, width: usize) -> Option<Self> {
        let Excerpt { title, file, place, label } = excerpt;
        let first = place.position().line;
        let spanned = place.source.text.get(place.span.start..place.span.end).unwrap_or_default();
        let lines = spanned.trim_end_matches(['\n', '\r']).matches('\n').count().min(MAX_LINES - 1);
        let window = Window { first, last: first + lines, width: width.saturating_sub(FRAME).max(MIN_WIDTH) };
        let snippet = Snippet::of_lines(&place.source, place.span, label, window)?;
        Some(Self { title: escape_invisible(title), snippet: snippet.of_file(file) })
    }
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)
    }
}

impl Error for Shown {}

impl Diagnostic for Shown {
    fn severity(&self) -> Option<miette::Severity> {
        Some(miette::Severity::Advice)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.snippet)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(std::iter::once(self.snippet.labeled())))
    }
}

#[cfg(test)]
mod tests {
    use super::{Excerpt, MAX_LINES, render_excerpts};
    use crate::{Palette, Place, Source, Span};

    fn excerpt(text: &str, start: usize, end: usize) -> Excerpt {
        let place = Place { source: Source::new("f", text), span: Span { start, end } };
        Excerpt { title: "planned".to_owned(), file: "a/f.tf".to_owned(), place, label: "here".to_owned() }
    }

    #[test]
    fn places_are_shown_together() {
        let text = "a {\n  b = [\n    1,\n  ]\n  secret = 2\n}\n";
        let span = text.find("b =").unwrap()..text.find("\n  secret").unwrap();
        let shown = render_excerpts(
            &[excerpt(text, span.start, span.end), excerpt("x = 1\ny = 2\n", 6, 11)],
            80,
            Palette::Plain,
        );
        let lines: Vec<&str> = shown.lines().map(str::trim).collect();
        assert!(lines[0] == "planned" && lines[1].contains("[a/f.tf:2:3]"), "{shown}");
        assert!(shown.contains("2 │   b = [") && shown.contains("4 │   ]"), "{shown}");
        assert!(shown.contains("a/f.tf:2:1") && shown.contains("2 │ y = 2"), "{shown}");
        assert!(!shown.contains("secret") && !shown.contains("x = 1"), "{shown}");
    }

    #[test]
    fn text_is_cut_and_cannot_act() {
        let long = format!("x = \"\u{1b}[31m\u{202e}{}\"\n", "a".repeat(200_000));
        let many = "b = [\n".to_owned() + &"  1,\n".repeat(100) + "]\n";
        let (end, last) = (long.len() - 1, many.len());
        for width in [1, 40, 100] {
            let mut evil = excerpt(&long, 0, end);
            evil.title = "t\u{1b}[2J".to_owned();
            evil.file = "f\n::error::\u{7f}".to_owned();
            let shown = render_excerpts(&[evil, excerpt(&many, 0, last)], width, Palette::Plain);
            assert!(!shown.contains(['\u{1b}', '\u{202e}', '\u{7f}']), "{shown}");
            assert!(shown.lines().all(|line| line.chars().count() <= width.max(110) + 10), "{shown}");
            assert!(shown.matches("1,").count() < MAX_LINES, "{shown}");
        }
        // A place in the midst of a long line is in view.
        let far = format!("{}y = 1{}\n", " ".repeat(70_000), " ".repeat(70_000));
        let shown = render_excerpts(&[excerpt(&far, 70_000, 70_005)], 80, Palette::Plain);
        assert!(shown.contains("y = 1") && shown.len() < 2_000, "{shown}");
        assert_eq!(render_excerpts(&[excerpt("", 0, 0)], 80, Palette::Plain), "");
    }
}
