//! Functions of sets.

use super::call::{self, Answer, Call};
use super::refusal::Refusal;
use crate::evaluate::equality::is_equal;
use crate::types::{Type, Unified, loosen, unify};
use crate::value::Value;
use crate::value::sequence::{Sequence, SequenceKind};

/// The arguments as sets of one element type.
fn sets(call: &Call<'_>) -> Result<Vec<Value>, Refusal> {
    let any = Type::Set(Box::new(Type::Dynamic));
    let mut sets = Vec::new();
    let mut types = Vec::new();
    for argument in call.arguments {
        if argument.is_null() {
            return Err(Refusal::Fails);
        }
        let set = call.convert(argument, &any)?;
        match call::sequence(&set)?.element() {
            Some(element) => types.push(Type::of(&element)),
            // `[]` goes with every type; another empty collection has one that is not known.
            None if argument.as_sequence().is_some_and(|one| one.kind() == SequenceKind::Tuple) => {}
            None => types.push(Type::Unknown),
        }
        sets.push(set);
    }
    if types.is_empty() {
        return Ok(sets);
    }
    match unify(&types) {
        Unified::None => Err(Refusal::Fails),
        Unified::Type(element) => {
            let set = Type::Set(Box::new(element));
            sets.iter().map(|one| call.convert(one, &set)).collect()
        }
        Unified::Unsure => {
            call.note_doubt();
            let loose = |set: &Value| -> Answer {
                let set = call::sequence(set)?;
                let items = set.items().iter().map(loosen).collect();
                Ok(Value::sequence(SequenceKind::Set, items, set.rest().map(loosen)))
            };
            sets.iter().map(loose).collect()
        }
    }
}

/// `setunion`.
pub(super) fn union(call: &Call<'_>) -> Answer {
    let sets = sets(call)?;
    let sets: Vec<&Sequence> = sets.iter().map(call::sequence).collect::<Result<_, _>>()?;
    let items = sets.iter().flat_map(|set| set.items().iter().cloned()).collect();
    let rest: Vec<Value> = sets.iter().filter_map(|set| set.rest().cloned()).collect();
    let rest = if rest.is_empty() { None } else { Some(Value::one_of(rest)) };
    Ok(Value::sequence(SequenceKind::Set, items, rest))
}

/// Whether a value is in a set.
fn is_member(value: &Value, set: &Sequence) -> Option<bool> {
    let answers: Vec<Option<bool>> = set.items().iter().map(|item| is_equal(item, value)).collect();
    if answers.contains(&Some(true)) {
        return Some(true);
    }
    let rest = set.rest().map(|rest| is_equal(rest, value));
    if answers.iter().chain(&rest).all(|answer| *answer == Some(false)) { Some(false) } else { None }
}

/// The members of the first set for which `is_kept` holds; those for which it may hold have no sure place.
fn filter(sets: &[Value], is_kept: impl Fn(&Value, &[&Sequence]) -> Option<bool>) -> Answer {
    let sets: Vec<&Sequence> = sets.iter().map(call::sequence).collect::<Result<_, _>>()?;
    let (first, others) = sets.split_first().ok_or(Refusal::Fails)?;
    let mut items = Vec::new();
    let mut rest = Vec::new();
    for item in first.items() {
        match is_kept(item, others) {
            Some(true) => items.push(item.clone()),
            Some(false) => {}
            None => rest.push(item.clone()),
        }
    }
    rest.extend(first.rest().filter(|rest| is_kept(rest, others) != Some(false)).cloned());
    let rest = if rest.is_empty() { None } else { Some(Value::one_of(rest)) };
    Ok(Value::sequence(SequenceKind::Set, items, rest))
}

/// `setintersection`.
pub(super) fn intersection(call: &Call<'_>) -> Answer {
    filter(&sets(call)?, |item, others| {
        let answers: Vec<Option<bool>> = others.iter().map(|set| is_member(item, set)).collect();
        if answers.contains(&Some(false)) {
            return Some(false);
        }
        if answers.contains(&None) { None } else { Some(true) }
    })
}

/// `setsubtract`.
pub(super) fn subtract(call: &Call<'_>) -> Answer {
    filter(&sets(call)?, |item, others| {
        let answers: Vec<Option<bool>> = others.iter().map(|set| is_member(item, set)).collect();
        if answers.contains(&Some(true)) {
            return Some(false);
        }
        if answers.contains(&None) { None } else { Some(true) }
    })
}

/// Elements of a product that are worked out one by one.
const MAX_PRODUCT: usize = 4_096;

/// `setproduct`.
pub(super) fn product(call: &Call<'_>) -> Answer {
    let mut kind = SequenceKind::List;
    let mut factors: Vec<Value> = Vec::new();
    for at in 0..call.arguments.len() {
        let sequence = call.sequence(at)?;
        match sequence.kind() {
            SequenceKind::Set => kind = SequenceKind::Set,
            SequenceKind::Unsure if kind != SequenceKind::Set => kind = SequenceKind::Unsure,
            SequenceKind::Unsure | SequenceKind::Tuple | SequenceKind::List | SequenceKind::ListOrTuple => {}
        }
        // The elements of a tuple get one type.
        let is_set = sequence.kind() == SequenceKind::Set;
        factors.push(if is_set { call.argument(at)?.clone() } else { call.list(at, Type::Dynamic)? });
    }
    let factors: Vec<&Sequence> = factors.iter().map(call::sequence).collect::<Result<_, _>>()?;
    let is_empty = |factor: &&Sequence| factor.items().is_empty() && factor.rest().is_none();
    if factors.iter().any(is_empty) {
        return Ok(Value::sequence(kind, Vec::new(), None));
    }
    let total = factors.iter().map(|factor| factor.items().len()).fold(1, usize::saturating_mul);
    let is_open = factors.iter().any(|factor| factor.rest().is_some());
    if is_open || total > MAX_PRODUCT || !call.context.budget.spend(total) {
        let row = factors.iter().filter_map(|factor| factor.element()).collect();
        return Ok(Value::elements(kind, Value::tuple(row)));
    }
    let mut rows: Vec<Vec<Value>> = vec![Vec::new()];
    for factor in factors {
        let with = |row: &Vec<Value>, item: &Value| row.iter().chain([item]).cloned().collect();
        rows = rows.iter().flat_map(|row| factor.items().iter().map(move |item| with(row, item))).collect();
    }
    let rows: Vec<Value> = rows.into_iter().map(Value::tuple).collect();
    if kind == SequenceKind::Unsure {
        // A set has each row once, and a list as often as it comes.
        return Ok(Value::one_of(vec![Value::list(rows.clone()), Value::set(rows)]));
    }
    Ok(Value::sequence(kind, rows, None))
}
