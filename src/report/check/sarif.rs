//! `sarif`: SARIF 2.1.0, for code scanning and for viewers.
//!
//! Every result has a place, since GitHub refuses a whole file for one that has none, and a fingerprint that stays the same when
//! the change is planned again. The rules are the table of finding codes.

use std::borrow::Cow;
use std::io::{self, Write};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;

use super::CheckReport;
use super::fingerprint::make_fingerprints;
use super::model::FindingEntry;
use super::place::{Line, find_line_or_manifest, list_other_sites};
use super::summary::{INFORMATION, describe_exceptions, describe_owner, name_object};
use crate::finding::{CODES, Code, CodeRow, FindingSeverity};
use crate::report::escape::to_json;

/// Results that GitHub takes of one run, at most (docs.github.com, "SARIF support for code scanning").
const MAX_RESULTS: usize = 25_000;

/// What may not stand in the path of a URI as it is (RFC 3986, section 3.3).
const UNSAFE_IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    column_kind: &'static str,
    automation_details: AutomationDetails,
    /// The exceptions by which grants passed: they are no results, because nothing is to be corrected yet.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    invocations: Vec<Invocation>,
    results: Vec<SarifResult<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Text,
}

#[derive(Serialize)]
struct AutomationDetails {
    id: &'static str,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    information_uri: &'static str,
    rules: Vec<SarifRule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifRule {
    id: &'static str,
    short_description: Text,
    full_description: Text,
    help: Text,
    default_configuration: Configuration,
    properties: RuleProperties,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct RuleProperties {
    tags: Vec<&'static str>,
    #[serde(rename = "security-severity")]
    security_severity: &'static str,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Text,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    partial_fingerprints: Fingerprints,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "countersignFinding/v1")]
    finding: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation<'a> {
    artifact_location: ArtifactLocation<'a>,
    region: Region,
}

#[derive(Serialize)]
struct ArtifactLocation<'a> {
    uri: Cow<'a, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
}

/// Writes a report.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(report: &CheckReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let findings = report.findings.iter().zip(make_fingerprints(report)).take(MAX_RESULTS);
    let notify = |text: String| Notification { level: "warning", message: Text { text } };
    let notifications: Vec<_> = describe_exceptions(report).into_iter().map(notify).collect();
    let invocation = Invocation { execution_successful: true, tool_execution_notifications: notifications };
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "countersign",
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    information_uri: INFORMATION,
                    rules: CODES.iter().map(SarifRule::new).collect(),
                },
            },
            column_kind: "unicodeCodePoints",
            automation_details: AutomationDetails { id: "countersign/check/" },
            invocations: if report.exceptions.is_empty() { Vec::new() } else { vec![invocation] },
            results: findings
                .map(|(finding, fingerprint)| SarifResult::new(finding, report, fingerprint))
                .collect(),
        }],
    };
    out.write_all(to_json(&log)?.as_bytes())?;
    out.write_all(b"\n")
}

impl SarifRule {
    fn new(row: &CodeRow) -> Self {
        let controls = format!("evidence towards {}", row.controls.join(", "));
        Self {
            id: row.name,
            short_description: sentence(row.meaning),
            full_description: Text { text: row.explanation.to_owned() },
            help: Text {
                text: format!("{}\n\nNext: {}.\n\nControls: {controls}.", row.explanation, row.remedy),
            },
            default_configuration: Configuration { level: "error" },
            properties: RuleProperties {
                tags: vec!["security", "access"],
                // GitHub shows 9.0 and more as critical, 7.0 and more as high, 4.0 and more as medium.
                security_severity: match row.severity {
                    FindingSeverity::Critical => "9.5",
                    FindingSeverity::High => "8.0",
                    FindingSeverity::Medium => "5.0",
                },
            },
        }
    }
}

impl<'a> SarifResult<'a> {
    fn new(finding: &'a FindingEntry<'_>, report: &'a CheckReport<'_>, fingerprint: String) -> Self {
        let others = list_other_sites(finding).enumerate().map(|(at, (what, line))| Location {
            id: Some(at),
            message: Some(Text { text: what.to_owned() }),
            ..Location::new(&line)
        });
        let text = format!(
            "{}: {}. {} answers: {}. Next: {}.",
            name_object(finding),
            finding.message,
            describe_owner(finding),
            finding.owner.because,
            finding.remedy
        );
        Self {
            rule_id: &finding.code,
            rule_index: Code::from_name(&finding.code).map(|code| code as usize),
            level: "error",
            message: Text { text },
            locations: [Location::new(&find_line_or_manifest(finding, report))],
            related_locations: others.collect(),
            partial_fingerprints: Fingerprints { finding: fingerprint },
        }
    }
}

impl<'a> Location<'a> {
    fn new(at: &Line<'a>) -> Self {
        Self {
            id: None,
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation {
                    uri: utf8_percent_encode(at.file, UNSAFE_IN_PATH).into(),
                },
                region: Region { start_line: at.line, start_column: at.column },
            },
            message: None,
        }
    }
}

/// A meaning as a sentence: SARIF's descriptions end with a full stop.
fn sentence(text: &str) -> Text {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    Text { text: format!("{first}{}.", letters.as_str()) }
}
