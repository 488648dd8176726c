//! Architecture.

pub mod access;
pub mod json;
pub mod lower;
pub mod plan;
pub mod rules;
pub mod value;
