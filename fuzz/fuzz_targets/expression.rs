#![no_main]
//! Terraform expressions, as text.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| countersign_fuzz::expression::check(data));
