//! Arguments of the commands that packages call when they install the program.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

/// What `completions` takes.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Example:
  countersign completions bash > /etc/bash_completion.d/countersign")]
pub struct CompletionsArgs {
    /// The shell.
    #[arg(value_enum)]
    pub shell: Shell,
}

/// What `man` takes.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Example:
  countersign man /usr/share/man/man1")]
pub struct ManArgs {
    /// The folder to write to: one page for the program, and one a command.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}
