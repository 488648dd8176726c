//! What evaluating gives, while it may still be refused.
//!
//! `try` and `can` make a value of Terraform's refusal, so evaluation knows whether there may be one.

use crate::value::Value;
use crate::value::hole::Hole;
use crate::value::marks::Marks;

/// The values that Terraform may return, and whether it may refuse the expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    value: Option<Value>,
    may_fail: bool,
}

impl From<Value> for Outcome {
    fn from(value: Value) -> Self {
        Self { value: Some(value), may_fail: false }
    }
}

impl Outcome {
    /// Terraform surely refuses.
    pub const FAILS: Self = Self { value: None, may_fail: true };

    /// Anything, or a refusal.
    pub fn unsure(hole: Hole) -> Self {
        Self { value: Some(Value::anything(hole)), may_fail: true }
    }

    /// Any of these; of none, a refusal.
    pub fn one_of(outcomes: Vec<Outcome>) -> Self {
        let may_fail = outcomes.is_empty() || outcomes.iter().any(|outcome| outcome.may_fail);
        let values: Vec<Value> = outcomes.into_iter().filter_map(|outcome| outcome.value).collect();
        Self { value: if values.is_empty() { None } else { Some(Value::one_of(values)) }, may_fail }
    }

    /// The same, or a refusal.
    #[must_use]
    pub fn or_failure(self) -> Self {
        Self { may_fail: true, ..self }
    }

    /// The values, where there is any.
    pub fn value(&self) -> Option<&Value> {
        self.value.as_ref()
    }

    /// Whether Terraform may refuse.
    pub fn may_fail(&self) -> bool {
        self.may_fail
    }

    /// The same, with these marks besides.
    #[must_use]
    pub fn with_marks(self, marks: &Marks) -> Self {
        Self { value: self.value.map(|value| value.with_marks(marks)), ..self }
    }

    /// The outcome of an operation on its values.
    #[must_use]
    pub fn and_then(self, operation: impl FnOnce(Value) -> Outcome) -> Self {
        let Some(value) = self.value else { return self };
        let next = operation(value);
        Self { may_fail: self.may_fail || next.may_fail, ..next }
    }

    /// The values; where there is none, anything: a plan of it does not exist.
    pub fn into_value(self) -> Value {
        self.value
            .unwrap_or_else(|| Value::anything(Hole::unreadable("an expression that Terraform refuses")))
    }
}
