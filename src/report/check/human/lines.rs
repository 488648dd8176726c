//! What a person is shown of the access of a finding: the difference between both sides, without what they have in common.
//!
//! Takes compared access and returns [`ShownLine`]s. Where nothing was approved, or where both sides say the
//! same (an approval that has expired), the planned statements are shown whole.

use crate::finding::{AccessStatement, ComparedAccess, PlannedAccess};
use crate::report::check::difference::{
    DifferenceLine, STATEMENT, Said, compare_statements, list_dimensions,
};
use crate::report::check::fold::GroupEntry;
use crate::report::statement_words::describe_statement;
use access_algebra::Effect;

/// The label of what is planned.
const PLANNED: &str = "planned";

/// Statements that are shown of one finding, at most: the JSON report has all of them.
const MAX_STATEMENTS: usize = 8;

/// A label and what stands beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ShownLine {
    pub(super) label: &'static str,
    /// `actions`, `resources` and the like; none where the text is a whole statement.
    pub(super) dimension: Option<&'static str>,
    pub(super) text: String,
}

impl ShownLine {
    fn planned(text: String) -> Self {
        Self { label: PLANNED, dimension: None, text }
    }

    /// What stands beside the label.
    pub(super) fn describe(&self) -> String {
        self.dimension.map_or_else(|| self.text.clone(), |dimension| format!("{dimension}: {}", self.text))
    }
}

/// Puts the planned dimensions of one object in one line, where nothing else is said of it.
pub(super) fn join_dimensions(lines: Vec<ShownLine>) -> Vec<ShownLine> {
    if !lines.iter().all(|line| line.label == PLANNED && line.dimension.is_some()) || lines.is_empty() {
        return lines;
    }
    let texts: Vec<String> = lines.iter().map(ShownLine::describe).collect();
    vec![ShownLine::planned(texts.join("; "))]
}

/// Lists in what both sides differ.
pub(super) fn list_differences(access: &ComparedAccess) -> Vec<ShownLine> {
    let PlannedAccess::Statements(planned) = &access.planned else {
        return vec![ShownLine::planned("(sensitive in the plan, so it is not shown)".to_owned())];
    };
    let lines =
        if access.approved.is_empty() { Vec::new() } else { compare_statements(&access.approved, planned) };
    let shown: Vec<ShownLine> = lines.into_iter().filter_map(show).collect();
    if shown.is_empty() { list_statements(planned) } else { shown }
}

/// Lists what the entries of a group have in common.
pub(super) fn list_common(entries: &[GroupEntry<'_>]) -> Vec<ShownLine> {
    let [first, rest @ ..] = entries else { return Vec::new() };
    if rest.is_empty() {
        return Vec::new();
    }
    let mut common = list_entry_lines(first);
    for entry in rest {
        let lines = list_entry_lines(entry);
        common.retain(|line| lines.contains(line));
    }
    common
}

/// Lists what is planned for an entry of a group, a dimension a line where it can be compared with others.
pub(super) fn list_entry_lines(entry: &GroupEntry<'_>) -> Vec<ShownLine> {
    let Some(access) = entry.findings.first().and_then(|finding| finding.access.as_ref()) else {
        return Vec::new();
    };
    match &access.planned {
        PlannedAccess::Statements(planned) if access.approved.is_empty() => match planned.as_slice() {
            [only] if only.effect == Effect::Allow => {
                list_dimensions(only).into_iter().filter_map(show).collect()
            }
            _ => list_differences(access),
        },
        PlannedAccess::Statements(_) | PlannedAccess::Sensitive => list_differences(access),
    }
}

fn show(line: DifferenceLine) -> Option<ShownLine> {
    let label = match line.said {
        Said::Both => return None,
        Said::ByApproval => "approved",
        Said::ByPlan => PLANNED,
    };
    let dimension = (line.label != STATEMENT).then_some(line.label);
    Some(ShownLine { label, dimension, text: line.text })
}

/// Says statements, one a line.
fn list_statements(statements: &[AccessStatement]) -> Vec<ShownLine> {
    let (shown, rest) = statements.split_at(statements.len().min(MAX_STATEMENTS));
    let lines = shown.iter().map(describe_statement);
    let more = (!rest.is_empty()).then(|| format!("and {} more", rest.len()));
    lines.chain(more).map(ShownLine::planned).collect()
}
