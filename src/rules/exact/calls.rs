//! What the results of functions are made of.
//!
//! Takes a call in an expression of a rule and returns the places of its arguments that the result shows as a whole. What a
//! function drops a part of is noted as reduced.

use super::walk::{Operand, Walk};
use crate::rules::expression::{Expr, Function};

impl Walk<'_, '_> {
    /// What the result of a function is made of.
    pub(super) fn call(&mut self, function: Function, arguments: &[Expr], expr: &Expr) -> Vec<Operand> {
        match function {
            Function::Except => {
                let left_out = arguments.iter().filter_map(|argument| {
                    if let Expr::Text(name) = argument { Some(name.clone()) } else { None }
                });
                self.seen.all_but.push(left_out.collect());
                Vec::new()
            }
            Function::StartsWith | Function::EndsWith | Function::Contains => {
                self.test(expr);
                Vec::new()
            }
            Function::Coalesce | Function::KnownOr => self.first_operands(arguments),
            Function::Generated => self.generated_operands(arguments),
            // What these drop, such as the case of a text, does not tell two things apart.
            Function::Concat
            | Function::Lower
            | Function::TrimPrefix
            | Function::TrimSuffix
            | Function::Replace
            | Function::Seconds
            | Function::SecondsUntil => self.all_operands(arguments),
            Function::ResourceName => self.named_operands(arguments, expr),
            Function::Keys | Function::Last => {
                let operands = self.all_operands(arguments);
                self.reduce(operands);
                Vec::new()
            }
            Function::Split | Function::Json | Function::Values | Function::Pairs => {
                let operands = self.all_operands(arguments).into_iter();
                operands.map(|operand| Operand::Parsed(operand.into_place())).collect()
            }
        }
    }

    /// Those of a name, and of the parts that it leaves open: a whole name has them all.
    fn named_operands(&mut self, arguments: &[Expr], expr: &Expr) -> Vec<Operand> {
        match arguments {
            [_, name, ..] if self.evaluate(name).is_same(&self.evaluate(expr)) => self.list_operands(name),
            _ => self.all_operands(arguments),
        }
    }

    /// Those of the first argument that is not null, and of those before it.
    fn first_operands(&mut self, arguments: &[Expr]) -> Vec<Operand> {
        let mut operands = Vec::new();
        for argument in arguments {
            operands.extend(self.list_operands(argument));
            let value = self.evaluate(argument);
            if !value.is_null() && value.as_unknown().is_none() {
                break;
            }
        }
        operands
    }

    /// Those of an attribute, and where it is not known, of what stands around the word in its place.
    fn generated_operands(&mut self, arguments: &[Expr]) -> Vec<Operand> {
        let [attribute, affixes @ ..] = arguments else { return Vec::new() };
        let value = self.evaluate(attribute);
        let mut operands = self.list_operands(attribute);
        if value.is_null() || value.as_known().is_none() {
            operands.extend(self.all_operands(affixes));
        }
        operands
    }
}
