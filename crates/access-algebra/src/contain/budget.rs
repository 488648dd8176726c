//! How much work one question may cost.
//!
//! Deciding containment is PSPACE-hard in general, so a policy can always be written that would run for ever. A
//! question that spends its budget is undecided, and says which budget it was.

use crate::Limit;

/// Counts down; once empty it stays so.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    /// Positions visited by automata, and questions put to the theories.
    states: u64,
    /// Ways tried to escape a statement.
    branches: u64,
    /// What ran out first.
    pub(super) spent: Option<Limit>,
}

impl Default for Budget {
    fn default() -> Self {
        Self { states: 40_000_000, branches: 200_000, spent: None }
    }
}

impl Budget {
    /// Pays for one state of so many positions; `false` where that is too much.
    pub(super) fn spend_state(&mut self, positions: usize) -> bool {
        let cost = u64::try_from(positions).unwrap_or(u64::MAX).saturating_add(8);
        Self::spend(&mut self.states, cost, &mut self.spent, Limit::States)
    }

    /// Pays for one branch.
    pub(super) fn spend_branch(&mut self) -> bool {
        Self::spend(&mut self.branches, 1, &mut self.spent, Limit::Branches)
    }

    /// Gives up: the choices nest too deep.
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
