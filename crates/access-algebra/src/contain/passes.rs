//! The passes of the procedure, each of which can be switched off.
//!
//! Takes a [`Pass`] and returns the [`Passes`] without it. Every answer stays right with any of them off: a pass only
//! saves work, or decides questions that would be undecided. `tests/ablation.rs` names what each one is for, so that a
//! pass that is for nothing does not stay. Not part of the public interface.

/// One pass of the procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    /// Statement by statement subsumption before any search.
    FastPath,
    /// The partition of planned patterns by their relation to the other statements.
    Partition,
    /// Two examples instead of two searches where a pattern and a set overlap.
    Examples,
    /// Patterns that are required and excluded at once are not required.
    Contradictions,
    /// Patterns that counting characters tells apart from what is required are not required.
    Counting,
    /// A second over-approximation of strings with holes.
    Relaxation,
    /// Whether literals that share policy variables hold together.
    Combination,
    /// Under- and over-approximation of what is missing.
    Approximation,
}

impl Pass {
    /// Every pass.
    pub const ALL: [Self; 8] = [
        Self::FastPath,
        Self::Partition,
        Self::Examples,
        Self::Contradictions,
        Self::Counting,
        Self::Relaxation,
        Self::Combination,
        Self::Approximation,
    ];

    fn bit(self) -> u32 {
        match self {
            Self::FastPath => 1 << 0,
            Self::Partition => 1 << 1,
            Self::Examples => 1 << 2,
            Self::Contradictions => 1 << 3,
            Self::Counting => 1 << 4,
            Self::Relaxation => 1 << 5,
            Self::Combination => 1 << 6,
            Self::Approximation => 1 << 7,
        }
    }
}

/// The passes that are switched on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passes(u32);

impl Default for Passes {
    /// All of them.
    fn default() -> Self {
        Self(u32::MAX)
    }
}

impl Passes {
    /// These passes less one.
    #[must_use]
    pub fn without(self, pass: Pass) -> Self {
        Self(self.0 & !pass.bit())
    }

    /// Whether a pass is switched on.
    pub fn has(self, pass: Pass) -> bool {
        self.0 & pass.bit() != 0
    }
}
