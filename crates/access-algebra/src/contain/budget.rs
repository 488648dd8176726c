//! How much work one question may cost.
//!
//! Takes the cost of each step and returns whether the step may be done. Containment is PSPACE-hard (inclusion of
//! regular expressions with intersection reduces to it), so a policy can always be written that would run for ever. A
//! question that spends its budget is undecided, and names the [`Limit`] that it reached.

use super::passes::Passes;
use crate::Limit;

/// Work that one search may cost, in positions visited by automata and literals given to theories. The dearest of 100,000
/// random pairs cost 48,000 (nothing missing), 153,000 (keys of several kinds) and 5.3 million (variables); with things
/// missing, one of 5,000 cost 16 million. This is two and a half times as much.
const MAX_STATES: u64 = 40_000_000;

/// Branches that one search may take. Each costs at least one question to a theory.
const MAX_BRANCHES: u64 = 200_000;

/// What a state costs beside its positions, for its hash and its allocation; an estimate, in positions.
const STATE_OVERHEAD: u64 = 8;

/// Counts down; once spent it stays so until it is refilled.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    states: u64,
    branches: u64,
    /// The limit that was reached first.
    pub(super) spent: Option<Limit>,
    /// All work so far, over all refills.
    pub(super) work: u64,
    /// The passes that may be used for this question.
    pub(super) passes: Passes,
}

impl Default for Budget {
    fn default() -> Self {
        Self::new(Passes::default())
    }
}

impl Budget {
    /// A full budget for these passes.
    pub(super) fn new(passes: Passes) -> Self {
        Self { states: MAX_STATES, branches: MAX_BRANCHES, spent: None, work: 0, passes }
    }

    /// Allows as much again, for the next pass.
    pub(super) fn refill(&mut self) {
        *self = Self { work: self.work, ..Self::new(self.passes) };
    }

    /// Pays for one state with this many positions; `false` where that is too much.
    pub(super) fn spend_state(&mut self, positions: usize) -> bool {
        let cost = u64::try_from(positions).unwrap_or(u64::MAX).saturating_add(STATE_OVERHEAD);
        self.work = self.work.saturating_add(cost);
        Self::spend(&mut self.states, cost, &mut self.spent, Limit::States)
    }

    /// Counts work that is linear in the question, and so is not limited.
    pub(super) fn count(&mut self, steps: usize) {
        self.work = self.work.saturating_add(u64::try_from(steps).unwrap_or(u64::MAX));
    }

    /// Pays for one branch.
    pub(super) fn spend_branch(&mut self) -> bool {
        Self::spend(&mut self.branches, 1, &mut self.spent, Limit::Branches)
    }

    /// Gives up: the branches nest too deep.
    pub(super) fn exhaust(&mut self) {
        self.spent.get_or_insert(Limit::Branches);
    }

    fn spend(left: &mut u64, cost: u64, spent: &mut Option<Limit>, limit: Limit) -> bool {
        match left.checked_sub(cost) {
            Some(rest) => {
                *left = rest;
                true
            }
            None => {
                *left = 0;
                spent.get_or_insert(limit);
                false
            }
        }
    }
}
