//! A first manifest, written out: the files of the folder `approvals/`, with comments for whoever reads them first.
//!
//! Takes an [`InitialManifest`] and its [`Founders`] and returns files. What only a person can decide is a comment.

use std::fmt::Write as _;

use jiff::ToSpan as _;

use super::escape::for_terminal;
use crate::initial::{Founders, InitialManifest, InitialSystem, SystemReach};
use crate::manifest::{list_name, quote, quote_all};

/// The longest that an approval may hold at first, in days: long enough for a quarter's review.
const MAX_DAYS: i64 = 120;

/// For how long the standing approvals hold, in days.
const STANDING_DAYS: i64 = 90;

/// A file of a manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManifestFile {
    /// Its name in the folder.
    pub name: &'static str,
    /// Its text.
    pub text: String,
}

/// Writes the files.
pub fn write(initial: &InitialManifest, founders: &Founders) -> Vec<ManifestFile> {
    let mut files = vec![ManifestFile { name: "authority.hcl", text: write_authority(initial, founders) }];
    let standing = write_standing(initial, founders);
    if !standing.is_empty() {
        files.push(ManifestFile { name: "standing.hcl", text: standing });
    }
    files
}

fn write_authority(initial: &InitialManifest, founders: &Founders) -> String {
    let mut text = format!(
        "# Who decides. Only a merge to the protected branch may change this folder: have CODEOWNERS say so, and run\n\
         # `countersign check --trust-ref origin/main` in CI.\n\n\
         # Answers where nobody nearer is found, and for this process as a whole.\n\
         process_owner = {}\n",
        quote(&founders.process_owner)
    );
    for system in &initial.systems {
        write_system(system, founders, &mut text);
    }
    let approvers = quote_all(&founders.approvers);
    let systems = quote_all(initial.systems.iter().map(|system| &system.name));
    let _ = write!(
        text,
        "\n# Who may approve for these systems, and for how long. `threshold` says how many have to agree; nobody approves\n\
         # their own request. `ceiling` can name the most that may be approved.\n\
         authority \"first\" {{\n  approvers    = [{approvers}]\n  systems      = [{systems}]\n  \
         max_duration = \"{MAX_DAYS}d\"\n  threshold    = 1\n}}\n"
    );
    write_facts(initial, &mut text);
    write_providers(initial, &mut text);
    text
}

fn write_system(system: &InitialSystem, founders: &Founders, text: &mut String) {
    let (comment, matched) = match &system.reach {
        SystemReach::Place(word, name) => (
            format!("Everything in this {}.", word.word()),
            Some(format!("{} = [{}]", list_name(*word), quote(name))),
        ),
        SystemReach::Module(name) => {
            let globs = ["", ".*", "[*"].map(|end| format!("module.{name}{end}"));
            (
                "The module, its instances, and the modules that it calls.".to_owned(),
                Some(format!("modules = [{}]", quote_all(&globs))),
            )
        }
        SystemReach::Rest => ("Everything that is in no other system: it has no `match`.".to_owned(), None),
    };
    let _ = write!(
        text,
        "\n# {comment} Its owner answers for what is planned there.\nsystem {} {{\n",
        quote(&system.name)
    );
    let _ = writeln!(text, "  owner = {}", quote(&founders.owner));
    if let Some(matched) = matched {
        let _ = write!(text, "\n  match {{\n    {matched}\n  }}\n");
    }
    text.push_str("}\n");
}

fn write_facts(initial: &InitialManifest, text: &mut String) {
    if !initial.facts.is_empty() {
        text.push_str("\n# What no plan says. Where a plan says it, it has to agree.\n");
    }
    for (label, value) in &initial.facts {
        let _ = write!(text, "fact {} {{\n  value = {}\n}}\n", quote(label), quote(value));
    }
    if !initial.missing_facts.is_empty() {
        text.push_str("\n# The plan does not say this, and grants wait for it: fill it in.\n");
    }
    for missing in &initial.missing_facts {
        let (fact, provider) = (for_terminal(&quote(&missing.fact)), for_terminal(&missing.provider));
        let _ = writeln!(text, "# fact {fact} {{ value = \"…\" }} # of the provider {provider}");
    }
}

fn write_providers(initial: &InitialManifest, text: &mut String) {
    if !initial.unread_providers.is_empty() {
        text.push_str(
            "\n# No rule pack reads these providers, so what they make blocks. Whoever owns this process says whether they give\n\
             # anybody access: remove the `#`, and write the reason.\n",
        );
    }
    for (provider, count) in &initial.unread_providers {
        let source = provider.strip_prefix("registry.terraform.io/").unwrap_or(provider);
        let source = for_terminal(&quote(source));
        let _ = write!(
            text,
            "# provider {source} {{ # {count} in the plan\n#   access = \"none\"\n#   reason = \"…\"\n# }}\n"
        );
    }
}

/// The standing approvals: what AWS services need, in the accounts of each system.
fn write_standing(initial: &InitialManifest, founders: &Founders) -> String {
    let mut text = String::new();
    let with_services = initial.systems.iter().filter(|system| !system.service_accounts.is_empty());
    for (at, system) in with_services.enumerate() {
        if at == 0 {
            text.push_str(
                "# Standing approvals: what every stack needs of AWS's own services. They are approvals like any other, with an\n\
                 # approver and an end. What a service does with a role is what the role's policies say, which are not approved\n\
                 # here. Narrow the services (`ecs-tasks.amazonaws.com`) or the roles (`role/app-*`) where you know them.\n",
            );
        }
        let ticket = match at {
            0 => founders.ticket.clone(),
            _ => format!("{}-{}", founders.ticket, system.name),
        };
        write_standing_approval(&ticket, system, founders, &mut text);
    }
    text
}

fn write_standing_approval(ticket: &str, system: &InitialSystem, founders: &Founders, text: &mut String) {
    let requester = founders.requester.as_deref().unwrap_or_default();
    let approver = founders.approver_of_standing().unwrap_or_default();
    let until = founders.from.saturating_add(STANDING_DAYS.days());
    let _ = write!(
        text,
        "\napproval {} {{\n  title         = \"AWS services act with roles of these accounts\"\n  \
         justification = \"Services of AWS assume the roles that are made for them\"\n  system        = {}\n  \
         requester     = {}\n  approvers     = [{}]\n  approved_on   = \"{}\"\n  expires_on    = \"{until}\"\n  \
         accounts      = [{}]\n\n",
        quote(ticket),
        quote(&system.name),
        quote(requester),
        quote(approver),
        founders.from,
        quote_all(&system.service_accounts)
    );
    text.push_str(
        "  # An AWS service may assume a role of the account, or be handed one; no other account's, and nobody else.\n  \
         grant \"aws\" {\n    principals = [\"Service:*.amazonaws.com\", \"Service:aws_*\"]\n    \
         actions    = [\"sts:AssumeRole\", \"iam:PassRole\"]\n    \
         resources  = [\"arn:aws:iam::${account}:role/*\"]\n  }\n\n  \
         # A role of the account may have what AWS wrote for its services, and no other policy.\n  \
         grant \"aws\" {\n    principals = [\"arn:aws:iam::${account}:role/*\"]\n    \
         roles      = [\"arn:aws:iam::aws:policy/service-role/*\"]\n  }\n}\n",
    );
}
