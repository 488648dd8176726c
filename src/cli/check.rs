//! Arguments of the commands that judge plans.

use std::iter;
use std::path::PathBuf;
use std::sync::LazyLock;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use jiff::Timestamp;
use jiff::civil::Date;

use super::parse::{ArgumentError, parse_date, parse_fact, parse_time};
use crate::judge::Extent;
use crate::plan::ByteSize;

/// The format of the result of `check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckFormat {
    /// For people, at a terminal.
    Human,
    /// Made of the report that programs read.
    Report(ReportFormat),
}

impl CheckFormat {
    /// Whether it holds neither colours nor foreign text that a CI service could take for a command: it escapes by itself.
    pub fn is_for_programs(self) -> bool {
        match self {
            Self::Human => false,
            Self::Report(format) => format.is_for_programs(),
        }
    }
}

impl ValueEnum for CheckFormat {
    fn value_variants<'a>() -> &'a [Self] {
        static ALL: LazyLock<Vec<CheckFormat>> = LazyLock::new(|| {
            let made = ReportFormat::value_variants().iter().copied().map(CheckFormat::Report);
            iter::once(CheckFormat::Human).chain(made).collect()
        });
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Self::Human => Some(PossibleValue::new("human").help("For people")),
            Self::Report(format) => format.to_possible_value(),
        }
    }
}

/// A format that is made of the report that programs read, now or later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For programs: `countersign/check-v1`, which `countersign report` reads.
    Json,
    /// One line a finding, for editors.
    Concise,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// JUnit XML, for test views.
    Junit,
    /// A comment on a pull request.
    Markdown,
    /// One page, for approvers and auditors.
    Html,
    /// Annotations of GitHub Actions.
    Github,
    /// A Code Quality report of GitLab.
    Gitlab,
    /// Issues of Azure Pipelines.
    Azure,
    /// The Reviewdog Diagnostic Format.
    Rdjson,
    /// The output of a custom policy check of Atlantis.
    Atlantis,
}

impl ReportFormat {
    /// As [`CheckFormat::is_for_programs`].
    pub fn is_for_programs(self) -> bool {
        match self {
            Self::Json | Self::Sarif | Self::Gitlab | Self::Rdjson | Self::Github | Self::Azure => true,
            Self::Concise | Self::Junit | Self::Markdown | Self::Html | Self::Atlantis => false,
        }
    }
}

/// Which plans are read, and with which rules and facts.
#[derive(Clone, Debug, Args)]
pub struct PlanArgs {
    /// Plan files or plan JSON (`terraform show -json tfplan`), folders of `*.json`, or `-` for standard input.
    #[arg(required = true, value_name = "PLAN")]
    pub plans: Vec<PathBuf>,
    /// The plan file (`tfplan`) that the plan JSON was made from. It contains the Terraform sources, which show the
    /// expressions behind references.
    #[arg(long, value_name = "TFPLAN")]
    pub sources: Option<PathBuf>,
    /// The folder in which Terraform ran: files that the configuration reads (`file`, `templatefile`) are looked up below it,
    /// and below the modules that it uses. By default the folder of the plan file; `apply` takes the one that it runs in.
    #[arg(long, value_name = "DIR")]
    pub source_root: Option<PathBuf>,
    /// Assume that a value with one reference equals what it refers to, although plan JSON does not show the expression.
    #[arg(long, conflicts_with = "sources")]
    pub trust_references: bool,
    /// The Terraform or OpenTofu that reads a plan file. It starts the provider binaries of this folder, with an
    /// environment without secrets. By default the first `terraform` or `tofu` in an absolute folder of PATH.
    #[arg(long, value_name = "PROGRAM", env = "COUNTERSIGN_TERRAFORM")]
    pub terraform: Option<PathBuf>,
    /// Accept what plan JSON cannot show, such as ephemeral resources and provisioners of `removed` blocks, where the
    /// sources are not at hand.
    #[arg(long, conflicts_with = "sources")]
    pub without_sources: bool,
    /// A fact that the plan does not contain, such as `aws.account=111122223333`; `NAME@ALIAS` for an aliased provider.
    #[arg(long = "fact", value_name = "NAME=VALUE", value_parser = parse_fact)]
    pub facts: Vec<(String, String)>,
    /// A folder of rule packs, which take precedence over the built-in ones.
    #[arg(long, value_name = "DIR")]
    pub rules: Vec<PathBuf>,
    /// What roles contain, from `countersign catalog build`. By default `catalog.jsonl` beside the approvals.
    #[arg(long, value_name = "FILE", env = "COUNTERSIGN_CATALOG")]
    pub catalog: Option<PathBuf>,
    /// How large a plan may be, as a number of bytes or with `KiB`, `MiB` or `GiB`. It is held in memory as a whole.
    #[arg(long, value_name = "SIZE", default_value = "1GiB")]
    pub max_plan_size: ByteSize,
}

/// What `check` takes.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 allowed, 1 blocked (undecided is blocked), 2 could not judge.")]
pub struct GateArgs {
    /// What is judged, and how.
    #[command(flatten)]
    pub check: CheckArgs,
    /// Write a record of the decision, to be signed and kept: an in-toto Statement. A file that exists is never
    /// replaced.
    #[arg(long, value_name = "PATH")]
    pub record: Option<PathBuf>,
    /// Judge many plans: PLAN is a file with one JSON object a line, `{"id", "plan" or "path", "facts", "workspace",
    /// "sources"}`, or `-` for standard input. Each line is answered by one line, `{"id", "result", "error"}`, in order.
    #[arg(long, conflicts_with_all = ["record", "output", "format", "quiet", "sources"])]
    pub jsonl: bool,
}

/// What is judged, by which decisions, and when.
#[derive(Clone, Debug, Args)]
pub struct JudgeArgs {
    /// What is judged.
    #[command(flatten)]
    pub plan: PlanArgs,
    /// The manifest: a file, or a folder of `*.hcl`. By default `approvals/` at the root of the repository.
    #[arg(long, value_name = "PATH", env = "COUNTERSIGN_APPROVALS")]
    pub approvals: Option<PathBuf>,
    /// The branch, or the commit by all of its digits, that decisions are read from: who may decide, and approvals
    /// without a signature. The change under review cannot write there. By default the work tree.
    #[arg(long, value_name = "REF", env = "COUNTERSIGN_TRUST_REF", allow_hyphen_values = true)]
    pub trust_ref: Option<String>,
    /// The date on which approvals are judged, UTC. By default that of the clock.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub as_of: Option<Date>,
    /// An export of the tickets, one JSON object a line with `id`, `status` and `ended`: a ticket that has ended, or that the
    /// export does not have, takes its approval away. No ticket makes an approval count.
    #[arg(long, value_name = "FILE")]
    pub tickets: Option<PathBuf>,
    /// The time of the decision, RFC 3339. By default that of the system.
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    pub now: Option<Timestamp>,
    /// Who runs this. By default whom the CI service names in the environment (GITHUB_ACTOR, GITLAB_USER_LOGIN, …).
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,
}

/// What is judged, and how the result is written.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// What is judged, and by what.
    #[command(flatten)]
    pub judge: JudgeArgs,
    /// The format of the result on standard output.
    #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
    pub format: CheckFormat,
    /// Write the result also to a file, in this format. Repeatable.
    #[arg(long, value_name = "FORMAT=PATH", value_parser = parse_output)]
    pub output: Vec<(CheckFormat, PathBuf)>,
    /// Judge also the grants that the plan does not change.
    #[arg(long)]
    pub all: bool,
    /// Print only what blocks.
    #[arg(long, short)]
    pub quiet: bool,
}

impl CheckArgs {
    /// Which grants are judged.
    pub fn extent(&self) -> Extent {
        if self.all { Extent::All } else { Extent::Changes }
    }
}

/// What `apply` takes.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Example:
  terraform plan -out tfplan
  countersign apply tfplan -- -parallelism=4

Exit codes: 0 allowed and applied, 1 blocked and nothing applied, 2 could not
be judged or applied.")]
pub struct ApplyArgs {
    /// What is judged, and how.
    #[command(flatten)]
    pub check: CheckArgs,
    /// Demand this record, in which `check` allowed the very bytes of the plan file.
    #[arg(long, value_name = "RECORD")]
    pub record: Option<PathBuf>,
    /// Options of `terraform apply`, after `--`: how it locks, waits and writes.
    #[arg(last = true, value_name = "OPTION")]
    pub options: Vec<String>,
}

pub(super) fn parse_output(text: &str) -> Result<(CheckFormat, PathBuf), ArgumentError> {
    let (format, path) = text.split_once('=').ok_or(ArgumentError::Output)?;
    let format = CheckFormat::from_str(format, false).map_err(|_| ArgumentError::Output)?;
    Ok((format, path.into()))
}
