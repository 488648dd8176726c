//! The fuzz targets on their corpus: what `fuzz/src/` says of every input holds of the inputs that are kept in
//! `fuzz/corpus/`. So the targets compile with the pinned compiler, and a crash that was found stays fixed.

#![allow(unreachable_pub, reason = "the same files are modules of the fuzz crate's library")]

use std::path::Path;

#[path = "../../fuzz/src/access.rs"]
mod access;
#[path = "../../fuzz/src/contains.rs"]
mod contains;
#[path = "../../fuzz/src/document.rs"]
mod document;
#[path = "../../fuzz/src/expression.rs"]
mod expression;
#[path = "../../fuzz/src/manifest.rs"]
mod manifest;
#[path = "../../fuzz/src/plan.rs"]
mod plan;
#[path = "../../fuzz/src/plan_file.rs"]
mod plan_file;
#[path = "../../fuzz/src/rule_pack.rs"]
mod rule_pack;
#[path = "../../fuzz/src/sources.rs"]
mod sources;

/// What has to hold of one input.
type InputCheck = fn(&[u8]);

/// Each target, and what its file in `fuzz/fuzz_targets/` calls.
const TARGETS: [(&str, InputCheck); 11] = [
    ("aws_document", document::check_aws),
    ("azure_condition", document::check_azure),
    ("contains", contains::check),
    ("expression", expression::check),
    ("google_condition", document::check_google),
    ("kubernetes_document", document::check_kubernetes),
    ("manifest", manifest::check),
    ("plan", plan::check),
    ("plan_file", plan_file::check),
    ("rule_pack", rule_pack::check),
    ("sources", sources::check),
];

fn names(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn every_target_holds_on_its_corpus() {
    for (target, check) in TARGETS {
        let corpus = format!("fuzz/corpus/{target}");
        let inputs = names(&corpus);
        assert!(inputs.len() >= 20, "{corpus} holds {} inputs", inputs.len());
        for input in inputs {
            check(&std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(&corpus).join(input)).unwrap());
        }
    }
}

#[test]
fn every_target_is_tried() {
    let written = names("fuzz/fuzz_targets");
    let tried: Vec<String> = TARGETS.iter().map(|(target, _)| format!("{target}.rs")).collect();
    assert_eq!(written, tried);
}
