//! Values that the plan leaves unknown, as far as the plan or the sources show them.
//!
//! Takes a plan, the rules and the facts, and returns for each object that a rule reads an [`object::Object`]: what
//! the rule's expressions see of it. A value that is known only after apply may be an attribute of another object of
//! the plan; then it is what that object's `after` says, or what its rule says that such a reference means.
//!
//! Which access a value gives is not decided here.

mod answers;
mod attributes;
mod bridge;
mod fact_sources;
pub mod facts;
mod guess;
pub mod identity;
mod instances;
pub mod made_here;
mod matching;
mod memo;
mod modules;
pub mod object;
pub mod place;
mod reference;
pub mod refers;
mod repetition;
mod scope;
mod types;
pub mod world;
pub mod written;
