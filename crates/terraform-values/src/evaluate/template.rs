//! `"a-${b}"`, with directives.
//!
//! The result is a text of literals and holes. A template of one interpolation and nothing else is what is interpolated,
//! whatever its type.

use hcl_edit::template::{Directive, Element, ForDirective, IfDirective, StringTemplate, Strip, Template};

use super::Evaluator;
use super::iterate::Iteration;
use super::operator::to_bool;
use crate::outcome::Outcome;
use crate::types::convert_text;
use crate::value::Value;
use crate::value::hole::{Hole, HoleShape};
use crate::value::limits::MAX_ALTERNATIVES;
use crate::value::marks::Marks;
use crate::value::text::{Text, TextBuilder};

impl Evaluator<'_> {
    pub(super) fn evaluate_template(&self, template: &StringTemplate) -> Outcome {
        let mut elements = template.iter();
        match (elements.next(), elements.next()) {
            (Some(Element::Interpolation(only)), None) => self.evaluate(&only.expr),
            _ => self.evaluate_elements(template.iter()),
        }
    }

    fn evaluate_body(&self, template: &Template) -> Outcome {
        let outcome = self.budget.deeper(|| self.evaluate_elements(template.iter()));
        outcome.unwrap_or_else(|| Outcome::unsure(Hole::unreadable("a template that is too large")))
    }

    fn evaluate_elements<'t>(&self, elements: impl Iterator<Item = &'t Element>) -> Outcome {
        let mut texts = Texts::default();
        for element in elements {
            match element {
                Element::Literal(literal) => texts.push(&[Text::known(literal.value())]),
                Element::Interpolation(interpolation) if interpolation.strip != Strip::None => {
                    return Outcome::unsure(Hole::unreadable("a template with strip markers"));
                }
                Element::Interpolation(interpolation) => {
                    if !texts.push_outcome(&self.evaluate(&interpolation.expr)) {
                        return Outcome::FAILS;
                    }
                }
                Element::Directive(directive) => {
                    let outcome = match &**directive {
                        Directive::If(directive) => self.evaluate_if_directive(directive),
                        Directive::For(directive) => self.evaluate_for_directive(directive),
                    };
                    if !texts.push_outcome(&outcome) {
                        return Outcome::FAILS;
                    }
                }
            }
        }
        texts.finish()
    }

    fn evaluate_if_directive(&self, directive: &IfDirective) -> Outcome {
        let strips = [
            Some(directive.if_expr.strip),
            directive.else_expr.as_ref().map(|part| part.strip),
            Some(directive.endif_expr.strip),
        ];
        if strips.into_iter().flatten().any(|strip| strip != Strip::None) {
            return Outcome::unsure(Hole::unreadable("a template with strip markers"));
        }
        let condition = self.evaluate(&directive.if_expr.cond_expr).and_then(to_bool);
        let Some(truth) = condition.value() else { return Outcome::FAILS };
        let taken = truth.alternatives().iter().map(|truth| match (truth.as_bool(), &directive.else_expr) {
            (Some(true), _) => self.evaluate_body(&directive.if_expr.template),
            (_, Some(otherwise)) => self.evaluate_body(&otherwise.template),
            (_, None) => Value::from("").into(),
        });
        let outcome = Outcome::one_of(taken.collect()).with_marks(&truth.all_marks());
        if condition.may_fail() { outcome.or_failure() } else { outcome }
    }

    fn evaluate_for_directive(&self, directive: &ForDirective) -> Outcome {
        let intro = &directive.for_expr;
        if intro.strip != Strip::None || directive.endfor_expr.strip != Strip::None {
            return Outcome::unsure(Hole::unreadable("a template with strip markers"));
        }
        self.evaluate(&intro.collection_expr).and_then(|collection| {
            Value::for_each_choice(&[collection], |choice| match choice {
                [collection] => self.join_bodies(directive, collection),
                _ => Outcome::FAILS,
            })
        })
    }

    fn join_bodies(&self, directive: &ForDirective, collection: &Value) -> Outcome {
        let intro = &directive.for_expr;
        let Some(iteration) = Iteration::of(collection) else { return Outcome::FAILS };
        let key_name = intro.key_var.as_ref().map(|name| name.as_str());
        let evaluate = |key: &Value, value: &Value| {
            self.with_names(key_name, key, intro.value_var.as_str(), value, |inner| {
                inner.evaluate_body(&intro.template)
            })
        };
        let mut texts = Texts::default();
        for (key, value) in &iteration.items {
            if !texts.push_outcome(&evaluate(key, value)) {
                return Outcome::FAILS;
            }
        }
        if let Some((key, value)) = &iteration.rest {
            let outcome = evaluate(key, value);
            let marks = outcome.value().map(Value::all_marks).unwrap_or_default();
            texts.may_fail |= outcome.may_fail();
            texts.marks.absorb(&marks);
            texts.push(&[Text::hole(collection.hole("a template", HoleShape::Any))]);
        }
        let outcome = texts.finish();
        if iteration.may_fail { outcome.or_failure() } else { outcome }
    }
}

/// The texts that a template may give so far.
struct Texts {
    alternatives: Vec<Text>,
    marks: Marks,
    may_fail: bool,
}

impl Default for Texts {
    fn default() -> Self {
        Self { alternatives: vec![Text::known("")], marks: Marks::NONE, may_fail: false }
    }
}

impl Texts {
    /// Adds what a part gives as text. `false` where Terraform surely refuses.
    fn push_outcome(&mut self, outcome: &Outcome) -> bool {
        self.may_fail |= outcome.may_fail();
        let Some(value) = outcome.value() else { return false };
        self.marks.absorb(&value.all_marks());
        let mut texts = Vec::new();
        for alternative in value.alternatives() {
            match convert_text(alternative) {
                Some((text, may_fail)) => {
                    self.may_fail |= may_fail;
                    texts.push(text);
                }
                None => self.may_fail = true,
            }
        }
        if self.alternatives.len().saturating_mul(texts.len()) > MAX_ALTERNATIVES {
            texts = vec![Text::hole(value.hole("one of many values", HoleShape::Any))];
        }
        self.push(&texts);
        !self.alternatives.is_empty()
    }

    fn push(&mut self, texts: &[Text]) {
        let mut longer = Vec::with_capacity(self.alternatives.len() * texts.len());
        for before in &self.alternatives {
            for text in texts {
                let mut builder = TextBuilder::default();
                builder.push(before);
                builder.push(text);
                longer.push(builder.build());
            }
        }
        self.alternatives = longer;
    }

    fn finish(self) -> Outcome {
        let values = self.alternatives.into_iter().map(Value::from).collect();
        let outcome = Outcome::from(Value::one_of(values)).with_marks(&self.marks);
        if self.may_fail { outcome.or_failure() } else { outcome }
    }
}
