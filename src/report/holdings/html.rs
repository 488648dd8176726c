//! A review as one page without a script, for those who review and those who audit. Every text is escaped by the template
//! engine, as in the report of `check`.
//!
//! The page asks for nothing from anywhere.

use std::io::{self, Write};

use minijinja::value::Serde;
use minijinja::{Environment, Value, escape_formatter};
use serde::Serialize;

use super::ReviewReport;
use crate::report::escape::for_terminal;

const TEMPLATE: &str = include_str!("html/review.html");

/// What the template shows.
#[derive(Serialize)]
struct ReviewPage<'a> {
    summary: String,
    report: &'a ReviewReport,
}

/// Writes a review as a page.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(report: &ReviewReport, out: &mut dyn Write) -> io::Result<()> {
    let mut environment = Environment::new();
    // What cannot be seen is written by its number, as everywhere.
    environment.set_formatter(|out, state, value| match value.as_str() {
        Some(text) if !value.is_safe() => escape_formatter(out, state, &Value::from(for_terminal(text))),
        Some(_) | None => escape_formatter(out, state, value),
    });
    // Its name says that it is HTML, so that texts are escaped.
    environment.add_template("review.html", TEMPLATE).map_err(io::Error::other)?;
    let template = environment.get_template("review.html").map_err(io::Error::other)?;
    let page = ReviewPage { summary: report.describe_counts(), report };
    let html = template.render(Serde(&page)).map_err(io::Error::other)?;
    out.write_all(html.as_bytes())
}
