//! The patterns of a set by what they begin with.
//!
//! In go patterns, each with a mark; out come, for another pattern, those that may have anything to do with it, and
//! their marks. Two patterns can share a string only if the text that one begins with begins the other's, so that of
//! two thousand actions a few are left.
//! Cases are folded here, which can only leave too many.

use std::borrow::Cow;

use super::fold;
use crate::{Pattern, Token};

/// A pattern and its mark.
pub(super) type Marked<'a, M> = (&'a Pattern, M);

/// Patterns sorted by what they begin with.
#[derive(Clone, Debug)]
pub(super) struct Index<'a, M> {
    entries: Vec<Entry<'a, M>>,
}

#[derive(Clone, Debug)]
struct Entry<'a, M> {
    lead: Cow<'a, str>,
    marked: Marked<'a, M>,
    /// The last entry before this one whose lead begins this one's.
    parent: Option<usize>,
}

impl<'a, M: Copy> Index<'a, M> {
    pub(super) fn new(patterns: impl Iterator<Item = Marked<'a, M>>) -> Self {
        let entry = |marked: Marked<'a, M>| Entry { lead: lead(marked.0), marked, parent: None };
        let mut entries: Vec<_> = patterns.map(entry).collect();
        entries.sort_by(|one, other| one.lead.cmp(&other.lead));
        let mut index = Self { entries };
        for at in 1..index.entries.len() {
            let text = index.entries.get(at).map(|entry| entry.lead.clone()).unwrap_or_default();
            let parent = index.beginning(Some(at - 1), &text);
            if let Some(entry) = index.entries.get_mut(at) {
                entry.parent = parent;
            }
        }
        index
    }

    /// The patterns that may share a string with this one.
    pub(super) fn near(&self, pattern: &Pattern) -> Vec<Marked<'a, M>> {
        let text = lead(pattern);
        let mut near = self.shorter(&text);
        // Whatever begins with the text stands together, from where the text itself would.
        let from = self.entries.partition_point(|entry| *entry.lead <= *text);
        let rest = self.entries.get(from..).unwrap_or_default();
        let to = rest.partition_point(|entry| entry.lead.starts_with(&*text));
        near.extend(rest.iter().take(to).map(|entry| entry.marked));
        near
    }

    /// The patterns that this one may lie within.
    pub(super) fn over(&self, pattern: &Pattern) -> Vec<Marked<'a, M>> {
        self.shorter(&lead(pattern))
    }

    /// The patterns whose beginning begins this text. Each of them begins whatever stands between it and the text, so
    /// that from the last entry before the text it is parents all the way.
    fn shorter(&self, text: &str) -> Vec<Marked<'a, M>> {
        let after = self.entries.partition_point(|entry| *entry.lead <= *text);
        let mut at = self.beginning(after.checked_sub(1), text);
        let mut shorter = Vec::new();
        while let Some(entry) = at.and_then(|at| self.entries.get(at)) {
            shorter.push(entry.marked);
            at = entry.parent;
        }
        shorter
    }

    /// This entry or the first of its parents that begins a text.
    fn beginning(&self, mut at: Option<usize>, text: &str) -> Option<usize> {
        while let Some(entry) = at.and_then(|at| self.entries.get(at)) {
            if text.starts_with(&*entry.lead) {
                break;
            }
            at = entry.parent;
        }
        at
    }
}

/// The text that every string of the pattern begins with, in lower case.
fn lead(pattern: &Pattern) -> Cow<'_, str> {
    match pattern.tokens().first() {
        Some(Token::Folded(text)) => Cow::Borrowed(text),
        Some(Token::Literal(text)) if text.chars().all(|char| fold::lower(char) == char) => {
            Cow::Borrowed(text)
        }
        Some(Token::Literal(text)) => Cow::Owned(text.chars().map(fold::lower).collect()),
        Some(Token::One(_) | Token::Run(_) | Token::Hole(_)) | None => Cow::Borrowed(""),
    }
}

#[cfg(test)]
mod tests {
    use super::Index;
    use crate::contain::quick;
    use crate::{Pattern, Token};

    #[test]
    fn nothing_near_is_left_out() {
        let texts = ["", "a", "A", "ab", "aB", "abc", "b", "ba", "k", "\u{212a}", "é", "É"];
        let mut patterns: Vec<Pattern> = texts.iter().map(|text| Pattern::literal(text)).collect();
        patterns.extend(texts.iter().map(|text| Pattern::folded(text)));
        patterns.extend(
            texts.iter().map(|text| Pattern::new([Token::Literal((*text).into()), Token::Run(None)])),
        );
        patterns.push(Pattern::new([Token::One(None), Token::Literal("b".into())]));
        let index = Index::new(patterns.iter().map(|pattern| (pattern, ())));
        let mut left = 0;
        for pattern in &patterns {
            let (near, over) = (index.near(pattern), index.over(pattern));
            left += near.len();
            for other in &patterns {
                assert!(
                    quick::misses(other, pattern) || near.contains(&(other, ())),
                    "{other:?} near {pattern:?}"
                );
                assert!(
                    !quick::covers(other, pattern) || over.contains(&(other, ())),
                    "{other:?} over {pattern:?}"
                );
            }
        }
        assert!(left * 2 < patterns.len() * patterns.len(), "an index that leaves {left} is none");
    }
}
