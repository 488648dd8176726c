//! Makes findings: one for everything that does not pass.
//!
//! Takes a grant with its outcome, an object that no rule reads, or an alarm of the plan, and returns [`Finding`]s with
//! one owner each. What a finding says is in [`words`], who answers in [`owner`].

use crate::address::without_keys;
use crate::authority::Flaw;
use crate::containment::{Dimension, Excess};
use crate::finding::{Code, Fault, Finding, Site, SiteKind};
use crate::grants::{Change, Grant, Origin, Unread};
use crate::manifest::{Approval, Manifest};
use crate::plan::{Alarm, AlarmKind};
use crate::reason::{Reason, Settlement};
use crate::rules::Kind;
use crate::source::Span;

use super::candidates::Selected;
use super::compared_access::ApprovedStatements;
use super::escalation::EscalationEvidence;
use super::outcome::Outcome;
use super::{owner, severity, words};

/// What findings are made with, whatever they are about.
#[derive(Debug)]
pub(super) struct FindingMaker<'m> {
    manifest: &'m Manifest,
    approved: ApprovedStatements,
}

/// What a finding says, before its owner is found.
struct Draft<'a> {
    code: Code,
    message: String,
    remedy: String,
    fault: Fault,
    /// The approval that it is about.
    approval: Option<&'a Approval>,
}

impl<'m> FindingMaker<'m> {
    pub(super) fn new(manifest: &'m Manifest) -> Self {
        Self { manifest, approved: ApprovedStatements::default() }
    }

    /// Returns the findings of one grant; none where it passes.
    pub(super) fn of_grant(
        &self,
        grant: &Grant,
        outcome: &Outcome,
        selected: &Selected<'_>,
        evidence: &EscalationEvidence,
    ) -> Vec<Finding> {
        match outcome {
            Outcome::Unchanged | Outcome::Approved(_) => Vec::new(),
            Outcome::Unapproved => vec![self.unapproved(grant, selected)],
            Outcome::Undecided(reason) => vec![self.undecided(grant, reason, selected)],
            Outcome::Flawed => self.flawed(grant, selected),
            Outcome::Exceeds(excess) => {
                let mut findings = vec![self.exceeds(grant, excess, selected, evidence)];
                if !selected.approvals.iter().any(|(_, flaws)| flaws.is_empty()) {
                    findings.extend(self.flawed(grant, selected));
                }
                findings
            }
        }
    }

    /// Returns the finding of an object that no rule reads.
    pub(super) fn of_unread(&self, unread: &Unread) -> Finding {
        let type_name = &unread.origin.type_name;
        let draft = Draft {
            code: Code::UnsupportedType,
            message: words::unread(unread),
            remedy: format!(
                "add a rule for `{type_name}` with `--rules DIR`, or `ignore` it there if it grants no access"
            ),
            fault: Fault::ResourceType { type_name: type_name.clone() },
            approval: None,
        };
        self.finish(draft, Some(&unread.origin), None)
    }

    /// Returns the finding of something that blocks whatever the grants are.
    pub(super) fn of_alarm(&self, alarm: &Alarm) -> Finding {
        let origin =
            alarm.address.as_ref().map(|address| Origin { address: address.clone(), ..Origin::default() });
        let (code, remedy) = match alarm.kind {
            AlarmKind::Incomplete => (Code::IncompletePlan, Code::IncompletePlan.row().remedy),
            AlarmKind::Ungoverned => (Code::UngovernedPath, words::UNGOVERNED_REMEDY),
        };
        let fault = origin.as_ref().map_or(Fault::Plan, |origin| block_fault(origin, None));
        let (message, remedy) = (alarm.message.clone(), remedy.to_owned());
        self.finish(Draft { code, message, remedy, fault, approval: None }, origin.as_ref(), None)
    }

    fn unapproved(&self, grant: &Grant, selected: &Selected<'_>) -> Finding {
        let code = code_of_change(grant);
        let missing = selected.missing.first();
        let fault = match missing {
            Some(ticket) => Fault::MissingApproval { ticket: ticket.clone() },
            None => block_fault(&grant.origin, None),
        };
        let draft = Draft {
            code,
            message: words::unapproved(grant, &selected.missing),
            remedy: code.row().remedy.to_owned(),
            fault,
            approval: None,
        };
        Finding { ticket: missing.cloned(), ..self.finish(draft, Some(&grant.origin), Some(grant)) }
    }

    fn undecided(&self, grant: &Grant, reason: &Reason, selected: &Selected<'_>) -> Finding {
        let approval = selected.approvals.first().map(|(approval, _)| *approval);
        let draft = Draft {
            code: if reason.is_settled_by_apply() { Code::UnknownUntilApply } else { Code::Undecided },
            message: words::undecided(grant, reason),
            remedy: words::undecided_remedy(reason.settlement()).to_owned(),
            fault: fault_of_reason(grant, reason, approval),
            approval,
        };
        self.finish(draft, Some(&grant.origin), Some(grant))
    }

    /// Returns one finding for each thing that keeps an approval from being in force.
    fn flawed(&self, grant: &Grant, selected: &Selected<'_>) -> Vec<Finding> {
        let flaws = selected
            .approvals
            .iter()
            .flat_map(|(approval, flaws)| flaws.iter().map(|flaw| (*approval, flaw)));
        flaws.map(|(approval, flaw)| self.flaw(grant, approval, flaw)).collect()
    }

    fn flaw(&self, grant: &Grant, approval: &Approval, flaw: &Flaw) -> Finding {
        let draft = Draft {
            code: flaw.code(),
            message: words::flawed(grant, flaw, &approval.id),
            remedy: flaw.remedy(),
            fault: Fault::Approval { ticket: approval.id.clone() },
            approval: Some(approval),
        };
        let mut finding = self.finish(draft, Some(&grant.origin), Some(grant));
        if let Flaw::SelfApproved { approver, .. } | Flaw::NoAuthority { approver, .. } = flaw {
            finding.owner = owner::approver(&approver.value, approval);
            finding.group =
                Fault::Approval { ticket: approval.id.clone() }.group(finding.code, &finding.owner);
        }
        if let Some(span) = flaw.span() {
            finding.sites = vec![approved_site(approval, span)];
        }
        finding
    }

    fn exceeds(
        &self,
        grant: &Grant,
        excess: &Excess,
        selected: &Selected<'_>,
        evidence: &EscalationEvidence,
    ) -> Finding {
        let code = match code_of_change(grant) {
            Code::Unapproved => code_of_dimension(excess.dimension),
            other => other,
        };
        let in_force = selected.approvals.iter().find(|(_, flaws)| flaws.is_empty());
        let approval = in_force.or(selected.approvals.first()).map(|(approval, _)| *approval);
        let draft = Draft {
            code,
            message: words::exceeds(grant, code, &selected.tickets()),
            remedy: code.row().remedy.to_owned(),
            fault: block_fault(&grant.origin, approval),
            approval,
        };
        let mut finding = self.finish(draft, Some(&grant.origin), Some(grant));
        finding.severity = severity::of_excess(code, grant, excess, evidence);
        if !grant.sensitive {
            finding.notes.extend(words::note_of_unreal_action(grant, excess));
            finding.witness = Some(excess.witness.clone());
            finding.excess.clone_from(&excess.actions);
        }
        finding
    }

    /// Finds the owner, and puts everything together.
    fn finish(&self, draft: Draft<'_>, origin: Option<&Origin>, grant: Option<&Grant>) -> Finding {
        let Draft { code, message, remedy, fault, approval } = draft;
        let owner = owner::find_owner(code.accountable(), origin, approval, self.manifest);
        Finding {
            code,
            severity: code.row().severity,
            address: origin.map(|origin| origin.address.clone()),
            ticket: approval.map(|approval| approval.id.clone()),
            group: fault.group(code, &owner),
            owner,
            message,
            access: grant.map(|grant| self.approved.compare(grant, approval)),
            notes: Vec::new(),
            witness: None,
            excess: Vec::new(),
            remedy,
            sites: approval
                .map(|approval| approved_site(approval, approval.place.span))
                .into_iter()
                .collect(),
        }
    }
}

fn approved_site(approval: &Approval, span: Span) -> Site {
    let source = &approval.place.source;
    let at = source.position(span.start);
    Site { what: SiteKind::Approved, file: source.name.to_string(), line: at.line, column: at.column }
}

/// The fault of a block, whichever of its instances makes the grant.
fn block_fault(origin: &Origin, approval: Option<&Approval>) -> Fault {
    Fault::Block {
        address: without_keys(&origin.address),
        ticket: approval.map(|approval| approval.id.clone()),
    }
}

fn fault_of_reason(grant: &Grant, reason: &Reason, approval: Option<&Approval>) -> Fault {
    match (reason, reason.settlement()) {
        (Reason::FactMissing { fact }, _) => Fault::MissingFact { fact: fact.to_string() },
        (_, Settlement::Sources) => Fault::MissingSources,
        (_, Settlement::Apply | Settlement::Fact | Settlement::Change) => {
            block_fault(&grant.origin, approval)
        }
    }
}

/// The code of a grant that no approval covers, by what the plan does to it.
fn code_of_change(grant: &Grant) -> Code {
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

fn code_of_dimension(dimension: Dimension) -> Code {
    match dimension {
        Dimension::Action => Code::WiderAction,
        Dimension::Resource => Code::WiderResource,
        Dimension::Principal => Code::WiderPrincipal,
        Dimension::Condition => Code::WiderCondition,
    }
}
