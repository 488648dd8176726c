//! Bindings: lists of `{role | permissions, members, resource, condition}`, for Google, Entra ID and GitHub.
//!
//! Takes a list of bindings, a whole Google allow policy (`bindings`), or a role as `gcloud iam roles describe` prints it
//! (`includedPermissions`), and returns the terms of each binding. A binding without members is about everybody and one
//! without a resource is about everything, on both sides alike; an empty list is about nobody and nothing. A role is
//! compared by its name.

use crate::lower::{Dialect, Terms, Text};
use crate::value::Value;

use super::{DocumentRefusal, DocumentTerms, MemberType, ObjectMembers};

/// What a binding has, in any of its spellings.
const BINDING: [&str; 8] =
    ["role", "roles", "permissions", "includedPermissions", "members", "principals", "resource", "condition"];
/// What a role has besides its permissions, as `gcloud` prints it.
const ABOUT: [&str; 6] = ["name", "title", "description", "stage", "etag", "deleted"];
/// What an allow policy has.
const POLICY: [&str; 4] = ["bindings", "auditConfigs", "etag", "version"];
const CONDITION: [&str; 4] = ["expression", "title", "description", "location"];
const A_BINDING: &str = "a binding";

/// Reads all bindings as one document: none of them denies, so nothing depends on where one ends.
pub(super) fn read_bindings(dialect: Dialect, document: &Value) -> Result<DocumentTerms, DocumentRefusal> {
    let mut terms = Vec::new();
    collect_bindings(dialect, document, &mut terms)?;
    Ok(terms)
}

fn collect_bindings(
    dialect: Dialect,
    document: &Value,
    terms: &mut DocumentTerms,
) -> Result<(), DocumentRefusal> {
    match document {
        Value::List(items) => items.iter().try_for_each(|item| collect_bindings(dialect, item, terms)),
        Value::Object(found) if found.iter().any(|(key, _)| &**key == "bindings") => {
            let policy = ObjectMembers::open(document, &POLICY, "a policy")?;
            collect_bindings(dialect, policy.get("bindings"), terms)
        }
        Value::Object(_) => {
            let known: Vec<&str> = BINDING.into_iter().chain(ABOUT).collect();
            terms.extend(read_binding(dialect, &ObjectMembers::open(document, &known, A_BINDING)?)?);
            Ok(())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Unknown(_) => {
            Err(DocumentRefusal::NotAnObject { what: A_BINDING })
        }
    }
}

/// Reads one binding; `None` where it is about nobody or nothing.
fn read_binding(dialect: Dialect, binding: &ObjectMembers<'_>) -> Result<Option<Terms>, DocumentRefusal> {
    let roles = read_either(binding, "role", "roles")?;
    let actions = read_either(binding, "permissions", "includedPermissions")?;
    if roles.is_some() == actions.is_some() {
        return Err(DocumentRefusal::RoleOrPermissions);
    }
    let principals = read_either(binding, "members", "principals")?;
    let resources = binding.read_texts("resource")?.map(known_texts);
    if resources.is_none() && dialect == Dialect::Github {
        return Err(DocumentRefusal::MissingMember { what: A_BINDING, member: "resource" });
    }
    if [&roles, &actions, &principals, &resources].into_iter().flatten().any(Vec::is_empty) {
        return Ok(None);
    }
    Ok(Some(Terms {
        principals: principals.unwrap_or_default(),
        roles: roles.unwrap_or_default(),
        actions: actions.unwrap_or_default(),
        resources: resources.unwrap_or_default(),
        expression: read_condition(binding)?,
        ..Terms::default()
    }))
}

/// Reads one of two members that mean the same.
fn read_either(
    binding: &ObjectMembers<'_>,
    one: &'static str,
    other: &'static str,
) -> Result<Option<Vec<Text>>, DocumentRefusal> {
    match (binding.read_texts(one)?, binding.read_texts(other)?) {
        (Some(_), Some(_)) => Err(DocumentRefusal::Conflict { what: A_BINDING, one, other }),
        (found, None) | (None, found) => Ok(found.map(known_texts)),
    }
}

fn known_texts(texts: Vec<&str>) -> Vec<Text> {
    texts.into_iter().map(Text::known).collect()
}

/// Reads a condition: the expression itself, or an object that holds it.
fn read_condition(binding: &ObjectMembers<'_>) -> Result<Option<Text>, DocumentRefusal> {
    let condition = binding.get("condition");
    match condition {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(Text::known(text))),
        Value::Object(_) => {
            let (what, member) = ("a condition", "expression");
            let text = ObjectMembers::open(condition, &CONDITION, what)?.read_text(member)?;
            Ok(Some(Text::known(text.ok_or(DocumentRefusal::MissingMember { what, member })?)))
        }
        Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Unknown(_) => {
            Err(binding.wrong_type("condition", MemberType::TextOrObject))
        }
    }
}
