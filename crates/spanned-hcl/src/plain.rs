//! The parser of files that hold only names, blocks and literals, as manifests do.
//!
//! Takes a text and returns its [`Body`], with the places and values that hcl-edit gives; or nothing where the text holds
//! anything else, a mistake above all, so that hcl-edit is the only one that says what is wrong. It exists because a parser of
//! the whole language costs some five hundred instructions a byte, which was a third of a whole run.
//!
//! Plain are quoted texts with the escapes of one letter, references as a whole or in `${…}`, lists of these, `true`,
//! `false`, small whole numbers, and comments to the end of a line.

use std::borrow::Cow;

use crate::{ReferenceStep, Span, Spanned, TemplatePart, TemplateReference};

mod cursor;

use cursor::Cursor;

/// Blocks within blocks that are read here: a manifest has three levels.
const MAX_DEPTH: usize = 8;

/// Attributes of one body that are read here, because each is compared with all before it.
const MAX_ATTRIBUTES: usize = 64;

/// Attributes and blocks, each in the order of the text.
#[derive(Debug, Default)]
pub(crate) struct Body<'s> {
    pub(crate) attributes: Vec<Attribute<'s>>,
    pub(crate) blocks: Vec<Block<'s>>,
}

/// `key = value`.
#[derive(Debug)]
pub(crate) struct Attribute<'s> {
    pub(crate) key: Spanned<&'s str>,
    pub(crate) value: Value<'s>,
}

/// `ident "label" { … }`.
#[derive(Debug)]
pub(crate) struct Block<'s> {
    pub(crate) ident: Spanned<&'s str>,
    pub(crate) labels: Vec<Spanned<Cow<'s, str>>>,
    pub(crate) body: Body<'s>,
    pub(crate) span: Span,
}

/// A literal, and where it stands.
#[derive(Debug)]
pub(crate) struct Value<'s> {
    pub(crate) kind: ValueKind<'s>,
    pub(crate) span: Span,
}

/// What a literal is.
#[derive(Debug)]
pub(crate) enum ValueKind<'s> {
    Text(Cow<'s, str>),
    Template(Vec<TemplatePart>),
    Reference(TemplateReference),
    Flag(bool),
    Count(u64),
    List(Vec<Value<'s>>),
}

/// Reads a text, where all of it is plain.
pub(crate) fn parse(text: &str) -> Option<Body<'_>> {
    let mut cursor = Cursor::new(text);
    let body = parse_body(&mut cursor, 0)?;
    cursor.is_at_end().then_some(body)
}

/// Structures up to what begins none: the end of the text or of the block.
fn parse_body<'s>(cursor: &mut Cursor<'s>, depth: usize) -> Option<Body<'s>> {
    let mut body = Body::default();
    loop {
        cursor.skip_space()?;
        if !cursor.is_at_name() {
            return Some(body);
        }
        parse_structure(cursor, &mut body, depth)?;
        cursor.skip_rest_of_line()?;
    }
}

fn parse_structure<'s>(cursor: &mut Cursor<'s>, body: &mut Body<'s>, depth: usize) -> Option<()> {
    let name = cursor.take_name()?;
    cursor.skip_blanks();
    if cursor.take(b'=') {
        cursor.skip_blanks();
        return add_attribute(body, name, parse_value(cursor)?);
    }
    let mut labels = Vec::new();
    while !cursor.take(b'{') {
        labels.push(parse_label(cursor)?);
        cursor.skip_blanks();
    }
    if depth == MAX_DEPTH {
        return None;
    }
    let inner = parse_block_body(cursor, depth + 1)?;
    let span = cursor.span_from(name.span.start);
    body.blocks.push(Block { ident: name, labels, body: inner, span });
    Some(())
}

/// A name that stands twice is a mistake.
fn add_attribute<'s>(body: &mut Body<'s>, key: Spanned<&'s str>, value: Value<'s>) -> Option<()> {
    if body.attributes.len() == MAX_ATTRIBUTES
        || body.attributes.iter().any(|earlier| earlier.key.value == key.value)
    {
        return None;
    }
    body.attributes.push(Attribute { key, value });
    Some(())
}

/// What stands behind `{`, and the `}`: lines, or one attribute at most.
fn parse_block_body<'s>(cursor: &mut Cursor<'s>, depth: usize) -> Option<Body<'s>> {
    cursor.skip_blanks();
    let mut body = Body::default();
    if cursor.is_at_name() {
        let key = cursor.take_name()?;
        cursor.skip_blanks();
        cursor.take(b'=').then_some(())?;
        cursor.skip_blanks();
        add_attribute(&mut body, key, parse_value(cursor)?)?;
        cursor.skip_blanks();
    } else if !cursor.is_at(b'}') {
        cursor.skip_rest_of_line()?;
        body = parse_body(cursor, depth)?;
    }
    cursor.take(b'}').then_some(body)
}

fn parse_label<'s>(cursor: &mut Cursor<'s>) -> Option<Spanned<Cow<'s, str>>> {
    if cursor.is_at_name() {
        let name = cursor.take_name()?;
        return Some(Spanned { value: Cow::Borrowed(name.value), span: name.span });
    }
    match parse_quoted(cursor)? {
        Value { kind: ValueKind::Text(value), span } => Some(Spanned { value, span }),
        _ => None,
    }
}

fn parse_value<'s>(cursor: &mut Cursor<'s>) -> Option<Value<'s>> {
    match cursor.peek()? {
        b'"' => parse_quoted(cursor),
        b'[' => parse_list(cursor),
        b'0'..=b'9' => {
            let start = cursor.at();
            let kind = ValueKind::Count(cursor.take_count()?);
            Some(Value { kind, span: cursor.span_from(start) })
        }
        _ => parse_word(cursor),
    }
}

/// A list of values that are no lists.
fn parse_list<'s>(cursor: &mut Cursor<'s>) -> Option<Value<'s>> {
    let start = cursor.at();
    cursor.take(b'[').then_some(())?;
    let mut items = Vec::new();
    loop {
        cursor.skip_space()?;
        if cursor.take(b']') {
            return Some(Value { kind: ValueKind::List(items), span: cursor.span_from(start) });
        }
        if cursor.is_at(b'[') {
            return None;
        }
        items.push(parse_value(cursor)?);
        cursor.skip_space()?;
        if !cursor.take(b',') && !cursor.is_at(b']') {
            return None;
        }
    }
}

/// `true`, `false`, or a reference of at least one step: a name alone is a variable, and what may follow is not plain.
fn parse_word<'s>(cursor: &mut Cursor<'s>) -> Option<Value<'s>> {
    let start = cursor.at();
    let root = cursor.take_name()?.value;
    let steps = parse_steps(cursor)?;
    let kind = match (root, steps.is_empty()) {
        ("true", true) => ValueKind::Flag(true),
        ("false", true) => ValueKind::Flag(false),
        ("true" | "false" | "null" | "for", _) | (_, true) => return None,
        (_, false) => ValueKind::Reference(TemplateReference { root: root.to_owned(), steps }),
    };
    Some(Value { kind, span: cursor.span_from(start) })
}

/// `.name`, `["key"]` and `[0]`, without space.
fn parse_steps(cursor: &mut Cursor<'_>) -> Option<Vec<ReferenceStep>> {
    let mut steps = Vec::new();
    loop {
        if cursor.take(b'.') {
            steps.push(ReferenceStep::Attribute(cursor.take_name()?.value.to_owned()));
        } else if cursor.take(b'[') {
            steps.push(match cursor.peek()? {
                b'0'..=b'9' => ReferenceStep::Index(cursor.take_count()?),
                _ => ReferenceStep::Key(cursor.take_key()?.to_owned()),
            });
            cursor.take(b']').then_some(())?;
        } else {
            return Some(steps);
        }
    }
}

/// A text in quotes, with references in it or without.
fn parse_quoted<'s>(cursor: &mut Cursor<'s>) -> Option<Value<'s>> {
    let start = cursor.at();
    cursor.take(b'"').then_some(())?;
    let mut parts = Vec::new();
    loop {
        let text = cursor.take_text()?;
        if cursor.take(b'"') {
            let span = cursor.span_from(start);
            if parts.is_empty() {
                return Some(Value { kind: ValueKind::Text(text), span });
            }
            push_literal(&mut parts, &text);
            return Some(Value { kind: ValueKind::Template(parts), span });
        }
        push_literal(&mut parts, &text);
        parts.push(TemplatePart::Reference(parse_interpolation(cursor)?));
    }
}

fn push_literal(parts: &mut Vec<TemplatePart>, text: &str) {
    if !text.is_empty() {
        parts.push(TemplatePart::Literal(text.to_owned()));
    }
}

/// `${name}` or `${name.step}`.
fn parse_interpolation(cursor: &mut Cursor<'_>) -> Option<Spanned<TemplateReference>> {
    (cursor.take(b'$') && cursor.take(b'{')).then_some(())?;
    let start = cursor.at();
    let root = cursor.take_name()?.value;
    if matches!(root, "true" | "false" | "null") {
        return None;
    }
    let value = TemplateReference { root: root.to_owned(), steps: parse_steps(cursor)? };
    let span = cursor.span_from(start);
    cursor.take(b'}').then_some(Spanned { value, span })
}

#[cfg(test)]
mod tests;
