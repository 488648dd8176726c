//! Blocks that nothing uses, and approvals that can never count.

use std::collections::BTreeSet;

use super::{LintCode, Reviewer};
use crate::manifest::{Approval, Manifest, PlaceNames, System, list_name};
use crate::resolve::place::PlaceWord;
use crate::source::Place;
use spanned_hcl::did_you_mean;

impl Reviewer<'_> {
    /// Finds an approval that is in force on no day or at no place.
    pub(super) fn review_reach(&mut self, approval: &Approval) {
        let source = &approval.place.source;
        if approval.starts() == approval.expires_on.value {
            let message = format!("{} expires on its first day, so it is never in force", approval.id);
            self.warn(LintCode::Unused, source, approval.expires_on.span, message, |problem| {
                problem.help("correct the dates, or remove the approval")
            });
        }
        let system = approval.system_name().and_then(|name| self.manifest.systems.get(name));
        if let Some((system, list)) =
            system.and_then(|system| Some((system, find_disjoint(approval, system)?)))
        {
            let message = format!(
                "{} never counts: none of its `{list}` is in the `match` of system `{}`",
                approval.id, system.name
            );
            self.warn(LintCode::Unused, source, approval.place.span, message, |problem| {
                problem.help("correct the places, or have it approved for the system that is there")
            });
        }
    }

    /// Finds systems and authorities that nothing names. What an unknown name was meant to be is used.
    pub(super) fn review_unused(&mut self, unknown: &BTreeSet<String>) {
        let is_meant = |system: &str| unknown.iter().any(|name| did_you_mean(name, [system]).is_some());
        let manifest = self.manifest;
        let exceptional = manifest.exceptions().iter().map(|exception| &exception.approval);
        let approved: BTreeSet<&str> =
            manifest.approvals().iter().chain(exceptional).filter_map(Approval::system_name).collect();
        for system in manifest.systems.values() {
            if system.matches.is_empty()
                && !approved.contains(system.name.as_str())
                && !is_meant(&system.name)
            {
                let message = format!("system `{}` has no approvals and no `match`", system.name);
                self.warn_unused(&system.place, message);
            }
        }
        for authority in manifest.authorities.values() {
            let is_used =
                |system: &str| approved.contains(system) || is_meant(system) || unknown.contains(system);
            if !authority.systems.iter().any(|system| is_used(&system.value)) {
                let message =
                    format!("authority `{}` is unused: its systems have no approvals", authority.name);
                self.warn_unused(&authority.place, message);
            }
        }
    }

    /// Finds persons and teams that nothing names.
    pub(super) fn review_unused_parties(&mut self) {
        let manifest = self.manifest;
        let named = named_parties(manifest);
        let members = manifest.teams.values().flat_map(|team| &team.members);
        let members: BTreeSet<String> = members.map(|login| manifest.person_of(&login.value)).collect();
        for person in manifest.persons.values() {
            let name = person.name.to_ascii_lowercase();
            if !named.contains(&name) && !members.contains(&name) {
                let message = format!("person `{}` is not a requester, approver or owner", person.name);
                self.warn_unused(&person.place, message);
            }
        }
        for team in manifest.teams.values().filter(|team| !named.contains(&team.name.to_ascii_lowercase())) {
            let message = format!("team `{}` is not a requester, approver or owner", team.name);
            self.warn_unused(&team.place, message);
        }
    }

    fn warn_unused(&mut self, place: &Place, message: String) {
        self.warn(LintCode::Unused, &place.source, place.span, message, |problem| {
            problem.label("unused").help("remove it if it is not needed")
        });
    }
}

/// The list of places by which an approval lies outside of each `match` of its system.
fn find_disjoint(approval: &Approval, system: &System) -> Option<&'static str> {
    let outside = |places: &PlaceNames| {
        let is_disjoint = |word: &PlaceWord| {
            let (own, others) = (approval.places.names(*word), places.names(*word));
            !own.is_empty() && !others.is_empty() && own.iter().all(|name| !others.contains(name))
        };
        PlaceWord::ALL.iter().copied().find(is_disjoint)
    };
    let words: Option<Vec<PlaceWord>> = system.matches.iter().map(|one| outside(&one.places)).collect();
    words?.first().map(|word| list_name(*word))
}

/// Returns everybody whom decisions and duties name: persons, and teams by their own name.
fn named_parties(manifest: &Manifest) -> BTreeSet<String> {
    let askers = manifest.approvals().iter().filter_map(|approval| approval.requester.as_ref());
    let approvers = manifest.approvals().iter().flat_map(|approval| &approval.approvers);
    let subjects = manifest.approvals().iter().flat_map(|approval| &approval.subjects);
    let subject_owners = subjects.filter_map(|subject| subject.owner.as_ref());
    let entitled = manifest.authorities.values().flat_map(|authority| &authority.approvers);
    let delegates = manifest.delegations.values().flat_map(|one| one.to.iter().chain([&one.from]));
    let owners = manifest.systems.values().map(|system| &system.owner);
    let exceptional = manifest.exceptions().iter().map(|exception| &exception.approval);
    let exceptional = exceptional.flat_map(|approval| approval.requester.iter().chain(&approval.approvers));
    let in_emergencies = manifest.overrides.values().flat_map(|rule| &rule.approvers);
    let logins = askers.chain(approvers).chain(subject_owners).chain(entitled).chain(delegates);
    let logins = logins.chain(exceptional).chain(in_emergencies);
    logins
        .map(|login| &login.value)
        .chain(owners)
        .chain([&manifest.process_owner.name])
        .map(|login| manifest.person_of(login))
        .collect()
}
