//! Judges grants against approvals, on a day.
//!
//! In go inventories, the manifest and a date; out comes an [`Assessment`]: a verdict for each grant, and a finding
//! with one accountable owner for everything that does not pass. A grant passes if it adds no access, or if one of
//! its readings is proved to lie within the union of the approvals that may apply to it, are in force, and were
//! given by people entitled to give them. Whatever can't be proved does not pass.
//!
//! Neither plans nor rules are seen here, and there is no clock.

mod candidates;
mod content;
mod lines;
mod outcome;
mod owner;
mod wider;
mod words;

use jiff::civil::Date;

use crate::approvals::Manifest;
use crate::catalog::{Catalog, Source, Used};
use crate::finding::{Assessment, Code, Finding, Judged, Verdict};
use crate::grants::{Change, Grant, Inventory, Origin};
use crate::plan::{Alarm, AlarmKind};
use crate::rules::Kind;
use candidates::Candidates;
use content::by_content;
use outcome::{Outcome, outcome};

/// Which grants are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// What the plan does something to.
    Changes,
    /// What the plan leaves alone, too.
    All,
}

/// Judges all inventories as one set.
pub fn judge(
    inventories: &[Inventory],
    manifest: &Manifest,
    catalog: &Catalog,
    as_of: Date,
    extent: Extent,
) -> Assessment {
    let candidates = Candidates::new(manifest, as_of);
    let mut assessment = Assessment::default();
    for inventory in inventories {
        assessment.resource_changes += inventory.resource_changes;
        assessment.assumptions.extend(inventory.assumptions.iter().cloned());
        for grant in &inventory.grants {
            one(grant, &candidates, catalog, extent, &mut assessment);
        }
        for unread in &inventory.unread {
            let message = format!(
                "{} ({}) looks like a grant and no rule reads it: {}",
                unread.origin.address, unread.origin.type_name, unread.suspicion
            );
            let remedy = format!(
                "add a rule for `{}` with `--rules`, or `ignore` it there if it gives no access",
                unread.origin.type_name
            );
            assessment.findings.push(bare(
                Code::UnsupportedType,
                Some(&unread.origin),
                message,
                remedy,
                &candidates,
            ));
        }
        let alarms = inventory.alarms.iter().map(|alarm| alarm_finding(alarm, &candidates));
        assessment.findings.extend(alarms);
    }
    assessment.catalogs = catalogs(&assessment.grants);
    assessment.assumptions.extend(assessment.catalogs.iter().filter_map(|source| source.age(as_of)));
    assessment.assumptions.sort();
    assessment.assumptions.dedup();
    assessment.grants.sort_by(|a, b| a.address.cmp(&b.address));
    assessment.findings.sort_by(|a, b| (&a.address, a.code, &a.ticket).cmp(&(&b.address, b.code, &b.ticket)));
    assessment
}

fn one(
    grant: &Grant,
    candidates: &Candidates<'_>,
    catalog: &Catalog,
    extent: Extent,
    assessment: &mut Assessment,
) {
    if grant.change == Change::Untouched && extent == Extent::Changes {
        assessment.untouched += 1;
        return;
    }
    let mut selected = candidates.select(grant);
    let mut outcome = outcome(grant, &selected);
    let mut used = Vec::new();
    if !outcome.passes()
        && let Some(read) = by_content(grant, &selected, catalog)
    {
        (outcome, selected, used) = (read.outcome, read.selected, read.used);
    }
    // Drift that adds no access is the provider's own bookkeeping and no grant of this plan.
    if outcome == Outcome::Unchanged && matches!(grant.change, Change::Drifted | Change::Loosened) {
        return;
    }
    let verdict = match &outcome {
        Outcome::Unchanged => Verdict::Unchanged,
        Outcome::Approved(_) => Verdict::Approved,
        Outcome::Undecided(_) => Verdict::Undecided,
        Outcome::Flawed | Outcome::Exceeds(_) => Verdict::Exceeds,
        Outcome::Unapproved => Verdict::Unapproved,
    };
    let tickets = match &outcome {
        Outcome::Approved(tickets) => tickets.clone(),
        Outcome::Unchanged
        | Outcome::Undecided(_)
        | Outcome::Flawed
        | Outcome::Exceeds(_)
        | Outcome::Unapproved => selected.tickets(),
    };
    if grant.sensitive {
        used.iter_mut().for_each(|used| used.role = "(not shown)".to_owned());
    }
    let notes = notes(grant, &used, catalog);
    assessment.grants.push(Judged {
        address: grant.origin.address.clone(),
        type_name: grant.origin.type_name.clone(),
        provider: grant.origin.provider.clone(),
        kind: grant.kind.word(),
        principals: if grant.sensitive { Vec::new() } else { grant.principals() },
        verdict,
        tickets,
        content: used,
    });
    for mut finding in words::findings(grant, &outcome, &selected, candidates) {
        finding.notes.extend(notes.iter().cloned());
        assessment.findings.push(finding);
    }
}

/// What a finding says of the content that was read, or could not be.
fn notes(grant: &Grant, used: &[Used], catalog: &Catalog) -> Vec<String> {
    let read = used.iter().map(|used| format!("judged by content: {used}"));
    let roles = grant.terms.roles.iter().filter(|_| !grant.sensitive);
    read.chain(roles.filter_map(|role| catalog.misses(grant.dialect, role))).collect()
}

/// The catalogues whose content was read, each once.
fn catalogs(grants: &[Judged]) -> Vec<Source> {
    let mut catalogs: Vec<Source> =
        grants.iter().flat_map(|grant| &grant.content).map(|used| used.source.clone()).collect();
    catalogs.sort();
    catalogs.dedup();
    catalogs
}

/// The code of a grant that no approval covers.
fn uncovered(grant: &Grant) -> Code {
    match (grant.kind, grant.change) {
        (Kind::Opaque, _) => Code::UngovernedPath,
        (_, Change::LeftBehind) => Code::OrphanedGrant,
        (_, Change::Drifted) => Code::Drift,
        (
            Kind::Additive
            | Kind::Exclusive
            | Kind::Definition
            | Kind::Trust
            | Kind::Credential
            | Kind::Limit,
            Change::Made | Change::Changed | Change::Adopted | Change::Loosened | Change::Untouched,
        ) => Code::Unapproved,
    }
}

fn alarm_finding(alarm: &Alarm, candidates: &Candidates<'_>) -> Finding {
    let (code, remedy) = match alarm.kind {
        AlarmKind::Incomplete => {
            (Code::IncompletePlan, "make a full plan, without `-target`, and check that")
        }
        AlarmKind::Ungoverned => (
            Code::UngovernedPath,
            "do this outside of the apply that grants access, or make it a resource that a plan describes",
        ),
    };
    let origin =
        alarm.address.as_ref().map(|address| Origin { address: address.clone(), ..Origin::default() });
    let message = match &alarm.address {
        Some(address) => format!("{address}: {}", alarm.message),
        None => alarm.message.clone(),
    };
    bare(code, origin.as_ref(), message, remedy.to_owned(), candidates)
}

/// A finding without approvals.
fn bare(
    code: Code,
    origin: Option<&Origin>,
    message: String,
    remedy: String,
    candidates: &Candidates<'_>,
) -> Finding {
    Finding {
        code,
        address: origin.map(|origin| origin.address.clone()),
        ticket: None,
        side: code.side(),
        owner: owner::owner(code.role(), origin, None, candidates.manifest),
        message,
        approved: Vec::new(),
        planned: Vec::new(),
        notes: Vec::new(),
        witness: None,
        remedy,
        location: None,
    }
}
