//! Patterns of several sets as one nondeterministic automaton.
//!
//! Takes the patterns of several sets, each with the way it treats placeholders, and returns states, the symbols worth
//! trying in a state, and whether a state accepts or can never accept. A state is the sorted list of the positions that
//! are alive in it (the subset construction). Nothing here searches.

use super::element::{
    Element, ElementPosition, HoleMode, as_placeholder, is_run, list_exact_chars, may_take_word_char,
};
use super::fold;
use super::symbol::{Membership, Symbol};
use crate::{Hole, HoleShape, Pattern, Token};

#[derive(Clone, Debug, Default)]
pub(super) struct Automaton<'a> {
    positions: Vec<ElementPosition<'a>>,
    starts: Vec<u32>,
    requirements: Vec<Membership>,
    /// The patterns of the generator, and whether some literal tells the cases of a letter apart.
    generators: Vec<&'a Pattern>,
    is_case_sensitive: bool,
    /// The characters that are tried; all where there is none. With a letter it has both its cases.
    alphabet: Option<&'static str>,
}

/// The positions alive, sorted, without repetition.
pub(super) type State = Box<[u32]>;

/// What a state means.
#[derive(Clone, Copy, Debug)]
pub(super) struct StateKind {
    pub(super) is_accepting: bool,
    /// Nothing that follows can make it accept.
    pub(super) is_dead: bool,
}

/// What the positions of one set say in a state.
#[derive(Clone, Copy, Default)]
struct Tally {
    included: bool,
    excluded: bool,
    can_include: bool,
    can_exclude: bool,
    always_included: bool,
    always_excluded: bool,
}

/// Number of sets whose tallies are kept on the stack; more sets than this cost one allocation for each state and
/// nothing else.
const INLINE_SETS: usize = 8;

impl<'a> Automaton<'a> {
    /// Begins a set; the patterns that follow are its own.
    pub(super) fn begin_set(&mut self, membership: Membership) {
        self.requirements.push(membership);
    }

    pub(super) fn include(&mut self, pattern: &'a Pattern, mode: HoleMode) {
        self.add(pattern, mode, false);
    }

    pub(super) fn exclude(&mut self, pattern: &'a Pattern, mode: HoleMode) {
        self.add(pattern, mode, true);
    }

    /// Tries no other characters than these.
    pub(super) fn limit_to(&mut self, alphabet: &'static str) {
        self.alphabet = Some(alphabet);
    }

    fn add(&mut self, pattern: &'a Pattern, mode: HoleMode, excluded: bool) {
        let set = to_position(self.requirements.len().saturating_sub(1));
        self.starts.push(to_position(self.positions.len()));
        if mode == HoleMode::Generate {
            self.generators.push(pattern);
        }
        self.is_case_sensitive |= pattern.tokens().iter().any(|token| match token {
            Token::Literal(text) => text.chars().any(fold::has_case),
            Token::One(stop) | Token::Run(stop) => stop.is_some_and(fold::has_case),
            Token::Folded(_) | Token::Hole(_) => false,
        });
        let mut push = |element| self.positions.push(ElementPosition { element, mode, set, excluded });
        for token in pattern.tokens() {
            match token {
                Token::Literal(text) => text.chars().for_each(|char| push(Element::Char(char))),
                Token::Folded(text) => text.chars().for_each(|char| push(Element::Folded(char))),
                Token::One(stop) => push(Element::One(*stop)),
                Token::Run(stop) => push(Element::Run(*stop)),
                Token::Hole(hole) if mode == HoleMode::Over && hole.is_word() => {
                    push(Element::WordChar);
                    push(Element::WordRun);
                }
                Token::Hole(_) if mode == HoleMode::Over => push(Element::Run(None)),
                Token::Hole(hole) => push(Element::Hole(hole)),
            }
        }
        push(Element::End);
    }

    fn get(&self, position: u32) -> Option<&ElementPosition<'a>> {
        self.positions.get(usize::try_from(position).ok()?)
    }

    /// The first state that matters, and the text that leads to it. Every string that can be found begins with what
    /// every pattern of the generator begins with, so nothing else needs to be tried on the way.
    pub(super) fn start(&self) -> (State, Vec<Symbol<'a>>) {
        let prefix = if self.alphabet.is_none() { self.find_common_prefix() } else { "" };
        let prefix: Vec<Symbol<'a>> = prefix.chars().map(Symbol::Char).collect();
        (self.run(&prefix), prefix)
    }

    /// The state after a text.
    fn run(&self, text: &[Symbol<'a>]) -> State {
        let (mut alive, mut next) = (Vec::with_capacity(self.starts.len()), Vec::new());
        for start in &self.starts {
            self.enter(*start, &mut alive);
        }
        for symbol in text {
            self.step_into(&alive, *symbol, &mut next);
            std::mem::swap(&mut alive, &mut next);
        }
        sort_positions(&mut alive);
        alive.into_boxed_slice()
    }

    /// The text that all patterns of the generator begin with.
    fn find_common_prefix(&self) -> &'a str {
        let begins = |pattern: &&'a Pattern| match pattern.tokens().first() {
            Some(Token::Literal(text)) => &**text,
            // The lower case of a letter stands for all its cases where nothing tells them apart.
            Some(Token::Folded(text)) if !self.is_case_sensitive => &**text,
            Some(Token::Folded(_) | Token::One(_) | Token::Run(_) | Token::Hole(_)) | None => "",
        };
        let mut texts = self.generators.iter().map(begins);
        let first = texts.next().unwrap_or_default();
        texts.fold(first, |shared, text| {
            let same =
                shared.char_indices().zip(text.chars()).take_while(|((_, mine), theirs)| mine == theirs);
            let length = same.last().map_or(0, |((at, char), _)| at + char.len_utf8());
            shared.get(..length).unwrap_or_default()
        })
    }

    /// Makes a position alive, and the next one too where this one matches the empty string.
    fn enter(&self, position: u32, alive: &mut Vec<u32>) {
        let mut position = position;
        alive.push(position);
        while self.get(position).is_some_and(|at| is_run(at.element)) {
            position += 1;
            alive.push(position);
        }
    }

    pub(super) fn step(&self, state: &[u32], symbol: Symbol<'a>) -> State {
        let mut alive = Vec::with_capacity(state.len());
        self.step_into(state, symbol, &mut alive);
        alive.into_boxed_slice()
    }

    fn step_into(&self, state: &[u32], symbol: Symbol<'a>, alive: &mut Vec<u32>) {
        alive.clear();
        for position in state {
            let Some(at) = self.get(*position) else { continue };
            match symbol {
                Symbol::Char(char) => self.step_char(*position, at.element, char, alive),
                Symbol::Placeholder(hole) => self.step_placeholder(*position, at, hole, alive),
            }
        }
        sort_positions(alive);
    }

    fn step_char(&self, position: u32, element: Element<'a>, char: char, alive: &mut Vec<u32>) {
        let (taken, stays) = match element {
            Element::Char(wanted) => (char == wanted, false),
            Element::Folded(wanted) => (fold::to_lower(char) == wanted, false),
            Element::One(stop) => (stop != Some(char), false),
            Element::Run(stop) => (stop != Some(char), true),
            Element::WordChar => (HoleShape::is_word_char(char), false),
            Element::WordRun => (HoleShape::is_word_char(char), true),
            Element::Hole(_) | Element::End => (false, false),
        };
        if taken {
            self.enter(if stays { position } else { position + 1 }, alive);
        }
    }

    fn step_placeholder(&self, position: u32, at: &ElementPosition<'a>, hole: &Hole, alive: &mut Vec<u32>) {
        match (at.mode, at.element) {
            (HoleMode::Generate | HoleMode::Under, Element::Hole(own)) if own == hole => {
                self.enter(position + 1, alive)
            }
            (HoleMode::Under, Element::Run(None)) => self.enter(position, alive),
            (HoleMode::Under, Element::Run(Some(stop)))
                if hole.is_word() && !HoleShape::is_word_char(stop) =>
            {
                self.enter(position, alive);
            }
            (HoleMode::Over, _) if hole.is_word() => self.step_word(position, alive),
            (HoleMode::Over, _) => {
                let mut position = position;
                alive.push(position);
                while self.get(position).is_some_and(|at| !matches!(at.element, Element::End)) {
                    position += 1;
                    alive.push(position);
                }
            }
            (
                HoleMode::Generate | HoleMode::Under,
                Element::Char(_)
                | Element::Folded(_)
                | Element::One(_)
                | Element::Run(_)
                | Element::WordChar
                | Element::WordRun
                | Element::Hole(_)
                | Element::End,
            ) => {}
        }
    }

    /// Makes the positions alive that some word leads to. They lie together: each leads to itself or to the next.
    fn step_word(&self, position: u32, alive: &mut Vec<u32>) {
        let mut position = position;
        if self.get(position).is_some_and(|at| is_run(at.element)) {
            alive.push(position);
        }
        while self.get(position).is_some_and(|at| may_take_word_char(at.element)) {
            position += 1;
            alive.push(position);
        }
    }

    /// Whether a whole string satisfies every requirement.
    pub(super) fn accepts(&self, text: &[Symbol<'a>]) -> bool {
        self.classify(&self.run(text)).is_accepting
    }

    pub(super) fn classify(&self, state: &[u32]) -> StateKind {
        let (mut few, mut many);
        let tallies: &mut [Tally] = if self.requirements.len() <= INLINE_SETS {
            few = [Tally::default(); INLINE_SETS];
            &mut few
        } else {
            many = vec![Tally::default(); self.requirements.len()];
            &mut many
        };
        for position in state {
            let Some(at) = self.get(*position) else { continue };
            let Some(tally) = usize::try_from(at.set).ok().and_then(|set| tallies.get_mut(set)) else {
                continue;
            };
            let ends = matches!(at.element, Element::End);
            let forever = matches!(at.element, Element::Run(None))
                && self.get(*position + 1).is_some_and(|next| matches!(next.element, Element::End));
            if at.excluded {
                tally.excluded |= ends;
                tally.can_exclude = true;
                tally.always_excluded |= forever;
            } else {
                tally.included |= ends;
                tally.can_include = true;
                tally.always_included |= forever;
            }
        }
        let mut kind = StateKind { is_accepting: true, is_dead: false };
        for (tally, membership) in tallies.iter().zip(&self.requirements) {
            let member = tally.included && !tally.excluded;
            match membership {
                Membership::Inside => {
                    kind.is_accepting &= member;
                    kind.is_dead |= !tally.can_include || tally.always_excluded;
                }
                Membership::Outside => {
                    kind.is_accepting &= !member;
                    kind.is_dead |= tally.always_included && !tally.can_exclude;
                }
            }
        }
        kind
    }

    /// One symbol of each class that the state tells apart, the plainest first. Of a class with characters of words, one
    /// of those: only over-approximated patterns tell them from others, and what such a pattern matches besides never
    /// makes a state worse.
    pub(super) fn list_symbols(&self, state: &[u32]) -> Vec<Symbol<'a>> {
        let anchored = self.positions.iter().any(|at| at.mode == HoleMode::Generate);
        let generates = |at: &&ElementPosition<'a>| at.mode == HoleMode::Generate;
        let alive = || state.iter().filter_map(|position| self.get(*position));
        let open = !anchored
            || alive().any(|at| generates(&at) && matches!(at.element, Element::One(_) | Element::Run(_)));
        let distinguished: Vec<char> = list_exact_chars(alive());
        let mut chars =
            if open { distinguished.clone() } else { list_exact_chars(alive().filter(generates)) };
        for at in alive().filter(|at| open || generates(at)) {
            if let Element::Folded(char) = at.element {
                let before = chars.len();
                fold::push_cases(char, &mut chars);
                // The cases of a letter go the same way unless some position asks for one of them.
                if !distinguished.iter().any(|exact| fold::to_lower(*exact) == char) {
                    chars.truncate(before + 1);
                }
            }
        }
        let other = open.then(|| {
            let mut taken = distinguished;
            let folded = alive()
                .filter_map(|at| if let Element::Folded(char) = at.element { Some(char) } else { None });
            folded.for_each(|char| fold::push_cases(char, &mut taken));
            match self.alphabet {
                Some(alphabet) => {
                    let free = || alphabet.chars().filter(|char| !taken.contains(char));
                    free().find(|char| HoleShape::is_word_char(*char)).or_else(|| free().next())
                }
                None => Some(fold::pick_other_than(&taken)),
            }
        });
        chars.retain(|char| self.alphabet.is_none_or(|alphabet| alphabet.contains(*char)));
        chars.sort_unstable();
        chars.dedup();
        let mut placeholders: Vec<Symbol<'a>> =
            alive().filter(generates).filter_map(|at| as_placeholder(at.element)).collect();
        placeholders.sort_unstable();
        placeholders.dedup();
        other.flatten().into_iter().chain(chars).map(Symbol::Char).chain(placeholders).collect()
    }
}

fn sort_positions(alive: &mut Vec<u32>) {
    if !alive.is_sorted_by(|one, next| one < next) {
        alive.sort_unstable();
        alive.dedup();
    }
}

/// Positions are 32-bit numbers: four thousand million of them do not fit in memory anyway.
fn to_position(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
