//! A scope of names with values, for tests.

use std::cell::RefCell;
use std::collections::BTreeMap;

use hcl_edit::expr::Expression;
use terraform_values::{
    Budget, FileBytes, Found, Hole, HoleShape, Identity, MappingKind, Reference, Scope, SequenceKind, Step,
    TemplateFile, Text, TextBuilder, Value, evaluate,
};

/// What `var.NAME` means.
#[derive(Debug, Default)]
pub(crate) struct Names(pub(crate) BTreeMap<String, Value>);

impl Scope for Names {
    fn look_up(&self, reference: &Reference<'_>, _: &Budget) -> Option<Found> {
        let Some(Step::Attribute(name)) = reference.steps.first().filter(|_| reference.root == "var") else {
            return None;
        };
        let value = self.0.get(*name)?.clone();
        Some(Found { outcome: value.into(), steps: 1 })
    }

    fn read_file(&self, _: &str) -> Option<FileBytes> {
        None
    }

    fn read_template(&self, _: &str) -> Option<TemplateFile> {
        None
    }
}

/// Locals that refer to each other, each evaluated once.
#[derive(Debug, Default)]
pub(crate) struct Locals {
    expressions: BTreeMap<String, Expression>,
    /// `None` while it is evaluated.
    values: RefCell<BTreeMap<String, Option<Value>>>,
}

impl Locals {
    pub(crate) fn add(&mut self, name: &str, expression: &str) {
        self.expressions.insert(name.to_owned(), parse(expression));
    }

    fn value(&self, name: &str, budget: &Budget) -> Option<Value> {
        let expression = self.expressions.get(name)?;
        if let Some(value) = self.values.borrow().get(name) {
            return Some(value.clone().unwrap_or_else(|| Value::anything(Hole::unreadable("a cycle"))));
        }
        self.values.borrow_mut().insert(name.to_owned(), None);
        let value = evaluate(expression, self, budget);
        self.values.borrow_mut().insert(name.to_owned(), Some(value.clone()));
        Some(value)
    }
}

impl Scope for Locals {
    fn look_up(&self, reference: &Reference<'_>, budget: &Budget) -> Option<Found> {
        let Some(Step::Attribute(name)) = reference.steps.first().filter(|_| reference.root == "local")
        else {
            return None;
        };
        Some(Found { outcome: self.value(name, budget)?.into(), steps: 1 })
    }

    fn read_file(&self, _: &str) -> Option<FileBytes> {
        None
    }

    fn read_template(&self, _: &str) -> Option<TemplateFile> {
        None
    }
}

pub(crate) fn parse(text: &str) -> Expression {
    text.parse().expect(text)
}

/// `prefix` and a hole that is `r.NAME`.
fn text(prefix: &str, name: &str, suffix: &str) -> Text {
    let mut builder = TextBuilder::default();
    builder.push_literal(prefix);
    builder.push_hole(Hole::attribute("r", name));
    builder.push_literal(suffix);
    builder.build()
}

impl Names {
    /// The same, with another name.
    pub(crate) fn with(mut self, name: &str, value: Value) -> Self {
        self.0.insert(name.to_owned(), value);
        self
    }

    /// Names of each kind of what is not known.
    pub(crate) fn partly_known() -> Self {
        let any = |name: &str| Value::anything(Hole::attribute("r", name));
        let identity = |attribute: &str| Identity { address: "r".into(), attribute: attribute.into() };
        let arn = Value::from(text("arn:", "arn", "")).with_identity(identity("arn"));
        let word = Value::any_text(Hole::attribute("r", "word").shaped(HoleShape::Word));
        Self(BTreeMap::from(
            [
                ("any", any("any")),
                ("bool", Value::any_bool()),
                ("text", Value::any_text(Hole::attribute("r", "text"))),
                ("word", word.clone()),
                ("arn", arn.clone()),
                ("list", Value::elements(SequenceKind::List, Value::from(text("e-", "e", "")))),
                ("set", Value::set(vec![arn, "known".into()])),
                ("map", Value::members(MappingKind::Map, word)),
                ("maybe", Value::one_of(vec![Value::NULL, "set".into()])),
            ]
            .map(|(name, value)| (name.to_owned(), value)),
        ))
    }
}

/// The number in an environment variable.
pub(crate) fn number_of(variable: &str, default: usize) -> usize {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}
