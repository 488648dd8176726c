//! The doors of the command: what it reads, runs and writes besides judging.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// A case with a real plan file that its approvals allow, and its plan JSON.
const CASE: &str = "testdata/sources/heredoc";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn run(arguments: &[&str], folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
    command.args(arguments).current_dir(folder);
    command.env("AWS_SECRET_ACCESS_KEY", "of-the-ci").env("TF_VAR_password", "of-the-ci").output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A folder with the case's plan file as `tfplan`, and a program in the place of Terraform: it prints the case's plan JSON
/// for `show`, replaces `tfplan`, and keeps what `apply` reads.
fn staged() -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(root().join(CASE).join("tfplan"), folder.path().join("tfplan")).unwrap();
    let program = folder.path().join("a-terraform");
    let shown = root().join(CASE).join("plan.json");
    let script = format!(
        "#!/bin/sh\nfor last; do :; done\ncase $1 in\nshow) env > seen-environment; echo swapped > tfplan; cat {};;\n\
         apply) cat \"$last\" > applied; echo \"$@\" > seen-arguments;;\nesac\n",
        shown.display()
    );
    fs::write(&program, script).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    (folder, program.display().to_string())
}

fn approvals() -> String {
    root().join("testdata/sources/approvals").display().to_string()
}

#[test]
fn the_bytes_that_were_judged_are_applied() {
    let (folder, program) = staged();
    let original = fs::read(folder.path().join("tfplan")).unwrap();
    let approvals = approvals();
    let arguments = ["apply", "tfplan", "--approvals", &approvals, "--as-of", "2026-11-24"];
    let output =
        run(&[&arguments[..], &["--terraform", &program, "--", "-no-color"]].concat(), folder.path());
    assert_eq!(output.status.code(), Some(0), "{}{}", text(&output.stdout), text(&output.stderr));
    assert_eq!(fs::read(folder.path().join("applied")).unwrap(), original, "other bytes were applied");
    assert_ne!(fs::read(folder.path().join("tfplan")).unwrap(), original, "nothing was swapped");
    let seen = fs::read_to_string(folder.path().join("seen-environment")).unwrap();
    assert!(!seen.contains("of-the-ci") && seen.contains("PATH="), "{seen}");
    assert!(
        fs::read_to_string(folder.path().join("seen-arguments"))
            .unwrap()
            .starts_with("apply -input=false -no-color")
    );
}

#[test]
fn what_is_blocked_is_not_applied() {
    let (folder, program) = staged();
    let approvals = approvals();
    let arguments =
        ["apply", "tfplan", "--approvals", &approvals, "--as-of", "2099-01-01", "--terraform", &program];
    assert_eq!(run(&arguments, folder.path()).status.code(), Some(1));
    assert!(!folder.path().join("applied").exists());
    for wrong in [&["--", "-target=x"][..], &["--", "other"], &["--", "-state=x"]] {
        let output = run(&[&arguments[..], wrong].concat(), folder.path());
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
    }
    let json = root().join(CASE).join("plan.json").display().to_string();
    let output = run(&["apply", &json, "--approvals", &approvals, "--as-of", "2026-11-24"], folder.path());
    assert_eq!(output.status.code(), Some(2), "plan JSON is nothing that can be applied");
}

#[test]
fn every_plan_of_a_folder_is_judged() {
    let (folder, program) = staged();
    let plans = folder.path().join("plans");
    fs::create_dir_all(plans.join("deep")).unwrap();
    fs::copy(folder.path().join("tfplan"), plans.join("deep/a.plan")).unwrap();
    fs::copy(root().join(CASE).join("plan.json"), plans.join("B.JSON")).unwrap();
    fs::write(plans.join("readme.txt"), "no plan").unwrap();
    let approvals = approvals();
    let arguments = [
        "check",
        "plans",
        "--approvals",
        &approvals,
        "--as-of",
        "2026-11-24",
        "--terraform",
        &program,
        "--format",
        "json",
    ];
    let output = run(&arguments, folder.path());
    let report: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", text(&output.stderr)));
    assert_eq!(report["counts"]["plans"], 2);
    assert_eq!(report["plan_files"][0]["file"], "plans/deep/a.plan");
    fs::write(plans.join("cut.plan"), &fs::read(plans.join("deep/a.plan")).unwrap()[..500]).unwrap();
    assert_eq!(
        run(&arguments, folder.path()).status.code(),
        Some(2),
        "a plan file that is cut short is passed over"
    );
    let digest = Command::new("sha256sum").arg(plans.join("deep/a.plan")).output().unwrap();
    assert!(text(&digest.stdout).starts_with(report["plan_files"][0]["sha256"].as_str().unwrap()));
}

#[test]
fn a_report_replaces_no_other_kind_of_file_and_outlives_no_failure() {
    let (folder, program) = staged();
    let approvals = approvals();
    let check = |outputs: &[&str], plan: &str| {
        let fixed =
            ["check", plan, "--approvals", &approvals, "--as-of", "2026-11-24", "--terraform", &program];
        let outputs = outputs.iter().flat_map(|output| ["--output", output]);
        run(&fixed.into_iter().chain(outputs).collect::<Vec<_>>(), folder.path()).status.code()
    };
    let at = |name: &str| folder.path().join(name);
    std::os::unix::fs::symlink("elsewhere", at("link")).unwrap();
    for other in ["json=/dev/null", "json=-", "json=link", "json=."] {
        assert_eq!(check(&[other], "tfplan"), Some(2), "{other}");
    }
    assert!(!at("elsewhere").exists() && !at("-").exists());

    fs::write(at("old.json"), "{\"verdict\": \"allowed\"}").unwrap();
    assert_eq!(check(&["json=old.json"], "absent"), Some(2));
    assert!(!at("old.json").exists(), "the verdict of an earlier run was left");
    assert_eq!(check(&["json=a.json", "human=absent/b.txt"], "tfplan"), Some(2));
    assert!(!at("a.json").exists(), "one report was left without the other");
}

#[test]
fn a_file_is_linted_with_the_manifest_that_it_lies_in() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = folder.path().join("stack/approvals");
    fs::create_dir_all(&manifest).unwrap();
    fs::write(manifest.join("base.hcl"), "process_owner = \"sec\"\nsystem \"app\" { owner = \"t\" }\n")
        .unwrap();
    fs::write(manifest.join("wrong.hcl"), "system \"app\" { owner = \"t\" }\n").unwrap();
    fs::create_dir_all(folder.path().join("approvals")).unwrap();
    fs::write(folder.path().join("approvals/base.hcl"), "process_owner = \"sec\"\n").unwrap();
    let output = run(&["lint", "stack/approvals/base.hcl"], folder.path());
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stdout));
    assert!(text(&output.stdout).contains("wrong.hcl"), "{}", text(&output.stdout));
    let output = run(&["lint", "stack/approvals/base.hcl", "approvals/base.hcl"], folder.path());
    assert_eq!(output.status.code(), Some(2), "two manifests");
}

#[test]
fn a_link_is_refused_however_it_is_spelled() {
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(approvals(), folder.path().join("link")).unwrap();
    let plan = root().join(CASE).join("plan.json").display().to_string();
    for spelling in ["link", "link/", "link/.", "./link//"] {
        let output = run(&["check", &plan, "--approvals", spelling], folder.path());
        assert_eq!(output.status.code(), Some(2), "{spelling}");
        assert!(text(&output.stderr).contains("symbolic link"), "{spelling}: {}", text(&output.stderr));
    }
}

#[test]
fn endless_and_silent_inputs_end() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe.json");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for input in ["pipe.json", "/dev/zero"] {
        let output = run(&["check", input, "--approvals", &approvals()], folder.path());
        assert_eq!(output.status.code(), Some(2), "{input}");
    }
}

#[test]
fn a_program_that_fails_is_quoted_and_none_is_searched_under_review() {
    let (folder, _) = staged();
    let program = folder.path().join("terraform");
    fs::write(&program, "#!/bin/sh\ntouch ran\necho 'Error: Failed to load plugin schemas' >&2\nexit 1\n")
        .unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let check = |path: &str, more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
        let fixed = ["check", "tfplan", "--approvals", &approvals()];
        command.args(fixed).args(more).current_dir(folder.path()).env("PATH", path).output().unwrap()
    };
    let output = check(".::bin", &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("neither `terraform` nor `tofu`"), "{}", text(&output.stderr));
    assert!(!folder.path().join("ran").exists(), "a program of the folder under review ran");
    let output = check(".:bin", &["--terraform", "terraform"]);
    assert_eq!(output.status.code(), Some(2), "a bare name is looked up, and not run from here");
    assert!(!folder.path().join("ran").exists());
    let output = check("", &["--terraform", "./terraform"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("Error: Failed to load plugin schemas"),
        "{}",
        text(&output.stderr)
    );
}

/// Whoever reads the report has stopped reading: what was judged was not said, so it is no answer.
#[test]
fn a_closed_standard_output_is_no_answer() {
    let folder = root().join(CASE);
    let approvals = approvals();
    for (format, command) in [("human", "check"), ("json", "check"), ("human", "grants")] {
        let mut arguments = vec![command, "plan.json", "--sources", "tfplan", "--format", format];
        if command == "check" {
            arguments.extend(["--approvals", &approvals, "--as-of", "2026-11-24"]);
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
        command.args(&arguments).current_dir(&folder);
        assert_eq!(command.output().unwrap().status.code(), Some(0), "{arguments:?}");
        let mut child = command
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(text(&output.stderr), "", "{arguments:?}");
    }
}

#[test]
fn a_report_replaces_no_input() {
    let case = root().join(CASE);
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for name in ["plan.json", "tfplan"] {
        fs::copy(case.join(name), path(name)).unwrap();
    }
    fs::create_dir_all(path("approvals/of")).unwrap();
    for entry in fs::read_dir(approvals()).unwrap() {
        let file = entry.unwrap().path();
        fs::copy(&file, path("approvals/of").join(file.file_name().unwrap())).unwrap();
    }
    let manifest = fs::read_dir(path("approvals/of")).unwrap().next().unwrap().unwrap().path();
    let manifest = format!("approvals/of/{}", manifest.file_name().unwrap().to_str().unwrap());
    fs::write(path("approvals/catalog.jsonl"), "").unwrap();
    let inputs = ["plan.json", "tfplan", "./approvals/../plan.json", &manifest, "approvals/catalog.jsonl"];
    let before: Vec<Vec<u8>> = inputs.iter().map(|name| fs::read(path(name)).unwrap()).collect();
    for name in inputs {
        let output = run(
            &["check", "plan.json", "--sources", "tfplan", "--output", &format!("json={name}")],
            folder.path(),
        );
        assert_eq!(output.status.code(), Some(2), "{name}");
        let said = text(&output.stderr);
        assert!(said.contains("is an input, and a report would replace it"), "{name}: {said}");
    }
    let after: Vec<Vec<u8>> = inputs.iter().map(|name| fs::read(path(name)).unwrap()).collect();
    assert_eq!(after, before);
    fs::remove_file(path("approvals/catalog.jsonl")).unwrap();
    for name in ["report.json", "approvals/report.json"] {
        let output = run(
            &[
                "check",
                "plan.json",
                "--sources",
                "tfplan",
                "--output",
                &format!("json={name}"),
                "--as-of",
                "2026-11-24",
            ],
            folder.path(),
        );
        assert_eq!(output.status.code(), Some(0), "{name}: {}", text(&output.stderr));
        assert!(path(name).exists());
    }
}
