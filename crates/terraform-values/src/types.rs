//! Terraform's types, as far as a value shows its own.
//!
//! [`Type::of`] takes a value and returns its type, [`unify()`] the type that several can be converted to, and
//! [`convert()`] converts. All three follow cty (`convert.UnifyUnsafe`, `convert.Convert`); where a type is not known they
//! say so, and [`loosen()`] gives what a value may become.

mod convert;
mod loosen;
mod unify;

use crate::value::mapping::MappingKind;
use crate::value::sequence::{Sequence, SequenceKind};
pub use crate::value::value_type::Type;
use crate::value::{NullType, Shape, Value};
pub use convert::{convert, convert_text};
pub use loosen::loosen;
pub use unify::{Unified, unify};

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
}

/// The type of all elements of a list, set or map. Nulls have it too; of one that may be empty it is not known.
fn common<'v>(sure: impl Iterator<Item = &'v Value>, rest: Option<&Value>) -> Type {
    let mut types = sure.filter(|value| !value.is_null()).map(Type::of);
    let first = types.next().unwrap_or(Type::Unknown);
    let mut types = types.chain(rest.filter(|rest| !rest.is_null()).map(Type::of));
    if types.all(|other| other == first) { first } else { Type::Unknown }
}
