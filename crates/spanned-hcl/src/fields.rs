//! The attributes and blocks of one body, taken by name.
//!
//! A name that a caller asks for is known; [`Fields::finish`] reports all other names, with a suggestion from the
//! known ones. A body that was not finished has not been checked, which is why finishing consumes it.

use std::fmt;
use std::time::Duration;

use hcl_edit::expr::Expression;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::decoder::{Decoder, did_you_mean};
use crate::document::{Attribute, Block, Body, Document, Value, header};
use crate::{Place, Problem, Span, Spanned, TextTemplate, literal, template};

/// The attributes and blocks of one body.
#[derive(Debug)]
#[must_use = "unknown names are reported by `finish`"]
pub struct Fields<'a> {
    decoder: &'a Decoder,
    owner: Owner<'a>,
    /// What messages point at where something is missing.
    span: Span,
    body: Body<'a>,
    attributes: Vec<&'static str>,
    /// Whether the caller took every attribute, whatever its name.
    takes_every_attribute: bool,
    blocks: Vec<&'static str>,
    missing: Vec<&'static str>,
    choices: Vec<Choice>,
}

/// Whose attributes and blocks they are, in messages.
#[derive(Clone, Copy, Debug)]
enum Owner<'a> {
    File,
    Block(&'a str),
}

impl fmt::Display for Owner<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File => f.write_str("the file"),
            Self::Block(name) => write!(f, "`{name}`"),
        }
    }
}

/// Names of which at least one has to stand in a body.
#[derive(Debug)]
struct Choice {
    names: &'static [&'static str],
    message: &'static str,
    help: &'static str,
}

impl<'a> Fields<'a> {
    pub(crate) fn of_file(decoder: &'a Decoder, document: &'a Document<'_>) -> Self {
        Self::new(decoder, Owner::File, Span::default(), document.body())
    }

    pub(crate) fn of_block(decoder: &'a Decoder, block: Block<'a>) -> Self {
        Self::new(decoder, Owner::Block(block.ident().value), header(block), block.body())
    }

    fn new(decoder: &'a Decoder, owner: Owner<'a>, span: Span, body: Body<'a>) -> Self {
        Self {
            decoder,
            owner,
            span,
            body,
            attributes: Vec::new(),
            takes_every_attribute: false,
            blocks: Vec::new(),
            missing: Vec::new(),
            choices: Vec::new(),
        }
    }

    /// The block's heading; empty for a file.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Whether an attribute stands here; the name becomes known.
    pub fn has(&mut self, name: &'static str) -> bool {
        self.attribute(name).is_some()
    }

    /// Where an attribute's name stands.
    pub fn key_span(&self, name: &str) -> Option<Span> {
        self.body.attribute(name).map(|attribute| attribute.key.span)
    }

    /// A text.
    pub fn string(&mut self, name: &'static str) -> Option<Spanned<String>> {
        let attribute = self.attribute(name)?;
        literal::string(self.decoder, name, attribute.value)
    }

    /// A text that must be there and not be blank.
    pub fn required_string(&mut self, name: &'static str) -> Option<Spanned<String>> {
        self.require(name)?;
        let text = self.string(name)?;
        if text.value.trim().is_empty() {
            let problem = self.decoder.error(text.span, format!("`{name}` is empty"));
            self.decoder.report(problem.help(format!("add a value for `{name}`")));
            return None;
        }
        Some(text)
    }

    /// A list of texts; empty where the attribute is absent. An empty list, an empty text and a text that stands
    /// twice are problems.
    pub fn strings(&mut self, name: &'static str) -> Vec<Spanned<String>> {
        self.attribute(name)
            .map(|attribute| literal::strings(self.decoder, name, attribute.value))
            .unwrap_or_default()
    }

    /// A list of texts that must be there.
    pub fn required_strings(&mut self, name: &'static str) -> Option<Vec<Spanned<String>>> {
        self.require(name)?;
        let texts = self.strings(name);
        (!texts.is_empty()).then_some(texts)
    }

    /// A text that may hold references.
    pub fn template(&mut self, name: &'static str) -> Option<Spanned<TextTemplate>> {
        let attribute = self.attribute(name)?;
        template::template(self.decoder, name, attribute.value)
    }

    /// A text that must be there and may hold references.
    pub fn required_template(&mut self, name: &'static str) -> Option<Spanned<TextTemplate>> {
        self.require(name)?;
        self.template(name)
    }

    /// A list of texts that may hold references, with the same problems as [`Fields::strings`].
    pub fn templates(&mut self, name: &'static str) -> Vec<Spanned<TextTemplate>> {
        self.attribute(name).map(|attribute| template::templates(self.decoder, attribute)).unwrap_or_default()
    }

    /// A list of texts that must be there and may hold references.
    pub fn required_templates(&mut self, name: &'static str) -> Option<Vec<Spanned<TextTemplate>>> {
        self.require(name)?;
        let texts = self.templates(name);
        (!texts.is_empty()).then_some(texts)
    }

    /// `true` or `false`.
    pub fn flag(&mut self, name: &'static str) -> Option<Spanned<bool>> {
        let attribute = self.attribute(name)?;
        literal::flag(self.decoder, name, attribute.value)
    }

    /// A whole number from zero.
    pub fn count(&mut self, name: &'static str) -> Option<Spanned<u64>> {
        let attribute = self.attribute(name)?;
        literal::count(self.decoder, name, attribute.value)
    }

    /// A day, `"2026-11-20"`.
    pub fn date(&mut self, name: &'static str) -> Option<Spanned<Date>> {
        let attribute = self.attribute(name)?;
        literal::date(self.decoder, name, attribute.value)
    }

    /// A day that must be there.
    pub fn required_date(&mut self, name: &'static str) -> Option<Spanned<Date>> {
        self.require(name)?;
        self.date(name)
    }

    /// An instant that must be there, in UTC to the second: `"2026-11-24T02:10:00Z"`.
    pub fn required_instant(&mut self, name: &'static str) -> Option<Spanned<Timestamp>> {
        self.require(name)?;
        let attribute = self.attribute(name)?;
        literal::instant(self.decoder, name, attribute.value)
    }

    /// A length of time above zero: a number and one of `d`, `h`, `m`, `s`, such as `"120d"`.
    pub fn duration(&mut self, name: &'static str) -> Option<Spanned<Duration>> {
        let attribute = self.attribute(name)?;
        literal::duration(self.decoder, name, attribute.value)
    }

    /// A length of time that must be there.
    pub fn required_duration(&mut self, name: &'static str) -> Option<Spanned<Duration>> {
        self.require(name)?;
        self.duration(name)
    }

    /// Whether an attribute is a list.
    pub fn is_list(&mut self, name: &'static str) -> bool {
        self.attribute(name).is_some_and(|attribute| attribute.value.as_list().is_some())
    }

    /// The expression as it is parsed, for a caller with a language of its own; not checked in any way. Only
    /// [`parse_expressions`](crate::parse_expressions) keeps it.
    pub fn expression(&mut self, name: &'static str) -> Option<Spanned<&'a Expression>> {
        let attribute = self.attribute(name)?;
        self.as_expression(attribute)
    }

    /// An expression that must be there.
    pub fn required_expression(&mut self, name: &'static str) -> Option<Spanned<&'a Expression>> {
        self.require(name)?;
        self.expression(name)
    }

    /// Every attribute, for a body whose names are the author's own, with the place of each name.
    pub fn every_attribute(&mut self) -> Vec<(Spanned<&'a str>, Spanned<&'a Expression>)> {
        self.takes_every_attribute = true;
        let spanned = |attribute: Attribute<'a>| Some((attribute.key, self.as_expression(attribute)?));
        self.body.attributes().filter_map(spanned).collect()
    }

    /// Every attribute as a text that is not blank, for a body whose names are the author's own.
    pub fn every_text(&mut self) -> Vec<(Spanned<&'a str>, Spanned<String>)> {
        self.takes_every_attribute = true;
        let mut texts = Vec::new();
        for Attribute { key: name, value } in self.body.attributes() {
            let Some(text) = literal::string(self.decoder, name.value, value) else { continue };
            if text.value.trim().is_empty() {
                self.decoder.report(self.decoder.error(text.span, format!("`{}` is empty", name.value)));
            } else {
                texts.push((name, text));
            }
        }
        texts
    }

    /// Every block of a name, in order.
    pub fn blocks(&mut self, name: &'static str) -> Vec<Block<'a>> {
        self.blocks.push(name);
        self.body.blocks().filter(|block| block.ident().value == name).collect()
    }

    /// The block of a name that may stand once.
    pub fn block(&mut self, name: &'static str) -> Option<Block<'a>> {
        let blocks = self.blocks(name);
        let (first, more) = blocks.split_first()?;
        for block in more {
            let place = Place { source: self.decoder.source().clone(), span: header(*block) };
            let problem = self.decoder.error(header(*first), format!("duplicate block `{name}`"));
            self.decoder.report(problem.related(place, "also defined here").help("remove one of them"));
        }
        Some(*first)
    }

    /// Demands that one of these attributes stands here; the message says what it means that none does.
    pub fn require_one_of(
        &mut self,
        names: &'static [&'static str],
        message: &'static str,
        help: &'static str,
    ) {
        self.choices.push(Choice { names, message, help });
    }

    /// An error at the block's heading.
    pub fn error(&self, message: impl Into<String>) -> Problem {
        self.decoder.error(self.span, message)
    }

    /// The names of attributes and blocks that nobody has asked for so far.
    pub fn unknown_names(&self) -> Vec<String> {
        let attributes = self.body.attributes().map(|attribute| attribute.key.value);
        let blocks = self.body.blocks().map(|block| block.ident().value);
        let unknown_attributes = attributes.filter(|name| !self.attributes.contains(name));
        let unknown_blocks = blocks.filter(|name| !self.blocks.contains(name));
        unknown_attributes.chain(unknown_blocks).map(str::to_owned).collect()
    }

    /// Reports what is missing and what nobody asked for.
    pub fn finish(self) {
        self.report_missing();
        for attribute in self.body.attributes() {
            if !self.takes_every_attribute && !self.attributes.contains(&attribute.key.value) {
                self.unknown_attribute(attribute);
            }
        }
        for block in self.body.blocks() {
            if !self.blocks.contains(&block.ident().value) {
                self.unknown_block(block);
            }
        }
    }

    fn attribute(&mut self, name: &'static str) -> Option<Attribute<'a>> {
        if !self.attributes.contains(&name) {
            self.attributes.push(name);
        }
        self.body.attribute(name)
    }

    fn as_expression(&self, attribute: Attribute<'a>) -> Option<Spanned<&'a Expression>> {
        let span = attribute.value.span();
        if let Value::Full(value) = attribute.value {
            return Some(Spanned { value, span });
        }
        self.decoder.report(self.decoder.error(span, format!("`{}` is not evaluated", attribute.key.value)));
        None
    }

    fn require(&mut self, name: &'static str) -> Option<()> {
        if self.has(name) {
            return Some(());
        }
        self.missing.push(name);
        None
    }

    fn report_missing(&self) {
        // A misspelt name is told where it stands; telling the same thing at the heading too helps nobody.
        let misspelt: Vec<_> = self
            .body
            .attributes()
            .map(|attribute| attribute.key.value)
            .filter(|key| !self.attributes.contains(key))
            .filter_map(|key| did_you_mean(key, self.attributes.iter().copied()))
            .collect();
        let missing: Vec<_> = self
            .missing
            .iter()
            .filter(|name| !misspelt.contains(name))
            .map(|name| format!("`{name}`"))
            .collect();
        if !missing.is_empty() {
            let names = missing.join(", ");
            let problem = self.error(format!("{} is missing {names}", self.owner));
            self.decoder.report(problem.help(format!("add {names}")));
        }
        for choice in &self.choices {
            let is_made = |name: &&str| self.body.attribute(name).is_some() || misspelt.contains(name);
            if !choice.names.iter().any(is_made) {
                self.decoder.report(self.error(choice.message).help(choice.help));
            }
        }
    }

    fn unknown_attribute(&self, attribute: Attribute<'_>) {
        let key = attribute.key.value;
        let problem =
            self.decoder.error(attribute.key.span, format!("unknown attribute `{key}` in {}", self.owner));
        if self.blocks.contains(&key) {
            return self.decoder.report(problem.help(format!("write `{key}` as a block, without `=`")));
        }
        self.decoder.report(self.suggest(problem, key, &self.attributes));
    }

    fn unknown_block(&self, block: Block<'_>) {
        let key = block.ident().value;
        let problem = self.decoder.error(header(block), format!("unknown block `{key}` in {}", self.owner));
        if self.attributes.contains(&key) {
            return self.decoder.report(problem.help(format!("write `{key} = …`, as an attribute")));
        }
        self.decoder.report(self.suggest(problem, key, &self.blocks));
    }

    fn suggest(&self, problem: Problem, key: &str, known: &[&'static str]) -> Problem {
        if let Some(meant) = did_you_mean(key, known.iter().copied()) {
            return problem.label("unknown").help(format!("did you mean `{meant}`"));
        }
        if known.is_empty() {
            return problem.label("unknown").help("remove it");
        }
        let mut names: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
        names.sort();
        problem.label("unknown").help(format!("{} has {}", self.owner, names.join(", ")))
    }
}
