//! Evaluates compiled expressions, those of rules and those of the sources alike.
//!
//! Takes an [`Expr`] and a [`Scope`] and returns the [`Possible`] values of the expression. What can't be known is any
//! value, so an expression never fails. What an unknown attribute refers to is asked of the scope, which knows the plan.
//!
//! A condition that rests on a guess is followed as guessed, and what comes of it rests on the guess.

#[cfg(test)]
mod tests;

use super::expression::{Expr, Function, Root, Step};
use super::functions;
use super::scope::Scope;
use crate::lower::Text;
use crate::possible::{MAX_SIZE, Member, Possible};
use crate::value::Value;
use crate::value::provenance::Provenance;
use access_algebra::HoleKind;

/// The values of an expression; `each` is the element of `for_each`.
pub fn evaluate<'v>(expr: &Expr, scope: &dyn Scope<'v>, each: Option<&Possible<'v>>) -> Possible<'v> {
    let of = |expr: &Expr| evaluate(expr, scope, each);
    match expr {
        Expr::Null => Possible::NULL,
        Expr::Bool(value) => Possible::truth(*value),
        Expr::Number(text) => Possible::owned(Value::Number(text.clone())),
        Expr::Text(text) => Possible::known(text),
        Expr::Path(Root::Each, steps) => walk(each.cloned().unwrap_or(Possible::NULL), steps, scope),
        Expr::Path(root, steps) => {
            let (start, steps) = scope.start(root, steps);
            walk(start, steps, scope)
        }
        Expr::Of(inner, steps) => walk(of(inner), steps, scope),
        // `"${x}"` is `x`, of whatever type.
        Expr::Template(parts) => match parts.as_slice() {
            [only] => of(only),
            parts => Possible::combine(parts.iter().map(of).collect(), template),
        },
        Expr::List(items) => Possible::list(items.iter().map(of).collect()),
        Expr::Object(members) => object(members.iter().map(|(name, member)| (of(name), of(member)))),
        Expr::Not(inner) => negation(of(inner)),
        Expr::Equal(a, b) => Possible::combine(vec![of(a), of(b)], equal),
        Expr::And(a, b) => conjunction(of(a), of(b)),
        Expr::Or(a, b) => negation(conjunction(negation(of(a)), negation(of(b)))),
        Expr::If(condition, yes, no) => match truth(of(condition)) {
            Ok((true, provenance)) => of(yes).resting_on(&provenance),
            Ok((false, provenance)) => of(no).resting_on(&provenance),
            Err(unknown) => one_of_texts(of(yes), of(no), unknown),
        },
        Expr::Call(Function::Coalesce, arguments) => coalesce(arguments, scope, each),
        Expr::Call(Function::KnownOr, arguments) => known_or(arguments, scope, each),
        Expr::Call(Function::Generated, arguments) => generated(arguments, scope, each),
        Expr::Call(function, arguments) => {
            let arguments = arguments.iter().map(of).collect();
            Possible::combine(arguments, |arguments| functions::call(*function, arguments, scope))
        }
    }
}

/// One of two texts, whichever: the value of a conditional whose condition is not known. Of anything else than texts only
/// the unknown condition is said.
fn one_of_texts<'v>(yes: Possible<'v>, no: Possible<'v>, unknown: Possible<'v>) -> Possible<'v> {
    let is_text = |value: &Possible<'v>| value.as_holed().is_some() || value.as_known().is_some();
    if unknown.is_unread() || !is_text(&yes) || !is_text(&no) {
        return unknown;
    }
    Possible::one_of(vec![yes, no]).resting_on(&unknown.provenance())
}

/// The first that is not null. What comes later is looked at only where it has to be, so a known first value never asks
/// for a fact.
fn coalesce<'v>(arguments: &[Expr], scope: &dyn Scope<'v>, each: Option<&Possible<'v>>) -> Possible<'v> {
    let mut passed = Provenance::NONE;
    let mut found = Vec::new();
    for argument in arguments {
        let value = evaluate(argument, scope, each);
        passed.absorb(&value.provenance());
        let (nulls, others): (Vec<_>, Vec<_>) = value.alternatives().into_iter().partition(Possible::is_null);
        found.extend(others);
        if nulls.is_empty() {
            return Possible::one_of(found).resting_on(&passed);
        }
    }
    found.push(Possible::NULL);
    Possible::one_of(found).resting_on(&passed)
}

/// The first, but for null and for what the configuration leaves to the provider; there the second.
fn known_or<'v>(arguments: &[Expr], scope: &dyn Scope<'v>, each: Option<&Possible<'v>>) -> Possible<'v> {
    let [first, second] = arguments else { return Possible::NULL };
    set_or(evaluate(first, scope, each), scope, || evaluate(second, scope, each))
}

/// What the configuration sets, and another value for null and for what it leaves to the provider.
fn set_or<'v>(
    value: Possible<'v>,
    scope: &dyn Scope<'v>,
    otherwise: impl FnOnce() -> Possible<'v>,
) -> Possible<'v> {
    let is_left = |value: &Possible<'v>| {
        value.is_null() || value.as_unknown().is_some_and(|name| scope.is_left_to_provider(name))
    };
    let provenance = value.provenance();
    let (left, mut set): (Vec<_>, Vec<_>) = value.alternatives().into_iter().partition(is_left);
    if !left.is_empty() {
        set.push(otherwise());
    }
    Possible::one_of(set).resting_on(&provenance)
}

/// An attribute, and where the configuration leaves it to the provider, a word between what is known of it.
fn generated<'v>(arguments: &[Expr], scope: &dyn Scope<'v>, each: Option<&Possible<'v>>) -> Possible<'v> {
    let [attribute @ Expr::Path(Root::Attribute(name), steps), affixes @ ..] = arguments else {
        return Possible::NULL;
    };
    let attribute = evaluate(attribute, scope, each);
    set_or(attribute, scope, || {
        let affix = |affix: &Expr| set_or(evaluate(affix, scope, each), scope, || Possible::known(""));
        let (address, _) = scope.start(&Root::Address, &[]);
        let name = format!("{}.{}", address.into_text(), path_in_words(name, steps));
        Possible::combine(affixes.iter().map(affix).collect(), |affixes| {
            let mut affixes = affixes.into_iter().map(Possible::into_text);
            let (before, after) = (affixes.next().unwrap_or_default(), affixes.next().unwrap_or_default());
            Possible::text(enclose_word(&before, &name, &after))
        })
    })
}

/// What the name of a hole ends in that is a part of its attribute.
pub const GENERATED: &str = ":generated";

/// A text with a word in it. Where the word is all of it, its hole has the attribute's own name: holes of one name are
/// one string.
fn enclose_word(before: &Text, name: &str, after: &Text) -> Text {
    let is_whole = before.as_known() == Some("") && after.as_known() == Some("");
    let word = if is_whole { name.to_owned() } else { format!("{name}{GENERATED}") };
    let mut text = Text::default();
    text.push(before);
    text.push(&Text::word(HoleKind::Unknown, &word));
    text.push(after);
    text
}

/// An attribute as Terraform writes it: `identity[0].issuer`.
fn path_in_words(name: &str, steps: &[Step]) -> String {
    steps.iter().fold(name.to_owned(), |path, step| match step {
        Step::Member(name) => format!("{path}.{name}"),
        Step::Key(key) => format!("{path}[{key:?}]"),
        Step::Element(index) => format!("{path}[{index}]"),
        Step::Every => format!("{path}[*]"),
    })
}

/// The value, or what the scope says it is where it is unknown.
pub fn known<'v>(value: Possible<'v>, scope: &dyn Scope<'v>) -> Possible<'v> {
    let resolved = match value.as_unknown() {
        Some(name) => scope.resolve(name),
        // A list of which an element is unknown is what is written for the whole list.
        None => value.as_list_with_unknown().and_then(|list| scope.resolve_list(&list)),
    };
    match resolved {
        Some(resolved) => resolved.resting_on(&value.provenance()),
        None => value,
    }
}

fn walk<'v>(mut value: Possible<'v>, steps: &[Step], scope: &dyn Scope<'v>) -> Possible<'v> {
    for (at, step) in steps.iter().enumerate() {
        if value.is_null() || value.as_unknown().is_some() {
            return value;
        }
        value = match step {
            Step::Member(name) | Step::Key(name) => known(value.member(name), scope),
            Step::Element(index) => known(value.element(*index), scope),
            Step::Every => {
                let rest = steps.get(at + 1..).unwrap_or_default();
                return Possible::combine(vec![value], |values| {
                    if let [value] = values.as_slice()
                        && let Some(element) = value.as_list_of()
                    {
                        return Possible::list_of(walk(element.clone(), rest, scope));
                    }
                    let items = values.into_iter().flat_map(Possible::elements);
                    Possible::list(items.map(|item| walk(item, rest, scope)).collect())
                });
            }
        };
    }
    value
}

/// An object whose names are all known; any other is not read.
fn object<'v>(members: impl Iterator<Item = (Possible<'v>, Possible<'v>)>) -> Possible<'v> {
    let mut named: Vec<Member<'v>> = Vec::new();
    for (name, member) in members {
        let Some(known) = name.as_known().filter(|_| name.is_certain()) else { return Possible::unread() };
        // Of two members of one name Terraform keeps the later.
        named.retain(|(earlier, _)| **earlier != *known);
        named.push((known.into(), member));
    }
    Possible::object(named)
}

/// Joins the parts; a list among them makes a list of texts, a null makes null.
fn template<'v>(parts: Vec<Possible<'v>>) -> Possible<'v> {
    let mut texts = vec![Text::default()];
    let mut is_list = false;
    for part in parts {
        if part.is_null() {
            return Possible::NULL;
        }
        if part.as_list_of().is_some() {
            return Possible::deferred("texts with the elements of a list of unknown length");
        }
        if part.as_document().is_some() {
            return Possible::unread();
        }
        if !part.is_list() {
            let option = part.into_text();
            texts.iter_mut().for_each(|text| text.push(&option));
            continue;
        }
        is_list = true;
        let options: Vec<Text> = part.elements().into_iter().map(Possible::into_text).collect();
        if texts.len() * options.len() > MAX_SIZE {
            return Possible::unreadable("a list that is too long to be read");
        }
        let joined = texts.iter().flat_map(|text| {
            let join = |option: &Text| {
                let mut joined = text.clone();
                joined.push(option);
                joined
            };
            options.iter().map(join).collect::<Vec<_>>()
        });
        texts = joined.collect();
    }
    if is_list {
        return Possible::list(texts.into_iter().map(Possible::text).collect());
    }
    texts.pop().map_or(Possible::NULL, Possible::text)
}

/// The truth of a value with what it rests on, or the unknown value that stands for it.
fn truth(value: Possible<'_>) -> Result<(bool, Provenance), Possible<'_>> {
    let provenance = value.provenance();
    match value.as_truth() {
        Some(truth) => Ok((truth, provenance)),
        None if value.as_unknown().is_some() || value.is_unread() => Err(value),
        None => Err(Possible::deferred("whether a condition of the rule holds").resting_on(&provenance)),
    }
}

fn negation(value: Possible<'_>) -> Possible<'_> {
    match truth(value) {
        Ok((value, provenance)) => Possible::truth(!value).resting_on(&provenance),
        Err(unknown) => unknown,
    }
}

/// One false operand decides alone where it is certain.
fn conjunction<'v>(a: Possible<'v>, b: Possible<'v>) -> Possible<'v> {
    if [&a, &b].into_iter().any(|operand| operand.as_certain_truth() == Some(false)) {
        return Possible::truth(false);
    }
    match (truth(a), truth(b)) {
        (Ok((a, rests)), Ok((b, other))) => Possible::truth(a && b).resting_on(&rests).resting_on(&other),
        (Err(unknown), Ok((_, rests))) | (Ok((_, rests)), Err(unknown)) => unknown.resting_on(&rests),
        (Err(unknown), Err(other)) => unknown.resting_on(&other.provenance()),
    }
}

fn equal<'v>(operands: Vec<Possible<'v>>) -> Possible<'v> {
    let [a, b] = operands.as_slice() else { return Possible::NULL };
    if a.is_null() && b.is_null() {
        return Possible::truth(true);
    }
    if let Some(unknown) = [a, b].into_iter().find(|value| value.as_unknown().is_some()) {
        return unknown.clone();
    }
    if a.is_null() || b.is_null() {
        return Possible::truth(false);
    }
    match (a.as_known(), b.as_known()) {
        (Some(left), Some(right)) => Possible::truth(left == right),
        _ if a.is_same(b) => Possible::truth(true),
        _ => Possible::deferred("whether two values are equal"),
    }
}
