//! Architecture.

pub mod access;
pub mod approvals;
pub mod authority;
pub mod commands;
pub mod finding;
pub mod grants;
pub mod hcl;
pub mod json;
pub mod lower;
pub mod plan;
pub mod rules;
pub mod source;
pub mod value;
