//! Values as expressions that have them.

use terraform_values::{MappingKind, SequenceKind, Shape, Value};

pub(crate) fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for symbol in text.chars() {
        match symbol {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '$' => quoted.push_str("\\u0024"),
            '%' => quoted.push_str("\\u0025"),
            other => quoted.push(other),
        }
    }
    quoted + "\""
}

/// An expression that has just this known value, type included.
pub(crate) fn written(value: &Value) -> String {
    match value.shape() {
        Shape::Null(_) => "null".to_owned(),
        Shape::Bool(truth) => truth.to_string(),
        Shape::Number(number) => number.to_string(),
        Shape::Text(text) => quote(text.as_known().unwrap()),
        Shape::Sequence(sequence) => {
            let items: Vec<String> = sequence.items().iter().map(written).collect();
            let items = format!("[{}]", items.join(", "));
            match sequence.kind() {
                SequenceKind::List if sequence.items().is_empty() => "slice(tolist([\"\"]), 0, 0)".to_owned(),
                SequenceKind::List => format!("tolist({items})"),
                SequenceKind::Set => format!("toset({items})"),
                _ => items,
            }
        }
        Shape::Mapping(mapping) => {
            let members = mapping
                .members()
                .iter()
                .map(|(name, member)| format!("{} = {}", quote(name), written(member)));
            let members = format!("{{{}}}", members.collect::<Vec<_>>().join(", "));
            if mapping.kind() == MappingKind::Map { format!("tomap({members})") } else { members }
        }
        Shape::Anything(_) | Shape::OneOf(_) => panic!("no known value: {value}"),
    }
}

/// The value of JSON, of whatever types.
pub(crate) fn of_json(json: &serde_json::Value) -> Value {
    use serde_json::Value as Json;
    match json {
        Json::Null => Value::NULL,
        Json::Bool(truth) => (*truth).into(),
        Json::Number(number) => terraform_values::Number::parse(&number.to_string())
            .map_or_else(|| Value::from(number.to_string().as_str()), Value::from),
        Json::String(text) => text.as_str().into(),
        Json::Array(items) => {
            Value::sequence(SequenceKind::Unsure, items.iter().map(of_json).collect(), None)
        }
        Json::Object(members) => {
            let members = members.iter().map(|(name, member)| (name.as_str().into(), of_json(member)));
            Value::mapping(MappingKind::Unsure, members.collect(), None)
        }
    }
}
