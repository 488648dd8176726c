//! Brings attachments and definitions together.
//!
//! An attachment names a role; where the plan holds that role's definition, its content is a second reading of the
//! attachment. A definition grants what it says to whoever holds it; where nobody is seen to hold it, to itself.

use std::collections::{BTreeSet, HashMap};

use super::collect::{Found, union};
use super::{Change, Grant, planned};
use crate::lower::Terms;
use crate::rules::Kind;

pub(super) fn join(found: Vec<Found>) -> Vec<Grant> {
    let definitions = definitions(&found);
    let holders = holders(&found);
    let mut grants = Vec::with_capacity(found.len());
    for one in &found {
        if one.grant.kind == Kind::Definition {
            grants.extend(defined(one, &holders, &found));
        } else if one.grant.terms.roles.is_empty() || !one.grant.readings.is_empty() {
            let mut grant = one.grant.clone();
            if grant.readings.is_empty() {
                grant.readings.push(planned(grant.dialect, &grant.terms));
            }
            grants.push(grant);
        } else {
            grants.extend(attached(&one.grant, &definitions, &found));
        }
    }
    grants
}

/// Where each role that the plan defines is defined.
fn definitions(found: &[Found]) -> HashMap<String, usize> {
    let mut definitions = HashMap::new();
    for (at, one) in found.iter().enumerate() {
        if one.grant.kind == Kind::Definition && one.grant.change != Change::LeftBehind {
            definitions.extend(one.names.iter().map(|name| (name.to_string(), at)));
        }
    }
    definitions
}

/// Which attachments name each role.
fn holders(found: &[Found]) -> HashMap<String, Vec<usize>> {
    let mut holders: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, one) in found.iter().enumerate() {
        if one.grant.kind != Kind::Definition {
            for role in &one.grant.terms.roles {
                holders.entry(role.to_string()).or_default().push(at);
            }
        }
    }
    holders
}

/// One grant a role, by its name and, where the plan defines it, by its content.
fn attached(grant: &Grant, definitions: &HashMap<String, usize>, found: &[Found]) -> Vec<Grant> {
    let mut parts: Vec<(Terms, Option<usize>)> = Vec::new();
    let mut rest = grant.terms.clone();
    rest.roles.clear();
    if !rest.actions.is_empty() || !rest.data_actions.is_empty() || rest.document.is_some() {
        parts.push((rest, None));
    }
    for role in &grant.terms.roles {
        let mut terms = grant.terms.clone();
        terms.roles = vec![role.clone()];
        terms.actions.clear();
        terms.data_actions.clear();
        terms.document = None;
        parts.push((terms, definitions.get(&role.to_string()).copied()));
    }
    let made = parts.into_iter().map(|(terms, definition)| {
        let mut one = grant.clone();
        one.readings = vec![planned(grant.dialect, &terms)];
        if let Some(definition) = definition.and_then(|at| found.get(at)) {
            let held = held(&definition.grant.terms, &terms);
            one.readings.push(planned(definition.grant.dialect, &held));
            one.defined = (!held.roles.is_empty()).then(|| Box::new(held));
        }
        one.terms = terms;
        one
    });
    made.collect()
}

/// What a definition says, in the hands of whoever holds it.
fn held(definition: &Terms, holder: &Terms) -> Terms {
    let mut terms = definition.clone();
    terms.principals.clone_from(&holder.principals);
    if !holder.resources.is_empty() {
        terms.resources.clone_from(&holder.resources);
    }
    terms.conditions.extend(holder.conditions.iter().cloned());
    if holder.expression.is_some() {
        terms.expression.clone_from(&holder.expression);
    }
    terms.mode = holder.mode.clone();
    terms
}

/// A definition as a grant to each of its holders.
fn defined(one: &Found, holders: &HashMap<String, Vec<usize>>, found: &[Found]) -> Vec<Grant> {
    let held_by: BTreeSet<usize> =
        one.names.iter().filter_map(|name| holders.get(&name.to_string())).flatten().copied().collect();
    let mut words: Vec<Terms> = Vec::new();
    for holder in held_by.iter().filter_map(|at| found.get(*at)) {
        let terms = held(&Terms::default(), &holder.grant.terms);
        if !words.contains(&terms) {
            words.push(terms);
        }
    }
    if words.is_empty() {
        let principals = one.names.first().cloned().into_iter().collect();
        words.push(Terms { principals, ..Terms::default() });
    }
    let made = words.iter().map(|holder| {
        let mut grant = one.grant.clone();
        grant.terms = held(&one.grant.terms, holder);
        grant.readings = vec![planned(grant.dialect, &grant.terms)];
        let before = one.before.iter().map(|extract| planned(extract.dialect, &held(&extract.terms, holder)));
        grant.before = union(before);
        grant
    });
    made.collect()
}
