//! Facts: what a plan does not say of the place that a grant lands in, such as the account.
//!
//! In order: `--fact` and `fact` blocks of the manifest, the provider's configuration where it is constant, a
//! data source that the plan has read through the same provider configuration, the pack's default. What nobody
//! gives stays a hole with the fact's name in it, and no approval for one account covers that.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::world::World;
use crate::json;
use crate::lower::Text;
use crate::plan::configuration::ProviderBlock;
use crate::plan::{Mode, address};
use crate::rules::evaluate::evaluate;
use crate::rules::scope::Scope;
use crate::rules::term::Term;
use crate::rules::{FactRule, RulePack};
use crate::value::Value;
use access_algebra::HoleKind;

/// Facts by name: `aws.account`, or `aws.account@prod` for the provider with that alias.
pub type Given = BTreeMap<String, String>;

/// A fact for the objects of one provider configuration.
pub fn fact<'w>(world: &'w World<'_>, pack: &RulePack, provider_key: Option<&str>, name: &str) -> Term<'w> {
    let block = provider_key.and_then(|key| world.plan.configuration.provider(key));
    let configuration = provider_key.unwrap_or_default();
    if let Some(known) =
        world.facts.borrow().get(&pack.dialect).and_then(|of| of.get(configuration)?.get(name))
    {
        return Term::Text(known.clone());
    }
    let text = find(world, pack, provider_key, block, name);
    let mut facts = world.facts.borrow_mut();
    let facts = facts.entry(pack.dialect).or_default().entry(configuration.to_owned()).or_default();
    facts.insert(name.to_owned(), text.clone());
    Term::Text(text)
}

fn find(
    world: &World<'_>,
    pack: &RulePack,
    provider_key: Option<&str>,
    block: Option<&ProviderBlock<'_>>,
    name: &str,
) -> Text {
    let plain = format!("{}.{name}", pack.dialect.word());
    let alias = block.and_then(|block| block.alias.as_deref());
    let full = alias.map_or_else(|| plain.clone(), |alias| format!("{plain}@{alias}"));
    if let Some(value) = world.given.get(&full) {
        return Text::known(value);
    }
    let rule = pack.facts.iter().find(|rule| rule.name == name);
    let constants = block.map(|block| block.constants()).unwrap_or_default();
    let known = |expr| Bare(&constants).evaluate(expr).as_known().map(Cow::into_owned);
    let found = rule.and_then(|rule| {
        let configured = rule.provider.as_ref().and_then(known);
        configured
            .or_else(|| read(world, rule, provider_key))
            .or_else(|| rule.default.as_ref().and_then(known))
    });
    found.map_or_else(|| Text::hole(HoleKind::Fact, &full), |value| Text::known(&value))
}

/// What a data source of this provider configuration has read.
fn read(world: &World<'_>, rule: &FactRule, provider_key: Option<&str>) -> Option<String> {
    let (type_name, attribute) = rule.data.as_ref()?;
    let mut answers = world.plan.prior.iter().filter_map(|object| {
        if object.mode != Mode::Data || object.type_name != *type_name {
            return None;
        }
        let start = object.address.find("data.").filter(|_| object.address.starts_with("data."))?;
        let relative = object.address.get(start..)?.split('[').next()?;
        let block = world.plan.configuration.block(&address::module_names("")?, relative)?;
        if provider_key.is_some_and(|key| block.provider_key != key) {
            return None;
        }
        json::parse(object.values?.get()).ok()?.get(attribute).as_str().map(str::to_owned)
    });
    let first = answers.next()?;
    answers.all(|other| other == first).then_some(first)
}

/// Sees a provider's configuration and nothing else.
struct Bare<'b>(&'b Value);

impl Bare<'_> {
    fn evaluate<'w>(&self, expr: &crate::rules::expression::Expr) -> Term<'w> {
        let term = evaluate(expr, self, None);
        match term.as_known() {
            Some(text) => Term::known(&text),
            None => Term::Value(Cow::Owned(Value::Null)),
        }
    }
}

impl<'b> Scope<'b> for Bare<'b> {
    fn object(&self) -> &'b Value {
        self.0
    }

    fn address(&self) -> &str {
        ""
    }

    fn type_name(&self) -> &str {
        ""
    }

    fn timestamp(&self) -> &str {
        ""
    }

    fn identity(&self, _name: &str) -> Term<'b> {
        Term::NULL
    }

    fn fact(&self, _name: &str) -> Term<'b> {
        Term::NULL
    }

    fn is_left_to_provider(&self, _unknown: &str) -> bool {
        false
    }

    fn resolve(&self, _unknown: &str) -> Option<Term<'b>> {
        None
    }

    fn resolve_list(&self, _unknown: &str) -> Option<Term<'b>> {
        None
    }
}
