//! Indexes by which approvals are found.
//!
//! Takes patterns, of a grant or an approval, and returns which of many may share a string with one: [`PatternIndex`],
//! made of [`Affixes`]. [`ApprovalIndex`] finds by it the approvals that may speak of a grant. Nothing is decided here.

mod affixes;
mod approval_index;
mod pattern_index;

pub(super) use affixes::Affixes;
pub(super) use approval_index::{ApprovalIndex, Contents, Selection};
pub(super) use pattern_index::PatternIndex;
