//! What was evaluated already.
//!
//! Nothing is evaluated that nobody asks for, and nothing twice: each local, variable, output and attribute of a module
//! instance has one value. What depends on itself is *anything*; Terraform refuses such a configuration.

use std::cell::RefCell;
use std::collections::HashMap;

use terraform_values::{Budget, Hole, Outcome, Value};

/// Values by module instance (or object), and by what is evaluated in it: `local.a`, `var.b`.
#[derive(Debug, Default)]
pub(super) struct Memo(RefCell<HashMap<String, HashMap<String, Option<Outcome>>>>);

impl Memo {
    /// The value of something, which `evaluate` gives the first time.
    pub(super) fn get_or_evaluate(
        &self,
        place: &str,
        name: &str,
        budget: &Budget,
        evaluate: impl FnOnce() -> Outcome,
    ) -> Outcome {
        if let Some(known) = self.0.borrow().get(place).and_then(|of| of.get(name)) {
            return known.clone().unwrap_or_else(|| refuse(name, "refers to itself"));
        }
        self.keep(place, name, None);
        let outcome = budget.deeper(evaluate);
        let outcome = outcome.unwrap_or_else(|| refuse(name, "takes too many steps"));
        self.keep(place, name, Some(outcome.clone()));
        outcome
    }

    fn keep(&self, place: &str, name: &str, outcome: Option<Outcome>) {
        let mut kept = self.0.borrow_mut();
        match kept.get_mut(place) {
            Some(of) => of.insert(name.to_owned(), outcome),
            None => kept.entry(place.to_owned()).or_default().insert(name.to_owned(), outcome),
        };
    }
}

fn refuse(name: &str, why: &str) -> Outcome {
    Value::anything(Hole::unreadable(format!("{name}, which {why}"))).into()
}
