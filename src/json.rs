//! Strict JSON.
//!
//! Takes a text and returns its [`Value`], refusing what two readers could read in two ways.
//! Duplicate keys (compared after unescaping) are errors, wherever they stand; a number that not every
//! reader keeps exactly reads as unknown. Errors give a position and never the text, because a plan may hold secrets.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;

use crate::value::{UnknownOrigin, Value};

/// Why a text is not JSON that everybody reads alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("{fault} at line {line}, column {column}")]
pub struct JsonError {
    /// What is wrong.
    pub fault: JsonFault,
    line: usize,
    column: usize,
}

/// What is wrong with a text that should be JSON. The words never quote it: serde_json's own quote the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum JsonFault {
    /// It is no JSON.
    #[error("this is not JSON")]
    Syntax,
    /// It is cut short.
    #[error("the JSON ends before it is complete")]
    Truncated,
    /// Two readers could take two values from it.
    #[error("the same key twice in one object")]
    RepeatedKey,
    /// It is JSON, and not of the shape that is read here.
    #[error("a key stands twice, is missing, or has a value of another type than the format gives it")]
    Shape,
}

impl From<serde_json::Error> for JsonError {
    fn from(error: serde_json::Error) -> Self {
        let fault = match error.classify() {
            Category::Io | Category::Syntax => JsonFault::Syntax,
            Category::Eof => JsonFault::Truncated,
            Category::Data => JsonFault::Shape,
        };
        Self { fault, line: error.line(), column: error.column() }
    }
}

impl JsonError {
    /// The error of a reader that takes any JSON, and refuses nothing but a key that stands twice.
    fn of_any_value(error: serde_json::Error) -> Self {
        let error = Self::from(error);
        let fault = if error.fault == JsonFault::Shape { JsonFault::RepeatedKey } else { error.fault };
        Self { fault, ..error }
    }
}

/// Reads one JSON text, and nothing after it.
pub fn parse(text: &str) -> Result<Value, JsonError> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Strict.deserialize(&mut reader).map_err(JsonError::of_any_value)?;
    reader.end()?;
    Ok(value)
}

/// Checks that a JSON text can be read, and in one way only, without keeping what it says.
pub fn check(text: &str) -> Result<(), JsonError> {
    let mut reader = serde_json::Deserializer::from_str(text);
    Checked.deserialize(&mut reader).map_err(JsonError::of_any_value)?;
    Ok(reader.end()?)
}

/// Reads all JSON texts that follow one another, as commands print them when they are run one after the other.
pub fn parse_all(text: &str) -> Result<Vec<Value>, JsonError> {
    let texts = serde_json::Deserializer::from_str(text).into_iter::<Parsed>();
    texts.map(|parsed| Ok(parsed.map_err(JsonError::of_any_value)?.0)).collect()
}

struct Parsed(Value);

impl<'de> de::Deserialize<'de> for Parsed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Strict.deserialize(deserializer).map(Self)
    }
}

/// Returns a value as JSON text; an error where a part of it is not known.
pub fn write(value: &Value) -> Result<String, UnknownPart> {
    Ok(match value {
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => quote(text),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(write).collect::<Result<_, _>>()?;
            format!("[{}]", items.join(","))
        }
        Value::Object(members) => {
            let member = |(name, value): &(Box<str>, Value)| Ok(format!("{}:{}", quote(name), write(value)?));
            let members: Vec<String> = members.iter().map(member).collect::<Result<_, UnknownPart>>()?;
            format!("{{{}}}", members.join(","))
        }
        Value::Unknown(name) => return Err(UnknownPart(name.to_string())),
    })
}

/// A value has no JSON text, because this part of it is not known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not known")]
pub struct UnknownPart(pub String);

fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[derive(Clone, Copy, Debug)]
struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// Above this, a double no longer holds every integer.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.to_string().into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.to_string().into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        if value.abs() >= EXACT {
            return Ok(Value::Unknown(UnknownOrigin::Unreadable(
                "a number too large to be read exactly".into(),
            )));
        }
        Ok(Value::Number(value.to_string().into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.into()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Self)? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut members: Vec<(Box<str>, Value)> = Vec::new();
        let mut seen: HashSet<Box<str>> = HashSet::new();
        while let Some(key) = entries.next_key::<Box<str>>()? {
            // A set pays off only for objects larger than nearly all.
            let repeated = if members.len() < 16 {
                members.iter().any(|(name, _)| *name == key)
            } else {
                if seen.is_empty() {
                    seen.extend(members.iter().map(|(name, _)| name.clone()));
                }
                !seen.insert(key.clone())
            };
            if repeated {
                return Err(de::Error::custom("the same key twice in one object"));
            }
            let value = entries.next_value_seed(Self)?;
            if !seen.is_empty() {
                seen.insert(key.clone());
            }
            members.push((key, value));
        }
        Ok(Value::Object(members))
    }
}

/// Reads what [`Strict`] reads, and keeps nothing.
#[derive(Clone, Copy, Debug)]
struct Checked;

impl<'de> DeserializeSeed<'de> for Checked {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Checked {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while items.next_element_seed(self)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let mut names: Vec<Name<'de>> = Vec::new();
        while let Some(name) = entries.next_key::<Name<'de>>()? {
            entries.next_value_seed(self)?;
            names.push(name);
        }
        names.sort_unstable();
        if names.windows(2).any(|pair| matches!(pair, [one, other] if one == other)) {
            return Err(de::Error::custom("the same key twice in one object"));
        }
        Ok(())
    }
}

/// A name, borrowed where the text writes it without escapes.
#[derive(PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

#[cfg(test)]
mod tests {
    use super::{JsonError, check, parse, parse_all, write};

    #[test]
    fn several_texts_are_read_and_written_again() {
        let text = r#"{"a":[1,-2.5,"x\"\n",true,null]} [2]"#;
        let values = parse_all(text).unwrap();
        let written: Vec<String> = values.iter().map(|value| write(value).unwrap()).collect();
        assert_eq!(written.join(" "), text);
        assert_eq!(parse_all(" \n").unwrap(), []);
        assert!(parse_all("[1] {").is_err() && parse_all("[1],[2]").is_err());
    }

    #[test]
    fn duplicates_are_refused_after_unescaping_and_at_any_size() {
        assert!(parse(r#"{"a":1,"a":2}"#).is_err());
        assert!(parse(r#"{"a":1,"\u0061":2}"#).is_err());
        assert!(parse(r#"{"x":[{"b":1,"c":2,"b":3}]}"#).is_err());
        let many: String = (0..40).map(|i| format!("\"k{i}\":0,")).collect();
        assert!(parse(&format!("{{{many}\"z\":1}}")).is_ok());
        assert!(parse(&format!("{{{many}\"k39\":1}}")).is_err());
        assert!(parse(&format!("{{{many}\"z\":1,\"z\":1}}")).is_err());
    }

    #[test]
    fn what_is_checked_is_what_can_be_read() {
        let deep = |levels| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        let texts = [
            r#"{"a":1,"b":[true,null,"x",-1,2.5,1e300],"c":{"a":1}}"#,
            r#"{"a":1,"\u0061":2}"#,
            r#"[{"x":{"b":1,"c":2,"b":3}}]"#,
            r#"{"a":1"#,
            "[1] 2",
            "",
            &deep(100),
            &deep(200),
        ];
        for text in texts {
            let (checked, parsed) = (check(text), parse(text));
            assert_eq!(
                checked.map_err(|error| error.fault),
                parsed.map(drop).map_err(|error| error.fault),
                "{text}"
            );
        }
    }

    #[test]
    fn an_error_of_a_typed_reader_does_not_show_the_text_either() {
        let error = serde_json::from_str::<bool>("\"hunter2\"").unwrap_err();
        assert!(error.to_string().contains("hunter2"));
        assert!(!JsonError::from(error).to_string().contains("hunter2"));
    }

    #[test]
    fn errors_never_show_the_text() {
        let error = parse(r#"{"secret":"hunter2" "x"}"#).unwrap_err().to_string();
        assert!(!error.contains("hunter2"), "{error}");
        assert!(parse("[1] 2").is_err());
        assert!(matches!(parse("123456789012345678901234567890"), Ok(super::Value::Unknown(_))));
    }
}
