//! Detached signatures as `ssh-keygen -Y sign` writes them.

use ssh_key::SshSig;

use super::PublicKey;

/// How a signature begins. What stands before it would be read past by some.
const BEGIN: &[u8] = b"-----BEGIN SSH SIGNATURE-----";

/// What kind of decision a file holds. What was signed as one is never taken for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecisionKind {
    /// An approval.
    Approval,
    /// An exception.
    Exception,
}

/// A signature that could be read. Whether it is good is not known yet.
#[derive(Clone, Debug)]
pub struct Signature {
    read: SshSig,
    key: PublicKey,
}

/// Why a signature is not good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignatureFault {
    /// It is not what `ssh-keygen -Y sign` writes, or of a kind of key that is not taken.
    Unreadable,
    /// It was made for another purpose.
    OtherNamespace {
        /// For which.
        found: String,
        /// For which it had to be.
        wanted: &'static str,
    },
    /// No person has the key.
    UnknownKey {
        /// The key.
        fingerprint: String,
    },
    /// The key is another person's than the name of the file says.
    OtherPerson {
        /// Whom the name of the file names.
        named: String,
        /// Whose the key is.
        person: String,
    },
    /// The key is revoked.
    Revoked {
        /// Whose it is.
        person: String,
        /// What the manifest calls it.
        key: String,
    },
    /// The key is retired, and what it signed was not merged before.
    Retired {
        /// Whose it is.
        person: String,
        /// What the manifest calls it.
        key: String,
    },
    /// Other bytes were signed.
    OtherBytes,
    /// The lines of the file end as on Windows, so nobody knows which bytes were read.
    LineEnds,
    /// The file begins with a byte order mark, which its text does not show.
    Marked,
    /// The file does not hold one decision and nothing else.
    NotAlone,
    /// The label of the decision is not the name of the file.
    OtherLabel {
        /// The label.
        label: String,
    },
}

impl DecisionKind {
    /// The namespace of its signatures (`ssh-keygen -Y sign -n`).
    pub fn namespace(self) -> &'static str {
        match self {
            Self::Approval => "countersign-approval",
            Self::Exception => "countersign-exception",
        }
    }

    /// The name of its block.
    pub fn word(self) -> &'static str {
        match self {
            Self::Approval => "approval",
            Self::Exception => "exception",
        }
    }
}

impl Signature {
    /// Reads a signature.
    ///
    /// # Errors
    ///
    /// It is not what `ssh-keygen -Y sign` writes, or of a kind of key that is not taken.
    pub fn read(bytes: &[u8]) -> Result<Self, SignatureFault> {
        let read = match SshSig::from_pem(bytes) {
            // Nobody writes what is reserved, so nobody knows what it would mean.
            Ok(read) if bytes.starts_with(BEGIN) && read.reserved().is_empty() => read,
            Ok(_) | Err(_) => return Err(SignatureFault::Unreadable),
        };
        let key = PublicKey::of_data(read.public_key().clone()).map_err(|_| SignatureFault::Unreadable)?;
        Ok(Self { read, key })
    }

    /// The key that it says it was made with.
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    /// Whether a key signed just these bytes as a decision of this kind.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn check(&self, key: &PublicKey, kind: DecisionKind, content: &[u8]) -> Result<(), SignatureFault> {
        let wanted = kind.namespace();
        if self.read.namespace() != wanted {
            return Err(SignatureFault::OtherNamespace { found: self.read.namespace().to_owned(), wanted });
        }
        let key = ssh_key::PublicKey::new(key.data().clone(), "");
        key.verify(wanted, content, &self.read).map_err(|_| SignatureFault::OtherBytes)
    }
}
