//! Whether an approval speaks of the place of a grant.
//!
//! Takes an approval and where a grant would be made, and returns why the approval does not count there. Its `addresses`
//! restrict it, and so does its system: who may decide for a system may decide about the places that the system's
//! `match` covers, whatever an approval calls itself. A system without a `match` is everywhere where no other system is.

use super::{Flaw, Lack};
use crate::lower::Dialect;
use crate::manifest::{Approval, Coverage, Manifest, MatchSubject, System};
use crate::resolve::place::PlaceWord;

/// Returns why an approval does not count at a place; `None` where it does.
pub fn place_flaw(
    approval: &Approval,
    manifest: &Manifest,
    dialect: Dialect,
    subject: &MatchSubject<'_>,
) -> Option<Flaw> {
    if !approval.addresses.is_empty() && !subject.address.is_some_and(|at| approval.matches_address(at)) {
        let addresses = approval.addresses.iter().map(ToString::to_string).collect();
        return Some(Flaw::OtherAddress { addresses });
    }
    match approval.places.locate(subject.place) {
        Coverage::Inside => {}
        Coverage::Outside => return Some(Flaw::OtherPlace),
        Coverage::Unknown(word) => return Some(Flaw::PlaceUnknown { word }),
    }
    if let Some((word, name)) = unnamed_place(approval, manifest, subject, dialect) {
        return Some(Flaw::PlaceNotNamed { word, name });
    }
    let system = manifest.systems.get(approval.system_name()?)?;
    let lies_in = |system: &&System| system.covers(subject);
    let other = || manifest.systems.values().find(lies_in).map(|system| system.name.clone());
    let no_authority = |covered_by: Option<String>| {
        let approver = approval.approvers.first()?.clone();
        let lack = Lack::Place { covered_by };
        Some(Flaw::NoAuthority { approver, system: system.name.clone(), lack })
    };
    if system.matches.is_empty() {
        // It may be another system's place as long as nobody knows where the grant is.
        let unknown = manifest.systems.values().find_map(|system| match system.locate(subject) {
            Coverage::Unknown(word) => Some(Flaw::PlaceUnknown { word }),
            Coverage::Inside | Coverage::Outside => None,
        });
        return other().and_then(|name| no_authority(Some(name))).or(unknown);
    }
    match system.locate(subject) {
        Coverage::Inside => None,
        Coverage::Outside => no_authority(other()),
        Coverage::Unknown(word) => Some(Flaw::PlaceUnknown { word }),
    }
}

/// The cluster or tenant of a grant, where the words of its dialect do not name it and neither the approval nor its system
/// does. The names of Kubernetes and of a directory mean something else in each of them.
fn unnamed_place(
    approval: &Approval,
    manifest: &Manifest,
    subject: &MatchSubject<'_>,
    dialect: Dialect,
) -> Option<(&'static str, String)> {
    let word = match dialect {
        Dialect::Kubernetes => PlaceWord::Cluster,
        Dialect::Azuread => PlaceWord::Tenant,
        Dialect::Aws | Dialect::Google | Dialect::Azure | Dialect::Github | Dialect::Terraform => {
            return None;
        }
    };
    let name = subject.place?.name(word)?;
    let system = approval.system_name().and_then(|name| manifest.systems.get(name));
    let matches = system.into_iter().flat_map(|system| &system.matches).map(|one| &one.places);
    let is_named =
        std::iter::once(&approval.places).chain(matches).any(|places| !places.names(word).is_empty());
    (!is_named).then(|| (word.word(), name.to_owned()))
}
