//! Places in files that a finding points at: both ends of a disagreement, and the rule that read the plan.

use std::fmt;

use strum::VariantArray;

use crate::source::Place;

/// One place.
#[derive(Clone, PartialEq, Eq)]
pub struct Site {
    /// What stands there.
    pub what: SiteKind,
    /// The file: by its path from the root of the repository where that has it, else as its reader named it.
    pub file: String,
    /// Whether the repository has the file with the content that was read.
    pub reach: SiteReach,
    /// The line, from one.
    pub line: usize,
    /// The column, from one, in characters.
    pub column: usize,
    /// What is written there, where that is at hand.
    pub text: Option<Place>,
}

/// What stands at a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
pub enum SiteKind {
    /// The block of the configuration that makes the grant, or the argument that says it.
    Planned,
    /// The call of the module that has the block.
    Call,
    /// The approval, or the part of it that fails.
    Approved,
    /// The manifest, at the line that names the process owner, where nothing else is there to point at.
    Manifest,
    /// The rule that read the resource.
    Rule,
}

/// Whether a line of a file in the repository may be pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteReach {
    /// The file that lies there has the content that was read.
    Repository,
    /// The file lies elsewhere, or has another content by now, or lies among downloaded modules.
    Elsewhere,
}

impl Site {
    /// The site of a place in a file that its reader named, of which it is not known whether the repository has it.
    pub fn of_place(what: SiteKind, place: &Place) -> Self {
        let at = place.position();
        Self {
            what,
            file: place.source.name.to_string(),
            reach: SiteReach::Elsewhere,
            line: at.line,
            column: at.column,
            text: Some(place.clone()),
        }
    }

    /// The same in a file that the repository has at a path.
    #[must_use]
    pub fn in_repository(self, path: &str) -> Self {
        Self { file: path.to_owned(), reach: SiteReach::Repository, ..self }
    }
}

/// Without the text of the file.
impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, file, reach, line, column, text: _ } = self;
        write!(f, "Site({what:?} {file}:{line}:{column} {reach:?})")
    }
}

impl SiteKind {
    /// The word in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Call => "call",
            Self::Approved => "approved",
            Self::Manifest => "manifest",
            Self::Rule => "rule",
        }
    }
}
