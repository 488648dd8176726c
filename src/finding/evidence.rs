//! What a record keeps of a grant beside its verdict, as data.

use super::{Owner, Site};

/// What a later reader needs to find a grant again, and whom to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantEvidence {
    /// Who answers for the system that the access is to.
    pub owner: Owner,
    /// The module instance; empty for the root.
    pub module: String,
    /// The block of the configuration that makes it, where the sources are at hand.
    pub site: Option<Site>,
    /// What it gives; `None` where that must not be told, and for what runs.
    pub digests: Option<AccessDigests>,
    /// The digests of what runs; empty for access.
    pub runs: Vec<String>,
}

/// Digests of an access: SHA-256 in hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessDigests {
    /// Over the access, in lower case and sorted.
    pub access: String,
    /// Over the same without principals and names: equal for the grants of one template.
    pub shape: String,
}
