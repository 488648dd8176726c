//! What the evaluator gives, against expected sets, laws, and Terraform itself.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "a test that fails should stop and say why"
)]

mod budgets;
mod common;
mod console;
mod files;
mod functions;
mod generator;
mod hide;
mod language;
mod laws;
mod marks;
mod operands;
mod print;
mod provenance;
mod terraform_console;
