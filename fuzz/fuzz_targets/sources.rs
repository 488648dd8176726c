#![no_main]
//! Terraform sources, as text.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| countersign_fuzz::sources::check(data));
