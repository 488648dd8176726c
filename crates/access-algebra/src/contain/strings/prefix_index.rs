//! An index of patterns by their literal prefix.
//!
//! Takes patterns, each with a mark, and returns for another pattern those that may share a string with it, with their
//! marks. Two patterns can share a string only if the literal prefix of one is a prefix of the other's, so that a few of
//! two thousand actions remain. Case is ignored here, which can only leave too many.

use std::borrow::Cow;

use super::fold;
use crate::{Pattern, Token};

/// A pattern and its mark.
pub(in crate::contain) type Marked<'a, M> = (&'a Pattern, M);

/// Patterns sorted by their literal prefix.
#[derive(Clone, Debug)]
pub(in crate::contain) struct PrefixIndex<'a, M> {
    entries: Vec<Entry<'a, M>>,
}

#[derive(Clone, Debug)]
struct Entry<'a, M> {
    prefix: Cow<'a, str>,
    marked: Marked<'a, M>,
    /// The last entry before this one whose prefix is a prefix of this one's.
    parent: Option<usize>,
}

impl<'a, M: Copy> PrefixIndex<'a, M> {
    pub(in crate::contain) fn new(patterns: impl Iterator<Item = Marked<'a, M>>) -> Self {
        let entry = |marked: Marked<'a, M>| Entry { prefix: folded_prefix(marked.0), marked, parent: None };
        let mut entries: Vec<_> = patterns.map(entry).collect();
        entries.sort_by(|one, other| one.prefix.cmp(&other.prefix));
        let mut index = Self { entries };
        for at in 1..index.entries.len() {
            let text = index.entries.get(at).map(|entry| entry.prefix.clone()).unwrap_or_default();
            let parent = index.find_prefix_from(Some(at - 1), &text);
            if let Some(entry) = index.entries.get_mut(at) {
                entry.parent = parent;
            }
        }
        index
    }

    /// Finds the patterns that may share a string with this one.
    pub(in crate::contain) fn find_overlapping(&self, pattern: &Pattern) -> Vec<Marked<'a, M>> {
        let text = folded_prefix(pattern);
        let mut overlapping = self.find_prefixes_of(&text);
        // Whatever begins with the text stands together, from where the text itself would.
        let from = self.entries.partition_point(|entry| *entry.prefix <= *text);
        let rest = self.entries.get(from..).unwrap_or_default();
        let to = rest.partition_point(|entry| entry.prefix.starts_with(&*text));
        overlapping.extend(rest.iter().take(to).map(|entry| entry.marked));
        overlapping
    }

    /// Finds the patterns that may cover this one.
    pub(in crate::contain) fn find_covering(&self, pattern: &Pattern) -> Vec<Marked<'a, M>> {
        self.find_prefixes_of(&folded_prefix(pattern))
    }

    /// Finds the patterns whose prefix is a prefix of this text. Each of them is also a prefix of everything that sorts
    /// between it and the text, so that all of them are parents of the last entry before the text.
    fn find_prefixes_of(&self, text: &str) -> Vec<Marked<'a, M>> {
        let after = self.entries.partition_point(|entry| *entry.prefix <= *text);
        let mut at = self.find_prefix_from(after.checked_sub(1), text);
        let mut shorter = Vec::new();
        while let Some(entry) = at.and_then(|at| self.entries.get(at)) {
            shorter.push(entry.marked);
            at = entry.parent;
        }
        shorter
    }

    /// This entry, or the first of its parents, whose prefix is a prefix of a text.
    fn find_prefix_from(&self, mut at: Option<usize>, text: &str) -> Option<usize> {
        while let Some(entry) = at.and_then(|at| self.entries.get(at)) {
            if text.starts_with(&*entry.prefix) {
                break;
            }
            at = entry.parent;
        }
        at
    }
}

/// The literal prefix in lower case, one character at a time. Not [`Pattern::literal_prefix`], which does not fold and
/// has to be exact: this one borrows where nothing changes, since an index is made for every question.
fn folded_prefix(pattern: &Pattern) -> Cow<'_, str> {
    match pattern.tokens().first() {
        Some(Token::Folded(text)) => Cow::Borrowed(text),
        Some(Token::Literal(text)) if text.chars().all(|char| fold::to_lower(char) == char) => {
            Cow::Borrowed(text)
        }
        Some(Token::Literal(text)) => Cow::Owned(text.chars().map(fold::to_lower).collect()),
        Some(Token::One(_) | Token::Run(_) | Token::Hole(_)) | None => Cow::Borrowed(""),
    }
}

#[cfg(test)]
mod tests {
    use super::PrefixIndex;
    use crate::contain::strings::subsumption;
    use crate::{Pattern, Token};

    #[test]
    fn no_overlapping_pattern_is_left_out() {
        let texts = ["", "a", "A", "ab", "aB", "abc", "b", "ba", "k", "\u{212a}", "é", "É"];
        let mut patterns: Vec<Pattern> = texts.iter().map(|text| Pattern::literal(text)).collect();
        patterns.extend(texts.iter().map(|text| Pattern::folded(text)));
        patterns.extend(
            texts.iter().map(|text| Pattern::new([Token::Literal((*text).into()), Token::Run(None)])),
        );
        patterns.push(Pattern::new([Token::One(None), Token::Literal("b".into())]));
        let index = PrefixIndex::new(patterns.iter().map(|pattern| (pattern, ())));
        let mut left = 0;
        for pattern in &patterns {
            let (overlapping, covering) = (index.find_overlapping(pattern), index.find_covering(pattern));
            left += overlapping.len();
            for other in &patterns {
                assert!(
                    subsumption::never_overlap(other, pattern) || overlapping.contains(&(other, ())),
                    "{other:?} overlaps {pattern:?}"
                );
                assert!(
                    !subsumption::covers(other, pattern) || covering.contains(&(other, ())),
                    "{other:?} covers {pattern:?}"
                );
            }
        }
        assert!(left * 2 < patterns.len() * patterns.len(), "an index that leaves {left} is none");
    }
}
