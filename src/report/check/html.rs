//! `html`: one file without a script, for those who approve and those who audit.
//!
//! The page asks for nothing from anywhere (a Content-Security-Policy holds it to that), reads in light, dark and print, and
//! every text is escaped by the template engine.

use std::io::{self, Write};

use minijinja::value::Serde;
use minijinja::{Environment, HtmlEscape, Value, escape_formatter};
use serde::Serialize;

use super::CheckReport;
use super::faults::{FaultView, list_faults};
use super::summary::{describe_exceptions, list_owners, summarize_counts};
use crate::report::escape::for_terminal;

const TEMPLATE: &str = include_str!("html/report.html");

/// What the template shows.
#[derive(Serialize)]
struct Page<'a> {
    is_allowed: bool,
    summary: String,
    exceptions: Vec<String>,
    owners: Vec<OwnerRow<'a>>,
    faults: Vec<FaultView>,
    report: &'a CheckReport<'a>,
}

#[derive(Serialize)]
struct OwnerRow<'a> {
    name: &'a str,
    findings: usize,
    tickets: Vec<&'a str>,
}

/// Writes a report.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(report: &CheckReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut environment = Environment::new();
    // What cannot be seen is written by its number, as everywhere.
    environment.set_formatter(|out, state, value| match value.as_str() {
        Some(text) if !value.is_safe() => escape_formatter(out, state, &Value::from(for_terminal(text))),
        Some(_) | None => escape_formatter(out, state, value),
    });
    environment.add_filter("sentence", mark_names);
    // Its name says that it is HTML, so that texts are escaped.
    environment.add_template("report.html", TEMPLATE).map_err(io::Error::other)?;
    let template = environment.get_template("report.html").map_err(io::Error::other)?;
    let owners = list_owners(report).into_iter().map(|(name, share)| OwnerRow {
        name,
        findings: share.findings,
        tickets: share.tickets,
    });
    let page = Page {
        is_allowed: report.is_allowed(),
        summary: summarize_counts(report),
        exceptions: describe_exceptions(report),
        owners: owners.collect(),
        faults: list_faults(report),
        report,
    };
    let html = template.render(Serde(&page)).map_err(io::Error::other)?;
    out.write_all(html.as_bytes())
}

/// A sentence of ours: the names between its backticks are code. Each part is escaped, whatever it is.
fn mark_names(sentence: &str) -> Value {
    let mut html = String::with_capacity(sentence.len());
    for (at, part) in sentence.split('`').enumerate() {
        let part = for_terminal(part);
        let part = HtmlEscape(&part);
        html.push_str(&if at % 2 == 1 { format!("<code>{part}</code>") } else { part.to_string() });
    }
    Value::from_safe_string(html)
}
