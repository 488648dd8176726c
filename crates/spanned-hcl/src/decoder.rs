//! The one decoder from HCL to structs, for the manifest and for the rule packs.
//!
//! A [`Decoder`] takes a parsed [`Document`] or a [`Block`] of it and returns [`Fields`], from which a caller takes what it knows by name. What no caller took is a problem with a suggestion. A
//! value of the wrong type is a problem too and reads as absent, so one pass reports everything.
//!
//! Values are literals, or texts that hold references: nothing is computed, because an approval must say what it means to
//! whoever reviews it. [`Fields::expression`] hands out raw expressions to callers with a language of their own. What
//! fields and references mean, and which fields belong together, is not known here.

use std::cell::{Cell, RefCell};

use crate::check::is_unseen;
use crate::document::{Block, Document, header};
use crate::{Fields, Problem, Source, Span, Spanned};

/// After so many problems in one file the rest is only counted.
const MAX_PROBLEMS: usize = 100;

/// Decodes one file and keeps what is wrong with it.
#[derive(Debug)]
pub struct Decoder {
    source: Source,
    problems: RefCell<Vec<Problem>>,
    uncounted: Cell<usize>,
}

impl Decoder {
    /// A decoder for the blocks of this source.
    pub fn new(source: &Source) -> Self {
        Self { source: source.clone(), problems: RefCell::default(), uncounted: Cell::new(0) }
    }

    /// The file that is being decoded.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// What stands at the top of the file.
    pub fn file<'a>(&'a self, document: &'a Document<'_>) -> Fields<'a> {
        Fields::of_file(self, document)
    }

    /// What stands in a block.
    pub fn block<'a>(&'a self, block: Block<'a>) -> Fields<'a> {
        Fields::of_block(self, block)
    }

    /// The labels of a block, where there are as many as there are names for them.
    pub fn labels<const N: usize>(&self, block: Block<'_>, names: [&str; N]) -> Option<[Spanned<String>; N]> {
        let found: Vec<_> = block.labels().into_iter().map(|label| self.label(label)).collect();
        let count = found.len();
        if let Ok(labels) = <[Option<Spanned<String>>; N]>::try_from(found) {
            let labels: Vec<_> = labels.into_iter().flatten().collect();
            return labels.try_into().ok();
        }
        let ident = block.ident().value;
        let wanted = match names.as_slice() {
            [] => "no label".to_owned(),
            [name] => format!("one label, {name}"),
            names => format!("{} labels, {}", names.len(), names.join(" and ")),
        };
        let message = format!("`{ident}` requires {wanted}, found {count}");
        let pattern: String = names.iter().map(|name| format!(" \"{}\"", name.to_uppercase())).collect();
        self.report(self.error(header(block), message).help(format!("write `{ident}{pattern} {{ … }}`")));
        None
    }

    /// All labels of a block that takes one or more, each once.
    pub fn one_or_more_labels(&self, block: Block<'_>, name: &str) -> Option<Vec<Spanned<String>>> {
        let ident = block.ident().value;
        if !block.has_labels() {
            let message = format!("`{ident}` requires at least one label, {name}");
            let help = format!("write `{ident} \"{}\" {{ … }}`", name.to_uppercase());
            self.report(self.error(header(block), message).help(help));
            return None;
        }
        let labels: Option<Vec<_>> = block.labels().into_iter().map(|label| self.label(label)).collect();
        let labels = labels?;
        for (at, label) in labels.iter().enumerate() {
            if labels.iter().take(at).any(|earlier| earlier.value == label.value) {
                let problem = self.error(label.span, format!("duplicate `{}`", label.value));
                self.report(problem.help("remove one of them"));
            }
        }
        Some(labels)
    }

    fn label(&self, label: Spanned<&str>) -> Option<Spanned<String>> {
        let Spanned { value, span } = label;
        self.is_honest(value, span).then(|| Spanned { value: value.to_owned(), span })
    }

    /// An error in this file.
    pub fn error(&self, span: Span, message: impl Into<String>) -> Problem {
        Problem::error(&self.source, span, message)
    }

    /// Keeps a problem.
    pub fn report(&self, problem: Problem) {
        let mut problems = self.problems.borrow_mut();
        if problems.len() < MAX_PROBLEMS {
            problems.push(problem);
        } else {
            self.uncounted.set(self.uncounted.get().saturating_add(1));
        }
    }

    /// Everything that was wrong, in the order of the file.
    pub fn finish(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|problem| problem.span);
        let more = self.uncounted.get();
        if more > 0 {
            let end = self.source.text.len();
            let span = Span { start: end, end };
            problems.push(Problem::error(&self.source, span, format!("{more} more errors are not shown")));
        }
        problems
    }

    /// Whether a decoded text shows all that it says; escapes could smuggle in what the file itself may not hold.
    pub(crate) fn is_honest(&self, text: &str, span: Span) -> bool {
        if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return true;
        }
        let Some(char) = text.chars().find(|char| is_unseen(*char)) else { return true };
        let message = format!("invisible character U+{:04X} in this string", u32::from(char));
        self.report(self.error(span, message).help("remove the character"));
        false
    }
}

/// The known name that somebody may have meant.
pub fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        // The first of the best, so that the answer does not depend on how floats are sorted.
        .fold(None, |best: Option<(f64, &str)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        })
        .map(|(_, candidate)| candidate)
}
