//! Azure role definitions: as `az role definition list` prints them, as ARM keeps them (`properties`), and as
//! `az role definition create` and Azure PowerShell take them (`Actions` at the top).
//!
//! Takes one definition and returns the terms of each of its permissions. `assignableScopes` limits where a role may be
//! assigned, not what it allows (<https://learn.microsoft.com/azure/role-based-access-control/role-definitions>), so it
//! is not compared; nor are names. A permission without actions allows nothing.

use crate::lower::{Terms, Text, azure};
use crate::value::Value;

use super::{DocumentRefusal, DocumentTerms, MemberType, ObjectMembers};

/// What a role definition has besides its permissions.
const ABOUT: [&str; 14] = [
    "id",
    "name",
    "type",
    "roleName",
    "roleType",
    "description",
    "assignableScopes",
    "isCustom",
    "createdBy",
    "createdOn",
    "updatedBy",
    "updatedOn",
    "displayName",
    "isServiceRole",
];
/// What a permission has; the flat form of a definition has these at its top.
const PERMISSION: [&str; 6] =
    ["actions", "notActions", "dataActions", "notDataActions", "condition", "conditionVersion"];
const DEFINITION: &str = "a role definition";

/// Reads one role definition.
pub(super) fn read_role_definition(document: &Value) -> Result<DocumentTerms, DocumentRefusal> {
    let nested = ["properties", "permissions"];
    let known: Vec<&str> = ABOUT.into_iter().chain(PERMISSION).chain(nested).collect();
    let outer = ObjectMembers::open_in_any_case(document, &known, DEFINITION)?;
    if !outer.has("properties") {
        return read_permissions(&outer);
    }
    let beside: Vec<&str> = PERMISSION.into_iter().chain(["permissions"]).collect();
    if let Some(other) = outer.find_any(&beside) {
        return Err(DocumentRefusal::Conflict { what: DEFINITION, one: "properties", other });
    }
    let known: Vec<&str> = ABOUT.into_iter().chain(beside).collect();
    let what = "`properties` of a role definition";
    read_permissions(&ObjectMembers::open_in_any_case(outer.get("properties"), &known, what)?)
}

fn read_permissions(role: &ObjectMembers<'_>) -> Result<DocumentTerms, DocumentRefusal> {
    let flat = role.find_any(&PERMISSION);
    match (role.get("permissions"), flat) {
        (Value::Null, Some(_)) => Ok(read_permission(role)?.into_iter().collect()),
        (Value::List(_), Some(other)) => {
            Err(DocumentRefusal::Conflict { what: DEFINITION, one: "permissions", other })
        }
        (Value::List(blocks), None) => {
            let mut terms = Vec::new();
            for block in blocks {
                let block = ObjectMembers::open_in_any_case(block, &PERMISSION, "a permission")?;
                terms.extend(read_permission(&block)?);
            }
            Ok(terms)
        }
        (Value::Null, None) => {
            Err(DocumentRefusal::MissingMember { what: DEFINITION, member: "permissions" })
        }
        (Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) | Value::Unknown(_), _) => {
            Err(role.wrong_type("permissions", MemberType::List))
        }
    }
}

/// Reads one block of actions less others; `None` where it lists none.
fn read_permission(block: &ObjectMembers<'_>) -> Result<Option<Terms>, DocumentRefusal> {
    let list = |member: &'static str| -> Result<Vec<Text>, DocumentRefusal> {
        Ok(block.read_texts(member)?.unwrap_or_default().into_iter().map(Text::known).collect())
    };
    let terms = Terms {
        actions: list("actions")?,
        not_actions: list("notActions")?,
        data_actions: list("dataActions")?,
        not_data_actions: list("notDataActions")?,
        expression: read_condition(block)?,
        ..Terms::default()
    };
    Ok((!terms.actions.is_empty() || !terms.data_actions.is_empty()).then_some(terms))
}

fn read_condition(block: &ObjectMembers<'_>) -> Result<Option<Text>, DocumentRefusal> {
    let Some(text) = block.read_text("condition")?.filter(|text| !text.trim().is_empty()) else {
        return Ok(None);
    };
    let version = block.read_text("conditionVersion")?;
    Ok(Some(Text::known(&azure::condition_in_version(text, version))))
}
