#![no_main]
//! Two manifests of Kubernetes.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| countersign_fuzz::document::check_kubernetes(data));
