//! What to do about a finding: an instruction.
//!
//! Takes a [`Finding`] and returns what its owner does next; where nothing more precise can be said, what its code says.

use crate::finding::{Code, Finding, FindingMessage, RunCause, RunOutline};
use crate::plan::{AlarmCause, AlarmKind};
use crate::reason::{Reason, Settlement, ShownReason};
use crate::report::duty_words::late_remedy;

/// Says what to do next.
pub(super) fn describe_remedy(finding: &Finding) -> String {
    match &finding.message {
        FindingMessage::Flawed { .. } if finding.code == Code::OrphanedGrant => {
            finding.code.row().remedy.to_owned()
        }
        FindingMessage::Flawed { flaw, .. } | FindingMessage::Replaced { flaw, .. } => flaw.remedy(),
        FindingMessage::Undecided { reason: ShownReason::Whole(Reason::FactMissing { fact }), .. } => {
            format!("give the fact with `--fact {fact}=…`, or in a `fact` block of the manifest")
        }
        FindingMessage::Undecided { reason, .. } => undecided_remedy(reason.settlement()).to_owned(),
        FindingMessage::Unread { type_name, .. } => format!(
            "if it gives nobody access, declare that in the manifest with a block `type \"{type_name}\"` in its `provider` block; otherwise add a rule for it with `--rules DIR`"
        ),
        FindingMessage::UnreadProvider { provider, .. } => {
            let source = provider.strip_prefix("registry.terraform.io/").unwrap_or(provider);
            format!(
                "if it gives nobody access, declare that in the manifest with a block `provider \"{source}\"`, `access = \"none\"` and a `reason`; otherwise add a rule pack with `--rules DIR`"
            )
        }
        FindingMessage::Run { run, cause } => run_remedy(run, cause),
        FindingMessage::LateDuty { exception, duty, remaining, .. } => {
            late_remedy(*duty, exception, remaining.is_some())
        }
        FindingMessage::Rollback { .. } => finding.code.row().remedy.to_owned(),
        FindingMessage::Alarm(cause) => alarm_remedy(cause).to_owned(),
        FindingMessage::Unapproved { grant, .. } if grant.exists() => {
            "add an `approval` block with a `grant` for this access, or take the access away".to_owned()
        }
        FindingMessage::Unapproved { .. } | FindingMessage::Exceeds { .. } => {
            finding.code.row().remedy.to_owned()
        }
    }
}

/// What to do about a run that nobody approved.
fn run_remedy(run: &RunOutline, cause: &RunCause) -> String {
    match (run, cause) {
        (_, RunCause::Flawed { flaw, .. }) => flaw.remedy(),
        (RunOutline::Provisioner { .. }, RunCause::Unapproved | RunCause::Differs { .. }) => {
            "read what it runs, and have it approved with this `run` block, or remove it".to_owned()
        }
        (RunOutline::Provisioner { .. }, RunCause::Undecided(_)) => {
            "write what it runs so that the plan shows it, or run it outside the apply".to_owned()
        }
        (RunOutline::Target { .. }, _) => {
            "make a full plan, without `-target`, or have it approved with a block `run \"target\"` that lists the \
             `addresses`"
                .to_owned()
        }
    }
}

/// What to do about a grant that could not be decided.
fn undecided_remedy(settlement: Settlement) -> &'static str {
    match settlement {
        Settlement::Sources => {
            "check the plan file (`countersign check tfplan`), or add `--sources tfplan`: it shows the expression"
        }
        Settlement::Fact => "give the fact, and check again",
        Settlement::Apply => Code::UnknownUntilApply.row().remedy,
        Settlement::Change => Code::Undecided.row().remedy,
    }
}

fn alarm_remedy(cause: &AlarmCause) -> &'static str {
    if *cause == AlarmCause::UnexplainedDeletion {
        return "check the plan file (`countersign check tfplan`), or add `--sources tfplan`: it shows what is removed";
    }
    if let AlarmCause::Provisioners { .. } = cause {
        return "check the plan file (`countersign check tfplan`), or add `--sources tfplan`: what they show can be approved";
    }
    match cause.kind() {
        AlarmKind::Incomplete => Code::IncompletePlan.row().remedy,
        AlarmKind::Unseen => Code::SourcesUnseen.row().remedy,
        AlarmKind::Contradiction => Code::ConflictingFacts.row().remedy,
        AlarmKind::Changed => Code::PlanChanged.row().remedy,
        AlarmKind::Undecided => Code::NoManifest.row().remedy,
        // No approval covers what nothing shows.
        AlarmKind::Ungoverned => {
            "run this outside the apply, or replace it with a resource that the plan describes"
        }
    }
}
