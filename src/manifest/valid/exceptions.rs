//! Exceptions and the rules under which they count.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::{Seen, Validator, all};
use crate::manifest::exception::{
    Done, DutyTerm, Exception, MAX_EXCEPTION, MIN_PERSONS, Override, Responsible,
};
use crate::manifest::identity::is_identity;
use crate::manifest::{Manifest, raw};
use crate::source::{Place, Problem, Source, Span, Spanned};

/// Roles that an override may name instead of somebody.
const ROLES: [&str; 3] = ["operator", "system_owner", "process_owner"];

impl Validator {
    /// Overrides by name.
    pub(super) fn validate_overrides(
        &mut self,
        files: &[raw::RawFile],
        systems: &BTreeSet<&str>,
        manifest: &Manifest,
    ) -> BTreeMap<String, Override> {
        let mut seen = Seen::new();
        // By system, in the case in which it is written: a system has one rule, or nobody could tell beforehand who cleans up.
        let mut taken: BTreeMap<&str, Place> = BTreeMap::new();
        let mut overrides = BTreeMap::new();
        for (source, raw) in all(files, |file| &file.overrides) {
            let Some(name) = &raw.name else { continue };
            let is_new = self.is_new("override", source, name, &mut seen);
            for approver in &raw.approvers {
                is_identity(source, approver, &mut self.problems);
            }
            for system in &raw.systems {
                self.is_known_system(source, system, systems);
                let place = Place { source: source.clone(), span: system.span };
                if let Some(first) = taken.insert(&system.value, place) {
                    let message = format!("system `{}` has two overrides", system.value);
                    let problem = Problem::error(source, system.span, message).label("duplicate");
                    let help = "remove it from one of them: who cleans up is fixed beforehand";
                    self.problems.push(problem.help(help).related(first, "first named here"));
                }
            }
            let rule = self.validate_override(source, raw, name, manifest);
            if is_new {
                overrides.insert(name.value.clone(), rule);
            }
        }
        overrides
    }

    fn validate_override(
        &mut self,
        source: &Source,
        raw: &raw::RawOverride,
        name: &Spanned<String>,
        manifest: &Manifest,
    ) -> Override {
        if let Some(written) = raw.threshold {
            if written.value < MIN_PERSONS {
                let message = format!("`threshold` {} lets one person declare an exception", written.value);
                self.refuse(source, written.span, message, "use at least 2");
            } else {
                self.validate_threshold(source, written, &raw.approvers, manifest);
            }
        } else if !raw.approvers.is_empty() {
            let written = Spanned { value: MIN_PERSONS, span: name.span };
            self.validate_threshold(source, written, &raw.approvers, manifest);
        }
        if let Some(length) = raw.max_duration.filter(|length| length.value > MAX_EXCEPTION) {
            let message = "`max_duration` is longer than 24 hours".to_owned();
            self.refuse(
                source,
                length.span,
                message,
                "use at most `24h`: what lasts longer needs an approval",
            );
        }
        let terms = [&raw.record, &raw.clean_up, &raw.review];
        let terms = terms.map(|term| self.validate_term(source, term, manifest));
        self.has_stand_ins |=
            raw.approvers.is_empty() || raw.systems.is_empty() || raw.max_duration.is_none();
        Override {
            name: name.value.clone(),
            approvers: raw.approvers.clone(),
            systems: raw.systems.clone(),
            threshold: raw.threshold.map_or(MIN_PERSONS, |threshold| threshold.value),
            max_duration: raw.max_duration.map_or(Duration::ZERO, |length| length.value),
            terms,
            place: Place { source: source.clone(), span: raw.span },
        }
    }

    fn validate_term(&mut self, source: &Source, raw: &raw::RawDuty, manifest: &Manifest) -> DutyTerm {
        let (Some(by), Some(within)) = (&raw.by, raw.within) else {
            self.has_stand_ins = true;
            return DutyTerm::default();
        };
        is_identity(source, by, &mut self.problems);
        if ROLES.contains(&by.value.as_str()) && (manifest.is_team(&by.value) || manifest.is_login(&by.value))
        {
            let message =
                format!("`{}` is a role here, and the manifest has somebody of that name", by.value);
            self.refuse(source, by.span, message, "give the person or team another name");
        }
        DutyTerm { by: Responsible::read(&by.value), within: within.value }
    }

    /// Exceptions, in the order of files and blocks.
    pub(super) fn validate_exceptions(
        &mut self,
        written: Vec<(Source, Vec<raw::RawException>)>,
        systems: &BTreeSet<&str>,
        tickets: &mut Seen,
    ) -> Vec<Exception> {
        let mut exceptions = Vec::new();
        for (source, raw) in written {
            for raw in raw {
                if let Some(id) = &raw.approval.id {
                    self.is_ticket(&source, id, tickets);
                }
                self.validate_instants(&source, &raw);
                let starts_at = raw.starts_at.unwrap_or_default();
                let mut done = |done: &Option<raw::RawDone>| self.validate_done(&source, done.as_ref(), &raw);
                let (recorded, cleaned_up) = (done(&raw.recorded), done(&raw.cleaned_up));
                let reviewed = done(&raw.reviewed);
                let texts = [&raw.approval.system, &raw.approval.requester, &raw.approval.justification];
                self.has_stand_ins |= raw.incident.is_none() || texts.into_iter().any(Option::is_none);
                exceptions.push(Exception {
                    approval: self.validate_approval(&source, raw.approval, systems),
                    incident: raw.incident.unwrap_or_default().value,
                    starts_at,
                    // What was not read is no time at all.
                    expires_at: raw.expires_at.unwrap_or(starts_at),
                    recorded,
                    cleaned_up,
                    reviewed,
                });
            }
        }
        exceptions
    }

    fn validate_instants(&mut self, source: &Source, raw: &raw::RawException) {
        let (Some(starts), Some(expires)) = (raw.starts_at, raw.expires_at) else { return };
        // In whole seconds, as they are written.
        let seconds = expires.value.as_second().saturating_sub(starts.value.as_second());
        if seconds <= 0 {
            let message =
                format!("`expires_at` ({}) is not after `starts_at` ({})", expires.value, starts.value);
            self.refuse(source, expires.span, message, "correct the instants");
        } else if seconds.unsigned_abs() > MAX_EXCEPTION.as_secs() {
            let message = "the exception lasts longer than 24 hours".to_owned();
            let help = "end it within 24 hours of `starts_at`; what has to last longer needs an approval";
            self.refuse(source, expires.span, message, help);
        }
    }

    /// That something was done. It cannot have been done before the exception.
    fn validate_done(
        &mut self,
        source: &Source,
        raw: Option<&raw::RawDone>,
        exception: &raw::RawException,
    ) -> Option<Done> {
        let raw = raw?;
        if let Some(by) = &raw.by {
            is_identity(source, by, &mut self.problems);
        }
        let (Some(on), Some(by)) = (raw.on, raw.by.clone()) else {
            self.has_stand_ins = true;
            return None;
        };
        if let Some(starts) = exception.approval.approved_on.filter(|starts| on.value < starts.value) {
            let message = format!("`on` ({}) is before the exception starts ({})", on.value, starts.value);
            self.refuse(source, on.span, message, "correct the day");
        }
        let shown_by = raw.shown_by.as_ref().map(|text| text.value.clone());
        let span: Span = raw.span;
        Some(Done { on, by, shown_by, span })
    }
}
