//! A review as a table for spreadsheets and for tools of governance: RFC 4180, one line a row.
//!
//! Names of principals are chosen by whoever makes them, and a spreadsheet runs a cell that begins like a formula. Such a
//! cell gets an apostrophe before it.

use std::io::{self, Write};

use super::{ReviewReport, ReviewRow};
use crate::report::escape::for_terminal;

/// The names of the columns, in order.
const COLUMNS: [&str; 27] = [
    "row_id",
    "state",
    "suggested",
    "system",
    "owner",
    "ticket",
    "kind",
    "principal",
    "access",
    "resources",
    "why",
    "justification",
    "requester",
    "approvers",
    "approved_on",
    "expires_on",
    "days_left",
    "review_due",
    "last_reviewed_on",
    "last_reviewed_by",
    "last_decision",
    "recorded",
    "last_recorded",
    "evidence",
    "file",
    "line",
    "as_of",
];

/// Writes a review as a table with a heading.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(report: &ReviewReport, out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(COLUMNS).map_err(io::Error::other)?;
    for row in &report.rows {
        table.write_record(list_cells(row, &report.as_of)).map_err(io::Error::other)?;
    }
    let bytes = table.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    out.write_all(&bytes)
}

fn list_cells(row: &ReviewRow, as_of: &str) -> [String; 27] {
    let or_none = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        row.row_id.clone(),
        row.state.to_owned(),
        row.suggested.to_owned(),
        or_none(&row.system),
        row.owner.clone(),
        row.ticket.clone(),
        row.kind.clone(),
        row.principal.clone(),
        row.access.clone(),
        row.resources.join(" "),
        or_none(&row.why),
        or_none(&row.justification),
        or_none(&row.requester),
        row.approvers.join(" "),
        row.approved_on.clone(),
        row.expires_on.clone(),
        row.days_left.to_string(),
        or_none(&row.review_due),
        or_none(&row.last_reviewed_on),
        or_none(&row.last_reviewed_by),
        row.last_decision.unwrap_or_default().to_owned(),
        row.recorded.to_owned(),
        or_none(&row.last_recorded),
        row.evidence.join(" "),
        row.file.clone(),
        row.line.to_string(),
        as_of.to_owned(),
    ]
    .map(|cell| guard(&cell))
}

/// A cell that no spreadsheet takes for a formula, with what cannot be seen written by its number. A number of ours, such as
/// days that are over, stays one.
fn guard(cell: &str) -> String {
    let seen = for_terminal(cell);
    let is_number = seen.parse::<i32>().is_ok() && !seen.starts_with('+');
    if !is_number && seen.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{seen}") } else { seen }
}

#[cfg(test)]
mod tests {
    use super::guard;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+1", "-1+1", "@SUM(A1)", "=HYPERLINK(\"http://x\")"] {
            assert_eq!(guard(cell), format!("'{cell}"));
        }
        assert_eq!(guard("\t=1"), r"\u{9}=1");
        for cell in ["-12", "12", "arn:aws:iam::111122223333:role/ci", ""] {
            assert_eq!(guard(cell), cell);
        }
    }
}
