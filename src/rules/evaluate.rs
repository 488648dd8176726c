//! Evaluates the compiled expressions of a rule over one object of the plan.
//!
//! In go an [`Expr`] and a [`Scope`]; out comes a [`Term`], always: what can't be known is an unknown term, so a
//! rule never fails on a plan. What an unknown attribute refers to is asked of the scope, which knows the plan.

use std::borrow::Cow;

use super::expression::{Expr, Function, Root, Step};
use super::functions;
use super::scope::Scope;
use super::term::Term;
use crate::lower::Text;
use crate::value::Value;

/// The value of an expression; `each` is the element of `for_each`.
pub fn evaluate<'v>(expr: &Expr, scope: &dyn Scope<'v>, each: Option<&Term<'v>>) -> Term<'v> {
    let of = |expr: &Expr| evaluate(expr, scope, each);
    match expr {
        Expr::Null => Term::NULL,
        Expr::Bool(value) => Term::truth(*value),
        Expr::Number(text) => Term::Value(Cow::Owned(Value::Number(text.clone()))),
        Expr::Text(text) => Term::known(text),
        Expr::Path(root, steps) => walk(start(root, scope, each), steps, scope),
        Expr::Of(inner, steps) => walk(of(inner), steps, scope),
        Expr::Template(parts) => template(parts.iter().map(of).collect()),
        Expr::List(items) => Term::List(items.iter().map(of).collect()),
        Expr::Object(_) => Term::unknown("an object"),
        Expr::Not(inner) => match truth(of(inner)) {
            Ok(value) => Term::truth(!value),
            Err(unknown) => unknown,
        },
        Expr::Equal(a, b) => equal(of(a), of(b)),
        Expr::And(a, b) => both(of(a), of(b)),
        Expr::Or(a, b) => either(of(a), of(b)),
        Expr::If(condition, yes, no) => match truth(of(condition)) {
            Ok(true) => of(yes),
            Ok(false) => of(no),
            Err(unknown) => unknown,
        },
        // `coalesce` looks at what comes later only where it has to, so a known first value never asks for a fact.
        Expr::Call(Function::Coalesce, arguments) => {
            arguments.iter().map(of).find(|term| !term.is_null()).unwrap_or(Term::NULL)
        }
        Expr::Call(Function::KnownOr, arguments) => known_or(arguments, scope, each),
        Expr::Call(function, arguments) => {
            functions::call(*function, arguments.iter().map(of).collect(), scope)
        }
    }
}

/// The first, but for null and for what the configuration leaves to the provider; there the second.
fn known_or<'v>(arguments: &[Expr], scope: &dyn Scope<'v>, each: Option<&Term<'v>>) -> Term<'v> {
    let mut terms = arguments.iter().map(|argument| evaluate(argument, scope, each));
    let first = terms.next().unwrap_or(Term::NULL);
    let left = first.as_unknown().is_some_and(|name| scope.is_left_to_provider(name));
    if first.is_null() || left { terms.next().unwrap_or(Term::NULL) } else { first }
}

fn start<'v>(root: &Root, scope: &dyn Scope<'v>, each: Option<&Term<'v>>) -> Term<'v> {
    match root {
        Root::Attribute(name) => {
            if let Value::Unknown(object) = scope.object() {
                return Term::unknown(&format!("{object}.{name}"));
            }
            known(Term::Value(Cow::Borrowed(scope.object().get(name))), scope)
        }
        Root::Identity(name) => scope.identity(name),
        Root::Each => each.cloned().unwrap_or(Term::NULL),
        Root::Fact(name) => scope.fact(name),
        Root::Address => Term::known(scope.address()),
        Root::Type => Term::known(scope.type_name()),
        Root::Source(name) => Term::unknown(name),
    }
}

/// The term, or what the configuration says it is where it is unknown.
pub fn known<'v>(term: Term<'v>, scope: &dyn Scope<'v>) -> Term<'v> {
    let resolved = match &term {
        Term::Value(value) => match &**value {
            Value::Unknown(name) => scope.resolve(name),
            // A list of which an element is unknown is what is written for the whole list.
            Value::List(items) => items.iter().find_map(|item| match item {
                Value::Unknown(name) => name.rsplit_once('[').and_then(|(list, _)| scope.resolve_list(list)),
                Value::Null
                | Value::Bool(_)
                | Value::Number(_)
                | Value::String(_)
                | Value::List(_)
                | Value::Object(_) => None,
            }),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => None,
        },
        Term::Text(_) | Term::List(_) | Term::Document(..) => None,
    };
    resolved.unwrap_or(term)
}

fn walk<'v>(mut term: Term<'v>, steps: &[Step], scope: &dyn Scope<'v>) -> Term<'v> {
    for (at, step) in steps.iter().enumerate() {
        if term.is_null() || term.as_unknown().is_some() {
            return term;
        }
        if *step == Step::Every {
            let rest = steps.get(at + 1..).unwrap_or_default();
            return Term::List(term.elements().into_iter().map(|item| walk(item, rest, scope)).collect());
        }
        term = known(take(term, step), scope);
    }
    term
}

fn take<'v>(term: Term<'v>, step: &Step) -> Term<'v> {
    match (term, step) {
        (Term::Value(Cow::Borrowed(value)), Step::Member(name)) => {
            Term::Value(Cow::Borrowed(value.get(name)))
        }
        (Term::Value(Cow::Owned(value)), Step::Member(name)) => {
            Term::Value(Cow::Owned(value.get(name).clone()))
        }
        (Term::Value(Cow::Borrowed(Value::List(items))), Step::Element(index)) => {
            items.get(*index).map_or(Term::NULL, |item| Term::Value(Cow::Borrowed(item)))
        }
        (Term::Value(Cow::Owned(Value::List(items))), Step::Element(index)) => {
            items.get(*index).map_or(Term::NULL, |item| Term::Value(Cow::Owned(item.clone())))
        }
        (Term::List(items), Step::Element(index)) => items.get(*index).cloned().unwrap_or(Term::NULL),
        (Term::List(items), Step::Member(_)) => {
            Term::List(items.into_iter().map(|item| take(item, step)).collect())
        }
        (text @ Term::Text(_), _) if text.as_known().is_none() => {
            Term::unknown(&text.into_text().to_string())
        }
        (Term::Value(_) | Term::Text(_) | Term::Document(..), _)
        | (Term::List(_), Step::Every | Step::OwnKey) => Term::NULL,
    }
}

/// Joins the parts; a list among them makes a list of texts, a null makes null.
fn template(parts: Vec<Term<'_>>) -> Term<'static> {
    let mut texts = vec![Text::default()];
    let mut many = false;
    for part in parts {
        if part.is_null() {
            return Term::NULL;
        }
        let is_list = matches!(&part, Term::List(_))
            || matches!(&part, Term::Value(v) if matches!(**v, Value::List(_)));
        many |= is_list;
        let options: Vec<Text> = part.elements().into_iter().map(Term::into_text).collect();
        let mut next = Vec::with_capacity(texts.len() * options.len());
        for text in &texts {
            for option in &options {
                let mut joined = text.clone();
                joined.push(option);
                next.push(joined);
            }
        }
        texts = next;
    }
    if many {
        return Term::List(texts.into_iter().map(Term::Text).collect());
    }
    texts.pop().map_or(Term::NULL, Term::Text)
}

/// The truth of a term, or the unknown term that stands for it.
fn truth(term: Term<'_>) -> Result<bool, Term<'_>> {
    match term.as_truth() {
        Some(value) => Ok(value),
        None if term.as_unknown().is_some() => Err(term),
        None => Err(Term::unknown("whether a condition of the rule holds")),
    }
}

fn both<'v>(a: Term<'v>, b: Term<'v>) -> Term<'v> {
    match (truth(a), truth(b)) {
        (Ok(false), _) | (_, Ok(false)) => Term::truth(false),
        (Ok(true), Ok(true)) => Term::truth(true),
        (Err(unknown), _) | (_, Err(unknown)) => unknown,
    }
}

fn either<'v>(a: Term<'v>, b: Term<'v>) -> Term<'v> {
    match (truth(a), truth(b)) {
        (Ok(true), _) | (_, Ok(true)) => Term::truth(true),
        (Ok(false), Ok(false)) => Term::truth(false),
        (Err(unknown), _) | (_, Err(unknown)) => unknown,
    }
}

fn equal<'v>(a: Term<'v>, b: Term<'v>) -> Term<'v> {
    if a.is_null() && b.is_null() {
        return Term::truth(true);
    }
    if let Some(unknown) = [&a, &b].into_iter().find(|term| term.as_unknown().is_some()) {
        return unknown.clone();
    }
    if a.is_null() || b.is_null() {
        return Term::truth(false);
    }
    match (a.as_known(), b.as_known()) {
        (Some(left), Some(right)) => Term::truth(left == right),
        _ if a == b => Term::truth(true),
        _ => Term::unknown("whether two values are equal"),
    }
}
