//! One module a subcommand. Files, standard streams and the clock are touched here and in [`crate::source`] only.

mod actor;
pub mod apply;
pub mod catalog;
pub mod check;
mod code_owners;
pub mod compare;
pub mod explain;
mod exists_input;
mod formats;
pub mod grants;
pub mod init;
pub mod input;
mod inputs;
mod installation;
mod judging;
mod lines;
pub mod lint;
mod output_file;
mod overwritten;
mod plan_evidence;
pub mod plan_file;
mod plan_stamp;
mod plans;
mod record_file;
mod repository;
pub mod report;
pub mod request;
pub mod review;
pub mod revoke;
mod run_evidence;
mod schema;
pub mod sign;
mod source_files;
pub mod terraform;
mod trusted;
pub mod verify;

use std::io::{self, Write};

use crate::cli::{Cli, Command};
use crate::exists::NotDelivered;
use crate::manifest::TicketsError;
use crate::plan::PlanError;
use crate::record::RecordError;
use crate::report::check::ReadError;
use crate::source::git::GitError;
use crate::source::{Palette, Problem, escape_invisible, render};
use compare::DocumentFailure;
use plan_file::SourcesError;
use terraform::TerraformError;

/// How a run ended. The process's exit code follows from this and from nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: everything was proved.
    Allowed,
    /// 1: something was not.
    Blocked,
    /// 2: it could not be judged.
    Failed,
}

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A file or stream.
    #[error("cannot read `{name}`: {error}")]
    Read {
        /// As the user gave it.
        name: String,
        /// What the system says.
        error: io::Error,
    },
    /// The result could not be written to standard output.
    #[error("cannot write standard output: {error}")]
    Output {
        /// What the system says.
        error: io::Error,
    },
    /// The result could not be written to a file.
    #[error("cannot write `{name}`: {error}")]
    Write {
        /// The file.
        name: String,
        /// What the system says.
        error: io::Error,
    },
    /// An input is no plan that can be judged.
    #[error("`{name}`: {error}")]
    Plan {
        /// As the user gave it.
        name: String,
        /// Why.
        error: PlanError,
    },
    /// An input of `verify` is not taken for what exists.
    #[error("`{name}`: {error}")]
    Delivered {
        /// As the user gave it.
        name: String,
        /// Why not.
        error: NotDelivered,
    },
    /// An input is no document that can be compared.
    #[error("cannot compare `{name}`: {error}")]
    Document {
        /// As the user gave it.
        name: String,
        /// Why.
        error: DocumentFailure,
    },
    /// An input is no report of an earlier check.
    #[error("`{name}`: {error}")]
    Report {
        /// As the user gave it.
        name: String,
        /// Why.
        error: ReadError,
    },
    /// A plan file gives no sources.
    #[error("`{name}`: {error}")]
    Sources {
        /// As the user gave it.
        name: String,
        /// Why.
        error: SourcesError,
    },
    /// Terraform, which reads plan files and applies them.
    #[error("`{name}`: {error}")]
    Terraform {
        /// The plan file.
        name: String,
        /// Why.
        error: TerraformError,
    },
    /// A file beside the sources is not as it was for the judgement when Terraform is to read it again.
    #[error("`{name}` is not as it was when the plan was judged, and Terraform would read it again")]
    Changed {
        /// The file.
        name: String,
    },
    /// What a ref or a commit holds.
    #[error("`{name}`: {error}")]
    Git {
        /// The ref or the commit, as the user named it.
        name: String,
        /// Why.
        error: GitError,
    },
    /// The manifest or a rule pack.
    #[error("{message}")]
    Problems {
        /// What can't be used.
        message: String,
        /// Everything that is wrong.
        problems: Vec<Problem>,
    },
    /// A catalogue, or what one is made from.
    #[error("`{name}`: {message}")]
    Catalog {
        /// The file.
        name: String,
        /// What is wrong and where.
        message: String,
    },
    /// A file that is to be a record of an earlier check.
    #[error("`{name}`: {error}")]
    Record {
        /// The file.
        name: String,
        /// What is wrong.
        error: RecordError,
    },
    /// A file that is to be an export of tickets.
    #[error("`{name}`: {error}")]
    Tickets {
        /// The file.
        name: String,
        /// What is wrong.
        error: TicketsError,
    },
    /// What was asked for is not there.
    #[error("{message}")]
    Missing {
        /// What.
        message: String,
        /// What to do.
        help: String,
    },
}

impl Failure {
    /// Standard output could not be written.
    pub(super) fn unwritten(error: io::Error) -> Self {
        Self::Output { error }
    }

    /// Whether standard output was closed before all was written, as by `head`.
    pub fn is_unread(&self) -> bool {
        matches!(self, Self::Output { error } if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// What to do about it.
    pub(super) fn help(&self) -> Option<&str> {
        match self {
            Self::Plan { error: PlanError::NotAPlan(kind), .. } => Some(kind.help()),
            Self::Delivered { error, .. } => Some(error.help()),
            Self::Missing { help, .. } => Some(help.as_str()),
            Self::Terraform { error, .. } => Some(error.help()),
            Self::Git { error, .. } => Some(error.help()),
            Self::Tickets { .. } => Some("write one ticket a line; docs/tickets.md has the commands"),
            Self::Record { .. } => Some("pass the file that `countersign check --record` wrote"),
            Self::Document { .. } => Some("pass the document itself, as JSON in UTF-8"),
            Self::Report { .. } => Some("write one by `countersign check --output json=FILE`"),
            Self::Changed { .. } => Some("plan again, and apply that plan"),
            Self::Sources { .. } => Some("pass the unencrypted file that `terraform plan -out tfplan` wrote"),
            Self::Plan { .. }
            | Self::Read { .. }
            | Self::Output { .. }
            | Self::Write { .. }
            | Self::Problems { .. }
            | Self::Catalog { .. } => None,
        }
    }

    /// Writes the failure for people.
    ///
    /// # Errors
    ///
    /// What the writer could not take.
    pub fn write(&self, palette: Palette, out: &mut dyn Write) -> io::Result<()> {
        if let Self::Problems { problems, .. } = self {
            out.write_all(render(problems, palette).as_bytes())?;
        }
        writeln!(out, "countersign: {}", escape_invisible(&self.to_string()))?;
        match self.help() {
            Some(help) => writeln!(out, "  help: {help}"),
            None => Ok(()),
        }
    }
}

/// Runs what was asked for; the report goes to `out`.
///
/// # Errors
///
/// Why it could not be done.
pub fn run(cli: &Cli, out: &mut dyn Write) -> Result<Exit, Failure> {
    match &cli.command {
        Command::Check(args) => check::run(args, out),
        Command::Apply(args) => apply::run(args, out),
        Command::Verify(args) => verify::run(args, out),
        Command::Compare(args) => compare::run(args, out),
        Command::Report(args) => report::run(args, out),
        Command::Completions(args) => installation::write_completions(args, out),
        Command::Man(args) => installation::write_pages(args),
        Command::Explain(args) => explain::run(args, out),
        Command::Grants(args) => grants::run(args, out),
        Command::Request(args) => request::run(args, out),
        Command::Init(args) => init::run(args, out),
        Command::Catalog(command) => catalog::run(command, out),
        Command::Lint(args) => lint::run(args, cli.color, out),
        Command::Review(args) => review::run(args, out),
        Command::Revoke(args) => revoke::run(args, out),
        Command::Sign(args) => sign::run(args, out),
    }
}
