//! Numbers.
//!
//! Terraform computes with binary floats of 512 bits. A [`Number`] is an exact decimal, and arithmetic answers only where
//! the exact result is also what 512 bits hold; everything else has no answer here.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use bigdecimal::{BigDecimal, ToPrimitive, Zero};

/// Digits before or after the point, at most: 512 bits hold 154, and a bound below keeps texts short.
const MAX_DIGITS: i64 = 120;

/// Binary digits of a number whose arithmetic is exact in Terraform, with room for carries.
const MAX_BITS: u64 = 500;

/// A decimal number, exactly.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Number(Arc<BigDecimal>);

impl Number {
    /// The number that decimal text spells: `-1.5e3`. `None` where it is no number, or too long a one.
    pub fn parse(text: &str) -> Option<Self> {
        let is_plain =
            text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E'));
        let exponent = text.split(['e', 'E']).nth(1).map_or(Some(0), |digits| digits.parse::<i32>().ok())?;
        if !is_plain
            || text.len() > 2 * usize::try_from(MAX_DIGITS).ok()?
            || i64::from(exponent).abs() > MAX_DIGITS
        {
            return None;
        }
        let number = Self::new(BigDecimal::from_str(text).ok()?)?;
        // Terraform keeps the sign of zero.
        (!number.is_zero() || !text.starts_with('-')).then_some(number)
    }

    /// A number of so many digits as are kept.
    pub fn new(value: BigDecimal) -> Option<Self> {
        let value = value.normalized();
        let scale = value.fractional_digit_count();
        let digits = i64::try_from(value.digits()).ok()?;
        let is_short =
            scale <= MAX_DIGITS && digits.saturating_sub(scale) <= MAX_DIGITS && digits <= MAX_DIGITS;
        is_short.then(|| Self(Arc::new(value)))
    }

    /// The exact decimal.
    pub fn value(&self) -> &BigDecimal {
        &self.0
    }

    /// The whole number that it is.
    pub fn to_i64(&self) -> Option<i64> {
        if self.0.is_integer() { self.0.to_i64() } else { None }
    }

    /// The whole number that it is, from zero on.
    pub fn to_usize(&self) -> Option<usize> {
        usize::try_from(self.to_i64()?).ok()
    }

    /// Whether it has no fraction.
    pub fn is_whole(&self) -> bool {
        self.0.is_integer()
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// By size.
    pub fn compare(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }

    /// Whether 512 binary digits hold it exactly, with room: a whole number over a small power of two.
    pub fn is_binary(&self) -> bool {
        let scale = self.0.fractional_digit_count().max(0);
        if scale == 0 {
            return self.0.digits() <= MAX_DIGITS.unsigned_abs();
        }
        // d digits after the point are a whole number over 2^d exactly where 2^d times it is whole.
        let Ok(scale) = u32::try_from(scale) else { return false };
        let shifted = self.0.as_ref() * BigDecimal::from(2).powi(i64::from(scale));
        shifted.is_integer() && shifted.as_bigint_and_scale().0.bits() <= MAX_BITS
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(Arc::new(BigDecimal::from(value).normalized()))
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self(Arc::new(BigDecimal::from(value).normalized()))
    }
}

impl From<usize> for Number {
    fn from(value: usize) -> Self {
        Self(Arc::new(BigDecimal::from(value as u64).normalized()))
    }
}

impl fmt::Display for Number {
    /// As Terraform writes a number in a text: without exponent, and without zeros that say nothing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_plain_string())
    }
}
