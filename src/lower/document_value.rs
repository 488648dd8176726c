//! A document as far as it is known.
//!
//! A [`DocumentValue`] is a set of JSON values: what a policy, a list of rules or the arguments of a data source may be
//! once everything is known. It takes the form of JSON, with holes in texts and in the names of members, alternatives,
//! and lists of which only the elements are known. A larger set is always sound. Each dialect says what it makes of the
//! parts that are open; nothing is lowered here.

use std::borrow::Cow;

use crate::reason::DocumentError;
use crate::value::{UnknownOrigin, Value};

use super::{DocumentFormat, Text, TextPart, spelling};

/// A value of a document, or several that it may be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum DocumentValue {
    /// Absent or null.
    #[default]
    Null,
    /// A truth value.
    Bool(bool),
    /// Decimal text, exactly as written.
    Number(Box<str>),
    /// A text of literals and holes.
    Text(Text),
    /// A list of so many elements.
    List(Vec<DocumentValue>),
    /// Members in the order of the source. A name with a hole may turn out to be that of another member.
    Object(Vec<(Text, DocumentValue)>),
    /// A list of any number of elements, each of which is one of this value.
    Each(Box<DocumentValue>),
    /// Any of these.
    OneOf(Vec<DocumentValue>),
    /// The text that Terraform's `jsonencode` writes of the value.
    Json(Box<DocumentValue>),
    /// The text that a data source renders of these arguments.
    Rendered(DocumentFormat, Box<DocumentValue>),
    /// Any value, of which only the origin is known.
    Unknown(UnknownOrigin),
}

/// How many values a [`DocumentValue`] is, where a list may stand.
#[derive(Clone, Copy, Debug)]
pub(super) enum ListShape<'v> {
    /// These.
    Items(&'v [DocumentValue]),
    /// Any number of this one.
    Each(&'v DocumentValue),
    /// One of these, each of which may be a list.
    OneOf(&'v [DocumentValue]),
    /// A single value, which is itself.
    Single,
}

impl DocumentValue {
    /// How many values it is, where a list may stand.
    pub(super) fn list_shape(&self) -> ListShape<'_> {
        match self {
            Self::List(items) => ListShape::Items(items),
            Self::Each(element) => ListShape::Each(element),
            Self::OneOf(alternatives) => ListShape::OneOf(alternatives),
            Self::Null
            | Self::Bool(_)
            | Self::Number(_)
            | Self::Text(_)
            | Self::Object(_)
            | Self::Json(_)
            | Self::Rendered(..)
            | Self::Unknown(_) => ListShape::Single,
        }
    }
}

impl From<&Value> for DocumentValue {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(truth) => Self::Bool(*truth),
            Value::Number(number) => Self::Number(number.clone()),
            Value::String(text) => Self::Text(Text::known(text)),
            Value::List(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Object(members) => Self::Object(
                members.iter().map(|(name, member)| (Text::known(name), Self::from(member))).collect(),
            ),
            Value::Unknown(origin) => Self::Unknown(origin.clone()),
        }
    }
}

impl From<Value> for DocumentValue {
    fn from(value: Value) -> Self {
        Self::from(&value)
    }
}

impl DocumentValue {
    /// Whether nothing is said.
    pub fn is_null(&self) -> bool {
        *self == Self::Null
    }

    /// The value, where something is said.
    pub fn given(&self) -> Option<&Self> {
        (!self.is_null()).then_some(self)
    }

    /// The elements of a list, where it is known how many there are.
    pub fn as_list(&self) -> Option<&[Self]> {
        if let Self::List(items) = self { Some(items) } else { None }
    }

    /// The origin, where nothing else is known.
    pub fn as_unknown(&self) -> Option<&UnknownOrigin> {
        if let Self::Unknown(origin) = self { Some(origin) } else { None }
    }

    /// Whether it is one value, whatever its holes stand for, and not one of several.
    pub fn is_one_value(&self) -> bool {
        match self {
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) | Self::Unknown(_) => true,
            Self::List(items) => items.iter().all(Self::is_one_value),
            Self::Object(members) => members.iter().all(|(_, member)| member.is_one_value()),
            Self::Json(value) | Self::Rendered(_, value) => value.is_one_value(),
            Self::Each(_) | Self::OneOf(_) => false,
        }
    }

    /// The member of an object; null where there is none.
    pub fn get(&self, key: &str) -> &Self {
        const NULL: &DocumentValue = &DocumentValue::Null;
        let Self::Object(members) = self else { return NULL };
        members.iter().find(|(name, _)| name.as_known() == Some(key)).map_or(NULL, |(_, member)| member)
    }

    /// A name with a hole, where the object has one.
    pub fn find_open_name(&self) -> Option<&Text> {
        let Self::Object(members) = self else { return None };
        members.iter().map(|(name, _)| name).find(|name| name.as_known().is_none())
    }

    /// The values that it may be, of which none is an alternative itself.
    pub fn alternatives(&self) -> Vec<&Self> {
        match self {
            Self::OneOf(alternatives) => alternatives.iter().flat_map(Self::alternatives).collect(),
            Self::Null
            | Self::Bool(_)
            | Self::Number(_)
            | Self::Text(_)
            | Self::List(_)
            | Self::Object(_)
            | Self::Each(_)
            | Self::Json(_)
            | Self::Rendered(..)
            | Self::Unknown(_) => vec![self],
        }
    }

    /// What the text of a document says, where the value is such a text: its JSON, with the holes that it has.
    ///
    /// A hole in the text of a document may hold a quotation mark and whatever follows it, but for one that is a word.
    /// Where it can't be said what the text says, it is any value.
    ///
    /// # Errors
    ///
    /// Where a text without holes is not JSON that every reader reads alike; `part` says what it is a text of.
    pub fn parse_text(&self, part: &'static str) -> Result<Cow<'_, Self>, DocumentError> {
        match self {
            Self::Json(value) => Ok(Cow::Borrowed(value)),
            Self::Text(text) => match text.as_known() {
                Some(known) => Ok(Cow::Owned(Self::from(&spelling::parse_document(part, known)?))),
                None => {
                    Ok(Cow::Owned(parse_with_holes(text).unwrap_or_else(|| Self::Unknown(text.origin()))))
                }
            },
            Self::Null
            | Self::Bool(_)
            | Self::Number(_)
            | Self::List(_)
            | Self::Object(_)
            | Self::Each(_)
            | Self::OneOf(_)
            | Self::Rendered(..)
            | Self::Unknown(_) => Ok(Cow::Borrowed(self)),
        }
    }
}

/// The first character that stands for a hole while a text is parsed: a plane for private use, which no policy uses.
const FIRST_PLACEHOLDER: u32 = 0xF_0000;

/// Parses the text of a document with words in it. `None` where a hole is none, or the text with them is not JSON.
fn parse_with_holes(text: &Text) -> Option<DocumentValue> {
    let mut spelled = String::new();
    let mut holes = Vec::new();
    for part in &text.parts {
        match part {
            TextPart::Known(known) if known.chars().any(is_placeholder) => return None,
            TextPart::Known(known) => spelled.push_str(known),
            TextPart::Hole(hole) if hole.is_word() => {
                spelled.push(char::from_u32(FIRST_PLACEHOLDER + u32::try_from(holes.len()).ok()?)?);
                holes.push(part.clone());
            }
            TextPart::Hole(_) => return None,
        }
    }
    let parsed = spelling::parse_document("a document", &spelled).ok()?;
    Some(fill_holes(DocumentValue::from(&parsed), &holes))
}

fn is_placeholder(char: char) -> bool {
    u32::from(char) >= FIRST_PLACEHOLDER
}

/// Puts the holes in the places of their placeholders.
fn fill_holes(value: DocumentValue, holes: &[TextPart]) -> DocumentValue {
    match value {
        DocumentValue::Text(text) => DocumentValue::Text(fill_text(&text, holes)),
        DocumentValue::List(items) => {
            DocumentValue::List(items.into_iter().map(|item| fill_holes(item, holes)).collect())
        }
        DocumentValue::Object(members) => DocumentValue::Object(
            members
                .into_iter()
                .map(|(name, member)| (fill_text(&name, holes), fill_holes(member, holes)))
                .collect(),
        ),
        DocumentValue::Null
        | DocumentValue::Bool(_)
        | DocumentValue::Number(_)
        | DocumentValue::Each(_)
        | DocumentValue::OneOf(_)
        | DocumentValue::Json(_)
        | DocumentValue::Rendered(..)
        | DocumentValue::Unknown(_) => value,
    }
}

fn fill_text(text: &Text, holes: &[TextPart]) -> Text {
    let Some(known) = text.as_known() else { return text.clone() };
    let mut filled = Text::default();
    let mut literal = String::new();
    for char in known.chars() {
        let hole = is_placeholder(char).then(|| u32::from(char) - FIRST_PLACEHOLDER);
        match hole.and_then(|at| holes.get(usize::try_from(at).ok()?)) {
            Some(hole) => {
                filled.push_known(&literal);
                literal.clear();
                filled.parts.push(hole.clone());
            }
            None => literal.push(char),
        }
    }
    filled.push_known(&literal);
    if filled.parts.is_empty() { Text::known("") } else { filled }
}
