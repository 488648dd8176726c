//! Reports: results, written out for people and for programs.
//!
//! One folder a command, one file a format. Each takes a finished result and a writer, and returns what the writer could
//! not take; the same result gives the same bytes. A format for programs owns its wire structs; words for people are
//! made here. Text that comes from a plan, a policy or a manifest goes through [`escape`].
//!
//! Nothing here decides anything, and the exit code does not depend on what is written here.

pub mod check;
pub mod compare;
pub(crate) mod duty_words;
pub mod escape;
pub mod explain;
mod finding_words;
mod grant_words;
mod open_trust_words;
pub mod grants;
pub mod holdings;
pub mod initial;
mod layout;
pub mod lint;
pub mod look;
pub mod revoke;
mod remedy_words;
pub mod request;
mod statement_words;
mod wire;
pub(crate) mod words;
