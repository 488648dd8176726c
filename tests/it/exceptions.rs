//! Break-glass: `testdata/exceptions/cases.json` has a line of thought a case. Each is the manifest of that folder with a few
//! texts replaced, one of its plans and a time; it says what came of each grant, and every finding with its address (`-`
//! for the plan) and its owner. No more and no other findings may come.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use clap::{Parser, ValueEnum};
use countersign::authority::{AsOf, find_exception_flaws, find_late_duties};
use countersign::cli::{Cli, OutputFormat};
use countersign::commands::{Exit, run};
use countersign::manifest::Manifest;
use countersign::source::{Palette, Source};
use jiff::Timestamp;
use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};
use serde::Deserialize;
use serde_json::Value;

const FOLDER: &str = "testdata/exceptions";

/// The cases are plan JSON alone; this option of a case says that it is about that.
const WITH_SOURCES: &str = "with-sources";

#[derive(Deserialize)]
struct Case {
    name: String,
    plan: String,
    clock: Vec<String>,
    #[serde(default)]
    options: Vec<String>,
    #[serde(default)]
    edits: Vec<(String, String)>,
    #[serde(default)]
    extra: String,
    /// What the manifest is refused for.
    error: Option<String>,
    #[serde(default)]
    grants: BTreeMap<String, String>,
    #[serde(default)]
    findings: Vec<String>,
    /// What the report says besides.
    #[serde(default)]
    says: Vec<String>,
}

impl Case {
    fn manifest(&self) -> String {
        let mut text = fs::read_to_string(format!("{FOLDER}/manifest.hcl")).unwrap();
        for (from, to) in &self.edits {
            assert_eq!(text.matches(from.as_str()).count(), 1, "{}: `{from}` stands there once", self.name);
            text = text.replace(from, to);
        }
        format!("{text}\n{}", self.extra)
    }

    /// How it ends, and the report in a format, or what it was refused for.
    fn run(&self, format: &str) -> Result<(Exit, String), String> {
        let folder = tempfile::tempdir().unwrap();
        let approvals = folder.path().join("approvals.hcl");
        fs::write(&approvals, self.manifest()).unwrap();
        let plan = format!("{FOLDER}/plans/{}.json", self.plan);
        let mut words = vec!["countersign", "check", &plan, "--format", format, "--approvals"];
        words.push(approvals.to_str().unwrap());
        words.extend(self.clock.iter().map(String::as_str));
        let options = self.options.iter().map(String::as_str);
        words.extend(options.filter(|option| *option != WITH_SOURCES));
        if !self.options.iter().any(|option| option == WITH_SOURCES) {
            words.push("--without-sources");
        }
        let mut out = Vec::new();
        match run(&Cli::parse_from(words), &mut out) {
            Ok(exit) => {
                Ok((exit, anstream::adapter::strip_str(&String::from_utf8(out).unwrap()).to_string()))
            }
            Err(failure) => {
                failure.write(Palette::Plain, &mut out).unwrap();
                Err(String::from_utf8(out).unwrap())
            }
        }
    }
}

fn cases() -> Vec<Case> {
    serde_json::from_str(&fs::read_to_string(format!("{FOLDER}/cases.json")).unwrap()).unwrap()
}

/// Every finding of a report: its code, its address and its owner.
fn list_findings(report: &Value) -> Vec<String> {
    let findings = report["findings"].as_array().unwrap().iter().map(|finding| {
        let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
        let owner = text(&finding["owner"]["name"]);
        format!("{} {} {owner}", text(&finding["code"]), text(&finding["address"]))
    });
    let mut findings: Vec<String> = findings.collect();
    findings.sort();
    findings
}

#[test]
fn every_case_comes_out_as_thought() {
    let mut wrong = Vec::new();
    let schema = fs::read_to_string("schemas/check-v1.json").unwrap();
    let schema = serde_json::from_str::<Value>(&schema).unwrap();
    let schema = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    for case in cases() {
        let found = case.run("json");
        match (&case.error, found) {
            (Some(error), Err(said)) if said.contains(error.as_str()) => {}
            (_, Err(said)) => wrong.push(format!("{}: refused\n{said}", case.name)),
            (Some(_), Ok((_, report))) => wrong.push(format!("{}: not refused\n{report}", case.name)),
            (None, Ok((exit, text))) => {
                let report: Value = serde_json::from_str(&text).unwrap();
                if let Some(error) = schema.iter_errors(&report).next() {
                    wrong.push(format!("{}: {error} at {}", case.name, error.instance_path()));
                }
                let is_excepted = case.grants.values().any(|verdict| verdict == "excepted");
                if is_excepted != report["exceptions"].is_array() {
                    wrong.push(format!("{}: {}", case.name, report["exceptions"]));
                }
                let grants = report["grants"].as_array().unwrap().iter();
                let grants: BTreeMap<String, String> = grants
                    .map(|grant| {
                        (grant["address"].as_str().unwrap().into(), grant["verdict"].as_str().unwrap().into())
                    })
                    .collect();
                let findings = list_findings(&report);
                let is_allowed = case.findings.is_empty();
                if grants != case.grants || findings != case.findings {
                    wrong.push(format!("{}:\n  {grants:?}\n  {findings:#?}", case.name));
                }
                if (exit == Exit::Allowed) != is_allowed {
                    wrong.push(format!("{}: ended as {exit:?}", case.name));
                }
            }
        }
        for said in &case.says {
            let (_, report) = case.run("human").unwrap();
            let words: Vec<&str> = report.split_whitespace().collect();
            if !words.join(" ").contains(said.as_str()) {
                wrong.push(format!("{} does not say `{said}`\n{report}", case.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// Whoever reads a format learns that a grant passed by an exception, who approved that, until when, and who cleans up.
#[test]
fn every_format_says_what_is_excepted() {
    let cases = cases();
    let case = cases.iter().find(|case| case.grants.values().any(|verdict| verdict == "excepted")).unwrap();
    for format in OutputFormat::value_variants() {
        let format = format.to_possible_value().unwrap();
        let (exit, report) = case.run(format.get_name()).unwrap();
        assert_eq!(exit, Exit::Allowed);
        // Atlantis shows the summary of a check that passes, and nothing of the plan beside it.
        let says: &[&str] = match format.get_name() {
            "atlantis" => &["1 excepted"],
            _ => &[
                "excepted",
                "INC-7",
                "lee",
                "max",
                "2026-11-24T14:10:00Z",
                "ops-oncall",
                "2026-11-25T14:10:00Z",
            ],
        };
        for text in says {
            // In commands to a CI service a colon may be written as a number.
            let is_said = report.contains(text) || report.contains(&text.replace(':', "%3A"));
            assert!(is_said, "{} does not say `{text}`\n{report}", format.get_name());
        }
    }
}

/// An exception that is decided as it should be.
fn exception(start: Timestamp, seconds: i64) -> Manifest {
    let end = start.checked_add(Duration::from_secs(seconds.unsigned_abs())).unwrap();
    let text = fs::read_to_string(format!("{FOLDER}/manifest.hcl")).unwrap();
    let text = text
        .replace("max_duration   = \"12h\"", "max_duration   = \"24h\"")
        .replace("2026-11-24T02:10:00Z", &start.to_string())
        .replace("2026-11-24T14:10:00Z", &end.to_string());
    Manifest::from_sources("manifest", &[Source::new("manifest.hcl", &text)]).unwrap()
}

/// Whether it is in force.
fn is_in_force(manifest: &Manifest, as_of: AsOf) -> bool {
    let [exception] = manifest.exceptions() else { panic!("one exception") };
    find_exception_flaws(exception, exception.approval.sample(), manifest, as_of).is_empty()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// It is in force from its start until the second before its end, and on a day if it is all day. What is owed after it
    /// is late from the second on which its time is over, however far that lies.
    #[test]
    fn no_exception_outlives_its_end_by_a_second(
        start in 1_700_000_000_i64..1_900_000_000,
        seconds in 1_i64..=86_400,
        offset in -90_000_i64..180_000,
    ) {
        let instant = |second: i64| Timestamp::from_second(second).unwrap();
        let manifest = exception(instant(start), seconds);
        let end = start + seconds;
        for now in [start - 1, start, end - 1, end, end + 1, start + offset] {
            let expected = start <= now && now < end;
            prop_assert_eq!(is_in_force(&manifest, AsOf::Instant(instant(now))), expected, "{}", now);
            let day = AsOf::Instant(instant(now)).day();
            let midnight = now - now.rem_euclid(86_400);
            let all_day = start <= midnight && midnight + 86_400 <= end;
            prop_assert_eq!(is_in_force(&manifest, AsOf::Day(day)), all_day, "{}", day);
        }
        let [exception] = manifest.exceptions() else { panic!("one exception") };
        let late = |second: i64| find_late_duties(exception, &manifest, AsOf::Instant(instant(second))).len();
        for (at, within) in [4 * 3_600, 24 * 3_600, 5 * 86_400].into_iter().enumerate() {
            prop_assert_eq!((late(end + within - 1), late(end + within)), (at, at + 1));
        }
    }
}
