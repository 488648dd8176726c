//! The most that may be approved under an authority.
//!
//! Whether an approval lies within it is [`crate::authority`]'s question.

use super::granted::ApprovedGrants;
use crate::source::Place;

/// The most that may be approved.
#[derive(Clone, Debug)]
pub struct Ceiling {
    /// The access, in all places that the ceiling lists.
    pub grants: ApprovedGrants,
    /// The kinds of runs.
    pub runs: Vec<String>,
    /// The block's heading.
    pub place: Place,
}
