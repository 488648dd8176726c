//! Files that people wrote: read, checked, and shown with what is wrong in them.
//!
//! [`walk`] takes the path of a file or folder, as the user gave it, and returns the [`Source`]s below it. It is the only
//! place where manifest and rule files are opened. Places and problems come from [`spanned_hcl`] and are named here
//! once for the whole tool. Nothing here decides whether an absent file is a failure: an empty folder gives no source
//! and no problem.

mod read;

pub use read::{Walk, walk};
pub use spanned_hcl::{
    MAX_BYTES, Palette, Place, Position, Problem, Related, Severity, Source, Span, Spanned, check,
    escape_invisible, is_unseen, render,
};
