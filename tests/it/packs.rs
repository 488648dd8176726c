//! What is wrong with a rule pack, as its author reads it: `testdata/packs/<case>/*.hcl` and `expected.txt`.
//!
//! Adding a case needs no Rust. The examples of `rules/README.md` are packs without an error.

use std::fs;
use std::path::Path;

use countersign::rules;
use countersign::source::{Palette, Source, render, walk};

#[test]
fn every_error_in_a_pack_is_shown_with_its_place() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/packs");
    let mut wrong = Vec::new();
    for entry in walkdir::WalkDir::new(&root).min_depth(1).max_depth(1).sort_by_file_name() {
        let folder = entry.unwrap().into_path();
        let read = |extension| walk(&folder, extension).complete().unwrap();
        let sources = [read("hcl"), read("table")].concat();
        let named = sources.iter().map(|source| {
            let name = Path::new(&*source.name).strip_prefix(&folder).unwrap();
            Source::new(
                &format!("{}/{}", folder.file_name().unwrap().display(), name.display()),
                &source.text,
            )
        });
        let shown = match rules::load(named.collect()) {
            Ok(_) => "no error\n".to_owned(),
            Err(problems) => render(&problems, Palette::Plain),
        };
        let expected = folder.join("expected.txt");
        if crate::is_updating() {
            fs::write(&expected, &shown).unwrap();
        } else if fs::read_to_string(&expected).ok().as_deref() != Some(&shown) {
            wrong.push(format!("{}:\n{shown}", folder.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_examples_of_the_readme_are_packs_without_an_error() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/README.md")).unwrap();
    let examples: Vec<&str> =
        readme.split("```hcl\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(examples.len() > 5, "{} examples", examples.len());
    for example in examples {
        let head = if example.contains("pack \"") { "" } else { "pack \"x\" { dialect = \"aws\" }\n" };
        let source = Source::new("README/example.hcl", &format!("{head}{example}"));
        if let Err(problems) = rules::load(vec![source]) {
            panic!("{}", render(&problems, Palette::Plain));
        }
    }
}
