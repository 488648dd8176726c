//! `f(a, b...)`, and the functions that evaluate expressions themselves: `try`, `can`, `templatefile`,
//! `templatestring`.

use std::sync::Arc;

use hcl_edit::expr::{Expression, FuncArgs, FuncCall};

use super::Evaluator;
use super::variables::Variables;
use crate::functions::{self, FunctionContext};
use crate::outcome::Outcome;
use crate::value::hole::{Hole, HoleShape};
use crate::value::marks::Marks;
use crate::value::{Shape, Value};

impl Evaluator<'_> {
    pub(super) fn evaluate_call(&self, call: &FuncCall) -> Outcome {
        let name = call.name.name.as_str();
        if call.name.is_namespaced()
            && call.name.namespace.first().is_none_or(|space| space.as_str() != "core")
        {
            return Outcome::unsure(Hole::unreadable("a function of a provider"));
        }
        if !call.args.expand_final() {
            match name {
                "try" => return self.evaluate_try(&call.args),
                "can" => return self.evaluate_can(&call.args),
                _ => {}
            }
        }
        let arguments = match self.evaluate_arguments(&call.args) {
            Ok(arguments) => arguments,
            Err(outcome) => return outcome,
        };
        let calls = arguments.lists.iter().map(|list| self.call(name, list));
        let outcome = Outcome::one_of(calls.collect()).with_marks(&arguments.marks);
        if arguments.may_fail { outcome.or_failure() } else { outcome }
    }

    fn call(&self, name: &str, arguments: &[Value]) -> Outcome {
        if !self.budget.spend(arguments.iter().map(Value::size).sum()) {
            return Outcome::unsure(Hole::unreadable("an expression that is too large"));
        }
        match name {
            "templatefile" | "templatestring" => self.evaluate_given_template(name, arguments),
            _ => {
                functions::call(name, arguments, &FunctionContext { scope: self.scope, budget: self.budget })
            }
        }
    }

    fn evaluate_arguments(&self, written: &FuncArgs) -> Result<Arguments, Outcome> {
        let mut values = Vec::with_capacity(written.len());
        let mut may_fail = false;
        for argument in written.iter() {
            let outcome = self.evaluate(argument);
            may_fail |= outcome.may_fail();
            values.push(outcome.value().ok_or(Outcome::FAILS)?.clone());
        }
        let mut arguments = Arguments { lists: Vec::new(), marks: Default::default(), may_fail };
        if !written.expand_final() {
            arguments.lists.push(values);
            return Ok(arguments);
        }
        let last = values.pop().ok_or(Outcome::FAILS)?;
        arguments.marks = last.marks().clone();
        for alternative in last.alternatives() {
            let known = alternative.as_sequence().filter(|sequence| sequence.is_ordered());
            match (&alternative.shape, known) {
                (_, Some(sequence)) => arguments.lists.push([values.as_slice(), sequence.items()].concat()),
                (Shape::Anything(_) | Shape::Sequence(_), None) => {
                    let hole = alternative.hole("arguments of unknown number", HoleShape::Any);
                    return Err(Outcome::unsure(hole).with_marks(&last.all_marks()));
                }
                _ => arguments.may_fail = true,
            }
        }
        Ok(arguments)
    }

    /// The first argument that is not refused.
    fn evaluate_try(&self, arguments: &FuncArgs) -> Outcome {
        let mut values = Vec::new();
        for argument in arguments.iter() {
            let outcome = self.evaluate(argument);
            values.extend(outcome.value().cloned().map(Outcome::from));
            if !outcome.may_fail() {
                return Outcome::one_of(values);
            }
        }
        Outcome::one_of(values).or_failure()
    }

    fn evaluate_can(&self, arguments: &FuncArgs) -> Outcome {
        let mut all = arguments.iter();
        let (Some(argument), None) = (all.next(), all.next()) else { return Outcome::FAILS };
        let outcome = self.evaluate(argument);
        match (outcome.value(), outcome.may_fail()) {
            (None, _) => Value::from(false).into(),
            (Some(_), true) => Value::any_bool().into(),
            (Some(value), false) => Outcome::from(Value::from(true)).with_marks(&value.all_marks()),
        }
    }

    /// `templatefile` and `templatestring`. A template sees the names that it is given, and no others.
    fn evaluate_given_template(&self, name: &str, arguments: &[Value]) -> Outcome {
        Value::for_each_choice(arguments, |choice| {
            let [template, variables] = choice else { return Outcome::FAILS };
            if template.is_null() {
                return Outcome::FAILS;
            }
            let unread = || {
                let hole = template.hole(&format!("{name}(…)"), HoleShape::Any);
                Outcome::unsure(hole).with_marks(&variables.all_marks())
            };
            let Some((expression, marks)) =
                template.known_text().and_then(|text| self.read_template(name, text))
            else {
                return unread();
            };
            let Some(mapping) = variables.as_mapping().filter(|mapping| mapping.rest().is_none()) else {
                return unread().with_marks(&marks);
            };
            let variables = Variables::Template(mapping.members());
            let inside = Evaluator { scope: self.scope, budget: self.budget, variables };
            inside.evaluate(&expression).with_marks(&marks)
        })
    }

    fn read_template(&self, name: &str, text: &str) -> Option<(Arc<Expression>, Marks)> {
        if name == "templatestring" {
            return self.scope.parse_template(text).map(|expression| (expression, Marks::NONE));
        }
        self.scope.read_template(text).map(|file| (file.expression, file.marks))
    }
}

/// The arguments of a call: several lists of them where the expanded one has alternatives.
struct Arguments {
    lists: Vec<Vec<Value>>,
    marks: Marks,
    may_fail: bool,
}
