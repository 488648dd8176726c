//! `grants`: every grant of a plan, judged or not, for people and as `countersign/grants-v1`.

use std::io::{self, Write};

use serde::Serialize;

use crate::catalog::{Catalog, Content};
use crate::grants::{Change, Grant, Inventory};
use crate::lower::Terms;
use crate::lower::words::in_words;
use crate::source::visible;
use access_algebra::Statement;

use super::json::OutputContent;

/// Statements of a role's content that people see, at most.
const SHOWN: usize = 4;
/// Characters of one of them, at most.
const WIDE: usize = 300;

/// Writes inventories for people.
///
/// # Errors
///
/// What the writer could not take.
pub fn write_human(inventories: &[Inventory], catalog: &Catalog, out: &mut dyn Write) -> io::Result<()> {
    let mut count = 0;
    for inventory in inventories {
        for grant in &inventory.grants {
            count += 1;
            let (kind, change) = (grant.kind.word(), word(grant.change));
            writeln!(out, "{} ({kind}, {change})", visible(&grant.origin.address))?;
            for line in lines(grant) {
                writeln!(out, "  {}", visible(&line))?;
            }
            for content in contents(grant, catalog) {
                write_content(&content, out)?;
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
pub fn write_json(inventories: &[Inventory], catalog: &Catalog, out: &mut dyn Write) -> io::Result<()> {
    let contents: Vec<Vec<Content>> =
        inventories.iter().flat_map(|one| &one.grants).map(|grant| contents(grant, catalog)).collect();
    let grants = inventories.iter().flat_map(|inventory| &inventory.grants).zip(&contents);
    let output = Output {
        schema: "countersign/grants-v1",
        grants: grants.map(|(grant, contents)| output(grant, contents)).collect(),
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
    out.write_all(super::plain_json(&output)?.as_bytes())?;
    out.write_all(b"\n")
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
    content: Vec<OutputRole<'a>>,
    doubts: Vec<&'a str>,
}

/// What a role holds.
#[derive(Serialize)]
struct OutputRole<'a> {
    #[serde(flatten)]
    read: OutputContent<'a>,
    access: Vec<String>,
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

fn output<'a>(grant: &'a Grant, contents: &'a [Content]) -> OutputGrant<'a> {
    OutputGrant {
        address: &grant.origin.address,
        r#type: &grant.origin.type_name,
        provider: &grant.origin.provider,
        dialect: grant.dialect.word(),
        kind: grant.kind.word(),
        change: word(grant.change),
        principals: if grant.sensitive { Vec::new() } else { grant.principals() },
        access: lines(grant),
        content: contents.iter().flat_map(roles).collect(),
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

/// What the roles of a grant hold, role by role, as far as a catalogue knows it.
fn contents(grant: &Grant, catalog: &Catalog) -> Vec<Content> {
    if grant.sensitive {
        return Vec::new();
    }
    let roles =
        grant.terms.roles.iter().map(|role| Terms { roles: vec![role.clone()], ..grant.terms.clone() });
    roles.filter_map(|terms| catalog.planned(grant.dialect, &terms)).collect()
}

fn roles(content: &Content) -> impl Iterator<Item = OutputRole<'_>> {
    let access = || content.lowered.access.statements.iter().map(in_words).collect();
    content.used.iter().map(move |used| OutputRole { read: OutputContent::of(used), access: access() })
}

fn write_content(content: &Content, out: &mut dyn Write) -> io::Result<()> {
    for used in &content.used {
        writeln!(out, "  {} holds", visible(&used.to_string()))?;
    }
    let statements: &[Statement] = &content.lowered.access.statements;
    for line in statements.iter().take(SHOWN).map(in_words) {
        let cut: String = line.chars().take(WIDE).collect();
        writeln!(out, "    {}{}", visible(&cut), if cut.len() < line.len() { " …" } else { "" })?;
    }
    if statements.len() > SHOWN {
        writeln!(out, "    and {} more", statements.len() - SHOWN)?;
    }
    Ok(())
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
