//! Arguments of `verify`.

use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;

use super::check::{CheckFormat, parse_output};
use super::parse::{parse_date, parse_fact, parse_time};
use crate::plan::ByteSize;

/// What `verify` takes.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Example:
  terraform plan -refresh-only -out ro.tfplan
  countersign verify ro.tfplan

Inputs, recognised by their content:
  a plan file or plan JSON; `-refresh-only` reads the objects anew
  terraform show -json, and raw state files (version 4)

Exit codes: 0 all access is as approved, 1 some is not (undecided is not), 2
could not be judged.")]
pub struct VerifyArgs {
    /// What says which access exists: a plan or a state; `-` for standard input. Several are judged one by one.
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// The manifest: a file, or a folder of `*.hcl`. By default `approvals/` at the root of the repository.
    #[arg(long, value_name = "PATH", env = "COUNTERSIGN_APPROVALS")]
    pub approvals: Option<PathBuf>,
    /// The branch, or the commit by all of its digits, that decisions are read from. By default the work tree.
    #[arg(long, value_name = "REF", env = "COUNTERSIGN_TRUST_REF", allow_hyphen_values = true)]
    pub trust_ref: Option<String>,
    /// When the exports were made, RFC 3339, for inputs that do not say it.
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    pub exported_at: Option<Timestamp>,
    /// The date on which approvals are judged, UTC. By default that of the clock.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub as_of: Option<Date>,
    /// The time of the judgement, RFC 3339. By default that of the system.
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    pub now: Option<Timestamp>,
    /// A fact that the inputs do not contain, such as `aws.account=111122223333`.
    #[arg(long = "fact", value_name = "NAME=VALUE", value_parser = parse_fact)]
    pub facts: Vec<(String, String)>,
    /// A folder of rule packs, which take precedence over the built-in ones.
    #[arg(long, value_name = "DIR")]
    pub rules: Vec<PathBuf>,
    /// What roles contain, from `countersign catalog build`. By default `catalog.jsonl` beside the approvals.
    #[arg(long, value_name = "FILE", env = "COUNTERSIGN_CATALOG")]
    pub catalog: Option<PathBuf>,
    /// The Terraform or OpenTofu that reads a plan file. By default the first in an absolute folder of PATH.
    #[arg(long, value_name = "PROGRAM", env = "COUNTERSIGN_TERRAFORM")]
    pub terraform: Option<PathBuf>,
    /// How large an input may be, as a number of bytes or with `KiB`, `MiB` or `GiB`. It is held in memory as a whole.
    #[arg(long, value_name = "SIZE", default_value = "1GiB")]
    pub max_input_size: ByteSize,
    /// The format of the result on standard output; `json` is `countersign/verify-v1`.
    #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
    pub format: CheckFormat,
    /// Write the result also to a file, in this format. Repeatable.
    #[arg(long, value_name = "FORMAT=PATH", value_parser = parse_output)]
    pub output: Vec<(CheckFormat, PathBuf)>,
    /// List also what a cloud's provider owns, which is set aside.
    #[arg(long)]
    pub all: bool,
    /// Print only what is not as approved.
    #[arg(long, short)]
    pub quiet: bool,
}
