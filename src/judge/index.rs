//! Indexes by which approvals are found.
//!
//! Takes patterns, of a grant or an approval, and returns which of many may share a string with one: [`PatternIndex`],
//! made of [`Affixes`]. [`ApprovalIndex`] finds by it the approvals that may speak of a grant, and the part of a
//! large approval that does; [`SystemIndex`] the system in which a place lies. No grant is decided here.

mod affixes;
mod approval_index;
mod focus;
mod pattern_index;
mod system_index;

pub(super) use affixes::Affixes;
pub(super) use approval_index::{ApprovalIndex, Contents, Selection};
pub(super) use pattern_index::PatternIndex;
pub(super) use system_index::SystemIndex;
