//! Authorities under which nobody can decide, and delegations that hand on nothing.

use super::{LintCode, Reviewer};
use crate::authority::persons::may_decide;
use crate::manifest::{Authority, Match, System};
use crate::resolve::place::PlaceWord;

impl Reviewer<'_> {
    pub(super) fn review_authorities(&mut self) {
        let manifest = self.manifest;
        for authority in manifest.authorities.values() {
            let systems = authority.systems.iter().map(|system| manifest.systems.get(&system.value));
            // What is wrong with a system that could not be read is not known.
            let systems: Option<Vec<&System>> = systems.collect();
            let is_nowhere =
                |system: &&System| !system.matches.is_empty() && system.matches.iter().all(is_contradictory);
            let message = if systems.is_some_and(|systems| systems.iter().all(is_nowhere)) {
                format!(
                    "authority `{}` reaches nothing: each `match` of its systems names places of different clouds",
                    authority.name
                )
            } else if may_approve_nothing(authority) {
                format!("authority `{}` reaches nothing: its `ceiling` allows nothing", authority.name)
            } else {
                continue;
            };
            let (source, span) = (&authority.place.source, authority.place.span);
            self.warn(LintCode::UnreachableAuthority, source, span, message, |problem| {
                problem.help("correct the `match` or the `ceiling`, or remove the authority")
            });
        }
    }

    pub(super) fn review_delegations(&mut self) {
        let manifest = self.manifest;
        for delegation in manifest.delegations.values() {
            let (source, from) = (&delegation.place.source, &delegation.from);
            let authority = manifest.authorities.get(&delegation.authority.value);
            let is_own = |authority: &Authority| may_decide(authority, &from.value, manifest);
            if !manifest.is_team(&from.value) && authority.is_some_and(|authority| !is_own(authority)) {
                let message = format!(
                    "delegation `{}` hands on nothing: `{}` is not an approver of authority `{}`",
                    delegation.name, from.value, delegation.authority.value
                );
                self.warn(LintCode::VoidDelegation, source, from.span, message, |problem| {
                    problem.help("remove it, or name an approver of the authority in `from`")
                });
            }
            let ends = delegation.expires_on;
            if self.as_of >= ends.value {
                let message = format!("delegation `{}` ended on {}", delegation.name, ends.value);
                self.warn(LintCode::Expired, source, ends.span, message, |problem| problem.help("remove it"));
            }
        }
    }
}

/// Whether a ceiling allows neither an access nor a run.
fn may_approve_nothing(authority: &Authority) -> bool {
    authority.ceiling.as_ref().is_some_and(|ceiling| {
        let mut accesses = ceiling.grants.accesses();
        ceiling.runs.is_empty() && accesses.all(|(_, access)| access.statements.is_empty())
    })
}

/// Whether a `match` names places of different clouds: a provider configuration reaches one.
fn is_contradictory(one: &Match) -> bool {
    let words = PlaceWord::ALL.iter().copied().filter(|word| !one.places.names(*word).is_empty());
    let mut clouds: Vec<&str> = words.filter_map(cloud_of).collect();
    clouds.sort_unstable();
    clouds.dedup();
    clouds.len() > 1
}

/// The cloud that a word belongs to; `None` where several have it.
fn cloud_of(word: PlaceWord) -> Option<&'static str> {
    match word {
        PlaceWord::Account | PlaceWord::Partition => Some("aws"),
        PlaceWord::Project => Some("google"),
        PlaceWord::Subscription => Some("azure"),
        PlaceWord::Cluster | PlaceWord::Namespace => Some("kubernetes"),
        PlaceWord::Tenant | PlaceWord::Region => None,
    }
}
