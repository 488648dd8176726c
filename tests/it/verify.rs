//! `verify`: what exists against what was approved. `testdata/verify/scenario/` holds what the real Terraform and provider
//! wrote of one account (moto), before and after somebody changed it behind Terraform's back.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const SCENARIO: &str = "testdata/verify/scenario";

fn run(inputs: &[&Path], words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_countersign"))
        .arg("verify")
        .args(inputs)
        .args(["--approvals", "testdata/verify/scenario/approvals", "--color", "never"])
        .args(words)
        .output()
        .unwrap()
}

fn verify(input: &str, words: &[&str]) -> Value {
    let path = Path::new(SCENARIO).join(input);
    let day = if words.contains(&"--as-of") { vec![] } else { vec!["--as-of", "2026-12-01"] };
    let output = run(&[&path], &[&["--format", "json"], words, &day].concat());
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{input}: {}", String::from_utf8_lossy(&output.stderr)))
}

/// Code and address of each finding.
fn findings(report: &Value) -> Vec<String> {
    let all = report["findings"].as_array().unwrap().iter();
    all.map(|one| format!("{} {}", one["code"].as_str().unwrap(), one["address"].as_str().unwrap())).collect()
}

#[test]
fn what_was_applied_is_judged_from_every_input_alike() {
    let unapproved = ["UNAPPROVED aws_iam_access_key.legacy", "UNAPPROVED aws_iam_user_policy.legacy"];
    for input in ["noop.json", "state.json", "state.tfstate"] {
        let report = verify(input, &[]);
        assert_eq!(findings(&report), unapproved, "{input}");
        assert_eq!(report["counts"]["approved"], 4, "{input}");
    }
}

#[test]
fn what_was_done_behind_terraforms_back_is_found() {
    let expected = |code: &str| {
        vec![
            "UNAPPROVED aws_iam_access_key.legacy".to_owned(),
            format!("{code} aws_iam_policy.send"),
            format!("{code} aws_iam_role.worker"),
            format!("{code} aws_iam_role.worker"),
            "DELIVERED_WIDER aws_iam_role_policy_attachment.send".to_owned(),
            "UNAPPROVED aws_iam_user_policy.legacy".to_owned(),
        ]
    };
    for (input, code) in [
        ("refresh-only.json", "DRIFT"),
        ("replan.json", "DRIFT"),
        ("state-after.json", "DELIVERED_WIDER"),
        ("state-after.tfstate", "DELIVERED_WIDER"),
    ] {
        let report = verify(input, &[]);
        assert_eq!(findings(&report), expected(code), "{input}");
        // `read` and `send` are objects of their own: the role's computed attributes repeat them.
        let parts: Vec<&Value> = { report["grants"].as_array().unwrap().iter() }
            .filter(|grant| !grant["part"].is_null())
            .map(|grant| &grant["part"])
            .collect();
        assert_eq!(parts, ["inline_policy", "managed_policy_arns"], "{input}");
        let not_seen = report["sources"][0]["not_seen"].to_string();
        assert!(not_seen.contains("objects that Terraform does not manage"), "{input}: mallory is not seen");
    }
}

#[test]
fn approvals_that_have_ended_leave_orphans() {
    let report = verify("state.json", &["--as-of", "2027-01-25"]);
    let found = findings(&report);
    let orphaned =
        ["ORPHANED_GRANT aws_iam_policy.send", "ORPHANED_GRANT aws_iam_role_policy_attachment.send"];
    for orphan in orphaned {
        assert!(found.iter().any(|one| one == orphan), "{orphan} is not among {found:?}");
    }
    assert!(!found.iter().any(|one| one.contains("role_policy.read")), "SEC-1 has not ended: {found:?}");
}

#[test]
fn a_state_says_the_same_in_both_forms() {
    for (json, raw) in [("state.json", "state.tfstate"), ("state-after.json", "state-after.tfstate")] {
        let [mut json, mut raw] = [json, raw].map(|input| verify(input, &[]));
        for report in [&mut json, &mut raw] {
            report.as_object_mut().unwrap().remove("sources").unwrap();
        }
        assert_eq!(json, raw);
    }
}

/// A key's secret stands in clear in both forms of a state.
#[test]
fn no_secret_of_a_state_is_told() {
    let text = fs::read_to_string(Path::new(SCENARIO).join("state.tfstate")).unwrap();
    let state: Value = serde_json::from_str(&text).unwrap();
    let key = state["resources"].as_array().unwrap().iter().find(|one| one["type"] == "aws_iam_access_key");
    let attributes = &key.unwrap()["instances"][0]["attributes"];
    let secrets = ["secret", "ses_smtp_password_v4"].map(|name| attributes[name].as_str().unwrap());
    for input in ["state.json", "state.tfstate", "noop.json", "refresh-only.json"] {
        let path = Path::new(SCENARIO).join(input);
        for format in ["human", "json", "markdown", "sarif", "html"] {
            let output = run(&[&path], &["--format", format, "--as-of", "2026-12-01"]);
            let told = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
            assert!(
                !told.is_empty() && secrets.iter().all(|secret| !told.contains(secret)),
                "{input} {format}"
            );
        }
    }
}

/// What a mark of the state calls sensitive is told nowhere: neither its principals nor its resources.
#[test]
fn sensitive_attributes_of_a_raw_state_are_honoured() {
    let text = fs::read_to_string(Path::new(SCENARIO).join("state.tfstate")).unwrap();
    let mut state: Value = serde_json::from_str(&text).unwrap();
    let objects = state["resources"].as_array_mut().unwrap();
    let policy = objects.iter_mut().find(|one| one["type"] == "aws_iam_user_policy").unwrap();
    let instance = &mut policy["instances"][0];
    let document =
        r#"{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::hidden-name"}]}"#;
    instance["attributes"]["policy"] = document.into();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    let tell = |state: &Value| {
        fs::write(&path, state.to_string()).unwrap();
        let output = run(&[&path], &["--as-of", "2026-12-01"]);
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert!(tell(&state).contains("hidden-name"), "without a mark it is told");
    state["resources"].as_array_mut().unwrap().iter_mut().for_each(|one| {
        if one["type"] == "aws_iam_user_policy" {
            one["instances"][0]["sensitive_attributes"] =
                serde_json::json!([[{"type": "get_attr", "value": "policy"}]]);
        }
    });
    let told = tell(&state);
    assert!(told.contains("aws_iam_user_policy.legacy") && !told.contains("hidden-name"), "{told}");
}

#[test]
fn inputs_that_are_not_whole_are_refused_by_name() {
    let state = fs::read_to_string(Path::new(SCENARIO).join("state.tfstate")).unwrap();
    let shown = fs::read_to_string(Path::new(SCENARIO).join("state.json")).unwrap();
    let plan = fs::read_to_string(Path::new(SCENARIO).join("noop.json")).unwrap();
    let cut = |text: &str| text.as_bytes()[..text.len() / 2].to_vec();
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let flat = state.replacen("\"attributes\"", "\"attributes_flat\"", 1);
    let cases: [(&str, Vec<u8>, &str); 13] = [
        ("a cut state", cut(&state), "ends before it is complete"),
        ("a cut state as JSON", cut(&shown), "ends before it is complete"),
        ("a cut plan", cut(&plan), "ends before it is complete"),
        ("no bytes", Vec::new(), "the input is empty"),
        ("an empty list", b"[]".to_vec(), "an empty list"),
        (
            "a state of nothing",
            br#"{"version":4,"serial":1,"lineage":"l","resources":[]}"#.to_vec(),
            "no object",
        ),
        (
            "a state as JSON of nothing",
            br#"{"format_version":"1.0"}"#.to_vec(),
            "no kind that `verify` reads",
        ),
        ("an old state", br#"{"version":3,"serial":1,"lineage":"l","modules":[]}"#.to_vec(), "version 3"),
        ("flat attributes", flat.into_bytes(), "Terraform 0.11"),
        ("UTF-16 without a mark", wide(&state), "not"),
        ("a plan stream", b"{\"@level\":\"info\",\"@message\":\"m\"}\n".to_vec(), "plan -json"),
        ("another tool", br#"{"Users": []}"#.to_vec(), "no kind that `verify` reads"),
        (
            "a key twice",
            state.replacen("\"terraform_version\"", "\"lineage\"", 1).into_bytes(),
            "raw state file",
        ),
    ];
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes, expected) in cases {
        let path = folder.path().join("input");
        fs::write(&path, bytes).unwrap();
        let output = run(&[&path], &[]);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{name}: {told}");
        assert!(told.contains(expected) && told.contains("help: "), "{name}: {told}");
    }
}

/// Windows PowerShell writes UTF-16 with a mark.
#[test]
fn a_state_in_utf_16_with_a_mark_is_read() {
    let text = fs::read_to_string(Path::new(SCENARIO).join("state.tfstate")).unwrap();
    let bytes: Vec<u8> = "\u{feff}"
        .chars()
        .chain(text.chars())
        .collect::<String>()
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    fs::write(&path, bytes).unwrap();
    assert_eq!(run(&[&path], &["--as-of", "2026-12-01"]).status.code(), Some(1));
}

#[test]
fn an_input_is_not_overwritten() {
    let path = Path::new(SCENARIO).join("state.json");
    let output = run(&[&path], &["--output", "json=testdata/verify/scenario/state.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("is an input"));
    assert!(fs::metadata(path).unwrap().len() > 1000);
}

#[test]
fn verify_keeps_its_schema() {
    let schema: Value = serde_json::from_str(&fs::read_to_string("schemas/verify-v1.json").unwrap()).unwrap();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    for input in ["state.json", "state.tfstate", "noop.json", "refresh-only.json", "replan.json"] {
        let report = verify(input, &[]);
        let errors: Vec<String> = validator
            .iter_errors(&report)
            .map(|error| format!("{error} at {}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{input}: {}", errors.join("\n"));
    }
}
