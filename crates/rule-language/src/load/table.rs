//! `types.table`: the classes of every type of a provider.
//!
//! Takes the file and returns a [`TypeTable`], or everything that is wrong with it: a line a type, in order, with its
//! classes and, where no rule says it, what it does. Whether a type that has no rule needs words is asked by
//! [`TableDraft::check_reasons`] when the rules of the pack are read.

use std::fmt::Write as _;

use spanned_hcl::{Problem, Source, Span, did_you_mean};

use super::error::LoadError;
use crate::types::{HANDED_OVER_READ, TypeClass, TypeTable};

/// The name of the file in a pack's folder.
pub(super) const FILE: &str = "types.table";

/// A table while its pack is read.
pub(super) struct TableDraft {
    entries: Vec<TableEntry>,
    pub(super) file: String,
}

/// One line of a table.
struct TableEntry {
    type_name: String,
    classes: Vec<TypeClass>,
    reason: String,
    span: Span,
    line: usize,
}

impl TableDraft {
    /// Reads a table whose types begin with `prefix`.
    pub(super) fn read(source: &Source, prefix: &str, problems: &mut Vec<Problem>) -> Self {
        let mut draft = Self { file: source.name.to_string(), entries: Vec::new() };
        let mut start = 0;
        for (at, text) in source.text.split_inclusive('\n').enumerate() {
            let line = Line { source, text: text.trim_end(), start, number: at + 1 };
            start += text.len();
            if line.text.is_empty() || line.text.starts_with('#') {
                continue;
            }
            if let Some(entry) = line.read(prefix, draft.entries.last(), problems) {
                draft.entries.push(entry);
            }
        }
        draft
    }

    /// Reports each type that does something which neither a rule nor the table says in words.
    pub(super) fn check_reasons(
        &self,
        source: &Source,
        has_rule: impl Fn(&str) -> bool,
        problems: &mut Vec<Problem>,
    ) {
        let is_silent = |entry: &&TableEntry| !entry.classes.is_empty() && entry.reason.is_empty();
        for entry in self.entries.iter().filter(is_silent).filter(|entry| !has_rule(&entry.type_name)) {
            let error = LoadError::NoReason { type_name: entry.type_name.clone() };
            problems.push(error.make_problem(source, entry.span));
        }
    }

    /// The table, as it is searched; the function says of which types a `uses` block reads what they hand over.
    pub(super) fn compile(self, reads_handed_over: impl Fn(&str) -> bool) -> TypeTable {
        let mut lines = String::new();
        for TableEntry { type_name, classes, reason, line, .. } in self.entries {
            let words: Vec<&str> = classes.iter().map(|class| class.word()).collect();
            let words = if words.is_empty() { TypeClass::NONE.to_owned() } else { words.join(",") };
            let hands_over = classes.contains(&TypeClass::Identity) && reads_handed_over(&type_name);
            let read = if hands_over { HANDED_OVER_READ } else { "" };
            // Writing to a text cannot fail.
            let _infallible = writeln!(lines, "{type_name}\t{line}\t{words}\t{read}\t{reason}");
        }
        TypeTable::new(&self.file, lines)
    }
}

/// A line that lists a type.
struct Line<'s> {
    source: &'s Source,
    text: &'s str,
    start: usize,
    number: usize,
}

impl Line<'_> {
    fn read(
        &self,
        prefix: &str,
        last: Option<&TableEntry>,
        problems: &mut Vec<Problem>,
    ) -> Option<TableEntry> {
        let mut report = |error: &LoadError, part: &str| {
            problems.push(error.make_problem(self.source, self.span_of(part)));
        };
        let (type_name, rest) = split_word(self.text);
        let (words, reason) = split_word(rest);
        let is_name_char =
            |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || "_-".contains(char);
        if type_name.is_empty() || !type_name.chars().all(is_name_char) {
            report(&LoadError::NotType { text: type_name.to_owned() }, type_name);
            return None;
        }
        if !type_name.starts_with(prefix) {
            let (type_name, prefix) = (type_name.to_owned(), prefix.to_owned());
            report(&LoadError::ForeignType { type_name, prefix }, self.text);
        }
        match last.map(|last| last.type_name.as_str().cmp(type_name)) {
            None | Some(std::cmp::Ordering::Less) => {}
            Some(std::cmp::Ordering::Equal) => {
                report(&LoadError::SecondListing { type_name: type_name.to_owned() }, type_name);
            }
            Some(std::cmp::Ordering::Greater) => {
                report(&LoadError::NotInOrder { type_name: type_name.to_owned() }, type_name);
            }
        }
        if words.is_empty() {
            report(&LoadError::NoClass { type_name: type_name.to_owned() }, type_name);
            return None;
        }
        let mut classes = Vec::new();
        if words != TypeClass::NONE {
            for word in words.split(',') {
                match TypeClass::from_word(word) {
                    Some(class) if classes.contains(&class) => {
                        report(&LoadError::SecondClass { class: word.to_owned() }, word);
                    }
                    Some(class) => classes.push(class),
                    None if word == TypeClass::NONE => report(&LoadError::NoneWithOthers, word),
                    None => report(&unknown_class(word), word),
                }
            }
        }
        let (type_name, reason) = (type_name.to_owned(), reason.trim().replace('\t', " "));
        Some(TableEntry { type_name, classes, reason, span: self.span_of(self.text), line: self.number })
    }

    /// Where a part of the line stands.
    fn span_of(&self, part: &str) -> Span {
        let offset = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let start = self.start + offset.min(self.text.len());
        Span { start, end: start + part.len() }
    }
}

/// The first word of a text, and what follows it.
fn split_word(text: &str) -> (&str, &str) {
    match text.split_once([' ', '\t']) {
        Some((word, rest)) => (word, rest.trim_start()),
        None => (text, ""),
    }
}

fn unknown_class(word: &str) -> LoadError {
    let known = TypeClass::ALL.iter().map(|(word, _)| *word).chain([TypeClass::NONE]);
    let similar = did_you_mean(word, known).map(str::to_owned);
    LoadError::UnknownWord { what: "class", word: word.to_owned(), similar }
}
