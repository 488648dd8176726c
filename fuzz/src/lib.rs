//! What the fuzz targets try. Each function takes the bytes that libFuzzer made, returns nothing, and panics where
//! something does not hold that has to hold for every input. A target holds no logic beside the call.
//!
//! The integration test `fuzz_corpus` includes these modules and runs them on the corpus, so that they are compiled and
//! hold without a nightly compiler. The working directory is the root of the repository.

mod access;
pub mod contains;
pub mod document;
pub mod expression;
pub mod manifest;
pub mod plan;
pub mod plan_file;
pub mod rule_pack;
pub mod sources;
