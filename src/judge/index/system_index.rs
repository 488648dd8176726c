//! Finds the system that covers a place.
//!
//! Takes the systems of a manifest, once, and returns the first that covers a place. Systems all of whose `match` blocks
//! name addresses are found by the address; each of the others is looked at.

use super::affixes::Affixes;
use super::pattern_index::PatternIndex;
use crate::manifest::{Manifest, MatchSubject, System};

/// The systems of a manifest.
#[derive(Debug)]
pub(in crate::judge) struct SystemIndex<'m> {
    /// In the order of the manifest; those that are somewhere.
    systems: Vec<&'m System>,
    /// Addresses, with places in `systems`.
    addresses: PatternIndex,
    /// The places of those with a `match` that names no address.
    others: Vec<usize>,
}

impl<'m> SystemIndex<'m> {
    pub(in crate::judge) fn new(manifest: &'m Manifest) -> Self {
        let systems: Vec<&System> =
            manifest.systems.values().filter(|system| !system.matches.is_empty()).collect();
        let (mut addresses, mut others) = (Vec::new(), Vec::new());
        for (at, system) in systems.iter().enumerate() {
            if system.matches.iter().any(|one| one.addresses.is_empty()) {
                others.push(at);
                continue;
            }
            let globs = system.matches.iter().flat_map(|one| &one.addresses);
            addresses.extend(globs.map(|glob| (Affixes::of_glob(glob.as_str()), at)));
        }
        Self { systems, addresses: addresses.into_iter().collect(), others }
    }

    /// The first system that covers a place.
    pub(in crate::judge) fn find_covering(&self, subject: &MatchSubject<'_>) -> Option<&'m System> {
        let mut places = self.others.clone();
        if let Some(address) = subject.address {
            places.extend(self.addresses.find(&Affixes::of_text(&address.into())));
        }
        places.sort_unstable();
        places.dedup();
        let mut systems = places.into_iter().filter_map(|at| self.systems.get(at).copied());
        systems.find(|system| system.covers(subject))
    }
}
