//! Names of decisions that no block declares.

use std::collections::BTreeSet;

use super::{LintCode, Reviewer};
use crate::source::{Source, Spanned};
use spanned_hcl::did_you_mean;

impl Reviewer<'_> {
    /// Finds names that stand in a decision and nowhere else, each once: neither a `person` nor a `team` block declares them,
    /// and no authority or system names them. A manifest that declares no person has its names from elsewhere.
    pub(super) fn review_persons(&mut self) {
        let manifest = self.manifest;
        if manifest.persons.is_empty() {
            return;
        }
        let mut known: BTreeSet<String> = manifest.teams.keys().cloned().collect();
        let members = manifest.teams.values().flat_map(|team| &team.members);
        let entitled = manifest.authorities.values().flat_map(|authority| &authority.approvers);
        known.extend(members.chain(entitled).map(|login| login.value.to_ascii_lowercase()));
        let owners = manifest.systems.values().map(|system| &system.owner);
        known.extend(owners.chain([&manifest.process_owner.name]).map(|name| name.to_ascii_lowercase()));
        for person in manifest.persons.values() {
            known.insert(person.name.to_ascii_lowercase());
            known.extend(person.logins.iter().map(|login| login.value.to_ascii_lowercase()));
        }
        let mut names: Vec<(&Source, &Spanned<String>)> = Vec::new();
        for approval in manifest.approvals() {
            let owners = approval.subjects.iter().filter_map(|subject| subject.owner.as_ref());
            let logins = approval.requester.iter().chain(&approval.approvers).chain(owners);
            names.extend(logins.map(|login| (&approval.place.source, login)));
        }
        for delegation in manifest.delegations.values() {
            let logins = delegation.to.iter().chain([&delegation.from]);
            names.extend(logins.map(|login| (&delegation.place.source, login)));
        }
        names.sort_by(|a, b| (&a.0.name, a.1.span).cmp(&(&b.0.name, b.1.span)));
        let mut said = BTreeSet::new();
        for (source, login) in names {
            let name = login.value.to_ascii_lowercase();
            if known.contains(&name) || name.trim().is_empty() || !said.insert(name.clone()) {
                continue;
            }
            let help = match did_you_mean(&name, known.iter().map(String::as_str)) {
                Some(meant) => format!("did you mean `{meant}`"),
                None => format!("add a block `person \"{}\"`", login.value),
            };
            let message = format!(
                "`{}` is not declared: no `person`, `team`, `authority` or `system` names them",
                login.value
            );
            self.warn(LintCode::UnknownPerson, source, login.span, message, |problem| {
                problem.label("unknown").help(help)
            });
        }
    }
}
