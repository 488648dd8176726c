//! What can be looked up when a value is resolved: the plan, the rules and the facts.
//!
//! Takes a plan, all rules and the facts that were stated, and returns the objects and blocks behind addresses. An
//! object is read at most once; facts are found once for every provider configuration.

use std::cell::{Cell, OnceCell};
use std::collections::BTreeMap;
use std::fmt;

use hcl_edit::expr::Expression;

use crate::lower::Text;
use crate::plan::configuration::ConfiguredBlock;
use crate::plan::{Alarm, ObjectMode, Plan, ResourceChange, Values, address};
use crate::rules::{RulePack, Rules};

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
    after: Vec<OnceCell<Option<Values>>>,
    /// References that were followed since the last question.
    pub(super) followed: Cell<u32>,
}

impl<'p> World<'p> {
    /// Indexes a plan.
    pub fn new(plan: &'p Plan<'p>, rules: &'p Rules, facts: Box<dyn FactFinder + 'p>) -> Self {
        let after = plan.changes.iter().map(|_| OnceCell::new()).collect();
        Self { plan, rules, facts, after, followed: Cell::new(0) }
    }

    /// The block of a change, in the configuration.
    pub fn block(&self, change: &ResourceChange<'_>) -> Option<&ConfiguredBlock<'p>> {
        let names = address::module_names(&change.module)?;
        let prefix = if change.mode == ObjectMode::Data { "data." } else { "" };
        self.plan.configuration.block(&names, &format!("{prefix}{}.{}", change.type_name, change.name))
    }

    /// What the sources write for an argument of a block, where they show it. `pack` knows which nested blocks a plan
    /// lists in the order of the sources.
    pub(super) fn source_argument(
        &self,
        module: &str,
        block: &str,
        path: &str,
        pack: Option<&RulePack>,
    ) -> Option<&'p Expression> {
        let names = address::module_names(module)?;
        let ordered = pack.map(|pack| pack.ordered_blocks.as_slice()).unwrap_or_default();
        let ordered: Vec<&str> = ordered.iter().map(String::as_str).collect();
        self.plan.sources()?.argument(&names, block, path, &ordered).written()
    }

    /// The change of that address, and what its object will be.
    pub(super) fn planned(&self, address: &str) -> Option<(&'p ResourceChange<'p>, &Values)> {
        let at = self.plan.change_at(address)?;
        let change = self.plan.changes.get(at)?;
        let after = self.after.get(at)?.get_or_init(|| change.after().ok().flatten()).as_ref()?;
        Some((change, after))
    }
}
