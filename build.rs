//! Embeds every `rules/<provider>/*.hcl`: a new file needs no list to be kept.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a test or a build that fails should stop"
)]
#![expect(clippy::expect_used, reason = "a build that can't go on stops")]

use std::path::Path;
use std::{env, fs};

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let rules = Path::new(&root).join("rules");
    println!("cargo::rerun-if-changed=rules");
    let mut list = String::from("&[\n");
    for entry in walkdir::WalkDir::new(&rules).sort_by_file_name() {
        let path = entry.expect("the folder rules can be read").into_path();
        if path.extension().is_some_and(|extension| extension == "hcl") {
            let name = path.strip_prefix(&root).expect("it lies below").display().to_string();
            list.push_str(&format!("    ({name:?}, include_str!({:?})),\n", path.display().to_string()));
        }
    }
    list.push_str("]\n");
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("packs.rs");
    fs::write(out, list).expect("the build folder can be written");
}
