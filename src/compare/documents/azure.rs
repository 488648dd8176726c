//! Azure role definitions: as `az role definition list` prints them, as ARM keeps them (`properties`), and as
//! `az role definition create` and Azure PowerShell take them (`Actions` at the top).
//!
//! `assignableScopes` limits where a role may be assigned, not what it allows
//! (<https://learn.microsoft.com/azure/role-based-access-control/role-definitions>), so it is not compared; nor are
//! names. A permission that lists nothing allows nothing.

use crate::lower::{Terms, Text, azure};
use crate::value::Value;

use super::{Members, members_in_any_case};

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
const ACTIONS: [&str; 6] =
    ["actions", "notActions", "dataActions", "notDataActions", "condition", "conditionVersion"];

/// One role definition.
pub(super) fn read(document: &Value) -> Result<Vec<Terms>, String> {
    let what = "a role definition";
    let nested = ["properties", "permissions"];
    let known: Vec<&str> = ABOUT.into_iter().chain(ACTIONS).chain(nested).collect();
    let outer = members_in_any_case(document, &known, what)?;
    if !outer.has("properties") {
        return role(&outer);
    }
    if outer.has("permissions") || ACTIONS.iter().any(|key| outer.has(key)) {
        return Err("a role definition has permissions both in `properties` and beside it".to_owned());
    }
    let known: Vec<&str> = ABOUT.into_iter().chain(ACTIONS).chain(["permissions"]).collect();
    role(&members_in_any_case(outer.get("properties"), &known, "`properties` of a role definition")?)
}

fn role(role: &Members<'_>) -> Result<Vec<Terms>, String> {
    let flat = ACTIONS.iter().any(|key| role.has(key));
    match role.get("permissions") {
        Value::Null if flat => Ok(permission(role)?.into_iter().collect()),
        Value::List(_) if flat => {
            Err("a role definition has actions both in `permissions` and beside it".to_owned())
        }
        Value::List(blocks) => {
            let mut terms = Vec::new();
            for block in blocks {
                terms.extend(permission(&members_in_any_case(block, &ACTIONS, "a permission")?)?);
            }
            Ok(terms)
        }
        Value::Null => Err("a role definition has no `permissions`".to_owned()),
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) | Value::Unknown(_) => {
            Err("`permissions` is no list".to_owned())
        }
    }
}

/// One block of actions less others; nothing where it lists none.
fn permission(block: &Members<'_>) -> Result<Option<Terms>, String> {
    let list = |key: &str| -> Result<Vec<Text>, String> {
        Ok(block.texts(key)?.unwrap_or_default().into_iter().map(Text::known).collect())
    };
    let terms = Terms {
        actions: list("actions")?,
        not_actions: list("notActions")?,
        data_actions: list("dataActions")?,
        not_data_actions: list("notDataActions")?,
        expression: condition(block)?,
        ..Terms::default()
    };
    Ok((!terms.actions.is_empty() || !terms.data_actions.is_empty()).then_some(terms))
}

fn condition(block: &Members<'_>) -> Result<Option<Text>, String> {
    let Some(text) = block.text("condition")?.filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    let version = block.text("conditionVersion")?;
    Ok(Some(Text::known(&azure::condition_in_version(text, version))))
}
