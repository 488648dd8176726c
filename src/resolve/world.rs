//! What can be looked up when a value is resolved: the plan, the rules and the facts.
//!
//! Takes a plan, all rules and the facts that were stated, and returns the objects and blocks behind addresses. An
//! object is read at most once; facts are found once for every provider configuration.

use std::cell::{Cell, OnceCell};
use std::collections::BTreeMap;
use std::fmt;

use super::instances::InstanceIndex;
use super::memo::Memo;
use super::shared::Shared;
use crate::json;
use crate::lower::Text;
use crate::plan::configuration::ConfiguredBlock;
use crate::plan::{Alarm, AlarmCause, ObjectMode, Plan, PriorObject, ResourceChange, Values, address};
use crate::rules::{RulePack, Rules};
use crate::value::Value;

/// Facts by name: `aws.account`, `aws.account@prod` for the provider with that alias, or
/// `aws.account@module.m:aws` for the provider block of a module.
pub type StatedFacts = BTreeMap<String, String>;

/// Who finds facts. To find one, expressions of the configuration are followed, which may ask for another fact; so the
/// world asks through this, and who answers stands above it.
pub trait FactFinder: fmt::Debug {
    /// A fact for the objects of one provider configuration; none where it is not known which one that is.
    fn find_fact(&self, world: &World<'_>, pack: &RulePack, provider_key: Option<&str>, name: &str) -> Text;

    /// What is said of the provider configurations and contradicts itself.
    fn conflicts(&self, world: &World<'_>) -> Vec<Alarm>;

    /// The facts from the command line and the manifest.
    fn stated(&self) -> &StatedFacts;
}

/// What rules can see of a plan.
#[derive(Debug)]
pub struct World<'p> {
    /// The plan.
    pub plan: &'p Plan<'p>,
    /// All rules.
    pub rules: &'p Rules,
    /// Who tells the facts of the provider configurations.
    pub facts: Box<dyn FactFinder + 'p>,
    /// What each object will be, once somebody asks of one: without sources hardly anybody does.
    after: OnceCell<Vec<OnceCell<Option<Values>>>>,
    prior: OnceCell<Vec<OnceCell<Value>>>,
    instances: OnceCell<InstanceIndex>,
    /// Whether the plan shows every instance of every block.
    pub(super) is_complete: bool,
    /// What objects have alike.
    pub shared: Shared,
    /// What was evaluated of the sources.
    pub(super) memo: Memo,
    /// References that were followed since the last question.
    pub(super) followed: Cell<u32>,
    /// Documents within documents, at this moment.
    pub(super) documents: Cell<u32>,
}

impl<'p> World<'p> {
    /// Indexes a plan.
    pub fn new(plan: &'p Plan<'p>, rules: &'p Rules, facts: Box<dyn FactFinder + 'p>) -> Self {
        let is_part =
            |alarm: &Alarm| matches!(alarm.cause, AlarmCause::PartialPlan | AlarmCause::PlanningFailed);
        Self {
            plan,
            rules,
            facts,
            after: OnceCell::new(),
            prior: OnceCell::new(),
            instances: OnceCell::new(),
            is_complete: !plan.alarms.iter().any(is_part),
            shared: Shared::default(),
            memo: Memo::default(),
            followed: Cell::new(0),
            documents: Cell::new(0),
        }
    }

    /// The block of a change, in the configuration.
    pub fn block(&self, change: &ResourceChange<'_>) -> Option<&ConfiguredBlock<'p>> {
        let names = address::module_names(&change.module)?;
        let prefix = if change.mode == ObjectMode::Data { "data." } else { "" };
        self.plan.configuration.block(&names, &[prefix, &change.type_name, ".", &change.name].concat())
    }

    /// The names of the modules in a module instance's address.
    pub(super) fn module_names<'m>(&self, module: &'m str) -> Option<Vec<&'m str>> {
        address::module_names(module)
    }

    /// The instances that the plan shows.
    pub(super) fn instances(&self) -> &InstanceIndex {
        self.instances.get_or_init(|| InstanceIndex::of(self.plan))
    }

    /// The change of that address, and what its object will be.
    pub(super) fn planned(&self, address: &str) -> Option<(&'p ResourceChange<'p>, &Values)> {
        self.planned_at(self.plan.change_at(address)?)
    }

    /// The change in that place, and what its object will be.
    pub(super) fn planned_at(&self, at: usize) -> Option<(&'p ResourceChange<'p>, &Values)> {
        let change = self.plan.changes.get(at)?;
        let all = self.after.get_or_init(|| self.plan.changes.iter().map(|_| OnceCell::new()).collect());
        let after = all.get(at)?.get_or_init(|| change.after().ok().flatten()).as_ref()?;
        Some((change, after))
    }

    /// The attributes of the object in that place of the prior state.
    pub(super) fn prior_values(&self, at: usize) -> &Value {
        const NOTHING: &Value = &Value::Null;
        let all = self.prior.get_or_init(|| self.plan.prior.iter().map(|_| OnceCell::new()).collect());
        let (Some(object), Some(values)) = (self.plan.prior.get(at), all.get(at)) else {
            return NOTHING;
        };
        values.get_or_init(|| prior_values(object))
    }
}

/// The attributes of an object of the prior state.
pub(super) fn prior_values(object: &PriorObject<'_>) -> Value {
    object.values.and_then(|raw| json::parse(raw.get()).ok()).unwrap_or_default()
}
