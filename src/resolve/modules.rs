//! Variables and outputs: what goes into a module instance and what comes out of it.
//!
//! A variable of the root module has the value that the plan was made with; one of a child module is evaluated where its
//! caller stands, and becomes what its declaration makes of it: the type with the defaults of `optional()`, the default in
//! place of what is not given.

use hcl_edit::expr::Expression;
use terraform_values::{Budget, Found, Hole, Marks, Outcome, Step, Value};

use super::bridge;
use super::instances::{InstanceKey, module_key};
use super::repetition::{Repetition, Selection};
use super::scope::ModuleScope;
use super::variable_type::VariableType;
use super::world::World;
use crate::address;
use crate::json;
use crate::sources::{Lookup, WrittenBody};

impl<'w> World<'w> {
    /// A variable of a module instance.
    pub(super) fn evaluate_variable(&'w self, module: &str, name: &str, budget: &Budget) -> Option<Outcome> {
        let names = self.module_names(module)?;
        let declaration = match self.plan.sources()?.find_body(&names, &format!("var.{name}")) {
            Lookup::Written(declaration) => Some(declaration),
            Lookup::Absent => None,
            Lookup::Computed(_) | Lookup::Unreadable(_) => return None,
        };
        let is_sensitive = self.plan.configuration.is_sensitive(&names, &format!("var.{name}"));
        let outcome = self.memo.get_or_evaluate(module, &format!("var.{name}"), budget, || {
            let given = match address::parent(module) {
                None => self.root_variable(name, declaration),
                Some((parent, call)) => self.argument_of_call(module, parent, call, name, budget),
            };
            let value = match (declaration, given) {
                (Some(declaration), given) => convert_declared(given, declaration, self, module, budget),
                (None, Given::Value(value)) => value,
                (None, Given::Nothing) => Value::anything(Hole::unreadable(format!("{module}.var.{name}"))),
            };
            if is_sensitive { value.with_marks(&Marks::SENSITIVE).into() } else { value.into() }
        });
        Some(outcome)
    }

    /// The value that the plan was made with. An ephemeral variable is given anew at the apply, and the plan shows its
    /// default, whatever it was given (Terraform 1.11), so it is anything, as is one that the plan does not have.
    fn root_variable(&self, name: &str, declaration: Option<WrittenBody<'_>>) -> Given {
        let lasts = declaration.is_none_or(|declaration| is_false(&declaration.argument("ephemeral")));
        let value = self.plan.variables.get(name).filter(|_| lasts);
        let value = value.and_then(|raw| json::parse(raw.get()).ok());
        match value {
            Some(value) => Given::Value(bridge::of_variable(&value)),
            None => Given::Value(Value::anything(Hole::unreadable(format!("var.{name}")))),
        }
    }

    /// What the caller of a module instance writes for a variable.
    fn argument_of_call(
        &'w self,
        module: &str,
        parent: &str,
        call: &str,
        name: &str,
        budget: &Budget,
    ) -> Given {
        let block = format!("module.{call}");
        let unclear = || Given::Value(Value::anything(Hole::unreadable(format!("{module}.var.{name}"))));
        let (Some(body), Some(key)) = (self.body(parent, &block), module_key(module)) else {
            return unclear();
        };
        match body.argument(name) {
            Lookup::Written(expression) => {
                let scope = ModuleScope::of_instance(self, parent, &block, &key);
                Given::Value(scope.evaluate(expression, budget))
            }
            Lookup::Absent => Given::Nothing,
            Lookup::Computed(_) | Lookup::Unreadable(_) => unclear(),
        }
    }

    /// Outputs of the instances of a module call.
    pub(super) fn call(
        &'w self,
        module: &str,
        call: &str,
        steps: &[Step<'_>],
        budget: &Budget,
    ) -> Option<Found> {
        let block = format!("module.{call}");
        let repetition = self.find_repetition(module, &block)?;
        let known = self.instances().of_call(module, call);
        let known = known.map(|keys| keys.iter().cloned().collect()).unwrap_or_default();
        let keys = self.list_keys(module, &block, repetition, known, budget);
        let child = |key: &InstanceKey| {
            let own = format!("{block}{}", key.in_address());
            if module.is_empty() { own } else { format!("{module}.{own}") }
        };
        Some(match keys.select(repetition, steps)? {
            Selection::Missing { taken } => Found { outcome: Outcome::FAILS, steps: taken },
            Selection::One { key, may_be_missing, rest, taken } => {
                let child = child(&key);
                let (outcome, more) = match rest.first() {
                    Some(Step::Attribute(name)) => (self.evaluate_output(&child, name, budget)?, 1),
                    _ => (self.evaluate_outputs(&child, budget).into(), 0),
                };
                let outcome = if may_be_missing { outcome.or_failure() } else { outcome };
                Found { outcome, steps: taken + more }
            }
            Selection::All => match steps {
                [Step::Splat, Step::Attribute(name)] if repetition == Repetition::Count => {
                    let each = |key: &InstanceKey| {
                        let output = self.evaluate_output(&child(key), name, budget).map(Outcome::into_value);
                        output.unwrap_or_else(|| Value::anything(Hole::unreadable(format!("{block}.{name}"))))
                    };
                    Found { outcome: keys.collect(repetition, each), steps: 2 }
                }
                _ => Found {
                    outcome: keys.collect(repetition, |key| self.evaluate_outputs(&child(key), budget)),
                    steps: 0,
                },
            },
        })
    }

    /// An output of a module instance. `None` where it is not read.
    fn evaluate_output(&'w self, module: &str, name: &str, budget: &Budget) -> Option<Outcome> {
        let names = self.module_names(module)?;
        let expression = self.plan.sources()?.output(&names, name).written()?;
        let is_sensitive = self.plan.configuration.is_sensitive(&names, &format!("output.{name}"));
        Some(self.memo.get_or_evaluate(module, &format!("output.{name}"), budget, || {
            let value = ModuleScope::of_module(self, module).evaluate(expression, budget);
            if is_sensitive { value.with_marks(&Marks::SENSITIVE).into() } else { value.into() }
        }))
    }

    /// All outputs of a module instance, as an object.
    fn evaluate_outputs(&'w self, module: &str, budget: &Budget) -> Value {
        let names = || {
            let declared = self.plan.sources()?.list_declared(&self.module_names(module)?).written()?;
            let outputs = declared.into_iter().filter_map(|address| address.strip_prefix("output."));
            Some(outputs.map(str::to_owned).collect::<Vec<String>>())
        };
        let Some(names) = names() else { return Value::anything(Hole::unreadable(module)) };
        let members = names.into_iter().map(|name| {
            let value = self.evaluate_output(module, &name, budget).map(Outcome::into_value);
            let value =
                value.unwrap_or_else(|| Value::anything(Hole::unreadable(format!("{module}.{name}"))));
            (name, value)
        });
        Value::object(members)
    }
}

/// Whether an argument is left out, or a literal false.
fn is_false(argument: &Lookup<&Expression>) -> bool {
    match argument {
        Lookup::Absent => true,
        Lookup::Written(expression) => expression.as_bool() == Some(false),
        Lookup::Computed(_) | Lookup::Unreadable(_) => false,
    }
}

/// What is given for a variable.
enum Given {
    Nothing,
    Value(Value),
}

/// What a variable is, with its declaration.
fn convert_declared<'w>(
    given: Given,
    declaration: WrittenBody<'w>,
    world: &'w World<'w>,
    module: &str,
    budget: &Budget,
) -> Value {
    let scope = ModuleScope::of_module(world, module);
    let written = |name| match declaration.argument(name) {
        Lookup::Written(expression) => Some(Some(expression)),
        Lookup::Absent => Some(None),
        Lookup::Computed(_) | Lookup::Unreadable(_) => None,
    };
    let unclear = || Value::anything(Hole::unreadable("a variable whose declaration is not read"));
    let (Some(type_of), Some(default), Some(nullable)) =
        (written("type"), written("default"), written("nullable"))
    else {
        return unclear();
    };
    let type_of = match type_of.map(VariableType::read) {
        None => VariableType::any(),
        Some(Some(type_of)) => type_of,
        Some(None) => return unclear(),
    };
    let convert = |value: &Value| type_of.convert(value);
    let default = default.map(|default| convert(&scope.evaluate(default, budget)));
    let is_nullable =
        nullable.is_none_or(|nullable| scope.evaluate(nullable, budget).as_bool() != Some(false));
    let given = match given {
        Given::Value(given) => given,
        Given::Nothing => return default.unwrap_or_else(unclear),
    };
    match default {
        // A null is replaced only where the variable may not be null.
        Some(default) if !is_nullable && given.may_be_null() => {
            let marks = given.marks().clone();
            let others = given.alternatives().iter().filter(|one| !one.is_null()).map(convert);
            Value::one_of(others.chain([default]).collect()).with_marks(&marks)
        }
        _ => convert(&given),
    }
}
