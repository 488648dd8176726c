//! The inventory for people: an address a paragraph, one line a statement.

use std::io::{self, Write};

use super::{access_lines, change_name, role_contents};
use crate::catalog::{Catalog, Content};
use crate::grants::{Inventory, Run, RunContent};
use crate::lower::words::in_words;
use crate::report::escape::for_terminal;
use crate::report::look::{Look, write_wrapped};
use crate::report::words::count_of;
use crate::words::{describe_alarm, describe_reason, describe_shown_reason, describe_suspicion};
use access_algebra::Statement;

/// Statements of a role's content that people see, at most.
const MAX_STATEMENTS: usize = 4;
/// Characters of one of them, at most.
const MAX_CHARACTERS: usize = 300;

/// Writes inventories for people.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(
    inventories: &[Inventory],
    catalog: &Catalog,
    look: Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut count = 0;
    for inventory in inventories {
        for grant in &inventory.grants {
            count += 1;
            let (kind, change) = (grant.kind.word(), change_name(grant.change));
            writeln!(out, "{} ({kind}, {change})", for_terminal(&grant.origin.address))?;
            for line in access_lines(grant) {
                write_indented(2, &line, look, out)?;
            }
            for content in role_contents(grant, catalog) {
                write_content(&content, look, out)?;
            }
            for doubt in grant.doubts() {
                write_indented(2, &format!("undecided: {}", describe_shown_reason(&doubt)), look, out)?;
            }
        }
        for unread in &inventory.unread {
            writeln!(out, "{} (no rule reads it)", for_terminal(&unread.origin.address))?;
            write_indented(2, &describe_suspicion(&unread.suspicion), look, out)?;
        }
        for run in &inventory.runs {
            write_run(run, look, out)?;
        }
        for alarm in &inventory.alarms {
            writeln!(out, "{}", for_terminal(alarm.address.as_deref().unwrap_or("the plan")))?;
            write_indented(2, &describe_alarm(&alarm.cause), look, out)?;
        }
    }
    let changes: usize = inventories.iter().map(|inventory| inventory.resource_changes).sum();
    let runs: usize = inventories.iter().map(|inventory| inventory.runs.len()).sum();
    let runs = if runs == 0 { String::new() } else { format!(" and {}", count_of(runs, "run")) };
    writeln!(out, "{count} grants{runs} in {changes} resource changes")
}

fn write_run(run: &Run, look: Look, out: &mut dyn Write) -> io::Result<()> {
    match run {
        Run::Provisioner { origin, kind, content } => {
            writeln!(out, "{} (provisioner `{}`)", for_terminal(&origin.address), for_terminal(kind))?;
            match content {
                RunContent::Known(texts) => texts.iter().try_for_each(|text| {
                    writeln!(out, "  {}", for_terminal(&text.canonical))?;
                    writeln!(out, "  sha256 {}", text.sha256)
                }),
                RunContent::Undecided(reason) => {
                    write_indented(2, &format!("undecided: {}", describe_reason(reason)), look, out)
                }
            }
        }
        Run::Target { changed } => {
            writeln!(out, "the plan")?;
            writeln!(out, "  was made with `-target`, and changes {}", count_of(changed.len(), "object"))
        }
    }
}

fn write_content(content: &Content, look: Look, out: &mut dyn Write) -> io::Result<()> {
    for used in &content.used {
        write_indented(2, &format!("{used} holds"), look, out)?;
    }
    let statements: &[Statement] = &content.lowered.access.statements;
    for line in statements.iter().take(MAX_STATEMENTS).map(in_words) {
        let cut: String = line.chars().take(MAX_CHARACTERS).collect();
        let more = if cut.len() < line.len() { " …" } else { "" };
        write_indented(4, &format!("{cut}{more}"), look, out)?;
    }
    if statements.len() > MAX_STATEMENTS {
        writeln!(out, "    and {} more", statements.len() - MAX_STATEMENTS)?;
    }
    Ok(())
}

/// Writes text that is indented, with the lines after the first two columns further to the right.
fn write_indented(columns: usize, text: &str, look: Look, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{:columns$}", "")?;
    write_wrapped(text, columns + 2, look, out)
}
