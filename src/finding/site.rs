//! Places in files that a finding points at: both ends of a disagreement, and the rule that read the plan.

use strum::VariantArray;

/// One place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// What stands there.
    pub what: SiteKind,
    /// The file, as its reader named it.
    pub file: String,
    /// The line, from one.
    pub line: usize,
    /// The column, from one, in characters.
    pub column: usize,
}

/// What stands at a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
pub enum SiteKind {
    /// The block of the configuration that makes the grant.
    Planned,
    /// The approval, or the part of it that fails.
    Approved,
    /// The rule that read the resource.
    Rule,
}

impl SiteKind {
    /// The word in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Approved => "approved",
            Self::Rule => "rule",
        }
    }
}
