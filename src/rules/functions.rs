//! The functions of the rule packs' language; `rules/README.md` has the table.

use std::borrow::Cow;

use super::expression::Function;
use super::scope::Scope;
use super::term::Term;
use crate::json;
use crate::value::Value;

/// Applies a function. The number of arguments was checked when the pack was loaded.
pub fn call<'v>(function: Function, arguments: Vec<Term<'v>>, scope: &dyn Scope<'v>) -> Term<'v> {
    match function {
        Function::Except => return except(&arguments, scope),
        Function::Concat => return Term::List(arguments.into_iter().flat_map(Term::elements).collect()),
        // Documents are compared as values, so the text that it would be is not needed.
        Function::JsonEncode => {
            return arguments
                .into_iter()
                .next()
                .map_or(Term::NULL, |document| Term::Value(Cow::Owned(document.into_value())));
        }
        Function::Coalesce
        | Function::KnownOr
        | Function::Lower
        | Function::StartsWith
        | Function::EndsWith
        | Function::Contains
        | Function::TrimPrefix
        | Function::TrimSuffix
        | Function::Split
        | Function::Replace
        | Function::Values
        | Function::Keys
        | Function::Json
        | Function::Seconds
        | Function::SecondsUntil => {}
    }
    if let Some(unknown) = arguments.iter().find(|argument| argument.as_unknown().is_some()) {
        return unknown.clone();
    }
    match function {
        Function::Contains => contains(arguments),
        Function::Values | Function::Keys => members(function, arguments),
        Function::Coalesce
        | Function::KnownOr
        | Function::Concat
        | Function::Except
        | Function::JsonEncode => Term::NULL,
        Function::Lower
        | Function::StartsWith
        | Function::EndsWith
        | Function::TrimPrefix
        | Function::TrimSuffix
        | Function::Split
        | Function::Replace
        | Function::Json
        | Function::Seconds
        | Function::SecondsUntil => on_text(function, &arguments, scope),
    }
}

/// The functions over known text; a null gives null (or false), a list is taken element by element.
fn on_text<'v>(function: Function, arguments: &[Term<'v>], scope: &dyn Scope<'v>) -> Term<'v> {
    let subject_at = usize::from(function == Function::Split);
    if let Some(subject @ (Term::List(_) | Term::Value(_))) = arguments.get(subject_at)
        && (matches!(subject, Term::List(_))
            || matches!(subject, Term::Value(value) if matches!(**value, Value::List(_))))
    {
        let each = subject.clone().elements().into_iter().map(|item| {
            let mut one = arguments.to_vec();
            if let Some(place) = one.get_mut(subject_at) {
                *place = item;
            }
            call(function, one, scope)
        });
        return Term::List(each.collect());
    }
    if arguments.iter().any(Term::is_null) {
        let asks = matches!(function, Function::StartsWith | Function::EndsWith);
        return if asks { Term::truth(false) } else { Term::NULL };
    }
    // A text whose beginning is known answers questions about its beginning.
    if let (Function::StartsWith, [Term::Text(text), prefix]) = (function, arguments)
        && let (Some(crate::lower::Part::Known(first)), Some(prefix)) =
            (text.parts.first(), prefix.as_known())
        && first.len() >= prefix.len()
    {
        return Term::truth(first.starts_with(&*prefix));
    }
    let known: Option<Vec<Cow<'_, str>>> = arguments.iter().map(Term::as_known).collect();
    let Some(known) = known else {
        let parts = arguments.iter().find(|argument| argument.as_known().is_none());
        return Term::unknown(&parts.map(|part| part.clone().into_text().to_string()).unwrap_or_default());
    };
    let known: Vec<&str> = known.iter().map(AsRef::as_ref).collect();
    match (function, known.as_slice()) {
        (Function::Lower, [text]) => Term::known(&text.to_lowercase()),
        (Function::StartsWith, [text, prefix]) => Term::truth(text.starts_with(prefix)),
        (Function::EndsWith, [text, suffix]) => Term::truth(text.ends_with(suffix)),
        (Function::TrimPrefix, [text, prefix]) => Term::known(text.strip_prefix(prefix).unwrap_or(text)),
        (Function::TrimSuffix, [text, suffix]) => Term::known(text.strip_suffix(suffix).unwrap_or(text)),
        (Function::Split, [separator, text]) if !separator.is_empty() => {
            Term::List(text.split(separator).map(Term::known).collect())
        }
        (Function::Replace, [text, from, to]) if !from.is_empty() => Term::known(&text.replace(from, to)),
        (Function::Json, [text]) => match json::parse(text) {
            Ok(value) => Term::Value(Cow::Owned(value)),
            Err(_) => Term::unknown("a text that is not JSON that everybody reads alike"),
        },
        (Function::Seconds, [text]) => number(seconds(text), "a duration that can't be read"),
        (Function::SecondsUntil, [text]) => number(
            seconds_between(scope.timestamp(), text),
            "an instant that can't be compared with the plan's timestamp",
        ),
        _ => Term::unknown("a function's result"),
    }
}

fn number<'v>(value: Option<u64>, otherwise: &str) -> Term<'v> {
    match value {
        Some(value) => Term::Value(Cow::Owned(Value::Number(value.to_string().into()))),
        None => Term::unknown(otherwise),
    }
}

/// `90d`, `720h`, `1h30m`; months are ambiguous and refused.
pub fn seconds(text: &str) -> Option<u64> {
    let mut total: u64 = 0;
    let mut digits = String::new();
    for symbol in text.chars() {
        if symbol.is_ascii_digit() {
            digits.push(symbol);
            continue;
        }
        let unit = match symbol {
            's' => 1,
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            'y' => 31_536_000,
            _ => return None,
        };
        total = total.checked_add(digits.parse::<u64>().ok()?.checked_mul(unit)?)?;
        digits.clear();
    }
    (digits.is_empty() && !text.is_empty()).then_some(total)
}

fn seconds_between(from: &str, to: &str) -> Option<u64> {
    let from: jiff::Timestamp = from.parse().ok()?;
    let to: jiff::Timestamp = to.parse().ok()?;
    u64::try_from(to.as_second() - from.as_second()).ok()
}

fn contains<'v>(arguments: Vec<Term<'v>>) -> Term<'v> {
    let mut arguments = arguments.into_iter();
    let (Some(list), Some(wanted)) = (arguments.next(), arguments.next()) else { return Term::NULL };
    let Some(wanted) = wanted.as_known().map(Cow::into_owned) else {
        return Term::unknown("whether a list holds a value");
    };
    let mut doubt = false;
    for item in list.elements() {
        match item.as_known() {
            Some(text) if *text == *wanted => return Term::truth(true),
            Some(_) => {}
            None => doubt = true,
        }
    }
    if doubt { Term::unknown("whether a list holds a value") } else { Term::truth(false) }
}

fn members<'v>(function: Function, arguments: Vec<Term<'v>>) -> Term<'v> {
    let Some(Term::Value(value)) = arguments.into_iter().next() else { return Term::NULL };
    let Value::Object(members) = value.into_owned() else { return Term::NULL };
    Term::List(
        members
            .into_iter()
            .map(|(name, member)| {
                if function == Function::Keys { Term::known(&name) } else { Term::Value(Cow::Owned(member)) }
            })
            .collect(),
    )
}

/// `name=value` of every attribute that is set, but the named ones.
fn except<'v>(arguments: &[Term<'v>], scope: &dyn Scope<'v>) -> Term<'v> {
    let left_out: Vec<Cow<'_, str>> = arguments.iter().filter_map(Term::as_known).collect();
    let Value::Object(members) = scope.object() else { return Term::NULL };
    let mut kept: Vec<(&str, &Value)> = members
        .iter()
        .map(|(name, value)| (&**name, value))
        .filter(|(name, value)| {
            **value != Value::Null
                && !matches!(*name, "id" | "etag" | "timeouts")
                && !left_out.iter().any(|out| out == name)
        })
        .collect();
    kept.sort_by_key(|(name, _)| *name);
    let mut text = crate::lower::Text::default();
    for (at, (name, value)) in kept.into_iter().enumerate() {
        text.push_known(if at == 0 { "" } else { "," });
        text.push_known(name);
        text.push_known("=");
        let term = Term::Value(Cow::Borrowed(value));
        let resolved = term.as_unknown().and_then(|unknown| scope.resolve(unknown));
        text.push(&resolved.unwrap_or(term).into_text());
    }
    Term::Text(text)
}
