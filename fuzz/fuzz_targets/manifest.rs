#![no_main]
//! A file of the manifest.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| countersign_fuzz::manifest::check(data));
