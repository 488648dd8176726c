//! Who may decide, and what was decided: authorities and approvals.

use std::collections::{BTreeMap, BTreeSet};

use super::{Seen, Validator, all, globs, value};
use crate::manifest::approval::Approval;
use crate::manifest::identity::{is_identity, is_ticket_id};
use crate::manifest::parties::Authority;
use crate::manifest::{Manifest, grant, raw};
use crate::source::{Place, Problem, Source, Spanned};
use spanned_hcl::did_you_mean;

impl Validator {
    pub(super) fn authorities(
        &mut self,
        files: &[raw::RawFile],
        systems: &BTreeSet<&str>,
        manifest: &Manifest,
    ) -> BTreeMap<String, Authority> {
        let mut seen = Seen::new();
        let mut authorities = BTreeMap::new();
        for (source, raw) in all(files, |file| &file.authorities) {
            let Some(name) = &raw.name else { continue };
            let is_new = self.is_new("authority", source, name, &mut seen);
            for approver in &raw.approvers {
                is_identity(source, approver, &mut self.problems);
            }
            for system in &raw.systems {
                self.is_known_system(source, system, systems);
            }
            let threshold = raw.threshold.map_or(1, |threshold| threshold.value);
            if let Some(written) = raw.threshold {
                self.threshold(source, written, &raw.approvers, manifest);
            }
            let (Some(max_duration), true) = (raw.max_duration, is_new) else { continue };
            let authority = Authority {
                name: name.value.clone(),
                approvers: raw.approvers.clone(),
                systems: raw.systems.clone(),
                max_duration: max_duration.value,
                threshold,
                place: Place { source: source.clone(), span: raw.span },
            };
            authorities.insert(name.value.clone(), authority);
        }
        authorities
    }

    fn threshold(
        &mut self,
        source: &Source,
        threshold: Spanned<u64>,
        approvers: &[Spanned<String>],
        manifest: &Manifest,
    ) {
        let persons: BTreeSet<_> =
            approvers.iter().map(|approver| manifest.person_of(&approver.value)).collect();
        if threshold.value == 0 {
            let message = "`threshold` 0 would accept an approval that nobody gave".to_owned();
            self.refuse(source, threshold.span, message, "use at least 1");
        } else if usize::try_from(threshold.value).map_or(true, |wanted| wanted > persons.len()) {
            let people =
                if persons.len() == 1 { "1 person".to_owned() } else { format!("{} persons", persons.len()) };
            let message = format!("`threshold` {} exceeds the {people} in `approvers`", threshold.value);
            self.refuse(source, threshold.span, message, "lower the threshold, or add `approvers`");
        }
    }

    fn is_known_system(&mut self, source: &Source, system: &Spanned<String>, known: &BTreeSet<&str>) -> bool {
        if known.contains(system.value.as_str()) || !self.all_systems_read {
            return true;
        }
        let help = match did_you_mean(&system.value, known.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`"),
            None => "add a `system` block with an `owner`".to_owned(),
        };
        let message = format!("unknown system `{}`", system.value);
        self.problems.push(Problem::error(source, system.span, message).label("unknown").help(help));
        false
    }

    pub(super) fn approvals(
        &mut self,
        files: &[raw::RawFile],
        systems: &BTreeSet<&str>,
    ) -> (Vec<Approval>, BTreeMap<String, usize>) {
        let mut seen = Seen::new();
        let mut approvals = Vec::new();
        let mut by_id = BTreeMap::new();
        for (source, raw) in all(files, |file| &file.approvals) {
            let is_good = raw.id.as_ref().is_some_and(|id| self.is_ticket(source, id, &mut seen));
            if let (Some(approval), true) = (self.approval(source, raw, systems), is_good) {
                by_id.insert(approval.id.to_ascii_lowercase(), approvals.len());
                approvals.push(approval);
            }
        }
        (approvals, by_id)
    }

    fn is_ticket(&mut self, source: &Source, id: &Spanned<String>, seen: &mut Seen) -> bool {
        if !is_ticket_id(&id.value) {
            let message = format!("`{}` is not a valid ticket ID", id.value);
            self.refuse(
                source,
                id.span,
                message,
                "use ASCII letters, digits and punctuation, without spaces",
            );
            return false;
        }
        self.is_new("ticket", source, id, seen)
    }

    fn approval(
        &mut self,
        source: &Source,
        raw: &raw::RawApproval,
        systems: &BTreeSet<&str>,
    ) -> Option<Approval> {
        for person in raw.requester.iter().chain(&raw.approvers) {
            is_identity(source, person, &mut self.problems);
        }
        if let Some(system) = &raw.system {
            self.is_known_system(source, system, systems);
        }
        self.days(source, raw);
        let mut accesses = BTreeMap::new();
        let mut grants = Vec::new();
        for grant in &raw.grants {
            grants.extend(grant::approve(
                source,
                grant,
                &mut accesses,
                &self.given_facts,
                &mut self.problems,
            ));
        }
        let runs = raw.runs.iter().filter_map(|run| self.run(source, run)).collect();
        Some(Approval {
            id: raw.id.as_ref().map(value)?,
            title: raw.title.as_ref().map(value),
            justification: raw.justification.as_ref().map(value)?,
            system: raw.system.clone()?,
            requester: raw.requester.clone()?,
            approvers: raw.approvers.clone(),
            approved_on: raw.approved_on?,
            starts_on: raw.starts_on,
            expires_on: raw.expires_on?,
            evidence: raw.evidence.iter().map(value).collect(),
            places: self.places(source, &raw.places),
            addresses: globs(&raw.addresses),
            grants,
            accesses,
            runs,
            place: Place { source: source.clone(), span: raw.span },
        })
    }

    fn days(&mut self, source: &Source, raw: &raw::RawApproval) {
        let (Some(approved), Some(expires)) = (raw.approved_on, raw.expires_on) else { return };
        if expires.value < approved.value {
            let message =
                format!("`expires_on` ({}) is before `approved_on` ({})", expires.value, approved.value);
            self.refuse(source, expires.span, message, "correct the dates");
        }
        let Some(starts) = raw.starts_on else { return };
        if starts.value < approved.value {
            let message =
                format!("`starts_on` ({}) is before `approved_on` ({})", starts.value, approved.value);
            self.refuse(
                source,
                starts.span,
                message,
                "remove `starts_on`: the approval is in force from `approved_on`",
            );
        } else if expires.value < starts.value {
            let message =
                format!("`expires_on` ({}) is before `starts_on` ({})", expires.value, starts.value);
            self.refuse(source, expires.span, message, "correct the dates");
        }
    }
}
