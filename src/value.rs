//! A value of a plan: JSON that may have unknown parts.
//!
//! Holds what `after` and `after_unknown` say in one tree in which "known only after apply" is a value of its own, so
//! that nobody can read an unknown as an absent one. What a value rests on besides the plan is its [`provenance`].

pub mod provenance;

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
    /// Known only after apply; the name says which value, for example `aws_iam_role.ci.arn`.
    Unknown(Box<str>),
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

    /// The items of a list.
    pub fn as_list(&self) -> Option<&[Self]> {
        if let Self::List(items) = self { Some(items) } else { None }
    }
}
