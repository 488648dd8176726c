//! What is planned beside what was approved, a dimension a line.
//!
//! Takes a finding of a report and returns lines of both sides, of the planned side only and of the approved side only, as in a
//! diff. Where each side is one statement, its dimensions are compared; otherwise whole statements are.

use super::CheckReport;
use super::model::{ConditionEntry, ExceptionEntry, FindingEntry, StatementEntry};

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
    let statements = |places: &[usize]| -> Vec<&StatementEntry<'_>> {
        places.iter().filter_map(|at| report.statements.get(*at)).collect()
    };
    let Some(planned) = access.planned.as_deref().map(statements) else { return Vec::new() };
    let approved = statements(&access.approved);
    match (approved.as_slice(), planned.as_slice()) {
        ([approved], [planned]) if approved.effect == planned.effect => compare_two(approved, planned),
        _ => {
            let approved: Vec<String> = approved.iter().map(|one| describe(one)).collect();
            let planned: Vec<String> = planned.iter().map(|one| describe(one)).collect();
            compare_lists("statement", &approved, &planned, |one, other| one == other)
        }
    }
}

fn compare_two(approved: &StatementEntry<'_>, planned: &StatementEntry<'_>) -> Vec<DifferenceLine> {
    let exactly = |one: &str, other: &str| one == other;
    // Clouds do not tell actions apart by case.
    let without_case = |one: &str, other: &str| one.eq_ignore_ascii_case(other);
    let names = |names: &[String], except: &[String]| -> Vec<String> {
        names.iter().cloned().chain(except.iter().map(|name| format!("not {name}"))).collect()
    };
    let conditions =
        |one: &StatementEntry<'_>| one.conditions.iter().map(describe_condition).collect::<Vec<_>>();
    let exceptions = |one: &StatementEntry<'_>| one.except.iter().map(describe_exception).collect::<Vec<_>>();
    let of = |one: &StatementEntry<'_>| {
        (
            names(&one.principals, &one.not_principals),
            names(&one.actions, &one.not_actions),
            names(&one.resources, &one.not_resources),
        )
    };
    let ((who, what, on), (planned_who, planned_what, planned_on)) = (of(approved), of(planned));
    let mut lines = compare_lists("principals", &who, &planned_who, exactly);
    lines.extend(compare_lists("actions", &what, &planned_what, without_case));
    lines.extend(compare_lists("resources", &on, &planned_on, exactly));
    lines.extend(compare_lists("conditions", &conditions(approved), &conditions(planned), exactly));
    lines.extend(compare_lists("except", &exceptions(approved), &exceptions(planned), exactly));
    lines
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

/// Says a statement in one line.
fn describe(statement: &StatementEntry<'_>) -> String {
    let list = |names: &[String], except: &[String]| {
        let all = if names.is_empty() { "nothing".to_owned() } else { names.join(", ") };
        if except.is_empty() { all } else { format!("{all} but not {}", except.join(", ")) }
    };
    let mut text = format!(
        "{} {} {}",
        statement.effect,
        list(&statement.principals, &statement.not_principals),
        list(&statement.actions, &statement.not_actions)
    );
    if !statement.resources.is_empty() {
        text.push_str(&format!(" on {}", list(&statement.resources, &statement.not_resources)));
    }
    for (at, condition) in statement.conditions.iter().enumerate() {
        let joint = if at == 0 { "when" } else { "and" };
        text.push_str(&format!(" {joint} {}", describe_condition(condition)));
    }
    for exception in &statement.except {
        text.push_str(&format!("; except {}", describe_exception(exception)));
    }
    text
}

fn describe_condition(condition: &ConditionEntry<'_>) -> String {
    match condition {
        ConditionEntry::Expression { expression } => expression.to_string(),
        ConditionEntry::Test { key, operator, values, quantifier, if_absent } => {
            let quantifier = match &**quantifier {
                "any" => "any of ",
                "all" => "all of ",
                _ => "",
            };
            let absent = if *if_absent { " or it is absent" } else { "" };
            let values = if values.is_empty() { String::new() } else { format!(" {}", values.join(", ")) };
            format!("{quantifier}{key} {}{values}{absent}", operator.replace('_', " "))
        }
    }
}

fn describe_exception(exception: &ExceptionEntry<'_>) -> String {
    let on = if exception.resources.is_empty() { "" } else { "on " };
    let parts = [
        exception.principals.join(", "),
        exception.actions.join(", "),
        format!("{on}{}", exception.resources.join(", ")),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
