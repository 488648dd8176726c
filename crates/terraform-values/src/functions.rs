//! Terraform's functions.
//!
//! [`call`] takes the name of a function and its arguments, each without alternatives at its top, and returns what
//! Terraform may return. `try`, `can` and `templatefile` evaluate expressions, so the evaluator has them.

use crate::budget::Budget;
use crate::outcome::Outcome;
use crate::scope::Scope;
use crate::value::Value;
use crate::value::hole::{Hole, HoleShape};

/// What a function may use besides its arguments.
#[derive(Clone, Copy)]
pub struct FunctionContext<'c> {
    /// Reads files.
    pub scope: &'c dyn Scope,
    /// What a function takes more steps than it has arguments for; the caller has paid for the arguments.
    pub budget: &'c Budget,
}

impl std::fmt::Debug for FunctionContext<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FunctionContext").field("budget", self.budget).finish_non_exhaustive()
    }
}

/// Returns what a function gives for every choice of alternatives of its arguments. The result has the arguments' own
/// marks; a function that looks into members adds their [`Value::all_marks`].
pub fn call(name: &str, arguments: &[Value], context: &FunctionContext<'_>) -> Outcome {
    Value::for_each_choice(arguments, |arguments| call_one(name, arguments, context))
}

fn call_one(name: &str, arguments: &[Value], _context: &FunctionContext<'_>) -> Outcome {
    let words = format!("{name}(…)");
    let hole = arguments.iter().find_map(Value::first_hole);
    let hole =
        hole.map_or_else(|| Hole::unreadable(words.as_str()), |hole| hole.computed(&words, HoleShape::Any));
    let result = Outcome::unsure(hole);
    arguments.iter().fold(result, |result, argument| result.with_marks(&argument.all_marks()))
}
