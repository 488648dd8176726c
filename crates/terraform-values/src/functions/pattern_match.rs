//! Whether a pattern matches a text with holes: for every filling, for none, or for some.
//!
//! Runs the pattern's automaton over all fillings at once: after each part, the states that some filling reaches without a
//! match so far. Letters beyond ASCII are one byte here, which no class of an ASCII pattern tells apart.

use std::collections::BTreeSet;

use regex_automata::hybrid::LazyStateID;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input, MatchKind};

use crate::value::hole::HoleShape;
use crate::value::text::{Text, TextBuilder, TextPart};

/// Stands for every letter beyond ASCII.
const BEYOND_ASCII: u8 = 0x80;

/// Steps of one run. A pattern of a module and an ARN take some thousand.
const MAX_STEPS: usize = 200_000;

/// Places at which a match is tried one by one. Longer texts keep nothing.
const MAX_PLACES: usize = 512;

/// The automaton of a pattern.
pub(super) struct Automaton {
    automaton: DFA,
}

impl Automaton {
    /// That of a pattern which both engines read alike. `None` where letters beyond ASCII may be told apart.
    pub(super) fn new(pattern: &str) -> Option<Self> {
        // `(?i)k` matches the Kelvin sign, and `\x` may name a letter.
        let has_flags = |group: &str| ![":", "P<", "<"].iter().any(|start| group.starts_with(start));
        if pattern.contains("\\x") || pattern.split("(?").skip(1).any(has_flags) {
            return None;
        }
        let config = DFA::config()
            .match_kind(MatchKind::All)
            .skip_cache_capacity_check(true)
            // States are kept while they are looked at, so the cache may not be cleared.
            .minimum_cache_clear_count(Some(0));
        let automaton = DFA::builder()
            .syntax(syntax::Config::new().unicode(false).utf8(false))
            .thompson(thompson::Config::new().utf8(false))
            .configure(config)
            .build(pattern)
            .ok()?;
        Some(Self { automaton })
    }

    /// Whether there is a match in every filling of the text (`Some(true)`), in none, or in some.
    pub(super) fn matches(&self, text: &Text) -> Option<bool> {
        let mut cache = self.automaton.create_cache();
        let mut run = Run::start(&self.automaton, &mut cache, &Input::new(b""))?;
        text.parts().iter().try_for_each(|part| run.read(part))?;
        run.finish()
    }

    /// The known beginning of a text in which no match of any filling begins, and a hole for the rest.
    pub(super) fn keep_start(&self, text: &Text, words: &str) -> Option<Text> {
        let (first, rest) = text.parts().split_first()?;
        let TextPart::Literal(literal) = first else { return None };
        if literal.len() > MAX_PLACES || !literal.is_ascii() {
            return None;
        }
        let mut cache = self.automaton.create_cache();
        let may_begin = |at: &usize| {
            let input = Input::new(literal.as_bytes()).range(*at..).anchored(Anchored::Yes);
            let never = Run::start(&self.automaton, &mut cache, &input).and_then(|mut run| {
                run.read_bytes(literal.as_bytes().get(*at..)?)?;
                rest.iter().try_for_each(|part| run.read(part))?;
                run.finish()
            });
            never != Some(false)
        };
        let kept = (0..literal.len()).find(may_begin).unwrap_or(literal.len());
        let mut builder = TextBuilder::default();
        builder.push_literal(literal.get(..kept)?);
        builder.push_hole(text.first_hole()?.computed(words, HoleShape::Any));
        Some(builder.build())
    }
}

/// One run over all fillings.
struct Run<'a> {
    automaton: &'a DFA,
    cache: &'a mut Cache,
    /// The states that some filling reaches without a match.
    states: BTreeSet<LazyStateID>,
    /// Whether some filling has a match.
    has_match: bool,
    /// Whether some filling has none, whatever follows.
    lacks_match: bool,
    steps: usize,
}

impl<'a> Run<'a> {
    fn start(automaton: &'a DFA, cache: &'a mut Cache, input: &Input<'_>) -> Option<Self> {
        let states = BTreeSet::from([automaton.start_state_forward(cache, input).ok()?]);
        Some(Self { automaton, cache, states, has_match: false, lacks_match: false, steps: 0 })
    }

    fn read(&mut self, part: &TextPart) -> Option<()> {
        match part {
            TextPart::Literal(literal) => {
                let bytes: Vec<u8> = literal
                    .chars()
                    .map(|letter| u8::try_from(letter).ok().filter(u8::is_ascii).unwrap_or(BEYOND_ASCII))
                    .collect();
                self.read_bytes(&bytes)
            }
            TextPart::Hole(hole) => self.read_hole(hole.shape),
        }
    }

    fn read_bytes(&mut self, bytes: &[u8]) -> Option<()> {
        for byte in bytes {
            self.states = self.step(&self.states.clone(), *byte)?;
        }
        Some(())
    }

    /// The states after any number of letters: of a word at least one.
    fn read_hole(&mut self, shape: HoleShape) -> Option<()> {
        let may_hold = |byte: &u8| match shape {
            HoleShape::Any => true,
            HoleShape::Word => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'),
        };
        let mut reached = match shape {
            HoleShape::Any => self.states.clone(),
            HoleShape::Word => BTreeSet::new(),
        };
        let mut fresh = self.states.clone();
        while !fresh.is_empty() {
            let mut next = BTreeSet::new();
            for byte in (0..=BEYOND_ASCII).filter(may_hold) {
                next.extend(self.step(&fresh, byte)?);
            }
            fresh = next.difference(&reached).copied().collect();
            reached.extend(next);
        }
        self.states = reached;
        Some(())
    }

    /// The states after one more byte, without those of a match.
    fn step(&mut self, states: &BTreeSet<LazyStateID>, byte: u8) -> Option<BTreeSet<LazyStateID>> {
        let mut next = BTreeSet::new();
        for state in states {
            self.steps += 1;
            let after = self.automaton.next_state(self.cache, *state, byte).ok()?;
            if self.steps > MAX_STEPS || after.is_quit() {
                return None;
            }
            match (after.is_match(), after.is_dead()) {
                (true, _) => self.has_match = true,
                (false, true) => self.lacks_match = true,
                (false, false) => {
                    next.insert(after);
                }
            }
        }
        Some(next)
    }

    /// The answer, at the end of the text.
    fn finish(mut self) -> Option<bool> {
        for state in &self.states {
            let end = self.automaton.next_eoi_state(self.cache, *state).ok()?;
            if end.is_match() { self.has_match = true } else { self.lacks_match = true }
        }
        match (self.has_match, self.lacks_match) {
            (true, true) => None,
            (has_match, _) => Some(has_match),
        }
    }
}
