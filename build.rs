//! Compiles every `rules/<provider>/*.hcl` and `types.table` into the bytes that the program reads its rules from.
//!
//! A new file needs no list to be kept. A pack with an error fails the build with the error and its place.

#![expect(clippy::expect_used, reason = "a build that cannot go on stops and says why")]

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use spanned_hcl::{Palette, Problem, Source, check, render};

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=rules");
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    match read_packs(Path::new(&root)).and_then(rule_language::load) {
        Ok(rules) => {
            let bytes = postcard::to_allocvec(&rules).expect("rules are plain data");
            let out = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("packs.postcard");
            fs::write(out, bytes).expect("the build folder can be written");
            ExitCode::SUCCESS
        }
        Err(problems) => {
            for line in render(&problems, Palette::Plain).lines() {
                println!("cargo::error={line}");
            }
            ExitCode::FAILURE
        }
    }
}

/// Whether a file below `rules/` is one of a pack. A schema that lies there before its pack waits for it.
fn is_of_pack(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let has_pack = path.parent().is_some_and(|folder| folder.join("pack.hcl").is_file());
    name.ends_with(".hcl")
        || name == "types.table"
        || (name == "schema.table" || name == "data.table") && has_pack
}

/// The packs' files in order of their names, named as they lie below the project.
fn read_packs(root: &Path) -> Result<Vec<Source>, Vec<Problem>> {
    let (mut sources, mut problems) = (Vec::new(), Vec::new());
    for entry in walkdir::WalkDir::new(root.join("rules")).sort_by_file_name() {
        let path = entry.expect("the folder `rules` can be read").into_path();
        if !is_of_pack(&path) {
            continue;
        }
        let name = path.strip_prefix(root).expect("it lies below").display().to_string();
        match check(&name, &fs::read(&path).expect("a rule pack can be read")) {
            Ok(source) => sources.push(source),
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() { Ok(sources) } else { Err(problems) }
}
