//! Terraform's types.
//!
//! A null has a type, so a value holds one, and [`Type`] stands below values. The type of a value, and conversions, are in
//! [`crate::types`].

use std::collections::BTreeMap;
use std::sync::Arc;

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
