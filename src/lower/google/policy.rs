//! A whole allow policy: `{"bindings": [{"role", "members", "condition"}]}`, or the arguments of
//! `data.google_iam_policy`.
//!
//! The provider reads a policy without regard to the case of its keys, so a key that is not known here is not
//! passed over: `Bindings` would grant and be seen by nobody. Doubt widens a plan to everything and an approval to
//! nothing.

use crate::json;
use crate::lower::{Format, Lowered, Side, Text, spelling};
use crate::value::Value;

/// One role for some members.
#[derive(Clone, Debug)]
pub(super) struct Binding {
    /// The role's name.
    pub role: Text,
    /// Who holds it; never empty.
    pub members: Vec<Text>,
    /// The condition's expression.
    pub expression: Option<Text>,
}

/// The bindings of the document. On the planned side, what can't be read is everybody holding everything.
pub(super) fn bindings(side: Side, format: Format, document: &Value, lowered: &mut Lowered) -> Vec<Binding> {
    match read(format, document) {
        Ok(bindings) => bindings,
        Err(Unread::Unknown(name)) => match side {
            Side::Planned => vec![unknown(&name)],
            Side::Approved => {
                spelling::doubt(lowered, format!("the policy `{name}` is not known, so nothing is approved"));
                Vec::new()
            }
        },
        Err(Unread::Unreadable(reason)) => {
            spelling::doubt(lowered, reason);
            match side {
                Side::Planned => vec![unknown("policy")],
                Side::Approved => Vec::new(),
            }
        }
    }
}

enum Unread {
    Unknown(Box<str>),
    Unreadable(String),
}

fn unknown(name: &str) -> Binding {
    Binding { role: spelling::unknown(name), members: vec![spelling::unknown(name)], expression: None }
}

fn read(format: Format, document: &Value) -> Result<Vec<Binding>, Unread> {
    let (list, keys): (&str, &[&str]) = match format {
        Format::GooglePolicy => ("bindings", &["bindings", "auditConfigs", "etag", "version"]),
        Format::GooglePolicyArguments => ("binding", &["binding", "audit_config", "id", "policy_data"]),
        Format::AwsPolicy | Format::AwsPolicyArguments | Format::KubernetesRules => {
            return Err(unreadable("the document is not a Google policy"));
        }
    };
    let parsed;
    let document = match document {
        Value::String(text) => {
            parsed = json::parse(text)
                .map_err(|error| unreadable(&format!("the policy can't be read: {error}")))?;
            &parsed
        }
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::List(_)
        | Value::Object(_)
        | Value::Unknown(_) => document,
    };
    only(document, keys)?;
    let mut bindings = Vec::new();
    for binding in items(document.get(list))? {
        bindings.extend(read_binding(binding)?);
    }
    Ok(bindings)
}

fn read_binding(binding: &Value) -> Result<Option<Binding>, Unread> {
    only(binding, &["role", "members", "condition"])?;
    let role = spelling::text_of(binding.get("role")).ok_or_else(|| unreadable("a binding has no role"))?;
    let mut members = Vec::new();
    match binding.get("members") {
        Value::Unknown(name) => members.push(spelling::unknown(name)),
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::List(_)
        | Value::Object(_) => {
            for member in items(binding.get("members"))? {
                members.push(spelling::text_of(member).ok_or_else(|| unreadable("a member is no text"))?);
            }
        }
    }
    let mut expression = None;
    // Terraform writes a block as a list of none or one.
    let mut condition = binding.get("condition");
    if let Value::List(items) = condition {
        condition = items.first().unwrap_or(&Value::Null);
    }
    if *condition != Value::Null {
        only(condition, &["expression", "title", "description", "location"])?;
        expression = spelling::text_of(condition.get("expression"));
        if expression.is_none() {
            return Err(unreadable("a condition has no expression"));
        }
    }
    Ok((!members.is_empty()).then_some(Binding { role, members, expression }))
}

/// That the value is an object of no other keys.
fn only(value: &Value, keys: &[&str]) -> Result<(), Unread> {
    match value {
        Value::Object(members) => match members.iter().find(|(key, _)| !keys.contains(&&**key)) {
            Some((key, _)) => Err(unreadable(&format!("the policy has a key `{key}` that no policy has"))),
            None => Ok(()),
        },
        Value::Unknown(name) => Err(Unread::Unknown(name.clone())),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::List(_) => {
            Err(unreadable("the policy is not an object where it should be"))
        }
    }
}

fn items(value: &Value) -> Result<&[Value], Unread> {
    match value {
        Value::List(items) => Ok(items),
        Value::Null => Ok(&[]),
        Value::Unknown(name) => Err(Unread::Unknown(name.clone())),
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            Err(unreadable("the policy has something else where a list should be"))
        }
    }
}

fn unreadable(reason: &str) -> Unread {
    Unread::Unreadable(reason.to_owned())
}
