//! The Statement around a decision: what it is about, and the predicate.
//!
//! in-toto Statement v1: <https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md>

use std::io;

use serde::Serialize;

use super::accepted::{AcceptedWire, list_accepted};
use super::decisions::{ApprovalWire, CoverageWire, FindingWire, GrantWire, list_approvals};
use super::exceptions::ExceptionWire;
use super::inputs::{ActorWire, ClockWire, InputsWire};
use super::{RecordedPlan, RunEvidence};
use crate::finding::Assessment;
use crate::report::escape::to_json_line;
use crate::words::describe_assumption;

/// The type of the Statement.
pub(super) const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";

/// The type of the predicate, whose schema is `schemas/access-decision-v1.json`.
pub const PREDICATE_TYPE: &str = "https://github.com/countersign/countersign/access-decision/v1";

/// Who verified.
const VERIFIER: &str = "https://github.com/countersign/countersign";

/// Returns the record of a run: one line of JSON with its members in order of name.
///
/// # Errors
///
/// None that is known: what is written has a form in JSON.
pub fn write(assessment: &Assessment, evidence: &RunEvidence<'_>) -> io::Result<String> {
    let statement = StatementWire {
        r#type: STATEMENT_TYPE,
        subject: evidence.plans.iter().flat_map(list_subjects).collect(),
        predicate_type: PREDICATE_TYPE,
        predicate: PredicateWire::new(assessment, evidence),
    };
    // A map of serde_json is ordered by name.
    let ordered = serde_json::to_value(statement).map_err(io::Error::other)?;
    Ok(to_json_line(&ordered)? + "\n")
}

#[derive(Serialize)]
struct StatementWire<'a> {
    #[serde(rename = "_type")]
    r#type: &'static str,
    subject: Vec<SubjectWire>,
    #[serde(rename = "predicateType")]
    predicate_type: &'static str,
    predicate: PredicateWire<'a>,
}

/// What was judged. Of plan JSON that is not the plan file that it may have been made from: nothing shows that it was.
#[derive(Serialize)]
struct SubjectWire {
    name: String,
    digest: DigestWire,
}

#[derive(Serialize)]
struct DigestWire {
    sha256: String,
}

fn list_subjects(plan: &RecordedPlan) -> Vec<SubjectWire> {
    let subject = |name: &str, sha256: &str| SubjectWire {
        name: name.to_owned(),
        digest: DigestWire { sha256: sha256.to_owned() },
    };
    match &plan.file_sha256 {
        None => vec![subject(&plan.name, &plan.json_sha256)],
        Some(file) => {
            vec![subject(&plan.name, file), subject(&format!("{}.json", plan.name), &plan.json_sha256)]
        }
    }
}

#[derive(Serialize)]
struct PredicateWire<'a> {
    verifier: VerifierWire<'a>,
    command: &'static str,
    verdict: &'static str,
    time_verified: String,
    as_of: String,
    clock: ClockWire,
    actor: Option<ActorWire<'a>>,
    inputs: InputsWire<'a>,
    coverage: CoverageWire,
    grants: Vec<GrantWire<'a>>,
    approvals: Vec<ApprovalWire<'a>>,
    exceptions: Vec<ExceptionWire<'a>>,
    findings: Vec<FindingWire<'a>>,
    assumptions: Vec<String>,
    accepted: Vec<AcceptedWire<'a>>,
}

/// The program that judged, and its rules.
#[derive(Serialize)]
struct VerifierWire<'a> {
    id: &'static str,
    version: &'static str,
    rules_sha256: &'a str,
}

impl<'a> PredicateWire<'a> {
    fn new(assessment: &'a Assessment, evidence: &'a RunEvidence<'a>) -> Self {
        let clock = evidence.clock;
        let grants: Vec<GrantWire<'_>> =
            assessment.grants.iter().map(|grant| GrantWire::new(grant, evidence.manifest)).collect();
        Self {
            verifier: VerifierWire {
                id: VERIFIER,
                version: env!("CARGO_PKG_VERSION"),
                rules_sha256: &evidence.embedded_rules_sha256,
            },
            command: "check",
            verdict: if assessment.is_allowed() { ALLOWED } else { "blocked" },
            time_verified: clock.now.to_string(),
            as_of: clock.as_of.to_string(),
            clock: ClockWire::new(clock),
            actor: evidence.actor.as_ref().map(ActorWire::new),
            inputs: InputsWire::new(assessment, evidence),
            coverage: CoverageWire::new(assessment, evidence.judges_all),
            approvals: list_approvals(&assessment.grants, evidence.manifest),
            grants,
            exceptions: assessment.exceptions.iter().map(ExceptionWire::new).collect(),
            findings: assessment.findings.iter().map(FindingWire::new).collect(),
            assumptions: assessment.assumptions.iter().map(describe_assumption).collect(),
            accepted: list_accepted(assessment, evidence),
        }
    }
}

/// The verdict that lets an apply go on.
pub(super) const ALLOWED: &str = "allowed";
