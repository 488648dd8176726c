//! Follows references: what a value is that the plan leaves unknown.
//!
//! Takes a reference or an expression of the sources, seen from a module instance, and returns its [`Possible`] values.
//! A reference to another object of the plan is what that object's `after` says, or what its rule says that such a
//! reference means. A reference to a policy document that a deferred data source computes is the arguments of that
//! data source. Variables are followed to the caller and outputs into the module.
//!
//! Plan JSON lists the references of an expression and not the expression, so `f(a.b)` looks like `a.b` there. A value
//! that such a reference leads to rests on a guess; only with the sources it does not.

use hcl_edit::expr::Expression;
use serde_json::value::RawValue;

use super::object::Object;
use super::reference::{Reference, key_of, single};
use super::source_expression::{compile_source, render_reference};
use super::world::World;
use crate::json;
use crate::lower::DocumentValue;
use crate::plan::configuration::PlanExpression;
use crate::plan::{Expressions, Values, address};
use crate::possible::Possible;
use crate::rules::evaluate::{evaluate, known};
use crate::rules::expression::{Root, Step};
use crate::rules::scope::Scope;
use crate::rules::{RuleMatch, RulePack};
use crate::value::provenance::Provenance;
use crate::value::{UnknownOrigin, Value};

/// References that are followed one after the other, at most. Public modules nest four deep with a variable and an
/// output a level; 16 leaves room for twice that, and ends what refers to itself.
const MAX_DEPTH: u8 = 16;

/// References that are followed for one value, at most. A large policy document refers to some hundred objects; locals
/// that list each other ten times would ask for 10^16.
const MAX_FOLLOWED: u32 = 10_000;

/// Where an expression of the configuration stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct ModuleScope<'w, 'm> {
    pub(super) world: &'w World<'w>,
    /// The module instance.
    pub(super) module: &'m str,
    /// The key of the instance whose block it is, as JSON text.
    pub(super) index: Option<&'m str>,
    /// How many references were followed until it was reached.
    pub(super) depth: u8,
}

impl<'w> ModuleScope<'w, '_> {
    /// One reference further, unless there were too many.
    fn deeper(&self) -> Option<Self> {
        let followed = &self.world.followed;
        followed.set(if self.depth == 0 { 1 } else { followed.get() + 1 });
        let is_within = self.depth < MAX_DEPTH && followed.get() <= MAX_FOLLOWED;
        is_within.then(|| Self { depth: self.depth + 1, ..*self })
    }

    /// The value that a reference means; `index` is the key of the instance that it means.
    pub(super) fn follow(&self, reference: &str, index: Option<&str>) -> Possible<'w> {
        let Some(deeper) = self.deeper() else { return Possible::unread() };
        let found = match Reference::parse(reference) {
            Some(Reference::Variable(name)) => deeper
                .variable(name)
                .map(|value| deeper.mark_declared(self.module, &format!("var.{name}"), value)),
            Some(Reference::Output { call, name }) => deeper.output(call, name, index),
            Some(Reference::Object { is_data, type_name, name, attribute }) => {
                let kind = if is_data { "data." } else { "" };
                let mut target = deeper.below(&format!("{kind}{type_name}.{name}"));
                if let Some(index) = index.filter(|_| !name.ends_with(']')) {
                    target.push_str(&format!("[{index}]"));
                }
                if is_data {
                    deeper.data(&target, type_name, attribute)
                } else {
                    deeper.attribute(&target, attribute)
                }
            }
            None => None,
        };
        found.unwrap_or_else(Possible::unread)
    }

    /// What references seem to lead to, where the sources are not there to tell. `unknown` is what refers to it.
    pub(super) fn guess(&self, references: &[String], unknown: &str) -> Option<Possible<'w>> {
        let (reference, is_keyed) = single(references)?;
        let provenance = match self.world.plan.expressions {
            Expressions::Written(_) => return None,
            Expressions::Trusted => Provenance::trusted(),
            Expressions::Unseen => Provenance::guess(unknown, reference),
        };
        let index = self.index.filter(|_| is_keyed);
        Some(self.follow(reference, index).resting_on(&provenance))
    }

    /// What the sources write for an argument of a block of this module.
    pub(super) fn argument(&self, block: &str, path: &str, pack: Option<&RulePack>) -> Option<Possible<'w>> {
        Some(self.source(self.world.source_argument(self.module, block, path, pack)?))
    }

    /// What an expression of the sources is.
    pub(super) fn source(&self, expression: &Expression) -> Possible<'w> {
        compile_source(expression).map_or_else(Possible::unread, |expr| evaluate(&expr, self, None))
    }

    fn local(&self, name: &str) -> Option<Possible<'w>> {
        let names = address::module_names(self.module)?;
        let expression = self.world.plan.sources()?.local(&names, name).written()?;
        Some(self.deeper()?.source(expression))
    }

    fn variable(&self, name: &str) -> Option<Possible<'w>> {
        let Some((parent, call)) = address::parent(self.module) else {
            let value = self.world.plan.variables.get(name)?;
            return json::parse(value.get()).ok().map(Possible::owned);
        };
        let names = address::module_names(parent)?;
        let expression = self.world.plan.configuration.argument(&names, call, name);
        if let PlanExpression::Constant(value) = expression {
            return Some(Possible::owned(value));
        }
        let caller = ModuleScope { module: parent, index: key_of(self.module), ..*self };
        if self.world.plan.sources().is_some() {
            return caller.argument(&format!("module.{call}"), name, None);
        }
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

    fn output(&self, call: &str, name: &str, index: Option<&str>) -> Option<Possible<'w>> {
        let mut child = self.below(&format!("module.{call}"));
        if let Some(index) = index.filter(|_| !call.contains('[')) {
            child.push_str(&format!("[{index}]"));
        }
        let names = address::module_names(&child)?;
        let inside = ModuleScope { module: &child, index: None, ..*self };
        let value = match self.world.plan.sources() {
            Some(sources) => Some(inside.source(sources.output(&names, name).written()?)),
            None => match self.world.plan.configuration.output(&names, name) {
                PlanExpression::Constant(value) => Some(Possible::owned(value)),
                PlanExpression::References(references) => {
                    inside.guess(&references, &format!("{child}.{name}"))
                }
                PlanExpression::Opaque => None,
            },
        };
        Some(self.mark_declared(&child, &format!("output.{name}"), value?))
    }

    /// An address in this module instance.
    fn below(&self, relative: &str) -> String {
        if self.module.is_empty() { relative.to_owned() } else { format!("{}.{relative}", self.module) }
    }

    fn attribute(&self, target: &str, attribute: Option<&str>) -> Option<Possible<'w>> {
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

    fn data(&self, target: &str, type_name: &str, attribute: Option<&str>) -> Option<Possible<'w>> {
        if let Some((change, values)) = self.world.planned(target) {
            let (pack, rule) = self.world.rules.find_document(type_name, &change.provider)?;
            if attribute.is_some_and(|attribute| attribute != rule.attribute) {
                return None;
            }
            let block = address::block(target, &change.module)?;
            let index = change.index.map(RawValue::get);
            let inside = ModuleScope { module: &change.module, index, ..*self };
            let mut provenance = Provenance::NONE;
            let arguments = inside.filled(pack, block, "", &values.object, &mut provenance);
            if values.has_sensitive() {
                provenance.absorb(&Provenance::sensitive());
            }
            return Some(
                Possible::document(rule.format, DocumentValue::from(&arguments)).resting_on(&provenance),
            );
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

    /// The arguments of a data source, with what the sources write where they are known only after apply; `provenance`
    /// takes what that rests on.
    fn filled(
        &self,
        pack: &RulePack,
        block: &str,
        path: &str,
        value: &Value,
        provenance: &mut Provenance,
    ) -> Value {
        match value {
            Value::Object(members) => {
                let filled = members.iter().map(|(name, member)| {
                    let path = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
                    (name.clone(), self.filled(pack, block, &path, member, provenance))
                });
                Value::Object(filled.collect())
            }
            Value::List(items) if !items.iter().any(|item| matches!(item, Value::Unknown(_))) => {
                let filled = items
                    .iter()
                    .enumerate()
                    .map(|(at, item)| self.filled(pack, block, &format!("{path}[{at}]"), item, provenance));
                Value::List(filled.collect())
            }
            Value::List(_) | Value::Unknown(_) => {
                let written = self.argument(block, path, Some(pack)).filter(|written| !written.is_unread());
                let Some(written) = written else { return value.clone() };
                provenance.absorb(&written.provenance());
                written.into_value()
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
        }
    }
}

/// The names of the sources. A reference to an attribute takes all of its steps; what goes further into a value is not
/// read yet.
impl<'w> Scope<'w> for ModuleScope<'w, '_> {
    fn start<'s>(&self, root: &Root, steps: &'s [Step]) -> (Possible<'w>, &'s [Step]) {
        let reference = match root {
            Root::Source(first) => render_reference(first, steps),
            Root::Attribute(_)
            | Root::Identity(_)
            | Root::Each
            | Root::Fact(_)
            | Root::Address
            | Root::Type => None,
        };
        let value = reference.map(|(text, is_keyed)| match text.strip_prefix("local.") {
            Some(name) => self.local(name).unwrap_or_else(Possible::unread),
            None => self.follow(&text, self.index.filter(|_| is_keyed)),
        });
        (value.unwrap_or_else(Possible::unread), &[])
    }
}

impl<'w> Object<'w> {
    /// An attribute, or what stands for it where it is unknown.
    fn attribute(&self, name: &str) -> Possible<'w> {
        if let Value::Unknown(_) = &self.values.object {
            return Possible::unknown(UnknownOrigin::attribute(self.address, name));
        }
        let value = known(Possible::borrowed(self.values.object.get(name)), self);
        mark_sensitive(self.values, name, value)
    }

    /// What the object is known as: `self.arn`.
    pub fn identity(&self, name: &str) -> Possible<'w> {
        let value = self.values.object.get(name);
        if !matches!(value, Value::Unknown(_) | Value::Null) {
            return mark_sensitive(self.values, name, Possible::borrowed(value));
        }
        // What the configuration chooses is not what the provider would have chosen.
        if matches!(value, Value::Unknown(_)) && !self.leaves_to_provider(name) {
            return known(Possible::borrowed(value), self);
        }
        let rule = self.rule.identity.iter().find(|(known, _)| known == name);
        if let Some((_, expr)) = rule.filter(|_| self.depth < MAX_DEPTH) {
            let identity = evaluate(expr, &Object { depth: self.depth + 1, ..*self }, None);
            if !identity.is_null() || !identity.is_certain() {
                return identity;
            }
        }
        Possible::unknown(UnknownOrigin::attribute(self.address, name))
    }

    /// Whether the configuration leaves an argument to the provider.
    pub fn leaves_to_provider(&self, path: &str) -> bool {
        self.block.is_some_and(|block| block.leaves_to_provider(path, &self.values.object))
            && self.may_be_dynamic(path) != Some(true)
    }

    /// A fact of the place that the object lands in: `fact.account`.
    pub fn fact(&self, name: &str) -> Possible<'w> {
        let provider_key = self.block.map(|block| &*block.provider_key);
        Possible::text(self.world.facts.find_fact(self.world, self.pack, provider_key, name))
    }

    /// What the sources write for an argument.
    fn written(&self, path: &str) -> Option<Possible<'w>> {
        let block = address::block(self.address, self.module)?;
        self.scope().argument(block, path, Some(self.pack)).filter(|written| !written.is_unread())
    }

    fn scope(&self) -> ModuleScope<'w, 'w> {
        ModuleScope { world: self.world, module: self.module, index: self.index, depth: self.depth }
    }
}

impl<'w> Scope<'w> for Object<'w> {
    fn start<'s>(&self, root: &Root, steps: &'s [Step]) -> (Possible<'w>, &'s [Step]) {
        let value = match root {
            Root::Attribute(name) => self.attribute(name),
            Root::Identity(name) => self.identity(name),
            Root::Fact(name) => self.fact(name),
            Root::Address => Possible::known(self.address),
            Root::Type => Possible::known(self.type_name),
            Root::Each | Root::Source(_) => Possible::NULL,
        };
        (value, steps)
    }

    fn attributes(&self) -> &'w Value {
        &self.values.object
    }

    fn timestamp(&self) -> &str {
        self.world.plan.timestamp.as_deref().unwrap_or_default()
    }

    fn is_left_to_provider(&self, unknown: &UnknownOrigin) -> bool {
        unknown.path_in(self.address).is_some_and(|path| self.leaves_to_provider(path))
    }

    /// A constant of the configuration never stands for an unknown value: what is constant is known. Where they seem to
    /// meet, the plan lists the blocks of a set in another order.
    fn resolve(&self, unknown: &UnknownOrigin) -> Option<Possible<'w>> {
        let path = unknown.path_in(self.address)?;
        if self.world.plan.sources().is_some() {
            return self.written(path);
        }
        let PlanExpression::References(references) = self.block?.argument_at(path) else { return None };
        let guess = self.scope().guess(&references, &unknown.to_string())?;
        if guess.is_unread() {
            Some(Possible::unknown(unknown.clone()).resting_on(&guess.provenance()))
        } else {
            Some(guess)
        }
    }

    fn resolve_list(&self, unknown: &UnknownOrigin) -> Option<Possible<'w>> {
        self.written(unknown.path_in(self.address)?)
    }
}

/// The value of an attribute, marked where it must not be printed.
fn mark_sensitive<'v>(values: &Values, attribute: &str, value: Possible<'v>) -> Possible<'v> {
    if values.is_sensitive(attribute) { value.resting_on(&Provenance::sensitive()) } else { value }
}
