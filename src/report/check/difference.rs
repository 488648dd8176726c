//! What is planned beside what was approved, a dimension a line.
//!
//! Takes a finding of a report and returns lines of both sides, of the planned side only and of the approved side only, as in a
//! diff. Where each side is one statement, its dimensions are compared; otherwise whole statements are.

use super::CheckReport;
use super::model::{FindingEntry, StatementEntry};
use crate::finding::{AccessStatement, NameSet};
use crate::report::statement_words::{describe_condition, describe_exception, describe_statement};

/// Names of one line, at most: the JSON report has all of them.
const MAX_NAMES: usize = 12;

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

/// Lists what both sides say; nothing where a finding is not about access, or where nothing may be shown of it.
pub(super) fn list_lines(finding: &FindingEntry<'_>, report: &CheckReport<'_>) -> Vec<DifferenceLine> {
    let Some(access) = &finding.access else { return Vec::new() };
    let statements = |places: &[usize]| -> Vec<AccessStatement> {
        let entries = places.iter().filter_map(|at| report.statements.get(*at));
        entries.map(StatementEntry::to_statement).collect()
    };
    let Some(planned) = access.planned.as_deref().map(statements) else { return Vec::new() };
    let approved = statements(&access.approved);
    match (approved.as_slice(), planned.as_slice()) {
        ([approved], [planned]) if approved.effect == planned.effect => compare_two(approved, planned),
        _ => {
            let approved: Vec<String> = approved.iter().map(describe_statement).collect();
            let planned: Vec<String> = planned.iter().map(describe_statement).collect();
            compare_lists("statement", &approved, &planned, |one, other| one == other)
        }
    }
}

fn compare_two(approved: &AccessStatement, planned: &AccessStatement) -> Vec<DifferenceLine> {
    let exactly = |one: &str, other: &str| one == other;
    let names = |set: &NameSet| -> Vec<String> {
        set.names.iter().cloned().chain(set.except.iter().map(|name| format!("not {name}"))).collect()
    };
    let compare = |label, of: fn(&AccessStatement) -> &NameSet, is_same: fn(&str, &str) -> bool| {
        compare_lists(label, &names(of(approved)), &names(of(planned)), is_same)
    };
    let conditions =
        |one: &AccessStatement| one.conditions.iter().map(describe_condition).collect::<Vec<_>>();
    let exceptions =
        |one: &AccessStatement| one.exceptions.iter().map(describe_exception).collect::<Vec<_>>();
    let mut lines = compare("principals", |one| &one.principals, exactly);
    lines.extend(compare("actions", |one| &one.actions, is_same_action));
    lines.extend(compare("resources", |one| &one.resources, exactly));
    lines.extend(compare_lists("conditions", &conditions(approved), &conditions(planned), exactly));
    lines.extend(compare_lists("except", &exceptions(approved), &exceptions(planned), exactly));
    lines
}

/// Whether two spellings are one action. AWS and Azure do not tell actions apart by case, and a plan's are in lower case;
/// only theirs hold a colon, or name a provider of Azure.
fn is_same_action(one: &str, other: &str) -> bool {
    let ignores_case = one.contains(':') || one.to_ascii_lowercase().starts_with("microsoft.");
    one == other || ignores_case && one.eq_ignore_ascii_case(other)
}

/// Compares two lists: what is in both, what only the first has, what only the second has.
fn compare_lists(
    label: &'static str,
    approved: &[String],
    planned: &[String],
    is_same: impl Fn(&str, &str) -> bool,
) -> Vec<DifferenceLine> {
    let is_in = |name: &String, list: &[String]| list.iter().any(|other| is_same(name, other));
    let (both, only_approved): (Vec<_>, Vec<_>) = approved.iter().partition(|name| is_in(name, planned));
    let only_planned: Vec<&String> = planned.iter().filter(|name| !is_in(name, approved)).collect();
    let parts = [(Said::Both, both), (Said::ByApproval, only_approved), (Said::ByPlan, only_planned)];
    let line = |(said, names): (Said, Vec<&String>)| {
        let shown: Vec<&str> = names.iter().take(MAX_NAMES).map(|name| name.as_str()).collect();
        let mut text = shown.join(", ");
        if names.len() > MAX_NAMES {
            text.push_str(&format!(" and {} more", names.len() - MAX_NAMES));
        }
        (!names.is_empty()).then_some(DifferenceLine { said, label, text })
    };
    parts.into_iter().filter_map(line).collect()
}
