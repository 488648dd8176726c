//! Values: sets of possible values, with marks and identity.

mod admits;
mod choices;
mod display;
pub(crate) mod equality;
pub(crate) mod extent;
pub(crate) mod hole;
pub(crate) mod identity;
pub(crate) mod limits;
pub(crate) mod mapping;
pub(crate) mod marks;
mod new_sequence;
pub(crate) mod number;
pub(crate) mod sequence;
pub(crate) mod text;
mod text_equality;
pub(crate) mod value_type;

use std::sync::Arc;

use hole::{Hole, HoleShape};
use identity::Identity;
use limits::MAX_ALTERNATIVES;
use mapping::Mapping;
use marks::Marks;
use number::Number;
use sequence::Sequence;
use text::Text;
use value_type::Type;

/// The set of values that something may have, and what is known of it besides. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    pub(crate) shape: Shape,
    pub(crate) marks: Marks,
    pub(crate) identity: Option<Arc<Identity>>,
    pub(crate) encoded: Option<Arc<Value>>,
}

/// The set alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Any value of any type, null too. The hole names it; its shape holds where the value is text or a number.
    Anything(Hole),
    /// Null.
    Null(NullType),
    /// A truth value.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text, not null.
    Text(Text),
    /// A tuple, list or set, not null.
    Sequence(Arc<Sequence>),
    /// An object or map, not null.
    Mapping(Arc<Mapping>),
    /// Any of these; at least two, and none of them has alternatives itself.
    OneOf(Arc<[Value]>),
}

/// The type of a null, which decides what a conditional converts its other branch to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NullType {
    /// That of the `null` of an expression, which takes any type.
    None,
    /// It may have a type, and it is not known which.
    Unsure,
    /// This one.
    Of(Arc<Type>),
}

impl From<Shape> for Value {
    fn from(shape: Shape) -> Self {
        Self { shape, marks: Marks::NONE, identity: None, encoded: None }
    }
}

impl From<Text> for Value {
    fn from(text: Text) -> Self {
        Shape::Text(text).into()
    }
}

impl From<Number> for Value {
    fn from(number: Number) -> Self {
        Shape::Number(number).into()
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Number::from(number).into()
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Number::from(number).into()
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Shape::Bool(truth).into()
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Text::known(text).into()
    }
}

impl Value {
    /// Null, of a type that is not known: of an attribute, of JSON.
    pub const NULL: Self =
        Self { shape: Shape::Null(NullType::Unsure), marks: Marks::NONE, identity: None, encoded: None };

    /// The `null` of an expression.
    pub const NULL_LITERAL: Self =
        Self { shape: Shape::Null(NullType::None), marks: Marks::NONE, identity: None, encoded: None };

    /// Null, of a known type.
    pub fn null_of(type_of_null: Type) -> Self {
        if type_of_null == Type::Dynamic {
            Self::NULL_LITERAL
        } else if type_of_null.is_certain() {
            Shape::Null(NullType::Of(Arc::new(type_of_null))).into()
        } else {
            Self::NULL
        }
    }

    /// Any value whatever.
    pub fn anything(hole: Hole) -> Self {
        Shape::Anything(hole).into()
    }

    /// Any text, not null.
    pub fn any_text(hole: Hole) -> Self {
        Text::hole(hole).into()
    }

    /// Either truth value.
    pub fn any_bool() -> Self {
        Self::one_of(vec![true.into(), false.into()])
    }

    /// Any of these. Of none and of too many it is anything.
    pub fn one_of(alternatives: Vec<Value>) -> Self {
        let mut kept: Vec<Value> = Vec::with_capacity(alternatives.len());
        let mut marks = Marks::NONE;
        for alternative in alternatives.iter().flat_map(Value::alternatives) {
            marks.absorb(&alternative.marks);
            if !kept.contains(alternative) {
                kept.push(alternative.clone());
            }
            if kept.len() > MAX_ALTERNATIVES {
                return Self::anything(Hole::unreadable("one of many values")).with_marks(&marks);
            }
        }
        // Anything that has no identity says no more than that it is anything.
        let swallows = |value: &&Value| {
            matches!(value.shape, Shape::Anything(_)) && value.identity.is_none() && value.encoded.is_none()
        };
        if let Some(anything) = kept.iter().find(swallows) {
            return anything.clone().with_marks(&marks);
        }
        match kept.len() {
            0 => Self::anything(Hole::unreadable("a value that nothing gives")),
            1 => kept.remove(0),
            _ => Self { shape: Shape::OneOf(kept.into()), marks, identity: None, encoded: None },
        }
    }

    /// The set alone.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// Its own marks; those of its members stand beside them. See [`Self::all_marks`].
    pub fn marks(&self) -> &Marks {
        &self.marks
    }

    /// Its marks, and those of everything in it.
    pub fn all_marks(&self) -> Marks {
        let mut all = self.marks.clone();
        match &self.shape {
            Shape::Sequence(sequence) => all.absorb(&sequence.extent.marks),
            Shape::Mapping(mapping) => all.absorb(&mapping.extent.marks),
            Shape::OneOf(alternatives) => {
                alternatives.iter().for_each(|alternative| all.absorb(&alternative.all_marks()));
            }
            Shape::Anything(_) | Shape::Null(_) | Shape::Bool(_) | Shape::Number(_) | Shape::Text(_) => {}
        }
        all
    }

    /// The attribute of an object that it is as a whole. Alternatives have their own.
    pub fn identity(&self) -> Option<&Identity> {
        self.identity.as_deref()
    }

    /// The same, which is this attribute as a whole.
    #[must_use]
    pub fn with_identity(self, identity: Identity) -> Self {
        match &self.shape {
            Shape::OneOf(alternatives) => {
                let with = |value: &Value| value.clone().with_identity(identity.clone());
                Self { shape: Shape::OneOf(alternatives.iter().map(with).collect()), ..self }
            }
            Shape::Anything(_)
            | Shape::Null(_)
            | Shape::Bool(_)
            | Shape::Number(_)
            | Shape::Text(_)
            | Shape::Sequence(_)
            | Shape::Mapping(_) => Self { identity: Some(Arc::new(identity)), ..self },
        }
    }

    /// The value whose JSON this text is. Kept and lost like the identity.
    pub fn encoded(&self) -> Option<&Value> {
        self.encoded.as_deref()
    }

    /// The same text, which is the JSON of this value.
    #[must_use]
    pub fn with_encoded(self, value: Value) -> Self {
        Self { encoded: Some(Arc::new(value)), ..self }
    }

    /// The same without identity, and not known as JSON: what is computed of a value is not that attribute.
    #[must_use]
    pub fn without_identity(self) -> Self {
        let Shape::OneOf(alternatives) = &self.shape else {
            return Self { identity: None, encoded: None, ..self };
        };
        if alternatives.iter().all(|value| value.identity.is_none() && value.encoded.is_none()) {
            return self;
        }
        let without = alternatives.iter().map(|value| value.clone().without_identity()).collect();
        Self::one_of(without).with_marks(&self.marks)
    }

    /// The same, with these marks besides.
    #[must_use]
    pub fn with_marks(mut self, marks: &Marks) -> Self {
        if marks.is_empty() {
            return self;
        }
        self.marks.absorb(marks);
        if let Shape::OneOf(alternatives) = &self.shape {
            let with = |value: &Value| value.clone().with_marks(marks);
            self.shape = Shape::OneOf(alternatives.iter().map(with).collect());
        }
        self
    }

    /// Each alternative; a value without alternatives is its only one.
    pub fn alternatives(&self) -> &[Value] {
        match &self.shape {
            Shape::OneOf(alternatives) => alternatives,
            Shape::Anything(_)
            | Shape::Null(_)
            | Shape::Bool(_)
            | Shape::Number(_)
            | Shape::Text(_)
            | Shape::Sequence(_)
            | Shape::Mapping(_) => std::slice::from_ref(self),
        }
    }

    /// Whether it may be any value.
    pub fn is_anything(&self) -> bool {
        self.alternatives().iter().any(|value| matches!(value.shape, Shape::Anything(_)))
    }

    /// Whether it is one known value, in all its parts.
    pub fn is_known(&self) -> bool {
        match &self.shape {
            Shape::Anything(_) | Shape::OneOf(_) => false,
            Shape::Null(_) | Shape::Bool(_) | Shape::Number(_) => true,
            Shape::Text(text) => text.as_known().is_some(),
            Shape::Sequence(sequence) => sequence.rest.is_none() && sequence.extent.is_known,
            Shape::Mapping(mapping) => mapping.rest.is_none() && mapping.extent.is_known,
        }
    }

    /// Values in it, itself included.
    pub fn size(&self) -> usize {
        match &self.shape {
            Shape::Sequence(sequence) => sequence.extent.size,
            Shape::Mapping(mapping) => mapping.extent.size,
            Shape::OneOf(alternatives) => alternatives.iter().map(Value::size).fold(1, usize::saturating_add),
            Shape::Anything(_) | Shape::Null(_) | Shape::Bool(_) | Shape::Number(_) | Shape::Text(_) => 1,
        }
    }

    /// Whether a mapping in it, or the value itself, has members whose names have holes.
    pub fn has_open_names(&self) -> bool {
        match &self.shape {
            Shape::Sequence(sequence) => sequence.extent.has_open_names,
            Shape::Mapping(mapping) => mapping.extent.has_open_names,
            Shape::OneOf(alternatives) => alternatives.iter().any(Value::has_open_names),
            Shape::Anything(_) | Shape::Null(_) | Shape::Bool(_) | Shape::Number(_) | Shape::Text(_) => false,
        }
    }

    /// Whether it is null.
    pub fn is_null(&self) -> bool {
        matches!(self.shape, Shape::Null(_))
    }

    /// Whether it may be null.
    pub fn may_be_null(&self) -> bool {
        self.alternatives().iter().any(|value| matches!(value.shape, Shape::Null(_) | Shape::Anything(_)))
    }

    /// The truth value that it is.
    pub fn as_bool(&self) -> Option<bool> {
        if let Shape::Bool(truth) = self.shape { Some(truth) } else { None }
    }

    /// The number that it is.
    pub fn as_number(&self) -> Option<&Number> {
        if let Shape::Number(number) = &self.shape { Some(number) } else { None }
    }

    /// The text that it is.
    pub fn as_text(&self) -> Option<&Text> {
        if let Shape::Text(text) = &self.shape { Some(text) } else { None }
    }

    /// The text that it is, where it has no hole.
    pub fn known_text(&self) -> Option<&str> {
        self.as_text()?.as_known()
    }

    /// The tuple, list or set that it is.
    pub fn as_sequence(&self) -> Option<&Sequence> {
        if let Shape::Sequence(sequence) = &self.shape { Some(sequence) } else { None }
    }

    /// The object or map that it is.
    pub fn as_mapping(&self) -> Option<&Mapping> {
        if let Shape::Mapping(mapping) = &self.shape { Some(mapping) } else { None }
    }

    /// A hole that stands for what is computed of it: it names the first thing in it that is not known.
    pub fn hole(&self, words: &str, shape: HoleShape) -> Hole {
        match self.first_hole() {
            Some(hole) => hole.computed(words, shape),
            None => Hole::unreadable(words).shaped(shape),
        }
    }

    /// The first hole in it.
    pub fn first_hole(&self) -> Option<&Hole> {
        match &self.shape {
            Shape::Anything(hole) => Some(hole),
            Shape::Text(text) => text.first_hole(),
            Shape::Null(_) | Shape::Bool(_) | Shape::Number(_) => None,
            Shape::Sequence(sequence) if sequence.extent.is_known && !sequence.extent.has_open_names => None,
            Shape::Sequence(sequence) => {
                sequence.items.iter().chain(&sequence.rest).find_map(Value::first_hole)
            }
            Shape::Mapping(mapping) if mapping.extent.is_known && !mapping.extent.has_open_names => None,
            Shape::Mapping(mapping) => {
                let inside = mapping.members.values().chain(&mapping.rest).find_map(Value::first_hole);
                inside.or_else(|| mapping.open.iter().find_map(|one| one.name.first_hole()))
            }
            Shape::OneOf(alternatives) => alternatives.iter().find_map(Value::first_hole),
        }
    }
}
