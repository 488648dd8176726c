//! The manifest of a repository that has none yet.
//!
//! It decides nothing: no approval, no authority, no system. Whoever judges by it blocks, since that there is none is a finding
//! of its own; it is here so that a plan can be read and shown before anybody has written a manifest.

use std::collections::BTreeMap;

use super::{Hygiene, Manifest, ProcessOwner};
use crate::source::{Place, Source, Span};

/// Who answers where nobody is named yet.
const NOBODY_NAMED: &str = "process owner (not named yet)";

impl Manifest {
    /// A manifest in which nobody has decided anything; `path` is where it was looked for.
    pub fn absent(path: &str) -> Self {
        let place = Place { source: Source::new(path, ""), span: Span::default() };
        Self {
            approvals: Vec::new(),
            by_id: BTreeMap::new(),
            by_identity: BTreeMap::new(),
            systems: BTreeMap::new(),
            authorities: BTreeMap::new(),
            exceptions: Vec::new(),
            overrides: BTreeMap::new(),
            delegations: BTreeMap::new(),
            hygiene: Hygiene::default(),
            persons: BTreeMap::new(),
            by_login: BTreeMap::new(),
            teams: BTreeMap::new(),
            facts: BTreeMap::new(),
            providers: Vec::new(),
            process_owner: ProcessOwner { name: NOBODY_NAMED.to_owned(), place },
            code_owners: None,
            tickets: None,
            sources: Vec::new(),
            serial: None,
            earlier_serial: None,
            stray_signatures: Vec::new(),
        }
    }
}
