//! Finds patterns that may share a string with a given one.
//!
//! Takes the [`Affixes`] of patterns, each with a mark, and returns for other affixes the marks of those that may meet
//! them. Patterns are sorted by what they begin with and, once that is asked for, by what they end with; a question takes
//! the order that leaves fewer. What is found is a superset: nothing is decided here.

use std::ops::Range;
use std::sync::OnceLock;

use super::affixes::{Affixes, Direction};

/// Patterns with their marks.
#[derive(Debug, Default)]
pub(in crate::judge) struct PatternIndex {
    /// Those that are one text.
    wholes: Vec<Entry>,
    /// All others.
    open: Vec<Entry>,
    forwards: OnceLock<Order>,
    backwards: OnceLock<Order>,
}

#[derive(Debug)]
struct Entry {
    affixes: Affixes,
    mark: usize,
}

/// All entries in the order of what they begin with, read in a direction.
#[derive(Debug)]
struct Order {
    direction: Direction,
    wholes: Vec<usize>,
    open: Vec<usize>,
    groups: Vec<Group>,
}

/// Open entries that begin alike.
#[derive(Debug)]
struct Group {
    /// Where they stand in `open`.
    entries: Range<usize>,
    /// The longest other beginning that this one begins with.
    parent: Option<usize>,
    /// How many entries stand here, in the parent, and in all its parents.
    depth: usize,
}

/// The entries that an order leaves.
struct Selection {
    wholes: Range<usize>,
    /// Groups whose beginning is a beginning of the wanted one: the longest of them.
    above: Option<usize>,
    /// Groups that begin with the wanted beginning.
    below: Range<usize>,
    count: usize,
}

/// The most entries that are compared one by one. For so few, a second order costs more than it saves.
const MAX_SCANNED: usize = 8;

impl FromIterator<(Affixes, usize)> for PatternIndex {
    fn from_iter<T: IntoIterator<Item = (Affixes, usize)>>(patterns: T) -> Self {
        let entries = patterns.into_iter().map(|(affixes, mark)| Entry { affixes, mark });
        let (wholes, open) = entries.partition(|entry| entry.affixes.is_whole());
        Self { wholes, open, ..Self::default() }
    }
}

impl PatternIndex {
    /// Upper bound on how many marks [`Self::find`] returns.
    pub(in crate::judge) fn count(&self, wanted: &Affixes) -> usize {
        self.choose(wanted).1.count
    }

    /// The marks of all patterns that may share a string with the wanted one, in no order.
    pub(in crate::judge) fn find<'s>(&'s self, wanted: &'s Affixes) -> impl Iterator<Item = usize> + 's {
        let (order, selection) = self.choose(wanted);
        let wholes = order.wholes.get(selection.wholes).unwrap_or_default();
        let above = std::iter::successors(selection.above, |at| order.groups.get(*at)?.parent);
        let groups = above.chain(selection.below).filter_map(|at| order.groups.get(at));
        let open = groups.flat_map(|group| order.open.get(group.entries.clone()).unwrap_or_default());
        let wholes = wholes.iter().filter_map(|at| self.wholes.get(*at));
        let entries = wholes.chain(open.filter_map(|at| self.open.get(*at)));
        entries.filter(|entry| entry.affixes.may_meet(wanted)).map(|entry| entry.mark)
    }

    /// Every mark.
    pub(in crate::judge) fn all(&self) -> impl Iterator<Item = usize> {
        self.wholes.iter().chain(&self.open).map(|entry| entry.mark)
    }

    /// The order that leaves fewer entries, with what it leaves.
    fn choose(&self, wanted: &Affixes) -> (&Order, Selection) {
        let forwards = self.forwards.get_or_init(|| self.sort(Direction::Forwards));
        let by_prefix = self.select(forwards, wanted);
        if by_prefix.count <= MAX_SCANNED {
            return (forwards, by_prefix);
        }
        let backwards = self.backwards.get_or_init(|| self.sort(Direction::Backwards));
        let by_suffix = self.select(backwards, wanted);
        if by_suffix.count < by_prefix.count { (backwards, by_suffix) } else { (forwards, by_prefix) }
    }

    fn sort(&self, direction: Direction) -> Order {
        let sorted = |entries: &[Entry]| {
            let mut places: Vec<usize> = (0..entries.len()).collect();
            places.sort_by(|one, other| {
                direction.compare(start_of(entries, *one, direction), start_of(entries, *other, direction))
            });
            places
        };
        let mut order =
            Order { direction, wholes: sorted(&self.wholes), open: sorted(&self.open), groups: Vec::new() };
        let starts = order.open.iter().map(|at| start_of(&self.open, *at, direction));
        let mut last_start = None;
        for (place, start) in starts.enumerate() {
            match order.groups.last_mut() {
                Some(last) if last_start == Some(start) => {
                    last.entries.end = place + 1;
                    last.depth += 1;
                }
                Some(_) | None => {
                    let parent = self.find_above(&order, order.groups.len().checked_sub(1), start);
                    let depth = 1 + order.depth(parent);
                    order.groups.push(Group { entries: place..place + 1, parent, depth });
                }
            }
            last_start = Some(start);
        }
        order
    }

    fn select(&self, order: &Order, wanted: &Affixes) -> Selection {
        let direction = order.direction;
        let start = wanted.start(direction);
        let whole_at = |at: &usize| start_of(&self.wholes, *at, direction);
        let group_at = |group: &Group| self.start_of_group(order, group);
        // What is one text is that text, and begins with nothing longer.
        let is_below =
            |text: &str| if wanted.is_whole() { text == start } else { direction.begins(text, start) };
        let range = |from: usize, length: usize| from..from + length;
        let from = order.wholes.partition_point(|at| direction.compare(whole_at(at), start).is_lt());
        let rest = order.wholes.get(from..).unwrap_or_default();
        let wholes = range(from, rest.partition_point(|at| is_below(whole_at(at))));
        let from = order.groups.partition_point(|group| direction.compare(group_at(group), start).is_lt());
        let rest = order.groups.get(from..).unwrap_or_default();
        let below = range(from, rest.partition_point(|group| is_below(group_at(group))));
        let above = self.find_above(order, from.checked_sub(1), start);
        let first = order.groups.get(below.start).map_or(0, |group| group.entries.start);
        let last = below.end.checked_sub(1).and_then(|at| order.groups.get(at));
        let between = if below.is_empty() { 0 } else { last.map_or(0, |group| group.entries.end) - first };
        let count = wholes.len() + between + order.depth(above);
        Selection { wholes, above, below, count }
    }

    /// This group or the first of its parents whose beginning is one of the text.
    fn find_above(&self, order: &Order, mut at: Option<usize>, text: &str) -> Option<usize> {
        while let Some(group) = at.and_then(|at| order.groups.get(at)) {
            if order.direction.begins(text, self.start_of_group(order, group)) {
                break;
            }
            at = group.parent;
        }
        at
    }

    fn start_of_group(&self, order: &Order, group: &Group) -> &str {
        let first = order.open.get(group.entries.start);
        first.map(|at| start_of(&self.open, *at, order.direction)).unwrap_or_default()
    }
}

impl Order {
    /// How many entries stand in a group and all its parents.
    fn depth(&self, at: Option<usize>) -> usize {
        at.and_then(|at| self.groups.get(at)).map_or(0, |group| group.depth)
    }
}

fn start_of(entries: &[Entry], at: usize, direction: Direction) -> &str {
    entries.get(at).map(|entry| entry.affixes.start(direction)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use access_algebra::{Pattern, Strings, Token};

    use super::{Affixes, PatternIndex};

    /// Patterns of up to two texts and what stands between them.
    fn list_patterns() -> Vec<Pattern> {
        let texts = ["", "a", "A", "ab", "b/", "b/a", "ba", "aba", "\u{212a}", "k", "aé", "éa"];
        let mut patterns = Vec::new();
        for text in texts {
            patterns.push(Pattern::literal(text));
            patterns.push(Pattern::folded(text));
            for other in texts {
                for between in [Token::Run(None), Token::One(None), Token::Run(Some('/'))] {
                    let ends = [Token::Literal(text.into()), between, Token::Literal(other.into())];
                    patterns.push(Pattern::new(ends));
                }
            }
        }
        patterns.sort();
        patterns.dedup();
        patterns
    }

    #[test]
    fn no_pattern_that_shares_a_string_is_left_out() {
        let patterns = list_patterns();
        let affixes: Vec<Affixes> = patterns.iter().map(Affixes::of_pattern).collect();
        let index: PatternIndex = affixes.iter().cloned().zip(0..).collect();
        let mut left = 0;
        for (pattern, wanted) in patterns.iter().zip(&affixes) {
            let mut found: Vec<usize> = index.find(wanted).collect();
            found.sort_unstable();
            assert!(found.len() <= index.count(wanted));
            let meets = |at: &usize| affixes[*at].may_meet(wanted);
            let expected: Vec<usize> = (0..patterns.len()).filter(meets).collect();
            assert_eq!(found, expected, "{pattern:?}");
            left += found.len();
            let own = Strings::of([pattern.clone()]);
            for (at, other) in patterns.iter().enumerate() {
                assert!(
                    found.binary_search(&at).is_ok() || own.is_disjoint(&Strings::of([other.clone()])),
                    "{other:?} meets {pattern:?}"
                );
            }
        }
        // A pattern that begins and ends in nothing may meet each of them.
        let pairs = patterns.len() * patterns.len();
        assert!(left * 2 < pairs, "an index that leaves {left} of {pairs} is none");
    }

    #[test]
    fn the_other_end_is_asked_where_it_leaves_fewer() {
        let role = |name: usize| {
            let tokens = [
                Token::Literal("role/".into()),
                Token::Run(None),
                Token::Literal(format!("/app-{name}").into()),
            ];
            (Affixes::of_pattern(&Pattern::new(tokens)), name)
        };
        let index: PatternIndex = (0..1_000).map(role).collect();
        let wanted = Affixes::of_text(&"role/service/app-17".into());
        assert_eq!(index.count(&wanted), 1);
        assert_eq!(index.find(&wanted).collect::<Vec<_>>(), [17]);
    }
}
