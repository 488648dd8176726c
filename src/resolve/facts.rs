//! Facts: what a plan does not say of the place that a grant lands in, such as the account.
//!
//! A fact holds for one provider configuration. Whatever speaks of it is asked: the configuration itself, the data sources
//! that the plan has read through it, the objects that it manages already (`fact_sources`). All that speak must
//! agree; where two differ, the fact is unreadable and [`FactFinder::conflicts`] names both. `--fact` and `fact` blocks
//! of the manifest fill in where the plan is silent, and then the pack's default. A configuration that computes the fact
//! is not silent. What nobody says stays a hole with the fact's name in it, and no approval for one account covers that.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use super::fact_sources::{ProviderReading, Saying, find_sharing};
use super::world::{FactFinder, World};

pub use super::world::StatedFacts;
use crate::lower::Text;
use crate::plan::configuration::ProviderKey;
use crate::plan::{Alarm, AlarmCause, FactSource, Plan};
use crate::rules::RulePack;
use access_algebra::HoleKind;

/// Stands for a value that must not be printed.
const NOT_SHOWN: &str = "(not shown)";

/// Facts by provider configuration (empty for none), then by name.
type FactsByConfiguration = HashMap<String, HashMap<String, Text>>;

/// The facts of all provider configurations of a plan.
#[derive(Debug)]
pub struct ProviderFacts<'p> {
    plan: &'p Plan<'p>,
    /// From the command line and the manifest.
    stated: &'p StatedFacts,
    /// Facts that were asked for, by pack: they are the same for every object of a provider configuration.
    found: RefCell<HashMap<String, FactsByConfiguration>>,
    /// Facts that are being found: one that depends on itself is none.
    in_search: RefCell<BTreeSet<(String, String)>>,
}

/// What all that speak of a fact come to.
struct Weighed {
    text: Text,
    conflict: Option<[(FactSource, String); 2]>,
}

impl<'p> ProviderFacts<'p> {
    /// Nothing of it is found yet.
    pub fn new(plan: &'p Plan<'p>, stated: &'p StatedFacts) -> Self {
        Self { plan, stated, found: RefCell::default(), in_search: RefCell::default() }
    }

    /// The provider configuration of an object whose block is gone: the only one that it can be.
    fn configuration_of<'k>(&'k self, pack: &RulePack, key: &'k str) -> Option<&'k str> {
        if !key.is_empty() {
            return Some(key);
        }
        let providers = self.plan.configuration.providers();
        let mut its = providers.iter().filter(|(_, block)| pack.reads(&block.source)).map(|(key, _)| *key);
        match (its.next(), its.next()) {
            (None, _) => Some(""),
            (Some(only), None) => Some(only),
            (Some(_), Some(_)) => None,
        }
    }

    fn weigh(&self, world: &World<'_>, pack: &RulePack, key: &str, name: &str) -> Weighed {
        let own = spell_label(pack, key, name);
        let search = (key.to_owned(), own.clone());
        if !self.in_search.borrow_mut().insert(search.clone()) {
            return Weighed { text: Text::hole(HoleKind::Unreadable, &own), conflict: None };
        }
        let rule = pack.facts.iter().find(|rule| rule.name == name);
        let sharing = rule.map(|rule| find_sharing(world, key, rule)).unwrap_or_default();
        let labels = list_labels(pack, key, name, &sharing);
        // What several share is asked for once, by the name of the first.
        let label = labels.iter().min_by_key(|label| (label.len(), *label)).unwrap_or(&own).clone();
        let stated = labels.iter().find_map(|label| self.stated.get(label));
        let weighed = match rule {
            Some(rule) => {
                let reading = ProviderReading::read(world, key, rule);
                let provenance = reading.provenance.clone();
                let mut weighed = weigh_reading(reading, stated, &label);
                weighed.text.provenance.absorb(&provenance);
                if let Some(sayings) = weighed.conflict.as_mut().filter(|_| provenance.is_sensitive()) {
                    sayings.iter_mut().for_each(|(_, value)| NOT_SHOWN.clone_into(value));
                }
                weighed
            }
            None => Weighed { text: Text::hole(HoleKind::Fact, &label), conflict: None },
        };
        self.in_search.borrow_mut().remove(&search);
        weighed
    }
}

impl FactFinder for ProviderFacts<'_> {
    fn find_fact(&self, world: &World<'_>, pack: &RulePack, provider_key: Option<&str>, name: &str) -> Text {
        let key = provider_key.unwrap_or_default();
        if let Some(known) = self.found.borrow().get(&pack.name).and_then(|of| of.get(key)?.get(name)) {
            return known.clone();
        }
        let text = match self.configuration_of(pack, key) {
            Some(key) => self.weigh(world, pack, key, name).text,
            None => Text::hole(HoleKind::Fact, &spell_label(pack, "", name)),
        };
        let mut found = self.found.borrow_mut();
        let facts = found.entry(pack.name.clone()).or_default().entry(key.to_owned()).or_default();
        facts.insert(name.to_owned(), text.clone());
        text
    }

    fn conflicts(&self, world: &World<'_>) -> Vec<Alarm> {
        let mut alarms = Vec::new();
        for (key, block) in self.plan.configuration.providers() {
            for pack in world.rules.packs().iter().filter(|pack| pack.reads(&block.source)) {
                for rule in &pack.facts {
                    if let Some(sayings) = self.weigh(world, pack, key, &rule.name).conflict {
                        let (fact, provider) = (spell_label(pack, key, &rule.name), key.to_owned());
                        alarms.push(Alarm::of_plan(AlarmCause::ConflictingFacts { fact, provider, sayings }));
                    }
                }
            }
        }
        alarms
    }

    fn stated(&self) -> &StatedFacts {
        self.stated
    }
}

/// What all that speak come to, with what is stated.
fn weigh_reading(reading: ProviderReading, stated: Option<&String>, label: &str) -> Weighed {
    let mut agreed: Option<Saying> = None;
    for saying in reading.sayings {
        let common = match &agreed {
            None => saying,
            Some(agreed) => match agreed.common_with(&saying) {
                Some(common) => common,
                None => return Weighed::conflict(label, agreed, &saying),
            },
        };
        agreed = Some(common);
    }
    if let (Some(agreed), Some(value)) = (&agreed, stated) {
        let stated = Saying::one(FactSource::Stated, value);
        match agreed.common_with(&stated) {
            Some(_) => return Weighed::known(value),
            None => return Weighed::conflict(label, agreed, &stated),
        }
    }
    if let Some(value) = agreed.as_ref().and_then(Saying::only_value) {
        return Weighed::known(value);
    }
    let text = match (reading.computed, stated, reading.default) {
        (Some(computed), _, None) => computed,
        (None, Some(value), _) | (Some(_), Some(value), Some(_)) => Text::known(value),
        (_, None, Some(default)) => Text::known(&default),
        (None, None, None) => Text::hole(HoleKind::Fact, label),
    };
    Weighed { text, conflict: None }
}

impl Weighed {
    fn known(value: &str) -> Self {
        Self { text: Text::known(value), conflict: None }
    }

    fn conflict(label: &str, one: &Saying, other: &Saying) -> Self {
        let said = |saying: &Saying| (saying.source.clone(), saying.in_words());
        let text = Text::hole(HoleKind::Unreadable, label);
        Self { text, conflict: Some([said(one), said(other)]) }
    }
}

/// The names under which a fact may be stated that provider configurations share, its own first.
fn list_labels(pack: &RulePack, key: &str, name: &str, sharing: &[String]) -> Vec<String> {
    let others = sharing.iter().filter(|other| *other != key).map(|other| spell_label(pack, other, name));
    std::iter::once(spell_label(pack, key, name)).chain(others).collect()
}

/// The name under which a fact of a provider configuration is stated.
fn spell_label(pack: &RulePack, key: &str, name: &str) -> String {
    let plain = format!("{}.{name}", pack.dialect.word());
    let parsed = ProviderKey::parse(key);
    match (parsed.module, parsed.alias) {
        ("", None) => plain,
        ("", Some(alias)) => format!("{plain}@{alias}"),
        _ => format!("{plain}@{key}"),
    }
}
