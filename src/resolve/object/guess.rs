//! Follows the references of plan JSON, where the sources are not at hand.
//!
//! Takes a reference, seen from a module instance, and returns its [`Possible`] values. A reference to another object of
//! the plan is what that object's `after` says, or what its rule says that such a reference means. A reference to a policy
//! document that a deferred data source computes is the arguments of that data source. Variables are followed to the
//! caller and outputs into the module.
//!
//! Plan JSON lists the references of an expression and not the expression, so `f(a.b)` looks like `a.b` there. A value
//! that such a reference leads to rests on a guess.

use super::Object;
use crate::json;
use crate::plan::configuration::PlanExpression;
use crate::plan::{Expressions, Values, address};
use crate::possible::Possible;
use crate::resolve::instances::key_of;
use crate::resolve::reference::{Reference, find_single};
use crate::resolve::world::World;
use crate::rules::RuleMatch;
use crate::value::provenance::Provenance;
use crate::value::{UnknownOrigin, Value};

/// References that are followed one after the other, at most. Public modules nest four deep with a variable and an
/// output a level; 16 leaves room for twice that, and ends what refers to itself.
const MAX_DEPTH: u8 = 16;

/// References that are followed for one value, at most. A large policy document refers to some hundred objects.
const MAX_FOLLOWED: u32 = 10_000;

/// Where an expression of the configuration stands.
#[derive(Clone, Copy, Debug)]
pub(in crate::resolve) struct GuessScope<'w, 'm> {
    world: &'w World<'w>,
    /// The module instance.
    module: &'m str,
    /// The key of the instance whose block it is, as JSON text.
    index: Option<&'m str>,
    /// How many references were followed until it was reached.
    depth: u8,
}

impl<'w, 'm> GuessScope<'w, 'm> {
    /// The scope of a block's instance.
    pub(in crate::resolve) fn new(
        world: &'w World<'w>,
        module: &'m str,
        index: Option<&'m str>,
        depth: u8,
    ) -> Self {
        Self { world, module, index, depth }
    }
    /// One reference further, unless there were too many.
    fn deeper(&self) -> Option<Self> {
        let followed = &self.world.followed;
        followed.set(if self.depth == 0 { 1 } else { followed.get() + 1 });
        let is_within = self.depth < MAX_DEPTH && followed.get() <= MAX_FOLLOWED;
        is_within.then(|| Self { depth: self.depth + 1, ..*self })
    }

    /// The value that a reference means; `index` is the key of the instance that it means.
    pub(in crate::resolve) fn follow(&self, reference: &str, index: Option<&str>) -> Possible<'w> {
        let Some(deeper) = self.deeper() else { return Possible::unread() };
        let found = match Reference::parse(reference) {
            Some(Reference::Variable(name)) => deeper
                .guess_variable(name)
                .map(|value| deeper.mark_declared(self.module, &format!("var.{name}"), value)),
            Some(Reference::Output { call, name }) => deeper.guess_output(call, name, index),
            Some(Reference::Object { is_data, type_name, name, attribute }) => {
                let kind = if is_data { "data." } else { "" };
                let mut target = deeper.below(&format!("{kind}{type_name}.{name}"));
                if let Some(index) = index.filter(|_| !name.ends_with(']')) {
                    target.push_str(&format!("[{index}]"));
                }
                if is_data {
                    deeper.guess_data(&target, type_name, attribute)
                } else {
                    deeper.guess_attribute(&target, attribute)
                }
            }
            None => None,
        };
        found.unwrap_or_else(Possible::unread)
    }

    /// What references seem to lead to, where the sources are not there to tell. `unknown` is what refers to it.
    pub(in crate::resolve) fn guess(&self, references: &[String], unknown: &str) -> Option<Possible<'w>> {
        let (reference, is_keyed) = find_single(references)?;
        let provenance = match self.world.plan.expressions {
            Expressions::Written(_) => return None,
            Expressions::Trusted => Provenance::trusted(),
            Expressions::Unseen => Provenance::guess(unknown, reference),
        };
        let index = self.index.filter(|_| is_keyed);
        Some(self.follow(reference, index).resting_on(&provenance))
    }

    fn guess_variable(&self, name: &str) -> Option<Possible<'w>> {
        let Some((parent, call)) = address::parent(self.module) else {
            let value = self.world.plan.variables.get(name)?;
            return json::parse(value.get()).ok().map(Possible::owned);
        };
        let names = address::module_names(parent)?;
        let expression = self.world.plan.configuration.argument(&names, call, name);
        if let PlanExpression::Constant(value) = expression {
            return Some(Possible::owned(value));
        }
        let caller = GuessScope { module: parent, index: key_of(self.module), ..*self };
        let PlanExpression::References(references) = expression else { return None };
        caller.guess(&references, &format!("{}.var.{name}", self.module))
    }

    /// The value of a variable or output, marked where its declaration in a module says that it is sensitive.
    fn mark_declared(&self, module: &str, name: &str, value: Possible<'w>) -> Possible<'w> {
        let names = address::module_names(module).unwrap_or_default();
        if self.world.plan.configuration.is_sensitive(&names, name) {
            value.resting_on(&Provenance::sensitive())
        } else {
            value
        }
    }

    fn guess_output(&self, call: &str, name: &str, index: Option<&str>) -> Option<Possible<'w>> {
        let mut child = self.below(&format!("module.{call}"));
        if let Some(index) = index.filter(|_| !call.contains('[')) {
            child.push_str(&format!("[{index}]"));
        }
        let names = address::module_names(&child)?;
        let inside = GuessScope { module: &child, index: None, ..*self };
        let value = match self.world.plan.configuration.output(&names, name) {
            PlanExpression::Constant(value) => Some(Possible::owned(value)),
            PlanExpression::References(references) => inside.guess(&references, &format!("{child}.{name}")),
            PlanExpression::Opaque => None,
        };
        Some(self.mark_declared(&child, &format!("output.{name}"), value?))
    }

    /// An address in this module instance.
    fn below(&self, relative: &str) -> String {
        if self.module.is_empty() { relative.to_owned() } else { format!("{}.{relative}", self.module) }
    }

    fn guess_attribute(&self, target: &str, attribute: Option<&str>) -> Option<Possible<'w>> {
        let attribute = attribute?;
        let (change, values) = self.world.planned(target)?;
        let value = values.object.get(attribute);
        if !matches!(value, Value::Unknown(_) | Value::Null) {
            return Some(mark_sensitive(values, attribute, Possible::borrowed(value)));
        }
        Some(match self.world.rules.find(&change.type_name, &change.provider) {
            RuleMatch::Rule(pack, rule) => {
                let object = Object::new(self.world, change, values, pack, rule);
                Object { depth: self.depth, ..object }.identity(attribute)
            }
            RuleMatch::Listed(..) | RuleMatch::Foreign(_) | RuleMatch::Unknown(_) | RuleMatch::None => {
                Possible::unknown(UnknownOrigin::attribute(target, attribute))
            }
        })
    }

    fn guess_data(&self, target: &str, type_name: &str, attribute: Option<&str>) -> Option<Possible<'w>> {
        if let Some((change, values)) = self.world.planned(target) {
            let (_, rule) = self.world.rules.find_document(type_name, &change.provider)?;
            if attribute.is_some_and(|attribute| attribute != rule.attribute) {
                return None;
            }
            return Some(self.world.read_document(change, values, rule.format));
        }
        let object = self.world.plan.prior_at(target)?;
        let attribute = match attribute {
            Some(attribute) => attribute,
            None => &self.world.rules.find_document(type_name, &object.provider)?.1.attribute,
        };
        let values = json::parse(object.values?.get()).ok()?;
        let value = Some(Possible::owned(values.get(attribute).clone())).filter(|value| !value.is_null())?;
        Some(if object.is_sensitive(attribute) { value.resting_on(&Provenance::sensitive()) } else { value })
    }
}

/// The value of an attribute, marked where it must not be printed.
fn mark_sensitive<'v>(values: &Values, attribute: &str, value: Possible<'v>) -> Possible<'v> {
    if values.is_sensitive(attribute) { value.resting_on(&Provenance::sensitive()) } else { value }
}
