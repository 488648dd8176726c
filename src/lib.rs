//! Architecture.

pub mod access;
pub mod lower;
pub mod value;
