//! Texts that may hold references.
//!
//! Takes an expression and returns a [`TextTemplate`]: a literal, a reference (`aws_iam_role.ci.arn`), or a quoted text
//! with references in it (`"${account}:role/ci"`). What a reference means is the caller's question. Whatever would have to
//! be computed is a problem, as it is for literals.

use std::collections::BTreeMap;
use std::fmt;

use hcl_edit::expr::{Expression, Traversal, TraversalOperator};
use hcl_edit::template::{Element, StringTemplate, Strip};

use crate::decoder::Decoder;
use crate::document::{Attribute, Value, span_of};
use crate::literal::{refuse, string};
use crate::plain::{self, ValueKind};
use crate::{Place, Span, Spanned};

/// A text in parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextTemplate {
    /// In order; no two neighbouring literals, no empty literal.
    pub parts: Vec<TemplatePart>,
}

/// One part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplatePart {
    /// Known characters.
    Literal(String),
    /// The text that something else has.
    Reference(Spanned<TemplateReference>),
}

/// A reference as it is written: a name, and steps from there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TemplateReference {
    /// The first name.
    pub root: String,
    /// What follows it.
    pub steps: Vec<ReferenceStep>,
}

/// One step of a reference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReferenceStep {
    /// `.name`.
    Attribute(String),
    /// `["key"]`.
    Key(String),
    /// `[0]`.
    Index(u64),
}

impl TextTemplate {
    /// A text without references.
    pub fn literal(text: &str) -> Self {
        let parts = if text.is_empty() { Vec::new() } else { vec![TemplatePart::Literal(text.to_owned())] };
        Self { parts }
    }

    /// The text, where it has no references.
    pub fn as_literal(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [] => Some(""),
            [TemplatePart::Literal(text)] => Some(text),
            _ => None,
        }
    }

    /// The references in it.
    pub fn references(&self) -> impl Iterator<Item = &Spanned<TemplateReference>> {
        self.parts.iter().filter_map(|part| match part {
            TemplatePart::Reference(reference) => Some(reference),
            TemplatePart::Literal(_) => None,
        })
    }
}

impl fmt::Display for TextTemplate {
    /// As it may be written in quotes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts.iter().try_for_each(|part| match part {
            TemplatePart::Literal(text) => f.write_str(text),
            TemplatePart::Reference(reference) => write!(f, "${{{}}}", reference.value),
        })
    }
}

impl fmt::Display for TemplateReference {
    /// As Terraform writes addresses, with keys in its quotes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.root)?;
        self.steps.iter().try_for_each(|step| write!(f, "{step}"))
    }
}

impl fmt::Display for ReferenceStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attribute(name) => write!(f, ".{name}"),
            Self::Index(index) => write!(f, "[{index}]"),
            Self::Key(key) => {
                let escaped = key.replace('\\', "\\\\").replace('"', "\\\"");
                let escaped = escaped.replace("${", "$${").replace("%{", "%%{");
                write!(f, "[\"{escaped}\"]")
            }
        }
    }
}

/// A text that may hold references.
pub(crate) fn template(decoder: &Decoder, name: &str, value: Value<'_>) -> Option<Spanned<TextTemplate>> {
    let span = value.span();
    let parts = match value {
        Value::Full(Expression::Traversal(traversal)) => {
            vec![TemplatePart::Reference(Spanned { value: reference(decoder, name, traversal)?, span })]
        }
        Value::Full(Expression::StringTemplate(template)) => parts(decoder, name, template, span)?,
        Value::Plain(plain::Value { kind: ValueKind::Reference(reference), .. }) => {
            vec![TemplatePart::Reference(Spanned { value: reference.clone(), span })]
        }
        Value::Plain(plain::Value { kind: ValueKind::Template(parts), .. }) => {
            let is_honest = |part: &TemplatePart| match part {
                TemplatePart::Literal(text) => decoder.is_honest(text, span),
                TemplatePart::Reference(_) => true,
            };
            if !parts.iter().all(is_honest) {
                return None;
            }
            parts.clone()
        }
        Value::Full(_) | Value::Plain(_) => return string(decoder, name, value).map(as_template),
    };
    Some(Spanned { value: TextTemplate { parts }, span })
}

/// A list of texts that may hold references, each once.
pub(crate) fn templates(decoder: &Decoder, attribute: Attribute<'_>) -> Vec<Spanned<TextTemplate>> {
    let (name, value) = (attribute.key.value, attribute.value);
    let Some(elements) = value.as_list() else {
        refuse(decoder, name, "a list of strings", value);
        return Vec::new();
    };
    let mut elements = elements.peekable();
    if elements.peek().is_none() {
        let problem = decoder.error(value.span(), format!("`{name}` is an empty list"));
        decoder.report(problem.help("add at least one element, or remove the attribute if it is optional"));
    }
    let mut seen = BTreeMap::new();
    let mut texts = Vec::with_capacity(elements.size_hint().0);
    for element in elements {
        let Some(text) = template(decoder, name, element) else { continue };
        let written = text.value.as_literal().map_or_else(|| text.value.to_string(), str::to_owned);
        if text.value.parts.is_empty() {
            decoder.report(decoder.error(text.span, format!("empty string in `{name}`")).help("remove it"));
        } else if let Some(first) = seen.insert(written.clone(), text.span) {
            let place = Place { source: decoder.source().clone(), span: first };
            let problem = decoder.error(text.span, format!("duplicate `{written}` in `{name}`"));
            decoder.report(problem.related(place, "first listed here").help("remove one of them"));
        } else {
            texts.push(text);
        }
    }
    texts
}

fn as_template(text: Spanned<String>) -> Spanned<TextTemplate> {
    let parts = if text.value.is_empty() { Vec::new() } else { vec![TemplatePart::Literal(text.value)] };
    Spanned { value: TextTemplate { parts }, span: text.span }
}

fn parts(decoder: &Decoder, name: &str, template: &StringTemplate, span: Span) -> Option<Vec<TemplatePart>> {
    let mut parts = Vec::new();
    for element in template {
        match element {
            Element::Literal(text) if decoder.is_honest(text.as_str(), span) => {
                parts.push(TemplatePart::Literal(text.as_str().to_owned()));
            }
            Element::Literal(_) => return None,
            Element::Interpolation(interpolation) if interpolation.strip == Strip::None => {
                let Expression::Traversal(traversal) = &interpolation.expr else {
                    parts.push(lone_name(decoder, name, &interpolation.expr)?);
                    continue;
                };
                let value = reference(decoder, name, traversal)?;
                parts.push(TemplatePart::Reference(Spanned { value, span: span_of(&interpolation.expr) }));
            }
            Element::Interpolation(_) | Element::Directive(_) => {
                let message = format!("`{name}` holds a directive or a `~`, which are not evaluated");
                decoder
                    .report(decoder.error(span, message).help("write the text, with references in `${…}`"));
                return None;
            }
        }
    }
    Some(parts)
}

/// `${account}`.
fn lone_name(decoder: &Decoder, name: &str, value: &Expression) -> Option<TemplatePart> {
    let Expression::Variable(variable) = value else {
        refuse(decoder, name, "a text with references", Value::Full(value));
        return None;
    };
    let reference = TemplateReference { root: variable.as_str().to_owned(), steps: Vec::new() };
    Some(TemplatePart::Reference(Spanned { value: reference, span: span_of(value) }))
}

fn reference(decoder: &Decoder, name: &str, traversal: &Traversal) -> Option<TemplateReference> {
    let refused = |value: &Expression| {
        refuse(decoder, name, "a string or a reference", Value::Full(value));
        None
    };
    let Expression::Variable(root) = &traversal.expr else { return refused(&traversal.expr) };
    let mut steps = Vec::new();
    for operator in &traversal.operators {
        steps.push(match operator.value() {
            TraversalOperator::GetAttr(attribute) => ReferenceStep::Attribute(attribute.as_str().to_owned()),
            TraversalOperator::Index(Expression::String(key)) => {
                if !decoder.is_honest(key.as_str(), span_of(&traversal.expr)) {
                    return None;
                }
                ReferenceStep::Key(key.as_str().to_owned())
            }
            TraversalOperator::Index(Expression::Number(index)) => match index.value().as_u64() {
                Some(index) => ReferenceStep::Index(index),
                None => return refused(&Expression::Number(index.clone())),
            },
            TraversalOperator::Index(other) => return refused(other),
            TraversalOperator::AttrSplat(_)
            | TraversalOperator::FullSplat(_)
            | TraversalOperator::LegacyIndex(_) => {
                let message = format!("`{name}` must name one object, found `[*]` or the like");
                let problem = decoder.error(span_of(&traversal.expr), message);
                decoder.report(problem.help("list each object with its key, such as `[0]` or `[\"a\"]`"));
                return None;
            }
        });
    }
    Some(TemplateReference { root: root.as_str().to_owned(), steps })
}

#[cfg(test)]
mod tests {
    use crate::{Decoder, Problem, Source, parse};

    /// The texts of `x`, or what is wrong with them.
    fn read(list: &str) -> Result<Vec<String>, Vec<Problem>> {
        let source = Source::new("a", &format!("x = {list}\n"));
        let body = parse(&source).unwrap();
        let decoder = Decoder::new(&source);
        let mut fields = decoder.file(&body);
        let texts = fields.templates("x");
        fields.finish();
        let problems = decoder.finish();
        if problems.is_empty() {
            return Ok(texts.iter().map(|text| text.value.to_string()).collect());
        }
        Err(problems)
    }

    #[test]
    fn texts_hold_references() {
        let texts = read(r#"[a.b.c, "x", "${account}:${m.n["k\"y"].t.r[0].arn}", "$${aws:username}"]"#);
        let expected = ["${a.b.c}", "x", r#"${account}:${m.n["k\"y"].t.r[0].arn}"#, "${aws:username}"]
            .map(str::to_owned);
        assert_eq!(texts.unwrap(), expected);
    }

    #[test]
    fn what_would_have_to_be_computed_is_refused() {
        for list in [
            "[account]",
            "[f(a.b)]",
            "[\"${f(a.b)}\"]",
            "[\"${a.b == 1}\"]",
            "[a.b[*].c]",
            "[a.b[c].d]",
            "[\"%{ if true }x%{ endif }\"]",
            "[\"x ${~ a.b ~} y\"]",
            "[a.b ? c.d : e.f]",
            "a.b",
            "[a.b, a.b]",
            "[\"\"]",
            "[a.b[-1]]",
            "[\"${\"x\"}\"]",
        ] {
            assert!(read(list).is_err(), "{list}: {:?}", read(list));
        }
    }
}
