//! Access in lines that people compare: what was approved as the manifest writes it, what is planned as it is read or,
//! under a condition in a language of its own, as it is written.
//!
//! What every grant carries unless it says otherwise (held for good, not passed on) is left out.

use crate::grants::Grant;
use crate::lower::{Assignment, Terms, words};
use crate::manifest::{ApprovedGrant, Exclusion};

use super::outcome::displayed_reading;

/// Lines that a finding shows, at most.
const SHOWN: usize = 8;

/// What a grant would give.
pub(super) fn planned(grant: &Grant) -> Vec<String> {
    if grant.sensitive {
        return vec!["(sensitive in the plan, so it is not shown)".to_owned()];
    }
    // Read, a condition in a language of its own becomes many statements; its author knows it as it is written.
    if grant.terms.expression.is_some() && grant.terms.document.is_none() {
        return vec![written(&grant.terms, &[])];
    }
    let statements =
        displayed_reading(grant).map(|reading| reading.access.statements.as_slice()).unwrap_or_default();
    few(statements, words::in_words)
}

/// What an approval allows, as it was written.
pub(super) fn approved(grants: &[&ApprovedGrant]) -> Vec<String> {
    few(grants, |grant| written(&grant.terms, &grant.exclusions))
}

fn few<T>(items: &[T], line: impl Fn(&T) -> String) -> Vec<String> {
    let mut lines: Vec<String> = items.iter().take(SHOWN).map(line).collect();
    if items.len() > SHOWN {
        lines.push(format!("and {} more", items.len() - SHOWN));
    }
    lines
}

fn written(terms: &Terms, exclusions: &[Exclusion]) -> String {
    let actions = terms.actions.iter().chain(&terms.data_actions).map(ToString::to_string);
    let roles = terms.roles.iter().map(ToString::to_string);
    let mut line = format!("allow {} {}", list(&terms.principals), join(actions.chain(roles)));
    let less: Vec<_> = terms.not_actions.iter().chain(&terms.not_data_actions).collect();
    if !less.is_empty() {
        line.push_str(&format!(" but not {}", list(less)));
    }
    if !terms.resources.is_empty() {
        line.push_str(&format!(" on {}", list(&terms.resources)));
    }
    let conditions =
        terms.conditions.iter().map(|one| format!("{} {} {}", one.key, one.operator, list(&one.values)));
    let conditions: Vec<String> =
        conditions.chain(terms.expression.iter().map(ToString::to_string)).chain(held(terms)).collect();
    if !conditions.is_empty() {
        line.push_str(&format!(" when {}", conditions.join(" and ")));
    }
    for exclusion in exclusions {
        line.push_str(&format!("; except {}", excepted(exclusion)));
    }
    line
}

fn held(terms: &Terms) -> Vec<String> {
    let assignment = terms.mode.assignment.map(|assignment| match assignment {
        Assignment::Eligible => "only eligible".to_owned(),
        Assignment::Active => "active for a time".to_owned(),
    });
    let grantable = terms.mode.grantable.then(|| "it may be passed on".to_owned());
    let lives = terms.mode.ttl_seconds.map(|seconds| format!("it lives at most {seconds} s"));
    [assignment, grantable, lives].into_iter().flatten().collect()
}

fn excepted(exclusion: &Exclusion) -> String {
    let on = |words: String| if words.is_empty() { words } else { format!("on {words}") };
    let parts = [list(&exclusion.principals), list(&exclusion.actions), on(list(&exclusion.resources))];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn list<'a, T: std::fmt::Display + 'a>(words: impl IntoIterator<Item = T>) -> String {
    join(words.into_iter().map(|word| word.to_string()))
}

fn join(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(", ")
}
