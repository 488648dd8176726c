//! Whether an exception holds, and what is owed after it.
//!
//! Takes an exception, its manifest and the time, and returns what keeps it from being in force, and which duties are late.
//! The persons are those of the `override` over its system; no authority, and no delegation, lets anybody declare an
//! exception. A duty does not end because the decision turns out to be wrong: what was let by has to go all the same.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;

use super::persons::{find_beneficiaries, is_named, is_requester, self_approvals};
use super::signed::find_trust_flaws;
use super::voices::{Voice, count_persons};
use super::{AsOf, Flaw};
use crate::manifest::{Approval, ApprovedGrants, Done, Duty, Exception, Manifest, Override, Responsible};
use crate::source::{Span, Spanned};

/// Why an exception does not hold, where no approval has such a flaw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExceptionFlaw {
    /// Nobody said beforehand who may declare exceptions for the system.
    NoOverride {
        /// Who approved first, as written.
        approver: Spanned<String>,
        /// The system.
        system: String,
    },
    /// An approver may not decide it.
    NotEntitled {
        /// Who approved, as written.
        approver: Spanned<String>,
        /// The override over the system.
        rule: String,
        /// Who else may, in order; neither those who did nor who asked.
        entitled: Vec<String>,
    },
    /// Too few persons approved.
    ThresholdNotMet {
        /// The override over the system.
        rule: String,
        /// How many persons it wants.
        needed: u64,
        /// How many of its persons approved.
        have: u64,
        /// Who else may, in order; neither those who did nor who asked.
        entitled: Vec<String>,
    },
    /// It lasts longer than its override allows.
    TooLong {
        /// Who approved first, as written.
        approver: Spanned<String>,
        /// The override over the system.
        rule: String,
        /// How long it lasts.
        length: Duration,
        /// The most that is allowed.
        max_duration: Duration,
    },
    /// It is over.
    Ended {
        /// The first instant at which it no longer holds.
        expires_at: Spanned<Timestamp>,
    },
    /// It has not begun.
    NotStarted {
        /// The first instant at which it holds.
        starts_at: Spanned<Timestamp>,
    },
    /// It is said to be cleaned up, so nothing may be let by under it any more.
    Closed {
        /// Who says so.
        by: String,
        /// Where.
        span: Span,
    },
}

/// Something that has to be done after an exception, and is late.
#[derive(Clone, Debug)]
pub struct LateDuty<'m> {
    /// After which exception.
    pub exception: &'m Exception,
    /// What.
    pub duty: Duty,
    /// The rule that says so; `None` where there is none over the system any more, and everything is due at once.
    pub rule: Option<&'m Override>,
    /// Since when it is late.
    pub due: Timestamp,
    /// What the exception says of it, where that does not count.
    pub refused: Option<DoneRefusal>,
}

/// Why what an exception says was done does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DoneRefusal {
    /// The day is still to come.
    InFuture {
        /// The day.
        on: Date,
    },
    /// Who says so has asked for the exception.
    ByRequester {
        /// Who, as written.
        by: String,
    },
    /// Who says so has approved the exception.
    ByApprover {
        /// Who, as written.
        by: String,
    },
}

/// Returns what keeps an exception from being in force; `grants` is what it lets by where it is asked of.
pub fn find_exception_flaws(
    exception: &Exception,
    grants: &ApprovedGrants,
    manifest: &Manifest,
    as_of: AsOf,
) -> Vec<Flaw> {
    let mut flaws = find_decision_flaws(exception, grants, manifest);
    flaws.extend(check_time(exception, as_of).map(Flaw::Exception));
    flaws
}

/// What is wrong with the decision at all times.
pub(super) fn find_decision_flaws(
    exception: &Exception,
    grants: &ApprovedGrants,
    manifest: &Manifest,
) -> Vec<Flaw> {
    let decide = |approval: &Approval| {
        let mut part = exception.clone();
        part.approval.approvers.clone_from(&approval.approvers);
        find_deciders_flaws(&part, grants, manifest)
    };
    let mut flaws = find_trust_flaws(&exception.approval, manifest, decide);
    flaws.extend(find_deciders_flaws(exception, grants, manifest));
    flaws
}

/// What is wrong with the decision if all of its approvers made it.
fn find_deciders_flaws(exception: &Exception, grants: &ApprovedGrants, manifest: &Manifest) -> Vec<Flaw> {
    let approval = &exception.approval;
    let mut flaws = self_approvals(approval, manifest);
    flaws.extend(find_beneficiaries(approval, grants, manifest));
    flaws.extend(check_entitlement(exception, manifest).into_iter().map(Flaw::Exception));
    flaws
}

/// From its first instant until the instant at which it expires, or is cleaned up.
fn check_time(exception: &Exception, as_of: AsOf) -> Option<ExceptionFlaw> {
    let Exception { starts_at, expires_at, cleaned_up, .. } = exception;
    if as_of.may_be_from(expires_at.value) {
        return Some(ExceptionFlaw::Ended { expires_at: *expires_at });
    }
    if as_of.may_be_before(starts_at.value) {
        return Some(ExceptionFlaw::NotStarted { starts_at: *starts_at });
    }
    let closed = |done: &Done| ExceptionFlaw::Closed { by: done.by.value.clone(), span: done.span };
    cleaned_up.as_ref().map(closed)
}

/// Every approver has to be one of the override, and enough persons have to be, for no longer than it allows.
fn check_entitlement(exception: &Exception, manifest: &Manifest) -> Vec<ExceptionFlaw> {
    let approval = &exception.approval;
    let first = approval.approvers.first().cloned().unwrap_or_default();
    let system = exception.system_name();
    let Some(rule) = manifest.override_over(system) else {
        return vec![ExceptionFlaw::NoOverride { approver: first, system: system.to_owned() }];
    };
    let (mut flaws, mut decided) = (Vec::new(), Vec::new());
    for approver in &approval.approvers {
        // Who asked as well is told so, and does not count.
        if is_requester(approval, &approver.value, manifest) {
            continue;
        }
        if is_named(&rule.approvers, &approver.value, manifest) {
            decided.push([manifest.persons_of(&approver.value)]);
        } else {
            flaws.push(ExceptionFlaw::NotEntitled {
                approver: approver.clone(),
                rule: rule.name.clone(),
                entitled: list_others(rule, exception, manifest),
            });
        }
    }
    let have = count_persons(decided.iter().map(|voice: &[Voice; 1]| voice.as_slice()));
    if have < rule.threshold {
        flaws.push(ExceptionFlaw::ThresholdNotMet {
            rule: rule.name.clone(),
            needed: rule.threshold,
            have,
            entitled: list_others(rule, exception, manifest),
        });
    }
    let length = find_length(exception);
    if length > rule.max_duration {
        flaws.push(ExceptionFlaw::TooLong {
            approver: first,
            rule: rule.name.clone(),
            length,
            max_duration: rule.max_duration,
        });
    }
    flaws
}

/// Those whom the override names, less who asked and who approved already.
fn list_others(rule: &Override, exception: &Exception, manifest: &Manifest) -> Vec<String> {
    let approval = &exception.approval;
    let taken: BTreeSet<_> = approval
        .requester
        .iter()
        .chain(&approval.approvers)
        .flat_map(|login| manifest.persons_of(&login.value))
        .collect();
    let is_free = |login: &&Spanned<String>| !manifest.persons_of(&login.value).is_subset(&taken);
    let logins: BTreeSet<_> =
        rule.approvers.iter().filter(is_free).map(|login| login.value.clone()).collect();
    logins.into_iter().collect()
}

/// How long an exception lasts; one that ends before it starts lasts no time.
fn find_length(exception: &Exception) -> Duration {
    let length = exception.starts_at.value.duration_until(exception.expires_at.value);
    Duration::try_from(length).unwrap_or_default()
}

/// Returns who has to do something after an exception, and by when. Where no override is over its system any more, nobody
/// is named and nothing says how long it may take: the process owner, at its end.
pub fn find_term(exception: &Exception, duty: Duty, manifest: &Manifest) -> (Responsible, Timestamp) {
    let end = exception.expires_at.value;
    match manifest.override_over(exception.system_name()) {
        Some(rule) => {
            let term = rule.term(duty);
            let due = end.checked_add(term.within);
            // Beyond the calendar nothing would ever be late.
            (term.by.clone(), due.unwrap_or(end))
        }
        None => (Responsible::ProcessOwner, end),
    }
}

/// Returns what is late, whatever else is wrong with the exception. A clean-up is late even where it is said to be done,
/// because a plan may show that it is not.
pub fn find_late_duties<'m>(
    exception: &'m Exception,
    manifest: &'m Manifest,
    as_of: AsOf,
) -> Vec<LateDuty<'m>> {
    let rule = manifest.override_over(exception.system_name());
    let late = |duty: &Duty| {
        let (_, due) = find_term(exception, *duty, manifest);
        if !as_of.may_be_from(due) {
            return None;
        }
        let refused = match exception.done(*duty) {
            None => None,
            Some(done) => match refuse_done(done, *duty, exception, manifest, as_of) {
                None if *duty != Duty::CleanUp => return None,
                refusal => refusal,
            },
        };
        Some(LateDuty { exception, duty: *duty, rule, due, refused })
    };
    Duty::ALL.iter().filter_map(late).collect()
}

impl LateDuty<'_> {
    /// Whether somebody who may says that it is done.
    pub fn is_said_to_be_done(&self) -> bool {
        self.exception.done(self.duty).is_some() && self.refused.is_none()
    }
}

/// Why what is said to be done does not count: nobody says of their own exception that it is gone, and nobody who decided it
/// judges whether that was right.
fn refuse_done(
    done: &Done,
    duty: Duty,
    exception: &Exception,
    manifest: &Manifest,
    as_of: AsOf,
) -> Option<DoneRefusal> {
    if as_of.day() < done.on.value {
        return Some(DoneRefusal::InFuture { on: done.on.value });
    }
    refuse_person(done, duty, exception, manifest)
}

/// The same, on whichever day.
pub(super) fn refuse_person(
    done: &Done,
    duty: Duty,
    exception: &Exception,
    manifest: &Manifest,
) -> Option<DoneRefusal> {
    let by = done.by.value.clone();
    let persons = manifest.persons_of(&by);
    let is_one_of = |login: &Spanned<String>| !persons.is_disjoint(&manifest.persons_of(&login.value));
    let approval = &exception.approval;
    match duty {
        Duty::Record => None,
        Duty::CleanUp | Duty::Review if approval.requester.iter().any(is_one_of) => {
            Some(DoneRefusal::ByRequester { by })
        }
        Duty::Review if approval.approvers.iter().any(is_one_of) => Some(DoneRefusal::ByApprover { by }),
        Duty::CleanUp | Duty::Review => None,
    }
}
