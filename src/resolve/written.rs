//! What the sources write for a value that is known only after apply.
//!
//! In goes an expression of the sources, seen from a module instance; out comes a [`Term`], or nothing where more is
//! written than this reads: a reference by itself, a template of references, a list of those, a local, `jsonencode` of
//! an object of those. No other function call is read: what it makes of its arguments is known only after apply.

use std::borrow::Cow;

use ::hcl::Expression;
use ::hcl::expr::{ObjectKey, TemplateExpr, Traversal, TraversalOperator};
use ::hcl::template::{Element, Strip, Template};

use super::world::World;
use crate::lower::Text;
use crate::plan::address;
use crate::rules::term::Term;
use crate::value::Value;

/// Where an expression stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'m> {
    /// The module instance.
    pub(super) module: &'m str,
    /// The key of the instance, as JSON text.
    pub(super) index: Option<&'m str>,
}

/// What an expression is.
pub(super) fn term<'w>(world: &'w World<'_>, place: Place<'_>, expression: &Expression) -> Option<Term<'w>> {
    match expression {
        Expression::String(text) => Some(Term::known(text)),
        Expression::Number(number) => Some(Term::known(&number.to_string())),
        Expression::Bool(value) => Some(Term::truth(*value)),
        Expression::Parenthesis(inner) => term(world, place, inner),
        Expression::Array(items) => {
            let items: Option<Vec<Term<'w>>> = items.iter().map(|item| term(world, place, item)).collect();
            items.map(Term::List)
        }
        Expression::TemplateExpr(template) => match &**template {
            TemplateExpr::QuotedString(_) => text(world, place, &Template::from_expr(template).ok()?),
            TemplateExpr::Heredoc(_) => None,
        },
        Expression::Traversal(traversal) => {
            let (reference, keyed) = reference(traversal)?;
            if let Some(name) = reference.strip_prefix("local.") {
                let names = address::module_names(place.module)?;
                let local = world.plan.sources()?.local(&names, name)?;
                return world.deeper(|| term(world, place, local));
            }
            world.follow(place.module, &reference, place.index.filter(|_| keyed))
        }
        Expression::FuncCall(call) if call.name.to_string() == "jsonencode" && !call.expand_final => {
            match call.args.as_slice() {
                [document] => value(world, place, document).map(|value| Term::Value(Cow::Owned(value))),
                _ => None,
            }
        }
        Expression::Null
        | Expression::Object(_)
        | Expression::Variable(_)
        | Expression::FuncCall(_)
        | Expression::Conditional(_)
        | Expression::Operation(_)
        | Expression::ForExpr(_)
        | _ => None,
    }
}

/// What an expression is as a value, for `jsonencode`; text of which a part is not known is unknown as a whole.
fn value(world: &World<'_>, place: Place<'_>, expression: &Expression) -> Option<Value> {
    if let Expression::Null = expression {
        return Some(Value::Null);
    }
    if let Expression::Number(number) = expression {
        return Some(Value::Number(number.to_string().into()));
    }
    if let Expression::Parenthesis(inner) = expression {
        return value(world, place, inner);
    }
    if let Expression::Array(items) = expression {
        let items: Option<Vec<Value>> = items.iter().map(|item| value(world, place, item)).collect();
        return items.map(Value::List);
    }
    if let Expression::Object(members) = expression {
        let members = members
            .iter()
            .map(|(key, member)| Some((name(world, place, key)?.into(), value(world, place, member)?)));
        return members.collect::<Option<_>>().map(Value::Object);
    }
    Some(term(world, place, expression)?.into_value())
}

/// The name of a member, which has to be known.
fn name(world: &World<'_>, place: Place<'_>, key: &ObjectKey) -> Option<String> {
    match key {
        ObjectKey::Identifier(name) => Some(name.to_string()),
        ObjectKey::Expression(key) => term(world, place, key)?.as_known().map(Cow::into_owned),
        _ => None,
    }
}

fn text<'w>(world: &'w World<'_>, place: Place<'_>, template: &Template) -> Option<Term<'w>> {
    let mut elements = template.elements().iter();
    if let (Some(Element::Interpolation(only)), None) = (elements.next(), elements.next()) {
        return term(world, place, &only.expr);
    }
    let mut whole = Text::default();
    for element in template.elements() {
        match element {
            // An escape sequence, should the parser leave one in, is not read here.
            Element::Literal(literal) if literal.contains(['\\', '$', '%']) => return None,
            Element::Literal(literal) => whole.push(&Text::known(literal)),
            Element::Interpolation(part) if part.strip == Strip::None => {
                match term(world, place, &part.expr)? {
                    Term::List(_) | Term::Document(..) => return None,
                    part @ (Term::Value(_) | Term::Text(_)) => whole.push(&part.into_text()),
                }
            }
            Element::Interpolation(_) | Element::Directive(_) => return None,
        }
    }
    Some(Term::Text(whole))
}

/// A reference as plan JSON writes it, and whether it is to the instance with the same key.
pub(super) fn reference(traversal: &Traversal) -> Option<(String, bool)> {
    let Expression::Variable(root) = &traversal.expr else { return None };
    let root = root.to_string();
    let mut text = root.clone();
    let mut keyed = false;
    for (at, operator) in traversal.operators.iter().enumerate() {
        match operator {
            TraversalOperator::GetAttr(name) => text.push_str(&format!(".{}", name.as_str())),
            TraversalOperator::Index(Expression::String(key)) => {
                text.push_str(&format!("[{}]", serde_json::to_string(key).ok()?));
            }
            TraversalOperator::Index(Expression::Number(number)) => text.push_str(&format!("[{number}]")),
            // The key of the instance, where the other object has its own.
            TraversalOperator::Index(Expression::Traversal(index)) if at == place_of_key(&root) => {
                let (name, _) = reference(index)?;
                if name != "each.key" && name != "count.index" {
                    return None;
                }
                keyed = true;
            }
            TraversalOperator::Index(_)
            | TraversalOperator::LegacyIndex(_)
            | TraversalOperator::AttrSplat
            | TraversalOperator::FullSplat => return None,
        }
    }
    Some((text, keyed))
}

/// The one thing that the references of plan JSON speak of, and whether it is of the instance with the same key.
pub(super) fn single(references: &[String]) -> Option<(&str, bool)> {
    let is_key = |name: &str| matches!(name, "each.key" | "each.value" | "count.index");
    let keyed = references.iter().any(|name| is_key(name));
    // Terraform lists `a.b.c`, then `a.b`.
    let is_beginning = |name: &str| {
        let rest = |other: &String| other.strip_prefix(name).map(|rest| rest.starts_with(['.', '[']));
        references.iter().any(|other| rest(other) == Some(true))
    };
    let mut whole = references.iter().map(String::as_str).filter(|name| !is_key(name) && !is_beginning(name));
    let first = whole.next()?;
    whole.all(|other| other == first).then_some((first, keyed))
}

/// After which step of a reference the key of an instance stands: `type.name[key]`, `data.type.name[key]`.
fn place_of_key(root: &str) -> usize {
    match root {
        "data" => 2,
        "var" | "local" | "each" | "count" | "path" | "self" | "terraform" => usize::MAX,
        _ => 1,
    }
}

/// The arguments of a data source with what the sources write where they are known only after apply.
pub(super) fn filled(world: &World<'_>, place: Place<'_>, block: &str, arguments: &Value) -> Value {
    Filling { world, place, block }.value("", arguments)
}

struct Filling<'f, 'w, 'p> {
    world: &'w World<'p>,
    place: Place<'f>,
    block: &'f str,
}

impl Filling<'_, '_, '_> {
    fn value(&self, path: &str, value: &Value) -> Value {
        match value {
            Value::Object(members) => {
                let filled = members.iter().map(|(name, member)| {
                    let path = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
                    (name.clone(), self.value(&path, member))
                });
                Value::Object(filled.collect())
            }
            Value::List(items) if items.iter().any(|item| matches!(item, Value::Unknown(_))) => {
                self.written(path).unwrap_or_else(|| value.clone())
            }
            Value::List(items) => {
                let filled =
                    items.iter().enumerate().map(|(at, item)| self.value(&format!("{path}[{at}]"), item));
                Value::List(filled.collect())
            }
            Value::Unknown(_) => self.written(path).unwrap_or_else(|| value.clone()),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
        }
    }

    fn written(&self, path: &str) -> Option<Value> {
        let names = address::module_names(self.place.module)?;
        let expression = self.world.plan.sources()?.argument(&names, self.block, path)?;
        term(self.world, self.place, expression).map(Term::into_value)
    }
}
