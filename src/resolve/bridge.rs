//! Between the two languages: values of Terraform's and values of the rules'.
//!
//! Terraform's language is strict and that of the rules forgiving, so each has its own values. Here, and nowhere else, one
//! becomes the other. A hole that is no attribute of an object gets a name of its own, because two holes of one name are
//! one value to the algebra.

use std::cell::Cell;
use std::sync::Arc;

use access_algebra::HoleKind;
use terraform_values::{
    self as values, Hole, HoleOrigin, HoleShape, MappingKind, Marks, Number, SequenceKind, Shape, Text,
    TextBuilder, TextPart, Value,
};

use super::provider_part::{is_left_to_provider, left_to_provider};
use crate::lower::{self, DocumentValue};
use crate::possible::Possible;
use crate::value::provenance::Provenance;
use crate::value::{UnknownOrigin, Value as PlanValue};

/// Turns values of Terraform's language into values of the rules'.
pub(super) struct Bridge<'b, 'w> {
    /// Names the holes that have no name of their own: the attribute that is looked at.
    pub(super) place: &'b str,
    /// How many holes it has named.
    pub(super) named: Cell<usize>,
    /// What stands for a document that a data source computes during apply.
    pub(super) document: &'b dyn Fn(&terraform_values::Identity) -> Option<Possible<'w>>,
}

impl<'w> Bridge<'_, 'w> {
    /// The same set of values.
    pub(super) fn make_possible(&self, value: &Value) -> Possible<'w> {
        let possible = match (value.identity().and_then(self.document), value.encoded()) {
            (Some(document), _) => document,
            (None, Some(encoded)) => {
                let mut provenance = Provenance::NONE;
                let document = self.make_document(encoded, &mut provenance);
                Possible::json(document).resting_on(&provenance)
            }
            (None, None) => self.convert_shape(value),
        };
        if value.marks().is_sensitive() { possible.resting_on(&Provenance::sensitive()) } else { possible }
    }

    /// The same set of values as a document, in which names of members may have holes; adds what it rests on.
    fn make_document(&self, value: &Value, rests_on: &mut Provenance) -> DocumentValue {
        if value.has_open_names() && value.identity().and_then(self.document).is_none() {
            if value.marks().is_sensitive() {
                rests_on.absorb(&Provenance::sensitive());
            }
            if let Some(document) = self.convert_open_names(value, rests_on) {
                return document;
            }
        }
        let possible = self.make_possible(value);
        rests_on.absorb(&possible.provenance());
        possible.into_document()
    }

    /// A value that holds names with holes; `None` where it is not known which members there are.
    fn convert_open_names(&self, value: &Value, rests_on: &mut Provenance) -> Option<DocumentValue> {
        match value.shape() {
            Shape::Sequence(list) if list.rest().is_none() && list.is_ordered() => {
                let items = list.items().iter().map(|item| self.make_document(item, rests_on));
                Some(DocumentValue::List(items.collect()))
            }
            Shape::Mapping(mapping) if mapping.rest().is_none() || !mapping.open().is_empty() => {
                let known = mapping.members().iter();
                let known = known.map(|(name, member)| (lower::Text::known(name), member));
                let open = mapping.open().iter().map(|one| (self.convert_text(&one.name), &one.value));
                let members = known.chain(open);
                let members = members.map(|(name, member)| (name, self.make_document(member, rests_on)));
                Some(DocumentValue::Object(members.collect()))
            }
            Shape::OneOf(alternatives) => {
                let each = alternatives.iter().map(|one| self.make_document(one, rests_on));
                Some(DocumentValue::OneOf(each.collect()))
            }
            Shape::Anything(_)
            | Shape::Null(_)
            | Shape::Bool(_)
            | Shape::Number(_)
            | Shape::Text(_)
            | Shape::Sequence(_)
            | Shape::Mapping(_) => None,
        }
    }

    fn convert_shape(&self, value: &Value) -> Possible<'w> {
        match value.shape() {
            Shape::Anything(hole) if hole.shape == HoleShape::Word => {
                Possible::text(self.convert_text(&Text::hole(hole.clone())))
            }
            Shape::Anything(hole) => Possible::unknown(self.find_origin(hole)),
            Shape::Null(_) => Possible::NULL,
            Shape::Bool(truth) => Possible::truth(*truth),
            Shape::Number(number) => Possible::owned(PlanValue::Number(number.to_string().into())),
            Shape::Text(text) => Possible::text(self.convert_text(text)),
            Shape::Sequence(sequence) => {
                let items: Vec<_> = sequence.items().iter().map(|item| self.make_possible(item)).collect();
                match sequence.rest() {
                    None => Possible::list(items),
                    Some(rest) => {
                        Possible::list_of(Possible::one_of([items, vec![self.make_possible(rest)]].concat()))
                    }
                }
            }
            Shape::Mapping(mapping) if mapping.rest().is_some_and(|rest| !is_left_to_provider(rest)) => {
                let hole = value.first_hole().cloned();
                let hole =
                    hole.unwrap_or_else(|| Hole::unreadable("an object of which not all names are known"));
                Possible::unknown(self.find_origin(&hole.computed("a member", HoleShape::Any)))
            }
            Shape::Mapping(mapping) => {
                let members = mapping.members().iter();
                Possible::object(
                    members.map(|(name, member)| ((**name).into(), self.make_possible(member))).collect(),
                )
            }
            Shape::OneOf(alternatives) => Possible::one_of(
                alternatives.iter().map(|alternative| self.make_possible(alternative)).collect(),
            ),
        }
    }

    fn convert_text(&self, text: &Text) -> lower::Text {
        let mut whole = lower::Text::default();
        for part in text.parts() {
            match part {
                TextPart::Literal(literal) => whole.push_known(literal),
                TextPart::Hole(hole) => {
                    let (kind, name) = (kind(hole), self.name(hole));
                    whole.push(&match hole.shape {
                        HoleShape::Any => lower::Text::hole(kind, &name),
                        HoleShape::Word => lower::Text::word(kind, &name),
                    });
                }
            }
        }
        whole
    }

    fn find_origin(&self, hole: &Hole) -> UnknownOrigin {
        match (&hole.origin, hole.kind) {
            (HoleOrigin::Attribute { address, path }, values::HoleKind::Unknown) if is_object(address) => {
                UnknownOrigin::Attribute { address: address.clone(), path: (**path).into() }
            }
            (_, values::HoleKind::Unknown) => UnknownOrigin::Deferred(self.name(hole).into()),
            (_, values::HoleKind::Unreadable) => UnknownOrigin::Unreadable(self.name(hole).into()),
        }
    }

    fn name(&self, hole: &Hole) -> String {
        match &hole.origin {
            HoleOrigin::Attribute { address, path } if !is_object(address) => path.to_string(),
            HoleOrigin::Attribute { .. } => hole.origin.to_string(),
            HoleOrigin::Provider | HoleOrigin::Words(_) => {
                self.named.set(self.named.get() + 1);
                match self.named.get() {
                    1 => format!("{} in {}", hole.origin, self.place),
                    at => format!("{} in {} ({at})", hole.origin, self.place),
                }
            }
        }
    }
}

/// Stands for the object in the origin of a hole that is a fact.
const FACT: &str = "fact";

/// Stands for the object in the origin of a hole that the rules have named.
const NAMED: &str = "";

fn is_object(address: &str) -> bool {
    address != FACT && address != NAMED
}

/// Why the algebra does not know what a hole stands for.
fn kind(hole: &Hole) -> HoleKind {
    match (&hole.origin, hole.kind) {
        (HoleOrigin::Attribute { address, .. }, _) if **address == *FACT => HoleKind::Fact,
        (_, values::HoleKind::Unknown) => HoleKind::Unknown,
        (_, values::HoleKind::Unreadable) => HoleKind::Unreadable,
    }
}

fn hole_of(hole: &access_algebra::Hole) -> Hole {
    let (address, kind) = match hole.kind {
        HoleKind::Fact => (FACT, values::HoleKind::Unknown),
        HoleKind::Unknown => (NAMED, values::HoleKind::Unknown),
        HoleKind::Unreadable | HoleKind::Variable => (NAMED, values::HoleKind::Unreadable),
    };
    let shape = if hole.is_word() { HoleShape::Word } else { HoleShape::Any };
    Hole { kind, ..Hole::attribute(address, &*hole.name) }.shaped(shape)
}

/// A text of the rules.
pub(super) fn of_text(text: &lower::Text) -> Text {
    let mut builder = TextBuilder::default();
    for part in &text.parts {
        match part {
            lower::TextPart::Known(literal) => builder.push_literal(literal),
            lower::TextPart::Hole(hole) => builder.push_hole(hole_of(hole)),
        }
    }
    builder.build()
}

/// What a rule says that an attribute is. A list of texts is several spellings of one identity, of which the provider gives
/// one; any other list is a list.
pub(super) fn of_possible(possible: Possible<'_>) -> Value {
    Value::one_of(possible.alternatives().into_iter().map(of_alternative).collect())
}

fn of_alternative(one: Possible<'_>) -> Value {
    let provenance = one.provenance();
    let marks = if provenance.is_sensitive() { Marks::SENSITIVE } else { Marks::NONE };
    let value = match one.as_text() {
        _ if one.is_null() => Value::NULL,
        Some(text) if one.is_certain() => of_text(&text).into(),
        _ if one.is_list() => {
            let items: Vec<Value> = one.elements().into_iter().map(of_possible).collect();
            let is_spelled = items.iter().all(|item| item.as_text().is_some());
            if is_spelled { Value::one_of(items) } else { Value::tuple(items) }
        }
        _ => match one.as_unknown() {
            // The origin says why it is not known, and need not be what the value is.
            Some(origin) if origin.hole_kind() == HoleKind::Unknown => {
                Value::anything(Hole::unknown(origin.to_string()))
            }
            Some(origin) => Value::anything(Hole::unreadable(origin.to_string())),
            None => match one.clone().into_members() {
                Some(members) => {
                    let members =
                        members.into_iter().map(|(name, member)| (Arc::from(&*name), of_possible(member)));
                    Value::mapping(MappingKind::Object, members.collect(), Some(left_to_provider()))
                }
                None => Value::anything(Hole::unknown(one.into_text().to_string())),
            },
        },
    };
    value.with_marks(&marks)
}

/// A value of the plan; `unknown` says what stands where it is not known.
pub(super) fn of_plan(value: &PlanValue, unknown: &mut dyn FnMut(&UnknownOrigin) -> Value) -> Value {
    match value {
        PlanValue::Null => Value::NULL,
        PlanValue::Bool(truth) => (*truth).into(),
        PlanValue::Number(text) => match Number::parse(text) {
            Some(number) => number.into(),
            None => Value::anything(Hole::unreadable("a number of many digits")),
        },
        PlanValue::String(text) => Value::from(&**text),
        PlanValue::List(items) => {
            let items = items.iter().map(|item| of_plan(item, unknown)).collect();
            Value::sequence(SequenceKind::Unsure, items, None)
        }
        PlanValue::Object(members) => {
            let members = members.iter().map(|(name, member)| (Arc::from(&**name), of_plan(member, unknown)));
            Value::mapping(MappingKind::Unsure, members.collect(), None)
        }
        PlanValue::Unknown(origin) => unknown(origin),
    }
}

/// What a variable of the root module was given: the value of an expression without functions, whose lists are tuples and
/// whose mappings are objects.
pub(super) fn of_variable(value: &PlanValue) -> Value {
    match value {
        PlanValue::List(items) => Value::tuple(items.iter().map(of_variable).collect()),
        PlanValue::Object(members) => {
            Value::object(members.iter().map(|(name, member)| (Arc::from(&**name), of_variable(member))))
        }
        PlanValue::Null
        | PlanValue::Bool(_)
        | PlanValue::Number(_)
        | PlanValue::String(_)
        | PlanValue::Unknown(_) => of_plan(value, &mut anything),
    }
}

/// Anything, by the name of what is not known.
pub(super) fn anything(origin: &UnknownOrigin) -> Value {
    Value::anything(match origin {
        UnknownOrigin::Attribute { address, path } => Hole::attribute(address.clone(), &**path),
        UnknownOrigin::Deferred(words) => Hole::unknown(&**words),
        UnknownOrigin::Unreadable(words) => Hole::unreadable(&**words),
    })
}

/// The same value with the attribute's name for every hole that has none of its own: what an attribute computes has one
/// value, whoever looks at it. An element of which there may be several keeps what it has.
pub(super) fn name_holes(value: &Value, address: &Arc<str>, path: &str) -> Value {
    let origin = |path: &str| HoleOrigin::Attribute { address: address.clone(), path: path.into() };
    let is_unnamed = |hole: &Hole| matches!(hole.origin, HoleOrigin::Provider | HoleOrigin::Words(_));
    let named: Value = match value.shape() {
        Shape::Anything(hole) if is_unnamed(hole) => {
            Value::anything(Hole { origin: origin(path), ..hole.clone() })
        }
        Shape::Text(text) if text.first_hole().is_some() && value.encoded().is_none() => {
            let is_whole = text.parts().len() == 1;
            let mut builder = TextBuilder::default();
            for (at, part) in text.parts().iter().enumerate() {
                match part {
                    TextPart::Hole(hole) if is_unnamed(hole) => {
                        let path =
                            if is_whole { path.to_owned() } else { format!("{path}, part {}", at + 1) };
                        builder.push_hole(Hole { origin: origin(&path), ..hole.clone() });
                    }
                    TextPart::Hole(hole) => builder.push_hole(hole.clone()),
                    TextPart::Literal(literal) => builder.push_literal(literal),
                }
            }
            builder.build().into()
        }
        Shape::OneOf(alternatives) => {
            let named = alternatives.iter().enumerate().map(|(at, one)| {
                let is_text = one.as_text().is_some_and(|text| text.parts().len() > 1);
                let path = if is_text { format!("{path}, alternative {}", at + 1) } else { path.to_owned() };
                name_holes(one, address, &path)
            });
            return Value::one_of(named.collect()).with_marks(value.marks());
        }
        Shape::Anything(_)
        | Shape::Null(_)
        | Shape::Bool(_)
        | Shape::Number(_)
        | Shape::Text(_)
        | Shape::Sequence(_)
        | Shape::Mapping(_) => return value.clone(),
    };
    let named = named.with_marks(value.marks());
    match value.identity() {
        Some(identity) => named.with_identity(identity.clone()),
        None => named,
    }
}
