//! What the core returns, in words for people.
//!
//! Takes a variant, such as an [`AlarmCause`](crate::plan::AlarmCause), and returns one lower-case sentence without a
//! full stop. The core holds variants and never these sentences; the manifest's problems and the reports use them.
//!
//! Foreign text stands in backticks and is escaped where it is written out, not here.

mod alarm;
mod assumption;
mod delivery;
mod document;
mod left_out;
mod reason;
mod suspicion;

pub use alarm::describe_alarm;
pub use assumption::describe_assumption;
pub use delivery::{describe_coverage, describe_not_seen};
pub use left_out::describe_left_out;
pub use reason::{describe_reason, describe_shown_reason};
pub use suspicion::describe_suspicion;
