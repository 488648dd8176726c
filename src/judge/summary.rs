//! What reports list of a grant besides its findings.
//!
//! Takes a grant with its outcome and the content of roles that decided, and returns a [`Judged`] and the notes of its
//! findings. Nothing of a sensitive grant but its address, type and verdict is told.

use crate::catalog::{Catalog, Used};
use crate::finding::{FindingNote, Judged, Verdict};
use crate::grants::Grant;

use super::outcome::{JudgedGrant, Outcome};
use super::selected::Selected;

/// Notes what content of roles was read for a grant, or why some was not.
pub(super) fn note_content(grant: &Grant, used: &[Used], catalog: &Catalog) -> Vec<FindingNote> {
    let read = used.iter().cloned().map(FindingNote::JudgedByContent);
    let roles = grant.terms.roles.iter().filter(|_| !grant.sensitive && grant.readings.len() == 1);
    let misses = roles.filter_map(|role| catalog.find_miss(grant.dialect, role));
    read.chain(misses.map(FindingNote::JudgedByName)).collect()
}

/// Returns what a report lists of a grant.
pub(super) fn summarize(grant: &Grant, judged: JudgedGrant, selected: &Selected<'_>) -> Judged {
    let (verdict, tickets) = match judged.outcome {
        Outcome::Unchanged => (Verdict::Unchanged, selected.list_tickets()),
        Outcome::Approved(tickets) => (Verdict::Approved, tickets),
        Outcome::Excepted(id) => (Verdict::Excepted, vec![id]),
        Outcome::Undecided(_) => (Verdict::Undecided, selected.list_tickets()),
        Outcome::Flawed | Outcome::Exceeds(_) => (Verdict::Exceeds, selected.list_tickets()),
        Outcome::Unapproved => (Verdict::Unapproved, selected.list_tickets()),
    };
    Judged {
        address: grant.origin.address.clone(),
        type_name: grant.origin.type_name.clone(),
        provider: grant.origin.provider.clone(),
        kind: grant.kind.word(),
        part: grant.part.clone(),
        principals: if grant.sensitive { Vec::new() } else { grant.principals() },
        verdict,
        tickets,
        expires_on: None,
        content: judged.used,
        evidence: None,
    }
}
