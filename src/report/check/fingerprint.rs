//! What tells a finding from every other, in this plan and in the next.
//!
//! Takes a finding of a report and returns a digest of what it is about: code, address, ticket and planned access, but neither
//! lines nor days, so that the same finding of a later plan of the same change has the same one.

use std::borrow::Cow;
use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use super::CheckReport;
use super::model::{ExceptionUseEntry, FindingEntry};

/// An action as no catalogue has spelled it: a newer one may spell what this one does not know. Only AWS's hold a colon.
fn without_spelling(action: &str) -> Cow<'_, str> {
    if action.contains(':') { action.to_ascii_lowercase().into() } else { action.into() }
}

/// Makes the fingerprint of an exception by which grants passed.
pub(super) fn make_exception_fingerprint(exception: &ExceptionUseEntry<'_>) -> String {
    let digest = Sha256::digest(format!("exception:{}", exception.id));
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Makes the fingerprints of all findings, in their order. Findings that are alike in all of it are told apart by their order.
pub(super) fn make_fingerprints(report: &CheckReport<'_>) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let make = |finding: &FindingEntry<'_>| {
        let mut digest = Sha256::new();
        let mut add = |text: &str| {
            // The length keeps two texts apart from one that reads like both.
            digest.update(text.len().to_string());
            digest.update(":");
            digest.update(text);
        };
        add(&finding.code);
        add(finding.address.as_deref().unwrap_or_default());
        add(finding.ticket.as_deref().unwrap_or_default());
        let planned = finding.access.as_ref().and_then(|access| access.planned.as_ref());
        for statement in planned.into_iter().flatten().filter_map(|at| report.statements.get(*at)) {
            statement.principals.iter().for_each(|name| add(name));
            add("");
            statement.actions.iter().for_each(|name| add(&without_spelling(name)));
            add("");
            statement.resources.iter().for_each(|name| add(name));
            add("");
        }
        let text: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        let count = seen.entry(text.clone()).or_default();
        *count += 1;
        if *count == 1 { text } else { format!("{text}-{count}") }
    };
    report.findings.iter().map(make).collect()
}
