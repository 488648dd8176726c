//! Which approvals a record shows in use.
//!
//! Takes the text of a record, and notes the tickets under which an allowed plan gave access, with the day. A record of a run
//! that was blocked shows no use: nothing was applied by it.

use jiff::Timestamp;
use jiff::tz::Offset;
use serde::Deserialize;

use super::read::{RecordError, read_predicate};
use super::statement::ALLOWED;
use crate::finding::Verdict;
use crate::holdings::RecordedUses;

#[derive(Deserialize)]
struct WireUse {
    verdict: String,
    time_verified: Timestamp,
    grants: Vec<WireGrant>,
}

#[derive(Deserialize)]
struct WireGrant {
    verdict: String,
    tickets: Vec<String>,
}

/// Adds the tickets that a record shows in use.
///
/// # Errors
///
/// Why the text is no record.
pub fn add_uses(text: &str, uses: &mut RecordedUses) -> Result<(), RecordError> {
    let WireUse { verdict, time_verified, grants } = read_predicate(text)?;
    if verdict != ALLOWED {
        return Ok(());
    }
    let day = Offset::UTC.to_datetime(time_verified).date();
    let approved = grants.into_iter().filter(|grant| grant.verdict == Verdict::Approved.word());
    for ticket in approved.flat_map(|grant| grant.tickets) {
        let last = uses.days.entry(ticket.to_ascii_lowercase()).or_insert(day);
        *last = day.max(*last);
    }
    Ok(())
}
