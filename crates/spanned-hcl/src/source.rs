//! A file that people wrote, and places in it.
//!
//! A [`Source`] is a name and a text whose line starts are known, so that a byte offset can be shown as a line and a
//! column. [`Span`], [`Spanned`] and [`Place`] say where something stands. Nothing here opens a file.

use std::fmt;
use std::sync::{Arc, OnceLock};

/// One file: its name as the user gave it, and its text.
#[derive(Clone)]
pub struct Source {
    /// The path as the user gave it, with what lies below it joined on.
    pub name: Arc<str>,
    /// The whole text, without a byte order mark.
    pub text: Arc<str>,
    /// The offsets at which lines begin, once somebody asks for one: nobody asks about most files.
    lines: Arc<OnceLock<Box<[usize]>>>,
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.text == other.text
    }
}

impl Eq for Source {}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("name", &self.name).field("text", &self.text).finish()
    }
}

impl Source {
    /// A source whose text is trusted to be honest, such as one that is built in. What comes from outside goes
    /// through [`check()`](crate::check()).
    pub fn new(name: &str, text: &str) -> Self {
        Self { name: name.into(), text: text.into(), lines: Arc::default() }
    }

    fn lines(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            let ends = self.text.match_indices('\n').map(|(offset, _)| offset + 1);
            std::iter::once(0).chain(ends).collect()
        })
    }

    /// Where an offset is. Past the end counts as the end.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.lines().partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.lines().get(line).copied().unwrap_or(0);
        let before = self.text.get(start..offset).or_else(|| self.text.get(start..)).unwrap_or("");
        Position { line: line + 1, column: before.chars().count() + 1 }
    }

    /// The text of a line without its end; empty where there is no such line. Lines count from one.
    pub fn line(&self, number: usize) -> &str {
        let Some(index) = number.checked_sub(1) else { return "" };
        let Some(start) = self.lines().get(index) else { return "" };
        let end = self.lines().get(index + 1).copied().unwrap_or(self.text.len());
        self.text.get(*start..end).unwrap_or("").trim_end_matches(['\n', '\r'])
    }

    /// How many lines there are; an end of line at the very end begins one more.
    pub fn line_count(&self) -> usize {
        self.lines().len()
    }
}

/// A range of bytes in a source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

/// A line and a column, both counted from one; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// From one.
    pub line: usize,
    /// From one, in characters.
    pub column: usize,
}

/// A value and where its source says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What is said.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// A place in a source, for findings that point at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub source: Source,
    /// Where in it.
    pub span: Span,
}

impl Place {
    /// Where the place begins.
    pub fn position(&self) -> Position {
        self.source.position(self.span.start)
    }
}
