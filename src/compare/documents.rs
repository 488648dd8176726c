//! Documents as each cloud writes them, as words of grants.
//!
//! In goes one parsed document, or a list of them; out come the [`Terms`] of each. A member that no such document has is
//! refused, because whoever passes over `notaction` reads another policy than its author. Text that is a JSON document
//! itself, as Terraform and CloudFormation hold policies, is read as that document.

mod azure;
mod bindings;
mod kubernetes;

use crate::json;
use crate::lower::{Dialect, Format, Terms};
use crate::value::Value;

/// The words of each document.
pub(super) fn read(dialect: Dialect, document: &Value) -> Result<Vec<Vec<Terms>>, String> {
    let parsed;
    let document = match document {
        Value::Null => return Err("there is none".to_owned()),
        Value::String(text) => {
            parsed = json::parse(text).map_err(|error| format!("it is text and not JSON: {error}"))?;
            &parsed
        }
        Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Object(_) | Value::Unknown(_) => document,
    };
    match dialect {
        Dialect::Aws => each(document, aws),
        Dialect::Azure => each(document, azure::read),
        Dialect::Kubernetes => kubernetes::read(document),
        Dialect::Google | Dialect::Azuread | Dialect::Github => bindings::read(dialect, document),
        Dialect::Terraform => Err("Terraform has no documents that grant access".to_owned()),
    }
}

/// The words of one document, or of every document of a list.
fn each(
    document: &Value,
    read: impl Fn(&Value) -> Result<Vec<Terms>, String>,
) -> Result<Vec<Vec<Terms>>, String> {
    match document {
        Value::List(items) => items.iter().map(read).collect(),
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Object(_)
        | Value::Unknown(_) => Ok(vec![read(document)?]),
    }
}

fn aws(document: &Value) -> Result<Vec<Terms>, String> {
    match document {
        Value::Null => Err("there is none".to_owned()),
        Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::List(_)
        | Value::Object(_)
        | Value::Unknown(_) => {
            Ok(vec![Terms { document: Some((Format::AwsPolicy, document.clone())), ..Terms::default() }])
        }
    }
}

/// The members of an object, all of which must be among these.
fn members<'v>(value: &'v Value, known: &[&str], what: &str) -> Result<Members<'v>, String> {
    match members_in_any_case(value, known, what) {
        Ok(found) => match found.members.iter().find(|(key, _)| !known.contains(&&**key)) {
            Some((key, _)) => Err(format!("{what} has no `{key}`")),
            None => Ok(found),
        },
        wrong => wrong,
    }
}

/// The same where the cloud's own tools write the keys in several cases.
fn members_in_any_case<'v>(value: &'v Value, known: &[&str], what: &str) -> Result<Members<'v>, String> {
    let Value::Object(members) = value else { return Err(format!("{what} is no object")) };
    for (at, (key, _)) in members.iter().enumerate() {
        if !known.iter().any(|known| known.eq_ignore_ascii_case(key)) {
            return Err(format!("{what} has no `{key}`"));
        }
        if members.iter().take(at).any(|(other, _)| other.eq_ignore_ascii_case(key)) {
            return Err(format!("{what} has `{key}` twice"));
        }
    }
    Ok(Members { members, what: what.to_owned() })
}

struct Members<'v> {
    members: &'v [(Box<str>, Value)],
    what: String,
}

impl<'v> Members<'v> {
    /// The member, in any case; null where there is none.
    fn get(&self, key: &str) -> &'v Value {
        const NULL: &Value = &Value::Null;
        let found = self.members.iter().find(|(name, _)| name.eq_ignore_ascii_case(key));
        found.map_or(NULL, |(_, value)| value)
    }

    fn has(&self, key: &str) -> bool {
        *self.get(key) != Value::Null
    }

    /// One text, or a list of them; `None` where the member is absent.
    fn texts(&self, key: &str) -> Result<Option<Vec<&'v str>>, String> {
        let wrong = || format!("`{key}` of {} is no list of texts", self.what);
        match self.get(key) {
            Value::Null => Ok(None),
            Value::String(text) => Ok(Some(vec![text])),
            Value::List(items) => {
                items.iter().map(|item| item.as_str().ok_or_else(wrong)).collect::<Result<_, _>>().map(Some)
            }
            Value::Bool(_) | Value::Number(_) | Value::Object(_) | Value::Unknown(_) => Err(wrong()),
        }
    }

    /// One text; `None` where the member is absent.
    fn text(&self, key: &str) -> Result<Option<&'v str>, String> {
        let value = self.get(key);
        match value.as_str() {
            None if *value != Value::Null => Err(format!("`{key}` of {} is no text", self.what)),
            text => Ok(text),
        }
    }
}
