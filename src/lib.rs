//! Architecture.

pub mod access;
pub mod approvals;
pub mod authority;
pub mod commands;
pub mod hcl;
pub mod lower;
pub mod source;
pub mod value;
