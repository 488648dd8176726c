//! Roles as the clouds' own command lines print them.
//!
//! Takes the output of one or several commands, one JSON text or several after one another, and returns roles of a
//! catalogue file. The members of a text tell what it holds; the name of its file is not used.
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

use super::error::{EntryFault, PrintedError};
use super::roles::{PermissionBlock, Role};

/// A role that stays a name: its content is not in the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOutRole {
    /// What the output calls it.
    pub role: String,
    /// Why its content is left out.
    pub cause: LeftOutCause,
}

/// Why the content of a role is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeftOutCause {
    /// The role is deleted or disabled.
    NotInUse,
    /// The output does not show its permissions.
    NoPermissions,
    /// It allows nothing.
    AllowsNothing,
    /// It allows nothing, or it is disabled.
    AllowsNothingOrDisabled,
    /// It takes actions out again, which a catalogue cannot say.
    TakesOut,
    /// The output does not show what it inherits.
    UnknownParents,
    /// It inherits from a role that the output does not show.
    MissingParent {
        /// The identifier of that role.
        parent: String,
    },
    /// It has no rules.
    NoRules,
}

/// Roles, and names of those that can't be told by content.
#[derive(Debug, Default)]
pub struct PrintedRoles {
    /// In order of dialect and name.
    roles: BTreeMap<(String, String), Role>,
    /// Entra's roles by identifier, with those whose actions they have besides.
    inherited: BTreeMap<String, Vec<String>>,
    /// Roles that stay names.
    left_out: Vec<LeftOutRole>,
}

impl PrintedRoles {
    /// Adds what one file holds.
    ///
    /// # Errors
    ///
    /// What is wrong with it, with its place.
    pub fn add(&mut self, text: &str) -> Result<(), PrintedError> {
        let values = json::parse_all(text)?;
        if values.is_empty() {
            return Err(PrintedError::Empty);
        }
        values.iter().try_for_each(|value| self.add_value(value, None))
    }

    /// All roles, with what they inherit.
    pub fn finish(mut self) -> (Vec<Role>, Vec<LeftOutRole>) {
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
            self.leave_out(&name, LeftOutCause::MissingParent { parent });
        }
        (self.roles.into_values().collect(), self.left_out)
    }

    fn leave_out(&mut self, role: &str, cause: LeftOutCause) {
        self.left_out.push(LeftOutRole { role: role.to_owned(), cause });
    }

    /// Adds one role, or every role of a list; `entry` is its number in the list that it stands in.
    fn add_value(&mut self, value: &Value, entry: Option<usize>) -> Result<(), PrintedError> {
        let lists = ["Policies", "roles", "value", "items"];
        let list = value.as_list().or_else(|| lists.iter().find_map(|name| value.get(name).as_list()));
        if let Some(items) = list {
            let mut numbered = items.iter().enumerate();
            return numbered.try_for_each(|(at, item)| self.add_value(item, Some(at + 1)));
        }
        let in_entry = |fault| {
            let name = own_name(value).map(str::to_owned);
            PrintedError::Entry { entry, name, fault }
        };
        let Some(mut role) = self.read_role(value).map_err(in_entry)? else { return Ok(()) };
        role.aliases.retain(|alias| !alias.is_empty() && *alias != role.role);
        role.aliases.sort();
        role.aliases.dedup();
        match self.roles.insert((role.dialect.clone(), role.role.clone()), role) {
            Some(_) => Err(in_entry(EntryFault::Repeated)),
            None => Ok(()),
        }
    }

    /// Reads one role; none where it stays a name.
    fn read_role(&mut self, value: &Value) -> Result<Option<Role>, EntryFault> {
        if !matches!(value, Value::Object(_)) {
            return Err(EntryFault::NotARole);
        }
        let has = |name: &str| *value.get(name) != Value::Null;
        if has("PolicyVersionList") {
            read_aws(value).map(Some)
        } else if has("rolePermissions") {
            self.read_entra(value)
        } else if has("roleName") || *value.get("properties").get("roleName") != Value::Null {
            self.read_azure(value)
        } else if matches!(value.get("kind").as_str(), Some("ClusterRole" | "Role")) {
            self.read_kubernetes(value)
        } else if value
            .get("name")
            .as_str()
            .is_some_and(|name| name.starts_with("roles/") || name.contains("/roles/"))
        {
            self.read_google(value)
        } else {
            Err(EntryFault::UnknownCloud)
        }
    }

    fn read_google(&mut self, value: &Value) -> Result<Option<Role>, EntryFault> {
        let name = read_required(value, "name")?;
        let gone =
            *value.get("deleted") == Value::Bool(true) || value.get("stage").as_str() == Some("DISABLED");
        let actions = read_texts(value, "includedPermissions")?;
        if gone || actions.is_empty() {
            let cause = if gone { LeftOutCause::NotInUse } else { LeftOutCause::NoPermissions };
            self.leave_out(&name, cause);
            return Ok(None);
        }
        let version = value.get("etag").as_str().map(str::to_owned);
        Ok(Some(Role { dialect: "google".to_owned(), role: name, version, actions, ..Role::default() }))
    }

    fn read_azure(&mut self, value: &Value) -> Result<Option<Role>, EntryFault> {
        let id = read_required(value, "name")?;
        let value = if *value.get("properties") == Value::Null { value } else { value.get("properties") };
        let name = read_required(value, "roleName")?;
        let permissions = list(value, "permissions")?;
        let mut blocks = Vec::new();
        for permission in permissions {
            blocks.push(PermissionBlock {
                actions: read_texts(permission, "actions")?,
                not_actions: read_texts(permission, "notActions")?,
                data_actions: read_texts(permission, "dataActions")?,
                not_data_actions: read_texts(permission, "notDataActions")?,
                condition: permission
                    .get("condition")
                    .as_str()
                    .map(|text| condition_in_version(text, permission.get("conditionVersion").as_str())),
            });
        }
        if blocks.iter().all(|block| block.actions.is_empty() && block.data_actions.is_empty()) {
            self.leave_out(&name, LeftOutCause::AllowsNothing);
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

    fn read_entra(&mut self, value: &Value) -> Result<Option<Role>, EntryFault> {
        let (id, name) = (read_required(value, "id")?, read_required(value, "displayName")?);
        let permissions = list(value, "rolePermissions")?;
        let mut actions = Vec::new();
        for permission in permissions {
            if !read_texts(permission, "excludedResourceActions")?.is_empty() {
                self.leave_out(&name, LeftOutCause::TakesOut);
                return Ok(None);
            }
            actions.extend(read_texts(permission, "allowedResourceActions")?);
        }
        if actions.is_empty() || *value.get("isEnabled") == Value::Bool(false) {
            self.leave_out(&name, LeftOutCause::AllowsNothingOrDisabled);
            return Ok(None);
        }
        let parents_listed = value.get("inheritsPermissionsFrom").as_list();
        if parents_listed.is_none() && *value.get("isBuiltIn") != Value::Bool(false) {
            self.leave_out(&name, LeftOutCause::UnknownParents);
            return Ok(None);
        }
        let mut parents = Vec::new();
        for parent in parents_listed.unwrap_or_default() {
            parents.push(read_required(parent, "id")?);
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

    fn read_kubernetes(&mut self, value: &Value) -> Result<Option<Role>, EntryFault> {
        let metadata = value.get("metadata");
        let name = read_required(metadata, "name")?;
        let role = match value.get("kind").as_str() {
            Some("Role") => format!("Role:{}/{name}", read_required(metadata, "namespace")?),
            _ => format!("ClusterRole:{name}"),
        };
        let rules = value.get("rules");
        if *rules == Value::Null || rules.as_list().is_some_and(<[Value]>::is_empty) {
            self.leave_out(&role, LeftOutCause::NoRules);
            return Ok(None);
        }
        list(value, "rules")?;
        let version = metadata.get("resourceVersion").as_str().map(str::to_owned);
        let document = Some(to_json(value, "rules")?);
        Ok(Some(Role { dialect: "kubernetes".to_owned(), role, version, document, ..Role::default() }))
    }
}

fn read_aws(value: &Value) -> Result<Role, EntryFault> {
    let (arn, default) = (read_required(value, "Arn")?, read_required(value, "DefaultVersionId")?);
    let in_force = |version: &&Value| version.get("VersionId").as_str() == Some(&default);
    let Some(version) = list(value, "PolicyVersionList")?.iter().find(in_force) else {
        return Err(EntryFault::VersionMissing { version: default });
    };
    if !matches!(version.get("Document"), Value::Object(_)) {
        return Err(EntryFault::EncodedDocument);
    }
    let document = Some(to_json(version, "Document")?);
    let since = value.get("UpdateDate").as_str().map(|date| date.chars().take(10).collect());
    Ok(Role {
        dialect: "aws".to_owned(),
        role: arn,
        version: Some(default),
        since,
        document,
        ..Role::default()
    })
}

/// Returns what an entry calls itself.
fn own_name(value: &Value) -> Option<&str> {
    let names = ["roleName", "displayName", "Arn", "name"];
    let own = names.iter().find_map(|name| value.get(name).as_str());
    own.or_else(|| value.get("metadata").get("name").as_str())
}

/// Returns the text of a member that must be there.
fn read_required(value: &Value, member: &'static str) -> Result<String, EntryFault> {
    match value.get(member).as_str() {
        Some(text) if !text.is_empty() => Ok(text.to_owned()),
        _ => Err(EntryFault::Missing { member }),
    }
}

/// Returns the items of a member that must be a list.
fn list<'v>(value: &'v Value, member: &'static str) -> Result<&'v [Value], EntryFault> {
    value.get(member).as_list().ok_or(EntryFault::NotAList { member })
}

/// Returns the texts of a list; none where the member is absent.
fn read_texts(value: &Value, member: &'static str) -> Result<Vec<String>, EntryFault> {
    if *value.get(member) == Value::Null {
        return Ok(Vec::new());
    }
    let to_text = |item: &Value| item.as_str().map(str::to_owned).ok_or(EntryFault::NotText { member });
    list(value, member)?.iter().map(to_text).collect()
}

/// Writes a member as JSON text again.
fn to_json(value: &Value, member: &'static str) -> Result<Box<RawValue>, EntryFault> {
    // Reading keeps every value but a number that is too large, so that nothing else can fail.
    let text = json::write(value.get(member)).map_err(|_| EntryFault::InexactNumber { member })?;
    RawValue::from_string(text).map_err(|_| EntryFault::InexactNumber { member })
}
