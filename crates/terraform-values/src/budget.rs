//! How much work one evaluation may be.

use std::cell::Cell;

/// Expressions within expressions, through every reference that is followed: a bound for the stack. Public modules
/// stay below 60; 200 levels need about a megabyte of stack in a build without optimization.
pub const MAX_DEPTH: usize = 200;

/// Steps of one evaluation: expressions that are evaluated and values that are copied. The largest policy document of a
/// public module takes some ten thousand.
pub const MAX_STEPS: usize = 500_000;

/// What is left of the work that one evaluation may be. What exceeds it is anything.
#[derive(Debug)]
pub struct Budget {
    steps: Cell<usize>,
    depth: Cell<usize>,
}

impl Default for Budget {
    fn default() -> Self {
        Self { steps: Cell::new(MAX_STEPS), depth: Cell::new(MAX_DEPTH) }
    }
}

impl Budget {
    /// So many steps.
    pub fn of_steps(steps: usize) -> Self {
        Self { steps: Cell::new(steps), ..Self::default() }
    }

    /// Takes so many steps. `false` where they are not left.
    pub fn spend(&self, steps: usize) -> bool {
        let left = self.steps.get().checked_sub(steps);
        self.steps.set(left.unwrap_or_default());
        left.is_some()
    }

    /// Runs something one level deeper. `None` where there is no such level, or no step left.
    pub fn deeper<T>(&self, run: impl FnOnce() -> T) -> Option<T> {
        let left = self.depth.get().checked_sub(1)?;
        if !self.spend(1) {
            return None;
        }
        self.depth.set(left);
        let result = run();
        self.depth.set(left + 1);
        Some(result)
    }
}
