//! What is wrong with a source, and where.
//!
//! A [`Problem`] says that a file cannot be used as it is, or (as a warning) that somebody should look at it. It is
//! about what people wrote, never about a plan: that is a finding, and the two never share a type.

use crate::{Place, Position, Source, Span};

/// How much a problem weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The source cannot be used.
    Error,
    /// The source can be used; somebody should look.
    Warning,
}

/// One thing that is wrong with a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How much it weighs.
    pub severity: Severity,
    /// The kind of problem, for programs, where the caller has names for kinds.
    pub code: Option<&'static str>,
    /// The file. Its text is empty where the file could not be read.
    pub source: Source,
    /// Where in the file.
    pub span: Span,
    /// A few words that stand at the span; may be empty.
    pub label: String,
    /// One lower-case sentence without a full stop, the user's words in backticks.
    pub message: String,
    /// An instruction.
    pub help: Option<String>,
    /// The other end, where there is one.
    pub related: Vec<Related>,
}

/// Another place that a problem points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// One lower-case sentence.
    pub message: String,
}

impl Problem {
    /// An error at a place.
    pub fn error(source: &Source, span: Span, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code: None,
            source: source.clone(),
            span,
            label: String::new(),
            message: message.into(),
            help: None,
            related: Vec::new(),
        }
    }

    /// A warning at a place.
    pub fn warning(source: &Source, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(source, span, message) }
    }

    /// An error about a file or folder whose text we do not have.
    pub fn unread(name: &str, message: impl Into<String>) -> Self {
        Self::error(&Source::new(name, ""), Span::default(), message)
    }

    /// The same with words at the span.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The same with the kind of problem.
    #[must_use]
    pub fn code(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }

    /// The same with an instruction.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, pointing at another place too.
    #[must_use]
    pub fn related(mut self, place: Place, message: impl Into<String>) -> Self {
        self.related.push(Related { place, message: message.into() });
        self
    }

    /// Where it begins; none where the file could not be read.
    pub fn position(&self) -> Option<Position> {
        (!self.source.text.is_empty()).then(|| self.source.position(self.span.start))
    }
}
