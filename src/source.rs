//! Files that people wrote: read, checked, and shown with what is wrong in them.
//!
//! [`walk`] takes the path of a file or folder, as the user gave it, and returns the [`Source`]s below it; [`git`] returns
//! those of a commit. It is the only place where manifest and rule files are opened. Places and problems come from
//! [`spanned_hcl`] and are named here once for the whole tool. Nothing here decides whether an absent file is a failure: an
//! empty folder gives no source and no problem.

mod digest;
pub mod git;
pub mod program;
mod read;

pub use digest::{hash_bytes, write_digits};
pub use read::{SignatureFile, Walk, walk, walk_signed};
pub use spanned_hcl::{
    MAX_BYTES, Palette, Place, Position, Problem, Related, Severity, Source, Span, Spanned, check,
    escape_invisible, is_unseen, render,
};
