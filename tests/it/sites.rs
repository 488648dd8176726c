//! A planned line is named by its path in the repository where the file that lies there is the one that was planned, and
//! nowhere else: a wrong path would be a wrong line.

use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// A stack whose attachment lies in the module `send`, in the folder `attach`.
const STACK: &str = "module-argument-in-function";

/// A repository with the stack in `stacks/send`, and the approvals beside it.
fn repository() -> tempfile::TempDir {
    let all = tempfile::tempdir().unwrap();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/sources");
    let copy = |from: &Path, to: &str| {
        for entry in walkdir::WalkDir::new(from).into_iter().map(Result::unwrap) {
            if entry.file_type().is_file() {
                let target = all.path().join(to).join(entry.path().strip_prefix(from).unwrap());
                std::fs::create_dir_all(target.parent().unwrap()).unwrap();
                std::fs::copy(entry.path(), target).unwrap();
            }
        }
    };
    copy(&sources.join(STACK), "stacks/send");
    copy(&sources.join("approvals"), "approvals");
    std::fs::create_dir(all.path().join(".git")).unwrap();
    all
}

/// The report of a check in a folder of the repository.
fn check(root: &Path, folder: &str, plan: &str, format: &str, more: &[&str]) -> String {
    let approvals = format!("{}approvals", "../".repeat(Path::new(folder).components().count()));
    let (json, file) = (format!("{plan}/plan.json"), format!("{plan}/tfplan"));
    let output = Command::new(env!("CARGO_BIN_EXE_countersign"))
        .args(["check", &json, "--sources", &file, "--approvals", &approvals, "--as-of", "2026-11-24"])
        .args(["--format", format])
        .args(more)
        .current_dir(root.join(folder))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The sites of the attachment in the module, but for the rule: what stands there, where, and whether it lies elsewhere.
fn sites(root: &Path, folder: &str, plan: &str, more: &[&str]) -> Vec<String> {
    let report: Value = serde_json::from_str(&check(root, folder, plan, "json", more)).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let mut of_module =
        findings.filter(|finding| finding["address"] == "module.send.aws_iam_role_policy_attachment.this");
    let sites = of_module.next().unwrap()["sites"].as_array().unwrap().iter();
    let shown = sites.filter(|site| site["what"] != "rule").map(|site| {
        let text = |name: &str| site[name].as_str().unwrap();
        let elsewhere = if site.get("elsewhere").is_some() { " elsewhere" } else { "" };
        format!("{} {}:{}{elsewhere}", text("what"), text("file"), site["line"])
    });
    shown.collect()
}

const PLANNED: &str = "planned stacks/send/attach/main.tf:7";
const CALL: &str = "call stacks/send/main.tf:24";

#[test]
fn the_path_is_that_from_the_root_wherever_the_check_runs() {
    let all = repository();
    let root = all.path();
    let owed = [PLANNED, CALL, "approved approvals/sources.hcl:9"].map(str::to_owned);
    let in_stack = sites(root, "stacks/send", ".", &[]);
    assert_eq!(in_stack[..2], owed[..2]);
    assert!(in_stack[2].starts_with("approved approvals/"), "{in_stack:?}");
    assert_eq!(sites(root, "", "stacks/send", &[])[..2], owed[..2]);
    assert_eq!(sites(root, "stacks", "send", &[])[..2], owed[..2]);
    // A pipeline hands the plan over in another folder.
    std::fs::create_dir(root.join("artifacts")).unwrap();
    for file in ["plan.json", "tfplan"] {
        std::fs::rename(root.join("stacks/send").join(file), root.join("artifacts").join(file)).unwrap();
    }
    assert_eq!(sites(root, "stacks/send", "../../artifacts", &[])[..2], owed[..2]);
    let named = ["--source-root", "stacks/send"];
    assert_eq!(sites(root, "", "artifacts", &named)[..2], owed[..2]);
    let unnamed = sites(root, "", "artifacts", &[]);
    assert_eq!(unnamed[..2], ["planned attach/main.tf:7 elsewhere", "call main.tf:24 elsewhere"]);
}

#[test]
fn a_file_that_has_changed_is_not_pointed_at() {
    let all = repository();
    let file = all.path().join("stacks/send/attach/main.tf");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("# one more line\n{text}")).unwrap();
    let found = sites(all.path(), "stacks/send", ".", &[]);
    assert_eq!(found[..2], ["planned attach/main.tf:7 elsewhere", CALL]);
    let annotations = check(all.path(), "stacks/send", ".", "github", &[]);
    assert!(annotations.contains("file=stacks/send/main.tf,line=24,"), "{annotations}");
    assert!(!annotations.contains("attach/main.tf"), "{annotations}");
    let sarif = check(all.path(), "stacks/send", ".", "sarif", &[]);
    assert!(sarif.contains("stacks/send/main.tf") && !sarif.contains("attach/main.tf"), "{sarif}");
    // The mark of the encoding moves no line.
    std::fs::write(&file, format!("\u{feff}{text}")).unwrap();
    assert_eq!(sites(all.path(), "stacks/send", ".", &[])[0], PLANNED);
}

#[test]
fn a_file_outside_of_the_repository_has_no_path_in_it() {
    let all = repository();
    let root = all.path();
    std::fs::remove_dir(root.join(".git")).unwrap();
    std::fs::create_dir_all(root.join("inner/.git")).unwrap();
    std::fs::rename(root.join("approvals"), root.join("inner/approvals")).unwrap();
    let found = sites(&root.join("inner"), "", "../stacks/send", &[]);
    assert_eq!(found[..2], ["planned attach/main.tf:7 elsewhere", "call main.tf:24 elsewhere"]);
    // A link into the repository leads to a file of it, and one out of it does not.
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("../stacks/send", root.join("inner/linked")).unwrap();
        let found = sites(&root.join("inner"), "", "linked", &[]);
        assert!(found[0].ends_with("elsewhere"), "{found:?}");
    }
}

/// Rewrites a member of a plan file.
fn rewrite(plan_file: &Path, changed: &str, change: impl Fn(String) -> String) {
    let bytes = std::fs::read(plan_file).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).unwrap();
        let name = member.name().unwrap().into_owned();
        let mut content = Vec::new();
        member.read_to_end(&mut content).unwrap();
        if name == changed {
            content = change(String::from_utf8(content).unwrap()).into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&content).unwrap();
    }
    std::fs::write(plan_file, out.finish().unwrap().into_inner()).unwrap();
}

#[test]
fn the_call_of_a_downloaded_module_stands_first() {
    // In the usual folder, and in one that `TF_DATA_DIR` names.
    for data in [".terraform", ".tfdata"] {
        let all = repository();
        let stack = all.path().join("stacks/send");
        std::fs::create_dir_all(stack.join(data).join("modules/send")).unwrap();
        std::fs::rename(stack.join("attach"), stack.join(data).join("modules/send/attach")).unwrap();
        let folder = format!("{data}/modules/send/attach");
        let list = serde_json::json!([
            {"Key": "", "Dir": "."},
            {"Key": "send", "Source": "registry.terraform.io/acme/send/aws//attach", "Dir": folder},
        ]);
        rewrite(&stack.join("tfplan"), "tfconfig/modules.json", |_| list.to_string());
        let found = sites(all.path(), "stacks/send", ".", &[]);
        let planned = format!("planned {folder}/main.tf:7 elsewhere");
        assert_eq!(found[..2], [CALL.to_owned(), planned]);
        let annotations = check(all.path(), "stacks/send", ".", "github", &[]);
        assert!(annotations.contains("file=stacks/send/main.tf,line=24,"), "{annotations}");
    }
}

/// The finding of the attachment in the module, as people read it.
fn shown(root: &Path) -> String {
    let text = check(root, "stacks/send", ".", "human", &[]);
    let (_, rest) = text.split_once("WIDER_RESOURCE module.send").unwrap();
    rest.split("\n\n").next().unwrap().to_owned()
}

#[test]
fn the_planned_and_the_approved_lines_are_shown_together() {
    let all = repository();
    let text = shown(all.path());
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    for line in [
        "planned: resource \"aws_iam_role_policy_attachment\" \"this\"",
        "╭─[stacks/send/attach/main.tf:7:3]",
        "7 │   policy_arn = var.policy_arn",
        "approved: approval \"SEC-1\"",
        "13 │ approval \"SEC-1\" {",
    ] {
        assert!(lines.contains(&line), "{line} is not in\n{text}");
    }
    // The lines beside them are not shown.
    assert!(!text.contains("role       ="), "{text}");
}

#[test]
fn shown_lines_cannot_write_to_a_terminal_or_to_a_service() {
    let all = repository();
    let evil = "policy_arn = /* \u{1b}[31m\u{202e}\u{8}\n::error::evil\n##vso[task.complete]\n*/ ";
    let long = "y".repeat(100_000);
    rewrite(&all.path().join("stacks/send/tfplan"), "tfconfig/m-send/main.tf", |text| {
        text.replacen("policy_arn = ", &evil.replace("evil", &long), 1)
    });
    let text = shown(all.path());
    assert!(text.contains("<U+001B>[31m<U+202E><U+0008>"), "{text}");
    assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{8}']), "{text}");
    assert!(!text.contains("##vso[") && !text.contains("::error::"), "{text}");
    assert!(text.contains("planned (not in the repository): resource"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() < 200), "{text}");
}

#[test]
fn lines_of_a_sensitive_grant_are_not_shown() {
    let all = repository();
    let file = all.path().join("stacks/send/plan.json");
    let mut plan: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    let changes = plan["resource_changes"].as_array_mut().unwrap();
    for change in changes.iter_mut().filter(|change| change["type"] == "aws_iam_role_policy_attachment") {
        change["change"]["after_sensitive"] = serde_json::json!({"policy_arn": true, "role": true});
    }
    std::fs::write(&file, plan.to_string()).unwrap();
    let text = check(all.path(), "stacks/send", ".", "human", &[]);
    let (_, of_module) = text.split_once("module.send").unwrap();
    let of_module = of_module.split("\n\n").next().unwrap();
    assert!(of_module.contains("stacks/send/attach/main.tf:7"), "{text}");
    assert!(!of_module.contains("var.policy_arn"), "{text}");
}

#[test]
fn what_a_tool_copied_is_not_the_users_own() {
    for folder in [".terragrunt-cache/a/b", "stacks/.terraform/copy"] {
        let all = repository();
        let copy = all.path().join(folder);
        std::fs::create_dir_all(copy.parent().unwrap()).unwrap();
        std::fs::rename(all.path().join("stacks/send"), copy).unwrap();
        let found = sites(all.path(), folder, ".", &[]);
        assert_eq!(
            found[..2],
            ["planned attach/main.tf:7 elsewhere", "call main.tf:24 elsewhere"],
            "{folder}"
        );
    }
}
