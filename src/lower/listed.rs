//! Lists of a document of which some elements are only perhaps there.
//!
//! Takes a [`DocumentValue`] where a document has one text or several, and returns a [`Listed`]: what is certainly listed,
//! and what is listed perhaps, as one of several alternatives or in a list whose length is not known. A list of which
//! nothing is known is one unknown text, since whatever covers a hole covers everything that may stand there.

use crate::lower::document_value::ListShape;
use crate::lower::{DocumentValue, Text};
use crate::value::UnknownOrigin;

/// The elements of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed<T> {
    /// Those that are there.
    pub(super) certain: Vec<T>,
    /// Those that may be there.
    pub(super) perhaps: Vec<T>,
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self { certain: Vec::new(), perhaps: Vec::new() }
    }
}

impl<T> Listed<T> {
    /// A list of which all is known.
    pub(super) fn certain(elements: Vec<T>) -> Self {
        Self { certain: elements, perhaps: Vec::new() }
    }

    /// Whether nothing can be listed.
    pub(super) fn is_empty(&self) -> bool {
        self.certain.is_empty() && self.perhaps.is_empty()
    }

    /// Whether it is not known what all is listed.
    pub(super) fn is_open(&self) -> bool {
        !self.perhaps.is_empty()
    }

    /// All that may be listed.
    pub(super) fn all(&self) -> impl Iterator<Item = &T> {
        self.certain.iter().chain(&self.perhaps)
    }

    /// Adds what another list has.
    pub(super) fn extend(&mut self, other: Self) {
        self.certain.extend(other.certain);
        self.perhaps.extend(other.perhaps);
    }

    /// The same list, each element as something else.
    pub(super) fn map<U>(self, change: impl Fn(T) -> U) -> Listed<U> {
        Listed {
            certain: self.certain.into_iter().map(&change).collect(),
            perhaps: self.perhaps.into_iter().map(&change).collect(),
        }
    }

    /// The same list, each element only perhaps.
    pub(super) fn doubted(mut self) -> Self {
        self.certain.append(&mut self.perhaps);
        Self { certain: Vec::new(), perhaps: self.certain }
    }
}

/// What a value that may be one of several is called.
pub(super) fn one_of_several(part: &'static str) -> UnknownOrigin {
    UnknownOrigin::Deferred(format!("which of several values {part} has").into())
}

/// Which values count as texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scalars {
    /// Texts alone.
    Texts,
    /// Numbers and truth values, too, as AWS reads them.
    Any,
}

impl Scalars {
    /// One text or several.
    pub(super) fn read(self, value: &DocumentValue) -> Result<Listed<Text>, NoText> {
        match value.list_shape() {
            ListShape::Items(items) => {
                let mut listed = Listed::default();
                listed.certain.reserve(items.len());
                for item in items {
                    if let DocumentValue::Text(text) = item {
                        listed.certain.push(text.clone());
                    } else {
                        listed.extend(self.read_element(item)?);
                    }
                }
                Ok(listed)
            }
            ListShape::Each(element) => Ok(self.read(element)?.doubted()),
            ListShape::OneOf(alternatives) => {
                let mut listed = Listed::default();
                for alternative in alternatives {
                    listed.extend(self.read(alternative)?.doubted());
                }
                Ok(listed)
            }
            ListShape::Single => self.read_element(value),
        }
    }

    /// One element of a list, which is a text.
    fn read_element(self, value: &DocumentValue) -> Result<Listed<Text>, NoText> {
        let text = match (value, self) {
            (DocumentValue::OneOf(alternatives), _) => {
                let mut listed = Listed::default();
                for alternative in alternatives {
                    listed.extend(self.read_element(alternative)?.doubted());
                }
                return Ok(listed);
            }
            (DocumentValue::Text(text), _) => text.clone(),
            (DocumentValue::Bool(truth), Self::Any) => Text::known(if *truth { "true" } else { "false" }),
            (DocumentValue::Number(number), Self::Any) => Text::known(number),
            (DocumentValue::Unknown(origin), _) => Text::unknown(origin),
            (
                DocumentValue::Null
                | DocumentValue::Bool(_)
                | DocumentValue::Number(_)
                | DocumentValue::List(_)
                | DocumentValue::Object(_)
                | DocumentValue::Each(_)
                | DocumentValue::Json(_)
                | DocumentValue::Rendered(..),
                _,
            ) => return Err(NoText),
        };
        Ok(Listed::certain(vec![text]))
    }
}

/// A value stands where a text belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoText;
