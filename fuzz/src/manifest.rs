//! A file of the manifest.

use countersign::manifest::Manifest;
use countersign::source::{Palette, check as check_source, render};

/// Reads a manifest of one file. What is wrong in it is shown without a control character of its own.
pub fn check(data: &[u8]) {
    let shown = match check_source("fuzz.hcl", data) {
        Err(problems) => render(&problems, Palette::Plain),
        Ok(source) => match Manifest::from_sources("fuzz", std::slice::from_ref(&source)) {
            Err(error) => error.render(Palette::Plain),
            Ok(_) => return,
        },
    };
    assert!(!shown.is_empty(), "a refusal says nothing");
    assert!(!shown.contains('\u{1b}'), "a control character is shown: {shown:?}");
}
