//! Loads the rule packs: those that are embedded in the program, and those of `--rules`.
//!
//! The embedded packs were parsed and checked when the program was built, so here they are only deserialised. Those of
//! `--rules` go through the same parser and the same checks now.

use rule_language::Rules;

use crate::source::{Problem, Source, hash_bytes};

/// The packs in `rules/`, compiled by `build.rs`.
static EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/packs.postcard"));

/// The embedded packs, and those in the files of `--rules`, which are asked first.
///
/// # Errors
///
/// Everything that is wrong with an additional pack.
pub fn load(additional: Vec<Source>) -> Result<Rules, Vec<Problem>> {
    let additional = rule_language::load(additional)?;
    let embedded: Rules = postcard::from_bytes(EMBEDDED).map_err(|error| {
        vec![Problem::unread("the embedded rule packs", format!("cannot be read: {error}"))]
    })?;
    Ok(embedded.after(additional))
}

/// The SHA-256 of the embedded packs, in hexadecimal digits.
pub fn digest_embedded() -> String {
    hash_bytes(EMBEDDED)
}
