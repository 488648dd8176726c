//! Arguments of `request`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::check::JudgeArgs;

/// What `request` takes.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Example:
  countersign request tfplan --ticket SEC-1 --reason \"Monthly revenue report\" \\
    --append approvals/SEC-1.hcl
  countersign check tfplan

The draft names the approvers whom the authority demands. It counts for
nothing before it lies where decisions are read from: have them review it.

Exit codes: 0 drafted, 2 could not draft.")]
pub struct RequestArgs {
    /// What is asked for, and who may decide.
    #[command(flatten)]
    pub judge: JudgeArgs,
    /// The ticket. By default `TICKET-1`, which has to be replaced.
    #[arg(long, value_name = "ID", default_value = "TICKET-1")]
    pub ticket: String,
    /// Why the access is needed. By default `TODO`, which blocks as `REQUEST_INCOMPLETE` until somebody says why.
    #[arg(long, value_name = "TEXT", default_value = "TODO")]
    pub reason: String,
    /// The login of the person who asks. By default whom the CI service names, else `user.email` of git.
    #[arg(long, value_name = "LOGIN")]
    pub requester: Option<String>,
    /// For how many days, if the authority allows that many.
    #[arg(long, value_name = "DAYS", default_value_t = 90, value_parser = clap::value_parser!(u16).range(1..))]
    pub days: u16,
    /// Append the draft to this file instead of writing it to standard output. Markdown is not appended.
    #[arg(long, value_name = "FILE")]
    pub append: Option<PathBuf>,
    /// The format of the draft.
    #[arg(long, value_enum, default_value_t = RequestFormat::Hcl)]
    pub format: RequestFormat,
}

/// The format of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RequestFormat {
    /// For the manifest.
    Hcl,
    /// For a ticket or a pull request.
    Markdown,
}
