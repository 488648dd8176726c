//! Values that the plan leaves unknown, as far as the plan or the sources show them.
//!
//! Takes a plan, the rules and the facts, and returns for each object that a rule reads an [`object::Object`]: what
//! the rule's expressions see of it. What the plan knows goes first. What it leaves unknown is what the sources make of it:
//! `scope` says what names mean in a module instance, and [`terraform_values`] evaluates; `attributes` puts an object
//! together of the plan, the sources and what its rule says that a reference means. `bridge` turns values of Terraform's
//! language into those of the rules'. Where the sources are not at hand, `guess` follows the references of plan JSON.
//!
//! Each value knows which attribute of which object it is as a whole, and [`made_here`] asks for that.
//!
//! Which access a value gives is not decided here.

mod answers;
mod attributes;
mod bridge;
mod fact_sources;
pub mod facts;
pub mod identity;
mod instances;
pub mod landing;
pub mod made_here;
mod matching;
mod memo;
mod modules;
pub mod object;
pub mod place;
pub mod provider_part;
mod reference;
pub mod refers;
mod repetition;
mod scope;
pub mod shared;
mod variable_type;
pub mod world;
pub mod written;
