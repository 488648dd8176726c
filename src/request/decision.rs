//! Who could decide about a grant, and for how long.
//!
//! Takes the manifest and where a grant would be made, and returns the system that it lies in with one authority over it:
//! who has to approve, and the last day that their decision may name. Whether they do approve is theirs.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::Asker;
use crate::grants::Origin;
use crate::judge::match_subject;
use crate::manifest::{Authority, Manifest, RequestPart, System};

/// Who decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decider {
    /// The system.
    pub system: String,
    /// Who has to approve.
    pub approvers: Vec<String>,
    /// The first day on which the approval no longer holds.
    pub expires_on: Date,
    /// The day by which somebody looks at it again, where the authority or the system demands one.
    pub review_by: Option<Date>,
    /// What the system demands of a request and only a person can say.
    pub open_parts: Vec<RequestPart>,
}

/// Why nobody could decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecisionGap {
    /// No `match` of a system covers the place.
    NoSystem,
    /// No authority speaks of the system.
    NoAuthority {
        /// The system.
        system: String,
    },
    /// Its authorities have too few approvers besides whoever asks.
    TooFewApprovers {
        /// The system.
        system: String,
        /// The first of the authorities.
        authority: String,
        /// How many have to agree.
        threshold: u64,
    },
}

/// Seconds of a day.
const DAY: u64 = 86_400;

impl Decider {
    /// Finds who decides about what would be made somewhere; `None` is nowhere that a `match` could speak of.
    ///
    /// # Errors
    ///
    /// Why nobody is named.
    pub(super) fn find(
        manifest: &Manifest,
        origin: Option<&Origin>,
        asker: &Asker,
    ) -> Result<Self, DecisionGap> {
        let system = find_system(manifest, origin).ok_or(DecisionGap::NoSystem)?;
        let mut gap = DecisionGap::NoAuthority { system: system.name.clone() };
        for authority in manifest.authorities.values().filter(|authority| authority.is_over(&system.name)) {
            match find_approvers(manifest, authority, asker) {
                Some(approvers) => return Ok(Self::under(system, authority, approvers, asker)),
                None => {
                    gap = DecisionGap::TooFewApprovers {
                        system: system.name.clone(),
                        authority: authority.name.clone(),
                        threshold: authority.threshold,
                    };
                }
            }
        }
        Err(gap)
    }

    fn under(system: &System, authority: &Authority, approvers: Vec<String>, asker: &Asker) -> Self {
        let expires_on = add_days(asker.from, i64::from(asker.days).min(whole_days(authority.max_duration)));
        let demands_review = system.require.contains(&RequestPart::ReviewBy);
        let longest = authority.max_review.map(|most| add_days(asker.from, whole_days(most)));
        let review_by = match longest {
            Some(longest) => (longest < expires_on || demands_review).then(|| longest.min(expires_on)),
            None => demands_review.then_some(expires_on),
        };
        let is_open = |part: &&RequestPart| matches!(part, RequestPart::Evidence | RequestPart::Subject);
        let open_parts = system.require.iter().filter(is_open).copied().collect();
        Self { system: system.name.clone(), approvers, expires_on, review_by, open_parts }
    }
}

/// The system whose `match` covers a place, else the only one that has no `match`.
fn find_system<'m>(manifest: &'m Manifest, origin: Option<&Origin>) -> Option<&'m System> {
    let covering = origin.and_then(|origin| {
        let subject = match_subject(origin);
        manifest.systems.values().find(|system| system.covers(&subject))
    });
    let anywhere = || {
        let mut systems = manifest.systems.values().filter(|system| system.matches.is_empty());
        systems.next().filter(|_| systems.next().is_none())
    };
    let only = || {
        let mut systems = manifest.systems.values();
        systems.next().filter(|_| origin.is_none() && systems.next().is_none())
    };
    covering.or_else(anywhere).or_else(only)
}

/// As many approvers as have to agree, in the order of the authority: neither who asks nor one person twice.
fn find_approvers(manifest: &Manifest, authority: &Authority, asker: &Asker) -> Option<Vec<String>> {
    let asking = manifest.persons_of(&asker.requester);
    let mut persons: BTreeSet<String> = BTreeSet::new();
    let mut approvers = Vec::new();
    for approver in &authority.approvers {
        if approvers.len() as u64 == authority.threshold {
            break;
        }
        let own = manifest.persons_of(&approver.value);
        if own.is_disjoint(&asking) && own.is_disjoint(&persons) {
            persons.extend(own);
            approvers.push(approver.value.clone());
        }
    }
    (approvers.len() as u64 == authority.threshold).then_some(approvers)
}

fn whole_days(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs() / DAY).unwrap_or(i64::MAX).min(i64::from(i32::MAX))
}

fn add_days(day: Date, days: i64) -> Date {
    day.saturating_add(days.days())
}
