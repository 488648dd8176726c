//! The exceptions by which grants passed.
//!
//! Takes the judged grants and the manifest, and returns who let them by, until when, and who has to do what afterwards.

use std::collections::BTreeMap;

use crate::authority::find_term;
use crate::finding::{ExceptionUse, Judged, OwedDuty, Verdict};
use crate::manifest::{Duty, Exception, Manifest};

use super::duty_owner::find_duty_owner;

/// Lists them, in order of their labels.
pub(super) fn list_used(grants: &[Judged], manifest: &Manifest) -> Vec<ExceptionUse> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for grant in grants.iter().filter(|grant| grant.verdict == Verdict::Excepted) {
        for id in &grant.tickets {
            *counts.entry(id).or_default() += 1;
        }
    }
    let used = counts.into_iter().filter_map(|(id, grants)| {
        let exception = manifest.exceptions().iter().find(|one| one.approval.id == id)?;
        Some(describe_use(exception, grants, manifest))
    });
    used.collect()
}

fn describe_use(exception: &Exception, grants: usize, manifest: &Manifest) -> ExceptionUse {
    let approval = &exception.approval;
    let owed = |duty: &Duty| OwedDuty {
        duty: *duty,
        owner: find_duty_owner(exception, *duty, manifest),
        due: find_term(exception, *duty, manifest).1,
        is_done: exception.done(*duty).is_some(),
    };
    ExceptionUse {
        id: approval.id.clone(),
        incident: exception.incident.clone(),
        reason: approval.justification.as_ref().map(|text| text.value.clone()).unwrap_or_default(),
        system: exception.system_name().to_owned(),
        requester: approval.requester.as_ref().map(|login| login.value.clone()).unwrap_or_default(),
        approvers: approval.approvers.iter().map(|approver| approver.value.clone()).collect(),
        starts_at: exception.starts_at.value,
        expires_at: exception.expires_at.value,
        duties: Duty::ALL.iter().map(owed).collect(),
        grants,
        file: approval.place.source.name.to_string(),
        line: approval.line(),
    }
}
