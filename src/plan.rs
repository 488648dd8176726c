//! The plan: what Terraform or OpenTofu says it will do, as typed data.
//!
//! Takes the text of one plan and returns a [`Plan`] of [`ResourceChange`]s, or an error that names what the input is
//! instead. Values stay raw text until somebody asks for them, because most of a plan is not about
//! access. A known value and one known only after apply are two different things everywhere ([`crate::value`]).
//!
//! Nothing here knows which types grant access, and nothing of `before`, `after` or `configuration` is printed.

pub mod agreement;
mod alarm;
mod byte_size;
pub mod configuration;
mod read;
pub mod recognise;
pub mod values;
mod unique_map;
mod wire;

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::value::RawValue;

pub use crate::address;
use crate::sources::Sources;
pub use alarm::{Alarm, AlarmCause, AlarmKind, FactSource, RecordGap};
pub use byte_size::ByteSize;
use configuration::Configuration;
pub use recognise::{NotAPlan, decode};
pub use values::Values;

/// One plan file.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The version that wrote it; OpenTofu writes its own.
    pub terraform_version: Option<Cow<'a, str>>,
    /// When the plan was made, RFC 3339 UTC; absent before Terraform 1.5.
    pub timestamp: Option<Cow<'a, str>>,
    /// What will change, in the order of the file.
    pub changes: Vec<ResourceChange<'a>>,
    /// What changed behind Terraform's back since the last apply.
    pub drift: Vec<ResourceChange<'a>>,
    /// The sources that the plan was made of, as far as the plan keeps them.
    pub configuration: Configuration<'a>,
    /// What is known of the expressions in them.
    pub expressions: Expressions,
    /// Whether it was made with `-target`, so that the apply leaves out a part of the configuration.
    pub is_targeted: bool,
    /// Whether somebody accepts what only the sources could show and plan JSON cannot even hint at.
    pub waives_sources: bool,
    /// Whether it stands for what exists, so that no configuration tells which objects are of which provider configuration.
    pub is_existing: bool,
    /// Root outputs that the apply sets to something that must not be printed.
    pub revealing_outputs: Vec<String>,
    /// Objects of the state before the plan, managed and data, in order of address.
    pub prior: Vec<PriorObject<'a>>,
    /// Where each address stands in `changes`; what only waits to be destroyed is left out.
    by_address: HashMap<Cow<'a, str>, usize>,
    /// Values of the root module's variables.
    pub variables: HashMap<Cow<'a, str>, &'a RawValue>,
    /// Why the plan as a whole can't be taken for the truth about the apply.
    pub alarms: Vec<Alarm>,
}

/// Where each address stands, without what only waits to be destroyed.
fn index_addresses<'a>(changes: &[ResourceChange<'a>]) -> HashMap<Cow<'a, str>, usize> {
    let mut by_address = HashMap::with_capacity(changes.len());
    let live = changes.iter().enumerate().filter(|(_, change)| !change.deposed);
    by_address.extend(live.map(|(at, change)| (change.address.clone(), at)));
    by_address
}

/// What is known of the expressions in a configuration. Plan JSON tells what each refers to and not what it does with
/// that, so `replace(a.b, …)` looks like `a.b`.
#[derive(Debug, Default)]
pub enum Expressions {
    /// Nothing more: what a reference leads to is a guess, and a guess is never approved.
    #[default]
    Unseen,
    /// Somebody vouches that a value which refers to one thing is that thing.
    Trusted,
    /// All of them: the plan file was handed over, too.
    Written(Sources),
}

/// Whether a plan may be judged without its sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourcesDemand {
    /// What only they show blocks.
    Required,
    /// Somebody accepts it.
    Waived,
}

impl<'a> Plan<'a> {
    /// Takes objects that exist for a plan that does nothing. There is no configuration, so every part of them counts.
    pub(crate) fn of_existing(changes: Vec<ResourceChange<'a>>, mut prior: Vec<PriorObject<'a>>) -> Self {
        prior.sort_by(|a, b| a.address.cmp(&b.address));
        Self {
            terraform_version: None,
            timestamp: None,
            by_address: index_addresses(&changes),
            changes,
            drift: Vec::new(),
            configuration: Configuration::default(),
            expressions: Expressions::Unseen,
            is_targeted: false,
            waives_sources: false,
            is_existing: true,
            revealing_outputs: Vec::new(),
            prior,
            variables: HashMap::new(),
            alarms: Vec::new(),
        }
    }

    /// Where the change of that address stands in `changes`.
    pub fn change_at(&self, address: &str) -> Option<usize> {
        self.by_address.get(address).copied()
    }

    /// The object of that address in the state before the plan.
    pub fn prior_at(&self, address: &str) -> Option<&PriorObject<'a>> {
        let at = self.prior.binary_search_by(|object| (*object.address).cmp(address)).ok()?;
        self.prior.get(at)
    }

    /// Takes what is known of the expressions. A part of the sources that could not be read is an alarm: what it declares,
    /// such as an ephemeral resource or a `dynamic` block, would be missing from the judgement.
    pub fn attach(&mut self, expressions: Expressions) {
        if let Expressions::Written(sources) = &expressions {
            let unread = sources.unread().cloned();
            self.alarms.extend(unread.map(|part| Alarm::of_plan(AlarmCause::UnreadSources(part))));
        }
        self.expressions = expressions;
    }

    /// Says what is to be done about what only the sources show, where they were not handed over.
    pub fn demand_sources(&mut self, demand: SourcesDemand) {
        match (demand, self.sources()) {
            (SourcesDemand::Required, None) => self.alarms.push(Alarm::of_plan(AlarmCause::SourcesUnseen)),
            (SourcesDemand::Waived, None) => self.waives_sources = true,
            (SourcesDemand::Required | SourcesDemand::Waived, Some(_)) => {}
        }
    }

    /// The sources, where they were handed over.
    pub fn sources(&self) -> Option<&Sources> {
        match &self.expressions {
            Expressions::Written(sources) => Some(sources),
            Expressions::Unseen | Expressions::Trusted => None,
        }
    }
}

/// Whether the object is managed, read, or held only while Terraform runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ObjectMode {
    /// `resource`.
    Managed,
    /// `data`.
    Data,
    /// `ephemeral`: opened at plan and at apply (OpenTofu lists these; Terraform does not).
    Ephemeral,
    /// A mode that nobody told us of.
    Other,
}

/// What will be done to one object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Nothing is sent to the provider.
    NoOp,
    /// A new object.
    Create,
    /// A data source is read during apply.
    Read,
    /// The object is changed in place.
    Update,
    /// The object is removed and made anew, in either order.
    Replace,
    /// The object is removed.
    Delete,
    /// The object stays, and Terraform forgets it.
    Forget,
    /// A new object is made and the old one stays, forgotten.
    CreateForget,
    /// Nothing is planned: the object exists, and this is what it is. Only [`crate::exists`] makes it; `before` holds what it
    /// was when Terraform last wrote it, where that is known and differs.
    Exists,
    /// None of the above.
    Other,
}

/// One entry of `resource_changes` or `resource_drift`.
#[derive(Debug)]
pub struct ResourceChange<'a> {
    /// The full address.
    pub address: Cow<'a, str>,
    /// The address before a `moved` block, where there was one.
    pub previous_address: Option<Cow<'a, str>>,
    /// The module instance; empty for the root module.
    pub module: Cow<'a, str>,
    /// Managed, data or ephemeral.
    pub mode: ObjectMode,
    /// The resource type.
    pub type_name: Cow<'a, str>,
    /// The name in its block.
    pub name: Cow<'a, str>,
    /// The instance key as JSON text: `0` or `"a"`.
    pub index: Option<&'a RawValue>,
    /// The full source address of the provider; bare in Terraform 0.12.
    pub provider: Cow<'a, str>,
    /// Whether it is a leftover object that only waits to be destroyed.
    pub deposed: bool,
    /// What will be done.
    pub verb: Verb,
    /// Whether an existing object is adopted.
    pub importing: bool,
    /// The object before.
    pub before: Option<&'a RawValue>,
    /// The object after, without what is known only after apply.
    pub after: Option<&'a RawValue>,
    /// Where values are known only after apply.
    pub after_unknown: Option<&'a RawValue>,
    /// Which values of `before` are sensitive.
    pub before_sensitive: Option<&'a RawValue>,
    /// Which values of `after` are sensitive.
    pub after_sensitive: Option<&'a RawValue>,
}

impl ResourceChange<'_> {
    /// Whether what exists is known to have been something else.
    pub(crate) fn is_altered(&self) -> bool {
        self.before.map(RawValue::get) != self.after.map(RawValue::get)
    }
}

/// An object of the state before the plan.
#[derive(Debug)]
pub struct PriorObject<'a> {
    /// The full address.
    pub address: Cow<'a, str>,
    /// Managed or data.
    pub mode: ObjectMode,
    /// The resource type.
    pub type_name: Cow<'a, str>,
    /// The instance key as JSON text: `0` or `"a"`.
    pub index: Option<&'a RawValue>,
    /// The full source address of its provider.
    pub provider: Cow<'a, str>,
    /// Its attributes, all known.
    pub values: Option<&'a RawValue>,
    /// Which of them are sensitive.
    pub(crate) sensitive: Option<&'a RawValue>,
}

/// Why a plan can't be judged at all.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// The input is something else.
    #[error(transparent)]
    NotAPlan(#[from] NotAPlan),
    /// The JSON is broken, or can be read in two ways.
    #[error("cannot read the plan: {0}")]
    Json(#[from] crate::json::JsonError),
    /// A part of the plan has another shape than the format gives it.
    #[error("cannot read `{section}` of the plan: {error}")]
    Section {
        /// The top-level key.
        section: &'static str,
        /// Where, and what is wrong there.
        error: crate::json::JsonError,
    },
    /// One object of the plan can't be read.
    #[error("cannot read `{address}`: {error}")]
    Object {
        /// The resource change.
        address: String,
        /// Where, and what is wrong there.
        error: crate::json::JsonError,
    },
}
