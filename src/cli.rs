//! The command line: subcommands and their arguments. Nothing is read or decided here.

mod catalog;
mod check;
mod init;
mod installation;
mod parse;
mod request;
mod review;
mod verify;

use std::path::PathBuf;
use std::sync::LazyLock;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::finding::Code;
use crate::lower::Dialect;
use parse::{code_parser, parse_date, parse_fact, provider_parser};

pub use catalog::{CatalogBuildArgs, CatalogCommand, CatalogSchemaArgs};
pub use check::{ApplyArgs, CheckArgs, CheckFormat, GateArgs, JudgeArgs, PlanArgs, ReportFormat};
pub use init::{InitArgs, SystemsArg};
pub use installation::{CompletionsArgs, ManArgs};
pub use parse::is_fact;
pub use request::{RequestArgs, RequestFormat};
pub use review::{ReviewArgs, ReviewFormat, RevokeArgs};
pub use verify::VerifyArgs;

/// A gate between `terraform plan` and `terraform apply`: it allows the apply only if every grant of access is proved to
/// be within an approval, and names an owner for each that is not.
#[derive(Debug, Parser)]
#[command(name = "countersign", version, long_version = long_version(), about)]
#[command(after_help = "Exit codes: 0 allowed, 1 blocked (undecided is blocked), 2 could not judge.")]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// When to use colours.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, env = "COUNTERSIGN_COLOR")]
    pub color: Color,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Judge every grant of access in a plan: the gate.
    Check(GateArgs),
    /// Judge a plan file and, if it is allowed, apply these very bytes with Terraform.
    Apply(ApplyArgs),
    /// Draft the approval of what a plan wants and nobody has approved.
    Request(RequestArgs),
    /// Judge the access that exists, whoever delivered it: a state, a refreshed plan, or the export of a cloud.
    Verify(VerifyArgs),
    /// Write a first manifest from a plan: who decides, for which systems.
    Init(InitArgs),
    /// List every grant of access in a plan, without judging it.
    Grants(GrantsArgs),
    /// Compare two policy documents, without a plan or a manifest.
    Compare(CompareArgs),
    /// Check the manifest.
    Lint(LintArgs),
    /// List who holds what until when, and what has to be reviewed.
    Review(ReviewArgs),
    /// Show what rests on an approval, and so is to be removed when it ends.
    Revoke(RevokeArgs),
    /// Sign an approval or an exception, so that it counts before it is merged.
    Sign(SignArgs),
    /// Write the result of an earlier check in another format, without judging again.
    Report(ReportArgs),
    /// Write completions for a shell.
    Completions(CompletionsArgs),
    /// Write manual pages.
    Man(ManArgs),
    /// Explain a finding code: what it means, who answers, what to do.
    Explain(ExplainArgs),
    /// Build a catalogue of what roles contain, so that they are judged by content.
    #[command(subcommand)]
    Catalog(CatalogCommand),
}

impl Cli {
    /// Whether a long output is for programs, so that it holds no colours.
    pub fn is_for_programs(&self) -> bool {
        match &self.command {
            Command::Check(gate) => gate.jsonl || gate.check.format.is_for_programs(),
            Command::Verify(verify) => verify.format.is_for_programs(),
            Command::Apply(apply) => apply.check.format.is_for_programs(),
            Command::Report(report) => report.format.is_for_programs(),
            Command::Review(review) => review.format.is_for_programs(),
            Command::Grants(grants) => grants.format == OutputFormat::Json,
            // A script, which is made of nothing foreign.
            Command::Completions(_) => true,
            // It goes into a file of the manifest, and escapes what is foreign.
            Command::Request(_) => true,
            Command::Man(_)
            | Command::Init(_)
            | Command::Compare(_)
            | Command::Lint(_)
            | Command::Revoke(_)
            | Command::Sign(_)
            | Command::Explain(_)
            | Command::Catalog(_) => false,
        }
    }
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// Where the output is a terminal and NO_COLOR is not set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The format of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// For people.
    Human,
    /// For programs.
    Json,
}

/// What `grants` takes.
#[derive(Debug, Args)]
pub struct GrantsArgs {
    /// What is listed.
    #[command(flatten)]
    pub plan: PlanArgs,
    /// The format of the result.
    #[arg(long, value_enum, default_value_t = OutputFormat::Human)]
    pub format: OutputFormat,
}

/// What `compare` takes.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 all are contained, 1 one is not (undecided is not), 2 could not judge."
)]
pub struct CompareArgs {
    /// What was approved: a document as JSON, or `-` for standard input. Repeatable; the union counts.
    #[arg(long, value_name = "FILE", required_unless_present = "jsonl")]
    pub approved: Vec<PathBuf>,
    /// What is planned: a document as JSON, or `-` for standard input.
    #[arg(long, value_name = "FILE", required_unless_present = "jsonl")]
    pub planned: Option<PathBuf>,
    /// The language of the documents; with `--jsonl`, of lines that do not say it.
    #[arg(long, value_name = "NAME", default_value = "aws", value_parser = provider_parser())]
    pub provider: Dialect,
    /// Read pairs, one JSON object a line: `{"id", "provider", "approved", "planned"}`.
    #[arg(long, conflicts_with_all = ["approved", "planned"])]
    pub jsonl: bool,
    /// The file with the pairs. By default standard input.
    #[arg(value_name = "PAIRS", requires = "jsonl", conflicts_with_all = ["approved", "planned"])]
    pub pairs: Option<PathBuf>,
    /// What roles contain, from `countersign catalog build`.
    #[arg(long, value_name = "FILE", env = "COUNTERSIGN_CATALOG")]
    pub catalog: Option<PathBuf>,
    /// A fact that no document contains, such as `google.parent@projects/a=folders/1`.
    #[arg(long, value_name = "NAME=VALUE", value_parser = parse_fact)]
    pub fact: Vec<(String, String)>,
    /// The format of the answers. By default `human`, and `json` with `--jsonl`.
    #[arg(long, value_enum)]
    pub format: Option<OutputFormat>,
}

/// What `lint` takes.
#[derive(Debug, Args)]
pub struct LintArgs {
    /// The manifest, or files of it (as pre-commit passes them): the whole manifest is checked.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The manifest: a file, or a folder of `*.hcl`. By default `approvals/` at the root of the repository.
    #[arg(long, value_name = "PATH", env = "COUNTERSIGN_APPROVALS")]
    pub approvals: Option<PathBuf>,
    /// The branch, or the commit by all of its digits, that decisions are read from: who may decide, and approvals
    /// without a signature. The change under review cannot write there. By default the work tree.
    #[arg(long, value_name = "REF", env = "COUNTERSIGN_TRUST_REF", allow_hyphen_values = true)]
    pub trust_ref: Option<String>,
    /// The date on which approvals are judged, UTC. By default today.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub as_of: Option<Date>,
    /// An export of the tickets, one JSON object a line with `id`, `status` and `ended`: a ticket that has ended, or that the
    /// export does not have, takes its approval away. No ticket makes an approval count.
    #[arg(long, value_name = "FILE")]
    pub tickets: Option<PathBuf>,
    /// The format of the result.
    #[arg(long, value_enum, default_value_t = OutputFormat::Human)]
    pub format: OutputFormat,
}

/// What `report` takes.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Example:
  countersign check tfplan --output json=check.json
  countersign report check.json --format markdown > comment.md

Exit codes: 0 written, 2 could not be read or written. It judges nothing: the
exit code of `check` is the verdict.")]
pub struct ReportArgs {
    /// What `countersign check --format json` wrote; `-` for standard input.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The format to write.
    #[arg(long, value_enum)]
    pub format: ReportFormat,
}

/// What `sign` takes.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Example:
  countersign sign SEC-1 --key ~/.ssh/id_ed25519

The same with ssh-keygen, for keys with a passphrase or in hardware:
  ssh-keygen -Y sign -f ~/.ssh/id_ed25519 -n countersign-approval \\
    < approvals/SEC-1.hcl > approvals/SEC-1.lee.sig

Exit codes: 0 signed, 2 could not sign.")]
pub struct SignArgs {
    /// The ticket of the approval, or the name of the exception. Its file holds nothing else.
    #[arg(value_name = "TICKET")]
    pub ticket: String,
    /// The private key, as `ssh-keygen` wrote it, without a passphrase.
    #[arg(long, value_name = "FILE", env = "COUNTERSIGN_KEY")]
    pub key: PathBuf,
    /// The manifest: a file, or a folder of `*.hcl`. By default `approvals/` at the root of the repository.
    #[arg(long, value_name = "PATH", env = "COUNTERSIGN_APPROVALS")]
    pub approvals: Option<PathBuf>,
}

/// What `explain` takes.
#[derive(Debug, Args)]
#[command(arg_required_else_help = true)]
pub struct ExplainArgs {
    /// The code of a finding, such as `WIDER_ACTION`.
    #[arg(value_name = "CODE", value_parser = code_parser(), ignore_case = true, hide_possible_values = true)]
    pub code: Option<Code>,
    /// List every code.
    #[arg(long, conflicts_with = "code")]
    pub list: bool,
}

/// The version and what is built in, with where that comes from.
fn long_version() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        let mut text = env!("CARGO_PKG_VERSION").to_owned();
        for source in crate::catalog::list_embedded() {
            text.push_str(&format!(
                "\n\n{}: {}, {}\n  {}\n  {}",
                source.title, source.count, source.date, source.source, source.licence
            ));
        }
        text
    });
    &TEXT
}
