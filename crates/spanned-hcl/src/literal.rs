//! Literals: texts, lists of texts, flags, counts, days, instants and lengths of time.
//!
//! Takes an expression and returns its value, or reports a problem that says what was found instead. Everything that
//! would have to be evaluated is refused by name, so that its author learns what to write.

use std::collections::BTreeMap;
use std::time::Duration;

use hcl_edit::expr::Expression;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::decoder::Decoder;
use crate::document::Value;
use crate::plain::ValueKind;
use crate::{Place, Spanned};

/// A text.
pub(crate) fn string(decoder: &Decoder, name: &str, value: Value<'_>) -> Option<Spanned<String>> {
    text(decoder, name, value).map(to_owned)
}

fn text<'a>(decoder: &Decoder, name: &str, value: Value<'a>) -> Option<Spanned<&'a str>> {
    let span = value.span();
    let Some(text) = value.as_text() else {
        refuse(decoder, name, "a string", value);
        return None;
    };
    decoder.is_honest(text, span).then_some(Spanned { value: text, span })
}

fn to_owned(text: Spanned<&str>) -> Spanned<String> {
    Spanned { value: text.value.to_owned(), span: text.span }
}

/// A list of texts, each once.
pub(crate) fn strings(decoder: &Decoder, name: &str, value: Value<'_>) -> Vec<Spanned<String>> {
    let Some(elements) = value.as_list() else {
        refuse(decoder, name, "a list of strings", value);
        return Vec::new();
    };
    let mut elements = elements.peekable();
    if elements.peek().is_none() {
        let problem = decoder.error(value.span(), format!("`{name}` is an empty list"));
        decoder.report(problem.help("add at least one element, or remove the attribute if it is optional"));
    }
    let mut seen = BTreeMap::new();
    let mut texts = Vec::with_capacity(elements.size_hint().0);
    for element in elements {
        let Some(text) = text(decoder, name, element) else { continue };
        if text.value.is_empty() {
            decoder.report(decoder.error(text.span, format!("empty string in `{name}`")).help("remove it"));
        } else if let Some(first) = seen.insert(text.value, text.span) {
            let place = Place { source: decoder.source().clone(), span: first };
            let problem = decoder.error(text.span, format!("duplicate `{}` in `{name}`", text.value));
            decoder.report(problem.related(place, "first listed here").help("remove one of them"));
        } else {
            texts.push(to_owned(text));
        }
    }
    texts
}

/// A truth value.
pub(crate) fn flag(decoder: &Decoder, name: &str, value: Value<'_>) -> Option<Spanned<bool>> {
    let Some(flag) = value.as_flag() else {
        refuse(decoder, name, "`true` or `false`", value);
        return None;
    };
    Some(Spanned { value: flag, span: value.span() })
}

/// A whole number from zero.
pub(crate) fn count(decoder: &Decoder, name: &str, value: Value<'_>) -> Option<Spanned<u64>> {
    let Some(count) = value.as_count() else {
        refuse(decoder, name, "a whole number", value);
        return None;
    };
    Some(Spanned { value: count, span: value.span() })
}

/// A day. jiff alone would take more shapes than one.
pub(crate) fn date(decoder: &Decoder, name: &str, value: Value<'_>) -> Option<Spanned<Date>> {
    let text = string(decoder, name, value)?;
    let shape = text.value.len() == 10
        && text.value.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    match text.value.parse::<Date>() {
        Ok(date) if shape => Some(Spanned { value: date, span: text.span }),
        Ok(_) | Err(_) => {
            let problem = decoder.error(text.span, format!("`{}` in `{name}` is not a date", text.value));
            decoder.report(problem.help("use YYYY-MM-DD, such as `2026-11-20`"));
            None
        }
    }
}

/// An instant.
pub(crate) fn instant(decoder: &Decoder, name: &str, value: Value<'_>) -> Option<Spanned<Timestamp>> {
    let text = string(decoder, name, value)?;
    match parse_instant(&text.value) {
        Some(value) => Some(Spanned { value, span: text.span }),
        None => {
            let problem = decoder.error(text.span, format!("`{}` in `{name}` is not an instant", text.value));
            decoder.report(problem.help("write it in UTC to the second, such as `2026-11-24T02:10:00Z`"));
            None
        }
    }
}

/// An instant in the one form that has one reading: RFC 3339, in UTC, to the second.
fn parse_instant(text: &str) -> Option<Timestamp> {
    // The parser would take offsets, spaces and second 60 as well.
    text.parse().ok().filter(|instant: &Timestamp| instant.to_string() == text)
}

/// A length of time.
pub(crate) fn duration(decoder: &Decoder, name: &str, value: Value<'_>) -> Option<Spanned<Duration>> {
    let text = string(decoder, name, value)?;
    match parse_length(&text.value) {
        Some(value) => Some(Spanned { value, span: text.span }),
        None => {
            let problem = decoder.error(text.span, format!("`{}` in `{name}` is not a duration", text.value));
            decoder.report(
                problem.help("use a number above zero and a unit of d, h, m or s, such as `120d` or `12h`"),
            );
            None
        }
    }
}

/// `120d`, `12h`, `30m`, `45s`; none for zero and for what does not fit.
fn parse_length(text: &str) -> Option<Duration> {
    let unit = match text.chars().next_back()? {
        'd' => 86_400,
        'h' => 3_600,
        'm' => 60,
        's' => 1,
        _ => return None,
    };
    let digits = text.get(..text.len() - 1)?;
    // The parser of numbers would take a sign as well.
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let seconds = digits.parse::<u64>().ok()?.checked_mul(unit)?;
    // Days beyond this are beyond the calendar.
    (seconds > 0 && seconds <= 86_400 * 366 * 1_000).then(|| Duration::from_secs(seconds))
}

/// Reports what was found instead of what is wanted.
pub(crate) fn refuse(decoder: &Decoder, name: &str, wanted: &str, value: Value<'_>) {
    let (found, help) = describe(value);
    let problem = decoder.error(value.span(), format!("`{name}` must be {wanted}, found {found}"));
    decoder.report(problem.help(help.unwrap_or_else(|| format!("use {wanted}"))));
}

fn describe(value: Value<'_>) -> (&'static str, Option<String>) {
    match value {
        Value::Plain(value) => describe_plain(&value.kind),
        Value::Full(value) => describe_expression(value),
    }
}

fn describe_plain(kind: &ValueKind<'_>) -> (&'static str, Option<String>) {
    match kind {
        ValueKind::Flag(_) => ("a boolean", None),
        ValueKind::Count(_) => ("a number", None),
        ValueKind::Text(_) => ("a string", None),
        ValueKind::List(_) => ("a list", None),
        ValueKind::Template(_) => describe_template(),
        ValueKind::Reference(_) => describe_reference(),
    }
}

fn describe_template() -> (&'static str, Option<String>) {
    ("a template", Some("use a literal; write `$${` for a literal `${`".to_owned()))
}

fn describe_reference() -> (&'static str, Option<String>) {
    ("a reference", Some("use a literal: references are not evaluated".to_owned()))
}

fn describe_expression(value: &Expression) -> (&'static str, Option<String>) {
    let literal = |kind: &str| Some(format!("use a literal: {kind} are not evaluated"));
    match value {
        Expression::Null(_) => ("`null`", Some("remove the attribute".to_owned())),
        Expression::Bool(_) => ("a boolean", None),
        Expression::Number(_) => ("a number", None),
        Expression::String(_) => ("a string", None),
        Expression::Array(_) => ("a list", None),
        Expression::Object(_) => ("an object", None),
        Expression::StringTemplate(_) => describe_template(),
        Expression::HeredocTemplate(_) => ("a heredoc", Some("use a quoted string".to_owned())),
        Expression::Parenthesis(_) => ("an expression in parentheses", literal("expressions")),
        Expression::Variable(_) => ("a variable", Some("use a literal in quotes".to_owned())),
        Expression::Conditional(_) => ("a conditional", literal("conditionals")),
        Expression::FuncCall(_) => ("a function call", literal("functions")),
        Expression::Traversal(_) => describe_reference(),
        Expression::UnaryOp(_) | Expression::BinaryOp(_) => ("an operation", literal("operations")),
        Expression::ForExpr(_) => ("a `for` expression", literal("`for` expressions")),
    }
}

#[cfg(test)]
mod tests {
    use super::{parse_instant, parse_length};

    #[test]
    fn instants() {
        let seconds = |text| parse_instant(text).map(|instant| instant.as_second());
        assert_eq!(seconds("1970-01-02T00:00:01Z"), Some(86_401));
        for wrong in [
            "",
            "2026-11-24",
            "2026-11-24T02:10Z",
            "2026-11-24 02:10:00Z",
            "2026-11-24t02:10:00z",
            "2026-11-24T02:10:00",
            "2026-11-24T02:10:00+00:00",
            "2026-11-24T02:10:00+01:00",
            "2026-11-24T02:10:00.500Z",
            "2026-11-24T02:10:60Z",
            "2026-11-24T24:00:00Z",
            "2026-02-30T02:10:00Z",
            " 2026-11-24T02:10:00Z",
            "2026-11-24T02:10:00Z[UTC]",
        ] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn lengths_of_time() {
        let seconds = |text| parse_length(text).map(|length| length.as_secs());
        assert_eq!(seconds("120d"), Some(120 * 86_400));
        assert_eq!(seconds("12h"), Some(43_200));
        assert_eq!(seconds("30m"), Some(1_800));
        assert_eq!(seconds("45s"), Some(45));
        for wrong in
            ["", "d", "0d", "-1d", "+1d", "1", "1 d", "1w", "1d2h", "1é", "99999999999999999999d", "9999999d"]
        {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }
}
