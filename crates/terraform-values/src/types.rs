//! Terraform's types, as far as a value shows its own.
//!
//! [`Type::of`] takes a value and returns its type, [`unify()`] the type that several can be converted to, and
//! [`convert()`] converts. All three follow cty (`convert.UnifyUnsafe`, `convert.Convert`); where a type is not known they
//! say so, and [`loosen()`] gives what a value may become.

mod convert;
mod loosen;
mod unify;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::value::mapping::MappingKind;
use crate::value::sequence::{Sequence, SequenceKind};
use crate::value::{NullType, Shape, Value};
pub use convert::{convert, convert_text};
pub use loosen::loosen;
pub use unify::{Unified, unify};

/// A type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// It is not known here.
    Unknown,
    /// That of the `null` of an expression; as a target, any type.
    Dynamic,
    /// `bool`.
    Bool,
    /// `number`.
    Number,
    /// `string`.
    String,
    /// `list(T)`.
    List(Box<Type>),
    /// `set(T)`.
    Set(Box<Type>),
    /// `map(T)`.
    Map(Box<Type>),
    /// `tuple([…])`.
    Tuple(Vec<Type>),
    /// `object({…})`.
    Object(BTreeMap<Arc<str>, Type>),
}

impl Type {
    /// The type of a value.
    pub fn of(value: &Value) -> Self {
        match &value.shape {
            Shape::Anything(_) | Shape::Null(NullType::Unsure) => Self::Unknown,
            Shape::Null(NullType::None) => Self::Dynamic,
            Shape::Null(NullType::Of(of_null)) => (**of_null).clone(),
            Shape::Bool(_) => Self::Bool,
            Shape::Number(_) => Self::Number,
            Shape::Text(_) => Self::String,
            Shape::Sequence(sequence) => Self::of_sequence(sequence),
            Shape::Mapping(mapping) => match mapping.kind {
                MappingKind::Unsure => Self::Unknown,
                MappingKind::Map => {
                    Self::Map(Box::new(common(mapping.members.values(), mapping.rest.as_ref())))
                }
                MappingKind::Object if mapping.rest.is_some() => Self::Unknown,
                MappingKind::Object => {
                    let members = mapping.members.iter();
                    Self::Object(members.map(|(name, value)| (name.clone(), Self::of(value))).collect())
                }
            },
            Shape::OneOf(alternatives) => {
                let mut types = alternatives.iter().map(Self::of);
                let first = types.next().unwrap_or(Self::Unknown);
                if types.all(|other| other == first) { first } else { Self::Unknown }
            }
        }
    }

    fn of_sequence(sequence: &Sequence) -> Self {
        let elements = || Box::new(common(sequence.items.iter(), sequence.rest.as_ref()));
        match sequence.kind {
            SequenceKind::Unsure | SequenceKind::ListOrTuple => Self::Unknown,
            SequenceKind::List => Self::List(elements()),
            SequenceKind::Set => Self::Set(elements()),
            SequenceKind::Tuple if sequence.rest.is_some() => Self::Unknown,
            SequenceKind::Tuple => Self::Tuple(sequence.items.iter().map(Self::of).collect()),
        }
    }

    /// Whether it is known in all its parts.
    pub fn is_certain(&self) -> bool {
        match self {
            Self::Unknown => false,
            Self::Dynamic | Self::Bool | Self::Number | Self::String => true,
            Self::List(element) | Self::Set(element) | Self::Map(element) => element.is_certain(),
            Self::Tuple(elements) => elements.iter().all(Self::is_certain),
            Self::Object(members) => members.values().all(Self::is_certain),
        }
    }

    /// Whether a part of it is [`Self::Dynamic`].
    pub(crate) fn has_dynamic(&self) -> bool {
        match self {
            Self::Dynamic => true,
            Self::Unknown | Self::Bool | Self::Number | Self::String => false,
            Self::List(element) | Self::Set(element) | Self::Map(element) => element.has_dynamic(),
            Self::Tuple(elements) => elements.iter().any(Self::has_dynamic),
            Self::Object(members) => members.values().any(Self::has_dynamic),
        }
    }

    /// Whether a part of it is an object or a map.
    pub(crate) fn has_objects(&self) -> bool {
        match self {
            Self::Map(_) | Self::Object(_) => true,
            Self::Unknown | Self::Dynamic | Self::Bool | Self::Number | Self::String => false,
            Self::List(element) | Self::Set(element) => element.has_objects(),
            Self::Tuple(elements) => elements.iter().any(Self::has_objects),
        }
    }

    /// Whether it is a list, a set or a tuple.
    pub fn is_sequence(&self) -> bool {
        matches!(self, Self::List(_) | Self::Set(_) | Self::Tuple(_))
    }

    /// Whether it is a bool, a number or a string.
    pub fn is_primitive(&self) -> bool {
        matches!(self, Self::Bool | Self::Number | Self::String)
    }
}

/// The type of all elements of a list, set or map. Nulls have it too; of one that may be empty it is not known.
fn common<'v>(sure: impl Iterator<Item = &'v Value>, rest: Option<&Value>) -> Type {
    let mut types = sure.filter(|value| !value.is_null()).map(Type::of);
    let first = types.next().unwrap_or(Type::Unknown);
    let mut types = types.chain(rest.filter(|rest| !rest.is_null()).map(Type::of));
    if types.all(|other| other == first) { first } else { Type::Unknown }
}
