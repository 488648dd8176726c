//! `countersign/check-v1`: the assessment for programs.
//!
//! The schema stands in `schemas/check-v1.json`; fields are added, never renamed or removed, within `v1`.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::Context;
use crate::catalog;
use crate::escalation::Escalation;
use crate::finding::{Assessment, Finding, Judged, Verdict};
use access_algebra::{self, Witness};

/// Writes an assessment as one JSON object and a line feed.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(assessment: &Assessment, context: Context, out: &mut dyn Write) -> io::Result<()> {
    let counts = assessment.counts();
    let count = |verdict: Verdict| counts.get(&verdict).copied().unwrap_or_default();
    let (approved, exceeds) = (count(Verdict::Approved), count(Verdict::Exceeds));
    let (unapproved, undecided) = (count(Verdict::Unapproved), count(Verdict::Undecided));
    let output = Output {
        schema: "countersign/check-v1",
        verdict: if assessment.is_allowed() { "allowed" } else { "blocked" },
        as_of: context.as_of.to_string(),
        counts: OutputCounts {
            resource_changes: assessment.resource_changes,
            grants: approved + exceeds + unapproved + undecided,
            approved,
            exceeds,
            unapproved,
            undecided,
            unchanged: count(Verdict::Unchanged),
        },
        grants: assessment.grants.iter().map(OutputGrant::of).collect(),
        findings: assessment.findings.iter().map(OutputFinding::of).collect(),
        assumptions: &assessment.assumptions,
        escalations: assessment.escalations.iter().map(OutputEscalation::of).collect(),
        catalogs: assessment.catalogs.iter().map(OutputCatalog::of).collect(),
    };
    out.write_all(super::plain_json(&output)?.as_bytes())?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct Output<'a> {
    schema: &'static str,
    verdict: &'static str,
    as_of: String,
    counts: OutputCounts,
    grants: Vec<OutputGrant<'a>>,
    findings: Vec<OutputFinding<'a>>,
    assumptions: &'a [String],
    escalations: Vec<OutputEscalation<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    catalogs: Vec<OutputCatalog<'a>>,
}

/// A way for a holder of what is granted to raise its own rights.
#[derive(Serialize)]
struct OutputEscalation<'a> {
    principal: &'a str,
    provider: &'static str,
    path: &'static str,
    effect: &'static str,
    permissions: &'a [&'static str],
    addresses: &'a [String],
    certain: bool,
    source: &'static str,
}

impl<'a> OutputEscalation<'a> {
    fn of(escalation: &'a Escalation) -> Self {
        Self {
            principal: &escalation.principal,
            provider: escalation.dialect,
            path: escalation.path,
            effect: escalation.effect,
            permissions: &escalation.permissions,
            addresses: &escalation.addresses,
            certain: escalation.certain,
            source: escalation.source,
        }
    }
}

/// A catalogue whose content was read.
#[derive(Serialize)]
struct OutputCatalog<'a> {
    title: &'a str,
    source: &'a str,
    date: String,
    licence: &'a str,
}

impl<'a> OutputCatalog<'a> {
    fn of(source: &'a catalog::Source) -> Self {
        Self {
            title: &source.title,
            source: &source.source,
            date: source.date.to_string(),
            licence: &source.licence,
        }
    }
}

/// A role that was judged by its content.
#[derive(Serialize)]
pub(super) struct OutputContent<'a> {
    role: &'a str,
    version: Option<&'a str>,
    since: Option<&'a str>,
    source: &'a str,
    date: String,
}

impl<'a> OutputContent<'a> {
    pub(super) fn of(used: &'a catalog::Used) -> Self {
        Self {
            role: &used.role,
            version: used.version.as_deref(),
            since: used.since.as_deref(),
            source: &used.source.source,
            date: used.source.date.to_string(),
        }
    }
}

#[derive(Serialize)]
struct OutputCounts {
    resource_changes: usize,
    grants: usize,
    approved: usize,
    exceeds: usize,
    unapproved: usize,
    undecided: usize,
    unchanged: usize,
}

#[derive(Serialize)]
struct OutputGrant<'a> {
    address: &'a str,
    r#type: &'a str,
    provider: &'a str,
    kind: &'static str,
    principals: &'a [String],
    verdict: &'static str,
    tickets: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    content: Vec<OutputContent<'a>>,
}

impl<'a> OutputGrant<'a> {
    fn of(grant: &'a Judged) -> Self {
        Self {
            address: &grant.address,
            r#type: &grant.type_name,
            provider: &grant.provider,
            kind: grant.kind,
            principals: &grant.principals,
            verdict: grant.verdict.word(),
            tickets: &grant.tickets,
            content: grant.content.iter().map(OutputContent::of).collect(),
        }
    }
}

#[derive(Serialize)]
struct OutputFinding<'a> {
    code: &'static str,
    address: Option<&'a str>,
    ticket: Option<&'a str>,
    side: &'static str,
    owner: OutputOwner<'a>,
    message: &'a str,
    approved: &'a [String],
    planned: &'a [String],
    notes: &'a [String],
    witness: Option<OutputWitness<'a>>,
    excess: &'a [String],
    remedy: &'a str,
    controls: &'static [&'static str],
    location: Option<OutputLocation<'a>>,
}

#[derive(Serialize)]
struct OutputOwner<'a> {
    name: &'a str,
    role: &'static str,
    because: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<&'a str>,
}

#[derive(Serialize)]
struct OutputLocation<'a> {
    file: &'a str,
    line: usize,
}

/// A witness on the wire, also that of `compare`.
#[derive(Serialize)]
pub(crate) struct OutputWitness<'a> {
    principal: &'a str,
    action: &'a str,
    resource: &'a str,
    context: BTreeMap<&'a str, OutputContext<'a>>,
}

#[derive(Serialize)]
enum OutputContext<'a> {
    #[serde(untagged)]
    One(&'a str),
    #[serde(untagged)]
    Many(&'a [String]),
}

impl<'a> OutputWitness<'a> {
    pub(crate) fn of(witness: &'a Witness) -> Self {
        let request = &witness.request;
        let context = request.context.iter().map(|(key, value)| {
            let value = match value {
                access_algebra::Context::One(text) => OutputContext::One(text),
                access_algebra::Context::Many(texts) => OutputContext::Many(texts),
            };
            (&**key, value)
        });
        Self {
            principal: &request.principal,
            action: &request.action,
            resource: &request.resource,
            context: context.collect(),
        }
    }
}

impl<'a> OutputFinding<'a> {
    fn of(finding: &'a Finding) -> Self {
        let owner = &finding.owner;
        Self {
            code: finding.code.name(),
            address: finding.address.as_deref(),
            ticket: finding.ticket.as_deref(),
            side: finding.side.word(),
            owner: OutputOwner {
                name: &owner.name,
                role: owner.role.word(),
                because: &owner.because,
                contact: owner.contact.as_deref(),
            },
            message: &finding.message,
            approved: &finding.approved,
            planned: &finding.planned,
            notes: &finding.notes,
            witness: finding.witness.as_ref().map(OutputWitness::of),
            excess: &finding.excess,
            remedy: &finding.remedy,
            controls: finding.code.controls(),
            location: finding
                .location
                .as_ref()
                .map(|location| OutputLocation { file: &location.file, line: location.line }),
        }
    }
}
