//! The declared type of a variable, and what a value becomes as one of it.
//!
//! Takes the `type` of a `variable` block and returns a [`VariableType`]; [`VariableType::convert`] returns what Terraform
//! makes of a value: first the defaults of `optional()` stand in the place of attributes that are null or missing, then the
//! whole is converted, as `ext/typeexpr` of HCL does it. What Terraform refuses is left out, because no plan exists of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use hcl_edit::expr::{Expression, FuncCall, ObjectKey};
use terraform_values::types::{Type, convert};
use terraform_values::{
    Budget, Found, Hole, MAX_VALUE_DEPTH, Mapping, Reference, Scope, Sequence, Shape, Value, evaluate,
};

/// A type, with defaults.
#[derive(Clone, Debug)]
pub(super) struct VariableType {
    type_of: Type,
    defaults: Defaults,
}

/// What stands in the place of attributes that are null or missing.
#[derive(Clone, Debug, Default)]
struct Defaults {
    /// Of an object: by attribute.
    attributes: BTreeMap<Arc<str>, Value>,
    /// Within an attribute of an object.
    members: BTreeMap<Arc<str>, Defaults>,
    /// Within the elements of a tuple.
    items: Vec<Defaults>,
    /// Within each element of a list, a set or a map.
    element: Option<Box<Defaults>>,
}

impl VariableType {
    /// Any type, without defaults.
    pub(super) fn any() -> Self {
        Self::plain(Type::Dynamic)
    }

    fn plain(type_of: Type) -> Self {
        Self { type_of, defaults: Defaults::default() }
    }

    /// Reads a type. `None` where it is not understood.
    pub(super) fn read(expression: &Expression) -> Option<Self> {
        Self::read_at(expression, 0)
    }

    fn read_at(expression: &Expression, depth: usize) -> Option<Self> {
        if depth > MAX_VALUE_DEPTH {
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
        let any = || Box::new(Type::Dynamic);
        let type_of = match name {
            "any" => Type::Dynamic,
            "bool" => Type::Bool,
            "number" => Type::Number,
            "string" => Type::String,
            "list" => Type::List(any()),
            "map" => Type::Map(any()),
            "set" => Type::Set(any()),
            _ => return None,
        };
        Some(Self::plain(type_of))
    }

    fn read_call(call: &FuncCall, depth: usize) -> Option<Self> {
        let mut arguments = call.args.iter();
        let (argument, None) = (arguments.next()?, arguments.next()) else { return None };
        let collection = |make: fn(Box<Type>) -> Type| {
            let Self { type_of, defaults } = Self::read_at(argument, depth + 1)?;
            let element = Some(Box::new(defaults));
            Some(Self {
                type_of: make(Box::new(type_of)),
                defaults: Defaults { element, ..Defaults::default() },
            })
        };
        match call.name.name.as_str() {
            "list" => collection(Type::List),
            "set" => collection(Type::Set),
            "map" => collection(Type::Map),
            "tuple" => {
                let types = argument.as_array()?.iter().map(|one| Self::read_at(one, depth + 1));
                let types = types.collect::<Option<Vec<Self>>>()?;
                let (types, items) = types.into_iter().map(|one| (one.type_of, one.defaults)).unzip();
                Some(Self {
                    type_of: Type::Tuple(types),
                    defaults: Defaults { items, ..Defaults::default() },
                })
            }
            "object" => {
                let mut types = BTreeMap::new();
                let mut defaults = Defaults::default();
                for (name, value) in argument.as_object()?.iter() {
                    let name: Arc<str> = read_key(name)?.into();
                    let (attribute, default) = read_attribute(value.expr(), depth + 1)?;
                    types.insert(name.clone(), attribute.type_of);
                    defaults.members.insert(name.clone(), attribute.defaults);
                    defaults.attributes.extend(default.map(|default| (name, default)));
                }
                Some(Self { type_of: Type::Object(types), defaults })
            }
            _ => None,
        }
    }

    /// What a value is as one of this type.
    pub(super) fn convert(&self, value: &Value) -> Value {
        let applied = self.defaults.apply(value);
        let alternatives = applied.alternatives().iter().filter_map(|one| match one.shape() {
            // It keeps its name: what is not known at all is no less known as one of the type.
            Shape::Anything(_) => Some(one.clone()),
            Shape::Null(_)
            | Shape::Bool(_)
            | Shape::Number(_)
            | Shape::Text(_)
            | Shape::Sequence(_)
            | Shape::Mapping(_)
            | Shape::OneOf(_) => convert(one, &self.type_of).value().cloned(),
        });
        let mut converted: Vec<Value> = alternatives.collect();
        if converted.is_empty() {
            converted
                .push(Value::anything(Hole::unreadable("a value that is not of the type of its variable")));
        }
        Value::one_of(converted).with_marks(value.marks())
    }
}

/// An attribute of an object type, with what stands in its place: none where it has to be there.
fn read_attribute(expression: &Expression, depth: usize) -> Option<(VariableType, Option<Value>)> {
    let required = || Some((VariableType::read_at(expression, depth)?, None));
    let Expression::FuncCall(call) = expression else { return required() };
    if call.name.name.as_str() != "optional" {
        return required();
    }
    let mut arguments = call.args.iter();
    let declared = VariableType::read_at(arguments.next()?, depth)?;
    let default = match arguments.next() {
        None => Value::null_of(declared.type_of.clone()),
        Some(default) => declared.convert(&evaluate(default, &NoNames, &Budget::default())),
    };
    Some((declared, Some(default)))
}

impl Defaults {
    /// Whether nothing may be missing.
    fn is_empty(&self) -> bool {
        self.attributes.is_empty()
            && self.members.values().chain(&self.items).all(Self::is_empty)
            && self.element.as_deref().is_none_or(Self::is_empty)
    }

    /// A value with what stands in the place of that which is null or missing in it. A null itself stays.
    fn apply(&self, value: &Value) -> Value {
        if self.is_empty() {
            return value.clone();
        }
        let applied = value.alternatives().iter().map(|one| {
            let applied = match one.shape() {
                Shape::Sequence(sequence) => self.apply_to_sequence(sequence),
                Shape::Mapping(mapping) => self.apply_to_mapping(mapping),
                Shape::Anything(_)
                | Shape::Null(_)
                | Shape::Bool(_)
                | Shape::Number(_)
                | Shape::Text(_)
                | Shape::OneOf(_) => return one.clone(),
            };
            if applied.shape() == one.shape() { one.clone() } else { applied.with_marks(one.marks()) }
        });
        Value::one_of(applied.collect()).with_marks(value.marks())
    }

    fn apply_to_sequence(&self, sequence: &Sequence) -> Value {
        let none = Self::default();
        let of_item = |at: usize| self.element.as_deref().or(self.items.get(at)).unwrap_or(&none);
        let items = sequence.items().iter().enumerate().map(|(at, item)| of_item(at).apply(item)).collect();
        let rest = sequence.rest().map(|rest| match self.element.as_deref() {
            Some(element) => element.apply(rest),
            None => Value::one_of(self.items.iter().chain([&none]).map(|item| item.apply(rest)).collect()),
        });
        Value::sequence(sequence.kind(), items, rest)
    }

    fn apply_to_mapping(&self, mapping: &Mapping) -> Value {
        let none = Self::default();
        let of_member = |name: &str| self.element.as_deref().or(self.members.get(name)).unwrap_or(&none);
        let given =
            mapping.members().iter().map(|(name, member)| (name.clone(), of_member(name).apply(member)));
        let mut members: BTreeMap<Arc<str>, Value> = given.collect();
        for (name, default) in &self.attributes {
            // What is missing may be one of the members whose names are not known.
            let given = members.get(name).cloned().or_else(|| {
                let rest = of_member(name).apply(mapping.rest()?);
                Some(Value::one_of(vec![Value::NULL, rest]))
            });
            let member = match given {
                None => default.clone(),
                Some(given) => replace_null(&given, default),
            };
            members.insert(name.clone(), member);
        }
        let rest = mapping.rest().map(|rest| match self.element.as_deref() {
            Some(element) => element.apply(rest),
            None => rest.clone(),
        });
        Value::mapping(mapping.kind(), members, rest)
    }
}

/// What is given, and the default where that may be null.
fn replace_null(given: &Value, default: &Value) -> Value {
    if !given.may_be_null() {
        return given.clone();
    }
    let others = given.alternatives().iter().filter(|one| !one.is_null()).cloned();
    Value::one_of(others.chain([default.clone()]).collect()).with_marks(given.marks())
}

fn read_key(key: &ObjectKey) -> Option<&str> {
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
