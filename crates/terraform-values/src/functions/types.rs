//! Conversion functions, and sensitivity.

use super::call::{Answer, Call};
use crate::outcome::Outcome;
use crate::types::Type;
use crate::value::Value;
use crate::value::marks::Marks;

/// `tostring`.
pub(super) fn to_string(call: &Call<'_>) -> Answer {
    call.convert(call.argument(0)?, &Type::String)
}

/// `tonumber`.
pub(super) fn to_number(call: &Call<'_>) -> Answer {
    call.convert(call.argument(0)?, &Type::Number)
}

/// `tobool`.
pub(super) fn to_bool(call: &Call<'_>) -> Answer {
    call.convert(call.argument(0)?, &Type::Bool)
}

/// `tolist`.
pub(super) fn to_list(call: &Call<'_>) -> Answer {
    call.convert(call.argument(0)?, &Type::List(Box::new(Type::Dynamic)))
}

/// `toset`.
pub(super) fn to_set(call: &Call<'_>) -> Answer {
    call.convert(call.argument(0)?, &Type::Set(Box::new(Type::Dynamic)))
}

/// `tomap`.
pub(super) fn to_map(call: &Call<'_>) -> Answer {
    call.convert(call.argument(0)?, &Type::Map(Box::new(Type::Dynamic)))
}

/// `sensitive`.
pub(super) fn sensitive(call: &Call<'_>) -> Answer {
    Ok(call.argument(0)?.clone().with_marks(&Marks::SENSITIVE))
}

/// `issensitive`. What has no mark here may have one in Terraform.
pub(super) fn is_sensitive(call: &Call<'_>) -> Answer {
    Ok(if call.argument(0)?.marks().is_sensitive() { true.into() } else { Value::any_bool() })
}

/// `nonsensitive`: the one function whose result has fewer marks than its argument.
pub(super) fn remove_sensitivity(arguments: &[Value]) -> Outcome {
    let [argument] = arguments else { return Outcome::FAILS };
    let plain = |value: &Value| {
        let marks = value.marks.clone().without_sensitive();
        Value { marks, ..value.clone() }
    };
    let alternatives = argument.alternatives().iter().map(plain).collect();
    Value::one_of(alternatives).into()
}
