//! Patterns over strings: how a statement describes principals, actions and resources.
//!
//! A [`Pattern`] is a sequence of [`Token`]s. [`Strings`] is a finite union of patterns less another one, which
//! is how Azure's `notActions` and AWS's `NotAction` are expressed. Matching one string lives in
//! [`crate::evaluate`]; deciding inclusion lives in [`crate::contain`].

use std::fmt;
use std::sync::Arc;

use crate::hole::{Hole, HoleKind};

/// One piece of a pattern.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Token {
    /// Exactly this text.
    Literal(Arc<str>),
    /// This text in any case. INVARIANT: stored in lower case.
    Folded(Arc<str>),
    /// One character, other than the separator where there is one.
    One(Option<char>),
    /// Any run of characters, the empty one included, none of them the separator where there is one.
    Run(Option<char>),
    /// A value that is not written here.
    Hole(Hole),
}

/// How a text is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LetterCase {
    Kept,
    Folded,
}

/// Builds a pattern: neighbouring text is joined until another token comes.
#[derive(Debug, Default)]
struct PatternBuilder {
    tokens: Vec<Token>,
    text: Option<(LetterCase, JoinedText)>,
}

/// Text that was given in one piece keeps its place in memory.
#[derive(Debug)]
enum JoinedText {
    Whole(Arc<str>),
    Joined(String),
}

impl PatternBuilder {
    fn push_text(&mut self, text: Arc<str>, case: LetterCase) {
        if text.is_empty() {
            return;
        }
        match &mut self.text {
            Some((last, JoinedText::Joined(joined))) if *last == case => joined.push_str(&text),
            Some((last, gathered @ JoinedText::Whole(_))) if *last == case => {
                if let JoinedText::Whole(first) = &*gathered {
                    *gathered = JoinedText::Joined(format!("{first}{text}"));
                }
            }
            Some(_) | None => {
                self.finish_text();
                self.text = Some((case, JoinedText::Whole(text)));
            }
        }
    }

    fn push_token(&mut self, token: Token) {
        self.finish_text();
        self.tokens.push(token);
    }

    fn finish_text(&mut self) {
        let Some((case, gathered)) = self.text.take() else { return };
        let text = match gathered {
            JoinedText::Whole(text) => text,
            JoinedText::Joined(text) => text.into(),
        };
        self.tokens.push(match case {
            LetterCase::Kept => Token::Literal(text),
            LetterCase::Folded => Token::Folded(text),
        });
    }

    fn finish(mut self) -> Pattern {
        self.finish_text();
        Pattern { tokens: self.tokens }
    }
}

/// A set of strings: every string that is a concatenation of what the tokens match.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Pattern {
    /// INVARIANT: no two neighbouring literals, no empty literal.
    tokens: Vec<Token>,
}

impl Pattern {
    /// The pattern of these tokens; neighbouring literals are joined.
    pub fn new(tokens: impl IntoIterator<Item = Token>) -> Self {
        let tokens = tokens.into_iter();
        let mut builder = PatternBuilder { tokens: Vec::with_capacity(tokens.size_hint().0), text: None };
        for token in tokens {
            match token {
                Token::Literal(text) => builder.push_text(text, LetterCase::Kept),
                Token::Folded(text) => builder.push_text(text, LetterCase::Folded),
                other @ (Token::One(_) | Token::Run(_) | Token::Hole(_)) => builder.push_token(other),
            }
        }
        builder.finish()
    }

    /// Exactly this text.
    pub fn literal(text: &str) -> Self {
        Self::new([Token::Literal(text.into())])
    }

    /// This text in any case.
    pub fn folded(text: &str) -> Self {
        Self::new([Token::Folded(text.to_lowercase().into())])
    }

    /// Every string.
    pub fn any() -> Self {
        Self::new([Token::Run(None)])
    }

    /// The one string that a hole stands for, of which nothing is known.
    pub fn hole(kind: HoleKind, name: &str) -> Self {
        Self::new([Token::Hole(Hole::new(kind, name))])
    }

    /// The one string that a hole stands for, which is a word.
    ///
    /// ```
    /// use access_algebra::{HoleKind, Pattern, Strings, Token};
    ///
    /// let name = Pattern::word(HoleKind::Unknown, "aws_kms_key.logs.key_id");
    /// let bucket = Pattern::new([Token::Literal("arn:aws:s3:::".into()), Token::Run(None)]);
    /// assert!(Strings::of([name]).is_disjoint(&Strings::of([bucket])), "a word holds no colon");
    /// ```
    pub fn word(kind: HoleKind, name: &str) -> Self {
        Self::new([Token::Hole(Hole::word(kind, name))])
    }

    /// The pieces, in order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The text, where the pattern is one literal (case kept) and nothing else; the empty pattern is the empty text.
    pub fn as_literal(&self) -> Option<&str> {
        match self.tokens.as_slice() {
            [] => Some(""),
            [Token::Literal(text)] => Some(text),
            _ => None,
        }
    }

    /// The text with which every string that the pattern matches begins, as far as it is written out with its case;
    /// empty where the pattern begins with anything else.
    ///
    /// ```
    /// use access_algebra::{Pattern, Token};
    ///
    /// let objects = Pattern::new([Token::Literal("arn:aws:s3:::reports/".into()), Token::Run(None)]);
    /// assert_eq!(objects.literal_prefix(), "arn:aws:s3:::reports/");
    /// assert_eq!(Pattern::folded("s3:GetObject").literal_prefix(), "", "its case is not known");
    /// ```
    pub fn literal_prefix(&self) -> &str {
        match self.tokens.first() {
            Some(Token::Literal(text)) => text,
            Some(Token::Folded(_) | Token::One(_) | Token::Run(_) | Token::Hole(_)) | None => "",
        }
    }

    /// Whether every string matches.
    pub fn is_any(&self) -> bool {
        matches!(self.tokens.as_slice(), [Token::Run(None)])
    }

    /// The holes in it.
    pub fn holes(&self) -> impl Iterator<Item = &Hole> {
        self.tokens.iter().filter_map(|token| match token {
            Token::Hole(hole) => Some(hole),
            Token::Literal(_) | Token::Folded(_) | Token::One(_) | Token::Run(_) => None,
        })
    }
}

impl fmt::Display for Pattern {
    /// The pattern as a person writes it: `*`, `?`, and holes as `${name}`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for token in &self.tokens {
            match token {
                Token::Literal(text) | Token::Folded(text) => f.write_str(text)?,
                Token::One(_) => f.write_str("?")?,
                Token::Run(_) => f.write_str("*")?,
                Token::Hole(hole) => write!(f, "${{{}}}", hole.name)?,
            }
        }
        Ok(())
    }
}

/// A set of strings: what any of `include` matches and none of `exclude`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Strings {
    /// The union.
    pub include: Vec<Pattern>,
    /// What is taken out of it again.
    pub exclude: Vec<Pattern>,
}

impl Strings {
    /// Every string.
    pub fn any() -> Self {
        Self::of([Pattern::any()])
    }

    /// What any of these matches.
    pub fn of(include: impl IntoIterator<Item = Pattern>) -> Self {
        Self { include: include.into_iter().collect(), exclude: Vec::new() }
    }

    /// What none of these matches.
    pub fn except(exclude: impl IntoIterator<Item = Pattern>) -> Self {
        Self { include: vec![Pattern::any()], exclude: exclude.into_iter().collect() }
    }

    /// Whether it is proved that no string is in both sets, whatever their holes stand for. `false` means that a string
    /// is in both, or that it depends on a hole or costs too much to tell.
    ///
    /// ```
    /// use access_algebra::{Pattern, Strings, Token};
    ///
    /// let starting = |text: &str| Strings::of([Pattern::new([Token::Literal(text.into()), Token::Run(None)])]);
    /// assert!(starting("s3:Get").is_disjoint(&starting("s3:Put")));
    /// assert!(!starting("s3:").is_disjoint(&starting("s3:Put")));
    /// ```
    pub fn is_disjoint(&self, other: &Self) -> bool {
        crate::contain::strings::are_disjoint(self, other)
    }
}
