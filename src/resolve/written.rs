//! What the sources write for a value that is known only after apply.
//!
//! Takes an expression of the sources, seen from a module instance, and returns its [`Possible`] values; it is unread
//! where more is written than this reads: a reference by itself, a template of references, a list of those, a local,
//! `jsonencode` of an object of those. No other function call is read.

use std::borrow::Cow;

use ::hcl::Expression;
use ::hcl::expr::{ObjectKey, TemplateExpr, Traversal, TraversalOperator};
use ::hcl::template::{Element, Strip, Template};

use super::follow::ModuleScope;
use crate::lower::Text;
use crate::plan::address;
use crate::possible::Possible;
use crate::value::Value;

/// What an expression is.
pub(super) fn evaluate<'w>(scope: &ModuleScope<'w, '_>, expression: &Expression) -> Possible<'w> {
    term(scope, expression).unwrap_or_else(Possible::unread)
}

fn term<'w>(scope: &ModuleScope<'w, '_>, expression: &Expression) -> Option<Possible<'w>> {
    let found = match expression {
        Expression::String(text) => Possible::known(text),
        Expression::Number(number) => Possible::known(&number.to_string()),
        Expression::Bool(value) => Possible::truth(*value),
        Expression::Parenthesis(inner) => term(scope, inner)?,
        Expression::Array(items) => {
            let items: Option<Vec<Possible<'w>>> = items.iter().map(|item| term(scope, item)).collect();
            Possible::list(items?)
        }
        Expression::TemplateExpr(template) => match &**template {
            TemplateExpr::QuotedString(_) => text(scope, &Template::from_expr(template).ok()?)?,
            TemplateExpr::Heredoc(_) => return None,
        },
        Expression::Traversal(traversal) => {
            let (reference, keyed) = reference(traversal)?;
            if let Some(name) = reference.strip_prefix("local.") {
                let names = address::module_names(scope.module)?;
                let local = scope.world.plan.sources()?.local(&names, name)?;
                let deeper = ModuleScope { depth: scope.depth + 1, ..*scope };
                return if deeper.depth > 16 { None } else { term(&deeper, local) };
            }
            scope.follow(&reference, scope.index.filter(|_| keyed))
        }
        Expression::FuncCall(call) if call.name.to_string() == "jsonencode" && !call.expand_final => {
            match call.args.as_slice() {
                [document] => Possible::owned(value(scope, document)?),
                _ => return None,
            }
        }
        Expression::Null
        | Expression::Object(_)
        | Expression::Variable(_)
        | Expression::FuncCall(_)
        | Expression::Conditional(_)
        | Expression::Operation(_)
        | Expression::ForExpr(_)
        | _ => return None,
    };
    if found.is_unread() { None } else { Some(found) }
}

/// What an expression is as a value, for `jsonencode`; text of which a part is not known is unknown as a whole.
fn value(scope: &ModuleScope<'_, '_>, expression: &Expression) -> Option<Value> {
    if let Expression::Null = expression {
        return Some(Value::Null);
    }
    if let Expression::Number(number) = expression {
        return Some(Value::Number(number.to_string().into()));
    }
    if let Expression::Parenthesis(inner) = expression {
        return value(scope, inner);
    }
    if let Expression::Array(items) = expression {
        let items: Option<Vec<Value>> = items.iter().map(|item| value(scope, item)).collect();
        return items.map(Value::List);
    }
    if let Expression::Object(members) = expression {
        let members =
            members.iter().map(|(key, member)| Some((name(scope, key)?.into(), value(scope, member)?)));
        return members.collect::<Option<_>>().map(Value::Object);
    }
    Some(term(scope, expression)?.into_value())
}

/// The name of a member, which has to be known.
fn name(scope: &ModuleScope<'_, '_>, key: &ObjectKey) -> Option<String> {
    match key {
        ObjectKey::Identifier(name) => Some(name.to_string()),
        ObjectKey::Expression(key) => term(scope, key)?.as_known().map(Cow::into_owned),
        _ => None,
    }
}

fn text<'w>(scope: &ModuleScope<'w, '_>, template: &Template) -> Option<Possible<'w>> {
    let mut elements = template.elements().iter();
    if let (Some(Element::Interpolation(only)), None) = (elements.next(), elements.next()) {
        return term(scope, &only.expr);
    }
    let mut whole = Text::default();
    for element in template.elements() {
        match element {
            // An escape sequence, should the parser leave one in, is not read here.
            Element::Literal(literal) if literal.contains(['\\', '$', '%']) => return None,
            Element::Literal(literal) => whole.push(&Text::known(literal)),
            Element::Interpolation(part) if part.strip == Strip::None => {
                let part = term(scope, &part.expr)?;
                if part.is_list() || part.as_document().is_some() {
                    return None;
                }
                whole.push(&part.into_text());
            }
            Element::Interpolation(_) | Element::Directive(_) => return None,
        }
    }
    Some(Possible::text(whole))
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

/// After which step of a reference the key of an instance stands: `type.name[key]`, `data.type.name[key]`.
fn place_of_key(root: &str) -> usize {
    match root {
        "data" => 2,
        "var" | "local" | "each" | "count" | "path" | "self" | "terraform" => usize::MAX,
        _ => 1,
    }
}
