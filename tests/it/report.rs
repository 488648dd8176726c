//! The report for people scales: what is one thing is said once, and nothing is left out.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

const MANIFEST: &str = r#"
process_owner = "sec"
system "s" {
  owner = "team-s"
  match { modules = ["module.s"] }
}
authority "s" {
  approvers    = ["lee"]
  systems      = ["s"]
  max_duration = "100d"
}
approval "SEC-1" {
  justification = "x"
  system        = "s"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-01"
  expires_on    = "2026-12-01"
  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/nobody"]
    actions    = ["s3:GetObject"]
    resources  = ["arn:aws:s3:::x/*"]
  }
}
"#;

fn policy(role: &str, address: &str) -> Value {
    let policy = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/*"},
        {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"},
    ]});
    json!({
        "address": address, "mode": "managed", "type": "aws_iam_role_policy", "name": "p",
        "provider_name": "registry.terraform.io/hashicorp/aws",
        "change": {"actions": ["create"], "before": null, "after_unknown": {"id": true},
            "after": {"name": "p", "role": role, "policy": policy.to_string()}},
    })
}

fn check(changes: &[Value], arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let block = |provider: &str, name: &str| {
        json!({"address": format!("aws_iam_role_policy.{name}"), "mode": "managed", "type": "aws_iam_role_policy",
            "name": name, "provider_config_key": provider, "expressions": {"role": {}, "policy": {}}})
    };
    let plan = json!({
        "format_version": "1.2", "terraform_version": "1.11.4", "timestamp": "2026-11-23T09:00:00Z",
        "resource_changes": changes,
        "configuration": {
            "provider_config": {
                "aws": {"name": "aws", "full_name": "registry.terraform.io/hashicorp/aws"},
                "aws.west": {"name": "aws", "alias": "west", "full_name": "registry.terraform.io/hashicorp/aws",
                    "expressions": {"profile": {"constant_value": "west"}}},
            },
            "root_module": {"resources": [block("aws", "p"), block("aws.west", "q")]},
        },
    });
    fs::write(folder.path().join("plan.json"), plan.to_string()).unwrap();
    fs::create_dir(folder.path().join("approvals")).unwrap();
    fs::write(folder.path().join("approvals/all.hcl"), MANIFEST).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_countersign"))
        .args([
            "check",
            "plan.json",
            "--without-sources",
            "--approvals",
            "approvals",
            "--as-of",
            "2026-11-24",
        ])
        .args(["--color", "never"])
        .args(arguments)
        .current_dir(folder.path())
        .env("COLUMNS", "80")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_missing_fact_is_asked_for_once() {
    let changes: Vec<Value> = (0..3)
        .map(|at| policy(&format!("r{at}"), &format!("aws_iam_role_policy.p[{at}]")))
        .chain([{
            let mut west = policy("w", "aws_iam_role_policy.q");
            west["name"] = json!("q");
            west
        }])
        .collect();
    let report = check(&changes, &[]);
    let (facts, rest) = report.split_once("\n\n").unwrap();
    assert_eq!(
        facts,
        "2 missing facts, needed by 4 findings\n  --fact aws.account=…  (provider aws, 3 findings)\n  \
         --fact aws.account@west=…  (provider aws.west, 1 finding)\n  or in the manifest: fact \"aws.account\" { value = \
         \"…\" }"
    );
    assert!(!rest.contains("--fact"), "{rest}");
    let json: Value = serde_json::from_str(&check(&changes, &["--format", "json"])).unwrap();
    let fact = |fact: &str, provider: &str, findings: u64| json!({"fact": fact, "provider": provider, "findings": findings});
    assert_eq!(
        json["facts_missing"],
        json!([fact("aws.account", "aws", 3), fact("aws.account@west", "aws.west", 1)])
    );
    let waiting = json["findings"].as_array().unwrap().iter().map(|finding| finding["waits_for"].clone());
    assert_eq!(waiting.filter(|fact| fact == "aws.account").count(), 3);
    // Given, nothing is asked for any more.
    let given = check(&changes, &["--fact", "aws.account=1", "--fact", "aws.account@west=2"]);
    assert!(!given.contains("missing fact"), "{given}");
}

/// How many owners have a heading.
fn count_headings(report: &str) -> usize {
    report.lines().filter(|line| line.contains(" answers for ")).count()
}

/// The report as if its lines had no end.
fn unwrap_lines(report: &str) -> String {
    report.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn findings_that_say_the_same_are_one_and_none_is_left_out() {
    let given = ["--fact", "aws.account=123456789012", "--fact", "aws.account@west=123456789012"];
    let address = |at: usize| format!("aws_iam_role_policy.p[{at}]");
    // Instances of one block that give the same.
    let same: Vec<Value> = (0..10).map(|at| policy("one", &address(at))).collect();
    let report = check(&same, &given);
    assert_eq!(report.matches("\n  planned ").count(), 2, "{report}");
    assert_eq!(count_headings(&report), 1, "{report}");
    assert!(report.contains("\n\nUNAPPROVED aws_iam_role_policy, high, 10 findings\n"), "{report}");
    assert!(
        unwrap_lines(&report).contains("aws_iam_role_policy.p[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]"),
        "{report}"
    );
    // Others that say the same of other roles.
    let other: Vec<Value> = (0..30).map(|at| policy(&format!("r{at}"), &address(at))).collect();
    let report = check(&other, &given);
    assert_eq!(count_headings(&report), 1, "{report}");
    let mut others: Vec<String> = (0..30).map(|at| at.to_string()).collect();
    // As the addresses are sorted.
    others.sort_by_key(|at| address(at.parse().unwrap()));
    let shown: Vec<String> = others.drain(..2).collect();
    assert!(
        shown.iter().all(|at| report.contains(&format!("  at       aws_iam_role_policy.p[{at}]\n"))),
        "{report}"
    );
    let folded = format!("aws_iam_role_policy.p[{}]", others.join(", "));
    assert!(unwrap_lines(&report).contains(&folded), "{folded} in {report}");
    assert!(report.contains("blocked: 30 grants"), "every finding is counted: {report}");
    // What is wrong with another grant is another group of the same owner.
    let mut owned = policy("r", "module.s.aws_iam_role_policy.p[0]");
    owned["module_address"] = json!("module.s");
    let report = check(&[&same[..], &[owned]].concat(), &given);
    let groups =
        report.lines().filter(|line| line.starts_with("UNAPPROVED ") || line.starts_with("UNDECIDED "));
    assert_eq!((count_headings(&report), groups.count()), (1, 2), "{report}");
    // What many groups say is a line each at most, and none is missing.
    let many: Vec<Value> = (0..40)
        .map(|at| {
            let mut change = policy("r", &format!("aws_iam_role_policy.p[{at}]"));
            change["change"]["after"]["tags"] = json!({"ticket": format!("NO-{at}")});
            change
        })
        .collect();
    let report = check(&many, &given);
    assert_eq!(report.matches("\n  next ").count(), 20);
    assert_eq!(report.lines().filter(|line| line.starts_with("UNAPPROVED ")).count(), 40, "{report}");
}

#[test]
fn our_own_words_keep_to_the_terminal() {
    let changes: Vec<Value> =
        (0..30).map(|at| policy(&format!("r{at}"), &format!("aws_iam_role_policy.p[{at}]"))).collect();
    // Names of every length, so that every place of a line is tried.
    let named =
        (0..60).map(|at| policy(&"r".repeat(at), &format!("aws_iam_role_policy.p[\"{}\"]", "k".repeat(at))));
    let named: Vec<Value> = named.collect();
    for (changes, arguments) in [
        (&changes, &[][..]),
        (&changes, &["--fact", "aws.account=123456789012"]),
        (&named, &["--fact", "aws.account=123456789012"]),
    ] {
        let report = check(changes, arguments);
        // A name is not broken, so that it can be copied.
        let has_long_name = |line: &str| line.split(' ').any(|word| word.len() > 60);
        let long = report.lines().filter(|line| line.chars().count() > 80 && !has_long_name(line));
        let long: Vec<&str> = long.collect();
        assert!(long.is_empty(), "{long:#?}");
    }
}
