//! Who holds what, under which approval, until when: the rows of an access review.
//!
//! Takes a [`Decisions`](crate::authority::Decisions) and what records say, and returns a [`Population`]: one [`Holding`] for each principal of each
//! grant of each approval, with its state on the day, who looked at it last, and what its reviewer is asked. Every approval
//! of the manifest is in it, whether or not it holds, so that the counts of a [`Population`] add up to its rows.
//!
//! What was delivered is not seen here: a row says what may be held, not what exists.

mod population;
mod state;
mod terms;

pub use population::{Filter, Holding, Population, RecordedUse, RecordedUses};
pub use state::{HoldingState, Suggestion};
pub use terms::{HeldAccess, list_held};
