#![no_main]
//! Plan JSON, from the text to the verdict.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| countersign_fuzz::plan::check(data));
