//! Functions of sets.

use super::call::{self, Answer, Call};
use super::membership::Members;
use super::refusal::Refusal;
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
        let members = call::sequence(&set)?;
        match members.element() {
            // One that may be empty may have another type then.
            Some(_) if members.items().is_empty() => types.push(Type::Unknown),
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

/// The members of the first set for which `is_kept` holds, given the answers of the other sets; those for which it may
/// hold have no sure place.
fn filter(call: &Call<'_>, is_kept: impl Fn(&[Option<bool>]) -> Option<bool>) -> Answer {
    let sets = sets(call)?;
    let sets: Vec<&Sequence> = sets.iter().map(call::sequence).collect::<Result<_, _>>()?;
    let (first, others) = sets.split_first().ok_or(Refusal::Fails)?;
    let others: Vec<Members<'_>> = others.iter().map(|set| Members::of(set)).collect();
    let is_kept = |item: &Value| -> Result<Option<bool>, Refusal> {
        let answers: Result<Vec<_>, _> = others.iter().map(|set| set.contain(call, item)).collect();
        Ok(is_kept(&answers?))
    };
    let mut items = Vec::new();
    let mut rest = Vec::new();
    for item in first.items() {
        match is_kept(item)? {
            Some(true) => items.push(item.clone()),
            Some(false) => {}
            None => rest.push(item.clone()),
        }
    }
    if let Some(more) = first.rest()
        && is_kept(more)? != Some(false)
    {
        rest.push(more.clone());
    }
    let rest = if rest.is_empty() { None } else { Some(Value::one_of(rest)) };
    Ok(Value::sequence(SequenceKind::Set, items, rest))
}

/// `setintersection`.
pub(super) fn intersection(call: &Call<'_>) -> Answer {
    filter(call, |answers| {
        if answers.contains(&Some(false)) {
            return Some(false);
        }
        if answers.contains(&None) { None } else { Some(true) }
    })
}

/// `setsubtract`.
pub(super) fn subtract(call: &Call<'_>) -> Answer {
    filter(call, |answers| {
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
