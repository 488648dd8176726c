//! Terraform's expression language over partly known values.
//!
//! A [`Value`] is the *set* of values that an expression may have: one known value, a text of literals and holes, a list
//! or an object of such sets, finitely many alternatives, or anything. [`evaluate()`] takes an expression as `hcl_edit`
//! parses it and a [`Scope`] that says what names mean, and returns a `Value`. An abstract interpretation, then, with one
//! law: **every rule of evaluation returns a superset of what Terraform can return**. What is not understood, and what
//! exceeds a budget, is *anything*.
//!
//! [`Marks`] (sensitive, files that were read) go wherever a value goes. The [`Identity`] of a value says that it is, as a
//! whole, one attribute of one Terraform object; what selects keeps it, what computes loses it.
//!
//! Nothing here knows a plan, a provider or a rule, and nothing here does IO: files are read by the scope.

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeExamples;

mod budget;
mod evaluate;
pub mod functions;
mod outcome;
mod scope;
pub mod types;
mod value;

pub use budget::{Budget, MAX_DEPTH, MAX_STEPS};
pub use evaluate::evaluate;
pub use outcome::Outcome;
pub use scope::{FileBytes, Found, Reference, Scope, Step, TemplateFile};
pub use value::hole::{Hole, HoleKind, HoleOrigin, HoleShape};
pub use value::identity::Identity;
pub use value::limits::{MAX_ALTERNATIVES, MAX_PARTS, MAX_SIZE, MAX_TEXT_BYTES, MAX_VALUE_DEPTH};
pub use value::mapping::{Mapping, MappingKind, OpenMember};
pub use value::marks::{FileRead, Marks};
pub use value::number::Number;
pub use value::sequence::{Sequence, SequenceKind};
pub use value::text::{Text, TextBuilder, TextPart};
pub use value::{NullType, Shape, Value};
