//! Types of variables, and what a value becomes as one of a type.
//!
//! Takes the `type` of a `variable` block and returns a [`Type`]; [`Type::convert`] returns what Terraform makes of a value,
//! with the defaults of `optional()` where an attribute is null or missing. What Terraform refuses is left out, because no
//! plan exists of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use hcl_edit::expr::{Expression, FuncCall, ObjectKey};
use terraform_values::{
    Budget, Found, Hole, Mapping, MappingKind, Number, Reference, Scope, Sequence, SequenceKind, Shape,
    Value, evaluate,
};

/// A type, with defaults.
#[derive(Clone, Debug)]
pub(super) enum Type {
    Any,
    Bool,
    Number,
    Text,
    List(Box<Type>),
    Set(Box<Type>),
    Map(Box<Type>),
    Tuple(Vec<Type>),
    Object(BTreeMap<Arc<str>, AttributeType>),
}

/// An attribute of an object type.
#[derive(Clone, Debug)]
pub(super) struct AttributeType {
    type_of: Type,
    /// What stands in its place where it is null or missing; none where it has to be there.
    default: Option<Value>,
}

/// Types within types, at most: as deep as values may be.
const MAX_DEPTH: usize = terraform_values::MAX_VALUE_DEPTH;

impl Type {
    /// Reads a type. `None` where it is not understood.
    pub(super) fn read(expression: &Expression) -> Option<Self> {
        Self::read_at(expression, 0)
    }

    fn read_at(expression: &Expression, depth: usize) -> Option<Self> {
        if depth > MAX_DEPTH {
            return None;
        }
        match expression {
            Expression::Variable(name) => Self::named(name.as_str()),
            // As Terraform 0.11 wrote it.
            Expression::String(name) => Self::named(name.as_str()),
            Expression::FuncCall(call) => Self::read_call(call, depth),
            Expression::Parenthesis(inner) => Self::read_at(inner.inner(), depth + 1),
            Expression::Null(_)
            | Expression::Bool(_)
            | Expression::Number(_)
            | Expression::Array(_)
            | Expression::Object(_)
            | Expression::StringTemplate(_)
            | Expression::HeredocTemplate(_)
            | Expression::Conditional(_)
            | Expression::Traversal(_)
            | Expression::UnaryOp(_)
            | Expression::BinaryOp(_)
            | Expression::ForExpr(_) => None,
        }
    }

    fn named(name: &str) -> Option<Self> {
        match name {
            "any" => Some(Self::Any),
            "bool" => Some(Self::Bool),
            "number" => Some(Self::Number),
            "string" => Some(Self::Text),
            "list" => Some(Self::List(Box::new(Self::Any))),
            "map" => Some(Self::Map(Box::new(Self::Any))),
            "set" => Some(Self::Set(Box::new(Self::Any))),
            _ => None,
        }
    }

    fn read_call(call: &FuncCall, depth: usize) -> Option<Self> {
        let mut arguments = call.args.iter();
        let (argument, None) = (arguments.next()?, arguments.next()) else { return None };
        let inner = || Some(Box::new(Self::read_at(argument, depth + 1)?));
        match call.name.name.as_str() {
            "list" => Some(Self::List(inner()?)),
            "set" => Some(Self::Set(inner()?)),
            "map" => Some(Self::Map(inner()?)),
            "tuple" => {
                let types = argument.as_array()?.iter().map(|one| Self::read_at(one, depth + 1));
                Some(Self::Tuple(types.collect::<Option<_>>()?))
            }
            "object" => {
                let mut attributes = BTreeMap::new();
                for (name, value) in argument.as_object()?.iter() {
                    let attribute = AttributeType::read(value.expr(), depth + 1)?;
                    attributes.insert(key_text(name)?.into(), attribute);
                }
                Some(Self::Object(attributes))
            }
            _ => None,
        }
    }

    /// What a value is as one of this type.
    pub(super) fn convert(&self, value: &Value) -> Value {
        let converted: Vec<Value> =
            value.alternatives().iter().filter_map(|one| self.convert_one(one)).collect();
        if converted.is_empty() {
            let hole = Hole::unreadable("a value that is not of the type of its variable");
            return Value::anything(hole).with_marks(value.marks());
        }
        Value::one_of(converted).with_marks(value.marks())
    }

    /// The same of a value without alternatives. `None` where Terraform refuses it.
    fn convert_one(&self, value: &Value) -> Option<Value> {
        let converted: Value = match (self, value.shape()) {
            (Self::Any, _) | (_, Shape::Null(_) | Shape::Anything(_)) | (Self::Text, Shape::Text(_)) => {
                return Some(value.clone());
            }
            (Self::Bool, Shape::Bool(_)) | (Self::Number, Shape::Number(_)) => return Some(value.clone()),
            (Self::Text, Shape::Number(number)) => Value::from(number.to_string().as_str()),
            (Self::Text, Shape::Bool(truth)) => Value::from(if *truth { "true" } else { "false" }),
            (Self::Bool | Self::Number, Shape::Text(text)) => match (text.as_known(), text.first_hole()) {
                (Some(known), _) => self.parse(known)?,
                (None, hole) => {
                    Value::anything(hole?.computed("a number or truth value", Default::default()))
                }
            },
            (Self::List(of), Shape::Sequence(sequence)) => {
                of.convert_sequence(sequence, SequenceKind::List)?
            }
            (Self::Set(of), Shape::Sequence(sequence)) => of.convert_sequence(sequence, SequenceKind::Set)?,
            (Self::Tuple(types), Shape::Sequence(sequence)) => convert_tuple(types, sequence)?,
            (Self::Map(of), Shape::Mapping(mapping)) => of.convert_members(mapping)?,
            (Self::Object(attributes), Shape::Mapping(mapping)) => convert_object(attributes, mapping)?,
            _ => return None,
        };
        let converted = converted.with_marks(value.marks());
        Some(match value.identity() {
            Some(identity) => converted.with_identity(identity.clone()),
            None => converted,
        })
    }

    fn parse(&self, text: &str) -> Option<Value> {
        match (self, text) {
            (Self::Bool, "true" | "1") => Some(true.into()),
            (Self::Bool, "false" | "0") => Some(false.into()),
            (Self::Number, text) => Some(match Number::parse(text) {
                Some(number) => number.into(),
                None => Value::anything(Hole::unreadable("a number")),
            }),
            _ => None,
        }
    }

    /// What a list or set of this type is made of a sequence.
    fn convert_sequence(&self, sequence: &Sequence, kind: SequenceKind) -> Option<Value> {
        let items: Vec<Value> = sequence.items().iter().map(|item| self.convert(item)).collect();
        let rest = sequence.rest().map(|rest| self.convert(rest));
        if matches!(self, Self::Any) && !have_one_type(items.iter().chain(&rest)) {
            // Terraform finds a type for all of them.
            return Some(Value::elements(kind, unified()));
        }
        if kind == SequenceKind::List
            && !sequence.is_ordered()
            && !items.is_empty()
            && sequence.rest().is_none()
        {
            return Some(Value::elements(kind, Value::one_of(items)));
        }
        Some(Value::sequence(kind, items, rest))
    }

    fn convert_members(&self, mapping: &Mapping) -> Option<Value> {
        let members = mapping.members().iter().map(|(name, member)| (name.clone(), self.convert(member)));
        let members: BTreeMap<Arc<str>, Value> = members.collect();
        let rest = mapping.rest().map(|rest| self.convert(rest));
        if matches!(self, Self::Any) && !have_one_type(members.values().chain(&rest)) {
            let members = members.into_keys().map(|name| (name, unified())).collect();
            return Some(Value::mapping(MappingKind::Map, members, rest.map(|_| unified())));
        }
        Some(Value::mapping(MappingKind::Map, members, rest))
    }
}

fn unified() -> Value {
    Value::anything(Hole::unreadable("an element whose type follows from the others"))
}

/// Whether values certainly have one type, so that a collection of `any` leaves them as they are.
fn have_one_type<'v>(values: impl Iterator<Item = &'v Value>) -> bool {
    let mut values = values.flat_map(Value::alternatives).filter(|value| !value.is_null());
    let Some(first) = values.next() else { return true };
    values.all(|other| are_of_one_type(first, other))
}

fn are_of_one_type(one: &Value, other: &Value) -> bool {
    match (one.shape(), other.shape()) {
        (Shape::Text(_), Shape::Text(_))
        | (Shape::Number(_), Shape::Number(_))
        | (Shape::Bool(_), Shape::Bool(_)) => true,
        (Shape::Mapping(one), Shape::Mapping(other)) => {
            let pairs = one.members().iter().zip(other.members());
            one.rest().is_none()
                && other.rest().is_none()
                && one.members().len() == other.members().len()
                && { pairs }.all(|((name, one), (known, other))| name == known && are_of_one_type(one, other))
        }
        _ => false,
    }
}

fn convert_tuple(types: &[Type], sequence: &Sequence) -> Option<Value> {
    let items = sequence.items();
    if sequence.rest().is_some() || !sequence.is_ordered() {
        return Some(Value::elements(SequenceKind::Tuple, unified()));
    }
    let convert = || types.iter().zip(items).map(|(type_of, item)| type_of.convert(item)).collect();
    (items.len() == types.len()).then(|| Value::tuple(convert()))
}

fn convert_object(attributes: &BTreeMap<Arc<str>, AttributeType>, mapping: &Mapping) -> Option<Value> {
    let mut members = Vec::with_capacity(attributes.len());
    for (name, attribute) in attributes {
        let member = match (mapping.get(name), mapping.rest()) {
            (Some(member), _) => attribute.convert(member),
            (None, None) => attribute.default.clone()?,
            (None, Some(rest)) => {
                let there = attribute.convert(rest);
                Value::one_of(attribute.default.clone().into_iter().chain([there]).collect())
            }
        };
        members.push((name.clone(), member));
    }
    Some(Value::object(members))
}

impl AttributeType {
    fn read(expression: &Expression, depth: usize) -> Option<Self> {
        let Expression::FuncCall(call) = expression else { return Self::required(expression, depth) };
        if call.name.name.as_str() != "optional" {
            return Self::required(expression, depth);
        }
        let mut arguments = call.args.iter();
        let type_of = Type::read_at(arguments.next()?, depth)?;
        let default = match arguments.next() {
            None => Value::NULL,
            Some(default) => type_of.convert(&evaluate(default, &NoNames, &Budget::default())),
        };
        Some(Self { type_of, default: Some(default) })
    }

    fn required(expression: &Expression, depth: usize) -> Option<Self> {
        Some(Self { type_of: Type::read_at(expression, depth)?, default: None })
    }

    /// What is given, and the default where that may be null.
    fn convert(&self, given: &Value) -> Value {
        let converted = self.type_of.convert(given);
        match &self.default {
            Some(default) if converted.may_be_null() => {
                let marks = converted.marks().clone();
                let others = converted.alternatives().iter().filter(|one| !one.is_null()).cloned();
                Value::one_of(others.chain([default.clone()]).collect()).with_marks(&marks)
            }
            _ => converted,
        }
    }
}

fn key_text(key: &ObjectKey) -> Option<&str> {
    match key {
        ObjectKey::Ident(name) => Some(name.as_str()),
        ObjectKey::Expression(expression) => expression.as_str(),
    }
}

/// The scope of a default, which names nothing.
struct NoNames;

impl Scope for NoNames {
    fn look_up(&self, _reference: &Reference<'_>, _budget: &Budget) -> Option<Found> {
        None
    }

    fn read_file(&self, _path: &str) -> Option<terraform_values::FileBytes> {
        None
    }

    fn read_template(&self, _path: &str) -> Option<terraform_values::TemplateFile> {
        None
    }
}
