#![no_main]
//! Two AWS policies.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| countersign_fuzz::document::check_aws(data));
