//! A repository without a manifest: `check` is a dry run that never allows, and `init` writes a manifest that is valid and
//! approves nothing of a plan but what AWS services need of roles.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const DAY: &str = "2026-11-24";

/// A repository of nothing but a plan.
struct Repository {
    folder: tempfile::TempDir,
}

impl Repository {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(".git")).unwrap();
        Self { folder }
    }

    fn run(&self, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_countersign"))
            .args(words)
            .args(["--as-of", DAY])
            .current_dir(self.folder.path())
            .env("COLUMNS", "80")
            .output()
            .unwrap()
    }

    fn check(&self, plan: &str) -> (i32, Value) {
        let output = self.run(&["check", plan, "--without-sources", "--format", "json"]);
        let json = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
        (output.status.code().unwrap(), json)
    }

    fn init(&self, plan: &str, more: &[&str]) -> Output {
        let words = ["init", plan, "--approver", "lee", "--requester", "ana", "--ticket", "SEC-100"];
        self.run(&[&words[..], more].concat())
    }
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Plans of every kind; each that is judged with a manifest in other tests is judged here without one.
fn list_plans() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let folders = ["plans", "demo", "findings", "bypasses", "federated", "declared"];
    let entries =
        folders.iter().flat_map(|folder| walkdir::WalkDir::new(root.join(folder)).sort_by_file_name());
    let files = entries.map(|entry| entry.unwrap().into_path());
    files.filter(|path| path.extension().is_some_and(|extension| extension == "json")).collect()
}

fn has_code(report: &Value, code: &str) -> bool {
    report["findings"].as_array().unwrap().iter().any(|finding| finding["code"] == code)
}

#[test]
fn no_plan_is_allowed_without_a_manifest_and_each_gets_a_valid_first_one() {
    let mut judged = 0;
    for path in list_plans() {
        let plan = path.to_str().unwrap();
        let repository = Repository::new();
        let (exit, report) = repository.check(plan);
        assert_ne!(exit, 0, "{plan}");
        if exit == 2 {
            continue;
        }
        judged += 1;
        assert_eq!(report["verdict"], "blocked", "{plan}");
        assert!(has_code(&report, "NO_MANIFEST"), "{plan}");
        let init = repository.init(plan, &[]);
        assert!(init.status.success(), "{plan}: {}", text(&init));
        let lint = repository.run(&["lint"]);
        assert!(lint.status.success(), "{plan}: {}", text(&lint));
        let (after, report) = repository.check(plan);
        assert_ne!(after, 2, "{plan}");
        assert!(!has_code(&report, "NO_MANIFEST"), "{plan}");
        for grant in
            report["grants"].as_array().unwrap().iter().filter(|grant| grant["verdict"] == "approved")
        {
            assert_eq!(
                grant["tickets"],
                serde_json::json!(["SEC-100"]),
                "{plan}: only a standing approval approves"
            );
        }
    }
    assert!(judged > 150, "{judged}");
}

#[test]
fn a_plan_without_a_grant_is_blocked_too_until_there_is_a_manifest() {
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/plans/hostile/harmless.json");
    let plan = plan.to_str().unwrap();
    let repository = Repository::new();
    assert_eq!(repository.check(plan).0, 1);
    assert!(repository.init(plan, &[]).status.success());
    assert_eq!(repository.check(plan).0, 0);
}

/// A path that somebody named is no first use.
#[test]
fn a_misspelt_path_of_the_manifest_is_an_error() {
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/demo/plan.json");
    let output = Repository::new().run(&["check", plan.to_str().unwrap(), "--approvals", "aprovals"]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output));
}

#[test]
fn a_manifest_that_is_there_is_left_as_it_is() {
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/demo/plan.json");
    let repository = Repository::new();
    let approvals = repository.folder.path().join("approvals");
    std::fs::create_dir(&approvals).unwrap();
    let output = repository.init(plan.to_str().unwrap(), &[]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output));
    assert_eq!(std::fs::read_dir(approvals).unwrap().count(), 0);
}

/// Who asks for what AWS services need is nobody who approves it.
#[test]
fn nobody_approves_the_standing_approval_that_they_ask_for() {
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/plans");
    let services =
        walkdir::WalkDir::new(plan).sort_by_file_name().into_iter().map(|entry| entry.unwrap().into_path());
    let with_service =
        services.filter(|path| path.extension().is_some_and(|extension| extension == "json")).find(|path| {
            let repository = Repository::new();
            let plan = path.to_str().unwrap();
            let fact = ["--fact", "aws.account=123456789012"];
            repository.init(plan, &fact).status.success()
                && repository.folder.path().join("approvals/standing.hcl").exists()
        });
    let plan = with_service.expect("a plan in which an AWS service gets access");
    let repository = Repository::new();
    let words = ["init", plan.to_str().unwrap(), "--approver", "lee", "--requester", "LEE"];
    let output = repository.run(&[&words[..], &["--fact", "aws.account=123456789012"]].concat());
    assert_eq!(output.status.code(), Some(2), "{}", text(&output));
    assert!(!repository.folder.path().join("approvals").exists());
}
