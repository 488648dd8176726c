//! How the text of a request reads as a number, an instant or an address.
//!
//! Takes text and returns a value that compares; `None` where the text is not of that type. Written apart from the readers
//! of the algebra's own values on purpose: the two are compared with each other.

use std::cmp::Ordering;
use std::net::IpAddr;

use ipnet::IpNet;

/// A decimal number as `±0.digits × 10^point`, with neither leading nor trailing zeros.
#[derive(PartialEq, Eq)]
pub(super) struct Number {
    below_zero: bool,
    point: i64,
    digits: Vec<u8>,
}

impl Number {
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut rest = text.as_bytes();
        let mut below_zero = false;
        if let [sign @ (b'+' | b'-'), tail @ ..] = rest {
            below_zero = *sign == b'-';
            rest = tail;
        }
        let (mut digits, mut point, mut fraction, mut any) = (Vec::new(), 0_i64, false, false);
        while let [byte, tail @ ..] = rest {
            match byte {
                b'0'..=b'9' => {
                    any = true;
                    // A zero before the first significant digit only moves the point, and only after it.
                    if *byte != b'0' || !digits.is_empty() {
                        digits.push(*byte);
                        point += i64::from(!fraction);
                    } else {
                        point -= i64::from(fraction);
                    }
                }
                b'.' if !fraction => fraction = true,
                b'e' | b'E' if any => {
                    point += i64::from(std::str::from_utf8(tail).ok()?.parse::<i32>().ok()?);
                    break;
                }
                _ => return None,
            }
            rest = tail;
        }
        if !any {
            return None;
        }
        while digits.last() == Some(&b'0') {
            digits.pop();
        }
        if digits.is_empty() {
            (below_zero, point) = (false, 0);
        }
        Some(Self { below_zero, point, digits })
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        let size = |number: &Self| (!number.digits.is_empty(), number.point, number.digits.clone());
        match (self.below_zero, other.below_zero) {
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => size(self).cmp(&size(other)),
            (true, true) => size(other).cmp(&size(self)),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Nanoseconds since 1970 of an ISO 8601 date, an ISO 8601 instant with its offset, or whole epoch seconds.
pub(super) fn read_instant(text: &str) -> Option<i128> {
    const SECOND: i128 = 1_000_000_000;
    if let Ok(seconds) = text.parse::<i64>()
        && !text.starts_with('+')
    {
        return Some(i128::from(seconds) * SECOND);
    }
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (date, time) =
        unsigned.split_once(['T', 't']).map_or((unsigned, None), |(date, time)| (date, Some(time)));
    let mut parts = date.split('-');
    let year: i64 = read_number(parts.next()?, 4, 6)?;
    let (month, day) = (read_number(parts.next()?, 2, 2)?, read_number(parts.next()?, 2, 2)?);
    if parts.next().is_some() || !(1..=12).contains(&month) || day < 1 || day > days_in(year, month) {
        return None;
    }
    let days = days_since_1970(if negative { -year } else { year }, month, day);
    let within = time.map_or(Some(0), time_of_day)?;
    Some(i128::from(days) * 86_400 * SECOND + within)
}

/// Nanoseconds since midnight UTC of `hh:mm[:ss[.fraction]]` and an offset.
fn time_of_day(time: &str) -> Option<i128> {
    let zone = time.find(['Z', 'z', '+', '-'])?;
    let (clock, offset) = time.split_at_checked(zone)?;
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let mut parts = clock.split(':');
    let hour = read_number(parts.next()?, 2, 2).filter(|hour| *hour < 24)?;
    let minute = read_number(parts.next()?, 2, 2).filter(|minute| *minute < 60)?;
    let second =
        parts.next().map_or(Some(0), |text| read_number(text, 2, 2)).filter(|second| *second < 60)?;
    if parts.next().is_some() || fraction.len() > 9 {
        return None;
    }
    let nanos = if fraction.is_empty() { 0 } else { read_number(&format!("{fraction:0<9}"), 9, 9)? };
    let shift = match offset.strip_prefix(['+', '-']) {
        None => 0,
        Some(rest) => {
            let (hours, minutes) = rest.split_once(':').or_else(|| rest.split_at_checked(2))?;
            let minutes = if minutes.is_empty() { 0 } else { read_number(minutes, 2, 2)? };
            let size = read_number(hours, 2, 2)? * 3_600 + minutes * 60;
            if offset.starts_with('-') { -size } else { size }
        }
    };
    if shift == 0 && !offset.eq_ignore_ascii_case("z") && !offset.starts_with(['+', '-']) {
        return None;
    }
    Some(i128::from(hour * 3_600 + minute * 60 + second - shift) * 1_000_000_000 + i128::from(nanos))
}

fn read_number(text: &str, least: usize, most: usize) -> Option<i64> {
    let fits = (least..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Counts days in the proleptic Gregorian calendar, with years that begin in March so that a leap day comes last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// An address; an IPv4 address written within IPv6 is an IPv4 address.
pub(super) fn address(text: &str) -> Option<IpAddr> {
    text.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

/// Whether the first bits of the address are those of the network.
pub(super) fn lies_in(address: IpAddr, net: &IpNet) -> bool {
    let first_bits = u32::from(net.prefix_len());
    match (address, net.network()) {
        (IpAddr::V4(address), IpAddr::V4(network)) => {
            let differing = address.to_bits() ^ network.to_bits();
            differing.checked_shr(32 - first_bits).unwrap_or(0) == 0
        }
        (IpAddr::V6(address), IpAddr::V6(network)) => {
            let differing = address.to_bits() ^ network.to_bits();
            differing.checked_shr(128 - first_bits).unwrap_or(0) == 0
        }
        (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Number, address, lies_in, read_instant};

    #[test]
    fn numbers_compare() {
        let rising =
            ["-1e9", "-10", "-9.5", "-0.50", "0", "0.0009", "0.09", "0.1", "0.11", "1", "9", "10", "1e9"];
        for (i, a) in rising.iter().enumerate() {
            for (j, b) in rising.iter().enumerate() {
                let (a, b) = (Number::read(a).unwrap(), Number::read(b).unwrap());
                assert_eq!(a.cmp(&b), i.cmp(&j));
            }
        }
        assert!(Number::read("1.50") == Number::read("0.15e1"));
        assert!(Number::read("-0") == Number::read("0e7"));
        for text in ["", "+", ".", "1e", "x", "1 "] {
            assert!(Number::read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn instants_agree_with_jiff() {
        for text in [
            "2026-11-24T20:22:01Z",
            "1969-12-31T23:59:59.5Z",
            "2024-02-29T00:00:00+02:00",
            "0001-01-01T00:00Z",
        ] {
            let jiff: jiff::Timestamp = text.parse().unwrap();
            assert_eq!(read_instant(text), Some(jiff.as_nanosecond()), "{text}");
        }
        assert_eq!(read_instant("10"), Some(10_000_000_000));
        assert_eq!(read_instant("1970-01-02"), Some(86_400_000_000_000));
        for text in ["", "2023-02-29", "2023-13-01", "2023-01-01T25:00Z", "2023-01-01T00:00", "now"] {
            assert_eq!(read_instant(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_lie_in_networks() {
        let cases = [
            ("10.1.2.3", "10.0.0.0/8", true),
            ("11.1.2.3", "10.0.0.0/8", false),
            ("::ffff:10.1.2.3", "10.0.0.0/8", true),
            ("::1", "0.0.0.0/0", false),
            ("2001:db8::1", "2001:db8::/32", true),
            ("1.2.3.4", "0.0.0.0/0", true),
            ("1.2.3.4", "1.2.3.4/32", true),
        ];
        for (text, net, expected) in cases {
            assert_eq!(lies_in(address(text).unwrap(), &net.parse().unwrap()), expected, "{text} {net}");
        }
    }
}
