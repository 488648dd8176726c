//! The merged manifest, with the approvals that only the change under review holds.
//!
//! Whatever says who may decide, where systems are and what names mean is taken from what is merged. Of the change nothing
//! is taken but approvals of tickets that have none yet, and each of them is marked as a proposal; an approval that was
//! merged counts as it was merged, whatever the change makes of it.

use std::collections::{BTreeMap, BTreeSet};

use super::raw::RawFile;
use super::{Approval, Manifest, ManifestError, Proposal, valid};
use crate::source::{Source, Walk};

impl Manifest {
    /// Adds to what is merged, which was read from `merged`, what the change proposes. Both are named alike.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with what the change holds.
    pub fn with_proposals(
        self,
        name: &str,
        merged: &Walk,
        change: Walk,
        told: &BTreeMap<String, String>,
    ) -> Result<Self, ManifestError> {
        if !differs(&change, merged) {
            return Ok(self);
        }
        let whole = Self::from_walk(name, change.clone(), told)?;
        let known: BTreeSet<String> = self.decisions().map(|one| one.id.to_ascii_lowercase()).collect();
        let tickets = whole.decisions().map(|approval| approval.id.clone());
        let tickets: BTreeSet<String> =
            tickets.filter(|id| !known.contains(&id.to_ascii_lowercase())).collect();
        if tickets.is_empty() {
            return Ok(self);
        }
        let merge = Merge { name, merged, change: &change, told };
        let mut manifest = match merge.with(&tickets) {
            Ok(manifest) => return Ok(manifest),
            Err(_) => merge.with(&merge.list_complete(&whole, &tickets))?,
        };
        manifest.add_dependent(whole, &tickets);
        Ok(manifest)
    }

    /// Every decision, of approvals and of exceptions.
    pub fn decisions(&self) -> impl Iterator<Item = &Approval> {
        self.approvals.iter().chain(self.exceptions.iter().map(|exception| &exception.approval))
    }

    /// Adds those of the proposals that are not there yet: nothing but the change says what they mean, so they never count.
    fn add_dependent(&mut self, whole: Self, tickets: &BTreeSet<String>) {
        for mut approval in whole.approvals {
            if tickets.contains(&approval.id) && self.approval(&approval.id).is_none() {
                approval.trust.proposal = Some(Proposal::Dependent);
                self.by_id.insert(approval.id.to_ascii_lowercase(), self.approvals.len());
                self.approvals.push(approval);
            }
        }
    }
}

/// What is put together.
struct Merge<'a> {
    name: &'a str,
    merged: &'a Walk,
    change: &'a Walk,
    told: &'a BTreeMap<String, String>,
}

impl Merge<'_> {
    /// What is merged, with the proposals of these tickets.
    fn with(&self, tickets: &BTreeSet<String>) -> Result<Manifest, ManifestError> {
        let mut decoded = valid::decode(self.merged.clone());
        decoded.files.extend(self.proposals(tickets));
        valid::manifest(self.name, &mut decoded, self.told)
    }

    /// The proposals of these tickets alone.
    fn proposals(&self, tickets: &BTreeSet<String>) -> Vec<RawFile> {
        let files = valid::decode(self.change.clone()).files.into_iter();
        files.map(|file| file.into_proposals(tickets)).filter(|file| !file.has_no_decision()).collect()
    }

    /// What is merged, without approvals.
    fn parties(&self) -> valid::Decoded {
        let mut decoded = valid::decode(self.merged.clone());
        decoded.files = decoded.files.into_iter().map(RawFile::into_parties).collect();
        decoded
    }

    /// The tickets whose proposals rest on nothing but what is merged.
    fn list_complete(&self, whole: &Manifest, tickets: &BTreeSet<String>) -> BTreeSet<String> {
        let mut parties = self.parties();
        let known = parties.files.len();
        let mut complete = BTreeSet::new();
        let proposed = whole.decisions().filter(|approval| tickets.contains(&approval.id));
        for Approval { id, place, .. } in proposed {
            let file = Walk { sources: vec![place.source.clone()], ..Walk::default() };
            let tickets = BTreeSet::from([id.clone()]);
            let own = valid::decode(file).files.into_iter().map(|file| file.into_proposals(&tickets));
            parties.files.extend(own);
            if valid::manifest(self.name, &mut parties, self.told).is_ok() {
                complete.insert(id.clone());
            }
            parties.files.truncate(known);
        }
        complete
    }
}

/// Whether a walk holds a source that another does not hold just so.
fn differs(change: &Walk, merged: &Walk) -> bool {
    let known: BTreeMap<&str, &Source> =
        merged.sources.iter().map(|source| (&*source.name, source)).collect();
    !change.problems.is_empty()
        || change.sources.iter().any(|source| known.get(&*source.name) != Some(&source))
}
