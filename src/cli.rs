//! The command line: subcommands and their arguments. Nothing is read or decided here.

mod installation;

use std::path::PathBuf;
use std::sync::LazyLock;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::catalog;
use crate::finding::{CODES, Code};
use crate::lower::Dialect;
use crate::plan::ByteSize;

pub use installation::{CompletionsArgs, ManArgs};

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
    /// List every grant of access in a plan, without judging it.
    Grants(GrantsArgs),
    /// Compare two policy documents, without a plan or a manifest.
    Compare(CompareArgs),
    /// Check the manifest.
    Lint(LintArgs),
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
            Command::Check(gate) => gate.check.format.is_for_programs(),
            Command::Apply(apply) => apply.check.format.is_for_programs(),
            Command::Report(report) => report.format.is_for_programs(),
            Command::Grants(grants) => grants.format == OutputFormat::Json,
            // A script, which is made of nothing foreign.
            Command::Completions(_) => true,
            Command::Man(_)
            | Command::Compare(_)
            | Command::Lint(_)
            | Command::Sign(_)
            | Command::Explain(_)
            | Command::Catalog(_) => false,
        }
    }
}

/// What can be done with a catalogue.
#[derive(Debug, Subcommand)]
pub enum CatalogCommand {
    /// Build a catalogue from the output of the clouds' own commands.
    Build(CatalogBuildArgs),
    /// Write the table of a provider's resource types and attributes that a rule pack is checked against.
    Schema(CatalogSchemaArgs),
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

/// The format of the result of `check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people.
    Human,
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

impl CheckFormat {
    /// Whether it holds neither colours nor foreign text that a CI service could take for a command: it escapes by itself.
    pub fn is_for_programs(self) -> bool {
        match self {
            Self::Json | Self::Sarif | Self::Gitlab | Self::Rdjson | Self::Github | Self::Azure => true,
            Self::Human | Self::Concise | Self::Junit | Self::Markdown | Self::Html | Self::Atlantis => false,
        }
    }
}

/// The format of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// For people.
    Human,
    /// For programs.
    Json,
}

/// Which plans are read, and with which rules and facts.
#[derive(Debug, Args)]
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
}

/// What is judged, and how the result is written.
#[derive(Debug, Args)]
pub struct CheckArgs {
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
    /// The time of the decision, RFC 3339. By default that of the system.
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    pub now: Option<Timestamp>,
    /// Who runs this. By default whom the CI service names in the environment (GITHUB_ACTOR, GITLAB_USER_LOGIN, …).
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,
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
    pub format: CheckFormat,
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
        for source in catalog::list_embedded() {
            text.push_str(&format!(
                "\n\n{}: {}, {}\n  {}\n  {}",
                source.title, source.count, source.date, source.source, source.licence
            ));
        }
        text
    });
    &TEXT
}

/// What `catalog build` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Commands whose output it reads:
  gcloud iam roles describe ROLE --format=json      (one after the other)
  az role definition list -o json
  az rest --url 'https://graph.microsoft.com/v1.0/roleManagement/directory/\\
    roleDefinitions?$expand=inheritsPermissionsFrom'   (one line)
  kubectl get clusterroles -o json
  aws iam get-account-authorization-details --filter \\
    AWSManagedPolicy LocalManagedPolicy

Exit codes: 0 written, 2 could not be read or written.")]
pub struct CatalogBuildArgs {
    /// The output of these commands; `-` for standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The file to write. By default `catalog.jsonl` in `approvals/`, where `check` finds it.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The date of that output, UTC. By default today.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub as_of: Option<Date>,
}

/// What `catalog schema` takes.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Example:
  terraform providers schema -json > schema.json
  countersign catalog schema --provider hashicorp/aws \\
    --provider-version 6.25.0 schema.json > schema.table

Exit codes: 0 written, 2 could not be read or written.")]
pub struct CatalogSchemaArgs {
    /// The output of `terraform providers schema -json`, or tables written before, which are merged; `-` for standard
    /// input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The provider, where the output has several.
    #[arg(long, value_name = "NAMESPACE/NAME")]
    pub provider: Option<String>,
    /// The version of the provider, which the output of Terraform does not contain. The table names it.
    #[arg(long, value_name = "VERSION")]
    pub provider_version: Option<String>,
}

/// The dialects that have documents.
fn provider_parser() -> impl TypedValueParser<Value = Dialect> {
    let words = Dialect::ALL.into_iter().filter(|(dialect, _)| *dialect != Dialect::Terraform);
    PossibleValuesParser::new(words.map(|(_, word)| word))
        .try_map(|word| Dialect::from_word(&word).ok_or(ArgumentError::Provider))
}

/// The names of the finding codes.
fn code_parser() -> impl TypedValueParser<Value = Code> {
    PossibleValuesParser::new(CODES.map(|row| row.name))
        .try_map(|name| Code::from_name(&name).ok_or(ArgumentError::Code))
}

/// Why an argument cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
enum ArgumentError {
    #[error("unknown provider")]
    Provider,
    #[error("unknown code")]
    Code,
    #[error("expected `NAME=VALUE`, for example `aws.account=111122223333`")]
    Fact,
    #[error("expected YYYY-MM-DD, for example `2026-11-24`")]
    Date,
    #[error("expected a time in RFC 3339, for example `2026-11-24T12:00:00Z`")]
    Time,
    #[error(
        "expected `FORMAT=PATH`, for example `sarif=findings.sarif`; `countersign check --help` lists the formats"
    )]
    Output,
}

fn parse_fact(text: &str) -> Result<(String, String), ArgumentError> {
    match text.split_once('=') {
        Some((name, value)) if name.contains('.') && !value.is_empty() => {
            Ok((name.to_owned(), value.to_owned()))
        }
        _ => Err(ArgumentError::Fact),
    }
}

fn parse_date(text: &str) -> Result<Date, ArgumentError> {
    // A time or a zone is refused, because it would be dropped: the day is one of UTC.
    let is_day = text.len() == "YYYY-MM-DD".len();
    text.parse().ok().filter(|_| is_day).ok_or(ArgumentError::Date)
}

fn parse_time(text: &str) -> Result<Timestamp, ArgumentError> {
    text.parse().map_err(|_| ArgumentError::Time)
}

fn parse_output(text: &str) -> Result<(CheckFormat, PathBuf), ArgumentError> {
    let (format, path) = text.split_once('=').ok_or(ArgumentError::Output)?;
    let format = CheckFormat::from_str(format, false).map_err(|_| ArgumentError::Output)?;
    Ok((format, path.into()))
}
