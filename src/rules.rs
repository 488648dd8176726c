//! rules
pub mod evaluate;
pub mod expression;
pub mod functions;
pub mod term;
