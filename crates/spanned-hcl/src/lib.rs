//! HCL files that people wrote, decoded into structs with a place and a suggestion for everything that is wrong.
//!
//! [`check()`] takes the bytes of a file and returns a [`Source`], whose text is known to be honest: UTF-8, of bounded
//! size, without a character that shows less than it says. [`parse`] turns a source into a [`Document`] of blocks and
//! attributes, and a [`Decoder`] hands them out by name as [`Fields`]. Whatever cannot be taken is a [`Problem`]; one pass reports all
//! of them, and [`render()`] shows them with the lines around each.
//!
//! The manifest and the rule packs are both read with this crate. It opens no file and knows neither language.

mod check;
mod decoder;
mod document;
mod excerpt;
mod fields;
mod literal;
mod plain;
mod problem;
mod render;
mod source;
mod template;

pub use check::{MAX_BYTES, check, is_unseen};
pub use decoder::{Decoder, did_you_mean};
pub use document::{Block, Document, header, parse, parse_expressions, span_of};
pub use excerpt::{Excerpt, render_excerpts};
pub use fields::Fields;
pub use problem::{Problem, Related, Severity};
pub use render::{Palette, escape_invisible, render};
pub use source::{Place, Position, Source, Span, Spanned};
pub use template::{ReferenceStep, TemplatePart, TemplateReference, TextTemplate};
