//! The dependency rule: a module uses only modules that stand above it in `src/lib.rs`, and the core is pure.

use std::collections::{BTreeMap, BTreeSet};
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
    "trust",
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

/// The code of a crate by the path of its module, without tests.
fn modules(root: &Path) -> BTreeMap<Vec<String>, String> {
    let mut modules = BTreeMap::new();
    for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let below = path.strip_prefix(root).unwrap().with_extension("");
        let mut names: Vec<String> = below.iter().map(|name| name.to_str().unwrap().to_owned()).collect();
        names.retain(|name| name != "lib" && name != "main");
        if !names.iter().any(|name| name == "tests") {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
            modules.insert(names, code.to_owned());
        }
    }
    modules
}

/// The paths that a text begins with, each name of a list in braces by itself.
fn spelled_paths(text: &str) -> Vec<Vec<String>> {
    let ends = text.find(|symbol: char| !(symbol.is_alphanumeric() || symbol == '_')).unwrap_or(text.len());
    let (name, rest) = text.split_at(ends);
    let first = vec![name.to_owned()];
    let Some(rest) = rest.strip_prefix("::") else { return vec![first] };
    let Some(list) = rest.strip_prefix('{') else {
        return spelled_paths(rest).into_iter().map(|path| [first.clone(), path].concat()).collect();
    };
    let mut depth = 0;
    let inner = list.split(|symbol| {
        depth += match symbol {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        depth == 0 && symbol == ',' || depth < 0
    });
    let closed = inner.take_while(|item| !item.contains(';')).map(str::trim);
    closed.flat_map(spelled_paths).map(|path| [first.clone(), path].concat()).collect()
}

/// The modules with a file of their own that the code of a module names, apart from those that hold it or that it holds.
fn used_modules(
    module: &[String],
    text: &str,
    known: &BTreeMap<Vec<String>, String>,
) -> BTreeSet<Vec<String>> {
    let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let mut used = BTreeSet::new();
    for (at, _) in code.match_indices("crate::").chain(code.match_indices("super::")) {
        let is_word = |symbol: char| symbol.is_alphanumeric() || symbol == '_' || symbol == ':';
        if code[..at].ends_with(is_word) {
            continue;
        }
        for path in spelled_paths(&code[at..]) {
            let up = path.iter().take_while(|name| *name == "super").count();
            let base = if up == 0 { Vec::new() } else { module[..module.len().saturating_sub(up)].to_vec() };
            let path = [base, path[up.max(1)..].to_vec()].concat();
            let file =
                (0..=path.len()).rev().map(|length| &path[..length]).find(|path| known.contains_key(*path));
            used.extend(file.map(<[String]>::to_vec));
        }
    }
    used.retain(|other| !other.starts_with(module) && !module.starts_with(other.as_slice()));
    used
}

/// The modules that can be reached from each, and so whether one reaches itself.
fn find_circles(known: &BTreeMap<Vec<String>, String>) -> Vec<String> {
    let uses: BTreeMap<_, _> =
        known.iter().map(|(module, text)| (module, used_modules(module, text, known))).collect();
    let mut circles = Vec::new();
    for module in known.keys() {
        let mut reached = BTreeSet::new();
        let mut waiting: Vec<&Vec<String>> = uses[module].iter().collect();
        while let Some(next) = waiting.pop() {
            if reached.insert(next) {
                waiting.extend(&uses[next]);
            }
        }
        if reached.contains(module) {
            circles.push(module.join("::"));
        }
    }
    circles
}

#[test]
fn no_files_use_each_other() {
    let mut circles = find_circles(&modules(Path::new("src")));
    for entry in fs::read_dir("crates").unwrap() {
        circles.extend(find_circles(&modules(&entry.unwrap().path().join("src"))));
    }
    assert!(circles.is_empty(), "these use each other: {circles:?}");
}

#[test]
fn circles_of_files_are_found() {
    let module = |name: &str, text: &str| {
        (name.split("::").map(str::to_owned).collect::<Vec<String>>(), text.to_owned())
    };
    let files = [
        module("a", "mod b;\nmod c;\nuse c::D;"),
        module("a::b", "use super::c::{self, D};"),
        module("a::c", "use crate::{a::Top, d};\nuse super::e;"),
        module("d", "fn f() { crate::a::b::g() }"),
        module("e", "use crate::d::{x::Y, z};"),
    ];
    assert_eq!(find_circles(&files.into_iter().collect()), ["a::b", "a::c", "d"]);
}
