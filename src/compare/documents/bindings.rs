//! Bindings: lists of `{role | permissions, members, resource, condition}`, for Google, Entra ID and GitHub.
//!
//! A whole Google allow policy (`bindings`) and a role as `gcloud iam roles describe` prints it (`includedPermissions`)
//! are read too. Where no member is named everybody is meant and where no resource is named everything, on both
//! sides alike; an empty list names nobody and nothing. A role is compared by its name.

use crate::lower::{Dialect, Terms, Text};
use crate::value::Value;

use super::{Members, members};

const BINDING: [&str; 8] =
    ["role", "roles", "permissions", "includedPermissions", "members", "principals", "resource", "condition"];
/// What a role has besides its permissions, as `gcloud` prints it.
const ABOUT: [&str; 6] = ["name", "title", "description", "stage", "etag", "deleted"];
/// What an allow policy has.
const POLICY: [&str; 4] = ["bindings", "auditConfigs", "etag", "version"];

/// All bindings are one document: none of them denies, so that nothing depends on where one ends.
pub(super) fn read(dialect: Dialect, document: &Value) -> Result<Vec<Vec<Terms>>, String> {
    let mut terms = Vec::new();
    collect(dialect, document, &mut terms)?;
    Ok(vec![terms])
}

fn collect(dialect: Dialect, document: &Value, terms: &mut Vec<Terms>) -> Result<(), String> {
    match document {
        Value::List(items) => items.iter().try_for_each(|item| collect(dialect, item, terms)),
        Value::Object(found) if found.iter().any(|(key, _)| &**key == "bindings") => {
            collect(dialect, members(document, &POLICY, "a policy")?.get("bindings"), terms)
        }
        Value::Null => Err("a binding is null".to_owned()),
        Value::Object(_) => {
            let known: Vec<&str> = BINDING.into_iter().chain(ABOUT).collect();
            terms.extend(binding(dialect, &members(document, &known, "a binding")?)?);
            Ok(())
        }
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Unknown(_) => {
            Err("a binding is no object".to_owned())
        }
    }
}

fn binding(dialect: Dialect, binding: &Members<'_>) -> Result<Option<Terms>, String> {
    let one_of = |keys: [&str; 2]| -> Result<Option<Vec<Text>>, String> {
        let [first, second] = keys;
        let texts = match (binding.texts(first)?, binding.texts(second)?) {
            (Some(_), Some(_)) => return Err(format!("a binding has both `{first}` and `{second}`")),
            (one, other) => one.or(other),
        };
        Ok(texts.map(|texts| texts.into_iter().map(Text::known).collect()))
    };
    let (roles, actions) = (one_of(["role", "roles"])?, one_of(["permissions", "includedPermissions"])?);
    if roles.is_some() == actions.is_some() {
        return Err("a binding has either a `role` or `permissions`".to_owned());
    }
    let principals = one_of(["members", "principals"])?;
    let resources: Option<Vec<Text>> =
        binding.texts("resource")?.map(|texts| texts.into_iter().map(Text::known).collect());
    if resources.is_none() && dialect == Dialect::Github {
        return Err("a binding names no `resource`".to_owned());
    }
    if [&roles, &actions, &principals, &resources].into_iter().flatten().any(Vec::is_empty) {
        return Ok(None);
    }
    Ok(Some(Terms {
        principals: principals.unwrap_or_default(),
        roles: roles.unwrap_or_default(),
        actions: actions.unwrap_or_default(),
        resources: resources.unwrap_or_default(),
        expression: condition(binding.get("condition"))?,
        ..Terms::default()
    }))
}

/// The expression itself, or an object that holds it.
fn condition(condition: &Value) -> Result<Option<Text>, String> {
    match condition {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(Text::known(text))),
        Value::Object(_) => {
            let known = ["expression", "title", "description", "location"];
            let condition = members(condition, &known, "a condition")?;
            let text = condition.text("expression")?.ok_or("a condition has no `expression`")?;
            Ok(Some(Text::known(text)))
        }
        Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Unknown(_) => {
            Err("a condition is neither text nor an object".to_owned())
        }
    }
}
