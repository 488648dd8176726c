//! `markdown`: a comment on a pull request.
//!
//! What has to be read first stands first: the verdict, who has to act, and each fault with what was approved and what is
//! planned. The rest is folded. A comment that would be too long for GitHub names what it leaves out.

use std::io::{self, Write};

use super::CheckReport;
use super::faults::{FaultView, FindingView, list_faults};
use super::summary::{describe_exceptions, list_owners, summarize_counts};
use crate::report::escape::{for_markdown, for_markdown_sentence, for_terminal};
use crate::report::words::count_of;

/// Characters of a comment that GitHub takes, at most.
const MAX_CHARACTERS: usize = 65_536;

/// Characters that stay free for the lines after the faults.
const RESERVE: usize = 2_048;

/// Objects of one fault that are shown with their difference, at most.
const MAX_SHOWN: usize = 3;

/// Grants that pass and are listed, at most.
const MAX_PASSING: usize = 100;

/// By which a job finds the comment that it wrote before.
const MARKER: &str = "<!-- countersign:check -->";

/// Writes a report.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(report: &CheckReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let heading = if report.is_allowed() { "### ✅ Access allowed" } else { "### ⛔ Access blocked" };
    let mut text = format!("{MARKER}\n{heading}\n\n{}\n", for_markdown(&summarize_counts(report)));
    for exception in describe_exceptions(report) {
        text.push_str(&format!("\n⚠️ {}\n", for_markdown_sentence(&exception)));
    }
    text.push_str(&write_owners(report));
    let faults = list_faults(report);
    let mut left_out: Vec<&FaultView> = Vec::new();
    for fault in &faults {
        let part = write_fault(fault);
        if text.chars().count() + part.chars().count() > MAX_CHARACTERS - RESERVE {
            left_out.push(fault);
        } else {
            text.push_str(&part);
        }
    }
    if !left_out.is_empty() {
        let codes: Vec<&str> = left_out.iter().map(|fault| fault.code.as_str()).take(MAX_SHOWN).collect();
        text.push_str(&format!(
            "\n{} left out for length ({} and the like): the report of the check has all of them.\n",
            count_of(left_out.len(), "fault"),
            codes.join(", ")
        ));
    }
    let passing = write_passing(report);
    if text.chars().count() + passing.chars().count() <= MAX_CHARACTERS - RESERVE / 2 {
        text.push_str(&passing);
    }
    text.push_str(&format!("\n<sub>as of {}</sub>\n", for_markdown(&report.as_of)));
    out.write_all(text.as_bytes())
}

/// Writes who has to act.
fn write_owners(report: &CheckReport<'_>) -> String {
    if report.findings.is_empty() {
        return String::new();
    }
    let mut text = "\n| owner | findings | tickets |\n|---|---|---|\n".to_owned();
    for (owner, share) in list_owners(report) {
        let tickets = share.tickets.iter().map(|ticket| for_markdown(ticket)).collect::<Vec<_>>();
        text.push_str(&format!(
            "| {} | {} | {} |\n",
            for_markdown(owner),
            share.findings,
            tickets.join(", ")
        ));
    }
    text
}

fn write_fault(fault: &FaultView) -> String {
    let count = match fault.findings.len() {
        1 => String::new(),
        several => format!(", {}", count_of(several, "finding")),
    };
    let ticket =
        fault.ticket.as_ref().map(|ticket| format!(" · {}", for_markdown(ticket))).unwrap_or_default();
    let mut text = format!(
        "\n#### {}{ticket} ({}{count})\n\n",
        for_markdown(&fault.code),
        for_markdown(&fault.severity)
    );
    let (shown, rest) = fault.findings.split_at(fault.findings.len().min(MAX_SHOWN));
    for finding in shown {
        text.push_str(&write_finding(finding));
    }
    if !rest.is_empty() {
        let names = rest.iter().map(|finding| format!("- {}\n", name_with_place(finding)));
        let names: String = names.collect();
        text.push_str(&format!(
            "<details><summary>and {} more</summary>\n\n{names}\n</details>\n\n",
            rest.len()
        ));
    }
    text.push_str(&format!(
        "**{}** answers: {}. The {} failed.  \n**Next:** {}\n",
        for_markdown(&fault.owner),
        for_markdown_sentence(&fault.because),
        for_markdown(&fault.side),
        for_markdown_sentence(&fault.remedy)
    ));
    text
}

fn write_finding(finding: &FindingView) -> String {
    let mut text =
        format!("**{}**: {}\n\n", name_with_place(finding), for_markdown_sentence(&finding.message));
    if !finding.difference.is_empty() {
        let lines = finding.difference.iter().map(|line| {
            let label = format!("{:<10}", line.label);
            format!("{} {label} {}\n", line.sign, for_terminal(&line.text))
        });
        text.push_str(&fence("diff", &lines.collect::<String>()));
    }
    if let Some(example) = &finding.example {
        text.push_str(&format!("For example, {}.\n\n", for_markdown_sentence(example)));
    }
    for note in &finding.notes {
        text.push_str(&format!("Note: {}.\n\n", for_markdown_sentence(note)));
    }
    text
}

fn name_with_place(finding: &FindingView) -> String {
    let place = finding.place.as_ref().map(|place| format!(" ({})", for_markdown(place))).unwrap_or_default();
    format!("{}{place}", for_markdown(&finding.object))
}

/// A block of code whose fence is longer than any run of backticks in it.
fn fence(language: &str, text: &str) -> String {
    let mut longest = 0;
    let mut run = 0;
    for symbol in text.chars() {
        run = if symbol == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat((longest + 1).max(3));
    format!("{fence}{language}\n{text}{fence}\n\n")
}

fn write_passing(report: &CheckReport<'_>) -> String {
    let passing: Vec<_> = report.grants.iter().filter(|grant| grant.passes()).collect();
    if passing.is_empty() {
        return String::new();
    }
    let mut text = format!(
        "\n<details><summary>{} that {}</summary>\n\n",
        count_of(passing.len(), "grant"),
        if passing.len() == 1 { "passes" } else { "pass" }
    );
    for grant in passing.iter().take(MAX_PASSING) {
        let tickets: Vec<String> = grant.tickets.iter().map(|ticket| for_markdown(ticket)).collect();
        let tickets =
            if tickets.is_empty() { String::new() } else { format!(" under {}", tickets.join(", ")) };
        text.push_str(&format!(
            "- {}: {}{tickets}\n",
            for_markdown(&grant.address),
            for_markdown(&grant.verdict)
        ));
    }
    if passing.len() > MAX_PASSING {
        text.push_str(&format!("- and {} more\n", passing.len() - MAX_PASSING));
    }
    text.push_str("\n</details>\n");
    text
}
