//! One authority, asked as a whole.
//!
//! Takes an authority and an approval and returns everything that the authority demands and the approval does not meet:
//! enough distinct persons, a length of time, a review, an access below the ceiling, approvers who are somebody else. Two
//! authorities never satisfy each other's demands.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::time::Duration;

use jiff::civil::Date;

use super::ceiling::exceed_ceiling;
use super::ticket::find_missing_tickets;
use super::voices::count_persons;
use super::{Decision, Decisions, Flaw, Lack};
use crate::manifest::{Approval, Authority, Separation};
use crate::source::Spanned;
use crate::subject::SubjectKind;

/// What an authority demands and an approval does not meet.
#[derive(Debug, Default)]
pub(super) struct Shortfall {
    /// So many persons are missing.
    missing: u64,
    flaws: Vec<Flaw>,
}

impl Shortfall {
    /// Whether every demand is met.
    pub(super) fn is_none(&self) -> bool {
        self.flaws.is_empty()
    }
}

impl Decisions<'_> {
    /// Why no authority is satisfied, where there is one of whose persons some approved: what the one demands that comes
    /// nearest.
    pub(super) fn find_unsatisfied(&self, over: &[&Authority], decision: Decision<'_>) -> Vec<Flaw> {
        let mut nearest: Option<(&Authority, Shortfall)> = None;
        // Enough persons for too long a time is nearer to a decision than too few.
        let rank = |authority: &Authority, shortfall: &Shortfall| {
            (shortfall.missing, shortfall.flaws.len(), Reverse(authority.max_duration))
        };
        for authority in over {
            let Some(shortfall) = self.find_shortfall(authority, decision) else { continue };
            if shortfall.is_none() {
                return Vec::new();
            }
            if nearest
                .as_ref()
                .is_none_or(|(best, of_best)| rank(authority, &shortfall) < rank(best, of_best))
            {
                nearest = Some((authority, shortfall));
            }
        }
        nearest.map(|(_, shortfall)| shortfall.flaws).unwrap_or_default()
    }

    /// What an authority demands and the approval does not meet; `None` where none of its persons approved.
    pub(super) fn find_shortfall(&self, authority: &Authority, decision: Decision<'_>) -> Option<Shortfall> {
        let Decision { approval, grants } = decision;
        let voices =
            approval.approvers.iter().map(|one| (one, self.find_voices(authority, decision, &one.value)));
        let voices: Vec<_> = voices.filter(|(_, voices)| !voices.is_empty()).collect();
        let (first, _) = voices.first()?;
        let first: &Spanned<String> = first;
        let have = count_persons(voices.iter().map(|(_, voices)| voices.as_slice()));
        let mut flaws = Vec::new();
        if have < authority.threshold {
            flaws.push(Flaw::ThresholdNotMet {
                authority: authority.name.clone(),
                needed: authority.threshold,
                have,
                entitled: self.list_others(&[authority], approval),
            });
        }
        let lacks = [
            check_duration(authority, approval),
            check_review(authority, approval),
            check_subjects(authority, approval),
        ];
        flaws.extend(lacks.into_iter().flatten().map(|lack| Flaw::NoAuthority {
            approver: first.clone(),
            system: approval.system_name().unwrap_or_default().to_owned(),
            lack,
        }));
        flaws.extend(self.find_involved(authority, approval));
        let missing = find_missing_tickets(authority, approval, self.manifest.tickets.as_ref());
        flaws.extend(missing.map(Flaw::Ticket));
        if let Some(ceiling) = &authority.ceiling {
            let excess = exceed_ceiling(ceiling, approval, grants, self.catalog);
            flaws.extend(excess.map(|excess| Flaw::CeilingExceeded {
                approver: first.clone(),
                authority: authority.name.clone(),
                excess: Box::new(excess),
            }));
        }
        Some(Shortfall { missing: authority.threshold.saturating_sub(have), flaws })
    }

    /// The approvers whom an authority keeps apart from approvers, each once.
    fn find_involved(&self, authority: &Authority, approval: &Approval) -> Vec<Flaw> {
        let involved = self.list_involved(authority, approval);
        let flaw = |approver: &Spanned<String>| {
            let persons = self.manifest.persons_of(&approver.value);
            let (person, from) = involved.iter().find(|(person, _)| persons.contains(*person))?;
            Some(Flaw::NotSeparate {
                approver: approver.clone(),
                from: *from,
                person: person.clone(),
                authority: authority.name.clone(),
            })
        };
        approval.approvers.iter().filter_map(flaw).collect()
    }

    /// Who may not approve because the authority says so: the owners of identities that get the access, and who applies,
    /// where that is told. Who asked and who gets the access never may.
    pub(super) fn list_involved(
        &self,
        authority: &Authority,
        approval: &Approval,
    ) -> BTreeMap<String, Separation> {
        let mut involved = BTreeMap::new();
        for separation in &authority.separate_from {
            let persons: Vec<String> = match separation {
                Separation::Requester | Separation::Subject => Vec::new(),
                Separation::SubjectOwner => {
                    let owners = approval.subjects.iter().filter_map(|subject| subject.owner.as_ref());
                    owners.flat_map(|owner| self.manifest.persons_of(&owner.value)).collect()
                }
                Separation::Operator => self.operator.iter().cloned().collect(),
            };
            involved.extend(persons.into_iter().map(|person| (person, *separation)));
        }
        involved
    }
}

fn check_duration(authority: &Authority, approval: &Approval) -> Option<Lack> {
    let duration = measure(approval.starts(), approval.expires_on.value);
    (duration > authority.max_duration).then(|| Lack::Duration {
        authority: authority.name.clone(),
        duration,
        max_duration: authority.max_duration,
    })
}

/// Whether somebody looks at it again in time, counted from the decision. What ends before needs no review.
fn check_review(authority: &Authority, approval: &Approval) -> Option<Lack> {
    let max_review = authority.max_review?;
    let end = approval.expires_on.value;
    let last = approval.review_by.map_or(end, |review_by| review_by.value.min(end));
    let length = measure(approval.approved_on.value, last);
    (length > max_review).then(|| Lack::Review {
        authority: authority.name.clone(),
        review_by: approval.review_by,
        max_review,
    })
}

/// Whether the authority may empower whom the approval says that it empowers.
fn check_subjects(authority: &Authority, approval: &Approval) -> Option<Lack> {
    let may_empower = |kind: &SubjectKind| authority.subjects.is_empty() || authority.subjects.contains(kind);
    let other = approval.subjects.iter().map(|subject| subject.kind).find(|kind| !may_empower(kind))?;
    Some(Lack::Subject { authority: authority.name.clone(), kind: other })
}

/// How long it is from one day to another.
fn measure(from: Date, until: Date) -> Duration {
    // An approval that ends before it starts was refused; nothing holds for less than no time.
    Duration::try_from(from.duration_until(until)).unwrap_or_default()
}
