//! What `verify` looked at, for people: each source with what it is complete for and what it cannot show, and what was set
//! aside.

use std::io::{self, Write};

use crate::exists::{AsOf, Delivery};
use crate::report::look::{DIM, Look, write_paragraph};
use crate::report::words::count_of;
use crate::words::{describe_coverage, describe_not_seen};

/// Writes the sources.
pub(super) fn write(delivery: &Delivery, look: Look, out: &mut dyn Write) -> io::Result<()> {
    for source in &delivery.sources {
        let as_of = match source.as_of {
            AsOf::Unknown => "as of an unknown time".to_owned(),
            AsOf::At(time) => format!("as of {time}"),
        };
        let account = source.account.as_ref().map(|account| format!(", account {account}"));
        let text = format!(
            "{} ({}, {as_of}{}): all of {}",
            source.name,
            source.format,
            account.unwrap_or_default(),
            describe_coverage(source.coverage)
        );
        write_paragraph("source", &text, look, DIM, out)?;
        let not_seen: Vec<&str> = source.not_seen.iter().map(|one| describe_not_seen(*one)).collect();
        if !not_seen.is_empty() {
            write_paragraph("", &format!("not seen: {}", not_seen.join("; ")), look, DIM, out)?;
        }
    }
    if !delivery.provider_owned.is_empty() {
        let text = format!(
            "{} that the cloud's provider owns, set aside",
            count_of(delivery.provider_owned.len(), "object")
        );
        write_paragraph("aside", &text, look, DIM, out)?;
        for address in delivery.listed_aside() {
            write_paragraph("", address, look, DIM, out)?;
        }
    }
    writeln!(out)
}
