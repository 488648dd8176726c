//! Functions that make a list of lists.

use std::collections::BTreeSet;

use super::call::{self, Answer, Call};
use super::collected::Collected;
use super::refusal::Refusal;
use super::text_parts;
use crate::types::{Type, Unified, loosen, unify};
use crate::value::equality::is_equal;
use crate::value::hole::HoleShape;
use crate::value::sequence::SequenceKind;
use crate::value::{Shape, Value};

/// `concat`.
pub(super) fn concat(call: &Call<'_>) -> Answer {
    let mut collected = Collected::default();
    let mut kinds = Vec::new();
    let mut types = Vec::new();
    for argument in call.arguments {
        match &argument.shape {
            Shape::Sequence(sequence) => {
                kinds.push(sequence.kind());
                // The type of an empty list is not known.
                let element = sequence.element().filter(|_| !sequence.items().is_empty());
                types.push(element.map_or(Type::Unknown, |element| Type::of(&element)));
                // What is listed of a set that is none is a list in this order.
                sequence.items().iter().for_each(|item| collected.push(item.clone()));
                sequence.rest().into_iter().for_each(|rest| collected.push_rest(rest.clone()));
            }
            Shape::Anything(hole) => {
                kinds.push(SequenceKind::Unsure);
                types.push(Type::Unknown);
                collected.push_rest(Value::anything(hole.computed("concat(…)", HoleShape::Any)));
            }
            Shape::Null(_)
            | Shape::Bool(_)
            | Shape::Number(_)
            | Shape::Text(_)
            | Shape::Mapping(_)
            | Shape::OneOf(_) => return Err(Refusal::Fails),
        }
    }
    if kinds.contains(&SequenceKind::Set) {
        return Err(Refusal::Fails);
    }
    if kinds.contains(&SequenceKind::Unsure) {
        call.note_doubt();
    }
    // With a tuple among them, and with lists that have no type in common, every element stays as it is.
    if kinds.contains(&SequenceKind::Tuple) {
        return Ok(collected.build(SequenceKind::Tuple));
    }
    let are_lists = kinds.iter().all(|kind| *kind == SequenceKind::List);
    let kind = if are_lists { SequenceKind::List } else { SequenceKind::ListOrTuple };
    match unify(&types) {
        Unified::None => Ok(collected.build(SequenceKind::Tuple)),
        Unified::Type(element) if element.is_certain() && types.iter().all(|one| *one == element) => {
            Ok(collected.build(kind))
        }
        Unified::Type(element) if element.is_certain() && are_lists && element != Type::Dynamic => {
            call.convert(&collected.build(SequenceKind::List), &Type::List(Box::new(element)))
        }
        // Types that are not known may have nothing in common, and texts stay what they are in any list.
        Unified::Unsure if collected.items.iter().chain(&collected.rest).all(is_text) => {
            Ok(collected.build(SequenceKind::ListOrTuple))
        }
        Unified::Type(_) | Unified::Unsure => {
            call.note_doubt();
            collected.items.iter_mut().chain(&mut collected.rest).for_each(|item| *item = loosen(item));
            Ok(collected.build(SequenceKind::ListOrTuple))
        }
    }
}

/// Whether every alternative is a text.
fn is_text(value: &Value) -> bool {
    value.alternatives().iter().all(|one| one.as_text().is_some())
}

/// `compact`.
pub(super) fn compact(call: &Call<'_>) -> Answer {
    let list = call.list(0, Type::String)?;
    let list = call::sequence(&list)?;
    let mut kept = Collected::default();
    let is_gone = |item: &Value| item.is_null() || item.known_text() == Some("");
    let is_there = |item: &Value| item.as_text().is_some_and(text_parts::is_surely_nonempty);
    for item in list.items() {
        let left: Vec<Value> = item.alternatives().iter().filter(|one| !is_gone(one)).cloned().collect();
        match left.len() {
            0 => {}
            count if count == item.alternatives().len() && left.iter().all(is_there) => {
                kept.push(item.clone())
            }
            _ => kept.push_rest(Value::one_of(left)),
        }
    }
    let rest = list
        .rest()
        .map(|rest| rest.alternatives().iter().filter(|one| !is_gone(one)).cloned().collect::<Vec<_>>());
    if let Some(rest) = rest.filter(|rest| !rest.is_empty()) {
        kept.push_rest(Value::one_of(rest));
    }
    Ok(kept.build(SequenceKind::List))
}

/// `distinct`.
pub(super) fn distinct(call: &Call<'_>) -> Answer {
    let list = call.list(0, Type::Dynamic)?;
    let list = call::sequence(&list)?;
    let mut kept = Collected::default();
    // The texts that are kept, while all that is kept is known text.
    let mut texts = Some(BTreeSet::new());
    for item in list.items() {
        if let (Some(texts), Some(text)) = (&mut texts, item.known_text()) {
            if texts.insert(text) {
                kept.push(item.clone());
            }
            continue;
        }
        texts = None;
        if !call.context.budget.spend(kept.items.len() + kept.rest.len()) {
            return Err(Refusal::Unread);
        }
        let seen: Vec<Option<bool>> =
            kept.items.iter().chain(&kept.rest).map(|one| is_equal(one, item)).collect();
        let is_repeated = seen.iter().take(kept.items.len()).any(|answer| *answer == Some(true));
        if is_repeated {
            continue;
        }
        if seen.iter().all(|answer| *answer == Some(false)) {
            kept.push(item.clone())
        } else {
            kept.push_rest(item.clone())
        }
    }
    list.rest().into_iter().for_each(|rest| kept.push_rest(rest.clone()));
    Ok(kept.build(SequenceKind::List))
}

/// `reverse`.
pub(super) fn reverse(call: &Call<'_>) -> Answer {
    let sequence = call.sequence(0)?;
    let kind = match sequence.kind() {
        SequenceKind::Tuple => SequenceKind::Tuple,
        SequenceKind::List | SequenceKind::Set => SequenceKind::List,
        SequenceKind::ListOrTuple | SequenceKind::Unsure => SequenceKind::ListOrTuple,
    };
    let mut all = Collected::default();
    all.extend(sequence);
    if all.rest.is_empty() {
        all.items.reverse();
    } else {
        all.rest.extend(std::mem::take(&mut all.items));
    }
    Ok(all.build(kind))
}

/// Lists whose order is not known are kept with their length up to here; longer ones lose it.
const MAX_UNORDERED: usize = 16;

/// `sort`.
pub(super) fn sort(call: &Call<'_>) -> Answer {
    let list = call.list(0, Type::String)?;
    let list = call::sequence(&list)?;
    if list.items().iter().any(Value::is_null) {
        return Err(Refusal::Fails);
    }
    let known: Option<Vec<&str>> = list.items().iter().map(Value::known_text).collect();
    match (known, list.element()) {
        (Some(mut known), _) if list.rest().is_none() => {
            known.sort_unstable();
            Ok(Value::list(known.into_iter().map(Value::from).collect()))
        }
        (_, Some(element)) if list.rest().is_none() && list.items().len() <= MAX_UNORDERED => {
            note_nulls(call, &element);
            Ok(Value::list(vec![element; list.items().len()]))
        }
        (_, Some(element)) => {
            note_nulls(call, &element);
            Ok(Value::elements(SequenceKind::List, element))
        }
        (_, None) => Ok(Value::list(Vec::new())),
    }
}

/// A null among the elements is refused.
fn note_nulls(call: &Call<'_>, element: &Value) {
    if element.may_be_null() {
        call.note_doubt();
    }
}

/// `slice`.
pub(super) fn slice(call: &Call<'_>) -> Answer {
    let sequence = call.sequence(0)?;
    let kind = match sequence.kind() {
        SequenceKind::Set => return Err(Refusal::Fails),
        SequenceKind::Unsure => {
            call.note_doubt();
            SequenceKind::ListOrTuple
        }
        kind @ (SequenceKind::Tuple | SequenceKind::List | SequenceKind::ListOrTuple) => kind,
    };
    let (start, end) = match (call.whole(1), call.whole(2)) {
        (Err(Refusal::Unread), _) | (_, Err(Refusal::Unread)) => {
            call.note_doubt();
            let element = sequence.element();
            return Ok(element.map_or_else(
                || Value::sequence(kind, Vec::new(), None),
                |element| Value::elements(kind, element),
            ));
        }
        (start, end) => (usize::try_from(start?), usize::try_from(end?)),
    };
    let (Ok(start), Ok(end)) = (start, end) else { return Err(Refusal::Fails) };
    if start > end {
        return Err(Refusal::Fails);
    }
    if let Some(items) = sequence.items().get(start..end) {
        return Ok(Value::sequence(kind, items.to_vec(), None));
    }
    let Some(rest) = sequence.rest() else { return Err(Refusal::Fails) };
    call.note_doubt();
    let known = sequence.items().get(start..).unwrap_or_default().to_vec();
    if end - start > MAX_UNORDERED {
        return Ok(Value::sequence(kind, known, Some(rest.clone())));
    }
    let missing = end - start - known.len();
    let items = known.into_iter().chain(std::iter::repeat_n(rest.clone(), missing)).collect();
    Ok(Value::sequence(kind, items, None))
}

/// `chunklist`.
pub(super) fn chunk(call: &Call<'_>) -> Answer {
    let list = call.list(0, Type::Dynamic)?;
    let list = call::sequence(&list)?;
    let size = usize::try_from(call.whole(1)?).map_err(|_| Refusal::Fails)?;
    if let Some(rest) = list.rest() {
        let all = Value::one_of(list.items().iter().chain([rest]).cloned().collect());
        return Ok(Value::elements(SequenceKind::List, Value::elements(SequenceKind::List, all)));
    }
    let items = list.items();
    let size = if size == 0 { items.len().max(1) } else { size };
    Ok(Value::list(items.chunks(size).map(|chunk| Value::list(chunk.to_vec())).collect()))
}

/// `matchkeys`.
pub(super) fn match_keys(call: &Call<'_>) -> Answer {
    let lists = [call.list(0, Type::Dynamic)?, call.list(1, Type::Dynamic)?, call.list(2, Type::Dynamic)?];
    let [values, keys, wanted] = &lists;
    let (values, keys, wanted) = (call::sequence(values)?, call::sequence(keys)?, call::sequence(wanted)?);
    let all = [values, keys, wanted];
    let types: Vec<Type> =
        [keys, wanted].iter().filter_map(|list| Some(Type::of(&list.element()?))).collect();
    let is_alike = types.iter().all(|one| Some(one) == types.first());
    if all.iter().any(|list| list.rest().is_some()) || !is_alike {
        call.note_doubt();
        return Ok(match values.element() {
            Some(element) => Value::elements(SequenceKind::List, element),
            None => Value::list(Vec::new()),
        });
    }
    if values.items().len() != keys.items().len() {
        return Err(Refusal::Fails);
    }
    if !call.context.budget.spend(keys.items().len().saturating_mul(wanted.items().len())) {
        return Err(Refusal::Unread);
    }
    let mut kept = Collected::default();
    for (value, key) in values.items().iter().zip(keys.items()) {
        let answers: Vec<Option<bool>> = wanted.items().iter().map(|one| is_equal(key, one)).collect();
        if answers.contains(&None) {
            kept.push_rest(value.clone());
        } else if answers.contains(&Some(true)) {
            kept.push(value.clone());
        }
    }
    Ok(kept.build(SequenceKind::List))
}
