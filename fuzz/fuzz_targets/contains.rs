#![no_main]
//! Containment against the evaluator.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| countersign_fuzz::contains::check(data));
