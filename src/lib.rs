//! Architecture.

pub mod access;
pub mod hcl;
pub mod json;
pub mod lower;
pub mod plan;
pub mod rules;
pub mod source;
pub mod value;
