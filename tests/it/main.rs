//! All integration tests, in one binary: a module is a subject.
//!
//! `UPDATE=1 cargo test --test it` writes every expected output anew, to be read in the diff.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "a test that fails should stop and say why"
)]

mod agreement;
mod algebra_cases;
mod architecture;
mod authority_laws;
mod azure_conditions;
mod azure_patterns;
mod bypasses;
mod catalog;
mod ci_commands;
mod cli;
mod closed_blocks;
mod compare;
mod configured;
mod console;
mod coverage;
mod data_sources;
mod definitions;
mod documents;
mod doors;
mod drift;
mod end_to_end;
mod escalation;
mod exceptions;
mod facts;
mod finding_cases;
mod federated;
mod findings;
mod formats;
mod first_hour;
mod first_use;
mod fuzz_corpus;
mod google_conditions;
mod google_names;
mod hidden;
mod hostile;
mod identities;
mod installation;
mod jsonl;
mod lint;
mod lint_mistakes;
mod locate;
mod lowering;
mod lowering_laws;
mod names;
mod near;
mod old_plans;
mod owners;
#[cfg(unix)]
mod packs;
mod random;
mod readme;
#[cfg(unix)]
mod record;
mod reality;
mod reasons;
mod references;
mod resolve;
mod review;
mod report;
mod request;
mod rules;
mod runs;
mod schema;
#[cfg(unix)]
mod scratch_repository;
mod secrets;
mod selection;
#[cfg(unix)]
mod signatures;
mod sites;
mod sources;
mod subjects;
#[path = "../../crates/terraform-values/tests/it/terraform_console.rs"]
mod terraform_console;
mod tickets;
#[cfg(unix)]
mod trust;
mod types;
mod unknown_parts;
mod unlisted_attributes;
mod updates;
mod verify;
mod witness;
mod witness_form;

/// Whether expected outputs are to be written anew instead of compared.
fn is_updating() -> bool {
    std::env::var_os("UPDATE").is_some()
}
