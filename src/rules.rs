//! Rule packs: which resource types grant what.
//!
//! [`load()`] returns the compiled packs, embedded and from `--rules`, as [`Rules`]; [`Rules::find`] tells which [`Rule`]
//! reads a resource type. [`evaluate`] evaluates the expressions of a rule in any [`scope`], and [`suspect`] says why an
//! object that no rule reads does not pass. The language and its types are those of [`rule_language`].
//!
//! Rules extract, they do not judge: no plan and no approval is seen here, and no resource type is named in this code.

pub mod additional;
pub mod evaluate;
pub mod exact;
pub mod functions;
mod holed_text;
pub mod load;
mod resource_name;
pub mod scope;
pub mod suspect;

pub use load::load;
pub use rule_language::{
    ActRule, DataSourceMatch, DocumentRule, Exactness, FactRule, GrantKind, GrantRule, IdentityPattern,
    LimitEnd, LimitRule, ObjectFact, Rule, RuleMatch, RulePack, Rules, Suspect, TypeClass, TypeListing,
    TypeTable, UseRule, WORDS, Word, expression, matches_glob,
};
