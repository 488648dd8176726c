//! What CONTRIBUTING, SECURITY, CHANGELOG and `docs/` name is there: each path of the repository, and each test that a
//! `cargo test --test it SUBJECT::NAME` runs. The README's commands are run by `readme`.

use std::path::{Path, PathBuf};

/// Folders at the root; a word in backticks that begins with one of them is a path.
const FOLDERS: [&str; 11] =
    ["src", "rules", "testdata", "tests", "crates", "docs", "fuzz", "schemas", "benches", ".ci", ".github"];

/// Where a word stands for many: `<provider>`, `*.hcl`, `DIALECT.jsonl` written as `<dialect>.jsonl`.
const PLACEHOLDERS: [char; 3] = ['<', '*', '{'];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn documents() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        ["CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"].iter().map(|name| root().join(name)).collect();
    let docs = std::fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path());
    found.extend(docs.filter(|path| path.extension().is_some_and(|end| end == "md")));
    found.sort();
    found
}

/// Words in backticks, and lines of code blocks, that are complete in one line.
fn quoted(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut is_block = false;
    for line in text.lines() {
        if line.starts_with("```") {
            is_block = !is_block;
        } else if is_block {
            found.push(line.split(" #").next().unwrap().trim().to_owned());
        } else {
            found.extend(line.split('`').skip(1).step_by(2).map(str::to_owned));
        }
    }
    found
}

/// What a word names and is not there.
fn missing(word: &str) -> Option<String> {
    if let Some(filter) = word.split_once("cargo test --test it ").map(|(_, rest)| rest) {
        let (subject, name) = filter.split_once("::")?;
        let Ok(code) = std::fs::read_to_string(root().join(format!("tests/it/{subject}.rs"))) else {
            return Some(format!("tests/it/{subject}.rs"));
        };
        let is_there = name.is_empty() || code.contains(&format!("fn {name}("));
        return (!is_there).then(|| filter.to_owned());
    }
    let first = word.split('/').next()?;
    if !word.contains('/') || word.contains(' ') || !FOLDERS.contains(&first) {
        return None;
    }
    let known = word.split('/').take_while(|part| !part.contains(PLACEHOLDERS)).collect::<Vec<_>>().join("/");
    (!root().join(known.trim_end_matches('/')).exists()).then(|| word.to_owned())
}

#[test]
fn what_documents_name_is_there() {
    let mut lost = Vec::new();
    let mut tried = 0;
    for document in documents() {
        let words = quoted(&std::fs::read_to_string(&document).unwrap());
        tried += words.len();
        let name = document.strip_prefix(root()).unwrap().display().to_string();
        lost.extend(words.iter().filter_map(|word| missing(word)).map(|what| format!("{name}: {what}")));
    }
    assert!(tried > 50, "only {tried} words in backticks were found");
    assert!(lost.is_empty(), "documents name what is not there:\n{}", lost.join("\n"));
}

#[test]
fn a_lost_path_or_test_is_noticed() {
    for word in ["src/lib.rs", "testdata/rules/<provider>/<type>.json", "cargo test --test it rules::"] {
        assert_eq!(missing(word), None);
    }
    for word in ["src/lost.rs", "docs/lost/"] {
        assert_eq!(missing(word).as_deref(), Some(word));
    }
    assert_eq!(missing("cargo test --test it rules::lost").as_deref(), Some("rules::lost"));
    assert_eq!(missing("cargo test --test it lost::").as_deref(), Some("tests/it/lost.rs"));
}
