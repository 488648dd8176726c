//! Differences and intersections of Azure's actions.
//!
//! Takes actions as they are written and returns sets of strings. Case carries no meaning, and a star runs across slashes:
//! "You can have only one wildcard in an action string"
//! (<https://learn.microsoft.com/azure/role-based-access-control/custom-roles>).

use crate::lower::{Side, Text, spelling};
use access_algebra::{Pattern, Strings, Token};

/// Actions less others. An action that is not known takes nothing out of a plan and may take anything out of an
/// approval.
pub(super) fn subtract_actions(side: Side, actions: &[&Text], taken_out: &[Text]) -> Strings {
    let run = Token::Run(None);
    let include = actions.iter().map(|text| spelling::spell_folded_starred(text, &run)).collect();
    let exclude = taken_out.iter().map(|text| spelling::spell_folded_starred(text, &run));
    let exclude = exclude.filter_map(|pattern| {
        let is_known = pattern.holes().next().is_none();
        match side {
            _ if is_known => Some(pattern),
            Side::Planned => None,
            Side::Approved => Some(widen_holes(&pattern)),
        }
    });
    Strings { include, exclude: exclude.collect() }
}

/// Every string that the pattern may stand for, whatever its holes are.
fn widen_holes(pattern: &Pattern) -> Pattern {
    Pattern::new(pattern.tokens().iter().map(|token| match token {
        Token::Hole(_) => Token::Run(None),
        Token::Literal(_) | Token::Folded(_) | Token::One(_) | Token::Run(_) => token.clone(),
    }))
}

/// Of these actions, those that match the pattern as well. Where that can't be said, all of a plan's and none of an
/// approval's.
pub(super) fn intersect_actions(side: Side, actions: &[Pattern], pattern: &Pattern) -> Vec<Pattern> {
    let met = |action: &Pattern| match (Starred::of(action), Starred::of(pattern)) {
        (Some(one), Some(other)) => one.intersect(other),
        _ if side == Side::Planned => vec![action.clone()],
        _ => Vec::new(),
    };
    actions.iter().flat_map(met).collect()
}

/// A word, or what stands before and after its one star.
#[derive(Clone, Copy, Debug)]
struct Starred<'p> {
    start: &'p str,
    end: Option<&'p str>,
}

impl<'p> Starred<'p> {
    /// `None` where there is another star, or something that is not known.
    fn of(pattern: &'p Pattern) -> Option<Self> {
        let (start, end) = match pattern.tokens() {
            [] => ("", None),
            [Token::Folded(start)] => (&**start, None),
            [Token::Run(None)] => ("", Some("")),
            [Token::Run(None), Token::Folded(end)] => ("", Some(&**end)),
            [Token::Folded(start), Token::Run(None)] => (&**start, Some("")),
            [Token::Folded(start), Token::Run(None), Token::Folded(end)] => (&**start, Some(&**end)),
            _ => return None,
        };
        Some(Self { start, end })
    }

    fn spells(self, word: &str) -> bool {
        match self.end {
            None => self.start == word,
            Some(end) => {
                word.len() >= self.start.len() + end.len()
                    && word.starts_with(self.start)
                    && word.ends_with(end)
            }
        }
    }

    /// What both spell: a word, or the longer start, anything, and the longer end; and where these are not of one
    /// pattern, the words in which they overlap.
    fn intersect(self, other: Self) -> Vec<Pattern> {
        let word = |word: &str| Pattern::folded(word);
        let (one_end, other_end) = match (self.end, other.end) {
            (None, _) => return other.spells(self.start).then(|| word(self.start)).into_iter().collect(),
            (_, None) => return self.spells(other.start).then(|| word(other.start)).into_iter().collect(),
            (Some(one), Some(other)) => (one, other),
        };
        let longer = |one: &'p str, other: &'p str, is_part: fn(&str, &str) -> bool| {
            let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
            is_part(long, short).then_some(long)
        };
        let start = longer(self.start, other.start, |long, short| long.starts_with(short));
        let end = longer(one_end, other_end, |long, short| long.ends_with(short));
        let (Some(start), Some(end)) = (start, end) else { return Vec::new() };
        let overlapping = (1..=start.len().min(end.len())).filter_map(|common| {
            let both = format!("{start}{}", end.get(common..)?);
            (start.ends_with(end.get(..common)?) && self.spells(&both) && other.spells(&both))
                .then(|| word(&both))
        });
        let apart = [Token::Folded(start.into()), Token::Run(None), Token::Folded(end.into())];
        std::iter::once(Pattern::new(apart)).chain(overlapping).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Starred;
    use crate::lower::{Text, spelling};
    use access_algebra::{Request, Strings, Token, evaluate};

    #[test]
    fn what_both_spell_is_what_each_spells() {
        let letters = ["", "a", "b", "aa", "ab", "ba", "bb"];
        let starred = letters.iter().flat_map(|start| letters.map(|end| format!("{start}*{end}")));
        let patterns: Vec<_> = starred
            .chain(letters.map(str::to_owned))
            .map(|text| spelling::spell_folded_starred(&Text::known(&text), &Token::Run(None)))
            .collect();
        let mut words = vec![String::new()];
        for at in 0..63 {
            words.extend(["a", "b"].map(|letter| format!("{}{letter}", words[at])));
        }
        let spells = |set: &Strings, word: &str| {
            evaluate::is_member(set, word, &Request::default()) == evaluate::Truth::Yes
        };
        for one in &patterns {
            for other in &patterns {
                let met = Strings::of(Starred::of(one).unwrap().intersect(Starred::of(other).unwrap()));
                for word in &words {
                    let both = [one, other].iter().all(|one| spells(&Strings::of([(*one).clone()]), word));
                    assert_eq!(spells(&met, word), both, "{one} and {other} of {word}");
                }
            }
        }
    }
}
