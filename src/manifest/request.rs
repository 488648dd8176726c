//! What a request says: the parts that every approval has to have, and those that a system may demand.

use strum::VariantArray;

use crate::source::Span;

/// A part of what was requested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
pub enum RequestPart {
    /// Who asked.
    Requester,
    /// For which system.
    System,
    /// Why.
    Justification,
    /// A role or a scope: `grant` or `run` blocks.
    Scope,
    /// What it is about, for people.
    Title,
    /// Where the ticket can be read.
    Evidence,
    /// The last day before which it has to be looked at again.
    ReviewBy,
    /// The addresses that it is restricted to.
    Addresses,
    /// Whom it empowers.
    Subject,
}

impl RequestPart {
    /// Every part.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The attribute or the blocks in which it is written.
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Self::Requester => &["requester"],
            Self::System => &["system"],
            Self::Justification => &["justification"],
            Self::Scope => &["grant", "run"],
            Self::Title => &["title"],
            Self::Evidence => &["evidence"],
            Self::ReviewBy => &["review_by"],
            Self::Addresses => &["addresses"],
            Self::Subject => &["subject"],
        }
    }

    /// The word by which a system demands it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Requester => "requester",
            Self::System => "system",
            Self::Justification => "justification",
            Self::Scope => "grant",
            Self::Title => "title",
            Self::Evidence => "evidence",
            Self::ReviewBy => "review_by",
            Self::Addresses => "addresses",
            Self::Subject => "subject",
        }
    }

    /// Whether every request has to say it, whatever its system demands.
    pub fn is_always_required(self) -> bool {
        match self {
            Self::Requester | Self::System | Self::Justification | Self::Scope => true,
            Self::Title | Self::Evidence | Self::ReviewBy | Self::Addresses | Self::Subject => false,
        }
    }

    /// The parts that a system may demand.
    pub fn list_optional() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|part| !part.is_always_required())
    }
}

/// A part of a request that is not there or says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestGap {
    /// Which part.
    pub part: RequestPart,
    /// Where it says nothing; `None` where it is not there.
    pub span: Option<Span>,
}

/// Words that stand where somebody still has to write something.
const PLACEHOLDERS: [&str; 18] = [
    "todo",
    "tbd",
    "tba",
    "tbc",
    "fixme",
    "xxx",
    "na",
    "n/a",
    "n.a",
    "none",
    "nil",
    "null",
    "unknown",
    "placeholder",
    "change me",
    "changeme",
    "fill in",
    "lorem ipsum",
];

/// Whether a text says nothing: it is blank, has no letter and no digit, or stands where somebody still has to write.
pub(super) fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    if text.starts_with('<') && text.ends_with('>') {
        return true;
    }
    let is_mark = |symbol: char| !symbol.is_alphanumeric();
    let bare = text.trim_matches(is_mark).to_lowercase();
    if bare.is_empty() || PLACEHOLDERS.contains(&bare.as_str()) {
        return true;
    }
    // `TODO: why` is a reminder; a todo list is not.
    bare.split_once(':').is_some_and(|(first, _)| ["todo", "tbd", "fixme"].contains(&first.trim()))
}

#[cfg(test)]
mod tests {
    use super::is_placeholder;

    #[test]
    fn what_says_nothing_is_a_placeholder() {
        for text in
            ["", "  ", "-", "...", "TODO", "todo!", "N/A", "n.a.", "tbd.", "<why>", "TODO: ask lee", "None"]
        {
            assert!(is_placeholder(text), "{text}");
        }
        for text in
            ["x", "Reads the todo list", "Deploys: payments", "部署", "nightly backup", "NA region failover"]
        {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
