//! References with and without the sources: `testdata/sources/README.md` is the table of what is owed, and this test
//! holds the binary to it. A new case needs no Rust.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn check(folder: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_countersign"))
        .args(["check", "plan.json", "--approvals", "../approvals", "--as-of", "2026-11-24"])
        .args(more)
        .args((!more.contains(&"--sources")).then_some("--without-sources"))
        .current_dir(folder)
        .output()
        .unwrap()
}

#[test]
fn the_table_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/sources");
    let table = std::fs::read_to_string(folder.join("README.md")).unwrap();
    let mut cases = BTreeSet::new();
    let mut wrong = Vec::new();
    for row in table.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let case = cells[0].trim_matches('`');
        let ways: [&[&str]; 3] = [&[], &["--sources", "tfplan"], &["--trust-references"]];
        for (way, owed) in ways.iter().zip(&cells[2..]) {
            let output = check(&folder.join(case), way);
            if output.status.code() != Some(owed.parse().unwrap()) {
                let text = [output.stdout, output.stderr].concat();
                wrong.push(format!("{case} {way:?}: owed {owed}\n{}", String::from_utf8_lossy(&text)));
            }
        }
        cases.insert(case.to_owned());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let folders = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap());
    let folders = folders.filter(|entry| entry.path().join("main.tf").exists());
    let folders: BTreeSet<String> = folders.map(|entry| entry.file_name().into_string().unwrap()).collect();
    assert_eq!(folders, cases, "the table and the folder differ");
}

#[test]
fn what_is_no_plan_file_is_said() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/sources/reference");
    for (file, says) in [("main.tf", "this is not a plan file"), ("absent", "cannot read `absent`")] {
        let output = check(&folder, &["--sources", file]);
        assert_eq!(output.status.code(), Some(2), "{file}");
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(text.contains(says), "{text}");
    }
    let two = check(&folder, &["plan.json", "--sources", "tfplan"]);
    assert_eq!(two.status.code(), Some(2), "one plan file for two plans");
}

/// Both ends of a finding, and the rule between them, are named with the line on which they begin. A planned site is that
/// of the argument which the finding is about, or else of its block: `sites.txt` has them all, with what stands there.
#[test]
fn findings_point_at_the_block_the_approval_and_the_rule() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut seen, mut planned) = (BTreeSet::new(), String::new());
    let cases = std::fs::read_dir(root.join("testdata/sources")).unwrap();
    let cases: BTreeSet<PathBuf> = cases.map(|case| case.unwrap().path()).collect();
    for folder in cases {
        if !folder.join("main.tf").exists() {
            continue;
        }
        let output = check(&folder, &["--sources", "tfplan", "--format", "json"]);
        let Ok(report) = serde_json::from_slice::<Value>(&output.stdout) else { continue };
        for finding in report["findings"].as_array().unwrap() {
            let (code, address) = (finding["code"].as_str().unwrap(), finding["address"].as_str());
            for site in finding["sites"].as_array().unwrap() {
                let what = site["what"].as_str().unwrap();
                // Paths are those from the root of the repository, which has all of these files.
                assert_eq!(site.get("elsewhere"), None, "{}: {site}", folder.display());
                let text = std::fs::read_to_string(root.join(site["file"].as_str().unwrap())).unwrap();
                let at = usize::try_from(site["line"].as_u64().unwrap()).unwrap();
                let line = text.lines().nth(at - 1).unwrap();
                seen.insert(what.to_owned());
                let begins = match what {
                    "planned" | "call" => {
                        let case = folder.file_name().unwrap().to_str().unwrap();
                        let file = site["file"].as_str().unwrap();
                        let file = file.strip_prefix(&format!("testdata/sources/{case}/")).unwrap();
                        let (address, line) = (address.unwrap_or("the plan"), line.trim());
                        writeln!(planned, "{case} {code} {address}\n    {file}:{at} ({what}): {line}")
                            .unwrap();
                        continue;
                    }
                    "approved" => "approval \"",
                    "manifest" => "process_owner",
                    "rule" if line.starts_with("uses \"") => "uses \"",
                    "rule" if line.starts_with("identity_pattern") => "identity_pattern",
                    "rule" => "rule \"",
                    _ => panic!("{what} is no kind of site"),
                };
                assert!(line.trim().starts_with(begins), "{}: {site} is at {line}", folder.display());
            }
        }
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["approved", "call", "manifest", "planned", "rule"]);
    let expected = root.join("testdata/sources/sites.txt");
    if crate::is_updating() {
        std::fs::write(&expected, &planned).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&expected).unwrap_or_default(), planned);
}
