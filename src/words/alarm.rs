//! Alarms of a plan in words.

use crate::plan::{AlarmCause, FactSource, RecordGap};

/// Says what an alarm is about.
pub fn describe_alarm(cause: &AlarmCause) -> String {
    match cause {
        AlarmCause::PlanningFailed => "planning ended in an error, so the plan is incomplete".to_owned(),
        AlarmCause::PartialPlan => {
            "the plan is incomplete, as changes are deferred or planning ended in an error".to_owned()
        }
        AlarmCause::DeferredChange => "changes are deferred to a later plan".to_owned(),
        AlarmCause::UnknownInstances => "the number of instances is known only after apply".to_owned(),
        AlarmCause::UnlistedObject => {
            "the object is in `planned_values`, but no resource change creates it".to_owned()
        }
        AlarmCause::SourcesUnseen => {
            "plan JSON does not show ephemeral resources, provisioners of `removed` blocks and `dynamic` blocks".to_owned()
        }
        AlarmCause::UnexplainedDeletion => {
            "the object is destroyed and its block is gone; plan JSON does not show whether a `removed` block runs commands"
                .to_owned()
        }
        AlarmCause::UnreadSources(part) => format!(
            "cannot read the sources at `{}:{}`: {}",
            part.place.source.name,
            part.place.position().line,
            part.cause
        ),
        AlarmCause::ConflictingFacts { fact, provider, sayings: [(one, value), (other, contrary)] } => {
            format!(
                "`{fact}` of the provider configuration `{provider}` is `{value}` by {} and `{contrary}` by {}",
                describe_source(one),
                describe_source(other)
            )
        }
        AlarmCause::ActionRuns => "the apply runs actions whose effect the plan does not show".to_owned(),
        AlarmCause::DeferredAction => "actions are deferred to a later plan".to_owned(),
        AlarmCause::UnknownSection { name } => format!("unknown section `{name}` in the plan"),
        AlarmCause::UnknownActions { actions } => {
            format!("unknown action `{}` in the plan", actions.join(", "))
        }
        AlarmCause::UnknownMode { mode } => format!("unknown resource mode `{mode}`"),
        AlarmCause::NotRecorded(gap) => describe_gap(gap),
        AlarmCause::NoManifest { path, reference: None } => {
            format!("no manifest at `{path}`, so nothing is approved")
        }
        AlarmCause::NoManifest { path, reference: Some(reference) } => {
            format!("`{reference}` has no manifest at `{path}`, so nothing is approved")
        }
        AlarmCause::Provisioners { types } => {
            format!("the provisioner `{}` runs commands that the plan does not show", types.join("`, `"))
        }
    }
}

fn describe_gap(gap: &RecordGap) -> String {
    match gap {
        RecordGap::OtherPlan => "the record names other plan files, and not the bytes of this one".to_owned(),
        RecordGap::Blocked => "the record says that this plan file is blocked".to_owned(),
        RecordGap::OtherFile { file } => {
            format!("`{file}` is not the file that the record names, and Terraform reads it again")
        }
    }
}

fn describe_source(source: &FactSource) -> String {
    match source {
        FactSource::Provider => "its `provider` block".to_owned(),
        FactSource::Data(address) | FactSource::Managed(address) => format!("`{address}`"),
        FactSource::Stated => "the stated fact".to_owned(),
    }
}
