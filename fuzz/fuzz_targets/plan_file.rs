#![no_main]
//! The plan file and the Terraform sources in it.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| countersign_fuzz::plan_file::check(data));
