//! What the clouds' own command lines print about roles, as roles of a catalogue file.
//!
//! In goes the output of one or several commands, as it is: one JSON text, or several after one another. What a text
//! holds is told by its members, never by the name of its file.
//!
//! | printed by | holds |
//! |---|---|
//! | `gcloud iam roles describe ROLE --format=json`, `roles.list?view=FULL` of the API | `includedPermissions` |
//! | `az role definition list -o json` | `roleName`, `permissions` |
//! | `az rest --url …/roleManagement/directory/roleDefinitions?$expand=inheritsPermissionsFrom` | `rolePermissions` |
//! | `kubectl get clusterroles -o json`, `kubectl get roles -A -o json` | `kind`, `rules` |
//! | `aws iam get-account-authorization-details --filter AWSManagedPolicy LocalManagedPolicy` | `PolicyVersionList` |

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::json;
use crate::lower::azure::condition_in_version;
use crate::value::Value;

use super::roles::{Block, Role};

/// Roles, and names of those that can't be told by content.
#[derive(Debug, Default)]
pub struct Printed {
    /// In order of dialect and name.
    roles: BTreeMap<(String, String), Role>,
    /// Entra's roles by identifier, with those whose actions they have besides.
    inherited: BTreeMap<String, Vec<String>>,
    /// Roles that stay names, each with why.
    pub left_out: Vec<String>,
}

impl Printed {
    /// Adds what one file holds.
    ///
    /// # Errors
    ///
    /// What is wrong with it, with its place.
    pub fn add(&mut self, text: &str) -> Result<(), String> {
        let values = json::parse_all(text).map_err(|error| error.to_string())?;
        if values.is_empty() {
            return Err("there is nothing in it".to_owned());
        }
        values.iter().try_for_each(|value| self.value(value, "the output"))
    }

    /// All roles, with what they inherit.
    pub fn finish(mut self) -> (Vec<Role>, Vec<String>) {
        let by_id: BTreeMap<String, Vec<String>> = self
            .roles
            .values()
            .flat_map(|role| role.aliases.iter().map(|alias| (alias.clone(), role.actions.clone())))
            .collect();
        let mut incomplete = Vec::new();
        for (id, parents) in &self.inherited {
            let Some(role) = self.roles.values_mut().find(|role| role.aliases.contains(id)) else { continue };
            for parent in parents {
                match by_id.get(parent) {
                    Some(actions) => role.actions.extend(actions.iter().cloned()),
                    None => incomplete.push((role.role.clone(), parent.clone())),
                }
            }
            role.actions.sort();
            role.actions.dedup();
        }
        for (name, parent) in incomplete {
            self.roles.remove(&("azuread".to_owned(), name.clone()));
            self.left_out.push(format!("`{name}` inherits from `{parent}`, which was not printed"));
        }
        (self.roles.into_values().collect(), self.left_out)
    }

    fn value(&mut self, value: &Value, place: &str) -> Result<(), String> {
        let lists = ["Policies", "roles", "value", "items"];
        let list = value.as_list().or_else(|| lists.iter().find_map(|name| value.get(name).as_list()));
        if let Some(items) = list {
            let mut numbered = items.iter().enumerate();
            return numbered.try_for_each(|(at, item)| self.value(item, &format!("entry {}", at + 1)));
        }
        let of = |reason: String| match name(value) {
            Some(name) => format!("{place} (`{name}`): {reason}"),
            None => format!("{place}: {reason}"),
        };
        match self.role(value).map_err(of)? {
            Some(mut role) => {
                role.aliases.retain(|alias| !alias.is_empty() && *alias != role.role);
                role.aliases.sort();
                role.aliases.dedup();
                let place = (role.dialect.clone(), role.role.clone());
                if self.roles.insert(place, role).is_some() {
                    return Err(of("this role was printed before".to_owned()));
                }
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// One role; none where it stays a name.
    fn role(&mut self, value: &Value) -> Result<Option<Role>, String> {
        if !matches!(value, Value::Object(_)) {
            return Err("this is no role".to_owned());
        }
        let has = |name: &str| *value.get(name) != Value::Null;
        if has("PolicyVersionList") {
            aws(value).map(Some)
        } else if has("rolePermissions") {
            self.entra(value)
        } else if has("roleName") || *value.get("properties").get("roleName") != Value::Null {
            self.azure(value)
        } else if matches!(value.get("kind").as_str(), Some("ClusterRole" | "Role")) {
            self.kubernetes(value)
        } else if value
            .get("name")
            .as_str()
            .is_some_and(|name| name.starts_with("roles/") || name.contains("/roles/"))
        {
            self.google(value)
        } else {
            Err("this is no role of a cloud that is known here; see `countersign catalog build --help`"
                .to_owned())
        }
    }

    fn google(&mut self, value: &Value) -> Result<Option<Role>, String> {
        let name = required(value, "name")?;
        let gone =
            *value.get("deleted") == Value::Bool(true) || value.get("stage").as_str() == Some("DISABLED");
        let actions = texts(value, "includedPermissions")?;
        if gone || actions.is_empty() {
            let why = if gone { "is deleted or disabled" } else { "was printed without permissions" };
            self.left_out.push(format!("`{name}` {why}"));
            return Ok(None);
        }
        let version = value.get("etag").as_str().map(str::to_owned);
        Ok(Some(Role { dialect: "google".to_owned(), role: name, version, actions, ..Role::default() }))
    }

    fn azure(&mut self, value: &Value) -> Result<Option<Role>, String> {
        let id = required(value, "name")?;
        let value = if *value.get("properties") == Value::Null { value } else { value.get("properties") };
        let name = required(value, "roleName")?;
        let permissions = value.get("permissions").as_list().ok_or("`permissions` is no list")?;
        let mut blocks = Vec::new();
        for permission in permissions {
            blocks.push(Block {
                actions: texts(permission, "actions")?,
                not_actions: texts(permission, "notActions")?,
                data_actions: texts(permission, "dataActions")?,
                not_data_actions: texts(permission, "notDataActions")?,
                condition: permission
                    .get("condition")
                    .as_str()
                    .map(|text| condition_in_version(text, permission.get("conditionVersion").as_str())),
            });
        }
        if blocks.iter().all(|block| block.actions.is_empty() && block.data_actions.is_empty()) {
            self.left_out.push(format!("`{name}` allows nothing"));
            return Ok(None);
        }
        let since = value.get("updatedOn").as_str().map(|date| date.chars().take(10).collect());
        Ok(Some(Role {
            dialect: "azure".to_owned(),
            role: name,
            aliases: vec![id],
            since,
            blocks,
            ..Role::default()
        }))
    }

    fn entra(&mut self, value: &Value) -> Result<Option<Role>, String> {
        let (id, name) = (required(value, "id")?, required(value, "displayName")?);
        let permissions = value.get("rolePermissions").as_list().ok_or("`rolePermissions` is no list")?;
        let mut actions = Vec::new();
        for permission in permissions {
            if !texts(permission, "excludedResourceActions")?.is_empty() {
                self.left_out.push(format!("`{name}` takes actions out again"));
                return Ok(None);
            }
            actions.extend(texts(permission, "allowedResourceActions")?);
        }
        if actions.is_empty() || *value.get("isEnabled") == Value::Bool(false) {
            self.left_out.push(format!("`{name}` allows nothing, or is disabled"));
            return Ok(None);
        }
        let parents_listed = value.get("inheritsPermissionsFrom").as_list();
        if parents_listed.is_none() && *value.get("isBuiltIn") != Value::Bool(false) {
            self.left_out.push(format!("`{name}` was printed without what it inherits"));
            return Ok(None);
        }
        let mut parents = Vec::new();
        for parent in parents_listed.unwrap_or_default() {
            parents.push(required(parent, "id")?);
        }
        if !parents.is_empty() {
            self.inherited.insert(id.clone(), parents);
        }
        actions.sort();
        actions.dedup();
        let template = value.get("templateId").as_str().unwrap_or_default().to_owned();
        let version = value.get("version").as_str().map(str::to_owned);
        let aliases = vec![id, template];
        Ok(Some(Role {
            dialect: "azuread".to_owned(),
            role: name,
            aliases,
            version,
            actions,
            ..Role::default()
        }))
    }

    fn kubernetes(&mut self, value: &Value) -> Result<Option<Role>, String> {
        let metadata = value.get("metadata");
        let name = required(metadata, "name")?;
        let role = match value.get("kind").as_str() {
            Some("Role") => format!("Role:{}/{name}", required(metadata, "namespace")?),
            _ => format!("ClusterRole:{name}"),
        };
        let rules = value.get("rules");
        if *rules == Value::Null || rules.as_list().is_some_and(<[Value]>::is_empty) {
            self.left_out.push(format!("`{role}` has no rules"));
            return Ok(None);
        }
        if rules.as_list().is_none() {
            return Err("`rules` is no list".to_owned());
        }
        let version = metadata.get("resourceVersion").as_str().map(str::to_owned);
        let document = Some(raw(rules)?);
        Ok(Some(Role { dialect: "kubernetes".to_owned(), role, version, document, ..Role::default() }))
    }
}

fn aws(value: &Value) -> Result<Role, String> {
    let (arn, default) = (required(value, "Arn")?, required(value, "DefaultVersionId")?);
    let versions = value.get("PolicyVersionList").as_list().ok_or("`PolicyVersionList` is no list")?;
    let version = versions
        .iter()
        .find(|version| version.get("VersionId").as_str() == Some(&default))
        .ok_or_else(|| format!("the version `{default}`, which is in force, was not printed"))?;
    let document = version.get("Document");
    if !matches!(document, Value::Object(_)) {
        return Err("`Document` is no policy: print it with the AWS CLI, which decodes it".to_owned());
    }
    let since = value.get("UpdateDate").as_str().map(|date| date.chars().take(10).collect());
    Ok(Role {
        dialect: "aws".to_owned(),
        role: arn,
        version: Some(default),
        since,
        document: Some(raw(document)?),
        ..Role::default()
    })
}

/// What an entry calls itself.
fn name(value: &Value) -> Option<&str> {
    let names = ["roleName", "displayName", "Arn", "name"];
    let own = names.iter().find_map(|name| value.get(name).as_str());
    own.or_else(|| value.get("metadata").get("name").as_str())
}

fn required(value: &Value, member: &str) -> Result<String, String> {
    match value.get(member).as_str() {
        Some(text) if !text.is_empty() => Ok(text.to_owned()),
        _ => Err(format!("`{member}` is missing")),
    }
}

/// A list of texts; none where it is absent.
fn texts(value: &Value, member: &str) -> Result<Vec<String>, String> {
    let value = value.get(member);
    if *value == Value::Null {
        return Ok(Vec::new());
    }
    let text = |item: &Value| {
        item.as_str().map(str::to_owned).ok_or_else(|| format!("`{member}` holds something else than text"))
    };
    value.as_list().ok_or_else(|| format!("`{member}` is no list"))?.iter().map(text).collect()
}

/// A value as JSON text again.
fn raw(value: &Value) -> Result<Box<RawValue>, String> {
    RawValue::from_string(json::write(value)?).map_err(|error| error.to_string())
}
