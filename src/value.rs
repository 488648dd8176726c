//! A value of a plan: JSON that may have unknown parts.
//!
//! Holds what `after` and `after_unknown` say in one tree in which "known only after apply" is a value of its own, so
//! that nobody can read an unknown as an absent one. What a value rests on besides the plan is its [`provenance`].

pub mod provenance;

use std::fmt;
use std::sync::Arc;

use access_algebra::HoleKind;

/// A JSON value, or one that is known only after apply.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Value {
    /// Absent or null: Terraform does not tell the two apart.
    #[default]
    Null,
    /// A truth value.
    Bool(bool),
    /// Decimal text, exactly as written.
    Number(Box<str>),
    /// Text.
    String(Box<str>),
    /// A list or a set.
    List(Vec<Value>),
    /// Keys in the order of the source; no key stands twice.
    Object(Vec<(Box<str>, Value)>),
    /// Any value, of which only the origin is known.
    Unknown(UnknownOrigin),
}

/// Where an unknown value comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum UnknownOrigin {
    /// An attribute of an object of the plan, known only after apply; an empty path is the object as a whole.
    Attribute {
        /// The full address of the object.
        address: Arc<str>,
        /// The attribute: `policy`, `statement[0].actions`.
        path: Box<str>,
    },
    /// Something else that is known only after apply; the words name it.
    Deferred(Box<str>),
    /// Something that is there and is not read, before apply or after; the words name it.
    Unreadable(Box<str>),
}

impl UnknownOrigin {
    /// That of an attribute.
    pub fn attribute(address: &str, path: &str) -> Self {
        Self::Attribute { address: address.into(), path: path.into() }
    }

    /// What a hole in its place is.
    pub fn hole_kind(&self) -> HoleKind {
        match self {
            Self::Attribute { .. } | Self::Deferred(_) => HoleKind::Unknown,
            Self::Unreadable(_) => HoleKind::Unreadable,
        }
    }

    /// The path of an attribute of the object at this address.
    pub fn path_in(&self, object: &str) -> Option<&str> {
        match self {
            Self::Attribute { address, path } if **address == *object && !path.is_empty() => Some(path),
            Self::Attribute { .. } | Self::Deferred(_) | Self::Unreadable(_) => None,
        }
    }

    /// The list of which this is an element.
    pub fn list(&self) -> Option<Self> {
        let Self::Attribute { address, path } = self else { return None };
        let (list, _) = path.rsplit_once('[')?;
        Some(Self::Attribute { address: address.clone(), path: list.into() })
    }
}

impl fmt::Display for UnknownOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attribute { address, path } if path.is_empty() => f.write_str(address),
            Self::Attribute { address, path } => write!(f, "{address}.{path}"),
            Self::Deferred(words) | Self::Unreadable(words) => f.write_str(words),
        }
    }
}

impl Value {
    /// The member of an object; null where there is none.
    pub fn get(&self, key: &str) -> &Self {
        const NULL: &Value = &Value::Null;
        match self {
            Self::Object(members) => {
                members.iter().find(|(name, _)| &**name == key).map_or(NULL, |(_, value)| value)
            }
            Self::Null
            | Self::Bool(_)
            | Self::Number(_)
            | Self::String(_)
            | Self::List(_)
            | Self::Unknown(_) => NULL,
        }
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            Self::Null
            | Self::Bool(_)
            | Self::Number(_)
            | Self::List(_)
            | Self::Object(_)
            | Self::Unknown(_) => None,
        }
    }

    /// Whether nothing is said: null, an empty text or an empty list. An object and an unknown value say something.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::List(items) => items.is_empty(),
            Self::String(text) => text.is_empty(),
            Self::Object(_) | Self::Bool(_) | Self::Number(_) | Self::Unknown(_) => false,
        }
    }

    /// Whether it, or a part of it, is not known.
    pub fn has_unknown(&self) -> bool {
        match self {
            Self::Unknown(_) => true,
            Self::List(items) => items.iter().any(Self::has_unknown),
            Self::Object(members) => members.iter().any(|(_, member)| member.has_unknown()),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => false,
        }
    }

    /// The items of a list.
    pub fn as_list(&self) -> Option<&[Self]> {
        if let Self::List(items) = self { Some(items) } else { None }
    }
}
