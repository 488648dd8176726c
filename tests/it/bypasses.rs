//! Ways past the gate: no case of `testdata/bypasses` may pass, but for those that `open.txt` names.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/bypasses")
}

/// Cases of which plan JSON does not even hint at what is wrong.
const HIDDEN: [&str; 2] = ["aws/dynamic-inline-policy-unknown", "aws/ephemeral-json-only"];

/// The folders of the cases, as `cloud/name`.
fn cases() -> Vec<String> {
    let mut names = Vec::new();
    for cloud in ["aws", "clouds"] {
        for entry in std::fs::read_dir(root().join(cloud)).unwrap() {
            names.push(format!("{cloud}/{}", entry.unwrap().file_name().into_string().unwrap()));
        }
    }
    names.sort();
    names
}

/// The arguments after `countersign` of the command in a case's README.
fn command(folder: &Path) -> Vec<String> {
    let readme = std::fs::read_to_string(folder.join("README.md")).unwrap();
    let line = readme.lines().find_map(|line| line.trim().strip_prefix("countersign ")).unwrap();
    line.split(' ').map(str::to_owned).collect()
}

/// The command of a case, and the same with and without its plan file.
fn ways(folder: &Path) -> Vec<Vec<String>> {
    let mut without = command(folder);
    if let Some(at) = without.iter().position(|word| word == "--sources") {
        without.drain(at..at + 2);
    }
    // What plan JSON cannot show is accepted, so that what it does show has to block by itself.
    let mut alone = without.clone();
    if without[0] == "check" && !HIDDEN.iter().any(|case| folder.ends_with(case)) {
        alone.push("--without-sources".to_owned());
    }
    let mut ways = vec![alone];
    if folder.join("tfplan").exists() {
        ways.push([without, vec!["--sources".to_owned(), "tfplan".to_owned()]].concat());
    }
    ways
}

/// Whether a run let the case pass.
fn passes(arguments: &[String], output: &Output) -> bool {
    if arguments[0] == "compare" {
        String::from_utf8_lossy(&output.stdout).contains("\"contained\"")
    } else {
        output.status.code() == Some(0)
    }
}

#[test]
fn no_case_passes() {
    let mut open = BTreeSet::new();
    for case in cases() {
        let folder = root().join(&case);
        for way in ways(&folder) {
            let mut run = Command::new(env!("CARGO_BIN_EXE_countersign"));
            let output = run.args(&way).current_dir(&folder).output().unwrap();
            if passes(&way, &output) {
                open.insert(case.clone());
            }
        }
    }
    let listed = std::fs::read_to_string(root().join("open.txt")).unwrap_or_default();
    let listed: BTreeSet<String> = listed.lines().map(str::to_owned).collect();
    let passing: Vec<_> = open.difference(&listed).collect();
    assert!(passing.is_empty(), "these pass: {passing:#?}");
    if crate::is_updating() {
        // The list only gets shorter.
        let lines: String = listed.intersection(&open).map(|case| format!("{case}\n")).collect();
        std::fs::write(root().join("open.txt"), lines).unwrap();
        return;
    }
    let closed: Vec<_> = listed.difference(&open).collect();
    assert!(closed.is_empty(), "these no longer pass, so take them out of open.txt: {closed:#?}");
}
