//! Whole command lines: those in `testdata/cli/*.trycmd`, and every `console` block of the README.
//!
//! `? 1` under a command is its exit code. `TRYCMD=overwrite cargo test --test cli` writes what comes out anew.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a test or a build that fails should stop"
)]

#[test]
fn command_lines_do_what_is_written() {
    trycmd::TestCases::new().env("COLUMNS", "80").case("testdata/cli/*.trycmd").case("README.md");
}

/// Help is read in terminals that are 80 columns wide.
#[test]
fn help_fits_the_terminal() {
    let help = std::fs::read_to_string("testdata/cli/help.trycmd").unwrap();
    let wide = help.lines().find(|line| line.chars().count() > 80);
    assert_eq!(wide, None);
}
