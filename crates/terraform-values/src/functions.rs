//! Terraform's functions.
//!
//! [`call()`] takes the name of a function and its arguments, and returns what Terraform may return. `try`, `can`,
//! `templatefile` and `templatestring` evaluate expressions, so the evaluator has them. A function that is not in the table
//! gives anything, by its name.
//!
//! Every function knows the values that it can compute, and otherwise how its result is widened: see `table`.

mod booleans;
mod call;
mod collected;
mod collections;
mod dates;
mod digits;
mod encoding;
mod files;
mod flatten;
mod format;
mod hashes;
mod json;
mod letters;
mod mappings;
mod membership;
mod network;
mod numbers;
mod paths;
mod pattern;
mod pattern_match;
mod pattern_replace;
mod refusal;
mod selection;
mod sequences;
mod sets;
mod strings;
mod table;
mod text_parts;
mod text_search;
mod types;
mod unpredictable;
mod verbs;
mod yaml;

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
/// marks, and those of their members where the function computes with them.
pub fn call(name: &str, arguments: &[Value], context: &FunctionContext<'_>) -> Outcome {
    if name == "nonsensitive" {
        return types::remove_sensitivity(arguments);
    }
    match table::find(name) {
        Some(function) => Value::for_each_choice(arguments, |chosen| function.call(chosen, context)),
        None => Value::for_each_choice(arguments, |chosen| call_unknown(name, chosen)),
    }
}

/// Functions that are evaluated outside of the table, and how each treats what is not known.
const BESIDES_TABLE: [(&str, &str); 5] = [
    ("can", "true or false"),
    ("nonsensitive", "kept as is"),
    ("templatefile", "known parts kept"),
    ("templatestring", "known parts kept"),
    ("try", "each possible argument"),
];

/// The functions that are evaluated, and how each treats an argument that is not known, in a few words.
pub fn evaluated() -> impl Iterator<Item = (&'static str, &'static str)> {
    table::FUNCTIONS.iter().map(|function| (function.name, function.unknown)).chain(BESIDES_TABLE)
}

fn call_unknown(name: &str, arguments: &[Value]) -> Outcome {
    let words = format!("{name}(…)");
    let hole = arguments.iter().find_map(Value::first_hole);
    let hole =
        hole.map_or_else(|| Hole::unreadable(words.as_str()), |hole| hole.computed(&words, HoleShape::Any));
    let result = Outcome::unsure(hole);
    arguments.iter().fold(result, |result, argument| result.with_marks(&argument.all_marks()))
}
