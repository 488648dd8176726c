//! Arguments of the commands that build catalogues.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::parse::parse_date;

/// What can be done with a catalogue.
#[derive(Debug, Subcommand)]
pub enum CatalogCommand {
    /// Build a catalogue from the output of the clouds' own commands.
    Build(CatalogBuildArgs),
    /// Write the table of a provider's resource types and attributes that a rule pack is checked against.
    Schema(CatalogSchemaArgs),
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
