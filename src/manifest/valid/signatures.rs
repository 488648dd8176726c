//! Signatures below approvals: whose they are, and whether they are good.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Validator, share_of};
use crate::manifest::parties::{Person, PersonKey};
use crate::manifest::raw::{RawFile, RawSignature};
use crate::manifest::signed::{ApprovalSignature, Signer};
use crate::parallel::map_chunks;
use crate::trust::{DecisionKind, KeyState, Signature, SignatureFault};

/// The keys of all persons, by fingerprint, with the names of their persons.
type KeyRing<'a> = BTreeMap<String, (&'a str, &'a PersonKey)>;

impl Validator {
    /// Checks every signature, and writes what came out to the decisions that it stands below.
    pub(super) fn check_signatures(files: &mut [RawFile], persons: &BTreeMap<String, Person>) {
        let keys = persons.values().flat_map(|person| person.keys.iter().map(|key| (&*person.name, key)));
        let keys: KeyRing<'_> = keys.map(|(name, key)| (key.key.fingerprint(), (name, key))).collect();
        let signed: Vec<usize> = files
            .iter()
            .enumerate()
            .filter(|(_, file)| !file.signatures.is_empty())
            .map(|(at, _)| at)
            .collect();
        let check = |(): &mut (), numbers: &[usize]| {
            let files = numbers.iter().filter_map(|at| Some((*at, files.get(*at)?)));
            files.map(|(at, file)| (at, check_file(file, &keys))).collect::<Vec<_>>()
        };
        let checked = map_chunks(&signed, share_of(signed.len()), || (), check);
        for (at, signatures) in checked.into_iter().flatten() {
            for approval in files.get_mut(at).into_iter().flat_map(RawFile::decisions_mut) {
                approval.trust.signatures.clone_from(&signatures);
            }
        }
    }
}

fn check_file(file: &RawFile, keys: &KeyRing<'_>) -> Vec<ApprovalSignature> {
    let decision = find_decision(file);
    let check = |signature: &RawSignature| ApprovalSignature {
        file: signature.file.clone(),
        outcome: decision.clone().and_then(|kind| check_signature(file, kind, signature, keys)),
    };
    file.signatures.iter().map(check).collect()
}

/// What kind of decision a file holds, where that can be signed.
pub(in crate::manifest) fn find_decision(file: &RawFile) -> Result<DecisionKind, SignatureFault> {
    let (kind, label) = file.only_decision.as_ref().ok_or(SignatureFault::NotAlone)?;
    let stem = Path::new(&*file.source.name).file_stem().unwrap_or_default();
    if stem.to_str() != Some(label) {
        return Err(SignatureFault::OtherLabel { label: label.clone() });
    }
    if file.is_marked {
        return Err(SignatureFault::Marked);
    }
    if file.source.text.contains('\r') {
        return Err(SignatureFault::LineEnds);
    }
    Ok(*kind)
}

/// The text that was parsed is the one that is checked.
fn check_signature(
    file: &RawFile,
    kind: DecisionKind,
    written: &RawSignature,
    keys: &KeyRing<'_>,
) -> Result<Signer, SignatureFault> {
    let signature = Signature::read(&written.bytes)?;
    let fingerprint = signature.key().fingerprint();
    let Some((person, key)) = keys.get(&fingerprint) else {
        return Err(SignatureFault::UnknownKey { fingerprint });
    };
    signature.check(&key.key, kind, file.source.text.as_bytes())?;
    let person = (*person).to_owned();
    if !written.person.eq_ignore_ascii_case(&person) {
        return Err(SignatureFault::OtherPerson { named: written.person.clone(), person });
    }
    let name = key.name.value.clone();
    match key.state {
        KeyState::Active | KeyState::Retired => {
            Ok(Signer { person, key: name, fingerprint, state: key.state })
        }
        KeyState::Revoked => Err(SignatureFault::Revoked { person, key: name }),
    }
}
