//! Each access once.
//!
//! Takes what came out for the grants of what exists and drops what an optional and computed attribute repeats: a provider
//! fills `managed_policy_arns` of a role with what attachments of their own give. An entry that no separate object
//! explains stays: it was delivered beside Terraform. Two grants are the same where the digests of their access are, so
//! that nothing is dropped whose access may not be told.

use std::collections::HashSet;

use crate::finding::Judged;
use crate::grants::Inventory;

use super::assembly::Ruling;

/// Drops the grants of computed attributes whose access another object of the same input gives.
pub fn keep_each_access_once(inventory: &mut Inventory<Ruling>) {
    let separate = inventory.grants.iter().filter_map(judged_grant).filter(|judged| judged.part.is_none());
    let given: HashSet<String> = separate.filter_map(access_digest).map(str::to_owned).collect();
    inventory.grants.retain(|ruling| {
        let repeated = judged_grant(ruling).filter(|judged| judged.part.is_some()).and_then(access_digest);
        repeated.is_none_or(|digest| !given.contains(digest))
    });
}

fn judged_grant(ruling: &Ruling) -> Option<&Judged> {
    match ruling {
        Ruling::Judged(judged, ..) => Some(judged),
        Ruling::Untouched | Ruling::Remaining(_) | Ruling::NoGrant | Ruling::Noted(_) => None,
    }
}

fn access_digest(judged: &Judged) -> Option<&str> {
    Some(&judged.evidence.as_ref()?.digests.as_ref()?.access)
}
