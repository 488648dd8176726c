//! Texts of literals and holes.

use std::sync::Arc;

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use super::hole::Hole;
use super::limits::{MAX_PARTS, MAX_TEXT_BYTES};

/// One part of a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TextPart {
    /// Just this; never empty, and never beside another literal.
    Literal(Arc<str>),
    /// Text that is not known.
    Hole(Hole),
}

/// A text of literals and holes: the set of texts that some filling of the holes gives. In Unicode's normal form C, like
/// every text of Terraform; a hole stands for text that does not combine with its neighbours.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Text(Arc<[TextPart]>);

impl Text {
    /// Known text.
    pub fn known(text: &str) -> Self {
        let mut builder = TextBuilder::default();
        builder.push_literal(text);
        builder.build()
    }

    /// Text of which nothing is known but what the hole says.
    pub fn hole(hole: Hole) -> Self {
        Self(Arc::from([TextPart::Hole(hole)]))
    }

    /// The parts, in order.
    pub fn parts(&self) -> &[TextPart] {
        &self.0
    }

    /// The text, where it is known.
    pub fn as_known(&self) -> Option<&str> {
        match self.parts() {
            [] => Some(""),
            [TextPart::Literal(text)] => Some(text),
            _ => None,
        }
    }

    /// What it certainly begins with.
    pub fn prefix(&self) -> &str {
        match self.parts().first() {
            Some(TextPart::Literal(text)) => text,
            Some(TextPart::Hole(_)) | None => "",
        }
    }

    /// What it certainly ends with.
    pub fn suffix(&self) -> &str {
        match self.parts().last() {
            Some(TextPart::Literal(text)) => text,
            Some(TextPart::Hole(_)) | None => "",
        }
    }

    /// The first hole.
    pub fn first_hole(&self) -> Option<&Hole> {
        self.parts().iter().find_map(|part| match part {
            TextPart::Hole(hole) => Some(hole),
            TextPart::Literal(_) => None,
        })
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::known(text)
    }
}

/// Puts a text together.
#[derive(Debug, Default)]
pub struct TextBuilder {
    parts: Vec<TextPart>,
    literal: String,
    bytes: usize,
}

impl TextBuilder {
    /// Adds known text.
    pub fn push_literal(&mut self, text: &str) {
        self.bytes += text.len();
        if !self.is_full() {
            self.literal.push_str(text);
        }
    }

    /// Adds unknown text.
    pub fn push_hole(&mut self, hole: Hole) {
        self.end_literal();
        if !self.is_full() {
            self.parts.push(TextPart::Hole(hole));
        }
    }

    /// Adds all parts of a text.
    pub fn push(&mut self, text: &Text) {
        for part in text.parts() {
            match part {
                TextPart::Literal(literal) => self.push_literal(literal),
                TextPart::Hole(hole) => self.push_hole(hole.clone()),
            }
        }
    }

    /// The text; one that is too long is a hole.
    pub fn build(mut self) -> Text {
        self.end_literal();
        if self.is_full() {
            return Text::hole(Hole::unreadable("a text that is too long"));
        }
        Text(self.parts.into())
    }

    fn is_full(&self) -> bool {
        self.bytes > MAX_TEXT_BYTES || self.parts.len() >= MAX_PARTS
    }

    fn end_literal(&mut self) {
        let literal = std::mem::take(&mut self.literal);
        if literal.is_empty() || self.is_full() {
            return;
        }
        let literal = if is_nfc(&literal) { literal } else { literal.nfc().collect() };
        self.parts.push(TextPart::Literal(literal.into()));
    }
}
