//! Exact decimal numbers.
//!
//! Takes text as Java's `BigDecimal` reads it (an optional sign, digits with an optional point, an optional exponent),
//! since that is how AWS reads numbers, and returns a number that compares exactly. Nothing here rounds,
//! and no number is ever written out in full, so that `1e999999999` costs nothing.

use std::cmp::Ordering;
use std::fmt;

/// An exact decimal number, in lowest terms: `digits × 10^exponent`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// Whether it is below zero; zero is not.
    negative: bool,
    /// Significant digits without leading or trailing zeros; empty for zero.
    digits: Box<str>,
    /// The power of ten of the last digit; 0 for zero.
    exponent: i64,
}

impl Decimal {
    /// Reads a number; `None` where the text is none, or where its exponent does not fit 32 bits.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, power) = match rest.split_once(['e', 'E']) {
            Some((mantissa, power)) => (mantissa, i64::from(power.parse::<i32>().ok()?)),
            None => (rest, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all_digits = format!("{whole}{fraction}");
        if all_digits.is_empty() || !all_digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let exponent = power - i64::try_from(fraction.len()).ok()?;
        Self::normalised(negative, &all_digits, exponent)
    }

    /// Drops zeros at both ends.
    fn normalised(negative: bool, digits: &str, exponent: i64) -> Option<Self> {
        let leading = digits.trim_start_matches('0');
        let trimmed = leading.trim_end_matches('0');
        if trimmed.is_empty() {
            return Some(Self { negative: false, digits: "".into(), exponent: 0 });
        }
        let dropped = i64::try_from(leading.len() - trimmed.len()).ok()?;
        Some(Self { negative, digits: trimmed.into(), exponent: exponent + dropped })
    }

    /// A number strictly between two others, where `self < other`: the shortest whole one if there is one near.
    pub(crate) fn between(&self, other: &Self) -> Self {
        let next = self.plus_one();
        if let Some(next) = next
            && next < *other
        {
            return next;
        }
        if self.negative && !other.negative && !other.digits.is_empty() {
            return Self { negative: false, digits: "".into(), exponent: 0 };
        }
        if self.negative {
            return other.negated().between_positive(&self.negated()).negated();
        }
        self.between_positive(other)
    }

    /// A number strictly between two others, where `0 <= self < other`.
    fn between_positive(&self, other: &Self) -> Self {
        if self.digits.is_empty() {
            return Self { negative: false, digits: "1".into(), exponent: other.magnitude() - 2 };
        }
        let mut digits = self.digits.to_string();
        let mut exponent = self.exponent;
        // Where both begin at the same power of ten, a digit after the longer one's last is still below the
        // other; otherwise any further digit stays below the next power of ten, which the other has reached.
        while self.magnitude() == other.magnitude() && digits.len() < other.digits.len() {
            digits.push('0');
            exponent -= 1;
        }
        digits.push('5');
        Self { negative: false, digits: digits.into(), exponent: exponent - 1 }
    }

    /// A number below or above this one, whole where this one is small.
    pub(crate) fn beyond(&self, direction: Ordering) -> Self {
        let shifted = match direction {
            Ordering::Less => self.negated().plus_one().map(|number| number.negated()),
            Ordering::Equal => return self.clone(),
            Ordering::Greater => self.plus_one(),
        };
        let negative = direction == Ordering::Less;
        shifted.unwrap_or_else(|| Self {
            negative,
            digits: "1".into(),
            exponent: self.magnitude().max(0) + 1,
        })
    }

    /// The greatest whole number that is not above this one; `None` where it does not fit 128 bits.
    pub(crate) fn floor(&self) -> Option<i128> {
        let read = |digits: &str| if digits.is_empty() { Some(0) } else { digits.parse::<i128>().ok() };
        let places = match u32::try_from(self.exponent) {
            Ok(zeros) => {
                let whole = read(&self.digits)?.checked_mul(10_i128.checked_pow(zeros)?)?;
                return Some(if self.negative { -whole } else { whole });
            }
            Err(_) => usize::try_from(self.exponent.unsigned_abs()).ok()?,
        };
        // The last digit is not 0, so that something is cut off.
        let whole = read(self.digits.get(..self.digits.len().saturating_sub(places))?)?;
        Some(if self.negative { -whole - 1 } else { whole })
    }

    /// One more, where this is a whole number of ordinary size.
    fn plus_one(&self) -> Option<Self> {
        let mut whole: i64 = if self.digits.is_empty() { 0 } else { self.digits.parse().ok()? };
        for _ in 0..u8::try_from(self.exponent).ok()? {
            whole = whole.checked_mul(10)?;
        }
        let next = if self.negative { whole.checked_neg()? } else { whole }.checked_add(1)?;
        Self::parse(&next.to_string())
    }

    fn negated(&self) -> Self {
        let negative = !self.negative && !self.digits.is_empty();
        Self { negative, digits: self.digits.clone(), exponent: self.exponent }
    }

    /// The `m` for which `10^(m-1) <= |self| < 10^m`; meaningless for zero.
    fn magnitude(&self) -> i64 {
        self.exponent.saturating_add(i64::try_from(self.digits.len()).unwrap_or(i64::MAX))
    }

    /// -1, 0 or 1.
    fn sign(&self) -> i8 {
        if self.digits.is_empty() {
            0
        } else if self.negative {
            -1
        } else {
            1
        }
    }

    fn compare_absolute(&self, other: &Self) -> Ordering {
        self.magnitude().cmp(&other.magnitude()).then_with(|| self.digits.cmp(&other.digits))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.sign(), other.sign()) {
            (1, 1) => self.compare_absolute(other),
            (-1, -1) => other.compare_absolute(self),
            (mine, theirs) => mine.cmp(&theirs),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<u64> for Decimal {
    fn from(number: u64) -> Self {
        let zero = Self { negative: false, digits: "".into(), exponent: 0 };
        Self::normalised(false, &number.to_string(), 0).unwrap_or(zero)
    }
}

impl fmt::Display for Decimal {
    /// Plain where that is short, otherwise with an exponent; [`Decimal::parse`] reads both.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        if self.digits.is_empty() {
            return f.write_str("0");
        }
        match usize::try_from(self.exponent) {
            Ok(zeros) if zeros <= 20 => return write!(f, "{sign}{}{}", self.digits, "0".repeat(zeros)),
            Ok(_) => return write!(f, "{sign}{}e{}", self.digits, self.exponent),
            Err(_) => {}
        }
        let places = usize::try_from(self.exponent.unsigned_abs()).unwrap_or(usize::MAX);
        if places > 20 {
            return write!(f, "{sign}{}e{}", self.digits, self.exponent);
        }
        let padded = format!("{:0>width$}", self.digits, width = places + 1);
        let (whole, fraction) = padded.split_at(padded.len() - places);
        write!(f, "{sign}{whole}.{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;
    use std::cmp::Ordering;

    fn number(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn floors_are_whole_and_not_above() {
        let cases = [("0", 0), ("5", 5), ("-5", -5), ("1.5", 1), ("-1.5", -2), ("0.009", 0), ("-1e-30", -1)];
        for (text, floor) in cases.into_iter().chain([("12e3", 12_000), ("7.0000000000000000000000001", 7)]) {
            assert_eq!(number(text).floor(), Some(floor), "{text}");
        }
        assert_eq!(number("1e40").floor(), None);
    }

    #[test]
    fn reads_what_java_reads() {
        for text in ["1", "+1", "-1", "1.", ".5", "1e3", "1E-3", "00.10", "-0"] {
            assert!(Decimal::parse(text).is_some(), "{text}");
        }
        for text in ["", "+", ".", "1 ", "0x1", "1e", "e1", "--1", "1e99999999999", "NaN", "1.2.3"] {
            assert!(Decimal::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn compares_exactly() {
        let rising =
            ["-1e9", "-10", "-9.5", "-1", "-0.5", "0", "1e-9", "0.09", "0.1", "0.11", "1", "9", "10", "1e9"];
        for (i, a) in rising.iter().enumerate() {
            for (j, b) in rising.iter().enumerate() {
                assert_eq!(number(a).cmp(&number(b)), i.cmp(&j), "{a} {b}");
            }
        }
        assert_eq!(number("1.50"), number("150e-2"));
        assert_eq!(number("-0.0"), number("0"));
    }

    #[test]
    fn finds_numbers_between_and_beyond() {
        let rising =
            ["-1e40", "-10", "-9.5", "-1", "0", "1e-9", "0.1", "0.11", "1", "1.05", "1.1", "2", "10", "1e40"];
        for pair in rising.windows(2) {
            let (low, high) = (number(pair[0]), number(pair[1]));
            let middle = low.between(&high);
            assert!(low < middle && middle < high, "{low} {middle} {high}");
            assert_eq!(number(&middle.to_string()), middle);
        }
        for text in rising {
            assert!(number(text).beyond(Ordering::Less) < number(text), "{text}");
            assert!(number(text).beyond(Ordering::Greater) > number(text), "{text}");
        }
    }

    #[test]
    fn shows_what_it_reads() {
        for text in ["0", "-12", "1.05", "0.001", "1200", "-0.5"] {
            assert_eq!(number(text).to_string(), text);
        }
    }
}
