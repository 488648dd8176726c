//! One call of a function: its arguments, converted as Terraform converts them.

use std::cell::Cell;

use super::FunctionContext;
use super::refusal::Refusal;
use crate::outcome::Outcome;
use crate::types::{Type, convert, convert_text};
use crate::value::hole::{Hole, HoleShape};
use crate::value::limits::MAX_ALTERNATIVES;
use crate::value::mapping::Mapping;
use crate::value::number::Number;
use crate::value::sequence::{Sequence, SequenceKind};
use crate::value::text::Text;
use crate::value::{Shape, Value};

/// What a function gives for one choice of alternatives of its arguments.
pub(super) type Answer = Result<Value, Refusal>;

/// A call. Its arguments have no alternatives at their top.
pub(super) struct Call<'c> {
    pub(super) name: &'static str,
    pub(super) arguments: &'c [Value],
    pub(super) context: &'c FunctionContext<'c>,
    may_fail: Cell<bool>,
}

/// What is known of a function's result whatever its arguments are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ResultKind {
    /// Nothing.
    Anything,
    /// A text, not null.
    Text,
    /// A text of one or more letters, digits, `-` and `_`.
    Word,
    /// A truth value.
    Bool,
    /// A list of texts.
    Texts,
    /// A set of texts.
    TextSet,
}

impl ResultKind {
    /// All that the result may be.
    pub(super) fn widen(self, hole: Hole) -> Value {
        match self {
            Self::Anything => Value::anything(hole),
            Self::Text => Value::any_text(hole),
            Self::Word => Value::any_text(hole.shaped(HoleShape::Word)),
            Self::Bool => Value::any_bool(),
            Self::Texts => Value::elements(SequenceKind::List, Value::any_text(hole)),
            Self::TextSet => Value::elements(SequenceKind::Set, Value::any_text(hole)),
        }
    }
}

impl<'c> Call<'c> {
    pub(super) fn new(name: &'static str, arguments: &'c [Value], context: &'c FunctionContext<'c>) -> Self {
        Self { name, arguments, context, may_fail: Cell::new(false) }
    }

    /// Terraform may refuse the call.
    pub(super) fn note_doubt(&self) {
        self.may_fail.set(true);
    }

    /// The outcome of an answer to this call.
    pub(super) fn finish(&self, answer: Answer, kind: ResultKind) -> Outcome {
        match answer {
            Ok(value) if self.may_fail.get() => Outcome::from(value).or_failure(),
            Ok(value) => value.into(),
            Err(Refusal::Fails) => Outcome::FAILS,
            Err(Refusal::Unread) => Outcome::from(kind.widen(self.hole(HoleShape::Any))).or_failure(),
        }
    }

    /// What stands for a part of the result that is not known.
    pub(super) fn hole(&self, shape: HoleShape) -> Hole {
        let words = format!("{}(…)", self.name);
        match self.arguments.iter().find_map(Value::first_hole) {
            Some(hole) => hole.computed(&words, shape),
            None => Hole::unreadable(words).shaped(shape),
        }
    }

    /// A text of which nothing is known.
    pub(super) fn any_text(&self) -> Value {
        Value::any_text(self.hole(HoleShape::Any))
    }

    /// The argument at a place.
    pub(super) fn argument(&self, at: usize) -> Result<&'c Value, Refusal> {
        self.arguments.get(at).ok_or(Refusal::Fails)
    }

    /// The arguments from a place on.
    pub(super) fn rest(&self, from: usize) -> &'c [Value] {
        self.arguments.get(from..).unwrap_or_default()
    }

    /// A value converted to a type; null stays null.
    pub(super) fn convert(&self, value: &Value, to: &Type) -> Answer {
        self.accept(convert(value, to))
    }

    /// The values of an outcome.
    pub(super) fn accept(&self, outcome: Outcome) -> Answer {
        if outcome.may_fail() {
            self.note_doubt();
        }
        outcome.value().cloned().ok_or(Refusal::Fails)
    }

    /// The text of a value that has no alternatives at its top.
    pub(super) fn text_of(&self, value: &Value) -> Result<Text, Refusal> {
        if matches!(value.shape, Shape::OneOf(_)) {
            return Err(Refusal::Unread);
        }
        let (text, may_fail) = convert_text(value).ok_or(Refusal::Fails)?;
        if may_fail {
            self.note_doubt();
        }
        Ok(text)
    }

    /// The argument at a place as text.
    pub(super) fn text(&self, at: usize) -> Result<Text, Refusal> {
        self.text_of(self.argument(at)?)
    }

    /// The argument at a place as known text.
    pub(super) fn known(&self, at: usize) -> Result<String, Refusal> {
        self.text(at)?.as_known().map(str::to_owned).ok_or(Refusal::Unread)
    }

    /// A value as a number.
    pub(super) fn number_of(&self, value: &Value) -> Result<Number, Refusal> {
        let number = self.convert(value, &Type::Number)?;
        if number.is_null() {
            return Err(Refusal::Fails);
        }
        number.as_number().cloned().ok_or(Refusal::Unread)
    }

    /// The argument at a place as a number.
    pub(super) fn number(&self, at: usize) -> Result<Number, Refusal> {
        self.number_of(self.argument(at)?)
    }

    /// The argument at a place as a whole number.
    pub(super) fn whole(&self, at: usize) -> Result<i64, Refusal> {
        whole(&self.number(at)?)
    }

    /// The argument at a place as a tuple, list or set.
    pub(super) fn sequence(&self, at: usize) -> Result<&'c Sequence, Refusal> {
        sequence(self.argument(at)?)
    }

    /// The argument at a place as an object or map.
    pub(super) fn mapping(&self, at: usize) -> Result<&'c Mapping, Refusal> {
        mapping(self.argument(at)?)
    }

    /// The argument at a place as `list(T)`.
    pub(super) fn list(&self, at: usize, element: Type) -> Answer {
        let argument = self.argument(at)?;
        if argument.is_null() {
            return Err(Refusal::Fails);
        }
        self.convert(argument, &Type::List(Box::new(element)))
    }

    /// An operation on every choice of alternatives of these values. Too many choices are not read.
    pub(super) fn for_each_choice(&self, values: &[Value], operation: impl Fn(&[Value]) -> Answer) -> Answer {
        let choices = values.iter().map(|value| value.alternatives().len()).fold(1, usize::saturating_mul);
        if choices > MAX_ALTERNATIVES {
            return Err(Refusal::Unread);
        }
        let run = |chosen: &[Value]| match operation(chosen) {
            Ok(value) => value.into(),
            Err(Refusal::Fails) => Outcome::FAILS,
            Err(Refusal::Unread) => Outcome::unsure(self.hole(HoleShape::Any)),
        };
        self.accept(Value::for_each_choice(values, run))
    }
}

/// The whole number that a number is.
pub(super) fn whole(number: &Number) -> Result<i64, Refusal> {
    match number.to_i64() {
        Some(whole) => Ok(whole),
        None if number.is_whole() => Err(Refusal::Unread),
        None => Err(Refusal::Fails),
    }
}

/// The tuple, list or set that a value is.
pub(super) fn sequence(value: &Value) -> Result<&Sequence, Refusal> {
    match &value.shape {
        Shape::Sequence(sequence) => Ok(sequence),
        Shape::Anything(_) | Shape::OneOf(_) => Err(Refusal::Unread),
        Shape::Null(_) | Shape::Bool(_) | Shape::Number(_) | Shape::Text(_) | Shape::Mapping(_) => {
            Err(Refusal::Fails)
        }
    }
}

/// The object or map that a value is.
pub(super) fn mapping(value: &Value) -> Result<&Mapping, Refusal> {
    match &value.shape {
        Shape::Mapping(mapping) => Ok(mapping),
        Shape::Anything(_) | Shape::OneOf(_) => Err(Refusal::Unread),
        Shape::Null(_) | Shape::Bool(_) | Shape::Number(_) | Shape::Text(_) | Shape::Sequence(_) => {
            Err(Refusal::Fails)
        }
    }
}
