//! Trust: from where decisions are read, and what a signature below one is worth.
//!
//! [`TrustSource`] says where the manifest of a run was read. [`PublicKey::parse`] takes a key as `ssh-keygen` writes it, and
//! [`Signature::read`] a detached signature; [`Signature::check`] then says whether that key signed just these bytes for that
//! purpose. SSH signatures hold no time, so the state of a key decides, and never what a signer says.
//!
//! Nothing is opened here, and whose a key is stands in the manifest.

mod key;
mod place;
mod signature;
mod signing;

pub use key::{KeyFault, KeyState, PublicKey};
pub use place::{TrustKind, TrustSource, TrustedCommit};
pub use signature::{DecisionKind, Signature, SignatureFault};
pub use signing::{SigningFault, SigningKey};
