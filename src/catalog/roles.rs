//! The catalogue file: what a user's own clouds say that their roles hold.
//!
//! JSON Lines. The first line says what it is and of when (`{"schema": "countersign/catalog-v1", "date": …, "roles":
//! N}`), each other one is a role; so a change of one role is a change of one line. Takes the text and returns the
//! roles, which are found by any of their names. An error gives the number of its line.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::json;
use crate::lower::{Dialect, DocumentFormat, DocumentValue, Side, Terms, Text, azure, lower};
use crate::value::Value;

use super::error::{CatalogError, LineFault, RoleFault, WriteError};
use super::table::CatalogSource;
use super::{RoleContent, Used};

/// The name of the format.
pub const SCHEMA: &str = "countersign/catalog-v1";

/// Google's basic roles also work through what their holders are members of, so no list of permissions is all that they
/// give (<https://cloud.google.com/iam/docs/roles-overview#basic>).
const BASIC: [&str; 6] =
    ["roles/viewer", "roles/editor", "roles/owner", "roles/reader", "roles/writer", "roles/admin"];

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct CatalogHead {
    schema: String,
    date: Date,
    roles: usize,
}

/// One role, as a line of the file.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// The word of its dialect.
    pub dialect: String,
    /// Its name, as plans and approvals write it.
    pub role: String,
    /// Other names that mean it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The version of its content, where the cloud numbers them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Since when the cloud has this version, where it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// Google's permissions, Entra's actions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<String>,
    /// Azure's permission blocks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<PermissionBlock>,
    /// AWS's policy, or Kubernetes's list of rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Box<RawValue>>,
}

/// One of Azure's permission blocks.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct PermissionBlock {
    /// What may be done.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<String>,
    /// What of it may not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_actions: Vec<String>,
    /// What may be done to data.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub data_actions: Vec<String>,
    /// What of that may not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_data_actions: Vec<String>,
    /// Under which condition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
}

/// The roles of one file.
#[derive(Debug)]
pub struct Roles {
    source: CatalogSource,
    roles: Vec<Role>,
    /// By dialect and name; none where two roles have the name.
    by_name: HashMap<(Dialect, String), Option<usize>>,
    /// By dialect; gathered when first asked for.
    actions: OnceLock<BTreeMap<Dialect, BTreeSet<String>>>,
}

impl Roles {
    /// Reads a file; `name` is what messages and reports call it.
    ///
    /// # Errors
    ///
    /// The first line that is not as it has to be.
    pub fn read(name: &str, text: &str) -> Result<Self, CatalogError> {
        let at = |line: usize, fault: LineFault| CatalogError { line, fault };
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let (_, first) = lines.next().ok_or(at(1, LineFault::Empty))?;
        let head: CatalogHead = serde_json::from_str(first)
            .map_err(|error| at(1, LineFault::NotACatalog { cause: without_line(&error) }))?;
        if head.schema != SCHEMA {
            return Err(at(1, LineFault::WrongSchema { found: head.schema, expected: SCHEMA }));
        }
        let mut roles = Vec::with_capacity(head.roles.min(text.len()));
        let mut by_name: HashMap<(Dialect, String), Option<usize>> = HashMap::new();
        let mut last = 1;
        for (index, line) in lines {
            last = index + 1;
            let role: Role = serde_json::from_str(line)
                .map_err(|error| at(last, LineFault::NotARole { cause: without_line(&error) }))?;
            let dialect = role.check().map_err(|fault| at(last, fault.into()))?;
            if by_name.contains_key(&(dialect, spell_key(dialect, &role.role))) {
                return Err(at(last, LineFault::RepeatedRole { role: role.role }));
            }
            for name in std::iter::once(&role.role).chain(&role.aliases) {
                let known = by_name.entry((dialect, spell_key(dialect, name))).or_insert(Some(roles.len()));
                if *known != Some(roles.len()) {
                    *known = None;
                }
            }
            roles.push(role);
        }
        if roles.len() != head.roles {
            return Err(at(last, LineFault::WrongCount { promised: head.roles, found: roles.len() }));
        }
        let source = CatalogSource {
            title: "your roles".to_owned(),
            source: name.to_owned(),
            date: head.date,
            licence: String::new(),
            count: head.roles,
        };
        Ok(Self { source, roles, by_name, actions: OnceLock::new() })
    }

    /// What it is and of when.
    pub fn source(&self) -> &CatalogSource {
        &self.source
    }

    /// Whether it holds roles of a dialect.
    pub(super) fn speaks_of(&self, dialect: Dialect) -> bool {
        self.roles.iter().any(|role| role.dialect == dialect.word())
    }

    /// Every action that is written out in the roles of a dialect.
    pub(super) fn list_actions(&self, dialect: Dialect) -> &BTreeSet<String> {
        const NONE: &BTreeSet<String> = &BTreeSet::new();
        self.actions.get_or_init(|| self.all_actions()).get(&dialect).unwrap_or(NONE)
    }

    fn all_actions(&self) -> BTreeMap<Dialect, BTreeSet<String>> {
        let mut all: BTreeMap<Dialect, BTreeSet<String>> = BTreeMap::new();
        for role in &self.roles {
            let Some(dialect) = Dialect::from_word(&role.dialect) else { continue };
            let blocks = role.blocks.iter().flat_map(|block| block.actions.iter().chain(&block.data_actions));
            let written = role.actions.iter().chain(blocks).filter(|action| !action.contains('*'));
            all.entry(dialect).or_default().extend(written.cloned());
        }
        all
    }

    /// What a role holds, as words without a holder.
    pub(super) fn find_role(&self, dialect: Dialect, side: Side, name: &str) -> Option<RoleContent> {
        if dialect == Dialect::Google && side == Side::Planned && BASIC.contains(&name) {
            return None;
        }
        let at = (*self.by_name.get(&(dialect, spell_key(dialect, name)))?)?;
        let role = self.roles.get(at)?;
        let used = Used {
            role: role.role.clone(),
            version: role.version.clone(),
            since: role.since.clone(),
            source: self.source.clone(),
        };
        Some(RoleContent { words: role.read_words(dialect)?, used })
    }
}

/// A file of these roles.
///
/// # Errors
///
/// A role that can't be read back, and why.
pub fn write(roles: &[Role], date: Date) -> Result<String, WriteError> {
    let head = CatalogHead { schema: SCHEMA.to_owned(), date, roles: roles.len() };
    let line = |error: serde_json::Error| WriteError::Line { cause: error.to_string() };
    let mut text = serde_json::to_string(&head).map_err(line)?;
    for role in roles {
        let of_role = |fault| WriteError::Role { role: role.role.clone(), fault };
        let dialect = role.check().map_err(of_role)?;
        let terms = role.read_words(dialect).unwrap_or_default();
        let doubt =
            terms.iter().find_map(|terms| lower(dialect, Side::Planned, terms).doubts.into_iter().next());
        if let Some(doubt) = doubt {
            return Err(of_role(RoleFault::Undecided(doubt)));
        }
        text.push('\n');
        text.push_str(&serde_json::to_string(role).map_err(line)?);
    }
    text.push('\n');
    Ok(text)
}

/// Returns what is wrong in a line, without the line's number, which would always be one.
fn without_line(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

/// How a name is looked up.
fn spell_key(dialect: Dialect, name: &str) -> String {
    match dialect {
        Dialect::Azure => azure::role_key(name),
        Dialect::Azuread => name.to_lowercase(),
        Dialect::Aws | Dialect::Google | Dialect::Kubernetes | Dialect::Github | Dialect::Terraform => {
            name.to_owned()
        }
    }
}

impl Role {
    /// Whether it says what a role of its dialect says, and nothing else.
    fn check(&self) -> Result<Dialect, RoleFault> {
        let undefined = || RoleFault::UndefinedDialect { dialect: self.dialect.clone() };
        let dialect = Dialect::from_word(&self.dialect).ok_or_else(undefined)?;
        if self.role.is_empty() || self.aliases.iter().any(String::is_empty) {
            return Err(RoleFault::EmptyName);
        }
        let said = [!self.actions.is_empty(), !self.blocks.is_empty(), self.document.is_some()];
        let (has, expected) = match dialect {
            Dialect::Google | Dialect::Azuread => ([true, false, false], "`actions`"),
            Dialect::Azure => ([false, true, false], "`blocks`"),
            Dialect::Aws | Dialect::Kubernetes => ([false, false, true], "a `document`"),
            Dialect::Github | Dialect::Terraform => {
                return Err(RoleFault::NoContent { dialect: dialect.word() });
            }
        };
        if said != has {
            return Err(RoleFault::WrongContent { dialect: dialect.word(), expected });
        }
        if let Some(action) = self.actions.iter().find(|action| action.is_empty() || action.contains('*')) {
            return Err(RoleFault::NotAnAction { action: action.clone(), dialect: dialect.word() });
        }
        let is_silent = |block: &PermissionBlock| block.actions.is_empty() && block.data_actions.is_empty();
        if self.blocks.iter().all(is_silent) && dialect == Dialect::Azure {
            return Err(RoleFault::AllowsNothing);
        }
        if let Some(document) = &self.document {
            match (dialect, json::parse(document.get())?) {
                (Dialect::Aws, Value::Object(_)) | (Dialect::Kubernetes, Value::List(_)) => {}
                (Dialect::Aws, _) => return Err(RoleFault::NotAPolicy),
                _ => return Err(RoleFault::NotRules),
            }
        }
        Ok(dialect)
    }

    /// Its content, block by block. None where nothing is left.
    fn read_words(&self, dialect: Dialect) -> Option<Vec<Terms>> {
        let texts = |words: &[String]| words.iter().map(|word| Text::known(word)).collect();
        let words: Vec<Terms> = match (&self.document, dialect) {
            (Some(document), _) => {
                let format = if dialect == Dialect::Aws {
                    DocumentFormat::AwsPolicy
                } else {
                    DocumentFormat::KubernetesRules
                };
                let document = Some((format, DocumentValue::Text(Text::known(document.get()))));
                vec![Terms { document, ..Terms::default() }]
            }
            (None, Dialect::Azure) => {
                let allows =
                    |block: &&PermissionBlock| !block.actions.is_empty() || !block.data_actions.is_empty();
                let blocks = self.blocks.iter().filter(allows).map(|block| Terms {
                    actions: texts(&block.actions),
                    not_actions: texts(&block.not_actions),
                    data_actions: texts(&block.data_actions),
                    not_data_actions: texts(&block.not_data_actions),
                    expression: block.condition.as_deref().map(Text::known),
                    ..Terms::default()
                });
                blocks.collect()
            }
            (None, _) => vec![Terms { actions: texts(&self.actions), ..Terms::default() }],
        };
        (!words.is_empty()).then_some(words)
    }
}
