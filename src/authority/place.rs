//! Whether an approval speaks of the place of a grant.
//!
//! Takes an approval and where a grant would be made, and returns why the approval does not count there. Its `addresses`
//! restrict it, and so does its system: who may decide for a system may decide about the places that the system's
//! `match` covers, whatever an approval calls itself. A system without a `match` is everywhere where no other system is.

use super::{Flaw, Lack};
use crate::manifest::{Approval, Coverage, Manifest, MatchSubject, System};

/// Returns why an approval does not count at a place; `None` where it does.
pub fn place_flaw(approval: &Approval, manifest: &Manifest, subject: &MatchSubject<'_>) -> Option<Flaw> {
    if !approval.addresses.is_empty() && !subject.address.is_some_and(|at| approval.matches_address(at)) {
        let addresses = approval.addresses.iter().map(ToString::to_string).collect();
        return Some(Flaw::OtherAddress { addresses });
    }
    let system = manifest.systems.get(&approval.system.value)?;
    let lies_in = |system: &&System| system.covers(subject);
    let other = || manifest.systems.values().find(lies_in).map(|system| system.name.clone());
    let no_authority = |covered_by: Option<String>| {
        let approver = approval.approvers.first()?.clone();
        let lack = Lack::Place { covered_by };
        Some(Flaw::NoAuthority { approver, system: system.name.clone(), lack })
    };
    if system.matches.is_empty() {
        return other().and_then(|name| no_authority(Some(name)));
    }
    match system.locate(subject) {
        Coverage::Inside => None,
        Coverage::Outside => no_authority(other()),
        Coverage::Unknown(word) => Some(Flaw::PlaceUnknown { system: system.name.clone(), word }),
    }
}
