//! Blocks that say the same but for one list are one block.
//!
//! Takes the blocks of an approval and returns as few that allow exactly the same: two blocks that differ in one list alone
//! allow together what one block with both lists allows. Blocks that differ in two lists stay apart, because their union would
//! allow more.

use std::collections::{BTreeSet, HashMap};

use super::DraftGrant;

/// One of the lists of a block.
type List = fn(&mut DraftGrant) -> &mut BTreeSet<String>;

/// The lists of a block, in the order in which they are united.
const LISTS: [List; 6] = [
    |grant| &mut grant.resources,
    |grant| &mut grant.actions,
    |grant| &mut grant.data_actions,
    |grant| &mut grant.roles,
    |grant| &mut grant.credentials,
    |grant| &mut grant.principals,
];

/// Unites blocks, in the order in which they first came.
pub(super) fn merge_grants(mut grants: Vec<DraftGrant>) -> Vec<DraftGrant> {
    for list in LISTS {
        let mut merged: Vec<DraftGrant> = Vec::new();
        let mut known: HashMap<(String, bool), usize> = HashMap::new();
        for mut grant in grants {
            let names = std::mem::take(list(&mut grant));
            // A list that is left out may mean everything, so it is united with none that is written.
            let key = (grant.to_hcl(), names.is_empty());
            match known.get(&key).and_then(|at| merged.get_mut(*at)) {
                Some(one) => {
                    list(one).extend(names);
                    one.absorb(grant);
                }
                None => {
                    known.insert(key, merged.len());
                    *list(&mut grant) = names;
                    merged.push(grant);
                }
            }
        }
        grants = merged;
    }
    grants
}

impl DraftGrant {
    /// Takes over where another block comes from.
    fn absorb(&mut self, other: DraftGrant) {
        self.addresses.extend(other.addresses);
        for statement in other.statements {
            if !self.statements.contains(&statement) {
                self.statements.push(statement);
            }
        }
    }
}
