//! Makes findings: one for everything that does not pass.
//!
//! Takes a [`FindingDraft`], and returns a [`Finding`] with what happened, its one owner, the access on both sides and its
//! severity. What it says is in [`message_of`], who answers in [`super::owner`].

use std::sync::Arc;

use crate::authority::{Flaw, SubjectFlaw};
use crate::containment::Dimension;
use crate::finding::{Finding, Site, SiteKind, SiteReach};
use crate::grants::{Argument, Origin};
use crate::manifest::{Approval, Manifest};
use crate::reason::Reason;
use crate::source::{Place, Span};
use crate::sources::{PlaceRole, SourcePlace, find_written};
use crate::subject::SubjectKind;

use super::compared_access::ApprovedStatements;
use super::draft::{FindingCase, FindingDraft};
use super::escalation::EscalationEvidence;
use super::index::SystemIndex;
use super::message::{message_of, notes_of};
use super::missing_fact::find_missing_fact;
use super::owner::Parties;
use super::severity;

/// What findings are made with, whatever they are about.
#[derive(Debug)]
pub(super) struct FindingMaker<'m> {
    pub(super) manifest: &'m Manifest,
    pub(super) systems: SystemIndex<'m>,
    approved: ApprovedStatements,
}

impl<'m> FindingMaker<'m> {
    pub(super) fn new(manifest: &'m Manifest) -> Self {
        Self { manifest, systems: SystemIndex::new(manifest), approved: ApprovedStatements::default() }
    }

    /// Makes the finding of a draft; `evidence` is what its grant gives that raises rights, and `folder` the path in the
    /// repository of the folder in which Terraform ran.
    pub(super) fn make(
        &self,
        draft: FindingDraft<'_>,
        evidence: Option<&EscalationEvidence>,
        folder: Option<&str>,
    ) -> Finding {
        let (message, notes) = (message_of(&draft), notes_of(&draft.case));
        let parties = Parties { manifest: self.manifest, systems: &self.systems, folder };
        let owner = parties.find_owner(&draft);
        let informed = parties.find_informed(&draft, &owner);
        let severity = severity::find_severity(&draft, evidence);
        let FindingDraft { case, code, fault, origin, approval } = draft;
        let access = case.grant().map(|grant| self.approved.compare(grant, approval));
        let ticket = approval.map(|approval| &approval.id).or(case.missing_ticket());
        let sites = self.find_sites(origin.as_deref(), &case, approval);
        let excess = case.shown_excess();
        let is_about_agent = is_about_agent(&case, approval);
        let run = case.run_digest();
        let shown_flaw = case.shown_flaw().and_then(Flaw::witness).cloned();
        let waits_for = find_missing_fact(&case, origin.as_deref());
        Finding {
            code,
            severity,
            address: origin.map(|origin| origin.address.to_string()),
            ticket: ticket.cloned(),
            group: fault.group(code, &owner),
            owner,
            informed,
            message,
            access,
            waits_for,
            run,
            notes,
            witness: excess.map(|excess| excess.witness.clone()).or(shown_flaw),
            excess: excess.map(|excess| Arc::clone(&excess.actions)).unwrap_or_default(),
            is_about_agent,
            sites,
        }
    }

    /// Finds the places of a finding, and the line of the manifest that names the process owner where no other line of the
    /// repository is known.
    fn find_sites(
        &self,
        origin: Option<&Origin>,
        case: &FindingCase<'_>,
        approval: Option<&Approval>,
    ) -> Vec<Site> {
        let mut sites = find_sites(origin, case, approval);
        let is_line = |site: &Site| site.what == SiteKind::Approved || site.reach == SiteReach::Repository;
        let place = &self.manifest.process_owner.place;
        if !sites.iter().any(is_line) && !place.source.text.is_empty() {
            let rule = sites.iter().position(|site| site.what == SiteKind::Rule).unwrap_or(sites.len());
            sites.insert(rule, Site::of_place(SiteKind::Manifest, place));
        }
        sites
    }
}

/// Whether whoever gets the access is an agent, as the approval says or the plan shows.
fn is_about_agent(case: &FindingCase<'_>, approval: Option<&Approval>) -> bool {
    let is_planned =
        matches!(case.flaw(), Some(Flaw::Subject(SubjectFlaw::WrongKind { kind: SubjectKind::Agent, .. })));
    let subjects = approval.into_iter().flat_map(|approval| &approval.subjects);
    is_planned || subjects.into_iter().any(|subject| subject.kind == SubjectKind::Agent)
}

/// Finds both ends and the rule between them: the argument that a finding is about, or its block, with the module call
/// through which it comes in; and the part of the approval that it is about.
fn find_sites(origin: Option<&Origin>, case: &FindingCase<'_>, approval: Option<&Approval>) -> Vec<Site> {
    let argument = origin.and_then(|origin| find_argument(origin, case));
    let places =
        origin.into_iter().flat_map(|origin| &origin.places).map(|known| match (known.role, argument) {
            (PlaceRole::Own, Some(argument)) => &argument.place,
            (PlaceRole::Own | PlaceRole::Call | PlaceRole::Holder, _) => known,
        });
    let mut sites: Vec<Site> = places.map(planned_site).collect();
    let approved = |place: &Place| Site::of_place(SiteKind::Approved, place);
    let exceeded = |approval| find_exceeded(case, approval);
    let span = case.flaw().and_then(Flaw::span).or_else(|| approval.and_then(exceeded));
    sites.extend(approval.map(|Approval { place, .. }| {
        approved(&Place { source: place.source.clone(), span: span.unwrap_or(place.span) })
    }));
    if let FindingCase::Rollback { place, .. } = case {
        sites.push(approved(place));
    }
    let rule = origin.and_then(|origin| origin.rule.as_ref());
    // A rule's heading begins its line.
    sites.extend(rule.map(|rule| Site {
        what: SiteKind::Rule,
        file: rule.file.to_string(),
        reach: SiteReach::Elsewhere,
        line: rule.line,
        column: 1,
        text: None,
    }));
    sites
}

/// Finds the part of an approval that a grant exceeds: in the one `grant` block of its cloud, what is written for the part,
/// or else the block's heading. Of several blocks none is the one.
fn find_exceeded(case: &FindingCase<'_>, approval: &Approval) -> Option<Span> {
    let FindingCase::Exceeds { grant, excess, .. } = case else { return None };
    let mut blocks = approval.sample().grants.iter().filter(|block| block.dialect == grant.dialect);
    let (Some(block), None) = (blocks.next(), blocks.next()) else { return None };
    let words: &[&str] = match excess.dimension {
        Dimension::Action => &["actions", "roles", "credentials", "data_actions"],
        Dimension::Resource => &["resources"],
        Dimension::Principal => &["principals"],
        Dimension::Condition => &["expression"],
    };
    Some(find_written(&approval.place.source, block.span, words).unwrap_or(block.span))
}

fn planned_site(known: &SourcePlace) -> Site {
    let what = match known.role {
        PlaceRole::Own | PlaceRole::Holder => SiteKind::Planned,
        PlaceRole::Call => SiteKind::Call,
    };
    let site = Site::of_place(what, &known.place);
    match &known.path {
        Some(path) => site.in_repository(path),
        None => site,
    }
}

/// Finds the argument that a finding is about: the one that says the part which exceeds, the one whose value cannot be
/// decided, or else the one that says what is granted.
fn find_argument<'o>(origin: &'o Origin, case: &FindingCase<'_>) -> Option<&'o Argument> {
    let of_part = |part: Dimension| origin.arguments.iter().find(|argument| argument.part == part);
    let said =
        || [Dimension::Action, Dimension::Resource, Dimension::Principal].into_iter().find_map(of_part);
    let exact = match case {
        FindingCase::Exceeds { excess, .. } => of_part(excess.dimension),
        FindingCase::Undecided { reason, .. } => match reason {
            Reason::UntilApply { value }
            | Reason::SourcesNeeded { value, .. }
            | Reason::UnreadableValue { value } => {
                let path = value.strip_prefix(&*origin.address)?.strip_prefix('.')?;
                origin.arguments.iter().find(|argument| is_within(path, &argument.path))
            }
            // A document says the actions.
            Reason::Unreadable(_) => of_part(Dimension::Action),
            Reason::Variable { .. }
            | Reason::SeveralValues { .. }
            | Reason::OpaqueCondition { .. }
            | Reason::MixedTypes { .. } => of_part(Dimension::Condition),
            Reason::FactMissing { .. }
            | Reason::ContentNotRead { .. }
            | Reason::SensitiveValue { .. }
            | Reason::MembersUnknown { .. }
            | Reason::Meaningless(_)
            | Reason::Budget(_)
            | Reason::AllowsNothing
            | Reason::Unconfirmed => None,
        },
        FindingCase::Unapproved { .. }
        | FindingCase::Flawed { .. }
        | FindingCase::Replaced { .. }
        | FindingCase::Unread(_)
        | FindingCase::UnreadProvider { .. }
        | FindingCase::Run { .. }
        | FindingCase::LateDuty { .. }
        | FindingCase::Rollback { .. }
        | FindingCase::Alarm(_) => None,
    };
    exact.or_else(|| case.grant().and_then(|_| said()))
}

/// Whether a path is that of an attribute or leads to something in it.
fn is_within(path: &str, attribute: &str) -> bool {
    path.strip_prefix(attribute).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
