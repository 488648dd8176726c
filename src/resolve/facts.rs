//! Facts: what a plan does not say of the place that a grant lands in, such as the account.
//!
//! In order: `--fact` and `fact` blocks of the manifest, the provider's configuration where it is constant, a
//! data source that the plan has read through the same provider configuration, the pack's default. What nobody
//! states stays a hole with the fact's name in it, and no approval for one account covers that.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use crate::json;
use crate::lower::{Dialect, Text};
use crate::plan::configuration::ProviderBlock;
use crate::plan::{ObjectMode, Plan, address};
use crate::possible::Possible;
use crate::rules::evaluate::evaluate;
use crate::rules::expression::{Expr, Root, Step};
use crate::rules::scope::Scope;
use crate::rules::{FactRule, RulePack};
use crate::value::Value;
use crate::value::provenance::Provenance;
use access_algebra::HoleKind;

/// Facts by name: `aws.account`, or `aws.account@prod` for the provider with that alias.
pub type StatedFacts = BTreeMap<String, String>;

/// Facts by provider configuration (empty for none), then by name.
type FactsByConfiguration = HashMap<String, HashMap<String, Text>>;

/// The facts of all provider configurations of a plan.
#[derive(Debug)]
pub struct ProviderFacts<'p> {
    plan: &'p Plan<'p>,
    /// From the command line and the manifest.
    pub stated: &'p StatedFacts,
    /// Facts that were asked for: they are the same for every object of a provider configuration.
    found: RefCell<HashMap<Dialect, FactsByConfiguration>>,
}

impl<'p> ProviderFacts<'p> {
    pub(super) fn new(plan: &'p Plan<'p>, stated: &'p StatedFacts) -> Self {
        Self { plan, stated, found: RefCell::default() }
    }

    /// A fact for the objects of one provider configuration.
    pub(super) fn fact(&self, pack: &RulePack, provider_key: Option<&str>, name: &str) -> Text {
        let configuration = provider_key.unwrap_or_default();
        if let Some(known) =
            self.found.borrow().get(&pack.dialect).and_then(|of| of.get(configuration)?.get(name))
        {
            return known.clone();
        }
        let text = self.find(pack, provider_key, name);
        let mut found = self.found.borrow_mut();
        let facts = found.entry(pack.dialect).or_default().entry(configuration.to_owned()).or_default();
        facts.insert(name.to_owned(), text.clone());
        text
    }

    fn find(&self, pack: &RulePack, provider_key: Option<&str>, name: &str) -> Text {
        let block = provider_key.and_then(|key| self.plan.configuration.provider(key));
        let plain = format!("{}.{name}", pack.dialect.word());
        let alias = block.and_then(|block| block.alias.as_deref());
        let full = alias.map_or_else(|| plain.clone(), |alias| format!("{plain}@{alias}"));
        if let Some(value) = self.stated.get(&full) {
            return Text::known(value);
        }
        let rule = pack.facts.iter().find(|rule| rule.name == name);
        let constants = block.map(ProviderBlock::constants).unwrap_or_default();
        let constant = |expr: &Expr| {
            evaluate(expr, &ProviderScope(&constants), None).as_known().map(|value| Text::known(&value))
        };
        let found = rule.and_then(|rule| {
            let configured = rule.provider.as_ref().and_then(constant);
            configured
                .or_else(|| self.read(rule, provider_key))
                .or_else(|| rule.default.as_ref().and_then(constant))
        });
        found.unwrap_or_else(|| Text::hole(HoleKind::Fact, &full))
    }

    /// What a data source of this provider configuration has read.
    fn read(&self, rule: &FactRule, provider_key: Option<&str>) -> Option<Text> {
        let (type_name, attribute) = rule.data.as_ref()?;
        let mut answers = self.plan.prior.iter().filter_map(|object| {
            if object.mode != ObjectMode::Data || object.type_name != *type_name {
                return None;
            }
            let start = object.address.find("data.").filter(|_| object.address.starts_with("data."))?;
            let relative = object.address.get(start..)?.split('[').next()?;
            let block = self.plan.configuration.block(&address::module_names("")?, relative)?;
            if provider_key.is_some_and(|key| block.provider_key != key) {
                return None;
            }
            let mut text = Text::known(json::parse(object.values?.get()).ok()?.get(attribute).as_str()?);
            if object.is_sensitive(attribute) {
                text.provenance = Provenance::sensitive();
            }
            Some(text)
        });
        let first = answers.next()?;
        answers.all(|other| other == first).then_some(first)
    }
}

/// The constants of a provider's configuration, and nothing else.
struct ProviderScope<'c>(&'c Value);

impl<'c> Scope<'c> for ProviderScope<'c> {
    fn start<'s>(&self, root: &Root, steps: &'s [Step]) -> (Possible<'c>, &'s [Step]) {
        let value = match root {
            Root::Attribute(name) => Possible::borrowed(self.0.get(name)),
            Root::Identity(_) | Root::Each | Root::Fact(_) | Root::Address | Root::Type | Root::Source(_) => {
                Possible::NULL
            }
        };
        (value, steps)
    }
}
