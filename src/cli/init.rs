//! Arguments of `init`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::check::PlanArgs;
use super::parse::parse_date;

/// What `init` takes.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Example:
  countersign init tfplan --approver lee --process-owner security
  countersign request tfplan --ticket SEC-1 --reason \"Why it is needed\" \\
    --append approvals/SEC-1.hcl
  countersign check tfplan

What it writes is a proposal: read it, and merge it. It approves nothing of the
plan but what AWS services need of roles.

Exit codes: 0 written, 2 could not be written.")]
pub struct InitArgs {
    /// The plans that the manifest is for.
    #[command(flatten)]
    pub plan: PlanArgs,
    /// The folder to write, which must not be there yet. By default `approvals/` at the root of the repository.
    #[arg(long, value_name = "PATH", env = "COUNTERSIGN_APPROVALS")]
    pub approvals: Option<PathBuf>,
    /// The login of somebody who may approve. Repeatable.
    #[arg(long = "approver", value_name = "LOGIN", required = true)]
    pub approvers: Vec<String>,
    /// The person or team that answers for the process. By default the first approver.
    #[arg(long, value_name = "NAME")]
    pub process_owner: Option<String>,
    /// The person or team that answers for the systems. By default the process owner.
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
    /// By what systems are told apart.
    #[arg(long, value_enum, default_value_t = SystemsArg::Places)]
    pub systems: SystemsArg,
    /// The login of the person who asks for the standing approvals. By default whom the CI service names, else `user.email` of
    /// git.
    #[arg(long, value_name = "LOGIN")]
    pub requester: Option<String>,
    /// The ticket of the standing approvals.
    #[arg(long, value_name = "ID", default_value = "STANDING-1")]
    pub ticket: String,
    /// The day on which the standing approvals begin, UTC. By default today.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub as_of: Option<Date>,
}

/// By what systems are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SystemsArg {
    /// By account, project and the like, where the plan gives access in several.
    Places,
    /// By the modules that the root calls.
    Modules,
}
