//! What was decided: approvals.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Seen, Validator, make_globs, share_of};
use crate::lower::Text;
use crate::manifest::approval::{Approval, ApprovalContent, VaryingGrants};
use crate::manifest::granted::{ApprovedGrants, FaultCause, GrantFault, GrantTemplate};
use crate::manifest::identity::{is_identity, is_ticket_id};
use crate::manifest::place_names::{PlaceNames, list_name};
use crate::manifest::request::{RequestPart, is_placeholder};
use crate::manifest::template::{Dependencies, GrantScope, PlacedReference};
use crate::manifest::{grant, raw};
use crate::parallel::map_chunks;
use crate::source::{Place, Problem, Source, Spanned};
use crate::words::describe_reason;
use access_algebra::HoleKind;
use spanned_hcl::did_you_mean;

impl Validator {
    pub(super) fn is_known_system(
        &mut self,
        source: &Source,
        system: &Spanned<String>,
        known: &BTreeSet<&str>,
    ) -> bool {
        let may_be_elsewhere = self.may_stand_elsewhere("system") || self.has_nameless_system;
        if known.contains(system.value.as_str()) || may_be_elsewhere {
            return true;
        }
        let help = match did_you_mean(&system.value, known.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`"),
            None => format!("add a block `system \"{}\"` with an `owner`", system.value),
        };
        let message = format!("unknown system `{}`", system.value);
        self.problems.push(Problem::error(source, system.span, message).label("unknown").help(help));
        false
    }

    pub(super) fn validate_approvals(
        &mut self,
        written: Vec<(Source, Vec<raw::RawApproval>)>,
        systems: &BTreeSet<&str>,
        seen: &mut Seen,
    ) -> (Vec<Approval>, BTreeMap<String, usize>) {
        let mut by_id = BTreeMap::new();
        let all = written.iter().flat_map(|(source, raw)| raw.iter().map(move |raw| (source, raw)));
        for (at, (source, raw)) in all.enumerate() {
            let Some(id) = &raw.id else { continue };
            if self.is_ticket(source, id, seen) {
                by_id.insert(id.value.to_ascii_lowercase(), at);
            }
        }
        let mut approvals = Vec::with_capacity(written.iter().map(|(_, raw)| raw.len()).sum());
        // Each file is taken out of its place by the thread that validates it.
        let written: Vec<_> = written.into_iter().map(|(source, raw)| (source, Mutex::new(raw))).collect();
        let validate = |check: &mut Self, files: &[(Source, Mutex<Vec<raw::RawApproval>>)]| {
            let approvals = files.iter().flat_map(|(source, raw)| {
                let raw = std::mem::take(&mut *raw.lock().unwrap_or_else(PoisonError::into_inner));
                raw.into_iter().map(|raw| check.validate_approval(source, raw, systems)).collect::<Vec<_>>()
            });
            let approvals: Vec<Approval> = approvals.collect();
            (approvals, std::mem::take(&mut check.problems), check.has_stand_ins)
        };
        for (part, problems, has_stand_ins) in
            map_chunks(&written, share_of(written.len()), || self.without_problems(), validate)
        {
            approvals.extend(part);
            self.problems.extend(problems);
            self.has_stand_ins |= has_stand_ins;
        }
        (approvals, by_id)
    }

    pub(super) fn is_ticket(&mut self, source: &Source, id: &Spanned<String>, seen: &mut Seen) -> bool {
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

    pub(super) fn validate_approval(
        &mut self,
        source: &Source,
        raw: raw::RawApproval,
        systems: &BTreeSet<&str>,
    ) -> Approval {
        // Who is not named at all is a gap of the request.
        let requester = raw.requester.iter().filter(|name| !is_placeholder(&name.value));
        for person in requester.chain(&raw.approvers) {
            is_identity(source, person, &mut self.problems);
        }
        if let Some(system) = raw.system.as_ref().filter(|name| !is_placeholder(&name.value)) {
            self.is_known_system(source, system, systems);
        }
        self.validate_days(source, &raw);
        let places = self.validate_places(source, &raw.places);
        let subjects = self.validate_subjects(source, &raw.subjects);
        let content = self.content(source, &raw, &places);
        let runs = raw.runs.iter().filter_map(|run| self.run(source, run)).collect();
        let reviews = self.validate_reviews(source, &raw.reviews);
        let withdrawn = self.validate_withdrawal(source, raw.withdrawn.as_ref(), raw.approved_on);
        self.has_stand_ins |= raw.is_incomplete();
        let has_stand_in_days = raw.approved_on.is_none() || raw.expires_on.is_none();
        let mut unreadable = raw.unreadable;
        if !raw.grants.is_empty() || !raw.runs.is_empty() {
            // What is wrong with what is written was reported.
            unreadable.push(RequestPart::Scope);
        }
        Approval {
            id: raw.id.unwrap_or_default().value,
            title: raw.title,
            justification: raw.justification,
            system: raw.system,
            requester: raw.requester,
            approvers: raw.approvers,
            approved_on: raw.approved_on.unwrap_or_default(),
            starts_on: raw.starts_on,
            expires_on: raw.expires_on.or(raw.approved_on).unwrap_or_default(),
            review_by: raw.review_by,
            evidence: raw.evidence,
            places,
            addresses: make_globs(&raw.addresses),
            subjects,
            content,
            runs,
            reviews,
            withdrawn,
            unreadable,
            trust: raw.trust,
            has_stand_in_days,
            place: Place { source: source.clone(), span: raw.span },
        }
    }

    /// What an approval approves. What depends on the place is checked in one of the places.
    fn content(&mut self, source: &Source, raw: &raw::RawApproval, places: &PlaceNames) -> ApprovalContent {
        let mut used = Dependencies::default();
        let check = |raw| grant::check(source, raw, &mut used, &mut self.problems);
        let templates: Vec<GrantTemplate> = raw.grants.iter().filter_map(check).collect();
        self.dependencies(source, &used, places);
        let objects = used.objects.keys().map(|reference| {
            let object = reference.object.clone();
            let hole = Text::hole(HoleKind::Unknown, &object.to_string());
            (object, hole)
        });
        let scope = GrantScope { places: places.first_of_each(), objects: objects.collect() };
        let mut sample = ApprovedGrants::default();
        for template in &templates {
            for fault in sample.add(template, &scope, &self.given_facts) {
                self.problems.push(problem_of_fault(source, &fault));
            }
        }
        if used.are_none() {
            return ApprovalContent::Fixed(sample);
        }
        let given_facts = Arc::clone(&self.given_facts);
        let spans = used.objects;
        ApprovalContent::Varying(Box::new(VaryingGrants { templates, spans, given_facts, sample }))
    }

    /// Refuses words of a place, and references, in an approval that does not say where it holds.
    fn dependencies(&mut self, source: &Source, used: &Dependencies, places: &PlaceNames) {
        for (word, span) in used.places.iter().filter(|(word, _)| places.names(**word).is_empty()) {
            let (word, list) = (word.word(), list_name(*word));
            let message = format!(
                "`${{{word}}}` is the {word} at hand, and the approval does not say in which `{list}` it holds"
            );
            let help = format!("add `{list} = [\"…\"]` to the approval");
            self.refuse(source, *span, message, &help);
        }
        if !places.are_whole() {
            for (PlacedReference { object, .. }, span) in &used.objects {
                let message = format!(
                    "`{object}` is an object of each plan that has this address, and the approval does not say where it holds"
                );
                let help =
                    "add `accounts`, `projects`, `subscriptions`, `tenants` or `clusters` to the approval";
                self.refuse(source, *span, message, help);
            }
        }
    }

    fn validate_days(&mut self, source: &Source, raw: &raw::RawApproval) {
        let (Some(approved), Some(expires)) = (raw.approved_on, raw.expires_on) else { return };
        if expires.value < approved.value {
            let message =
                format!("`expires_on` ({}) is before `approved_on` ({})", expires.value, approved.value);
            self.refuse(source, expires.span, message, "correct the dates");
        }
        if let Some(review) = raw.review_by.filter(|review| review.value < approved.value) {
            let message =
                format!("`review_by` ({}) is before `approved_on` ({})", review.value, approved.value);
            self.refuse(source, review.span, message, "correct the dates");
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

pub(super) fn problem_of_fault(source: &Source, fault: &GrantFault) -> Problem {
    let (message, help) = match &fault.cause {
        FaultCause::Grant(reason) => (
            format!("the grant cannot be judged: {}", describe_reason(reason)),
            "change the grant so that what the message names can be judged",
        ),
        FaultCause::Exclusion(error) => (
            format!("the exclusion cannot be judged: {}", error.describe()),
            "list what is approved instead of what is excluded",
        ),
    };
    Problem::error(source, fault.span, message).help(help)
}
