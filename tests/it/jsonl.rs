//! `countersign check --jsonl`: each line is answered as a run of its own would answer it, in order, and what cannot be
//! judged blocks.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

const AS_OF: &str = "2026-11-24";

/// What a run of the program gave.
struct Run {
    exit: i32,
    out: String,
    err: String,
}

impl Run {
    fn answers(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

fn check(words: &[&str], input: &[u8]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_countersign"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["check", "--as-of", AS_OF, "--color", "never"])
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // The answers fill a pipe while lines are still written.
    let feed = std::thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    feed.join().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { exit: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

/// Judges lines with the approvals of the demo.
fn judge(lines: &[Value], more: &[&str]) -> Run {
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    judge_text(text.as_bytes(), more)
}

fn judge_text(text: &[u8], more: &[&str]) -> Run {
    check(
        &[&["-", "--jsonl", "--without-sources", "--approvals", "testdata/demo/approvals"], more].concat(),
        text,
    )
}

/// What `check --format json` answers for one plan in a file.
fn judge_alone(plan: &Path, more: &[&str]) -> (i32, Value) {
    let words = [plan.to_str().unwrap(), "--without-sources", "--approvals", "testdata/demo/approvals"];
    let run = check(&[&words, more, &["--format", "json"]].concat(), b"");
    (run.exit, serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.err)))
}

fn read_json(path: impl AsRef<Path>) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Plans of the cases of findings.
fn list_plans() -> Vec<PathBuf> {
    let folders = fs::read_dir("testdata/findings").unwrap();
    let mut plans: Vec<PathBuf> = folders.map(|entry| entry.unwrap().path().join("plan.json")).collect();
    plans.retain(|plan| plan.is_file());
    plans.sort();
    plans
}

#[test]
fn each_line_is_answered_as_a_run_of_its_own() {
    let mut plans = list_plans();
    plans.push("testdata/demo/plan.json".into());
    assert!(plans.len() > 30, "{} plans", plans.len());
    let fact = ["--fact", "aws.account=123456789012"];
    let lines: Vec<Value> = plans
        .iter()
        .enumerate()
        .map(|(at, plan)| match at % 2 {
            0 => json!({"id": at, "path": plan, "facts": {"aws.account": "123456789012"}}),
            _ => json!({"id": at, "plan": read_json(plan), "facts": {"aws.account": "123456789012"}}),
        })
        .collect();
    let run = judge(&lines, &[]);
    let answers = run.answers();
    assert_eq!(answers.len(), plans.len(), "{}", run.err);
    for (at, (plan, answer)) in plans.iter().zip(&answers).enumerate() {
        let (_, alone) = judge_alone(plan, &fact);
        assert_eq!(answer, &json!({"id": at, "result": alone, "error": null}), "{}", plan.display());
    }
    assert_eq!(run.exit, 1);
}

/// One manifest, two accounts.
#[test]
fn facts_hold_for_one_line() {
    let plan = "testdata/demo/plan.json";
    let line = |id: &str, account: &str| json!({"id": id, "path": plan, "facts": {"aws.account": account}});
    let lines = [line("a", "123456789012"), line("b", "210987654321"), json!({"id": "c", "path": plan})];
    let answers = judge(&lines, &[]).answers();
    let fact = |account: &str| format!("aws.account={account}");
    let alone = [
        judge_alone(Path::new(plan), &["--fact", &fact("123456789012")]).1,
        judge_alone(Path::new(plan), &["--fact", &fact("210987654321")]).1,
        judge_alone(Path::new(plan), &[]).1,
    ];
    for (answer, alone) in answers.iter().zip(&alone) {
        assert_eq!(&answer["result"], alone);
    }
    assert_ne!(alone[0], alone[1], "the fact decides nothing here");
    // What the command line states holds for lines that state nothing, and gives way to a line that does.
    let answers = judge(&lines[1..], &["--fact", &fact("123456789012")]).answers();
    assert_eq!([&answers[0]["result"], &answers[1]["result"]], [&alone[1], &alone[0]]);
}

/// Where projects lie says how approvals are read, so a line with such facts has a manifest of its own.
#[test]
fn facts_of_places_reach_the_approvals() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("access.hcl"), PLACES).unwrap();
    let approvals = folder.path().to_str().unwrap();
    let plan = json!({
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {"root_module": {}},
        "configuration": {"root_module": {}},
        "resource_changes": [{
            "address": "google_project_iam_member.viewer", "mode": "managed",
            "type": "google_project_iam_member", "name": "viewer",
            "provider_name": "registry.terraform.io/hashicorp/google",
            "change": {
                "actions": ["create"], "before": null, "after_unknown": {}, "before_sensitive": false,
                "after_sensitive": {},
                "after": {
                    "project": "apps", "role": "roles/viewer", "member": "user:ana@example.com", "condition": [],
                },
            },
        }],
    });
    let told = json!({"google.parent@projects/apps": "folders/1"});
    let lines = [
        json!({"id": 1, "plan": plan}),
        json!({"id": 2, "plan": plan, "facts": told}),
        json!({"id": 3, "plan": plan}),
    ];
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let run = check(&["-", "--jsonl", "--without-sources", "--approvals", approvals], text.as_bytes());
    let verdicts: Vec<Value> =
        run.answers().iter().map(|answer| answer["result"]["verdict"].clone()).collect();
    assert_eq!(verdicts, ["blocked", "allowed", "blocked"], "{}{}", run.out, run.err);
}

const PLACES: &str = r#"
process_owner = "security"
system "apps" { owner = "team-apps" }
authority "apps" {
  approvers    = ["lee"]
  systems      = ["apps"]
  max_duration = "120d"
}
approval "SEC-1" {
  justification = "Ana looks at the projects of the folder"
  system        = "apps"
  requester     = "max"
  approvers     = ["lee"]
  approved_on   = "2026-11-01"
  expires_on    = "2027-01-01"
  grant "google" {
    principals = ["user:ana@example.com"]
    roles      = ["roles/viewer"]
    resources  = ["//cloudresourcemanager.googleapis.com/folders/1"]
  }
}
"#;

/// What is no plan is answered by an error, blocks, and hides nothing after it.
#[test]
fn what_cannot_be_judged_blocks_and_hides_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.json");
    fs::write(&empty, "").unwrap();
    let large =
        format!("{{\"id\": \"large\", \"plan\": {{\"format_version\": \"{}\"}}}}", "1".repeat(25 << 20));
    let state = json!({"version": 4, "lineage": "x", "serial": 1, "resources": []});
    let bad: [(String, Value, &str); 17] = [
        ("{\"id\": 1, \"plan\": {".into(), Value::Null, "the JSON ends before it is complete"),
        ("[1]".into(), Value::Null, "not one JSON object"),
        (large, Value::Null, "the line is larger than 16 MiB"),
        ("\u{fffe}".into(), Value::Null, "not one JSON object"),
        ("{\"id\": 2}".into(), json!(2), "neither `plan` nor `path`"),
        ("{\"id\": 3, \"plan\": null}".into(), json!(3), "neither `plan` nor `path`"),
        ("{\"id\": 4, \"plan\": {}, \"path\": \"x\"}".into(), json!(4), "`plan` and `path`"),
        ("{\"id\": 5, \"plan\": {}}".into(), json!(5), "JSON but not a plan"),
        (json!({"id": 6, "plan": state}).to_string(), json!(6), "a raw state file"),
        ("{\"id\": 7, \"plan\": \"{}\"}".into(), json!(7), "this is not JSON"),
        (json!({"id": 8, "path": empty}).to_string(), json!(8), "the input is empty"),
        ("{\"id\": 9, \"path\": \"testdata/nowhere.json\"}".into(), json!(9), "cannot read"),
        ("{\"id\": 10, \"path\": \"-\"}".into(), json!(10), "`-` is not the path of a plan"),
        ("{\"id\": 11, \"plan\": {}, \"fact\": {}}".into(), json!(11), "`fact` is not a member"),
        ("{\"id\": 12, \"id\": 13, \"plan\": {}}".into(), Value::Null, "a key stands twice"),
        (
            "{\"id\": 14, \"plan\": {}, \"facts\": {\"aws.account\": \"1\", \"aws.account\": \"2\"}}".into(),
            json!(14),
            "the same key twice",
        ),
        ("{\"id\": 15, \"plan\": {}, \"facts\": {\"account\": \"1\"}}".into(), json!(15), "`account`"),
    ];
    let good = json!({"id": "good", "path": "testdata/demo/plan.json"}).to_string();
    let text: String = bad.iter().map(|(line, ..)| format!("{line}\n\n{good}\n")).collect();
    let run = judge_text(text.as_bytes(), &[]);
    let answers = run.answers();
    assert_eq!((run.exit, answers.len()), (1, 2 * bad.len()), "{}", run.err);
    for (pair, (line, id, message)) in answers.chunks(2).zip(&bad) {
        let line: String = line.chars().take(80).collect();
        assert_eq!((&pair[0]["id"], &pair[0]["result"]), (id, &Value::Null), "{line}");
        let said = pair[0]["error"]["message"].as_str().unwrap();
        assert!(said.contains(message), "{line}: {said}");
        assert_eq!((&pair[1]["id"], &pair[1]["error"]), (&json!("good"), &Value::Null), "after {line}");
        assert_eq!(pair[1]["result"]["verdict"], "blocked");
    }
    // Nothing is allowed because everything is in error.
    let run = judge_text(b"{}\n", &[]);
    assert_eq!((run.exit, run.answers().len()), (2, 1), "{}", run.err);
    assert!(run.err.contains("no line of `standard input` could be judged"), "{}", run.err);
    assert_eq!(judge_text(b"", &[]).exit, 2);
}

/// One error among lines that are allowed blocks all the same.
#[test]
fn only_lines_that_are_all_allowed_are_allowed() {
    let plan = json!({
        "format_version": "1.2", "terraform_version": "1.11.4", "planned_values": {"root_module": {}},
        "configuration": {"root_module": {}}, "resource_changes": [],
    });
    let allowed = json!({"id": 1, "plan": plan});
    let run = judge(&[allowed.clone(), allowed.clone()], &[]);
    assert_eq!(run.exit, 0, "{}{}", run.out, run.err);
    assert_eq!(judge(&[allowed.clone(), json!({"id": 2}), allowed.clone()], &[]).exit, 1);
    let blocked = json!({"id": 3, "path": "testdata/demo/plan.json"});
    assert_eq!(judge(&[allowed, blocked], &[]).exit, 1);
}

/// Plan JSON alone does not show everything, in a line as in a file.
#[test]
fn a_line_without_sources_is_blocked_unless_somebody_waives_them() {
    let folder = "testdata/sources/reference";
    let (plan, sources) = (format!("{folder}/plan.json"), format!("{folder}/tfplan"));
    let lines = [json!({"id": 1, "path": plan}), json!({"id": 2, "path": plan, "sources": sources})];
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let approvals = ["--approvals", "testdata/demo/approvals"];
    let run = check(&[&["-", "--jsonl"], &approvals[..]].concat(), text.as_bytes());
    let codes = |answer: &Value| {
        let findings = answer["result"]["findings"].as_array().unwrap_or_else(|| panic!("{answer}")).iter();
        findings.map(|finding| finding["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let answers = run.answers();
    assert!(codes(&answers[0]).contains(&"SOURCES_UNSEEN".to_owned()), "{}", run.out);
    assert!(!codes(&answers[1]).contains(&"SOURCES_UNSEEN".to_owned()), "{}", run.out);
    let words = [&[plan.as_str(), "--sources", &sources, "--format", "json"], &approvals[..]].concat();
    let alone: Value = serde_json::from_str(&check(&words, b"").out).unwrap();
    assert_eq!(answers[1]["result"], alone);
}

#[test]
fn what_lines_cannot_have_is_refused() {
    let base = ["-", "--jsonl", "--approvals", "testdata/demo/approvals"];
    for more in [
        &["--format", "sarif"][..],
        &["--output", "json=x"],
        &["--record", "x"],
        &["--quiet"],
        &["--sources", "x"],
    ] {
        let run = check(&[&base, more].concat(), b"");
        assert_eq!(run.exit, 2, "{more:?}");
        assert!(run.err.contains("cannot be used with"), "{more:?}: {}", run.err);
    }
    let run = check(&["--jsonl", "one", "two"], b"");
    assert!(run.exit == 2 && run.err.contains("one file of lines, found 2"), "{}", run.err);
}
