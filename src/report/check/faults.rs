//! Findings that are one fault, for formats that people read.
//!
//! Takes a report and returns its faults, those that weigh most first: what they share, the difference between both sides,
//! and every object that they are at. Nothing is left out; a format that has little room says how many it leaves out.

use std::collections::HashMap;

use serde::Serialize;

use super::CheckReport;
use super::difference::{DifferenceLine, list_lines};
use super::model::FindingEntry;
use super::place::find_shown_line;
use super::summary::{describe_owner, name_object};
use crate::finding::Code;
use crate::report::words::describe_request;

/// Findings to be corrected by one change.
#[derive(Debug, Serialize)]
pub(super) struct FaultView {
    pub(super) code: String,
    pub(super) severity: String,
    pub(super) side: String,
    pub(super) meaning: &'static str,
    pub(super) owner: String,
    pub(super) because: String,
    pub(super) ticket: Option<String>,
    pub(super) remedy: String,
    pub(super) controls: String,
    /// Never empty.
    pub(super) findings: Vec<FindingView>,
}

/// One of them.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct FindingView {
    pub(super) object: String,
    pub(super) place: Option<String>,
    pub(super) message: String,
    pub(super) difference: Vec<LineView>,
    pub(super) example: Option<String>,
    pub(super) notes: Vec<String>,
}

/// A line of a difference.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct LineView {
    pub(super) sign: &'static str,
    pub(super) label: &'static str,
    pub(super) text: String,
}

/// Puts the findings of a report together by what has to be corrected.
pub(super) fn list_faults(report: &CheckReport<'_>) -> Vec<FaultView> {
    let mut faults: Vec<FaultView> = Vec::new();
    let mut known: HashMap<(&str, &str), usize> = HashMap::new();
    for finding in &report.findings {
        let at = *known.entry((&finding.group, &finding.severity)).or_insert(faults.len());
        let view = FindingView::new(finding, report);
        match faults.get_mut(at) {
            Some(fault) => fault.findings.push(view),
            None => faults.push(FaultView::new(finding, view)),
        }
    }
    faults.sort_by_key(|fault| match fault.severity.as_str() {
        "critical" => 0,
        "high" => 1,
        _ => 2,
    });
    faults
}

impl FaultView {
    fn new(finding: &FindingEntry<'_>, first: FindingView) -> Self {
        let code = Code::from_name(&finding.code);
        Self {
            code: finding.code.to_string(),
            severity: finding.severity.to_string(),
            side: finding.side.to_string(),
            meaning: code.map(|code| code.row().meaning).unwrap_or_default(),
            owner: describe_owner(finding),
            because: finding.owner.because.clone(),
            ticket: finding.ticket.as_ref().map(ToString::to_string),
            remedy: finding.remedy.clone(),
            controls: finding.controls.join(", "),
            findings: vec![first],
        }
    }
}

impl FindingView {
    fn new(finding: &FindingEntry<'_>, report: &CheckReport<'_>) -> Self {
        let line =
            |line: DifferenceLine| LineView { sign: line.said.sign(), label: line.label, text: line.text };
        Self {
            object: name_object(finding).to_owned(),
            place: find_shown_line(finding).map(|at| format!("{}:{}", at.file, at.line)),
            message: finding.message.clone(),
            difference: list_lines(finding, report).into_iter().map(line).collect(),
            example: finding.witness.as_ref().map(|witness| describe_request(&witness.to_request())),
            notes: finding.notes.clone(),
        }
    }
}
