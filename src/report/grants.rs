//! `grants`: every grant of a plan, judged or not.

pub mod human;
pub mod json;

use crate::catalog::{Catalog, Content};
use crate::grants::{Change, Grant};
use crate::lower::Terms;
use crate::lower::words::in_words;

/// Says what a grant gives, one line a statement, in the last of its readings.
pub fn access_lines(grant: &Grant) -> Vec<String> {
    if grant.sensitive {
        return vec!["(sensitive in the plan, so it is not shown)".to_owned()];
    }
    let reading = grant.readings.last();
    reading.map(|reading| reading.access.statements.iter().map(in_words).collect()).unwrap_or_default()
}

/// Looks up what the roles of a grant hold, role by role, as far as a catalogue knows it.
fn role_contents(grant: &Grant, catalog: &Catalog) -> Vec<Content> {
    if grant.sensitive {
        return Vec::new();
    }
    let roles =
        grant.terms.roles.iter().map(|role| Terms { roles: vec![role.clone()], ..grant.terms.clone() });
    roles.filter_map(|terms| catalog.lower_planned(grant.dialect, &terms)).collect()
}

/// The name of a change, for people too.
fn change_name(change: Change) -> &'static str {
    match change {
        Change::Made => "made",
        Change::Changed => "changed",
        Change::Replaced => "replaced",
        Change::Adopted => "adopted",
        Change::LeftBehind => "left behind",
        Change::Drifted => "drifted",
        Change::Loosened => "loosened",
        Change::Untouched => "untouched",
        Change::Delivered => "delivered",
        Change::Altered => "altered",
    }
}
