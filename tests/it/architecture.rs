//! The dependency rule: a module uses only modules that stand above it in `src/lib.rs`, and the core is pure.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Modules that are handed all they know: no file, no clock, no environment, no stream.
const PURE: &[&str] = &[
    "value",
    "json",
    "reason",
    "address",
    "sources",
    "lower",
    "catalog",
    "containment",
    "escalation",
    "possible",
    "plan",
    "rules",
    "resolve",
    "grants",
    "authority",
    "finding",
    "judge",
    "compare",
];

/// What would make them impure.
const IMPURE: [&str; 12] = [
    "std::fs",
    "std::env",
    "std::io",
    "TcpStream",
    "std::process",
    "std::time::SystemTime",
    "std::time::Instant",
    "Timestamp::now",
    "Zoned::now",
    "println!",
    "print!(",
    "walkdir::",
];

/// The text of every file, by its top module; `main` is none.
fn sources() -> BTreeMap<String, Vec<(String, String)>> {
    let mut sources: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for entry in walkdir::WalkDir::new("src").sort_by_file_name() {
        let path = entry.unwrap().into_path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let below = path.strip_prefix("src").unwrap();
        let first = Path::new(below.components().next().unwrap().as_os_str());
        let module = first.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        sources.entry(module).or_default().push((path.display().to_string(), text));
    }
    sources
}

/// The modules of `lib.rs`, as they stand there.
fn order() -> Vec<String> {
    let text = fs::read_to_string("src/lib.rs").unwrap();
    let modules = text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    modules.map(str::to_owned).collect()
}

/// The modules that the code of a file names after `crate::`; what only a comment names is no use.
fn uses(text: &str) -> Vec<String> {
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let mut uses = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let list = match rest.strip_prefix('{') {
            Some(inner) => inner.split('}').next().unwrap(),
            None => rest,
        };
        let ends = |symbol: char| !(symbol.is_alphanumeric() || symbol == '_');
        let names = if list.len() < rest.len() { list.split(',').collect() } else { vec![list] };
        uses.extend(names.iter().map(|name| name.trim().split(ends).next().unwrap().to_owned()));
    }
    uses
}

#[test]
fn a_module_uses_only_modules_above_it() {
    let order = order();
    let place = |module: &str| order.iter().position(|known| known == module);
    let mut wrong = Vec::new();
    for (module, files) in sources() {
        let Some(own) = place(&module) else { continue };
        for (file, text) in files {
            for used in uses(&text) {
                match place(&used) {
                    Some(at) if at <= own => {}
                    Some(_) => wrong.push(format!("{file}: {module} uses {used}, which stands below it")),
                    None => wrong.push(format!("{file}: `crate::{used}` is no module")),
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_stands_in_the_table_in_order() {
    let text = fs::read_to_string("src/lib.rs").unwrap();
    let rows = text.lines().filter_map(|line| line.strip_prefix("//! | [`")?.split('`').next());
    assert_eq!(rows.collect::<Vec<_>>(), order());
    for module in sources().keys().filter(|module| !matches!(module.as_str(), "lib" | "main")) {
        assert!(order().contains(module), "{module} is not in src/lib.rs");
    }
}

#[test]
fn the_core_is_pure() {
    let sources = sources();
    let mut wrong = Vec::new();
    for module in PURE {
        for (file, text) in &sources[*module] {
            let found = IMPURE.iter().filter(|word| text.contains(**word));
            wrong.extend(found.map(|word| format!("{file} mentions {word}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Words for people are made at the edge: what decides holds variants, and cannot even see their sentences.
#[test]
fn the_core_makes_no_sentences() {
    let sources = sources();
    let deciding = PURE.iter().filter(|module| **module != "authority");
    let files = deciding.flat_map(|module| &sources[*module]);
    let wrong: Vec<&String> =
        files.filter(|(_, text)| uses(text).contains(&"words".to_owned())).map(|(file, _)| file).collect();
    assert!(wrong.is_empty(), "these see the sentences: {wrong:?}");
    let reasons = sources["reason"].iter().chain(&sources["finding"]).chain(&sources["judge"]);
    for (file, text) in reasons {
        assert!(!text.contains("#[error(") && !text.contains("fmt::Display"), "{file} makes sentences");
    }
}

#[test]
fn uses_are_found_in_every_spelling() {
    let text = "use crate::{a::b, c};\nuse crate::d::e;\n// crate::comment\nfn f() { crate::g::h() }\n";
    assert_eq!(uses(text), ["a", "c", "d", "g"]);
    assert!(uses("let x = 1;").is_empty());
}
