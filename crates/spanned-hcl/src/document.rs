//! A parsed file, and what stands in it: bodies, blocks, attributes and values, whichever parser read them.
//!
//! [`parse`] takes a [`Source`] and returns a [`Document`]. What can be asked of a node is the same for both parsers, so
//! nobody else knows that there are two.

use std::borrow::Cow;
use std::slice;

use hcl_edit::expr::Expression;
use hcl_edit::structure;

use crate::{Problem, Source, Span, Spanned, plain};

/// A parsed file.
#[derive(Debug)]
pub struct Document<'s>(Tree<'s>);

#[derive(Debug)]
enum Tree<'s> {
    Plain(plain::Body<'s>),
    Full(Box<structure::Body>),
}

/// The attributes and blocks of a file or block.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Body<'a> {
    Plain(&'a plain::Body<'a>),
    Full(&'a structure::Body),
}

/// A block: its name, its labels and what stands in it.
#[derive(Clone, Copy, Debug)]
pub struct Block<'a>(pub(crate) AnyBlock<'a>);

#[derive(Clone, Copy, Debug)]
pub(crate) enum AnyBlock<'a> {
    Plain(&'a plain::Block<'a>),
    Full(&'a structure::Block),
}

/// A name and its value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attribute<'a> {
    pub(crate) key: Spanned<&'a str>,
    pub(crate) value: Value<'a>,
}

/// What an attribute or an element of a list says.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value<'a> {
    Plain(&'a plain::Value<'a>),
    Full(&'a Expression),
}

/// Parses a file whose values are literals and references.
///
/// # Errors
///
/// The first syntax error, at its place.
pub fn parse(source: &Source) -> Result<Document<'_>, Box<Problem>> {
    match plain::parse(&source.text) {
        Some(body) => Ok(Document(Tree::Plain(body))),
        None => parse_expressions(source),
    }
}

/// Parses a file so that [`Fields::expression`](crate::Fields::expression) has what is written. hcl-edit stops at the first
/// thing it cannot read.
///
/// # Errors
///
/// The syntax error, at its place.
pub fn parse_expressions(source: &Source) -> Result<Document<'static>, Box<Problem>> {
    let body = hcl_edit::parser::parse_body(&source.text).map_err(|error| {
        let start = error.location().offset().min(source.text.len());
        let length = source.text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let span = Span { start, end: start + length };
        let message = format!("invalid HCL: {}", end_sentence(error.message()));
        Box::new(Problem::error(source, span, message).label("here"))
    })?;
    Ok(Document(Tree::Full(Box::new(body))))
}

/// hcl-edit's message as part of one sentence.
fn end_sentence(message: &str) -> String {
    message.split(';').map(str::trim).collect::<Vec<_>>().join("; ")
}

/// Where a node of hcl-edit's tree stands.
pub fn span_of(node: &impl hcl_edit::Span) -> Span {
    node.span().map_or_else(Span::default, Span::from)
}

impl<'s> Document<'s> {
    #[cfg(test)]
    pub(crate) fn plain(body: plain::Body<'s>) -> Self {
        Self(Tree::Plain(body))
    }

    /// The blocks at the top of the file, in order.
    pub fn blocks(&self) -> impl Iterator<Item = Block<'_>> {
        self.body().blocks()
    }

    pub(crate) fn body(&self) -> Body<'_> {
        match &self.0 {
            Tree::Plain(body) => Body::Plain(body),
            Tree::Full(body) => Body::Full(body),
        }
    }
}

impl<'a> Body<'a> {
    pub(crate) fn attribute(self, name: &str) -> Option<Attribute<'a>> {
        match self {
            Self::Plain(body) => {
                body.attributes.iter().find(|one| one.key.value == name).map(Attribute::plain)
            }
            Self::Full(body) => body.get_attribute(name).map(Attribute::full),
        }
    }

    pub(crate) fn attributes(self) -> impl Iterator<Item = Attribute<'a>> {
        let (plain, full) = match self {
            Self::Plain(body) => (Some(body.attributes.iter()), None),
            Self::Full(body) => (None, Some(body.attributes())),
        };
        let plain = plain.into_iter().flatten().map(Attribute::plain);
        plain.chain(full.into_iter().flatten().map(Attribute::full))
    }

    pub(crate) fn blocks(self) -> impl Iterator<Item = Block<'a>> {
        let (plain, full) = match self {
            Self::Plain(body) => (Some(body.blocks.iter()), None),
            Self::Full(body) => (None, Some(body.blocks())),
        };
        let plain = plain.into_iter().flatten().map(AnyBlock::Plain);
        plain.chain(full.into_iter().flatten().map(AnyBlock::Full)).map(Block)
    }
}

impl<'a> Attribute<'a> {
    fn plain(attribute: &'a plain::Attribute<'a>) -> Self {
        Self { key: attribute.key, value: Value::Plain(&attribute.value) }
    }

    fn full(attribute: &'a structure::Attribute) -> Self {
        let key = Spanned { value: attribute.key.as_str(), span: span_of(&attribute.key) };
        Self { key, value: Value::Full(&attribute.value) }
    }
}

impl<'a> Block<'a> {
    /// Its name.
    pub fn ident(self) -> Spanned<&'a str> {
        match self.0 {
            AnyBlock::Plain(block) => block.ident,
            AnyBlock::Full(block) => Spanned { value: block.ident.as_str(), span: span_of(&block.ident) },
        }
    }

    /// From its name to its end.
    pub fn span(self) -> Span {
        match self.0 {
            AnyBlock::Plain(block) => block.span,
            AnyBlock::Full(block) => span_of(block),
        }
    }

    /// Whether it has labels.
    pub fn has_labels(self) -> bool {
        match self.0 {
            AnyBlock::Plain(block) => !block.labels.is_empty(),
            AnyBlock::Full(block) => !block.labels.is_empty(),
        }
    }

    pub(crate) fn labels(self) -> Vec<Spanned<&'a str>> {
        let plain = |label: &'a Spanned<Cow<'a, str>>| Spanned { value: &*label.value, span: label.span };
        let full = |label: &'a structure::BlockLabel| Spanned { value: label.as_str(), span: span_of(label) };
        match self.0 {
            AnyBlock::Plain(block) => block.labels.iter().map(plain).collect(),
            AnyBlock::Full(block) => block.labels.iter().map(full).collect(),
        }
    }

    pub(crate) fn body(self) -> Body<'a> {
        match self.0 {
            AnyBlock::Plain(block) => Body::Plain(&block.body),
            AnyBlock::Full(block) => Body::Full(&block.body),
        }
    }
}

/// From a block's name to its last label.
pub fn header(block: Block<'_>) -> Span {
    let last = match block.0 {
        AnyBlock::Plain(block) => block.labels.last().map(|label| label.span),
        AnyBlock::Full(block) => block.labels.last().map(span_of),
    };
    let ident = block.ident().span;
    Span { start: ident.start, end: last.unwrap_or(ident).end }
}

impl<'a> Value<'a> {
    pub(crate) fn span(self) -> Span {
        match self {
            Self::Plain(value) => value.span,
            Self::Full(value) => span_of(value),
        }
    }

    /// The text of a text without references.
    pub(crate) fn as_text(self) -> Option<&'a str> {
        match self {
            Self::Plain(plain::Value { kind: plain::ValueKind::Text(text), .. }) => Some(text),
            Self::Plain(_) => None,
            Self::Full(value) => value.as_str(),
        }
    }

    pub(crate) fn as_flag(self) -> Option<bool> {
        match self {
            Self::Plain(plain::Value { kind: plain::ValueKind::Flag(flag), .. }) => Some(*flag),
            Self::Plain(_) => None,
            Self::Full(value) => value.as_bool(),
        }
    }

    pub(crate) fn as_count(self) -> Option<u64> {
        match self {
            Self::Plain(plain::Value { kind: plain::ValueKind::Count(count), .. }) => Some(*count),
            Self::Plain(_) => None,
            Self::Full(value) => value.as_number().and_then(hcl_edit::Number::as_u64),
        }
    }

    pub(crate) fn as_list(self) -> Option<Elements<'a>> {
        match self {
            Self::Plain(plain::Value { kind: plain::ValueKind::List(items), .. }) => {
                Some(Elements::Plain(items.iter()))
            }
            Self::Plain(_) => None,
            Self::Full(value) => value.as_array().map(|array| Elements::Full(array.iter())),
        }
    }
}

/// The elements of a list, in order.
pub(crate) enum Elements<'a> {
    Plain(slice::Iter<'a, plain::Value<'a>>),
    Full(Box<dyn Iterator<Item = &'a Expression> + 'a>),
}

impl<'a> Iterator for Elements<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Value<'a>> {
        match self {
            Self::Plain(items) => items.next().map(Value::Plain),
            Self::Full(items) => items.next().map(Value::Full),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Self::Plain(items) => items.size_hint(),
            Self::Full(items) => items.size_hint(),
        }
    }
}
