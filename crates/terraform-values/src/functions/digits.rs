//! Numbers as `format` writes them, and `parseint`.

use bigdecimal::num_bigint::BigInt;
use bigdecimal::{BigDecimal, Num as _, RoundingMode, Signed as _, Zero as _};

use super::refusal::Refusal;
use super::verbs::Verb;
use crate::Number;

/// A number under one of the verbs `b d o x X e E f g G`.
pub(super) fn write(number: &Number, verb: &Verb) -> Result<String, Refusal> {
    if verb.is_sharp {
        return Err(Refusal::Unread);
    }
    let digits = match verb.mode {
        'b' => write_whole(number, verb, 2)?,
        'o' => write_whole(number, verb, 8)?,
        'd' => write_whole(number, verb, 10)?,
        'x' => write_whole(number, verb, 16)?,
        'X' => write_whole(number, verb, 16)?.to_uppercase(),
        'f' => write_fixed(number, verb.precision.unwrap_or(6))?,
        'e' => write_exponent(number, Some(verb.precision.unwrap_or(6)))?,
        'E' => write_exponent(number, Some(verb.precision.unwrap_or(6)))?.to_uppercase(),
        // A precision counts all digits here, and rounds to them.
        'g' | 'G' if verb.precision.is_some() => return Err(Refusal::Unread),
        'g' => write_general(number),
        'G' => write_general(number).to_uppercase(),
        _ => return Err(Refusal::Fails),
    };
    Ok(place(verb, number.value().is_negative(), &digits))
}

/// `%v` of a number: the shortest form, as `%g` has it.
pub(super) fn write_general(number: &Number) -> String {
    let (digits, exponent) = split(&number.value().abs());
    if (-4..21).contains(&exponent) && (exponent < 6) {
        return number.value().abs().to_plain_string();
    }
    write_mantissa(&digits, exponent)
}

/// The sign, and the field.
fn place(verb: &Verb, is_negative: bool, digits: &str) -> String {
    let sign = match (is_negative, verb.has_plus, verb.has_space) {
        (true, ..) => "-",
        (false, true, _) => "+",
        (false, false, true) => " ",
        (false, false, false) => "",
    };
    let missing = verb.width.unwrap_or_default().saturating_sub(sign.len() + digits.len());
    match (verb.is_left, verb.is_zero) {
        (true, _) => format!("{sign}{digits}{}", " ".repeat(missing)),
        (false, true) => format!("{sign}{}{digits}", "0".repeat(missing)),
        (false, false) => format!("{}{sign}{digits}", " ".repeat(missing)),
    }
}

fn write_whole(number: &Number, verb: &Verb, radix: u32) -> Result<String, Refusal> {
    if verb.precision.is_some() {
        return Err(Refusal::Unread);
    }
    Ok(whole(number).ok_or(Refusal::Fails)?.abs().to_str_radix(radix))
}

/// The whole number that it is.
fn whole(number: &Number) -> Option<BigInt> {
    number.is_whole().then(|| number.value().with_scale(0).into_bigint_and_exponent().0)
}

/// So many digits after the point.
fn write_fixed(number: &Number, precision: usize) -> Result<String, Refusal> {
    let scale = i64::try_from(precision).map_err(|_| Refusal::Unread)?;
    round(number.value(), scale, number.is_binary()).map(|rounded| rounded.abs().to_plain_string())
}

/// Rounded half to even, as Go does; a tie that binary digits do not hold lies on one side or the other.
fn round(value: &BigDecimal, scale: i64, is_binary: bool) -> Result<BigDecimal, Refusal> {
    let down = value.with_scale_round(scale, RoundingMode::HalfDown);
    if !is_binary && down != value.with_scale_round(scale, RoundingMode::HalfUp) {
        return Err(Refusal::Unread);
    }
    Ok(value.with_scale_round(scale, RoundingMode::HalfEven))
}

/// `%e`, with so many digits after the point.
fn write_exponent(number: &Number, precision: Option<usize>) -> Result<String, Refusal> {
    let value = number.value().abs();
    let (_, exponent) = split(&value);
    let precision = precision.unwrap_or_default();
    let scale = i64::try_from(precision).map_err(|_| Refusal::Unread)? - exponent;
    let rounded = round(&value, scale, number.is_binary())?;
    let (mut digits, exponent) = split(&rounded);
    if value.is_zero() {
        digits = "0".to_owned();
    }
    digits.push_str(&"0".repeat((precision + 1).saturating_sub(digits.len())));
    Ok(write_mantissa(&digits, exponent))
}

/// `1.5e+06`, of the digits `15`.
fn write_mantissa(digits: &str, exponent: i64) -> String {
    let (first, rest) = digits.split_at(1.min(digits.len()));
    let point = if rest.is_empty() { "" } else { "." };
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{first}{point}{rest}e{sign}{:02}", exponent.abs())
}

/// The digits without zeros at either end, and the power of ten of the first.
fn split(value: &BigDecimal) -> (String, i64) {
    let (digits, scale) = value.normalized().into_bigint_and_exponent();
    let digits = digits.to_string();
    let count = i64::try_from(digits.len()).unwrap_or(i64::MAX);
    let exponent = if value.is_zero() { 0 } else { count - 1 - scale };
    (digits, exponent)
}

/// `parseint`.
pub(super) fn parse_whole(text: &str, base: i64) -> Result<Number, Refusal> {
    let base = u32::try_from(base).ok().filter(|base| (2..=62).contains(base)).ok_or(Refusal::Fails)?;
    // From base 37 on, Go tells upper from lower case.
    if base > 36 {
        return Err(Refusal::Unread);
    }
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(base)) {
        return Err(Refusal::Fails);
    }
    let value =
        BigInt::from_str_radix(text.strip_prefix('+').unwrap_or(text), base).map_err(|_| Refusal::Unread)?;
    Number::new(BigDecimal::from(value)).ok_or(Refusal::Unread)
}
