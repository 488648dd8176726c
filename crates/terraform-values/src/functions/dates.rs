//! Times: `formatdate`, `timeadd` and `timecmp` of known arguments. Times of the clock are not known here.

use jiff::SignedDuration;
use jiff::civil::{DateTime, Weekday};

use super::call::{Answer, Call};
use super::refusal::Refusal;
use crate::value::number::Number;

/// `formatdate`.
pub(super) fn format_date(call: &Call<'_>) -> Answer {
    format(&call.known(0)?, &call.known(1)?).map(|text| text.as_str().into())
}

/// `timeadd`.
pub(super) fn time_add(call: &Call<'_>) -> Answer {
    add(&call.known(0)?, &call.known(1)?).map(|text| text.as_str().into())
}

/// `timecmp`.
pub(super) fn time_compare(call: &Call<'_>) -> Answer {
    compare(&call.known(0)?, &call.known(1)?).map(|order| Number::from(order as i64).into())
}

/// A time of day somewhere, and how far its clock is ahead of UTC.
struct Moment {
    civil: DateTime,
    /// In seconds.
    offset: i32,
}

/// A timestamp in the strict form of RFC 3339: `2006-01-02T15:04:05Z`.
fn parse(text: &str) -> Result<Moment, Refusal> {
    let (zone, seconds) = if let Some(rest) = text.strip_suffix('Z') {
        (0, rest)
    } else {
        let at = text.len().checked_sub(6).ok_or(Refusal::Fails)?;
        let (rest, zone) = text.split_at_checked(at).ok_or(Refusal::Fails)?;
        (read_offset(zone)?, rest)
    };
    let shape = "dddd-dd-ddTdd:dd:dd";
    let (head, fraction) = seconds.split_at_checked(shape.len()).ok_or(Refusal::Fails)?;
    let fits =
        |(found, wanted): (u8, u8)| if wanted == b'd' { found.is_ascii_digit() } else { found == wanted };
    if !head.bytes().zip(shape.bytes()).all(fits) {
        return Err(Refusal::Fails);
    }
    let digits = fraction.strip_prefix('.').unwrap_or_default();
    if !fraction.is_empty() && (digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(Refusal::Fails);
    }
    // Nanoseconds are kept; more digits are cut. A second of 60 is an error in Terraform.
    if head.ends_with(":60") {
        return Err(Refusal::Fails);
    }
    let digits = digits.get(..9).unwrap_or(digits);
    let civil = if digits.is_empty() { head.to_owned() } else { format!("{head}.{digits}") };
    Ok(Moment { civil: civil.parse().map_err(|_| Refusal::Fails)?, offset: zone })
}

/// `+02:00`, in seconds.
fn read_offset(zone: &str) -> Result<i32, Refusal> {
    let two = |at: usize| -> Option<i32> {
        let digits = zone.get(at..at + 2)?;
        if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
    };
    let sign = match zone.get(..1) {
        Some("+") => 1,
        Some("-") => -1,
        _ => return Err(Refusal::Fails),
    };
    let (Some(hours), Some(minutes), Some(":")) = (two(1), two(4), zone.get(3..4)) else {
        return Err(Refusal::Fails);
    };
    if hours > 23 || minutes > 59 { Err(Refusal::Fails) } else { Ok(sign * (hours * 60 + minutes) * 60) }
}

/// How an offset is written: `+02:00`, or without the colon.
fn write_offset(time: &Moment, separator: &str) -> String {
    let seconds = time.offset;
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
    format!("{sign}{:02}{separator}{:02}", minutes / 60, minutes % 60)
}

/// `Z`, or the offset.
fn write_zone(time: &Moment) -> String {
    if time.offset == 0 { "Z".to_owned() } else { write_offset(time, ":") }
}

fn add(timestamp: &str, duration: &str) -> Result<String, Refusal> {
    let time = parse(timestamp)?;
    let civil = time.civil.checked_add(read_duration(duration)?).map_err(|_| Refusal::Unread)?;
    if !(0..=9999).contains(&civil.year()) {
        return Err(Refusal::Unread);
    }
    Ok(format!("{}{}", civil.strftime("%Y-%m-%dT%H:%M:%S"), write_zone(&Moment { civil, ..time })))
}

fn compare(one: &str, other: &str) -> Result<std::cmp::Ordering, Refusal> {
    // Here Terraform reads with Go's parser, which accepts more than the strict form.
    let read = |text| -> Result<DateTime, Refusal> {
        let time = parse(text).map_err(|_| Refusal::Unread)?;
        time.civil.checked_sub(SignedDuration::from_secs(i64::from(time.offset))).map_err(|_| Refusal::Unread)
    };
    Ok(read(one)?.cmp(&read(other)?))
}

/// Go's durations: `1h30m`, `-2.5s`.
fn read_duration(text: &str) -> Result<SignedDuration, Refusal> {
    let (sign, mut rest) = match text.as_bytes().first() {
        Some(b'-') => (-1, text.get(1..).unwrap_or_default()),
        Some(b'+') => (1, text.get(1..).unwrap_or_default()),
        _ => (1, text),
    };
    if rest == "0" {
        return Ok(SignedDuration::ZERO);
    }
    if rest.is_empty() {
        return Err(Refusal::Fails);
    }
    let mut nanoseconds: i128 = 0;
    while !rest.is_empty() {
        let number_end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).ok_or(Refusal::Fails)?;
        let (number, after) = rest.split_at(number_end);
        let unit_end = after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len());
        let (unit, next) = after.split_at(unit_end);
        nanoseconds += read_part(number, unit)?;
        rest = next;
    }
    let nanoseconds = i64::try_from(sign * nanoseconds).map_err(|_| Refusal::Fails)?;
    Ok(SignedDuration::from_nanos(nanoseconds))
}

/// One number with its unit, in nanoseconds.
fn read_part(number: &str, unit: &str) -> Result<i128, Refusal> {
    let scale: i128 = match unit {
        "ns" => 1,
        "us" | "µs" | "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => return Err(Refusal::Fails),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if (whole.is_empty() && fraction.is_empty()) || fraction.contains('.') {
        return Err(Refusal::Fails);
    }
    // Longer ones overflow in Go, which is an error for whole numbers and a rounding for fractions.
    if whole.len() > 18 || fraction.len() > 9 {
        return Err(Refusal::Unread);
    }
    let digits =
        |text: &str| if text.is_empty() { Ok(0) } else { text.parse::<i128>().map_err(|_| Refusal::Fails) };
    let power = 10_i128.pow(u32::try_from(fraction.len()).map_err(|_| Refusal::Unread)?);
    let part = digits(fraction)? * scale;
    // Go computes this in doubles and cuts; a rest below a nanosecond is where that could differ.
    if part % power != 0 {
        return Err(Refusal::Unread);
    }
    Ok(digits(whole)? * scale + part / power)
}

fn format(specification: &str, timestamp: &str) -> Result<String, Refusal> {
    let time = parse(timestamp)?;
    let mut written = String::new();
    let mut rest = specification;
    while let Some(first) = rest.chars().next() {
        let end = if first == '\'' { end_of_quoted(rest)? } else { end_of_run(rest, first) };
        let (token, next) = rest.split_at(end);
        match first {
            '\'' if token == "''" => written.push('\''),
            '\'' => written.push_str(&token.get(1..token.len() - 1).unwrap_or_default().replace("''", "'")),
            letter if letter.is_ascii_alphabetic() => written.push_str(&write_verb(&time, token, letter)?),
            _ => written.push_str(token),
        }
        rest = next;
    }
    Ok(written)
}

/// Where the quoted literal ends that `text` begins with.
fn end_of_quoted(text: &str) -> Result<usize, Refusal> {
    if text.starts_with("''") {
        return Ok(2);
    }
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'\''), Some(b'\'')) => at += 2,
            (Some(b'\''), _) => return Ok(at + 1),
            _ => at += 1,
        }
    }
    // Terraform takes some of these for a literal, and others for an error.
    Err(Refusal::Unread)
}

/// Where the run of one letter, or of literal text, ends.
fn end_of_run(text: &str, first: char) -> usize {
    let is_end =
        |c: char| if first.is_ascii_alphabetic() { c != first } else { c == '\'' || c.is_ascii_alphabetic() };
    text.find(is_end).unwrap_or(text.len())
}

/// One verb: a run of one letter.
fn write_verb(time: &Moment, token: &str, letter: char) -> Result<String, Refusal> {
    let number = |number: i16| match token.len() {
        1 => Ok(number.to_string()),
        2 => Ok(format!("{number:02}")),
        _ => Err(Refusal::Fails),
    };
    let name = |name: &str, short: usize| match token.len() {
        length if length == short => Ok(name.get(..3).unwrap_or(name).to_owned()),
        length if length == short + 1 => Ok(name.to_owned()),
        _ => Err(Refusal::Fails),
    };
    let hour = i16::from(time.civil.hour());
    match (letter, token.len()) {
        ('Y', 2) => Ok(format!("{:02}", time.civil.year() % 100)),
        ('Y', 4) => Ok(format!("{:04}", time.civil.year())),
        ('M', 1 | 2) => number(i16::from(time.civil.month())),
        ('M', _) => name(month_name(time.civil.month()), 3),
        ('D', _) => number(i16::from(time.civil.day())),
        ('E', _) => name(weekday_name(time.civil.weekday()), 3),
        ('h', _) => number(hour),
        ('H', _) => number(if hour % 12 == 0 { 12 } else { hour % 12 }),
        ('A', 2) => Ok(if hour < 12 { "AM" } else { "PM" }.to_owned()),
        ('a', 2) => Ok(if hour < 12 { "am" } else { "pm" }.to_owned()),
        ('m', _) => number(i16::from(time.civil.minute())),
        ('s', _) => number(i16::from(time.civil.second())),
        ('Z', 1) => Ok(write_zone(time)),
        ('Z', 3) if time.offset == 0 => Ok("UTC".to_owned()),
        ('Z', 3 | 4) => Ok(write_offset(time, "")),
        ('Z', 5) => Ok(write_offset(time, ":")),
        _ => Err(Refusal::Fails),
    }
}

fn month_name(month: i8) -> &'static str {
    match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

fn weekday_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}
