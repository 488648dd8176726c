#![no_main]
//! A user's rule pack.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| countersign_fuzz::rule_pack::check(data));
