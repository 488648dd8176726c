//! `countersign/check-v1`: the assessment as data, from which every other format is made.
//!
//! Takes an [`Assessment`], or a file that `check --format json` wrote, and returns a [`CheckReport`]. The schema is
//! `schemas/check-v1.json`. Until version 1.0 of the program it may still change. What many findings show alike stands
//! once, in tables beside them.

mod access;
mod delivery;
mod exception;
mod finding;
mod trust;

use std::borrow::Cow;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use strum::VariantArray as _;

pub(super) use self::access::StatementEntry;
use self::delivery::{DeliveredEntry, SourceEntry};
pub(super) use self::exception::{DutyEntry, ExceptionUseEntry};
use self::finding::FindingTables;
pub(super) use self::finding::{FindingEntry, SiteEntry};
use self::trust::TrustEntry;
use super::ReportContext;
use crate::catalog;
use crate::escalation::Escalation;
use crate::exists::Delivery;
use crate::finding::{Assessment, DeclaredUse, Judged, MissingFact, Verdict};
use crate::report::wire::ContentWire;
use crate::rules::additional::AdditionalPack;
use crate::words::describe_assumption;

/// The name of the format and its version.
const SCHEMA: &str = "countersign/check-v1";

/// The name of the format of `verify`, which says more.
const DELIVERY_SCHEMA: &str = "countersign/verify-v1";

/// The verdict of a plan that may be applied.
const ALLOWED: &str = "allowed";

/// A report of `check`, as programs read it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CheckReport<'a> {
    pub(super) schema: Cow<'a, str>,
    pub(super) verdict: Cow<'a, str>,
    pub(super) as_of: String,
    pub(super) trust: TrustEntry<'a>,
    pub(super) counts: Counts,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) sources: Vec<SourceEntry<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) provider_owned: Option<usize>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) provider_owned_objects: Vec<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) facts_missing: Vec<MissingFactEntry<'a>>,
    pub(super) grants: Vec<GrantEntry<'a>>,
    pub(super) findings: Vec<FindingEntry<'a>>,
    pub(super) statements: Vec<StatementEntry<'a>>,
    pub(super) action_lists: Vec<Cow<'a, [String]>>,
    pub(super) assumptions: Vec<String>,
    pub(super) escalations: Vec<EscalationEntry<'a>>,
    pub(super) escalation_paths: Vec<EscalationPathEntry<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) catalogs: Vec<CatalogEntry<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) plan_files: Vec<FileEntry<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) read_files: Vec<FileEntry<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) exceptions: Vec<ExceptionUseEntry<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) declared: Vec<DeclaredEntry<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) rule_packs: Vec<RulePackEntry<'a>>,
}

/// Why a file is no report of `check`.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is no JSON of this shape.
    #[error("it is not a report of `check --format json`: {0}")]
    Shape(#[from] serde_json::Error),
    /// It is of another format, or of a later version of it.
    #[error("its schema is `{0}`, and `countersign/check-v1` and `countersign/verify-v1` are read")]
    Schema(String),
}

impl<'a> CheckReport<'a> {
    /// Takes what came out of the judgement.
    pub fn new(assessment: &'a Assessment, context: ReportContext) -> Self {
        let mut tables = FindingTables::default();
        let findings =
            assessment.findings.iter().map(|finding| FindingEntry::new(finding, &mut tables)).collect();
        let mut ways = Vec::new();
        let delivery = assessment.delivery.as_ref();
        let escalations = EscalationEntry::all(&assessment.escalations, &mut ways);
        Self {
            schema: if delivery.is_some() { DELIVERY_SCHEMA } else { SCHEMA }.into(),
            verdict: if assessment.is_allowed() { ALLOWED } else { "blocked" }.into(),
            as_of: context.as_of.to_string(),
            trust: TrustEntry::new(&assessment.trust),
            counts: Counts::new(assessment),
            sources: delivery
                .into_iter()
                .flat_map(|delivery| &delivery.sources)
                .map(SourceEntry::new)
                .collect(),
            provider_owned: delivery.map(|delivery| delivery.provider_owned.len()),
            provider_owned_objects: delivery
                .map(Delivery::listed_aside)
                .unwrap_or_default()
                .iter()
                .map(Cow::from)
                .collect(),
            facts_missing: assessment.missing_facts().into_iter().map(MissingFactEntry::new).collect(),
            grants: assessment.grants.iter().map(|grant| GrantEntry::new(grant, delivery)).collect(),
            findings,
            statements: tables
                .statements
                .entries()
                .iter()
                .map(|statement| StatementEntry::new(statement))
                .collect(),
            action_lists: tables.action_lists.entries().iter().map(|list| Cow::from(*list)).collect(),
            assumptions: assessment.assumptions.iter().map(describe_assumption).collect(),
            escalations,
            escalation_paths: ways,
            catalogs: assessment.catalogs.iter().map(CatalogEntry::new).collect(),
            plan_files: assessment
                .plan_files
                .iter()
                .map(|file| FileEntry::new(&file.name, &file.sha256))
                .collect(),
            read_files: assessment
                .read_files
                .iter()
                .map(|file| FileEntry::new(&file.path, &file.sha256))
                .collect(),
            exceptions: assessment.exceptions.iter().map(ExceptionUseEntry::new).collect(),
            declared: assessment.declared.iter().map(DeclaredEntry::new).collect(),
            rule_packs: assessment.rule_packs.iter().map(RulePackEntry::new).collect(),
        }
    }

    /// Whether the plan may be applied.
    pub fn is_allowed(&self) -> bool {
        self.verdict == ALLOWED
    }

    /// Reads a report that was written as JSON.
    ///
    /// # Errors
    ///
    /// What the text is instead.
    pub fn read(text: &str) -> Result<CheckReport<'static>, ReadError> {
        let report: CheckReport<'static> = serde_json::from_str(text)?;
        if report.schema == SCHEMA || report.schema == DELIVERY_SCHEMA {
            Ok(report)
        } else {
            Err(ReadError::Schema(report.schema.into_owned()))
        }
    }
}

/// A fact that nobody gave, and how many findings wait for it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct MissingFactEntry<'a> {
    pub(super) fact: Cow<'a, str>,
    pub(super) provider: Cow<'a, str>,
    pub(super) findings: usize,
}

impl<'a> MissingFactEntry<'a> {
    fn new((missing, findings): (&'a MissingFact, usize)) -> Self {
        Self { fact: (&missing.fact).into(), provider: (&missing.provider).into(), findings }
    }
}

/// A file that was judged or read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct FileEntry<'a> {
    pub(super) file: Cow<'a, str>,
    pub(super) sha256: Cow<'a, str>,
}

impl<'a> FileEntry<'a> {
    fn new(file: &'a str, sha256: &'a str) -> Self {
        Self { file: file.into(), sha256: sha256.into() }
    }
}

/// A declaration of the manifest by which resource changes passed that no rule reads.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct DeclaredEntry<'a> {
    pub(super) provider: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) r#type: Option<Cow<'a, str>>,
    pub(super) reason: Cow<'a, str>,
    pub(super) resource_changes: usize,
    pub(super) file: Cow<'a, str>,
    pub(super) line: usize,
}

impl<'a> DeclaredEntry<'a> {
    fn new(declared: &'a DeclaredUse) -> Self {
        Self {
            provider: (&declared.provider).into(),
            r#type: declared.type_name.as_deref().map(Cow::from),
            reason: (&declared.reason).into(),
            resource_changes: declared.resource_changes,
            file: (&declared.file).into(),
            line: declared.line,
        }
    }
}

/// A pack of `--rules`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct RulePackEntry<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) providers: Cow<'a, [String]>,
    pub(super) ignores: Cow<'a, [String]>,
    pub(super) replaces: Cow<'a, [String]>,
}

impl<'a> RulePackEntry<'a> {
    fn new(pack: &'a AdditionalPack) -> Self {
        let AdditionalPack { name, providers, ignores, replaces } = pack;
        Self {
            name: name.into(),
            providers: providers.into(),
            ignores: ignores.into(),
            replaces: replaces.into(),
        }
    }
}

/// The paths by which a holder of what is granted can raise its own rights, and the grants that give it what they need.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct EscalationEntry<'a> {
    pub(super) principal: Cow<'a, str>,
    /// Places in the table of paths.
    pub(super) paths: Vec<usize>,
    pub(super) addresses: Cow<'a, [String]>,
    pub(super) certain: bool,
}

/// A path, with the permissions of some holder.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct EscalationPathEntry<'a> {
    pub(super) provider: Cow<'a, str>,
    pub(super) path: Cow<'a, str>,
    pub(super) effect: Cow<'a, str>,
    pub(super) permissions: Vec<Cow<'a, str>>,
    pub(super) source: Cow<'a, str>,
}

impl<'a> EscalationEntry<'a> {
    /// One entry for the paths of one holder that the same grants give.
    fn all(escalations: &'a [Escalation], paths: &mut Vec<EscalationPathEntry<'a>>) -> Vec<Self> {
        let mut places = HashMap::new();
        let mut place = |one: &'a Escalation| {
            let path = (one.dialect, one.path, one.effect, &one.permissions, one.source);
            *places.entry(path).or_insert_with(|| {
                paths.push(EscalationPathEntry::new(one));
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
                principal: (&first.principal).into(),
                paths: alike.iter().map(&mut place).collect(),
                addresses: (&first.addresses).into(),
                certain: first.certain,
            })
        });
        entries.collect()
    }
}

impl<'a> EscalationPathEntry<'a> {
    fn new(escalation: &'a Escalation) -> Self {
        Self {
            provider: escalation.dialect.into(),
            path: escalation.path.into(),
            effect: escalation.effect.into(),
            permissions: escalation.permissions.iter().map(|name| Cow::from(*name)).collect(),
            source: escalation.source.into(),
        }
    }
}

/// A catalogue whose content was read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct CatalogEntry<'a> {
    pub(super) title: Cow<'a, str>,
    pub(super) source: Cow<'a, str>,
    pub(super) date: String,
    pub(super) licence: Cow<'a, str>,
}

impl<'a> CatalogEntry<'a> {
    fn new(source: &'a catalog::CatalogSource) -> Self {
        Self {
            title: (&source.title).into(),
            source: (&source.source).into(),
            date: source.date.to_string(),
            licence: (&source.licence).into(),
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Counts {
    pub(super) plans: usize,
    pub(super) resource_changes: usize,
    pub(super) declared: usize,
    pub(super) grants: usize,
    pub(super) approved: usize,
    #[serde(default)]
    pub(super) excepted: usize,
    pub(super) exceeds: usize,
    pub(super) unapproved: usize,
    pub(super) undecided: usize,
    pub(super) unchanged: usize,
}

impl Counts {
    /// Counts what was judged.
    pub(super) fn new(assessment: &Assessment) -> Self {
        let counts = assessment.counts();
        let count = |verdict: Verdict| counts.get(&verdict).copied().unwrap_or_default();
        let (approved, exceeds) = (count(Verdict::Approved), count(Verdict::Exceeds));
        let (unapproved, undecided) = (count(Verdict::Unapproved), count(Verdict::Undecided));
        let excepted = count(Verdict::Excepted);
        Self {
            plans: assessment.plans,
            resource_changes: assessment.resource_changes,
            declared: assessment.count_declared(),
            grants: approved + excepted + exceeds + unapproved + undecided,
            approved,
            excepted,
            exceeds,
            unapproved,
            undecided,
            unchanged: count(Verdict::Unchanged),
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct GrantEntry<'a> {
    pub(super) address: Cow<'a, str>,
    pub(super) r#type: Cow<'a, str>,
    pub(super) provider: Cow<'a, str>,
    pub(super) kind: Cow<'a, str>,
    pub(super) principals: Cow<'a, [String]>,
    pub(super) verdict: Cow<'a, str>,
    pub(super) tickets: Cow<'a, [String]>,
    #[serde(flatten)]
    pub(super) delivered: Option<DeliveredEntry<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) content: Vec<ContentWire<'a>>,
}

impl<'a> GrantEntry<'a> {
    /// Whether it is not in the way of the apply.
    pub(super) fn passes(&self) -> bool {
        Verdict::VARIANTS.iter().any(|verdict| verdict.passes() && verdict.word() == self.verdict)
    }

    /// Whether it passes by an exception.
    pub(super) fn is_excepted_by(&self, exception: &ExceptionUseEntry<'_>) -> bool {
        self.verdict == Verdict::Excepted.word() && self.tickets.contains(&exception.id.to_string())
    }

    fn new(grant: &'a Judged, delivery: Option<&Delivery>) -> Self {
        Self {
            address: (&*grant.address).into(),
            r#type: (&*grant.type_name).into(),
            provider: (&*grant.provider).into(),
            kind: grant.kind.into(),
            principals: (&grant.principals).into(),
            verdict: grant.verdict.word().into(),
            tickets: (&grant.tickets).into(),
            delivered: delivery
                .map(|delivery| DeliveredEntry::new(grant, delivery.objects.get(&*grant.address))),
            content: grant.content.iter().map(ContentWire::new).collect(),
        }
    }
}
