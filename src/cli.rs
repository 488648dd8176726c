//! The command line: what may be typed. Nothing is read or decided here.

use std::path::PathBuf;
use std::sync::LazyLock;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::catalog;
use crate::finding::{CODES, Code};
use crate::lower::Dialect;

/// A gate between `terraform plan` and `terraform apply`: every grant of access is proved to be within an approval,
/// or somebody answers for it.
#[derive(Debug, Parser)]
#[command(name = "countersign", version, long_version = long_version(), about, disable_help_subcommand = true)]
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
    /// Judge every grant of a plan: the gate.
    Check(Check),
    /// List every grant of a plan, without judging it.
    Grants(Grants),
    /// Compare two policy documents, without a plan or a manifest.
    Compare(Compare),
    /// Check the manifest alone.
    Lint(Lint),
    /// Explain a finding code: what it means, who answers, what to do.
    Explain(Explain),
    /// Collect what roles hold, so that they are judged by content.
    #[command(subcommand)]
    Catalog(CatalogCommand),
}

impl Cli {
    /// Whether a long output is for programs, so that it holds no colours.
    pub fn is_for_programs(&self) -> bool {
        match &self.command {
            Command::Check(check) => check.format == OutputFormat::Json,
            Command::Grants(grants) => grants.format == OutputFormat::Json,
            Command::Compare(_) | Command::Lint(_) | Command::Explain(_) | Command::Catalog(_) => false,
        }
    }
}

/// What can be done with a catalogue.
#[derive(Debug, Subcommand)]
pub enum CatalogCommand {
    /// Make a catalogue from what the clouds' own commands print.
    Build(CatalogBuild),
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

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// For people.
    Human,
    /// For programs.
    Json,
}

/// What `check` takes.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 allowed, 1 blocked (undecided is blocked), 2 could not judge.")]
pub struct Check {
    /// Plan JSON (`terraform show -json tfplan`): files, folders of `*.json`, or `-` for standard input.
    #[arg(required = true, value_name = "PLAN")]
    pub plans: Vec<PathBuf>,
    /// The manifest: a file, or a folder of `*.hcl`. By default `approvals/` at the root of the repository.
    #[arg(long, value_name = "PATH", env = "COUNTERSIGN_APPROVALS")]
    pub approvals: Option<PathBuf>,
    /// What roles hold, from `countersign catalog build`. By default `catalog.jsonl` in the manifest's folder.
    #[arg(long, value_name = "FILE", env = "COUNTERSIGN_CATALOG")]
    pub catalog: Option<PathBuf>,
    /// Further rule packs, which go before the built-in ones.
    #[arg(long, value_name = "DIR")]
    pub rules: Vec<PathBuf>,
    /// The day on which approvals are judged, UTC. By default today.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
    /// A fact that the plan does not hold, such as `aws.account=111122223333`; `NAME@ALIAS` for an aliased provider.
    #[arg(long, value_name = "NAME=VALUE", value_parser = fact)]
    pub fact: Vec<(String, String)>,
    /// The plan file (`tfplan`) that the plan JSON was made from: its sources tell what references mean.
    #[arg(long, value_name = "TFPLAN")]
    pub sources: Option<PathBuf>,
    /// Take a value that refers to one thing to be that thing, though plan JSON does not show what is done with it.
    #[arg(long, conflicts_with = "sources")]
    pub trust_references: bool,
    /// How the result is written to standard output.
    #[arg(long, value_enum, default_value_t = OutputFormat::Human)]
    pub format: OutputFormat,
    /// Write the result to a file as well, in this format. May be given several times.
    #[arg(long, value_name = "FORMAT=PATH", value_parser = output)]
    pub output: Vec<(OutputFormat, PathBuf)>,
    /// Judge the grants that the plan leaves alone, too.
    #[arg(long)]
    pub all: bool,
    /// Print only what blocks.
    #[arg(long, short)]
    pub quiet: bool,
}

/// What `grants` takes.
#[derive(Debug, Args)]
pub struct Grants {
    /// Plan JSON: files, folders of `*.json`, or `-` for standard input.
    #[arg(required = true, value_name = "PLAN")]
    pub plans: Vec<PathBuf>,
    /// What roles hold, from `countersign catalog build`. By default `catalog.jsonl` in `approvals/`.
    #[arg(long, value_name = "FILE", env = "COUNTERSIGN_CATALOG")]
    pub catalog: Option<PathBuf>,
    /// Further rule packs, which go before the built-in ones.
    #[arg(long, value_name = "DIR")]
    pub rules: Vec<PathBuf>,
    /// A fact that the plan does not hold, such as `aws.account=111122223333`.
    #[arg(long, value_name = "NAME=VALUE", value_parser = fact)]
    pub fact: Vec<(String, String)>,
    /// The plan file (`tfplan`) that the plan JSON was made from: its sources tell what references mean.
    #[arg(long, value_name = "TFPLAN")]
    pub sources: Option<PathBuf>,
    /// Take a value that refers to one thing to be that thing, though plan JSON does not show what is done with it.
    #[arg(long, conflicts_with = "sources")]
    pub trust_references: bool,
    /// How the result is written.
    #[arg(long, value_enum, default_value_t = OutputFormat::Human)]
    pub format: OutputFormat,
}

/// What `compare` takes.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 all are contained, 1 one is not (undecided is not), 2 could not judge."
)]
pub struct Compare {
    /// What was approved: a document as JSON, or `-` for standard input. Given several times, the union counts.
    #[arg(long, value_name = "FILE", required_unless_present = "jsonl")]
    pub approved: Vec<PathBuf>,
    /// What is planned: a document as JSON, or `-` for standard input.
    #[arg(long, value_name = "FILE", required_unless_present = "jsonl")]
    pub planned: Option<PathBuf>,
    /// How the documents are written; with `--jsonl`, where a line does not say it.
    #[arg(long, value_name = "NAME", default_value = "aws", value_parser = provider())]
    pub provider: Dialect,
    /// Read pairs, one JSON object a line: `{"id", "provider", "approved", "planned"}`.
    #[arg(long, conflicts_with_all = ["approved", "planned"])]
    pub jsonl: bool,
    /// Where the lines are, by default standard input.
    #[arg(value_name = "PAIRS", requires = "jsonl", conflicts_with_all = ["approved", "planned"])]
    pub pairs: Option<PathBuf>,
    /// What roles hold, from `countersign catalog build`.
    #[arg(long, value_name = "FILE", env = "COUNTERSIGN_CATALOG")]
    pub catalog: Option<PathBuf>,
    /// A fact that no document holds, such as `google.parent@projects/a=folders/1`.
    #[arg(long, value_name = "NAME=VALUE", value_parser = fact)]
    pub fact: Vec<(String, String)>,
    /// How the answers are written. By default `human`, and `json` with `--jsonl`.
    #[arg(long, value_enum)]
    pub format: Option<OutputFormat>,
}

/// What `lint` takes.
#[derive(Debug, Args)]
pub struct Lint {
    /// The manifest, or files of it (as pre-commit hands them over): the whole manifest is checked.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The manifest: a file, or a folder of `*.hcl`. By default `approvals/` at the root of the repository.
    #[arg(long, value_name = "PATH", env = "COUNTERSIGN_APPROVALS")]
    pub approvals: Option<PathBuf>,
    /// The day on which approvals are judged, UTC. By default today.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
    /// How the result is written.
    #[arg(long, value_enum, default_value_t = OutputFormat::Human)]
    pub format: OutputFormat,
}

/// What `explain` takes.
#[derive(Debug, Args)]
#[command(arg_required_else_help = true)]
pub struct Explain {
    /// The code of a finding, such as `WIDER_ACTION`.
    #[arg(value_name = "CODE", value_parser = finding_code(), ignore_case = true, hide_possible_values = true)]
    pub code: Option<Code>,
    /// List every code.
    #[arg(long, conflicts_with = "code")]
    pub list: bool,
}

/// The version and what is built in, with where that comes from.
fn long_version() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        let mut text = env!("CARGO_PKG_VERSION").to_owned();
        for source in catalog::embedded() {
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
What to hand over, as it is printed:
  gcloud iam roles describe ROLE --format=json      (one after the other)
  az role definition list -o json
  az rest --url 'https://graph.microsoft.com/v1.0/roleManagement/directory/\\
    roleDefinitions?$expand=inheritsPermissionsFrom'   (one line)
  kubectl get clusterroles -o json
  aws iam get-account-authorization-details --filter \\
    AWSManagedPolicy LocalManagedPolicy

Exit codes: 0 written, 2 something in it is wrong.")]
pub struct CatalogBuild {
    /// What the commands printed; `-` for standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Where the catalogue is written. By default `catalog.jsonl` in `approvals/`, where `check` finds it.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The day on which it was printed, UTC. By default today.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
}

/// The dialects that have documents.
fn provider() -> impl TypedValueParser<Value = Dialect> {
    let words = Dialect::ALL.into_iter().filter(|(dialect, _)| *dialect != Dialect::Terraform);
    PossibleValuesParser::new(words.map(|(_, word)| word))
        .try_map(|word| Dialect::from_word(&word).ok_or("there is no such provider"))
}

/// The names of the finding codes.
fn finding_code() -> impl TypedValueParser<Value = Code> {
    PossibleValuesParser::new(CODES.map(|row| row.name))
        .try_map(|name| Code::from_name(&name).ok_or("there is no such code"))
}

fn fact(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if name.contains('.') && !value.is_empty() => {
            Ok((name.to_owned(), value.to_owned()))
        }
        _ => Err("a fact is written `NAME=VALUE`, for example `aws.account=111122223333`".to_owned()),
    }
}

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "a day is written YYYY-MM-DD, for example `2026-11-24`".to_owned())
}

fn output(text: &str) -> Result<(OutputFormat, PathBuf), String> {
    let (format, path) = text.split_once('=').ok_or("an output is written `FORMAT=PATH`")?;
    let format =
        OutputFormat::from_str(format, false).map_err(|_| format!("there is no format `{format}`"))?;
    Ok((format, path.into()))
}
