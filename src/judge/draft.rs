//! What is wrong, as data, before anything is said of it.
//!
//! Takes a grant with its outcome, an object that no rule reads, or an alarm of the plan, and returns [`FindingDraft`]s: the
//! code, what it is about and what has to be corrected. Owners are not known here.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::iter;

use crate::address::without_keys;
use crate::authority::{Flaw, LateDuty};
use crate::containment::{Dimension, Excess};
use crate::finding::{Code, Fault, RunDigest};
use crate::grants::{Change, Grant, Origin, Run, Unread};
use crate::manifest::{Approval, EarlierSerial, Manifest};
use crate::plan::{Alarm, AlarmKind};
use crate::reason::{Reason, Settlement};
use crate::source::Place;
use crate::sources::SourcePlace;
use rule_language::GrantKind;

use super::outcome::{self, Outcome};
use super::run_fault::RunFault;
use super::selected::{Selected, SelectedApproval};

/// A finding without an owner.
#[derive(Debug)]
pub(super) struct FindingDraft<'a> {
    pub(super) case: FindingCase<'a>,
    pub(super) code: Code,
    pub(super) fault: Fault,
    /// Where in the plan; `None` where the plan as a whole is meant.
    pub(super) origin: Option<Cow<'a, Origin>>,
    /// The approval that it is about.
    pub(super) approval: Option<&'a Approval>,
}

/// What happened.
#[derive(Debug)]
pub(super) enum FindingCase<'a> {
    /// No approval covers a grant; it may name tickets that have no approval.
    Unapproved { grant: &'a Grant, missing: &'a [String] },
    /// A grant could not be decided.
    Undecided { grant: &'a Grant, reason: &'a Reason },
    /// An approval that would cover a grant is not in force.
    Flawed { grant: &'a Grant, approval: &'a Approval, flaw: &'a Flaw },
    /// A grant exceeds its approvals.
    Exceeds { grant: &'a Grant, excess: &'a Excess, tickets: Vec<String> },
    /// The plan brings another object to an address that an approval refers to.
    Replaced { approval: &'a Approval, flaw: &'a Flaw },
    /// No rule reads an object that may grant access.
    Unread(&'a Unread),
    /// No rule pack reads the provider of objects: the first of them, and how many there are.
    UnreadProvider { first: &'a Unread, count: usize },
    /// Something runs, or only a part is applied: `missing` are addresses that no approval lists for that.
    Run { run: &'a Run, fault: RunFault<'a>, missing: Vec<String> },
    /// What is owed after an exception is late, and a grant that should be gone, where there is one.
    LateDuty { late: &'a LateDuty<'a>, remaining: Option<&'a Grant> },
    /// An earlier version of the authority had a higher serial; `place` is that of the serial, or of what stands in its stead.
    Rollback { serial: Option<u64>, earlier: &'a EarlierSerial, place: &'a Place },
    /// Something blocks whatever the grants are.
    Alarm(&'a Alarm),
}

impl<'a> FindingDraft<'a> {
    /// Returns what is wrong with a grant; nothing where it passes.
    pub(super) fn all_of_grant(
        grant: &'a Grant,
        outcome: &'a Outcome,
        selected: &'a Selected<'a>,
    ) -> Vec<Self> {
        match outcome {
            Outcome::Unchanged | Outcome::Approved(_) | Outcome::Excepted(_) => Vec::new(),
            Outcome::Unapproved => vec![Self::of_unapproved(grant, &selected.missing)],
            Outcome::Undecided(reason) => vec![Self::of_undecided(grant, reason, selected)],
            Outcome::Flawed => Self::all_of_flaws(grant, selected, |_| true),
            Outcome::Exceeds(excess) => {
                let is_in_force = selected.approvals.iter().any(|one| one.flaws.is_empty());
                // A plan that goes beyond every approval may also go to another place. Nobody decided that it should.
                let is_of_decision = |flaw: &Flaw| !is_in_force && !flaw.is_about_place();
                let flaws = Self::all_of_flaws(grant, selected, is_of_decision);
                iter::once(Self::of_excess(grant, excess, selected)).chain(flaws).collect()
            }
        }
    }

    /// Returns what is wrong with an object that the plan brings to an address which an approval refers to.
    pub(super) fn of_replaced(approval: &'a Approval, address: &str, flaw: &'a Flaw) -> Self {
        let origin = Origin { address: address.into(), ..Origin::default() };
        Self {
            case: FindingCase::Replaced { approval, flaw },
            code: Code::of_flaw(flaw),
            fault: block_fault(&origin, Some(approval)),
            origin: Some(Cow::Owned(origin)),
            approval: Some(approval),
        }
    }

    /// Returns what is wrong with an object that no rule reads.
    pub(super) fn of_unread(unread: &'a Unread) -> Self {
        Self {
            case: FindingCase::Unread(unread),
            code: Code::UnsupportedType,
            fault: Fault::ResourceType { type_name: unread.origin.type_name.to_string() },
            origin: Some(Cow::Borrowed(&unread.origin)),
            approval: None,
        }
    }

    /// Returns what is wrong with a provider that no rule pack reads.
    pub(super) fn of_unread_provider(first: &'a Unread, count: usize) -> Self {
        Self {
            case: FindingCase::UnreadProvider { first, count },
            code: Code::UnsupportedProvider,
            fault: Fault::Provider { provider: first.provider.clone() },
            origin: Some(Cow::Borrowed(&first.origin)),
            approval: None,
        }
    }

    /// Returns what is wrong with the version of the authority.
    pub(super) fn of_rollback(manifest: &'a Manifest) -> Option<Self> {
        let earlier = manifest.find_rollback()?;
        let serial = manifest.serial.as_ref();
        let place = serial.map_or(&manifest.process_owner.place, |serial| &serial.place);
        Some(Self {
            case: FindingCase::Rollback { serial: serial.map(|serial| serial.value), earlier, place },
            code: Code::AuthorityRollback,
            fault: Fault::Authority,
            origin: None,
            approval: None,
        })
    }

    /// Returns what is late after an exception.
    pub(super) fn of_late_duty(late: &'a LateDuty<'a>, remaining: Option<&'a Grant>) -> Self {
        let approval = &late.exception.approval;
        Self {
            case: FindingCase::LateDuty { late, remaining },
            code: Code::of_late_duty(late.duty),
            fault: Fault::Exception { id: approval.id.clone() },
            origin: remaining.map(|grant| Cow::Borrowed(&grant.origin)),
            approval: Some(approval),
        }
    }

    /// Returns what an alarm says; `places` are those of the objects that alarms name.
    pub(super) fn of_alarm(alarm: &'a Alarm, places: &BTreeMap<String, Vec<SourcePlace>>) -> Self {
        let origin = alarm.address.as_ref().map(|address| Origin {
            address: address.as_str().into(),
            places: places.get(address).cloned().unwrap_or_default(),
            ..Origin::default()
        });
        Self {
            case: FindingCase::Alarm(alarm),
            code: match alarm.cause.kind() {
                AlarmKind::Incomplete => Code::IncompletePlan,
                AlarmKind::Unseen => Code::SourcesUnseen,
                AlarmKind::Contradiction => Code::ConflictingFacts,
                AlarmKind::Ungoverned => Code::UngovernedPath,
                AlarmKind::Changed => Code::PlanChanged,
                AlarmKind::Undecided => Code::NoManifest,
            },
            fault: origin.as_ref().map_or(Fault::Plan, |origin| block_fault(origin, None)),
            origin: origin.map(Cow::Owned),
            approval: None,
        }
    }

    /// Returns what is wrong with a run.
    pub(super) fn of_run(run: &'a Run, fault: RunFault<'a>, missing: Vec<String>) -> Self {
        let approval = fault.approval();
        let (code, origin) = match run {
            Run::Provisioner { origin, .. } => (Code::UngovernedPath, Some(&**origin)),
            Run::Target { .. } => (Code::IncompletePlan, None),
        };
        let (code, of_what) = match &fault {
            RunFault::Flawed { approval, flaw } => {
                (Code::of_flaw(flaw), Fault::Approval { ticket: approval.id.clone() })
            }
            RunFault::Unapproved | RunFault::Differs { .. } | RunFault::Undecided { .. } => {
                (code, origin.map_or(Fault::Plan, |origin| block_fault(origin, approval)))
            }
        };
        Self {
            case: FindingCase::Run { run, fault, missing },
            code,
            fault: of_what,
            origin: origin.map(Cow::Borrowed),
            approval,
        }
    }

    fn of_grant(grant: &'a Grant, code: Code, case: FindingCase<'a>, approval: Option<&'a Approval>) -> Self {
        let (origin, fault) = (Some(Cow::Borrowed(&grant.origin)), block_fault(&grant.origin, approval));
        Self { case, code, fault, origin, approval }
    }

    fn of_unapproved(grant: &'a Grant, missing: &'a [String]) -> Self {
        let code = code_of_change(grant).unwrap_or(Code::Unapproved);
        let mut draft = Self::of_grant(grant, code, FindingCase::Unapproved { grant, missing }, None);
        if let Some(ticket) = missing.first() {
            draft.fault = Fault::MissingApproval { ticket: ticket.clone() };
        }
        draft
    }

    fn of_undecided(grant: &'a Grant, reason: &'a Reason, selected: &'a Selected<'a>) -> Self {
        let approval = selected.approvals.first().map(|one| one.approval);
        let code = if reason.is_settled_by_apply() { Code::UnknownUntilApply } else { Code::Undecided };
        let mut draft = Self::of_grant(grant, code, FindingCase::Undecided { grant, reason }, approval);
        match (reason, reason.settlement()) {
            (Reason::FactMissing { fact }, _) if !(grant.sensitive && reason.may_quote_values()) => {
                draft.fault = Fault::MissingFact { fact: fact.to_string() }
            }
            (_, Settlement::Sources) => draft.fault = Fault::MissingSources,
            (_, Settlement::Apply | Settlement::Fact | Settlement::Change) => {}
        }
        draft
    }

    /// Returns each thing of a kind that keeps an approval from being in force.
    pub(super) fn all_of_flaws(
        grant: &'a Grant,
        selected: &'a Selected<'a>,
        is_meant: impl Fn(&Flaw) -> bool,
    ) -> Vec<Self> {
        let mut drafts = Vec::new();
        for SelectedApproval { approval, flaws, .. } in &selected.approvals {
            for flaw in flaws.iter().filter(|flaw| is_meant(flaw)) {
                let case = FindingCase::Flawed { grant, approval, flaw };
                let code = code_of_flaw(grant, flaw);
                let mut draft = Self::of_grant(grant, code, case, Some(approval));
                draft.fault = Fault::Approval { ticket: approval.id.clone() };
                drafts.push(draft);
            }
        }
        drafts
    }

    fn of_excess(grant: &'a Grant, excess: &'a Excess, selected: &'a Selected<'a>) -> Self {
        let by_excess = match grant.change {
            Change::Delivered | Change::Altered => Code::DeliveredWider,
            Change::Made
            | Change::Changed
            | Change::Replaced
            | Change::Adopted
            | Change::LeftBehind
            | Change::Drifted
            | Change::Loosened
            | Change::Untouched => code_of_dimension(excess.dimension),
        };
        let code = code_of_change(grant).unwrap_or(by_excess);
        let in_force = selected.approvals.iter().find(|one| one.flaws.is_empty());
        let approval = in_force.or(selected.approvals.first()).map(|one| one.approval);
        Self::of_grant(
            grant,
            code,
            FindingCase::Exceeds { grant, excess, tickets: selected.list_tickets() },
            approval,
        )
    }
}

impl<'a> FindingCase<'a> {
    /// The grant that it is about.
    pub(super) fn grant(&self) -> Option<&'a Grant> {
        match self {
            Self::Unapproved { grant, .. }
            | Self::Undecided { grant, .. }
            | Self::Flawed { grant, .. }
            | Self::Exceeds { grant, .. } => Some(grant),
            Self::LateDuty { remaining, .. } => *remaining,
            Self::Replaced { .. }
            | Self::Unread(_)
            | Self::UnreadProvider { .. }
            | Self::Run { .. }
            | Self::Rollback { .. }
            | Self::Alarm(_) => None,
        }
    }

    /// The first ticket that the grant names and that has no approval.
    pub(super) fn missing_ticket(&self) -> Option<&'a String> {
        if let Self::Unapproved { missing, .. } = self { missing.first() } else { None }
    }

    /// What keeps the approval from being in force.
    pub(super) fn flaw(&self) -> Option<&Flaw> {
        match self {
            Self::Flawed { flaw, .. } | Self::Replaced { flaw, .. } => Some(flaw),
            Self::Run { fault: RunFault::Flawed { flaw, .. }, .. } => Some(flaw),
            Self::Unapproved { .. }
            | Self::Undecided { .. }
            | Self::Exceeds { .. }
            | Self::Unread(_)
            | Self::UnreadProvider { .. }
            | Self::Run { .. }
            | Self::LateDuty { .. }
            | Self::Rollback { .. }
            | Self::Alarm(_) => None,
        }
    }

    /// What runs, as an approval names it.
    pub(super) fn run_digest(&self) -> Option<RunDigest> {
        let Self::Run { run: Run::Provisioner { kind, content, .. }, .. } = self else { return None };
        let sha256: Vec<String> = content.texts().iter().map(|text| text.sha256.clone()).collect();
        (!sha256.is_empty()).then(|| RunDigest { kind: kind.clone(), sha256 })
    }

    /// What keeps the approval from being in force; not for a grant of which nothing may be shown, to which a request that the
    /// approval allows may belong.
    pub(super) fn shown_flaw(&self) -> Option<&Flaw> {
        self.flaw().filter(|_| !self.grant().is_some_and(|grant| grant.sensitive))
    }

    /// By what the grant exceeds; not for one of which nothing may be shown.
    pub(super) fn shown_excess(&self) -> Option<&'a Excess> {
        match self {
            Self::Exceeds { grant, excess, .. } if !grant.sensitive => Some(excess),
            Self::Unapproved { .. }
            | Self::Undecided { .. }
            | Self::Flawed { .. }
            | Self::Exceeds { .. }
            | Self::Replaced { .. }
            | Self::Unread(_)
            | Self::UnreadProvider { .. }
            | Self::Run { .. }
            | Self::LateDuty { .. }
            | Self::Rollback { .. }
            | Self::Alarm(_) => None,
        }
    }
}

/// The fault of a block, whichever of its instances makes the grant.
fn block_fault(origin: &Origin, approval: Option<&Approval>) -> Fault {
    Fault::Block {
        address: without_keys(&origin.address),
        ticket: approval.map(|approval| approval.id.clone()),
    }
}

/// The code of a grant that no approval covers, where what is done to it or was done to it says more than what it is.
fn code_of_change(grant: &Grant) -> Option<Code> {
    match (grant.kind, grant.change) {
        (GrantKind::Opaque, _) => Some(Code::UngovernedPath),
        (_, Change::LeftBehind) => Some(Code::OrphanedGrant),
        (_, Change::Drifted) => Some(Code::Drift),
        (_, Change::Altered) => (!outcome::covers_one(&grant.before, &grant.readings)).then_some(Code::Drift),
        (
            GrantKind::Additive
            | GrantKind::Exclusive
            | GrantKind::Definition
            | GrantKind::Trust
            | GrantKind::Credential
            | GrantKind::Limit,
            Change::Made
            | Change::Changed
            | Change::Replaced
            | Change::Adopted
            | Change::Loosened
            | Change::Untouched
            | Change::Delivered,
        ) => None,
    }
}

/// The code of what keeps an approval from being in force. What exists without its approval, which has ended, is to be taken
/// away.
fn code_of_flaw(grant: &Grant, flaw: &Flaw) -> Code {
    match (grant.change, Code::of_flaw(flaw)) {
        (Change::Delivered | Change::Altered, Code::Expired | Code::Withdrawn) => Code::OrphanedGrant,
        (_, code) => code,
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
