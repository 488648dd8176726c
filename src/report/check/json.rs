//! `countersign/check-v1`: the assessment for programs.
//!
//! The schema is `schemas/check-v1.json`. Until version 1.0 of the program it may still change. What many findings show
//! alike stands once, in tables beside them.

mod access;
mod finding;
mod trust;

use std::collections::HashMap;
use std::io::{self, Write};

use serde::Serialize;

use self::access::StatementWire;
use self::finding::{FindingTables, FindingWire};
use self::trust::TrustWire;
use super::ReportContext;
use crate::catalog;
use crate::escalation::Escalation;
use crate::finding::{Assessment, DeclaredUse, Judged, MissingFact, PlanDigest, Verdict};
use crate::report::escape::to_json;
use crate::report::wire::ContentWire;
use crate::rules::additional::AdditionalPack;
use crate::sources::ReadFile;
use crate::words::describe_assumption;

/// Writes an assessment as one JSON object and a line feed.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(assessment: &Assessment, context: ReportContext, out: &mut dyn Write) -> io::Result<()> {
    let counts = assessment.counts();
    let count = |verdict: Verdict| counts.get(&verdict).copied().unwrap_or_default();
    let (approved, exceeds) = (count(Verdict::Approved), count(Verdict::Exceeds));
    let (unapproved, undecided) = (count(Verdict::Unapproved), count(Verdict::Undecided));
    let mut tables = FindingTables::default();
    let findings = assessment.findings.iter().map(|finding| FindingWire::new(finding, &mut tables)).collect();
    let mut ways = Vec::new();
    let escalations = EscalationWire::all(&assessment.escalations, &mut ways);
    let output = CheckWire {
        schema: "countersign/check-v1",
        verdict: if assessment.is_allowed() { "allowed" } else { "blocked" },
        as_of: context.as_of.to_string(),
        trust: TrustWire::new(&assessment.trust),
        counts: CountsWire {
            plans: assessment.plans,
            resource_changes: assessment.resource_changes,
            declared: assessment.count_declared(),
            grants: approved + exceeds + unapproved + undecided,
            approved,
            exceeds,
            unapproved,
            undecided,
            unchanged: count(Verdict::Unchanged),
        },
        facts_missing: assessment.missing_facts().into_iter().map(MissingFactWire::new).collect(),
        grants: assessment.grants.iter().map(GrantWire::new).collect(),
        findings,
        statements: tables
            .statements
            .entries()
            .iter()
            .map(|statement| StatementWire::new(statement))
            .collect(),
        action_lists: tables.action_lists.entries(),
        assumptions: assessment.assumptions.iter().map(describe_assumption).collect(),
        escalations,
        escalation_paths: ways,
        catalogs: assessment.catalogs.iter().map(CatalogWire::new).collect(),
        plan_files: assessment.plan_files.iter().map(PlanFileWire::new).collect(),
        read_files: assessment.read_files.iter().map(ReadFileWire::new).collect(),
        declared: assessment.declared.iter().map(DeclaredWire::new).collect(),
        rule_packs: assessment.rule_packs.iter().map(RulePackWire::new).collect(),
    };
    out.write_all(to_json(&output)?.as_bytes())?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct CheckWire<'a> {
    schema: &'static str,
    verdict: &'static str,
    as_of: String,
    trust: TrustWire<'a>,
    counts: CountsWire,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    facts_missing: Vec<MissingFactWire<'a>>,
    grants: Vec<GrantWire<'a>>,
    findings: Vec<FindingWire<'a>>,
    statements: Vec<StatementWire<'a>>,
    action_lists: &'a [&'a [String]],
    assumptions: Vec<String>,
    escalations: Vec<EscalationWire<'a>>,
    escalation_paths: Vec<EscalationPathWire<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    catalogs: Vec<CatalogWire<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    plan_files: Vec<PlanFileWire<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    read_files: Vec<ReadFileWire<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    declared: Vec<DeclaredWire<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rule_packs: Vec<RulePackWire<'a>>,
}

/// A fact that nobody gave, and how many findings wait for it.
#[derive(Serialize)]
struct MissingFactWire<'a> {
    fact: &'a str,
    provider: &'a str,
    findings: usize,
}

impl<'a> MissingFactWire<'a> {
    fn new((missing, findings): (&'a MissingFact, usize)) -> Self {
        Self { fact: &missing.fact, provider: &missing.provider, findings }
    }
}

/// A plan file that was judged.
#[derive(Serialize)]
struct PlanFileWire<'a> {
    file: &'a str,
    sha256: &'a str,
}

impl<'a> PlanFileWire<'a> {
    fn new(digest: &'a PlanDigest) -> Self {
        Self { file: &digest.name, sha256: &digest.sha256 }
    }
}

/// A file beside the sources that was read.
#[derive(Serialize)]
struct ReadFileWire<'a> {
    file: &'a str,
    sha256: &'a str,
}

impl<'a> ReadFileWire<'a> {
    fn new(file: &'a ReadFile) -> Self {
        Self { file: &file.path, sha256: &file.sha256 }
    }
}

/// A declaration of the manifest by which resource changes passed that no rule reads.
#[derive(Serialize)]
struct DeclaredWire<'a> {
    provider: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#type: Option<&'a str>,
    reason: &'a str,
    resource_changes: usize,
    file: &'a str,
    line: usize,
}

impl<'a> DeclaredWire<'a> {
    fn new(declared: &'a DeclaredUse) -> Self {
        Self {
            provider: &declared.provider,
            r#type: declared.type_name.as_deref(),
            reason: &declared.reason,
            resource_changes: declared.resource_changes,
            file: &declared.file,
            line: declared.line,
        }
    }
}

/// A pack of `--rules`.
#[derive(Serialize)]
struct RulePackWire<'a> {
    name: &'a str,
    providers: &'a [String],
    ignores: &'a [String],
    replaces: &'a [String],
}

impl<'a> RulePackWire<'a> {
    fn new(pack: &'a AdditionalPack) -> Self {
        let AdditionalPack { name, providers, ignores, replaces } = pack;
        Self { name, providers, ignores, replaces }
    }
}

/// The paths by which a holder of what is granted can raise its own rights, and the grants that give it what they need.
#[derive(Serialize)]
struct EscalationWire<'a> {
    principal: &'a str,
    /// Places in the table of paths.
    paths: Vec<usize>,
    addresses: &'a [String],
    certain: bool,
}

/// A path, with the permissions of some holder.
#[derive(PartialEq, Eq, Hash, Clone, Copy, Serialize)]
struct EscalationPathWire<'a> {
    provider: &'static str,
    path: &'static str,
    effect: &'static str,
    permissions: &'a [&'static str],
    source: &'static str,
}

impl<'a> EscalationWire<'a> {
    /// One entry for the paths of one holder that the same grants give.
    fn all(escalations: &'a [Escalation], paths: &mut Vec<EscalationPathWire<'a>>) -> Vec<Self> {
        let mut places = HashMap::new();
        let mut place = |one: &'a Escalation| {
            let path = EscalationPathWire::new(one);
            *places.entry(path).or_insert_with(|| {
                paths.push(path);
                paths.len() - 1
            })
        };
        let given_alike = |one: &Escalation, other: &Escalation| {
            (&one.principal, one.dialect, &one.addresses, one.certain)
                == (&other.principal, other.dialect, &other.addresses, other.certain)
        };
        let alike = escalations.chunk_by(given_alike);
        let entries = alike.filter_map(|alike| {
            let first = alike.first()?;
            Some(Self {
                principal: &first.principal,
                paths: alike.iter().map(&mut place).collect(),
                addresses: &first.addresses,
                certain: first.certain,
            })
        });
        entries.collect()
    }
}

impl<'a> EscalationPathWire<'a> {
    fn new(escalation: &'a Escalation) -> Self {
        Self {
            provider: escalation.dialect,
            path: escalation.path,
            effect: escalation.effect,
            permissions: &escalation.permissions,
            source: escalation.source,
        }
    }
}

/// A catalogue whose content was read.
#[derive(Serialize)]
struct CatalogWire<'a> {
    title: &'a str,
    source: &'a str,
    date: String,
    licence: &'a str,
}

impl<'a> CatalogWire<'a> {
    fn new(source: &'a catalog::CatalogSource) -> Self {
        Self {
            title: &source.title,
            source: &source.source,
            date: source.date.to_string(),
            licence: &source.licence,
        }
    }
}

#[derive(Serialize)]
struct CountsWire {
    plans: usize,
    resource_changes: usize,
    declared: usize,
    grants: usize,
    approved: usize,
    exceeds: usize,
    unapproved: usize,
    undecided: usize,
    unchanged: usize,
}

#[derive(Serialize)]
struct GrantWire<'a> {
    address: &'a str,
    r#type: &'a str,
    provider: &'a str,
    kind: &'static str,
    principals: &'a [String],
    verdict: &'static str,
    tickets: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    content: Vec<ContentWire<'a>>,
}

impl<'a> GrantWire<'a> {
    fn new(grant: &'a Judged) -> Self {
        Self {
            address: &grant.address,
            r#type: &grant.type_name,
            provider: &grant.provider,
            kind: grant.kind,
            principals: &grant.principals,
            verdict: grant.verdict.word(),
            tickets: &grant.tickets,
            content: grant.content.iter().map(ContentWire::new).collect(),
        }
    }
}
