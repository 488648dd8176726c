//! Private keys, as `ssh-keygen` keeps them.

use ssh_key::{HashAlg, LineEnding, PrivateKey};

use super::{DecisionKind, PublicKey};

/// A key that a person signs with.
#[derive(Debug)]
pub struct SigningKey {
    key: PrivateKey,
    public: PublicKey,
}

/// Why a file gives no signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SigningFault {
    /// It is no private key of SSH, or of a kind that is not taken.
    Unreadable,
    /// It is locked by a passphrase, or kept in hardware.
    Locked,
}

impl SigningKey {
    /// Reads a private key. Its public half can be read of a locked one as well.
    ///
    /// # Errors
    ///
    /// It is no private key of SSH, or of a kind that is not taken.
    pub fn read(bytes: &[u8]) -> Result<Self, SigningFault> {
        let key = PrivateKey::from_openssh(bytes).map_err(|_| SigningFault::Unreadable)?;
        let public = PublicKey::of_data(key.public_key().key_data().clone());
        Ok(Self { key, public: public.map_err(|_| SigningFault::Unreadable)? })
    }

    /// Its public half.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Signs the bytes of a file that holds a decision, as `ssh-keygen -Y sign` does.
    ///
    /// # Errors
    ///
    /// The key is locked.
    pub fn sign(&self, kind: DecisionKind, content: &[u8]) -> Result<String, SigningFault> {
        let signature = self.key.sign(kind.namespace(), HashAlg::Sha512, content);
        let signature = signature.map_err(|_| SigningFault::Locked)?;
        let text = signature.to_pem(LineEnding::LF).map_err(|_| SigningFault::Unreadable)?;
        Ok(if text.ends_with('\n') { text } else { text + "\n" })
    }
}
