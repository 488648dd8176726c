//! Patterns side by side as one automaton.
//!
//! In go the patterns of several sets, each with the way it treats letters; out come states, the symbols worth
//! trying in a state, and whether a state accepts or can never accept. A state is the sorted list of the positions
//! that are alive in it. Nothing here searches.

use super::fold;
use super::symbol::{Demand, Symbol};
use crate::{Hole, Pattern, Token};

/// How a pattern treats letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Its holes are where the letters come from; nothing else in it takes one.
    Anchor,
    /// A letter is taken by its own hole and by an unbounded run.
    Miss,
    /// Its holes are any run, and a letter may drive it to any later position.
    Meet,
}

/// What stands at a position.
#[derive(Clone, Copy, Debug)]
enum Atom<'a> {
    Char(char),
    Folded(char),
    One(Option<char>),
    Run(Option<char>),
    Hole(&'a Hole),
    /// The end of a pattern.
    End,
}

#[derive(Clone, Copy, Debug)]
struct Position<'a> {
    atom: Atom<'a>,
    mode: Mode,
    set: u32,
    /// Whether the pattern is taken out of its set.
    excluded: bool,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Automaton<'a> {
    positions: Vec<Position<'a>>,
    starts: Vec<u32>,
    demands: Vec<Demand>,
    /// The patterns that lead, and whether some literal tells the cases of a letter apart.
    leaders: Vec<&'a Pattern>,
    tells_cases: bool,
}

/// The positions alive, sorted, without repetition.
pub(super) type State = Box<[u32]>;

/// What a state means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verdict {
    pub(super) accepting: bool,
    /// Nothing that follows can make it accept.
    pub(super) dead: bool,
}

/// What the positions of one set say in a state.
#[derive(Clone, Copy, Default)]
struct Tally {
    included: bool,
    excluded: bool,
    may_include: bool,
    may_exclude: bool,
    always_included: bool,
    always_excluded: bool,
}

/// So many sets are tallied without asking for memory.
const FEW: usize = 8;

impl<'a> Automaton<'a> {
    /// Begins a set; the patterns that follow are its own.
    pub(super) fn open(&mut self, demand: Demand) {
        self.demands.push(demand);
    }

    pub(super) fn include(&mut self, pattern: &'a Pattern, mode: Mode) {
        self.add(pattern, mode, false);
    }

    pub(super) fn exclude(&mut self, pattern: &'a Pattern, mode: Mode) {
        self.add(pattern, mode, true);
    }

    fn add(&mut self, pattern: &'a Pattern, mode: Mode, excluded: bool) {
        let set = index(self.demands.len().saturating_sub(1));
        self.starts.push(index(self.positions.len()));
        if mode == Mode::Anchor {
            self.leaders.push(pattern);
        }
        self.tells_cases |= pattern.tokens().iter().any(|token| match token {
            Token::Literal(text) => text.chars().any(fold::has_case),
            Token::One(stop) | Token::Run(stop) => stop.is_some_and(fold::has_case),
            Token::Folded(_) | Token::Hole(_) => false,
        });
        let mut push = |atom| self.positions.push(Position { atom, mode, set, excluded });
        for token in pattern.tokens() {
            match token {
                Token::Literal(text) => text.chars().for_each(|char| push(Atom::Char(char))),
                Token::Folded(text) => text.chars().for_each(|char| push(Atom::Folded(char))),
                Token::One(stop) => push(Atom::One(*stop)),
                Token::Run(stop) => push(Atom::Run(*stop)),
                Token::Hole(_) if mode == Mode::Meet => push(Atom::Run(None)),
                Token::Hole(hole) => push(Atom::Hole(hole)),
            }
        }
        push(Atom::End);
    }

    fn at(&self, position: u32) -> Option<&Position<'a>> {
        self.positions.get(usize::try_from(position).ok()?)
    }

    /// The first state that matters, and the text that leads to it: what every leading pattern begins with is in
    /// every string that can be found, so that nothing needs to be tried on the way.
    pub(super) fn start(&self) -> (State, Vec<Symbol<'a>>) {
        let prefix: Vec<Symbol<'a>> = self.prefix().chars().map(Symbol::Char).collect();
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
        sorted(&mut alive);
        alive.into_boxed_slice()
    }

    /// What all leading patterns begin with.
    fn prefix(&self) -> &'a str {
        let begins = |pattern: &&'a Pattern| match pattern.tokens().first() {
            Some(Token::Literal(text)) => &**text,
            // The lower case of a letter stands for all its cases where nothing tells them apart.
            Some(Token::Folded(text)) if !self.tells_cases => &**text,
            Some(Token::Folded(_) | Token::One(_) | Token::Run(_) | Token::Hole(_)) | None => "",
        };
        let mut texts = self.leaders.iter().map(begins);
        let first = texts.next().unwrap_or_default();
        texts.fold(first, |shared, text| {
            let same =
                shared.char_indices().zip(text.chars()).take_while(|((_, mine), theirs)| mine == theirs);
            let length = same.last().map_or(0, |((at, char), _)| at + char.len_utf8());
            shared.get(..length).unwrap_or_default()
        })
    }

    /// A position is alive, and so is the next one where this one can spell nothing.
    fn enter(&self, position: u32, alive: &mut Vec<u32>) {
        let mut position = position;
        alive.push(position);
        while self.at(position).is_some_and(|at| matches!(at.atom, Atom::Run(_))) {
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
            let Some(at) = self.at(*position) else { continue };
            match symbol {
                Symbol::Char(char) => self.step_char(*position, at.atom, char, alive),
                Symbol::Letter(hole) => self.step_letter(*position, at, hole, alive),
            }
        }
        sorted(alive);
    }

    fn step_char(&self, position: u32, atom: Atom<'a>, char: char, alive: &mut Vec<u32>) {
        let (taken, stays) = match atom {
            Atom::Char(wanted) => (char == wanted, false),
            Atom::Folded(wanted) => (fold::lower(char) == wanted, false),
            Atom::One(stop) => (stop != Some(char), false),
            Atom::Run(stop) => (stop != Some(char), true),
            Atom::Hole(_) | Atom::End => (false, false),
        };
        if taken {
            self.enter(if stays { position } else { position + 1 }, alive);
        }
    }

    fn step_letter(&self, position: u32, at: &Position<'a>, hole: &Hole, alive: &mut Vec<u32>) {
        match (at.mode, at.atom) {
            (Mode::Anchor | Mode::Miss, Atom::Hole(own)) if own == hole => self.enter(position + 1, alive),
            (Mode::Miss, Atom::Run(None)) => self.enter(position, alive),
            (Mode::Meet, _) => {
                let mut position = position;
                alive.push(position);
                while self.at(position).is_some_and(|at| !matches!(at.atom, Atom::End)) {
                    position += 1;
                    alive.push(position);
                }
            }
            (
                Mode::Anchor | Mode::Miss,
                Atom::Char(_) | Atom::Folded(_) | Atom::One(_) | Atom::Run(_) | Atom::Hole(_) | Atom::End,
            ) => {}
        }
    }

    /// Whether a whole string meets every demand.
    pub(super) fn accepts(&self, text: &[Symbol<'a>]) -> bool {
        self.look(&self.run(text)).accepting
    }

    pub(super) fn look(&self, state: &[u32]) -> Verdict {
        let (mut few, mut many);
        let tallies: &mut [Tally] = if self.demands.len() <= FEW {
            few = [Tally::default(); FEW];
            &mut few
        } else {
            many = vec![Tally::default(); self.demands.len()];
            &mut many
        };
        for position in state {
            let Some(at) = self.at(*position) else { continue };
            let Some(tally) = usize::try_from(at.set).ok().and_then(|set| tallies.get_mut(set)) else {
                continue;
            };
            let ends = matches!(at.atom, Atom::End);
            let forever = matches!(at.atom, Atom::Run(None))
                && self.at(*position + 1).is_some_and(|next| matches!(next.atom, Atom::End));
            if at.excluded {
                tally.excluded |= ends;
                tally.may_exclude = true;
                tally.always_excluded |= forever;
            } else {
                tally.included |= ends;
                tally.may_include = true;
                tally.always_included |= forever;
            }
        }
        let mut verdict = Verdict { accepting: true, dead: false };
        for (tally, demand) in tallies.iter().zip(&self.demands) {
            let member = tally.included && !tally.excluded;
            match demand {
                Demand::Inside => {
                    verdict.accepting &= member;
                    verdict.dead |= !tally.may_include || tally.always_excluded;
                }
                Demand::Outside => {
                    verdict.accepting &= !member;
                    verdict.dead |= tally.always_included && !tally.may_exclude;
                }
            }
        }
        verdict
    }

    /// One symbol of each kind that the state tells apart, the plainest first.
    pub(super) fn alphabet(&self, state: &[u32]) -> Vec<Symbol<'a>> {
        let anchored = self.positions.iter().any(|at| at.mode == Mode::Anchor);
        let leads = |at: &&Position<'a>| at.mode == Mode::Anchor;
        let alive = || state.iter().filter_map(|position| self.at(*position));
        let open =
            !anchored || alive().any(|at| leads(&at) && matches!(at.atom, Atom::One(_) | Atom::Run(_)));
        let told_apart: Vec<char> = exact(alive());
        let mut chars = if open { told_apart.clone() } else { exact(alive().filter(leads)) };
        for at in alive().filter(|at| open || leads(at)) {
            if let Atom::Folded(char) = at.atom {
                let before = chars.len();
                fold::variants(char, &mut chars);
                // The cases of a letter go the same way unless some position asks for one of them.
                if !told_apart.iter().any(|exact| fold::lower(*exact) == char) {
                    chars.truncate(before + 1);
                }
            }
        }
        let other = open.then(|| {
            let mut taken = told_apart;
            let folded =
                alive().filter_map(|at| if let Atom::Folded(char) = at.atom { Some(char) } else { None });
            folded.for_each(|char| fold::variants(char, &mut taken));
            fold::other_than(&taken)
        });
        chars.sort_unstable();
        chars.dedup();
        let mut letters: Vec<Symbol<'a>> = alive().filter(leads).filter_map(|at| letter(at.atom)).collect();
        letters.sort_unstable();
        letters.dedup();
        other.into_iter().chain(chars).map(Symbol::Char).chain(letters).collect()
    }
}

/// The characters that positions ask for or stop at.
fn exact<'p, 'a: 'p>(positions: impl Iterator<Item = &'p Position<'a>>) -> Vec<char> {
    positions
        .filter_map(|at| match at.atom {
            Atom::Char(char) => Some(char),
            Atom::One(stop) | Atom::Run(stop) => stop,
            Atom::Folded(_) | Atom::Hole(_) | Atom::End => None,
        })
        .collect()
}

fn letter<'a>(atom: Atom<'a>) -> Option<Symbol<'a>> {
    match atom {
        Atom::Hole(hole) => Some(Symbol::Letter(hole)),
        Atom::Char(_) | Atom::Folded(_) | Atom::One(_) | Atom::Run(_) | Atom::End => None,
    }
}

fn sorted(alive: &mut Vec<u32>) {
    if !alive.is_sorted_by(|one, next| one < next) {
        alive.sort_unstable();
        alive.dedup();
    }
}

/// Positions are counted in 32 bits: four thousand million of them do not fit the memory anyway.
fn index(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
