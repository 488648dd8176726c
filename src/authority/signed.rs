//! Whether an approval that only the change under review holds was signed, and whether signatures are good.
//!
//! Takes an approval with what stands beside it, and what is wrong with its decision if only some of its approvers had made
//! it. Whoever did not sign a proposal has not decided it, as far as anybody can check.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{Flaw, ProposalLack};
use crate::manifest::{Approval, ApprovalSignature, Manifest, Proposal};
use crate::source::Spanned;
use crate::trust::{KeyState, SignatureFault};

/// Finds what is wrong with where an approval stands and who signed it; `decide` says what is wrong with a decision
/// otherwise.
pub(super) fn find_trust_flaws(
    approval: &Approval,
    manifest: &Manifest,
    decide: impl Fn(&Approval) -> Vec<Flaw>,
) -> Vec<Flaw> {
    let trust = &approval.trust;
    let is_proposed = trust.proposal.is_some();
    let faults = trust.signatures.iter().filter_map(|signature| {
        let fault = find_fault(signature, is_proposed)?;
        Some(Flaw::SignatureInvalid { file: signature.file.clone(), fault })
    });
    let mut flaws: Vec<Flaw> = faults.collect();
    let unsigned = |lack| Flaw::UnsignedInChange { ticket: approval.id.clone(), lack };
    match trust.proposal {
        None => {}
        Some(Proposal::Dependent) => flaws.push(unsigned(ProposalLack::Declaration)),
        // A bad signature says enough.
        Some(Proposal::Complete) if !flaws.is_empty() => {}
        Some(Proposal::Complete) => {
            flaws.extend(find_missing(approval, manifest, decide).map(ProposalLack::Signature).map(unsigned));
        }
    }
    flaws
}

/// What is wrong with a signature. A retired key no longer signs what is new: nobody knows when it did.
fn find_fault(signature: &ApprovalSignature, is_proposed: bool) -> Option<SignatureFault> {
    match &signature.outcome {
        Err(fault) => Some(fault.clone()),
        Ok(signer) if is_proposed && signer.state != KeyState::Active => {
            Some(SignatureFault::Retired { person: signer.person.clone(), key: signer.key.clone() })
        }
        Ok(_) => None,
    }
}

/// The approvers whose signatures are lacking; `None` where those who signed suffice.
fn find_missing(
    approval: &Approval,
    manifest: &Manifest,
    decide: impl Fn(&Approval) -> Vec<Flaw>,
) -> Option<Vec<String>> {
    let signed = signed_part(approval, manifest);
    let has_signed = |approver: &&Spanned<String>| signed.approvers.contains(approver);
    let missing: Vec<String> = { approval.approvers.iter() }
        .filter(|approver| !has_signed(approver))
        .map(|approver| approver.value.clone())
        .collect();
    if missing.is_empty() {
        return None;
    }
    if signed.approvers.is_empty() {
        return Some(missing);
    }
    // What is wrong with the whole decision is said anyway.
    let known = decide(approval);
    decide(&signed).iter().any(|flaw| !known.contains(flaw)).then_some(missing)
}

/// The decision of those of its approvers who can be known to have made it: of a proposal, those who signed it.
pub(super) fn signed_part<'a>(approval: &'a Approval, manifest: &Manifest) -> Cow<'a, Approval> {
    if approval.trust.proposal.is_none() {
        return Cow::Borrowed(approval);
    }
    let active = approval.trust.signers().filter(|signer| signer.state == KeyState::Active);
    let signers: BTreeSet<String> = active.map(|signer| manifest.person_of(&signer.person)).collect();
    let has_signed =
        |approver: &&Spanned<String>| !manifest.persons_of(&approver.value).is_disjoint(&signers);
    let mut signed = approval.clone();
    signed.approvers = approval.approvers.iter().filter(has_signed).cloned().collect();
    Cow::Owned(signed)
}
