//! Every format of `check`: what it looks like, that `report` makes the same of the JSON, and that no foreign text does
//! anything to whoever reads it. `testdata/formats/` holds the demo in each; `UPDATE=1 cargo test --test it formats::`
//! writes them anew, to be read.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The formats that are made of the JSON, and how their files end.
const FORMATS: [(&str, &str); 11] = [
    ("json", "json"),
    ("concise", "txt"),
    ("sarif", "sarif"),
    ("junit", "xml"),
    ("markdown", "md"),
    ("html", "html"),
    ("github", "txt"),
    ("gitlab", "json"),
    ("azure", "txt"),
    ("rdjson", "json"),
    ("atlantis", "txt"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn countersign(arguments: &[&str]) -> (Option<i32>, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_countersign")).args(arguments).current_dir(root()).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

/// Checks the demo in a format.
fn check_demo(format: &str) -> (Option<i32>, String) {
    let plan = ["check", "testdata/demo/plan.json", "--without-sources", "--as-of", "2026-11-24"];
    countersign(&[&plan[..], &["--approvals", "testdata/demo/approvals", "--format", format]].concat())
}

/// SARIF without the table of codes, which is not what this is about.
fn without_rules(text: &str) -> String {
    let mut log: Value = serde_json::from_str(text).unwrap();
    log["runs"][0]["tool"]["driver"]["rules"] = Value::Array(Vec::new());
    serde_json::to_string_pretty(&log).unwrap() + "\n"
}

/// Writes a report that is given as JSON in a format.
fn render(report: &Value, format: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("check.json");
    std::fs::write(&file, serde_json::to_vec(report).unwrap()).unwrap();
    let (code, text) = countersign(&["report", file.to_str().unwrap(), "--format", format]);
    assert_eq!(code, Some(0), "{format}");
    text
}

#[test]
fn every_format_of_the_demo_is_as_it_was_read() {
    let mut wrong = Vec::new();
    for (format, ending) in FORMATS {
        let (code, text) = check_demo(format);
        assert_eq!(code, Some(1), "the exit code of {format} is that of the verdict");
        let text = if format == "sarif" { without_rules(&text) } else { text };
        let file = root().join(format!("testdata/formats/{format}.{ending}"));
        if crate::is_updating() {
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(&file, &text).unwrap();
        }
        if std::fs::read_to_string(&file).unwrap_or_default() != text {
            wrong.push(format!("{format} reads otherwise now\n{text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn report_makes_the_same_of_the_json() {
    let report: Value = serde_json::from_str(&check_demo("json").1).unwrap();
    for (format, _) in FORMATS {
        assert_eq!(render(&report, format), check_demo(format).1, "{format}");
    }
}

/// What a stranger may have written into a plan, a policy or a manifest.
const HOSTILE: &str = "x\u{1b}[31m\r\n::error::pwned\n##vso[task.setvariable variable=a]b ##[error]c \
                       </script><script>alert(1)</script>\"'`*_[l](http://evil.example)|@everyone #1 1 failure %0A%3B;]\u{202e}";

/// Puts the hostile text behind every string that is not a word of the format.
fn poison(value: &mut Value, key: &str) {
    const WORDS: [&str; 12] = [
        "schema",
        "verdict",
        "code",
        "severity",
        "side",
        "what",
        "effect",
        "quantifier",
        "operator",
        "kind",
        "role",
        "as_of",
    ];
    match value {
        Value::String(text) if !WORDS.contains(&key) => text.push_str(HOSTILE),
        Value::Array(all) => all.iter_mut().for_each(|one| poison(one, key)),
        Value::Object(all) => all.iter_mut().for_each(|(key, one)| poison(one, key)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn hostile_report() -> Value {
    let mut report: Value = serde_json::from_str(&check_demo("json").1).unwrap();
    poison(&mut report, "");
    report
}

#[test]
fn foreign_text_is_harmless_in_every_format() {
    let report = hostile_report();
    for (format, _) in FORMATS {
        let text = render(&report, format);
        assert!(
            !text.contains('\u{1b}') && !text.contains('\u{202e}'),
            "{format}: a control character\n{text}"
        );
        let commands = text.lines().filter(|line| line.trim_start().starts_with("::")).count();
        let agents = text.matches("##vso[").count() + text.matches("##[").count();
        let findings = report["findings"].as_array().unwrap().len();
        match format {
            "github" => assert_eq!(
                (commands, text.lines().count(), agents),
                (findings + 1, findings + 1, 0),
                "{text}"
            ),
            "azure" => assert_eq!(
                (commands, text.lines().count(), agents),
                (0, findings + 1, findings + 1),
                "{text}"
            ),
            _ => assert_eq!((commands, agents), (0, 0), "{format}: a command\n{text}"),
        }
    }
}

#[test]
fn foreign_text_is_no_markup() {
    let report = hostile_report();
    let html = render(&report, "html");
    assert!(!html.contains("<script") && html.contains("&lt;script&gt;"), "{html}");
    let markdown = render(&report, "markdown");
    // In a block of code nothing is markup, and its fence is longer than any in it.
    let prose: Vec<&str> = markdown.split("```").step_by(2).collect();
    for part in prose {
        for bad in ["<script", "@everyone", "://evil", "#1 "] {
            assert!(!part.contains(bad), "{bad} in {part}");
        }
        let links = part.match_indices("](").filter(|(at, _)| !part[..*at].ends_with('\\'));
        assert_eq!(links.count(), 0, "{part}");
    }
    let junit = render(&report, "junit");
    quick_junit::Report::deserialize_from_str(&junit).unwrap_or_else(|error| panic!("{error}\n{junit}"));
}

/// Atlantis looks for these words in the output, whatever the exit code.
#[test]
fn atlantis_reads_the_verdict() {
    let fails = |text: &str| {
        let counted = regex::Regex::new(r#"([1-9][0-9]* failure|failures": \[)"#).unwrap();
        counted.is_match(text) || text.lines().any(|line| line.trim().starts_with("FAIL"))
    };
    let mut report = hostile_report();
    assert!(fails(&render(&report, "atlantis")));
    report["verdict"] = "allowed".into();
    report["findings"] = Value::Array(Vec::new());
    assert!(!fails(&render(&report, "atlantis")));
    // To an agent of Azure, success would hide what fails after it.
    assert!(!render(&report, "azure").contains("task.complete"));
}

/// Both say the same of a statement and of a request, though one of them has read it back.
#[test]
fn what_is_read_back_is_said_as_at_first() {
    let (_, human) = check_demo("human");
    let (_, page) = check_demo("markdown");
    let lines: String = human.split_whitespace().collect::<Vec<_>>().join(" ");
    for text in [
        "allow arn:aws:iam::999988887777:root, arn:aws:iam::999988887777:*, arn:aws:sts::999988887777:* sts:AssumeRole on arn:aws:iam::123456789012:role/auditor",
        "arn:aws:iam::123456789012:role/reports could do s3:PutObjectAcl on arn:aws:s3:::acme-invoices/example",
        "5 grants in 7 resource changes: 2 approved, 2 exceeding, 1 unapproved; 1 unchanged; 4 findings",
    ] {
        assert!(lines.contains(text) && page.contains(text), "{text}");
    }
}

#[test]
fn a_comment_is_never_too_long() {
    let mut report: Value = serde_json::from_str(&check_demo("json").1).unwrap();
    let one = report["findings"][0].clone();
    let many = (0..3_000).map(|at| {
        let mut finding = one.clone();
        finding["address"] = format!("aws_iam_role.auditor_{at}").into();
        finding["group"] = format!("group {at}").into();
        finding
    });
    report["findings"] = many.collect();
    let text = render(&report, "markdown");
    assert!(text.chars().count() <= 65_536, "{} characters", text.chars().count());
    assert!(text.contains("left out for length"));
}

#[test]
fn a_fingerprint_is_that_of_one_finding_and_stays_when_lines_move() {
    let fingerprints = |report: &Value| -> Vec<String> {
        let issues: Value = serde_json::from_str(&render(report, "gitlab")).unwrap();
        issues.as_array().unwrap().iter().map(|one| one["fingerprint"].as_str().unwrap().to_owned()).collect()
    };
    let mut report: Value = serde_json::from_str(&check_demo("json").1).unwrap();
    let before = fingerprints(&report);
    assert_eq!(before.iter().collect::<std::collections::BTreeSet<_>>().len(), before.len());
    report["as_of"] = "2027-01-01".into();
    for finding in report["findings"].as_array_mut().unwrap() {
        for site in finding["sites"].as_array_mut().unwrap() {
            site["line"] = 99.into();
        }
    }
    assert_eq!(fingerprints(&report), before);
    report["findings"][0]["address"] = "aws_iam_role.other".into();
    assert_ne!(fingerprints(&report)[0], before[0]);
}

/// Every result has a place and a rule, without which code scanning refuses the file.
#[test]
fn sarif_has_what_code_scanning_asks_for() {
    let log: Value = serde_json::from_str(&render(&hostile_report(), "sarif")).unwrap();
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(rules.iter().all(|rule| rule["shortDescription"]["text"].as_str().unwrap().len() <= 1024));
    assert!(rules.iter().all(|rule| rule["fullDescription"]["text"].as_str().unwrap().len() <= 1024));
    let results = run["results"].as_array().unwrap();
    assert!(!results.is_empty());
    for result in results {
        let at = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[at]["id"], result["ruleId"]);
        let region = &result["locations"][0]["physicalLocation"];
        assert!(region["region"]["startLine"].as_u64().unwrap() >= 1);
        let uri = region["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte)), "{uri}");
    }
}

#[test]
fn report_reads_nothing_but_a_report() {
    let folder = tempfile::tempdir().unwrap();
    let try_text = |text: &str| {
        let file: PathBuf = folder.path().join("check.json");
        std::fs::write(&file, text).unwrap();
        countersign(&["report", file.to_str().unwrap(), "--format", "concise"]).0
    };
    let other = check_demo("json").1.replace("check-v1", "check-v2");
    for text in ["", "{}", "[]", "{\"schema\":\"countersign/check-v1\"}", &other] {
        assert_eq!(try_text(text), Some(2), "{text}");
    }
    assert_eq!(countersign(&["report", "testdata/demo/none.json", "--format", "concise"]).0, Some(2));
}
