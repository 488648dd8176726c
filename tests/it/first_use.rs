//! What somebody needs on the first day: beside an approval one system and one authority, and a report that fits a page.
//! Whatever else the manifest can say has to stay a choice, so these examples may shrink and not grow.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::json;

/// The lines of the smallest manifest in `docs/manifest.md`, at most.
const MANIFEST_LINES: usize = 26;

/// The lines of the first approval in the README, at most: it shows every part that an ordinary approval may have.
const APPROVAL_LINES: usize = 30;

/// The lines of the report in the README's demo, at most.
const DEMO_LINES: usize = 64;

/// The first code block of a language in a document.
fn first_block(document: &str, language: &str) -> String {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(document)).unwrap();
    let (_, rest) = text.split_once(&format!("```{language}\n")).unwrap();
    rest.split("```").next().unwrap().to_owned()
}

/// The blocks of a manifest with the names of their attributes and blocks, as `hcl` writes them: two spaces a level.
fn outline(manifest: &str) -> Vec<(String, Vec<String>)> {
    let mut blocks: Vec<(String, Vec<String>)> = Vec::new();
    for line in manifest.lines() {
        let name = || line.split_whitespace().next().unwrap_or_default().to_owned();
        if line.starts_with(|symbol: char| symbol.is_ascii_alphabetic()) {
            blocks.push((name(), Vec::new()));
        } else if let Some(inner) = line.strip_prefix("  ")
            && inner.starts_with(|symbol: char| symbol.is_ascii_alphabetic())
        {
            blocks.last_mut().unwrap().1.push(name());
        }
    }
    blocks
}

fn countersign(folder: &Path, words: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
    let output = command.args(words).args(["--as-of", "2026-11-24"]).current_dir(folder).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    (output.status.code().unwrap(), text)
}

#[test]
fn an_approval_needs_a_system_and_an_authority() {
    let manifest = first_block("docs/manifest.md", "hcl");
    let expected = [
        ("process_owner", &[][..]),
        ("system", &["owner"]),
        ("authority", &["approvers", "systems", "max_duration"]),
        (
            "approval",
            &["justification", "system", "requester", "approvers", "approved_on", "expires_on", "grant"],
        ),
    ];
    let blocks = outline(&manifest);
    let blocks: Vec<(&str, Vec<&str>)> = blocks
        .iter()
        .map(|(name, inner)| (name.as_str(), inner.iter().map(String::as_str).collect()))
        .collect();
    assert_eq!(blocks, expected.map(|(name, inner)| (name, inner.to_vec())));
    assert!(manifest.lines().count() <= MANIFEST_LINES, "{manifest}");

    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("approvals")).unwrap();
    fs::write(folder.path().join("approvals/access.hcl"), &manifest).unwrap();
    let (exit, text) = countersign(folder.path(), &["lint"]);
    assert!(exit == 0 && text.contains("0 errors, 0 warnings"), "{text}");
    fs::write(folder.path().join("plan.json"), plan_of_reports("s3:GetObject")).unwrap();
    let (exit, text) = countersign(folder.path(), &["check", "plan.json", "--without-sources"]);
    assert!(exit == 0 && text.contains("allowed: 1 grant"), "{text}");
    fs::write(folder.path().join("plan.json"), plan_of_reports("s3:*")).unwrap();
    let (exit, text) = countersign(folder.path(), &["check", "plan.json", "--without-sources"]);
    assert!(exit == 1 && text.contains("WIDER_ACTION"), "{text}");
}

/// A plan of what the smallest manifest approves, by an action.
fn plan_of_reports(action: &str) -> String {
    let provider = "registry.terraform.io/hashicorp/aws";
    let policy = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": action, "Resource": "arn:aws:s3:::acme-invoices/*"}]});
    let after = json!({"name": "reports", "role": "reports", "policy": policy.to_string()});
    json!({"format_version": "1.2", "terraform_version": "1.11.4", "complete": true, "errored": false,
        "resource_changes": [{"address": "aws_iam_role_policy.reports", "mode": "managed", "type": "aws_iam_role_policy",
            "name": "reports", "provider_name": provider, "change": {"actions": ["create"], "before": null, "after": after,
                "after_unknown": {"id": true}, "before_sensitive": false, "after_sensitive": {}}}],
        "configuration": {"provider_config": {"aws": {"name": "aws", "full_name": provider,
            "expressions": {"allowed_account_ids": {"constant_value": ["111122223333"]}}}},
            "root_module": {"resources": [{"address": "aws_iam_role_policy.reports", "mode": "managed",
                "type": "aws_iam_role_policy", "name": "reports", "provider_config_key": "aws", "schema_version": 0}]}}})
    .to_string()
}

#[test]
fn the_first_examples_of_the_readme_do_not_grow() {
    let approval = first_block("README.md", "hcl");
    assert!(approval.lines().count() <= APPROVAL_LINES, "{approval}");
    let demo = first_block("README.md", "console");
    assert!(demo.lines().count() <= DEMO_LINES, "{demo}");
    let authority = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/demo/approvals/authority.hcl"),
    );
    let blocks = outline(&authority.unwrap());
    let names: Vec<&str> = blocks.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["process_owner", "system", "authority", "fact"]);
}
