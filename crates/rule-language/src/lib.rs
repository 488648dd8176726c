//! The language of rule packs: which Terraform resource types grant what, as data.
//!
//! [`load()`] takes the files of packs and returns compiled [`Rules`], or every [`Problem`](spanned_hcl::Problem) in
//! them with its place. [`Rules::find`] then tells which [`Rule`] reads a resource type. The build script compiles the
//! packs that are embedded; `--rules DIR` goes through the same functions at run time.
//!
//! A rule *extracts* grants, it does not judge them, and nothing here evaluates one: no plan is seen in this crate.
//! `rules/README.md` describes the language for authors.

mod data_sources;
mod deferred;
pub mod expression;
mod glob;
mod load;
mod pack;
pub mod reads;
mod rule;
pub mod schema;
mod sorted_lines;
mod types;
mod words;

pub use data_sources::DataSourceTable;
pub use glob::matches_glob;
pub use load::load;
pub use pack::{DataSourceMatch, RuleMatch, RulePack, Rules, is_provider};
pub use reads::ReadAttributes;
pub use rule::{
    ActRule, DefinitionRule, DocumentRule, Exactness, FactRule, GrantRule, IdentityPattern, LimitEnd,
    LimitRule, ObjectFact, Rule, Suspect, UseRule,
};
pub use types::{TypeClass, TypeListing, TypeTable};
pub use words::{Dialect, DocumentFormat, GrantKind, WORDS, Word};
