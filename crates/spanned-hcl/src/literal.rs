//! Literals: texts, lists of texts, flags, counts, days and lengths of time.
//!
//! Takes an expression and returns its value, or reports a problem that says what was found instead. Everything that
//! would have to be evaluated is refused by name, so that its author learns what to write.

use std::collections::BTreeMap;
use std::time::Duration;

use hcl_edit::expr::Expression;
use jiff::civil::Date;

use crate::decoder::{Decoder, span_of};
use crate::{Place, Spanned};

/// A text.
pub(crate) fn string(decoder: &Decoder, name: &str, value: &Expression) -> Option<Spanned<String>> {
    let span = span_of(value);
    let Some(text) = value.as_str() else {
        refuse(decoder, name, "a string", value);
        return None;
    };
    decoder.is_honest(text, span).then(|| Spanned { value: text.to_owned(), span })
}

/// A list of texts, each once.
pub(crate) fn strings(decoder: &Decoder, name: &str, value: &Expression) -> Vec<Spanned<String>> {
    let Some(array) = value.as_array() else {
        refuse(decoder, name, "a list of strings", value);
        return Vec::new();
    };
    if array.is_empty() {
        let problem = decoder.error(span_of(value), format!("`{name}` is an empty list"));
        decoder.report(problem.help("add at least one element, or remove the attribute if it is optional"));
    }
    let mut seen = BTreeMap::new();
    let mut texts = Vec::new();
    for element in array {
        let Some(text) = string(decoder, name, element) else { continue };
        if text.value.is_empty() {
            decoder.report(decoder.error(text.span, format!("empty string in `{name}`")).help("remove it"));
        } else if let Some(first) = seen.insert(text.value.clone(), text.span) {
            let place = Place { source: decoder.source().clone(), span: first };
            let problem = decoder.error(text.span, format!("duplicate `{}` in `{name}`", text.value));
            decoder.report(problem.related(place, "first listed here").help("remove one of them"));
        } else {
            texts.push(text);
        }
    }
    texts
}

/// A truth value.
pub(crate) fn flag(decoder: &Decoder, name: &str, value: &Expression) -> Option<Spanned<bool>> {
    let Some(flag) = value.as_bool() else {
        refuse(decoder, name, "`true` or `false`", value);
        return None;
    };
    Some(Spanned { value: flag, span: span_of(value) })
}

/// A whole number from zero.
pub(crate) fn count(decoder: &Decoder, name: &str, value: &Expression) -> Option<Spanned<u64>> {
    let Some(count) = value.as_number().and_then(hcl_edit::Number::as_u64) else {
        refuse(decoder, name, "a whole number", value);
        return None;
    };
    Some(Spanned { value: count, span: span_of(value) })
}

/// A day. jiff alone would take more shapes than one.
pub(crate) fn date(decoder: &Decoder, name: &str, value: &Expression) -> Option<Spanned<Date>> {
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

/// A length of time.
pub(crate) fn duration(decoder: &Decoder, name: &str, value: &Expression) -> Option<Spanned<Duration>> {
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
pub(crate) fn refuse(decoder: &Decoder, name: &str, wanted: &str, value: &Expression) {
    let (found, help) = describe(value);
    let problem = decoder.error(span_of(value), format!("`{name}` must be {wanted}, found {found}"));
    decoder.report(problem.help(help.unwrap_or_else(|| format!("use {wanted}"))));
}

fn describe(value: &Expression) -> (&'static str, Option<String>) {
    let literal = |kind: &str| Some(format!("use a literal: {kind} are not evaluated"));
    match value {
        Expression::Null(_) => ("`null`", Some("remove the attribute".to_owned())),
        Expression::Bool(_) => ("a boolean", None),
        Expression::Number(_) => ("a number", None),
        Expression::String(_) => ("a string", None),
        Expression::Array(_) => ("a list", None),
        Expression::Object(_) => ("an object", None),
        Expression::StringTemplate(_) => {
            ("a template", Some("use a literal; write `$${` for a literal `${`".to_owned()))
        }
        Expression::HeredocTemplate(_) => ("a heredoc", Some("use a quoted string".to_owned())),
        Expression::Parenthesis(_) => ("an expression in parentheses", literal("expressions")),
        Expression::Variable(_) => ("a variable", Some("use a literal in quotes".to_owned())),
        Expression::Conditional(_) => ("a conditional", literal("conditionals")),
        Expression::FuncCall(_) => ("a function call", literal("functions")),
        Expression::Traversal(_) => ("a reference", literal("references")),
        Expression::UnaryOp(_) | Expression::BinaryOp(_) => ("an operation", literal("operations")),
        Expression::ForExpr(_) => ("a `for` expression", literal("`for` expressions")),
    }
}

#[cfg(test)]
mod tests {
    use super::parse_length;

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
