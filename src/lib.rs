//! Architecture.

pub mod access;
pub mod approvals;
pub mod authority;
pub mod cli;
pub mod commands;
pub mod finding;
pub mod grants;
pub mod hcl;
pub mod json;
pub mod judge;
pub mod lower;
pub mod plan;
pub mod report;
pub mod rules;
pub mod source;
pub mod value;
