//! The meaning of aws documents.

use super::{Lowered, Side, Terms};

/// The Access of one grant's words.
pub fn lower(_side: Side, _terms: &Terms) -> Lowered {
    Lowered::default()
}
