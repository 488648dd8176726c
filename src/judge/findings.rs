//! Makes findings: one for everything that does not pass.
//!
//! Takes a [`FindingDraft`], and returns a [`Finding`] with what happened, its one owner, the access on both sides and its
//! severity. What it says is in [`message_of`], who answers in [`owner`].

use crate::authority::Flaw;
use crate::finding::{Finding, Site, SiteKind};
use crate::grants::Origin;
use crate::manifest::{Approval, Manifest};
use crate::source::{Source, Span};

use super::compared_access::ApprovedStatements;
use super::draft::FindingDraft;
use super::escalation::EscalationEvidence;
use super::message::{message_of, note_of_stand_in};
use super::{owner, severity};

/// What findings are made with, whatever they are about.
#[derive(Debug)]
pub(super) struct FindingMaker<'m> {
    manifest: &'m Manifest,
    approved: ApprovedStatements,
}

impl<'m> FindingMaker<'m> {
    pub(super) fn new(manifest: &'m Manifest) -> Self {
        Self { manifest, approved: ApprovedStatements::default() }
    }

    /// Makes the finding of a draft; `evidence` is what its grant gives that raises rights.
    pub(super) fn make(&self, draft: FindingDraft<'_>, evidence: Option<&EscalationEvidence>) -> Finding {
        let (message, notes) = (message_of(&draft), note_of_stand_in(&draft.case).into_iter().collect());
        let owner = owner::find_owner(&draft, self.manifest);
        let severity = severity::find_severity(&draft, evidence);
        let FindingDraft { case, code, fault, origin, approval } = draft;
        let access = case.grant().map(|grant| self.approved.compare(grant, approval));
        let ticket = approval.map(|approval| &approval.id).or(case.missing_ticket());
        let sites = find_sites(origin.as_deref(), approval, case.flaw().and_then(Flaw::span));
        let excess = case.shown_excess();
        Finding {
            code,
            severity,
            address: origin.map(|origin| origin.address.clone()),
            ticket: ticket.cloned(),
            group: fault.group(code, &owner),
            owner,
            message,
            access,
            notes,
            witness: excess.map(|excess| excess.witness.clone()),
            excess: excess.map(|excess| excess.actions.clone()).unwrap_or_default(),
            sites,
        }
    }
}

/// Finds both ends and the rule between them; `span` is the part of the approval that a finding is about.
fn find_sites(origin: Option<&Origin>, approval: Option<&Approval>, span: Option<Span>) -> Vec<Site> {
    let site = |what: SiteKind, source: &Source, span: Span| {
        let at = source.position(span.start);
        Site { what, file: source.name.to_string(), line: at.line, column: at.column }
    };
    let places = origin.into_iter().flat_map(|origin| &origin.places);
    let mut sites: Vec<Site> =
        places.map(|place| site(SiteKind::Planned, &place.source, place.span)).collect();
    sites.extend(
        approval.map(|Approval { place, .. }| {
            site(SiteKind::Approved, &place.source, span.unwrap_or(place.span))
        }),
    );
    let rule = origin.and_then(|origin| origin.rule.as_ref());
    // A rule's heading begins its line.
    sites.extend(rule.map(|rule| Site {
        what: SiteKind::Rule,
        file: rule.file.clone(),
        line: rule.line,
        column: 1,
    }));
    sites
}
