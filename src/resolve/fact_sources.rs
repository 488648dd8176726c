//! Who speaks of a fact of one provider configuration, and what each says.
//!
//! Takes a provider configuration and the rule of a fact and returns a [`ProviderReading`]: what the configuration, the
//! data sources that were read through it and the objects that it manages say. A configuration with `for_each` or a
//! `dynamic` block says nothing, and neither does a data source whose arguments may have asked for another place.

use std::collections::{BTreeMap, BTreeSet};

use super::object::guess::GuessScope;
use super::world::{World, prior_values};
use crate::address;
use crate::lower::Text;
use crate::plan::configuration::{PlanExpression, ProviderBlock, ProviderKey};
use crate::plan::{FactSource, ObjectMode};
use crate::possible::Possible;
use crate::rules::evaluate::{evaluate, known};
use crate::rules::expression::{Expr, Root, Step};
use crate::rules::scope::Scope;
use crate::rules::{FactRule, ObjectFact};
use crate::sources::Lookup;
use crate::value::provenance::Provenance;
use crate::value::{UnknownOrigin, Value};
use access_algebra::HoleKind;

/// Objects that are asked for one fact, at most. Those of one provider configuration all say the same, and a state of
/// ten thousand is not read again for every fact.
const MAX_OBJECTS: usize = 200;

/// What one says: the fact is one of these values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Saying {
    pub(super) source: FactSource,
    values: BTreeSet<String>,
}

impl Saying {
    pub(super) fn one(source: FactSource, value: &str) -> Self {
        Self { source, values: BTreeSet::from([value.to_owned()]) }
    }

    /// What two agree on; none where they contradict each other.
    pub(super) fn common_with(&self, other: &Self) -> Option<Self> {
        let values: BTreeSet<String> = self.values.intersection(&other.values).cloned().collect();
        (!values.is_empty()).then(|| Self { source: other.source.clone(), values })
    }

    /// The value, where there is one only.
    pub(super) fn only_value(&self) -> Option<&str> {
        self.values.first().filter(|_| self.values.len() == 1).map(String::as_str)
    }

    /// The values, for people.
    pub(super) fn in_words(&self) -> String {
        self.values.iter().map(String::as_str).collect::<Vec<_>>().join("` or `")
    }
}

/// All that is said of a fact.
pub(super) struct ProviderReading {
    pub(super) sayings: Vec<Saying>,
    /// What stands for the fact where the configuration computes it and nobody can say to what.
    pub(super) computed: Option<Text>,
    /// What the pack takes where nobody says anything.
    pub(super) default: Option<String>,
    /// What the configuration's expressions rest on.
    pub(super) provenance: Provenance,
}

impl ProviderReading {
    pub(super) fn read(world: &World<'_>, key: &str, rule: &FactRule) -> Self {
        let default = rule.default.as_ref().and_then(|expr| {
            let value = evaluate(expr, &ConstantScope(&Value::Null), None);
            value.as_known().map(|value| value.into_owned())
        });
        let mut reading = Self { sayings: Vec::new(), computed: None, default, provenance: Provenance::NONE };
        reading.ask_configuration(world, key, rule);
        let keys = find_sharing(world, key, rule);
        for key in &keys {
            if let Some(data) = &rule.data {
                reading.ask_data(world, key, data);
            }
            reading.ask_objects(world, key, rule);
            reading.ask_read(world, key, rule);
        }
        if let (true, Some(data)) = (reading.sayings.is_empty(), &rule.fallback) {
            keys.iter().for_each(|key| reading.ask_data(world, key, data));
        }
        reading
    }

    fn ask_configuration(&mut self, world: &World<'_>, key: &str, rule: &FactRule) {
        let (Some(expr), Some(block)) = (&rule.provider, world.plan.configuration.provider(key)) else {
            return;
        };
        let (module, address) = provider_address(key);
        if is_computed(world, block, module, &address) {
            self.computed = Some(Text::hole(HoleKind::Unreadable, &format!("{address} ({key})")));
            return;
        }
        let constants = block.constants(&address);
        let scope = ProviderScope { constants: &constants, world, module, address: &address, block };
        let expressions =
            if let Expr::List(items) = expr { items.as_slice() } else { std::slice::from_ref(expr) };
        for expr in expressions {
            self.hear(evaluate(expr, &scope, None));
        }
    }

    /// Adds what an expression over the configuration says: one value, one of several, or something that it computes.
    fn hear(&mut self, value: Possible<'_>) {
        if value.is_null() && value.is_certain() {
            return;
        }
        let provenance = value.provenance();
        let elements: Vec<_> = value.elements().into_iter().flat_map(Possible::alternatives).collect();
        let values: Option<BTreeSet<String>> = elements
            .iter()
            .map(|one| {
                one.as_known().filter(|_| one.provenance().guesses().is_empty()).map(|text| text.into_owned())
            })
            .collect();
        match values {
            Some(values) if values.is_empty() => {}
            Some(values) => {
                self.provenance.absorb(&provenance);
                self.sayings.push(Saying { source: FactSource::Provider, values });
            }
            None => {
                let open = elements.into_iter().find(|one| !one.is_certain() || one.as_known().is_none());
                self.computed = self.computed.take().or(open.map(Possible::into_text));
            }
        }
    }

    /// Asks the data sources of a type, in the state or planned, of any module.
    fn ask_data(&mut self, world: &World<'_>, key: &str, (type_name, attribute): &(String, String)) {
        let prior = world.plan.prior.iter().filter(|object| {
            object.mode == ObjectMode::Data
                && object.type_name == *type_name
                && is_of(world, &object.address, key, true)
        });
        for object in prior {
            self.note_sensitive(object.is_sensitive(attribute));
            self.hear_data(&object.address, prior_values(object).get(attribute));
        }
        let planned = world.plan.changes.iter().filter(|change| {
            change.mode == ObjectMode::Data
                && change.type_name == *type_name
                && is_of(world, &change.address, key, true)
        });
        for change in planned {
            if let Ok(Some(values)) = change.after() {
                self.note_sensitive(values.is_sensitive(attribute));
                self.hear_data(&change.address, values.object.get(attribute));
            }
        }
    }

    /// Notes that what is said must not be printed.
    fn note_sensitive(&mut self, is_sensitive: bool) {
        if is_sensitive {
            self.provenance.absorb(&Provenance::sensitive());
        }
    }

    fn hear_data(&mut self, address: &str, value: &Value) {
        if let Some(text) = value.as_str().filter(|text| !text.is_empty()) {
            self.sayings.push(Saying::one(FactSource::Data(address.to_owned()), text));
        }
    }

    /// Asks the objects that exist.
    fn ask_objects(&mut self, world: &World<'_>, key: &str, rule: &FactRule) {
        for said in say_objects(world, key, &rule.managed, ObjectMode::Managed) {
            self.sayings.push(Saying::one(FactSource::Managed(said.0), &said.1));
        }
    }

    /// Asks the data sources that were read with arguments which can name nothing elsewhere.
    fn ask_read(&mut self, world: &World<'_>, key: &str, rule: &FactRule) {
        for said in say_objects(world, key, &rule.read, ObjectMode::Data) {
            self.sayings.push(Saying::one(FactSource::Data(said.0), &said.1));
        }
    }
}

/// The addresses of objects in the state, and what each says. One in which something is sensitive says nothing.
fn say_objects(
    world: &World<'_>,
    key: &str,
    facts: &[ObjectFact],
    mode: ObjectMode,
) -> Vec<(String, String)> {
    let mut said = Vec::new();
    for object in world.plan.prior.iter().filter(|object| object.mode == mode) {
        let is_told = |fact: &&ObjectFact| fact.types.iter().any(|type_name| *type_name == object.type_name);
        let Some(fact) = facts.iter().find(is_told).filter(|_| is_of(world, &object.address, key, false))
        else {
            continue;
        };
        if said.len() == MAX_OBJECTS {
            break;
        }
        let values = prior_values(object);
        let Value::Object(members) = &values else { continue };
        let is_hidden = mode == ObjectMode::Data && members.iter().any(|(name, _)| object.is_sensitive(name));
        let value = evaluate(&fact.value, &ConstantScope(&values), None);
        if let Some(text) = value.as_known().filter(|text| !text.is_empty() && !is_hidden) {
            said.push((object.address.to_string(), text.into_owned()));
        }
    }
    said
}

/// Whether an object's block uses a provider configuration, and, where that is asked, has no arguments.
fn is_of(world: &World<'_>, instance: &str, key: &str, is_plain: bool) -> bool {
    // What exists is of one account: of two, nothing is said.
    if world.plan.is_existing {
        return true;
    }
    let find = || {
        let (module, _) = address::split_module(instance)?;
        let names = address::module_names(module)?;
        world.plan.configuration.block(&names, address::block(instance, module)?)
    };
    find().is_some_and(|block| block.provider_key == key && (!is_plain || block.is_plain()))
}

/// The module of a provider configuration, and its block as the module writes it: `provider.aws.prod`.
fn provider_address(key: &str) -> (&str, String) {
    let parsed = ProviderKey::parse(key);
    let alias = parsed.alias.map(|alias| format!(".{alias}")).unwrap_or_default();
    (parsed.module, format!("provider.{}{alias}", parsed.name))
}

/// Whether a provider configuration stands for several, or has a block that is computed.
fn is_computed(world: &World<'_>, block: &ProviderBlock<'_>, module: &str, address: &str) -> bool {
    let names = address::module_names(module).unwrap_or_default();
    match world.plan.sources().map(|sources| sources.is_computed(&names, address)) {
        None | Some(Lookup::Absent) => block.is_repeated(),
        Some(Lookup::Written(is_computed)) => is_computed || block.is_repeated(),
        Some(Lookup::Computed(_) | Lookup::Unreadable(_)) => true,
    }
}

/// The provider configurations that reach the same place as far as a fact goes, this one among them: all of their
/// arguments are known and equal, but for those that do not change the fact.
pub(super) fn find_sharing(world: &World<'_>, key: &str, rule: &FactRule) -> Vec<String> {
    let own = || world.plan.configuration.provider(key);
    let mut keys = vec![key.to_owned()];
    let Some((block, arguments)) =
        own().and_then(|block| Some((block, read_arguments(world, key, block, rule)?)))
    else {
        return keys;
    };
    for (other, other_block) in world.plan.configuration.providers() {
        let is_equal = || read_arguments(world, other, other_block, rule).as_ref() == Some(&arguments);
        if other != key && other_block.source == block.source && is_equal() {
            keys.push(other.to_owned());
        }
    }
    keys
}

/// The arguments of a provider configuration that may change a fact. `None` where one is not known, or each has its own.
fn read_arguments(
    world: &World<'_>,
    key: &str,
    block: &ProviderBlock<'_>,
    rule: &FactRule,
) -> Option<BTreeMap<String, Value>> {
    let (module, address) = provider_address(key);
    if rule.unaffected_by.is_empty() || is_computed(world, block, module, &address) {
        return None;
    }
    let Value::Object(members) = block.constants(&address) else { return Some(BTreeMap::new()) };
    let counts = |name: &str| !rule.unaffected_by.iter().any(|known| known == name);
    let known = members.into_iter().filter(|(name, _)| counts(name)).map(|(name, value)| {
        let value = match value.has_unknown() {
            true => world.argument_of(module, &address, &name).filter(Possible::is_certain)?.into_value(),
            false => value,
        };
        (!value.has_unknown()).then(|| (name.to_string(), value))
    });
    known.collect()
}

/// Values that are all known, and nothing else.
struct ConstantScope<'c>(&'c Value);

impl<'c> Scope<'c> for ConstantScope<'c> {
    fn start<'s>(&self, root: &Root, steps: &'s [Step]) -> (Possible<'c>, &'s [Step]) {
        let value = match root {
            Root::Attribute(name) => Possible::borrowed(self.0.get(name)),
            Root::Identity(_) | Root::Each | Root::Fact(_) | Root::Address | Root::Type => Possible::NULL,
        };
        (value, steps)
    }
}

/// A provider's configuration: its constants, and what its expressions come to.
struct ProviderScope<'c, 'w> {
    constants: &'c Value,
    world: &'c World<'w>,
    /// The module instance of the block.
    module: &'c str,
    /// `provider.aws.prod`.
    address: &'c str,
    block: &'c ProviderBlock<'w>,
}

impl<'c> Scope<'c> for ProviderScope<'c, '_> {
    fn start<'s>(&self, root: &Root, steps: &'s [Step]) -> (Possible<'c>, &'s [Step]) {
        let value = match root {
            Root::Attribute(name) => known(Possible::borrowed(self.constants.get(name)), self),
            Root::Identity(_) | Root::Each | Root::Fact(_) | Root::Address | Root::Type => Possible::NULL,
        };
        (value, steps)
    }

    fn resolve(&self, unknown: &UnknownOrigin) -> Option<Possible<'c>> {
        let path = unknown.path_in(self.address)?;
        if self.world.plan.sources().is_some() {
            return self.world.argument_of(self.module, self.address, path);
        }
        let scope = GuessScope::new(self.world, self.module, None, 0);
        let PlanExpression::References(references) = self.block.argument_at(path) else { return None };
        let guess = scope.guess(&references, &unknown.to_string())?;
        (!guess.is_unread()).then_some(guess)
    }
}
