//! `completions` and `man`: what packages install beside the program, made of the very definition of the command line.

use std::io::Write;

use clap::CommandFactory as _;

use super::{Exit, Failure};
use crate::cli::{Cli, CompletionsArgs, ManArgs};

const NAME: &str = "countersign";

/// Writes completions for a shell.
///
/// # Errors
///
/// What the writer could not take.
pub(super) fn write_completions(args: &CompletionsArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    // The generator ends the process where it cannot write, so it writes to memory.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), NAME, &mut script);
    out.write_all(&script).map_err(Failure::unwritten)?;
    Ok(Exit::Allowed)
}

/// Writes a manual page for the program and one for each command.
///
/// # Errors
///
/// What the folder could not take.
pub(super) fn write_pages(args: &ManArgs) -> Result<Exit, Failure> {
    let failure = |error| Failure::Write { name: args.folder.display().to_string(), error };
    std::fs::create_dir_all(&args.folder).map_err(failure)?;
    clap_mangen::generate_to(Cli::command(), &args.folder).map_err(failure)?;
    Ok(Exit::Allowed)
}
