//! Operations on values, applied to each choice of alternatives.

use super::Value;
use super::hole::Hole;
use super::limits::MAX_ALTERNATIVES;
use super::marks::Marks;
use crate::outcome::Outcome;

impl Value {
    /// An operation, applied to every choice of alternatives of the operands: `operation` sees no value with alternatives
    /// at its top. The result has the operands' own marks; whoever looks into members adds [`Value::all_marks`].
    pub fn for_each_choice(operands: &[Value], mut operation: impl FnMut(&[Value]) -> Outcome) -> Outcome {
        let mut marks = Marks::NONE;
        operands.iter().for_each(|operand| marks.absorb(&operand.marks));
        let counts = operands.iter().map(|operand| operand.alternatives().len());
        let choices = counts.fold(1_usize, usize::saturating_mul);
        if choices == 1 {
            return operation(operands).with_marks(&marks);
        }
        if choices > MAX_ALTERNATIVES {
            return Outcome::unsure(Hole::unreadable("one of many values")).with_marks(&marks);
        }
        let mut outcomes = Vec::with_capacity(choices);
        for choice in 0..choices {
            let mut left = choice;
            let pick = |operand: &Value| {
                let alternatives = operand.alternatives();
                let picked = alternatives.get(left % alternatives.len()).cloned();
                left /= alternatives.len();
                picked
            };
            let picked: Vec<Value> = operands.iter().filter_map(pick).collect();
            outcomes.push(operation(&picked));
        }
        Outcome::one_of(outcomes).with_marks(&marks)
    }
}
