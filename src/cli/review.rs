//! The arguments of `review` and `revoke`. Nothing is read or decided here.
//!
//! `revoke` asks the same question as `check` twice, so it takes the same of plans and manifest.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::check::JudgeArgs;
use super::parse::parse_date;

/// What `review` takes.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Example:
  countersign review --due 2026-12-31 --format csv > review.csv

Exit codes: 0 listed, 2 could not be read. It judges nothing: `lint` and `check`
say what does not count.")]
pub struct ReviewArgs {
    /// Records of earlier checks, or folders of them: they show which approvals are in use.
    #[arg(value_name = "RECORD")]
    pub records: Vec<PathBuf>,
    /// The manifest: a file, or a folder of `*.hcl`. By default `approvals/` at the root of the repository.
    #[arg(long, value_name = "PATH", env = "COUNTERSIGN_APPROVALS")]
    pub approvals: Option<PathBuf>,
    /// The branch, or the commit by all of its digits, that decisions are read from. By default the work tree.
    #[arg(long, value_name = "REF", env = "COUNTERSIGN_TRUST_REF", allow_hyphen_values = true)]
    pub trust_ref: Option<String>,
    /// The date of the review, UTC. By default today.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub as_of: Option<Date>,
    /// List only what has to be reviewed, or ends, on this day or before.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub due: Option<Date>,
    /// List only what is approved for this system.
    #[arg(long, value_name = "NAME")]
    pub system: Option<String>,
    /// List only what this owner of a system answers for.
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
    /// The format of the list.
    #[arg(long, value_enum, default_value_t = ReviewFormat::Human)]
    pub format: ReviewFormat,
}

/// The format of a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReviewFormat {
    /// For people.
    Human,
    /// For programs: `countersign/review-v1`.
    Json,
    /// For spreadsheets and tools of governance.
    Csv,
    /// The body of an issue.
    Markdown,
    /// One page, for reviewers and auditors.
    Html,
}

impl ReviewFormat {
    /// Whether a long output is for programs, so that it holds no colours.
    pub fn is_for_programs(self) -> bool {
        match self {
            Self::Json | Self::Csv => true,
            Self::Human | Self::Markdown | Self::Html => false,
        }
    }
}

/// What `revoke` takes.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Example:
  terraform plan -out tfplan
  countersign revoke SEC-1 tfplan

Exit codes: 0 nothing rests on the ticket, 1 something does and is listed, 2
could not judge.")]
pub struct RevokeArgs {
    /// The ticket of the approval that is to end.
    #[arg(value_name = "TICKET")]
    pub ticket: String,
    /// What is judged with the approval and without it. A plan that changes nothing shows all that exists.
    #[command(flatten)]
    pub judge: JudgeArgs,
}
