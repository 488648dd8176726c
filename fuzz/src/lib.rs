//! What the fuzz targets try. Each function takes the bytes that libFuzzer made, returns nothing, and panics where
//! something does not hold that has to hold for every input. A target holds no logic beside the call.
//!
//! This crate is the one place outside `src/` that uses the library, so it keeps to few of its functions.

mod access;
pub mod contains;
pub mod document;
pub mod manifest;
pub mod plan;
pub mod plan_file;
pub mod rule_pack;
pub mod sources;
