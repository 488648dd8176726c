//! `grants`: every grant of a plan, judged or not, for people and as `countersign/grants-v1`.

use std::io::{self, Write};

use serde::Serialize;

use crate::grants::{Change, Grant, Inventory};
use crate::lower::mode::in_words;
use crate::source::visible;

/// Writes inventories for people.
///
/// # Errors
///
/// What the writer could not take.
pub fn write_human(inventories: &[Inventory], out: &mut dyn Write) -> io::Result<()> {
    let mut count = 0;
    for inventory in inventories {
        for grant in &inventory.grants {
            count += 1;
            let (kind, change) = (grant.kind.word(), word(grant.change));
            writeln!(out, "{} ({kind}, {change})", visible(&grant.origin.address))?;
            for line in lines(grant) {
                writeln!(out, "  {}", visible(&line))?;
            }
            for doubt in grant.doubts() {
                writeln!(out, "  not known: {}", visible(&doubt.reason))?;
            }
        }
        for unread in &inventory.unread {
            writeln!(out, "{} (no rule reads it)", visible(&unread.origin.address))?;
            writeln!(out, "  {}", visible(&unread.suspicion))?;
        }
        for alarm in &inventory.alarms {
            writeln!(out, "{}", visible(alarm.address.as_deref().unwrap_or("the plan")))?;
            writeln!(out, "  {}", visible(&alarm.message))?;
        }
    }
    let changes: usize = inventories.iter().map(|inventory| inventory.resource_changes).sum();
    writeln!(out, "{count} grants in {changes} resource changes")
}

/// Writes inventories as one JSON object.
///
/// # Errors
///
/// What the writer could not take.
pub fn write_json(inventories: &[Inventory], out: &mut dyn Write) -> io::Result<()> {
    let output = Output {
        schema: "countersign/grants-v1",
        grants: inventories.iter().flat_map(|inventory| &inventory.grants).map(output).collect(),
        unread: inventories
            .iter()
            .flat_map(|inventory| &inventory.unread)
            .map(|unread| OutputUnread {
                address: &unread.origin.address,
                r#type: &unread.origin.type_name,
                because: &unread.suspicion,
            })
            .collect(),
        alarms: inventories
            .iter()
            .flat_map(|inventory| &inventory.alarms)
            .map(|alarm| OutputAlarm { address: alarm.address.as_deref(), message: &alarm.message })
            .collect(),
    };
    writeln!(out, "{}", super::plain_json(&output)?)
}

#[derive(Serialize)]
struct Output<'a> {
    schema: &'static str,
    grants: Vec<OutputGrant<'a>>,
    unread: Vec<OutputUnread<'a>>,
    alarms: Vec<OutputAlarm<'a>>,
}

#[derive(Serialize)]
struct OutputGrant<'a> {
    address: &'a str,
    r#type: &'a str,
    provider: &'a str,
    dialect: &'static str,
    kind: &'static str,
    change: &'static str,
    principals: Vec<String>,
    access: Vec<String>,
    doubts: Vec<&'a str>,
}

#[derive(Serialize)]
struct OutputUnread<'a> {
    address: &'a str,
    r#type: &'a str,
    because: &'a str,
}

#[derive(Serialize)]
struct OutputAlarm<'a> {
    address: Option<&'a str>,
    message: &'a str,
}

fn output(grant: &Grant) -> OutputGrant<'_> {
    OutputGrant {
        address: &grant.origin.address,
        r#type: &grant.origin.type_name,
        provider: &grant.origin.provider,
        dialect: grant.dialect.word(),
        kind: grant.kind.word(),
        change: word(grant.change),
        principals: if grant.sensitive { Vec::new() } else { grant.principals() },
        access: lines(grant),
        doubts: grant.doubts().map(|doubt| doubt.reason.as_str()).collect(),
    }
}

/// What a grant gives, in its most telling reading.
pub fn lines(grant: &Grant) -> Vec<String> {
    if grant.sensitive {
        return vec!["(sensitive in the plan, so it is not shown)".to_owned()];
    }
    let reading = grant.readings.last();
    reading.map(|reading| reading.access.statements.iter().map(in_words).collect()).unwrap_or_default()
}

fn word(change: Change) -> &'static str {
    match change {
        Change::Made => "made",
        Change::Changed => "changed",
        Change::Adopted => "adopted",
        Change::LeftBehind => "left behind",
        Change::Drifted => "drifted",
        Change::Loosened => "loosened",
        Change::Untouched => "untouched",
    }
}
