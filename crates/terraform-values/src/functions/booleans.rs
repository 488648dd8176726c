//! `alltrue` and `anytrue`.

use super::call::{self, Answer, Call};
use crate::types::Type;
use crate::value::Value;

/// `alltrue`.
pub(super) fn all_true(call: &Call<'_>) -> Answer {
    // A null counts as false.
    search(call, false)
}

/// `anytrue`.
pub(super) fn any_true(call: &Call<'_>) -> Answer {
    search(call, true)
}

/// Whether an element has the truth value that decides; all others leave the other one.
fn search(call: &Call<'_>, decisive: bool) -> Answer {
    let list = call.list(0, Type::Bool)?;
    let list = call::sequence(&list)?;
    let mut is_open = list.rest().is_some();
    for item in list.items() {
        let truth = if item.is_null() { Some(false) } else { item.as_bool() };
        match truth {
            Some(truth) if truth == decisive => return Ok(decisive.into()),
            Some(_) => {}
            None => is_open = true,
        }
    }
    Ok(if is_open { Value::any_bool() } else { (!decisive).into() })
}
