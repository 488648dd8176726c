//! What is planned beside what was approved, a dimension a line.
//!
//! Takes both sides of a finding and returns lines of both sides, of the planned side only and of the approved side only, as in a
//! diff. Where each side is one statement, its dimensions are compared; otherwise whole statements are.

use std::borrow::Cow;
use std::collections::HashSet;

use super::CheckReport;
use super::model::{FindingEntry, StatementEntry};
use crate::finding::{AccessStatement, NameSet};
use crate::report::statement_words::{describe_condition, describe_exception, describe_statement};

/// Names of one line, at most: the JSON report has all of them.
const MAX_NAMES: usize = 12;

/// Statements of one side, at most.
const MAX_STATEMENTS: usize = 8;

/// The label of a line that is a whole statement.
pub(super) const STATEMENT: &str = "statement";

/// Which side says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Both,
    ByApproval,
    ByPlan,
}

impl Said {
    /// The sign of a diff.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Both => " ",
            Self::ByApproval => "-",
            Self::ByPlan => "+",
        }
    }
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DifferenceLine {
    pub(super) said: Said,
    /// `actions`, `resources` and the like.
    pub(super) label: &'static str,
    pub(super) text: String,
}

/// Lists what both sides of a finding say; nothing where it is not about access, or where nothing may be shown of it.
pub(super) fn list_lines(finding: &FindingEntry<'_>, report: &CheckReport<'_>) -> Vec<DifferenceLine> {
    let Some(access) = &finding.access else { return Vec::new() };
    let statements = |places: &[usize]| -> Vec<AccessStatement> {
        let entries = places.iter().filter_map(|at| report.statements.get(*at));
        entries.map(StatementEntry::to_statement).collect()
    };
    let Some(planned) = access.planned.as_deref().map(statements) else { return Vec::new() };
    compare_statements(&statements(&access.approved), &planned)
}

/// Lists what both sides say.
pub(super) fn compare_statements(
    approved: &[AccessStatement],
    planned: &[AccessStatement],
) -> Vec<DifferenceLine> {
    match (approved, planned) {
        ([approved], [planned]) if approved.effect == planned.effect => compare_two(approved, planned),
        _ => {
            let approved: Vec<String> = approved.iter().map(describe_statement).collect();
            let planned: Vec<String> = planned.iter().map(describe_statement).collect();
            compare_lists(Label::STATEMENT, &approved, &planned)
        }
    }
}

/// Lists the dimensions of one statement, as the planned side.
pub(super) fn list_dimensions(planned: &AccessStatement) -> Vec<DifferenceLine> {
    let dimensions = dimensions_of(planned).into_iter();
    dimensions.flat_map(|(label, names)| compare_lists(label, &[], &names)).collect()
}

fn compare_two(approved: &AccessStatement, planned: &AccessStatement) -> Vec<DifferenceLine> {
    let pairs = dimensions_of(approved).into_iter().zip(dimensions_of(planned));
    pairs.flat_map(|((label, approved), (_, planned))| compare_lists(label, &approved, &planned)).collect()
}

/// How the names of a dimension are shown and compared.
#[derive(Clone, Copy)]
struct Label {
    name: &'static str,
    /// Names that are shown, at most: the JSON report has all of them.
    most: usize,
    is_line_each: bool,
    has_actions: bool,
}

impl Label {
    const STATEMENT: Self =
        Self { name: STATEMENT, most: MAX_STATEMENTS, is_line_each: true, has_actions: false };

    const fn of_names(name: &'static str) -> Self {
        Self { name, most: MAX_NAMES, is_line_each: false, has_actions: false }
    }
}

/// The dimensions of a statement, always the same in the same order.
fn dimensions_of(statement: &AccessStatement) -> [(Label, Vec<String>); 5] {
    let names = |set: &NameSet| -> Vec<String> {
        set.names.iter().cloned().chain(set.except.iter().map(|name| format!("not {name}"))).collect()
    };
    [
        (Label::of_names("principals"), names(&statement.principals)),
        (Label { has_actions: true, ..Label::of_names("actions") }, names(&statement.actions)),
        (Label::of_names("resources"), names(&statement.resources)),
        (
            Label { most: MAX_STATEMENTS, is_line_each: true, ..Label::of_names("conditions") },
            statement.conditions.iter().map(describe_condition).collect(),
        ),
        (Label::of_names("except"), statement.exceptions.iter().map(describe_exception).collect()),
    ]
}

/// By what a name is compared. AWS and Azure do not tell actions apart by case, and a plan's may be in lower case; only
/// theirs hold a colon, or name a provider of Azure.
fn key_of(label: Label, name: &str) -> Cow<'_, str> {
    let ignores_case = name.contains(':') || name.to_ascii_lowercase().starts_with("microsoft.");
    if label.has_actions && ignores_case { name.to_ascii_lowercase().into() } else { name.into() }
}

/// Compares two lists: what is in both, what only the first has, what only the second has.
fn compare_lists(label: Label, approved: &[String], planned: &[String]) -> Vec<DifferenceLine> {
    let keys = |names: &'_ [String]| -> HashSet<String> {
        names.iter().map(|name| key_of(label, name).into_owned()).collect()
    };
    let (approved_keys, planned_keys) = (keys(approved), keys(planned));
    let (both, only_approved): (Vec<&str>, Vec<&str>) =
        approved.iter().map(String::as_str).partition(|name| planned_keys.contains(&*key_of(label, name)));
    let only_planned = planned.iter().map(String::as_str);
    let only_planned = only_planned.filter(|name| !approved_keys.contains(&*key_of(label, name))).collect();
    let parts = [(Said::Both, both), (Said::ByApproval, only_approved), (Said::ByPlan, only_planned)];
    parts.into_iter().flat_map(|(said, names)| write_names(label, said, &names)).collect()
}

/// Writes names in one line, or in a line each.
fn write_names(label: Label, said: Said, names: &[&str]) -> Vec<DifferenceLine> {
    let line = |text| DifferenceLine { said, label: label.name, text };
    let (shown, rest) = names.split_at(names.len().min(label.most));
    match (shown, rest.len()) {
        ([], _) => Vec::new(),
        (shown, 0) if label.is_line_each => shown.iter().map(|name| line((*name).to_owned())).collect(),
        (shown, more) if label.is_line_each => {
            let last = format!("and {more} more");
            shown.iter().map(|name| line((*name).to_owned())).chain([line(last)]).collect()
        }
        (shown, 0) => vec![line(shown.join(", "))],
        (shown, more) => vec![line(format!("{} and {more} more", shown.join(", ")))],
    }
}
