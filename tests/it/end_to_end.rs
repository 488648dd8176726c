//! From plan to apply, with the real Terraform and the real AWS provider against moto on loopback: plan, check
//! (blocked), one approval added, check (allowed), apply. Where terraform, its AWS provider or Python is missing the
//! test says so and passes, because nothing was tried.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn run(command: &mut Command) -> Output {
    command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"))
}

fn works(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(&target).unwrap();
        } else {
            std::fs::copy(entry.path(), &target).unwrap();
        }
    }
}

/// The steps of the run, as one script, because moto has to live from the plan to the apply.
const STEPS: &str = r#"
set -eu
terraform init -input=false -no-color
terraform plan -input=false -no-color -out=tfplan
terraform show -json tfplan >plan.json
set +e
"$COUNTERSIGN" check plan.json --sources tfplan --approvals approvals --as-of 2026-11-23 --format json >blocked.json
echo $? >blocked.exit
cp later/SEC-2.hcl approvals/
"$COUNTERSIGN" check plan.json --sources tfplan --approvals approvals --as-of 2026-11-23 --format json >allowed.json
echo $? >allowed.exit
# The plan file itself is as good as its JSON with `--sources`.
"$COUNTERSIGN" check tfplan --approvals approvals --as-of 2026-11-23 --format json >direct.json
set -e
test "$(cat allowed.exit)" = 0
"$COUNTERSIGN" apply tfplan --approvals approvals --as-of 2026-11-23 -- -no-color
"#;

#[test]
fn a_plan_is_blocked_until_it_is_approved_and_then_applied() {
    let skip = |what: &str| eprintln!("skipped: {what}, so no real plan can be made and applied here");
    if !works(Command::new("terraform").arg("version")) {
        return skip("terraform is not on PATH");
    }
    let folder = tempfile::tempdir().unwrap();
    let venv = folder.path().join("venv");
    if !works(Command::new("python3").args(["-m", "venv"]).arg(&venv)) {
        return skip("python3 makes no virtual environment");
    }
    let pip = venv.join("bin/pip");
    if !works(Command::new(pip).args(["install", "--quiet", "moto[server]==5.2.5"])) {
        return skip("moto can't be installed");
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let work = folder.path().join("work");
    copy(&root.join("testdata/end-to-end"), &work);
    if !works(Command::new("terraform").args(["init", "-input=false", "-backend=false"]).current_dir(&work)) {
        return skip("terraform finds no provider hashicorp/aws (name a mirror with TF_CLI_CONFIG_FILE)");
    }
    let output = run(Command::new(venv.join("bin/python"))
        .arg(root.join("testdata/plans/with_moto.py"))
        .args(["sh", "-c", STEPS])
        .current_dir(&work)
        .env("COUNTERSIGN", env!("CARGO_BIN_EXE_countersign")));
    let log = text(&output);
    let read = |name: &str| {
        std::fs::read_to_string(work.join(name)).unwrap_or_else(|error| panic!("{name}: {error}\n{log}"))
    };
    assert_eq!(read("blocked.exit").trim(), "1", "{}\n{log}", read("blocked.json"));
    assert_eq!(read("allowed.exit").trim(), "0", "{}\n{log}", read("allowed.json"));
    let report = |name: &str| -> Value { serde_json::from_str(&read(name)).unwrap() };
    let mut direct = report("direct.json");
    let digest = direct.as_object_mut().unwrap().remove("plan_files").unwrap();
    assert_eq!(digest[0]["file"], "tfplan");
    assert_eq!(direct, report("allowed.json"), "the plan file and its JSON are judged differently");
    assert!(output.status.success(), "{log}");
    assert!(log.contains("Apply complete!"), "{log}");
}
