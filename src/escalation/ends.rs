//! How patterns begin and end, which shows quickly that two have no text in common.
//!
//! [`Strings::is_disjoint`](access_algebra::Strings::is_disjoint) knows more and is asked about two sets; here one pattern is
//! compared with the hundreds of the table, whose ends are computed once.

use access_algebra::{Pattern, Token};

/// How a pattern begins and ends, in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ends {
    start: String,
    end: String,
    is_whole: bool,
}

impl Ends {
    pub(super) fn of(pattern: &Pattern) -> Self {
        let text = |token: Option<&Token>| match token {
            Some(Token::Literal(text) | Token::Folded(text)) => text.to_lowercase(),
            Some(Token::One(_) | Token::Run(_) | Token::Hole(_)) | None => String::new(),
        };
        let tokens = pattern.tokens();
        let written = tokens.iter().all(|token| matches!(token, Token::Literal(_) | Token::Folded(_)));
        if written {
            let whole: String = tokens.iter().map(|token| text(Some(token))).collect();
            return Self { start: whole.clone(), end: whole, is_whole: true };
        }
        Self { start: text(tokens.first()), end: text(tokens.last()), is_whole: false }
    }

    /// The text in lower case, where the pattern has no wildcards.
    pub(super) fn as_literal(&self) -> Option<&str> {
        self.is_whole.then_some(self.start.as_str())
    }

    /// Whether a text may match both. True where the ends do not tell.
    pub(super) fn may_overlap(&self, other: &Self) -> bool {
        if self.is_whole && other.is_whole {
            return self.start == other.start;
        }
        let starts = self.start.starts_with(&other.start) || other.start.starts_with(&self.start);
        starts && (self.end.ends_with(&other.end) || other.end.ends_with(&self.end))
    }
}
