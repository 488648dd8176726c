//! Every plan that tries to pass the gate, and every file that is no plan: `testdata/plans/hostile/README.md` is the
//! table of what is owed, and this test holds the binary to it. A new line in the table needs no Rust.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

fn check(plan: &Path, format: &str) -> (Option<i32>, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(env!("CARGO_BIN_EXE_countersign"))
        .args([
            "check",
            "--without-sources",
            "--color",
            "never",
            "--as-of",
            "2026-11-24",
            "--format",
            format,
            "--approvals",
        ])
        .arg(root.join("testdata/plans/hostile/approvals"))
        .arg(plan)
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(text).unwrap())
}

/// What is wrong with the answers to one file.
fn judge(folder: &Path, name: &str, owed: &[i32]) -> Vec<String> {
    let mut wrong = Vec::new();
    for format in ["human", "json"] {
        let (code, text) = check(&folder.join(name), format);
        if !code.is_some_and(|code| owed.contains(&code)) {
            wrong.push(format!("{name} ({format}): owed {owed:?}, got {code:?}\n{text}"));
        }
        if text.chars().any(|symbol| symbol.is_control() && symbol != '\n' || symbol == '\u{202e}') {
            wrong.push(format!("{name} writes to the terminal as {format}"));
        }
        if text.contains("hunter2") || text.contains("AKIA") {
            wrong.push(format!("{name} prints a secret as {format}"));
        }
    }
    wrong
}

#[test]
fn the_table_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/plans/hostile");
    let table = std::fs::read_to_string(folder.join("README.md")).unwrap();
    let rows: Vec<(String, Vec<i32>)> = table
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|row| {
            let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
            let owed = cells.last().unwrap().split(" or ").map(|code| code.trim().parse().unwrap()).collect();
            (cells[0].trim_matches('`').to_owned(), owed)
        })
        .collect();
    let mut wrong = Vec::new();
    std::thread::scope(|scope| {
        let halves = rows.chunks(rows.len().div_ceil(2));
        let workers: Vec<_> = halves
            .map(|rows| {
                scope.spawn(|| rows.iter().flat_map(|(name, owed)| judge(&folder, name, owed)).collect())
            })
            .collect();
        for worker in workers {
            let found: Vec<String> = worker.join().unwrap();
            wrong.extend(found);
        }
    });
    let rows: BTreeSet<String> = rows.into_iter().map(|(name, _)| name).collect();
    assert!(wrong.is_empty(), "{} rows do not hold\n{}", wrong.len(), wrong.join("\n"));
    let files: BTreeSet<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".json"))
        .collect();
    assert_eq!(files, rows, "the table and the folder differ");
}

#[test]
fn other_peoples_plans_are_read_without_a_crash() {
    let Some(cases) = std::env::var_os("COUNTERSIGN_CASES") else {
        eprintln!("skipped: COUNTERSIGN_CASES names no folder with others' cases");
        return;
    };
    let mut count = 0;
    for entry in std::fs::read_dir(Path::new(&cases).join("plans")).unwrap() {
        let path = entry.unwrap().path();
        let (code, text) = check(&path, "human");
        assert!(matches!(code, Some(0..=2)), "{}: {code:?}\n{text}", path.display());
        count += 1;
    }
    assert!(count > 30, "{count} plans");
}
