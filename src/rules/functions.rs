//! The functions of the rule packs' language; `rules/README.md` has the table.

use std::borrow::Cow;

use super::expression::{FUNCTIONS, Function, Root};
use super::holed_text;
use super::resource_name::resource_name;
use super::scope::Scope;
use crate::json;
use crate::possible::{Member, Possible};
use crate::value::{UnknownOrigin, Value};
use access_algebra::HoleKind;

/// Applies a function. The number of arguments was checked when the pack was loaded.
pub fn call<'v>(function: Function, arguments: Vec<Possible<'v>>, scope: &dyn Scope<'v>) -> Possible<'v> {
    match function {
        Function::Except => return list_except(&arguments, scope),
        Function::Concat => return concat(arguments),
        // Only the arguments that a name leaves open have to be known.
        Function::ResourceName => return resource_name(&arguments),
        Function::Coalesce
        | Function::KnownOr
        | Function::Generated
        | Function::Lower
        | Function::StartsWith
        | Function::EndsWith
        | Function::Contains
        | Function::TrimPrefix
        | Function::TrimSuffix
        | Function::Split
        | Function::Replace
        | Function::Last
        | Function::Values
        | Function::Keys
        | Function::Pairs
        | Function::Json
        | Function::Seconds
        | Function::SecondsUntil => {}
    }
    if let Some(unknown) = arguments.iter().find(|argument| argument.as_unknown().is_some()) {
        return result_of(function, unknown, &arguments);
    }
    if arguments.iter().any(|argument| argument.as_list_of().is_some()) {
        return on_list_of(function, &arguments, scope);
    }
    match function {
        Function::Contains => contains(arguments),
        Function::Last => take_last(arguments),
        Function::Values | Function::Keys | Function::Pairs => list_members(function, arguments),
        Function::Coalesce
        | Function::KnownOr
        | Function::Generated
        | Function::Concat
        | Function::Except
        | Function::ResourceName => Possible::NULL,
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

/// All elements.
fn concat(arguments: Vec<Possible<'_>>) -> Possible<'_> {
    let is_counted = arguments.iter().all(|argument| argument.as_list_of().is_none());
    let elements: Vec<_> = arguments.into_iter().flat_map(Possible::elements).collect();
    if is_counted { Possible::list(elements) } else { Possible::list_of(Possible::one_of(elements)) }
}

/// A function over a list of unknown length: what takes a list element by element does so.
fn on_list_of<'v>(function: Function, arguments: &[Possible<'v>], scope: &dyn Scope<'v>) -> Possible<'v> {
    let is_mapped = matches!(
        function,
        Function::Lower | Function::TrimPrefix | Function::TrimSuffix | Function::Replace | Function::Json
    );
    match arguments {
        [list, rest @ ..] if is_mapped && rest.iter().all(|other| other.as_list_of().is_none()) => {
            let element = list.as_list_of().cloned().unwrap_or(Possible::NULL);
            let one = [std::slice::from_ref(&element), rest].concat();
            Possible::list_of(Possible::combine(one, |one| call(function, one, scope)))
        }
        _ => Possible::deferred("what a function makes of a list of unknown length"),
    }
}

/// The functions over known text; a null gives null (or false), a list is taken element by element.
fn on_text<'v>(function: Function, arguments: &[Possible<'v>], scope: &dyn Scope<'v>) -> Possible<'v> {
    let subject_at = usize::from(function == Function::Split);
    if let Some(subject) = arguments.get(subject_at).filter(|subject| subject.is_list()) {
        let each = subject.clone().elements().into_iter().map(|item| {
            let mut one = arguments.to_vec();
            if let Some(place) = one.get_mut(subject_at) {
                *place = item;
            }
            Possible::combine(one, |one| call(function, one, scope))
        });
        return Possible::list(each.collect());
    }
    if arguments.iter().any(Possible::is_null) {
        let asks = matches!(function, Function::StartsWith | Function::EndsWith);
        return if asks { Possible::truth(false) } else { Possible::NULL };
    }
    if let (Function::Json, Some(value)) = (function, arguments.first().and_then(Possible::as_json)) {
        return Possible::from_document(value.clone());
    }
    if let Some(found) = on_holed_text(function, arguments) {
        return found;
    }
    let known: Option<Vec<Cow<'_, str>>> = arguments.iter().map(Possible::as_known).collect();
    let Some(known) = known else {
        let holed = arguments.iter().find(|argument| argument.as_known().is_none());
        return holed.map_or(Possible::NULL, |holed| result_of(function, holed, arguments));
    };
    let known: Vec<&str> = known.iter().map(AsRef::as_ref).collect();
    match (function, known.as_slice()) {
        (Function::Lower, [text]) => Possible::known(&text.to_lowercase()),
        (Function::StartsWith, [text, prefix]) => Possible::truth(text.starts_with(prefix)),
        (Function::EndsWith, [text, suffix]) => Possible::truth(text.ends_with(suffix)),
        (Function::TrimPrefix, [text, prefix]) => Possible::known(text.strip_prefix(prefix).unwrap_or(text)),
        (Function::TrimSuffix, [text, suffix]) => Possible::known(text.strip_suffix(suffix).unwrap_or(text)),
        (Function::Split, [separator, text]) if !separator.is_empty() => {
            Possible::list(text.split(separator).map(Possible::known).collect())
        }
        (Function::Replace, [text, from, to]) if !from.is_empty() => Possible::known(&text.replace(from, to)),
        (Function::Json, [text]) => match json::parse(text) {
            Ok(value) => Possible::owned(value),
            Err(_) => Possible::unreadable("a text that is not JSON that everybody reads alike"),
        },
        (Function::Seconds, [text]) => make_number(parse_seconds(text), "a duration that can't be read"),
        (Function::SecondsUntil, [text]) => make_number(
            seconds_between(scope.timestamp(), text),
            "an instant that can't be compared with the plan's timestamp",
        ),
        _ => Possible::deferred("a function's result"),
    }
}

/// Any value, named as the result of a function on something that is not known: holes of one name are one value, and the
/// result is not what it is made from. A truth is never taken for a value, and says best what it rests on.
fn result_of<'v>(function: Function, unknown: &Possible<'v>, arguments: &[Possible<'v>]) -> Possible<'v> {
    let origin = unknown.clone().into_origin();
    if matches!(function, Function::StartsWith | Function::EndsWith | Function::Contains) {
        return Possible::unknown(unknown.as_unknown().cloned().unwrap_or(origin));
    }
    let name = FUNCTIONS.iter().find(|entry| entry.function == function).map_or("", |entry| entry.name);
    let words: Vec<String> =
        arguments.iter().map(|argument| argument.clone().into_text().to_string()).collect();
    let words = format!("{name}({})", words.join(", ")).into();
    Possible::unknown(match origin.hole_kind() {
        HoleKind::Unreadable => UnknownOrigin::Unreadable(words),
        HoleKind::Variable | HoleKind::Fact | HoleKind::Unknown => UnknownOrigin::Deferred(words),
    })
}

/// What a function gives of a text with holes, where it does not depend on them.
fn on_holed_text<'v>(function: Function, arguments: &[Possible<'v>]) -> Option<Possible<'v>> {
    let [first, second] = arguments else { return None };
    let (text, other) =
        if function == Function::Split { (second, first.as_known()?) } else { (first, second.as_known()?) };
    let text = text.as_holed()?;
    match function {
        Function::StartsWith => holed_text::starts_with(text, &other).map(Possible::truth),
        Function::EndsWith => holed_text::ends_with(text, &other).map(Possible::truth),
        Function::TrimPrefix => holed_text::trim_prefix(text, &other).map(Possible::text),
        Function::TrimSuffix => holed_text::trim_suffix(text, &other).map(Possible::text),
        Function::Split => {
            let pieces = holed_text::split(text, &other)?;
            Some(Possible::list(pieces.into_iter().map(Possible::text).collect()))
        }
        Function::Coalesce
        | Function::KnownOr
        | Function::Generated
        | Function::Concat
        | Function::Lower
        | Function::Contains
        | Function::Replace
        | Function::Last
        | Function::Values
        | Function::Keys
        | Function::Pairs
        | Function::ResourceName
        | Function::Json
        | Function::Seconds
        | Function::SecondsUntil
        | Function::Except => None,
    }
}

fn make_number<'v>(value: Option<u64>, otherwise: &str) -> Possible<'v> {
    match value {
        Some(value) => Possible::owned(Value::Number(value.to_string().into())),
        None => Possible::unreadable(otherwise),
    }
}

/// `90d`, `720h`, `1h30m`; months are ambiguous and refused.
pub fn parse_seconds(text: &str) -> Option<u64> {
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

fn contains<'v>(arguments: Vec<Possible<'v>>) -> Possible<'v> {
    let mut arguments = arguments.into_iter();
    let (Some(list), Some(wanted)) = (arguments.next(), arguments.next()) else { return Possible::NULL };
    let Some(wanted) = wanted.as_known().map(Cow::into_owned) else {
        return Possible::deferred("whether a list holds a value");
    };
    let mut doubt = false;
    for item in list.elements() {
        match item.as_known() {
            Some(text) if *text == *wanted => return Possible::truth(true),
            Some(_) => {}
            None => doubt = true,
        }
    }
    if doubt { Possible::deferred("whether a list holds a value") } else { Possible::truth(false) }
}

/// The last element of a list; null where there is none.
fn take_last<'v>(arguments: Vec<Possible<'v>>) -> Possible<'v> {
    let list = arguments.into_iter().next().unwrap_or(Possible::NULL);
    list.elements().pop().unwrap_or(Possible::NULL)
}

fn list_members<'v>(function: Function, arguments: Vec<Possible<'v>>) -> Possible<'v> {
    let Some(members) = arguments.into_iter().next().and_then(Possible::into_members) else {
        return Possible::NULL;
    };
    let part = |(name, member): Member<'v>| {
        if function == Function::Keys {
            Possible::known(&name)
        } else if function == Function::Pairs {
            spell_pair(&name, member)
        } else {
            member
        }
    };
    Possible::list(members.into_iter().map(part).collect())
}

/// `name=value` of a member.
fn spell_pair<'v>(name: &str, member: Possible<'v>) -> Possible<'v> {
    let mut text = crate::lower::Text::known(&format!("{name}="));
    text.push(&member.into_text());
    Possible::text(text)
}

/// `name=value` of every attribute that is set, but the named ones.
fn list_except<'v>(arguments: &[Possible<'v>], scope: &dyn Scope<'v>) -> Possible<'v> {
    let left_out: Vec<Cow<'_, str>> = arguments.iter().filter_map(Possible::as_known).collect();
    let Value::Object(members) = scope.attributes() else { return Possible::NULL };
    let is_kept =
        |name: &str| !matches!(name, "id" | "etag" | "timeouts") && !left_out.iter().any(|out| out == name);
    let set = members.iter().filter(|(_, value)| *value != Value::Null).map(|(name, _)| &**name);
    let mut kept: Vec<&str> = set.filter(|name| is_kept(name)).collect();
    kept.sort_unstable();
    let mut text = crate::lower::Text::default();
    for (at, name) in kept.into_iter().enumerate() {
        text.push_known(if at == 0 { "" } else { "," });
        text.push_known(name);
        text.push_known("=");
        let (value, _) = scope.start(&Root::Attribute(name.into()), &[]);
        text.push(&value.into_text());
    }
    Possible::text(text)
}
