//! Roles that are compared by name, and ranked roles.

use super::{Dialect, Lowered, Side, Terms};

/// The Access of one grant's words.
pub fn lower(_dialect: Dialect, _side: Side, _terms: &Terms) -> Lowered {
    Lowered::default()
}
