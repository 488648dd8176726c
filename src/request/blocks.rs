//! `grant` blocks for the statements of a planned grant.
//!
//! Takes what a grant would give, as its finding shows it, and returns one [`DraftGrant`] for each statement that allows
//! something. What a statement leaves out becomes an `except` block. A block says no more than the statement; how its names
//! that are not known are spelled is the caller's choice.

use std::collections::BTreeSet;

use access_algebra::Effect;

use super::UnmetGrant;
use super::conditions::{DraftCondition, draft_condition};
use super::names::{SpelledObjects, Spelling};
use crate::catalog::actions::find_service;
use crate::finding::{AccessStatement, NameSet};
use crate::grants::{Grant, leave_out_members};
use crate::judge::written_conditions;
use crate::lower::credential::CREDENTIAL_PREFIX;
use crate::lower::{Dialect, Terms, Text};
use crate::manifest::quote;
use crate::rules::GrantKind;

/// A `grant` block. Its texts are literals of the manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftGrant {
    /// Whose vocabulary.
    pub dialect: Dialect,
    /// Who.
    pub principals: BTreeSet<String>,
    /// Actions.
    pub actions: BTreeSet<String>,
    /// What is taken out of them.
    pub not_actions: BTreeSet<String>,
    /// Actions of the data plane.
    pub data_actions: BTreeSet<String>,
    /// Roles and managed policies by name.
    pub roles: BTreeSet<String>,
    /// Types of credentials.
    pub credentials: BTreeSet<String>,
    /// What is acted on.
    pub resources: BTreeSet<String>,
    /// Conditions, modes and exclusions: the lines of the block behind its lists.
    pub rest: Vec<String>,
    /// The statements that it was drafted from, for people.
    pub statements: Vec<AccessStatement>,
    /// The addresses of the grants.
    pub addresses: BTreeSet<String>,
}

/// Drafts the blocks of a grant; `None` where a name cannot be spelled so, and where nothing is allowed.
pub(super) fn draft_blocks(
    unmet: &UnmetGrant<'_>,
    spelling: Spelling,
    objects: &SpelledObjects,
) -> Option<Vec<DraftGrant>> {
    let spell = |name: &str| objects.spell(name, spelling);
    if speaks_in_terms(unmet.grant) {
        return Some(vec![draft_terms(unmet, &spell, spelling, objects)?]);
    }
    let allowing = unmet.statements.iter().filter(|statement| statement.effect == Effect::Allow);
    let blocks: Option<Vec<DraftGrant>> =
        allowing.map(|statement| draft_block(unmet, statement, &spell, spelling, objects)).collect();
    blocks.filter(|blocks| !blocks.is_empty())
}

fn draft_block(
    unmet: &UnmetGrant<'_>,
    statement: &AccessStatement,
    spell: &impl Fn(&str) -> Option<String>,
    spelling: Spelling,
    objects: &SpelledObjects,
) -> Option<DraftGrant> {
    let dialect = unmet.grant.dialect;
    let spell_all =
        |names: &mut dyn Iterator<Item = &String>| names.map(|name| spell(name)).collect::<Option<_>>();
    let names = &statement.actions.names;
    let credentials =
        names.iter().filter_map(|name| Some(quote(name.strip_prefix(CREDENTIAL_PREFIX)?))).collect();
    let is_plain = |name: &&String| !name.starts_with(CREDENTIAL_PREFIX) && !is_role(dialect, name);
    let mut rest = Vec::new();
    for condition in &statement.conditions {
        match draft_condition(condition, spelling, objects)? {
            DraftCondition::Lines(lines) => rest.push(lines),
            DraftCondition::Nothing => {}
        }
    }
    // A denial that goes held however the access is held.
    if unmet.grant.kind == GrantKind::Limit && dialect == Dialect::Aws {
        rest.push("    grantable = true\n".to_owned());
    }
    for (part, set) in [
        ("principals", &statement.principals),
        ("actions", &statement.actions),
        ("resources", &statement.resources),
    ] {
        rest.extend(draft_except(part, set, spell)?);
    }
    let mut principals = statement.principals.names.clone();
    leave_out_members(&mut principals);
    let plain: Vec<String> =
        names.iter().filter(is_plain).map(|name| respell_action(dialect, name)).collect();
    let mut resources: BTreeSet<String> = spell_all(&mut statement.resources.names.iter())?;
    if !BTreeSet::is_empty(&credentials) && dialect == Dialect::Aws {
        resources.clear();
    }
    if resources.is_empty() && dialect != Dialect::Aws {
        resources.insert(quote("*"));
    }
    Some(DraftGrant {
        dialect,
        principals: spell_all(&mut principals.iter())?,
        actions: spell_all(&mut plain.iter())?,
        not_actions: BTreeSet::new(),
        data_actions: BTreeSet::new(),
        roles: spell_all(&mut names.iter().filter(|name| is_role(dialect, name)))?,
        credentials,
        resources,
        rest,
        statements: vec![statement.clone()],
        addresses: BTreeSet::from([unmet.grant.origin.address.to_string()]),
    })
}

/// Whether the words of a grant are those of the manifest: outside of AWS, whose documents say more.
fn speaks_in_terms(grant: &Grant) -> bool {
    let Terms { actions, data_actions, roles, document, not_data_actions, .. } = &grant.terms;
    let says_actions = [actions, data_actions, roles].iter().any(|names| !names.is_empty());
    grant.dialect != Dialect::Aws
        && grant.kind != GrantKind::Limit
        && document.is_none()
        && not_data_actions.is_empty()
        && says_actions
}

/// Drafts the block of a grant in its own words.
fn draft_terms(
    unmet: &UnmetGrant<'_>,
    spell: &impl Fn(&str) -> Option<String>,
    spelling: Spelling,
    objects: &SpelledObjects,
) -> Option<DraftGrant> {
    let grant = unmet.grant;
    let terms = &grant.terms;
    let spell_all = |texts: &[Text]| -> Option<BTreeSet<String>> {
        texts.iter().map(|text| spell(&text.to_string())).collect()
    };
    let credential = |text: &Text| text.to_string().strip_prefix(CREDENTIAL_PREFIX).map(quote);
    let plain: Vec<Text> = terms.actions.iter().filter(|text| credential(text).is_none()).cloned().collect();
    let mut rest = Vec::new();
    for condition in written_conditions(terms) {
        if let DraftCondition::Lines(lines) = draft_condition(&condition, spelling, objects)? {
            rest.push(lines);
        }
    }
    let mut resources: BTreeSet<String> = spell_all(&terms.resources)?;
    if resources.is_empty() {
        resources.insert(quote("*"));
    }
    Some(DraftGrant {
        dialect: grant.dialect,
        principals: spell_all(&terms.principals)?,
        actions: spell_all(&plain)?,
        not_actions: spell_all(&terms.not_actions)?,
        data_actions: spell_all(&terms.data_actions)?,
        roles: spell_all(&terms.roles)?,
        credentials: terms.actions.iter().filter_map(credential).collect(),
        resources,
        rest,
        statements: unmet.statements.clone(),
        addresses: BTreeSet::from([grant.origin.address.to_string()]),
    })
}

/// An `except` block for what a set does not hold all the same.
fn draft_except(
    part: &str,
    set: &NameSet,
    spell: &impl Fn(&str) -> Option<String>,
) -> Option<Option<String>> {
    if set.except.is_empty() {
        return Some(None);
    }
    let names: Option<Vec<String>> = set.except.iter().map(|name| spell(name)).collect();
    Some(Some(format!("    except {{\n      {part} = [{}]\n    }}\n", names?.join(", "))))
}

/// An action as its cloud writes it, where that is known: letter case means nothing to AWS.
fn respell_action(dialect: Dialect, action: &str) -> String {
    let find = || {
        let (prefix, name) = action.split_once(':')?;
        let service = find_service(&prefix.to_ascii_lowercase())?;
        Some(format!("{}:{}", service.prefix, service.find_action(name)?.name))
    };
    let known = if dialect == Dialect::Aws { find() } else { None };
    known.unwrap_or_else(|| action.to_owned())
}

/// Whether an action is a role or a managed policy by name.
fn is_role(dialect: Dialect, action: &str) -> bool {
    match dialect {
        Dialect::Aws => action.starts_with("arn:") || action.starts_with("${"),
        Dialect::Google => {
            ["roles/", "projects/", "organizations/"].iter().any(|start| action.starts_with(start))
        }
        Dialect::Azure | Dialect::Azuread | Dialect::Kubernetes | Dialect::Github | Dialect::Terraform => {
            false
        }
    }
}

impl DraftGrant {
    /// The block as text, indented as a part of an approval.
    pub fn to_hcl(&self) -> String {
        let mut text = format!("  grant {} {{\n", quote(self.dialect.word()));
        let lists = [
            ("principals", &self.principals),
            ("actions", &self.actions),
            ("not_actions", &self.not_actions),
            ("data_actions", &self.data_actions),
            ("roles", &self.roles),
            ("credentials", &self.credentials),
            ("resources", &self.resources),
        ];
        let written = || lists.iter().filter(|(_, names)| !names.is_empty());
        let width = written().map(|(name, _)| name.len()).max().unwrap_or_default();
        for (name, names) in written() {
            text.push_str(&format!("    {name:width$} = {}\n", write_list(names)));
        }
        for part in &self.rest {
            if part.contains('{') {
                text.push('\n');
            }
            text.push_str(part);
        }
        text.push_str("  }\n");
        text
    }
}

/// The most characters of a list on one line.
const LINE: usize = 90;

/// A list of literals, one a line where they are long.
fn write_list(names: &BTreeSet<String>) -> String {
    let length: usize = names.iter().map(|name| name.len() + 2).sum();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    if names.len() < 2 || length <= LINE {
        return format!("[{}]", names.join(", "));
    }
    format!("[\n      {},\n    ]", names.join(",\n      "))
}
