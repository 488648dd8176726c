#![no_main]
//! Two conditions of Azure.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| countersign_fuzz::document::check_azure(data));
