//! The patterns of a set by what they begin with.
//!
//! In go patterns; out come, for another pattern, those that may have anything to do with it. Two patterns can share a
//! string only if the text that one begins with begins the other's, so that of two thousand actions a few are left.
//! Cases are folded here, which can only leave too many.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::fold;
use crate::access::{Pattern, Token};

/// Patterns sorted by what they begin with.
#[derive(Clone, Debug)]
pub(super) struct Index<'a> {
    leads: Vec<(Cow<'a, str>, &'a Pattern)>,
}

impl<'a> Index<'a> {
    pub(super) fn new(patterns: &'a [Pattern]) -> Self {
        let mut leads: Vec<_> = patterns.iter().map(|pattern| (lead(pattern), pattern)).collect();
        leads.sort_by(|one, other| one.0.cmp(&other.0));
        Self { leads }
    }

    /// The patterns that may share a string with this one.
    pub(super) fn near(&self, pattern: &Pattern) -> Vec<&'a Pattern> {
        let mut near = self.around(pattern);
        near.0.extend(near.1);
        near.0
    }

    /// The patterns that this one may lie within.
    pub(super) fn over(&self, pattern: &Pattern) -> Vec<&'a Pattern> {
        self.around(pattern).0
    }

    /// Those whose beginning begins this pattern's, then those for which it is the other way round.
    fn around(&self, pattern: &Pattern) -> (Vec<&'a Pattern>, impl Iterator<Item = &'a Pattern>) {
        let text = lead(pattern);
        let mut shorter = Vec::new();
        // All in the range begin with `text[..start]`; those that end there come first.
        let (mut range, mut start) = (self.leads.as_slice(), 0);
        let ends = text.char_indices().map(|(at, char)| at + char.len_utf8()).map(Some);
        for end in ends.chain([None]) {
            let ended = range.partition_point(|(lead, _)| lead.len() <= start);
            let (whole, longer) = range.split_at_checked(ended).unwrap_or_default();
            shorter.extend(whole.iter().map(|(_, pattern)| *pattern));
            range = longer;
            let Some(end) = end else { break };
            let next = text.get(start..end).unwrap_or_default();
            let after = |lead: &'_ Cow<'a, str>| lead.get(start..).map(|rest| rest.cmp(next));
            let from = range.partition_point(|(lead, _)| after(lead).is_some_and(Ordering::is_lt));
            let rest = range.get(from..).unwrap_or_default();
            let begins = |lead: &str| lead.get(start..).is_some_and(|rest| rest.starts_with(next));
            let to = rest.partition_point(|(lead, _)| begins(lead));
            range = rest.get(..to).unwrap_or_default();
            start = end;
            if range.is_empty() {
                break;
            }
        }
        (shorter, range.iter().map(|(_, pattern)| *pattern))
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
    use crate::access::contain::quick;
    use crate::access::{Pattern, Token};

    #[test]
    fn nothing_near_is_left_out() {
        let texts = ["", "a", "A", "ab", "aB", "abc", "b", "ba", "k", "\u{212a}", "é", "É"];
        let mut patterns: Vec<Pattern> = texts.iter().map(|text| Pattern::literal(text)).collect();
        patterns.extend(texts.iter().map(|text| Pattern::folded(text)));
        patterns.extend(
            texts.iter().map(|text| Pattern::new([Token::Literal((*text).into()), Token::Run(None)])),
        );
        patterns.push(Pattern::new([Token::One(None), Token::Literal("b".into())]));
        let index = Index::new(&patterns);
        let mut left = 0;
        for pattern in &patterns {
            let (near, over) = (index.near(pattern), index.over(pattern));
            left += near.len();
            for other in &patterns {
                assert!(quick::misses(other, pattern) || near.contains(&other), "{other:?} near {pattern:?}");
                assert!(
                    !quick::covers(other, pattern) || over.contains(&other),
                    "{other:?} over {pattern:?}"
                );
            }
        }
        assert!(left * 2 < patterns.len() * patterns.len(), "an index that leaves {left} is none");
    }
}
