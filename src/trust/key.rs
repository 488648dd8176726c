//! Public keys of persons.

use std::fmt;

use ssh_key::{Algorithm, EcdsaCurve, HashAlg, public};

/// Bits of the shortest RSA key that is taken: shorter ones can be factored by those who want to (NIST SP 800-131A).
const MIN_RSA_BITS: u32 = 2048;

/// Kinds of keys that are taken besides RSA.
const TAKEN: [Algorithm; 5] = [
    Algorithm::Ed25519,
    Algorithm::SkEd25519,
    Algorithm::SkEcdsaSha2NistP256,
    Algorithm::Ecdsa { curve: EcdsaCurve::NistP256 },
    Algorithm::Ecdsa { curve: EcdsaCurve::NistP384 },
];

/// A key that signatures are checked with.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    data: public::KeyData,
}

/// Whether what a key signed still counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeyState {
    /// It counts.
    #[default]
    Active,
    /// No longer: what it signed stands where it was merged, and nothing new is taken from it.
    Retired,
    /// Never: somebody else may have it.
    Revoked,
}

/// Why a text is no key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyFault {
    /// It is not what `ssh-keygen` writes into a file `*.pub`.
    Unreadable,
    /// Keys of this kind are not taken.
    Unsupported {
        /// Its name.
        algorithm: String,
    },
    /// An RSA key that is too short.
    Short {
        /// How long it is.
        bits: u32,
    },
}

impl KeyState {
    /// Each with its word.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Active, "active"), (Self::Retired, "retired"), (Self::Revoked, "revoked")];

    /// The state of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == word).map(|(state, _)| state)
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Retired => "retired",
            Self::Revoked => "revoked",
        }
    }
}

impl PublicKey {
    /// Takes the line of a file `*.pub`; a comment at its end is left out.
    ///
    /// # Errors
    ///
    /// It is no such line, or the key is of a kind that is not taken.
    pub fn parse(line: &str) -> Result<Self, KeyFault> {
        let key = ssh_key::PublicKey::from_openssh(line).map_err(|_| unreadable_fault(line))?;
        Self::of_data(key.key_data().clone())
    }

    /// Takes a key that was read.
    pub(super) fn of_data(data: public::KeyData) -> Result<Self, KeyFault> {
        let algorithm = data.algorithm();
        if let Some(rsa) = data.rsa() {
            let bits = rsa.key_size();
            if bits < MIN_RSA_BITS {
                return Err(KeyFault::Short { bits });
            }
        } else if !TAKEN.contains(&algorithm) {
            return Err(KeyFault::Unsupported { algorithm: algorithm.as_str().to_owned() });
        }
        Ok(Self { data })
    }

    /// Its SHA-256 as `ssh-keygen -l` shows it.
    pub fn fingerprint(&self) -> String {
        self.data.fingerprint(HashAlg::Sha256).to_string()
    }

    pub(super) fn data(&self) -> &public::KeyData {
        &self.data
    }
}

/// A key of another kind is named, so that nobody looks for a mistake in its digits.
fn unreadable_fault(line: &str) -> KeyFault {
    match line.split_whitespace().next() {
        Some(algorithm) if algorithm.contains("-cert-v01@") || algorithm == "ssh-dss" => {
            KeyFault::Unsupported { algorithm: algorithm.to_owned() }
        }
        _ => KeyFault::Unreadable,
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fingerprint())
    }
}
