//! What unknown values refer to, as far as the configuration in the plan tells.
//!
//! A value that is known only after apply may be an attribute of another object of this plan: then it is what
//! that object's `after` says, or what its rule says such a reference means. It may be a policy document that a
//! deferred data source computes: then the plan holds the arguments. Variables are followed to the caller and
//! outputs into the module.
//!
//! A plan tells the references of an expression and not the expression, so `f(a.b)` looks like `a.b`. That is the
//! one assumption made here; it is counted, and reported with the assessment.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;

use super::evaluate::{Scope, evaluate};
use super::facts::{self, Given};
use super::term::Term;
use super::{Reading, Rule, RulePack, Rules};
use crate::json;
use crate::lower::{Dialect, Text};
use crate::plan::configuration::{Block, Expression};
use crate::plan::{Mode, Plan, PriorObject, ResourceChange, Values, Verb, address};
use crate::value::Value;

/// References that are followed one after the other, at most.
const MAX_DEPTH: u8 = 16;

/// What rules can see of a plan.
#[derive(Debug)]
pub struct World<'p> {
    /// The plan.
    pub plan: &'p Plan<'p>,
    /// All rules.
    pub rules: &'p Rules,
    /// Facts from the command line and the manifest.
    pub given: &'p Given,
    by_address: HashMap<&'p str, usize>,
    prior: HashMap<&'p str, &'p PriorObject<'p>>,
    after: Vec<OnceCell<Option<Values>>>,
    depth: Cell<u8>,
    /// Facts that were asked for: they are the same for every object of a provider configuration.
    pub(super) facts: RefCell<HashMap<FactKey, Text>>,
}

/// Of which dialect, for which provider configuration, and which.
pub(super) type FactKey = (Dialect, Option<String>, String);

/// An object that a rule looks at.
#[derive(Clone, Copy, Debug)]
pub struct Object<'w> {
    /// What rules can see besides it.
    pub world: &'w World<'w>,
    /// The full address.
    pub address: &'w str,
    /// The module instance.
    pub module: &'w str,
    /// The resource type.
    pub type_name: &'w str,
    /// Its block in the configuration.
    pub block: Option<&'w Block<'w>>,
    /// The key of its instance, as JSON text.
    pub index: Option<&'w str>,
    /// Its attributes.
    pub values: &'w Values,
    /// The pack that reads it.
    pub pack: &'w RulePack,
    /// The rule that reads it.
    pub rule: &'w Rule,
}

impl<'p> World<'p> {
    /// Indexes a plan.
    pub fn new(plan: &'p Plan<'p>, rules: &'p Rules, given: &'p Given) -> Self {
        let live = plan.changes.iter().enumerate().filter(|(_, change)| !change.deposed);
        Self {
            plan,
            rules,
            given,
            by_address: live.map(|(at, change)| (&*change.address, at)).collect(),
            prior: plan.prior.iter().map(|object| (&*object.address, object)).collect(),
            after: plan.changes.iter().map(|_| OnceCell::new()).collect(),
            depth: Cell::new(0),
            facts: RefCell::default(),
        }
    }

    /// The block of a change, in the configuration.
    pub fn block(&self, change: &ResourceChange<'_>) -> Option<&Block<'p>> {
        let names = address::module_names(&change.module)?;
        let prefix = if change.mode == Mode::Data { "data." } else { "" };
        self.plan.configuration.block(&names, &format!("{prefix}{}.{}", change.type_name, change.name))
    }

    fn after(&self, at: usize) -> Option<&Values> {
        let change = self.plan.changes.get(at)?;
        self.after.get(at)?.get_or_init(|| change.after().ok().flatten()).as_ref()
    }

    /// The value that a block's argument refers to, seen from a module instance.
    fn follow(&self, module: &str, references: &[String], index: Option<&str>) -> Option<Term<'_>> {
        if self.depth.get() >= MAX_DEPTH {
            return None;
        }
        self.depth.set(self.depth.get() + 1);
        let found = self.step(module, references, index);
        self.depth.set(self.depth.get() - 1);
        found
    }

    fn step(&self, module: &str, references: &[String], index: Option<&str>) -> Option<Term<'_>> {
        let keyed =
            references.iter().any(|name| matches!(name.as_str(), "each.key" | "each.value" | "count.index"));
        let mut whole = references.iter().map(String::as_str).filter(|name| {
            !matches!(*name, "each.key" | "each.value" | "count.index") && !is_beginning(name, references)
        });
        let reference = whole.next()?;
        if whole.any(|other| other != reference) {
            return None;
        }
        let index = if keyed { index } else { None };
        if let Some(variable) = reference.strip_prefix("var.") {
            return self.variable(module, variable);
        }
        if let Some(rest) = reference.strip_prefix("module.") {
            return self.output(module, rest, index);
        }
        self.object(module, reference, index)
    }

    /// Whether an argument refers to nothing but objects that this plan makes: what those may do, and who may act
    /// as them, is judged where they are made.
    pub fn refers_to_made(&self, module: &str, expression: &Expression) -> bool {
        let Expression::References(references) = expression else { return false };
        let mut objects = references.iter().filter(|name| !is_beginning(name, references));
        !references.is_empty() && objects.all(|reference| self.is_made(module, reference))
    }

    fn is_made(&self, module: &str, reference: &str) -> bool {
        if self.depth.get() >= MAX_DEPTH {
            return false;
        }
        self.depth.set(self.depth.get() + 1);
        let made = self.made(module, reference).unwrap_or(false);
        self.depth.set(self.depth.get() - 1);
        made
    }

    fn made(&self, module: &str, reference: &str) -> Option<bool> {
        let names = address::module_names(module)?;
        if let Some(variable) = reference.strip_prefix("var.") {
            let (parent, call) = address::parent(module)?;
            let argument = self.plan.configuration.argument(&address::module_names(parent)?, call, variable);
            return Some(self.refers_to_made(parent, &argument));
        }
        if let Some((call, output)) = reference.strip_prefix("module.").and_then(|rest| rest.rsplit_once('.'))
        {
            let child =
                if module.is_empty() { format!("module.{call}") } else { format!("{module}.module.{call}") };
            let output = self.plan.configuration.output(&address::module_names(&child)?, output);
            return Some(self.refers_to_made(&child, &output));
        }
        let mut parts = reference.split('.');
        let target = format!("{}.{}", parts.next()?, parts.next()?.split('[').next()?);
        let block = self.plan.configuration.block(&names, &target)?;
        let mut instances = self.plan.changes.iter().filter(|change| {
            change.module == module && self.block(change).is_some_and(|its| std::ptr::eq(its, block))
        });
        let first = instances.next()?;
        Some(first.verb == Verb::Create && instances.all(|change| change.verb == Verb::Create))
    }

    fn variable(&self, module: &str, variable: &str) -> Option<Term<'_>> {
        let Some((parent, call)) = address::parent(module) else {
            let value = self.plan.variables.get(variable)?;
            return json::parse(value.get()).ok().map(|value| Term::Value(Cow::Owned(value)));
        };
        match self.plan.configuration.argument(&address::module_names(parent)?, call, variable) {
            Expression::Constant(value) => Some(Term::Value(Cow::Owned(value))),
            Expression::References(references) => self.follow(parent, &references, key_of(module)),
            Expression::Opaque => None,
        }
    }

    fn output(&self, module: &str, rest: &str, index: Option<&str>) -> Option<Term<'_>> {
        let (call, name) = rest.rsplit_once('.')?;
        let mut child = if module.is_empty() { String::new() } else { format!("{module}.") };
        child.push_str("module.");
        child.push_str(call);
        if let Some(index) = index.filter(|_| !call.contains('[')) {
            child.push_str(&format!("[{index}]"));
        }
        match self.plan.configuration.output(&address::module_names(&child)?, name) {
            Expression::Constant(value) => Some(Term::Value(Cow::Owned(value))),
            Expression::References(references) => self.follow(&child, &references, None),
            Expression::Opaque => None,
        }
    }

    fn object(&self, module: &str, reference: &str, index: Option<&str>) -> Option<Term<'_>> {
        let (data, rest) = match reference.strip_prefix("data.") {
            Some(rest) => ("data.", rest),
            None => ("", reference),
        };
        let (type_name, rest) = rest.split_once('.')?;
        let (name, attribute) = split_name(rest)?;
        let mut target = if module.is_empty() { String::new() } else { format!("{module}.") };
        target.push_str(&format!("{data}{type_name}.{name}"));
        if let Some(index) = index.filter(|_| !name.ends_with(']')) {
            target.push_str(&format!("[{index}]"));
        }
        if data.is_empty() {
            return self.attribute(&target, attribute?);
        }
        self.data(&target, type_name, attribute)
    }

    fn attribute(&self, target: &str, attribute: &str) -> Option<Term<'_>> {
        let at = *self.by_address.get(target)?;
        let change = self.plan.changes.get(at)?;
        let values = self.after(at)?;
        let known = values.object.get(attribute);
        if !matches!(known, Value::Unknown(_) | Value::Null) {
            return Some(Term::Value(Cow::Borrowed(known)));
        }
        match self.rules.reading(&change.type_name, &change.provider) {
            Reading::Rule(pack, rule) => {
                Some(Object::of(self, change, values, pack, rule).identity(attribute))
            }
            Reading::Foreign(_) | Reading::None => Some(Term::unknown(&format!("{target}.{attribute}"))),
        }
    }

    fn data(&self, target: &str, type_name: &str, attribute: Option<&str>) -> Option<Term<'_>> {
        if let Some(at) = self.by_address.get(target) {
            let change = self.plan.changes.get(*at)?;
            let rule = self.rules.document(type_name, &change.provider)?;
            if attribute.is_some_and(|attribute| attribute != rule.attribute) {
                return None;
            }
            return Some(Term::Document(rule.format, self.after(*at)?.object.clone()));
        }
        let object = self.prior.get(target)?;
        let attribute = match attribute {
            Some(attribute) => attribute,
            None => &self.rules.document(type_name, &object.provider)?.attribute,
        };
        let values = json::parse(object.values?.get()).ok()?;
        Some(Term::Value(Cow::Owned(values.get(attribute).clone()))).filter(|term| !term.is_null())
    }
}

/// Whether another reference goes on from this one: Terraform lists `a.b.c`, then `a.b`.
fn is_beginning(name: &str, references: &[String]) -> bool {
    references.iter().any(|other| {
        other.strip_prefix(name).is_some_and(|rest| rest.starts_with('.') || rest.starts_with('['))
    })
}

/// `role["a.b"].arn` gives `role["a.b"]` and `arn`.
fn split_name(text: &str) -> Option<(&str, Option<&str>)> {
    let mut quoted = false;
    let mut escaped = false;
    for (at, symbol) in text.char_indices() {
        match symbol {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            '.' if !quoted => return Some((text.get(..at)?, text.get(at + 1..))),
            _ => {}
        }
    }
    Some((text, None))
}

/// The instance key at the end of a module instance's address, as JSON text.
fn key_of(module: &str) -> Option<&str> {
    let body = module.strip_suffix(']')?;
    let (_, name) = address::parent(module)?;
    let start = module.rfind(&format!("module.{name}["))? + "module.".len() + name.len() + 1;
    body.get(start..)
}

impl<'w> Object<'w> {
    /// An object of the plan, on one of its sides.
    pub fn of(
        world: &'w World<'w>,
        change: &'w ResourceChange<'w>,
        values: &'w Values,
        pack: &'w RulePack,
        rule: &'w Rule,
    ) -> Self {
        Self {
            world,
            address: &change.address,
            module: &change.module,
            type_name: &change.type_name,
            block: world.block(change),
            index: change.index.map(serde_json::value::RawValue::get),
            values,
            pack,
            rule,
        }
    }
}

impl<'w> Scope<'w> for Object<'w> {
    fn object(&self) -> &'w Value {
        &self.values.object
    }

    fn address(&self) -> &str {
        self.address
    }

    fn type_name(&self) -> &str {
        self.type_name
    }

    fn timestamp(&self) -> &str {
        self.world.plan.timestamp.as_deref().unwrap_or_default()
    }

    fn identity(&self, name: &str) -> Term<'w> {
        let known = self.values.object.get(name);
        if !matches!(known, Value::Unknown(_) | Value::Null) {
            return Term::Value(Cow::Borrowed(known));
        }
        let world = self.world;
        let rule = self.rule.identity.iter().find(|(known, _)| known == name);
        if let Some((_, expr)) = rule
            && world.depth.get() < MAX_DEPTH
        {
            world.depth.set(world.depth.get() + 1);
            let term = evaluate(expr, self, None);
            world.depth.set(world.depth.get() - 1);
            if !term.is_null() {
                return term;
            }
        }
        Term::unknown(&format!("{}.{name}", self.address))
    }

    fn fact(&self, name: &str) -> Term<'w> {
        facts::fact(self.world, self.pack, self.block.map(|block| &*block.provider_key), name)
    }

    fn is_left_to_provider(&self, unknown: &str) -> bool {
        let path = unknown.strip_prefix(self.address).and_then(|rest| rest.strip_prefix('.'));
        path.zip(self.block).is_some_and(|(path, block)| !path.contains(['.', '[']) && !block.sets(path))
    }

    fn resolve(&self, unknown: &str) -> Option<Term<'w>> {
        let path = unknown.strip_prefix(self.address)?.strip_prefix('.')?;
        match self.block?.argument_at(path) {
            Expression::Constant(value) if value != Value::Null => Some(Term::Value(Cow::Owned(value))),
            Expression::References(references) => self.world.follow(self.module, &references, self.index),
            Expression::Constant(_) | Expression::Opaque => None,
        }
    }
}
