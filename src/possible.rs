//! The values that an expression may have.
//!
//! A [`Possible`] is a set of values: one known value, a text of literals and holes, a list or an object of such sets, a
//! list of unknown length, a policy document in the form of its arguments, finitely many alternatives, or any value
//! whatever. It carries its
//! [`Provenance`]; one that rests on a guess shows its candidate and stands for any value.
//!
//! The law of every operation on it, here and in [`crate::rules`]: the result holds every value that the operation
//! gives for some choice of values of its operands. A larger set is always sound, so what grows beyond
//! [`MAX_ALTERNATIVES`] or [`MAX_SIZE`] becomes *any value*.

mod admits;
mod read;

use std::borrow::Cow;

use crate::lower::{DocumentFormat, DocumentValue, Text};
use crate::value::provenance::Provenance;
use crate::value::{UnknownOrigin, Value};

/// Alternatives of one value. Conditionals of public modules have two to four branches; 32 leaves room for five
/// nested ones, and keeps products of several such values small.
pub const MAX_ALTERNATIVES: usize = 32;

/// Values within one list, object or product of lists. The longest list that a rule builds of a real plan has some
/// thousand elements; 65,536 texts of 100 bytes are 6 MB, which is still cheap to refuse.
pub const MAX_SIZE: usize = 65_536;

/// A set of values, and what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Possible<'v> {
    shape: Shape<'v>,
    provenance: Provenance,
}

/// A member of an object, with its name.
pub type Member<'v> = (Box<str>, Possible<'v>);

/// The set alone.
#[derive(Clone, Debug, PartialEq)]
enum Shape<'v> {
    /// A value as it stands in the plan; each [`Value::Unknown`] in it stands for any value.
    Value(Cow<'v, Value>),
    /// A text of literals and holes, without a provenance of its own.
    Text(Text),
    /// A list of so many elements.
    List(Vec<Possible<'v>>),
    /// A list of any length; each element is one of this.
    Elements(Box<Possible<'v>>),
    /// An object with just these members.
    Object(Vec<Member<'v>>),
    /// The text of a policy document that is known by the arguments of which it is rendered.
    Document(DocumentFormat, DocumentValue),
    /// The JSON text of a value.
    Json(DocumentValue),
    /// Any of these; at least two, and none of them has alternatives itself.
    OneOf(Vec<Possible<'v>>),
    /// Any value: what is written there is not read. A value of which a part is not read is not read either, so that
    /// it keeps the name under which the plan calls it unknown.
    Unread,
}

impl<'v> From<Shape<'v>> for Possible<'v> {
    fn from(shape: Shape<'v>) -> Self {
        Self { shape, provenance: Provenance::NONE }
    }
}

impl<'v> Possible<'v> {
    /// Nothing.
    pub const NULL: Possible<'static> =
        Possible { shape: Shape::Value(Cow::Owned(Value::Null)), provenance: Provenance::NONE };

    /// A value of the plan.
    pub fn borrowed(value: &'v Value) -> Self {
        Shape::Value(Cow::Borrowed(value)).into()
    }

    /// A value that stands nowhere in the plan.
    pub fn owned(value: Value) -> Self {
        Shape::Value(Cow::Owned(value)).into()
    }

    /// A truth value.
    pub fn truth(value: bool) -> Self {
        Self::owned(Value::Bool(value))
    }

    /// Known text.
    pub fn known(text: &str) -> Self {
        Shape::Text(Text::known(text)).into()
    }

    /// Text, with what it rests on.
    pub fn text(mut text: Text) -> Self {
        let provenance = std::mem::take(&mut text.provenance);
        Self { shape: Shape::Text(text), provenance }
    }

    /// Any value, of which only the origin is known.
    pub fn unknown(origin: UnknownOrigin) -> Self {
        Self::owned(Value::Unknown(origin))
    }

    /// Any value that is known only after apply; the words name it.
    pub fn deferred(words: &str) -> Self {
        Self::unknown(UnknownOrigin::Deferred(words.into()))
    }

    /// Any value that no apply makes readable; the words name it.
    pub fn unreadable(words: &str) -> Self {
        Self::unknown(UnknownOrigin::Unreadable(words.into()))
    }

    /// Any value, of an expression that is not read.
    pub fn unread() -> Self {
        Shape::Unread.into()
    }

    /// A policy document in the form of its arguments.
    pub fn document(format: DocumentFormat, arguments: DocumentValue) -> Self {
        Shape::Document(format, arguments).into()
    }

    /// The text that `jsonencode` writes of a value, which may be known in parts only.
    pub fn json(value: DocumentValue) -> Self {
        Shape::Json(value).into()
    }

    /// What a document says, as a value.
    pub fn from_document(document: DocumentValue) -> Self {
        match document {
            DocumentValue::Null => Self::NULL,
            DocumentValue::Bool(truth) => Self::truth(truth),
            DocumentValue::Number(number) => Self::owned(Value::Number(number)),
            DocumentValue::Text(text) => Self::text(text),
            DocumentValue::List(items) => Self::list(items.into_iter().map(Self::from_document).collect()),
            DocumentValue::Object(members) => {
                let named = members
                    .into_iter()
                    .map(|(name, member)| Some((name.as_known()?.into(), Self::from_document(member))));
                named.collect::<Option<_>>().map_or_else(
                    || Self::deferred("an object of which not all names are known"),
                    Self::object,
                )
            }
            DocumentValue::Each(element) => Self::list_of(Self::from_document(*element)),
            DocumentValue::OneOf(alternatives) => {
                Self::one_of(alternatives.into_iter().map(Self::from_document).collect())
            }
            DocumentValue::Json(value) => Self::json(*value),
            DocumentValue::Rendered(format, arguments) => Self::document(format, *arguments),
            DocumentValue::Unknown(origin) => Self::unknown(origin),
        }
    }

    /// A list. Too long a one is any value.
    pub fn list(items: Vec<Possible<'v>>) -> Self {
        if items.iter().any(Self::is_unread) {
            return Self::unread();
        }
        if items.len() > MAX_SIZE {
            return Self::unreadable("a list that is too long to be read");
        }
        Shape::List(items).into()
    }

    /// A list of any length; each element is one of this.
    pub fn list_of(element: Possible<'v>) -> Self {
        if element.is_unread() { Self::unread() } else { Shape::Elements(Box::new(element)).into() }
    }

    /// An object of these members. Too large a one is any value.
    pub fn object(members: Vec<Member<'v>>) -> Self {
        if members.iter().any(|(_, member)| member.is_unread()) {
            return Self::unread();
        }
        if members.len() > MAX_SIZE {
            return Self::unreadable("an object that is too large to be read");
        }
        Shape::Object(members).into()
    }

    /// Any of these. Of none and of too many it is any value.
    pub fn one_of(alternatives: Vec<Possible<'v>>) -> Self {
        let mut kept: Vec<Possible<'v>> = Vec::new();
        for alternative in alternatives.into_iter().flat_map(Self::alternatives) {
            if !kept.contains(&alternative) {
                kept.push(alternative);
            }
        }
        if let [_] = kept.as_slice() {
            return kept.remove(0);
        }
        let provenance = provenance_of(&kept);
        if kept.is_empty() || kept.len() > MAX_ALTERNATIVES || kept.iter().any(Self::is_anything) {
            return Self::unreadable("one of many values").resting_on(&provenance);
        }
        Self { shape: Shape::OneOf(kept), provenance }
    }

    /// What it rests on, and each part of it.
    pub fn provenance(&self) -> Provenance {
        let mut provenance = self.provenance.clone();
        match &self.shape {
            Shape::List(items) | Shape::OneOf(items) => {
                items.iter().for_each(|item| provenance.absorb(&item.provenance()));
            }
            Shape::Object(members) => {
                members.iter().for_each(|(_, member)| provenance.absorb(&member.provenance()));
            }
            Shape::Elements(element) => provenance.absorb(&element.provenance()),
            Shape::Value(_) | Shape::Text(_) | Shape::Document(..) | Shape::Json(_) | Shape::Unread => {}
        }
        provenance
    }

    /// Whether no other value may stand in its place, nor in that of a part of it.
    pub fn is_certain(&self) -> bool {
        self.provenance().is_certain()
    }

    /// The same, which rests on this besides.
    pub fn resting_on(mut self, provenance: &Provenance) -> Self {
        self.provenance.absorb(provenance);
        self
    }

    /// Each alternative by itself, with what the whole rests on.
    pub fn alternatives(self) -> Vec<Possible<'v>> {
        match self.shape {
            Shape::OneOf(alternatives) => {
                let each = alternatives.into_iter();
                each.map(|alternative| alternative.resting_on(&self.provenance)).collect()
            }
            Shape::Value(_)
            | Shape::Text(_)
            | Shape::List(_)
            | Shape::Elements(_)
            | Shape::Object(_)
            | Shape::Document(..)
            | Shape::Json(_)
            | Shape::Unread => vec![self],
        }
    }

    /// Whether what is written there is not read.
    pub fn is_unread(&self) -> bool {
        matches!(self.shape, Shape::Unread)
    }

    fn has_alternatives(&self) -> bool {
        matches!(self.shape, Shape::OneOf(_))
    }

    /// Whether it stands for any value, whatever the candidate is.
    pub fn is_anything(&self) -> bool {
        !self.is_certain() || self.is_unread() || self.as_unknown().is_some()
    }

    /// An operation on values, applied to every choice of alternatives of the operands. The result rests on what the
    /// operands rest on.
    pub fn combine(
        operands: Vec<Possible<'v>>,
        operation: impl Fn(Vec<Possible<'v>>) -> Possible<'v>,
    ) -> Possible<'v> {
        let provenance = provenance_of(&operands);
        if operands.iter().any(Self::is_unread) {
            return Self::unread().resting_on(&provenance);
        }
        if !operands.iter().any(Self::has_alternatives) {
            return operation(operands).resting_on(&provenance);
        }
        let mut choices: Vec<Vec<Possible<'v>>> = vec![Vec::new()];
        for operand in operands {
            let alternatives = operand.alternatives();
            if choices.len() * alternatives.len() > MAX_ALTERNATIVES {
                return Self::unreadable("one of many values").resting_on(&provenance);
            }
            let longer = choices.iter().flat_map(|choice| {
                let with = |alternative: &Possible<'v>| {
                    [choice.as_slice(), std::slice::from_ref(alternative)].concat()
                };
                alternatives.iter().map(with).collect::<Vec<_>>()
            });
            choices = longer.collect();
        }
        Self::one_of(choices.into_iter().map(operation).collect()).resting_on(&provenance)
    }
}

fn provenance_of(values: &[Possible<'_>]) -> Provenance {
    let mut whole = Provenance::NONE;
    values.iter().for_each(|value| whole.absorb(&value.provenance()));
    whole
}
