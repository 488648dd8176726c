//! What an approval lets run, and which part it lets be applied alone.

use super::glob::Glob;
use super::raw::TARGET;
use crate::source::Span;

/// One `run` block of an approval.
#[derive(Clone, Debug)]
pub struct ApprovedRun {
    /// What may run.
    pub subject: ApprovedRunSubject,
    /// The block's heading.
    pub span: Span,
}

impl ApprovedRun {
    /// Its kind, as it is written.
    pub fn kind(&self) -> &str {
        match &self.subject {
            ApprovedRunSubject::Provisioner { kind, .. } => kind,
            ApprovedRunSubject::Target { .. } => TARGET,
        }
    }
}

/// What may run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApprovedRunSubject {
    /// A provisioner that runs just one of these, of the object at just this address.
    Provisioner {
        /// Its type, such as `local-exec`.
        kind: String,
        /// The address of the instance.
        address: String,
        /// The SHA-256 of the canonical form of what may run, in lower case; never empty.
        sha256: Vec<String>,
    },
    /// An apply of a plan that was made with `-target` and changes nothing but what these name.
    Target {
        /// The addresses.
        addresses: Vec<Glob>,
    },
}
