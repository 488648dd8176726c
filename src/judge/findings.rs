//! Makes findings: one for everything that does not pass.
//!
//! Takes a [`FindingDraft`], and returns a [`Finding`] with its words, its one owner, the access on both sides and its
//! severity. What it says is in [`words`], who answers in [`owner`].

use crate::authority::Flaw;
use crate::finding::{Finding, Site, SiteKind};
use crate::manifest::{Approval, Manifest};
use crate::source::Span;

use super::compared_access::ApprovedStatements;
use super::draft::FindingDraft;
use super::escalation::EscalationEvidence;
use super::words::FindingText;
use super::{owner, severity, words};

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
        let FindingText { message, remedy, notes } = words::describe(&draft);
        let owner = owner::find_owner(&draft, self.manifest);
        let severity = severity::find_severity(&draft, evidence);
        let FindingDraft { case, code, fault, origin, approval } = draft;
        let access = case.grant().map(|grant| self.approved.compare(grant, approval));
        let ticket = approval.map(|approval| &approval.id).or(case.missing_ticket());
        let site = approval.map(|approval| approved_site(approval, case.flaw().and_then(Flaw::span)));
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
            remedy,
            sites: site.into_iter().collect(),
        }
    }
}

/// Where an approval stands, or the part of it that a finding is about.
fn approved_site(approval: &Approval, span: Option<Span>) -> Site {
    let source = &approval.place.source;
    let at = source.position(span.unwrap_or(approval.place.span).start);
    Site { what: SiteKind::Approved, file: source.name.to_string(), line: at.line, column: at.column }
}
