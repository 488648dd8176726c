//! What stands beside an approval: whether only the change under review holds it, and who signed it.

use crate::trust::{KeyState, SignatureFault};

/// Where an approval stands, and what its signatures are worth.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApprovalTrust {
    /// Set where only the change under review holds it.
    pub proposal: Option<Proposal>,
    /// The signatures beside its file, in order of path.
    pub signatures: Vec<ApprovalSignature>,
}

/// An approval that only the change under review holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proposal {
    /// All that it rests on is merged.
    Complete,
    /// It rests on a system, a set of places or the like that only the change declares.
    Dependent,
}

/// A signature below an approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovalSignature {
    /// Its file.
    pub file: String,
    /// Who signed, or what is wrong.
    pub outcome: Result<Signer, SignatureFault>,
}

/// Who signed, and with which key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// The name of the person.
    pub person: String,
    /// What the manifest calls the key.
    pub key: String,
    /// The key.
    pub fingerprint: String,
    /// Whether the key still counts; never revoked.
    pub state: KeyState,
}

impl ApprovalTrust {
    /// Those who signed, with the keys.
    pub fn signers(&self) -> impl Iterator<Item = &Signer> {
        self.signatures.iter().filter_map(|signature| signature.outcome.as_ref().ok())
    }
}
