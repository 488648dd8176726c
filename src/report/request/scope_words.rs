//! A scope in plain words, for an approver who has never seen a policy.
//!
//! Takes the statements that a block was drafted from and says who may do what to which resources, and what they may not.
//! AWS sorts its actions by how far they reach; other clouds name roles, which are named here as well.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::actions::{AccessLevel, find_service};
use crate::finding::AccessStatement;
use crate::grants::leave_out_members;
use crate::lower::Dialect;
use crate::request::{DraftApproval, DraftGrant};

/// Names in one sentence, at most.
const MAX_NAMES: usize = 3;

/// Says what an approval is about.
pub(super) fn describe_title(approval: &DraftApproval) -> String {
    let statements = || approval.grants.iter().flat_map(|grant| &grant.statements);
    let principals = name_principals(statements());
    let services: BTreeSet<String> =
        statements().flat_map(|one| &one.actions.names).map(|name| service_of(name)).collect();
    if principals.is_empty() {
        return "What runs beside the plan".to_owned();
    }
    format!("Access of {} to {}", join_names(principals), join_names(services))
}

/// Says what a block allows: a line a sentence.
pub(super) fn describe_scope(grant: &DraftGrant) -> Vec<String> {
    let principals = name_principals(grant.statements.iter());
    let mut lines = BTreeSet::new();
    for statement in &grant.statements {
        lines.extend(describe_statement(grant.dialect, statement));
    }
    let who = join_names(principals);
    let mut said: Vec<String> =
        lines.into_iter().take(MAX_NAMES).map(|line| format!("{who} {line}")).collect();
    if !grant.rest.is_empty() && !said.is_empty() {
        said.push("only as far as the conditions and exclusions below say".to_owned());
    }
    said
}

/// Who gets the access, each once.
fn name_principals<'s>(statements: impl Iterator<Item = &'s AccessStatement>) -> BTreeSet<String> {
    let mut names: Vec<String> = statements.flat_map(|one| &one.principals.names).cloned().collect();
    leave_out_members(&mut names);
    names.iter().map(|name| shorten(name)).collect()
}

fn describe_statement(dialect: Dialect, statement: &AccessStatement) -> Option<String> {
    let resources = describe_resources(&statement.resources.names);
    let names = &statement.actions.names;
    let first = names.first()?;
    if first.starts_with("credential:") {
        return Some("gets a credential that acts as it".to_owned());
    }
    let lower = first.to_ascii_lowercase();
    if lower.starts_with("sts:assumerole") {
        return Some(format!("may become {resources}"));
    }
    if lower == "iam:passrole" {
        return Some(format!("may be handed {resources}"));
    }
    if dialect != Dialect::Aws || first.starts_with("arn:") {
        let roles: BTreeSet<String> = names.iter().map(|name| shorten(name)).collect();
        return Some(format!("gets {} on {resources}", join_names(roles)));
    }
    let mut by_service: BTreeMap<String, BTreeSet<AccessLevel>> = BTreeMap::new();
    for name in names {
        by_service.entry(service_of(name)).or_default().extend(find_levels(name));
    }
    let parts: Vec<String> =
        by_service.iter().map(|(service, levels)| describe_levels(service, levels)).collect();
    Some(format!("may {}: {resources}", parts.join("; ")))
}

/// Says how far actions of a service reach, and how far they do not.
fn describe_levels(service: &str, levels: &BTreeSet<AccessLevel>) -> String {
    if service == "*" {
        return "do everything".to_owned();
    }
    let verbs = [
        (AccessLevel::List, "list"),
        (AccessLevel::Read, "read"),
        (AccessLevel::Tagging, "tag"),
        (AccessLevel::Write, "change or delete"),
        (AccessLevel::Permissions, "share"),
    ];
    let of = |has: bool| -> Vec<&str> {
        verbs.iter().filter(|(level, _)| levels.contains(level) == has).map(|(_, verb)| *verb).collect()
    };
    let (may, may_not) = (of(true), of(false));
    if may.is_empty() {
        return format!("use {service}");
    }
    let denied: Vec<&str> =
        may_not.into_iter().filter(|verb| matches!(*verb, "change or delete" | "share")).collect();
    let not = if denied.is_empty() { String::new() } else { format!(", not {}", denied.join(" or ")) };
    format!("{} in {service}{not}", may.join(", "))
}

/// How far the actions of a name reach; of a pattern, those of every action that it may spell.
fn find_levels(name: &str) -> BTreeSet<AccessLevel> {
    let Some((prefix, action)) = name.split_once(':') else { return BTreeSet::new() };
    let Some(service) = find_service(&prefix.to_ascii_lowercase()) else { return BTreeSet::new() };
    let action = action.to_ascii_lowercase();
    let spelled = service
        .actions
        .iter()
        .filter(|known| rule_language::matches_glob(&action, &known.name.to_ascii_lowercase()));
    spelled.flat_map(|known| known.levels()).collect()
}

fn service_of(action: &str) -> String {
    if action.starts_with("arn:") {
        return shorten(action);
    }
    action.split([':', '/']).next().unwrap_or(action).to_owned()
}

fn describe_resources(names: &[String]) -> String {
    if names.is_empty() || names.iter().any(|name| name == "*") {
        return "everything".to_owned();
    }
    let described: BTreeSet<String> = names.iter().map(|name| describe_resource(name)).collect();
    join_names(described)
}

fn describe_resource(name: &str) -> String {
    match name.strip_prefix("arn:aws:s3:::").map(|rest| rest.strip_suffix("/*").ok_or(rest)) {
        Some(Ok(bucket)) => format!("every object in {bucket}"),
        Some(Err(bucket)) => format!("bucket {bucket}"),
        None => shorten(name),
    }
}

/// The end of an ARN or of a path, which says which one is meant.
fn shorten(name: &str) -> String {
    if let Some(rest) = name.strip_prefix("arn:") {
        let parts: Vec<&str> = rest.splitn(5, ':').collect();
        return match parts.as_slice() {
            [.., account, "root"] => format!("account {account}"),
            [.., end] if parts.len() == 5 && !end.is_empty() => (*end).to_owned(),
            _ => name.to_owned(),
        };
    }
    name.strip_prefix("Service:").unwrap_or(name).to_owned()
}

/// The first names, and how many there are besides.
pub(super) fn join_names(names: BTreeSet<String>) -> String {
    let more = names.len().saturating_sub(MAX_NAMES);
    let shown: Vec<String> = names.into_iter().take(MAX_NAMES).collect();
    match more {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
