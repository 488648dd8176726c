//! What unknown values refer to, as far as the configuration in the plan and the sources tell.
//!
//! A value that is known only after apply may be an attribute of another object of this plan: then it is what
//! that object's `after` says, or what its rule says such a reference means. It may be a policy document that a
//! deferred data source computes: then the plan holds the arguments. Variables are followed to the caller and
//! outputs into the module.
//!
//! Plan JSON tells the references of an expression and not the expression, so `f(a.b)` looks like `a.b` there. So
//! only a constant is taken from it, and references are followed where the sources were handed over, too.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeSet, HashMap};

use ::hcl::Expression;
use serde_json::value::RawValue;

use super::facts::Given;
use super::object::Object;
use super::written::{self, Place};
use crate::json;
use crate::lower::{Dialect, Guess, Text};
use crate::plan::configuration::{Block, Expression as Told};
use crate::plan::{Expressions, Mode, Plan, ResourceChange, Values, Verb, address};
use crate::rules::scope::Scope;
use crate::rules::term::Term;
use crate::rules::{RuleMatch, Rules};
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
    after: Vec<OnceCell<Option<Values>>>,
    depth: Cell<u8>,
    /// What was followed though nobody knows the expression.
    guesses: RefCell<Vec<Guess>>,
    /// Whether something was followed because somebody vouches for it.
    trusted: Cell<bool>,
    /// Facts that were asked for: they are the same for every object of a provider configuration.
    pub(super) facts: RefCell<HashMap<Dialect, FactsOf>>,
}

/// Facts by provider configuration (empty for none), then by name.
pub(super) type FactsOf = HashMap<String, HashMap<String, Text>>;

impl<'p> World<'p> {
    /// Indexes a plan.
    pub fn new(plan: &'p Plan<'p>, rules: &'p Rules, given: &'p Given) -> Self {
        Self {
            plan,
            rules,
            given,
            after: plan.changes.iter().map(|_| OnceCell::new()).collect(),
            depth: Cell::new(0),
            guesses: RefCell::default(),
            trusted: Cell::new(false),
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

    /// The value that a reference of the sources means, seen from a module instance; `index` is the key of the
    /// instance that it means.
    pub(super) fn follow(&self, module: &str, reference: &str, index: Option<&str>) -> Option<Term<'_>> {
        self.deeper(|| {
            if let Some(variable) = reference.strip_prefix("var.") {
                return self.variable(module, variable);
            }
            if let Some(rest) = reference.strip_prefix("module.") {
                return self.output(module, rest, index);
            }
            self.object(module, reference, index)
        })
    }

    /// What references seem to lead to, where the sources are not there to tell. `unknown` is what refers to it.
    pub(super) fn guess(&self, place: Place<'_>, references: &[String], unknown: &str) -> Option<Term<'_>> {
        let (reference, keyed) = written::single(references)?;
        match self.plan.expressions {
            Expressions::Written(_) => return None,
            Expressions::Trusted => self.trusted.set(true),
            Expressions::Unseen => {
                let guess = Guess { value: unknown.into(), reference: reference.into() };
                let mut guesses = self.guesses.borrow_mut();
                if !guesses.contains(&guess) {
                    guesses.push(guess);
                }
            }
        }
        self.follow(place.module, reference, place.index.filter(|_| keyed))
    }

    /// The guesses since they were last taken.
    pub fn take_guesses(&self) -> Vec<Guess> {
        self.guesses.take()
    }

    /// Puts some back.
    pub fn keep_guesses(&self, guesses: Vec<Guess>) {
        self.guesses.borrow_mut().extend(guesses);
    }

    /// Whether there are any.
    pub fn has_guesses(&self) -> bool {
        !self.guesses.borrow().is_empty()
    }

    /// Whether something was followed because somebody vouches for it.
    pub fn has_trusted(&self) -> bool {
        self.trusted.get()
    }

    /// One step further, unless there were too many.
    pub(super) fn deeper<T>(&self, step: impl FnOnce() -> Option<T>) -> Option<T> {
        if self.depth.get() >= MAX_DEPTH {
            return None;
        }
        self.depth.set(self.depth.get() + 1);
        let found = step();
        self.depth.set(self.depth.get() - 1);
        found
    }

    /// Whether an argument is nothing but a reference to objects that this plan makes: what those may do, and who may
    /// act as them, is judged where they are made.
    ///
    /// `value` is what the argument is; where it is known and is what plan JSON's reference means, no expression around
    /// that can have changed it.
    pub fn refers_to_made(
        &self,
        place: (&str, Option<&str>),
        block: &str,
        argument: &str,
        value: &Value,
        identities: &BTreeSet<String>,
    ) -> bool {
        let (module, index) = place;
        let written = || {
            let names = address::module_names(module)?;
            if let Some(sources) = self.plan.sources() {
                return self.made(module, sources.argument(&names, block, argument)?, identities);
            }
            let Told::References(references) =
                self.plan.configuration.block(&names, block)?.argument_at(argument)
            else {
                return None;
            };
            let (reference, keyed) = written::single(&references)?;
            let same = || {
                let meant = self.follow(module, reference, index.filter(|_| keyed))?;
                Some(meant.as_known()? == value.as_str()?)
            };
            let mut sure = same() == Some(true);
            if !sure && matches!(self.plan.expressions, Expressions::Trusted) {
                self.trusted.set(true);
                sure = true;
            }
            if sure { self.is_made(module, reference, identities) } else { None }
        };
        written().unwrap_or(false)
    }

    fn made(&self, module: &str, expression: &Expression, identities: &BTreeSet<String>) -> Option<bool> {
        let Expression::Traversal(traversal) = expression else { return None };
        self.is_made(module, &written::reference(traversal)?.0, identities)
    }

    /// Whether a reference is to what an identity of this plan is known as. Whatever else an object holds, such as a tag or
    /// a parameter's value, may name anybody.
    fn is_made(&self, module: &str, reference: &str, identities: &BTreeSet<String>) -> Option<bool> {
        if let Some(variable) = reference.strip_prefix("var.") {
            let (parent, call) = address::parent(module)?;
            let place = (parent, key_of(module));
            return self.deeper(|| {
                Some(self.refers_to_made(
                    place,
                    &format!("module.{call}"),
                    variable,
                    &Value::Null,
                    identities,
                ))
            });
        }
        if reference.starts_with("module.") {
            return None;
        }
        let (type_name, rest) = reference.split_once('.')?;
        let (name, attribute) = split_name(rest)?;
        let target = format!("{type_name}.{}", name.split('[').next()?);
        let block = self.plan.configuration.block(&address::module_names(module)?, &target)?;
        let mut instances = self.plan.changes.iter().filter(|change| {
            change.module == module && self.block(change).is_some_and(|its| std::ptr::eq(its, block))
        });
        let first = instances.next()?;
        let RuleMatch::Rule(_, rule) = self.rules.find(type_name, &first.provider) else { return None };
        if !identities.contains(type_name)
            || !rule.identity.iter().any(|(known, _)| Some(&**known) == attribute)
        {
            return None;
        }
        Some(first.verb == Verb::Create && instances.all(|change| change.verb == Verb::Create))
    }

    fn variable(&self, module: &str, variable: &str) -> Option<Term<'_>> {
        let Some((parent, call)) = address::parent(module) else {
            let value = self.plan.variables.get(variable)?;
            return json::parse(value.get()).ok().map(|value| Term::Value(Cow::Owned(value)));
        };
        let names = address::module_names(parent)?;
        let told = self.plan.configuration.argument(&names, call, variable);
        if let Told::Constant(value) = told {
            return Some(Term::Value(Cow::Owned(value)));
        }
        let place = Place { module: parent, index: key_of(module) };
        if let Some(sources) = self.plan.sources() {
            return written::term(
                self,
                place,
                sources.argument(&names, &format!("module.{call}"), variable)?,
            );
        }
        let Told::References(references) = told else { return None };
        self.guess(place, &references, &format!("{module}.var.{variable}"))
    }

    fn output(&self, module: &str, rest: &str, index: Option<&str>) -> Option<Term<'_>> {
        let (call, name) = rest.rsplit_once('.')?;
        let mut child = if module.is_empty() { String::new() } else { format!("{module}.") };
        child.push_str("module.");
        child.push_str(call);
        if let Some(index) = index.filter(|_| !call.contains('[')) {
            child.push_str(&format!("[{index}]"));
        }
        let names = address::module_names(&child)?;
        let place = Place { module: &child, index: None };
        if let Some(sources) = self.plan.sources() {
            return written::term(self, place, sources.output(&names, name)?);
        }
        match self.plan.configuration.output(&names, name) {
            Told::Constant(value) => Some(Term::Value(Cow::Owned(value))),
            Told::References(references) => self.guess(place, &references, &format!("{child}.{name}")),
            Told::Opaque => None,
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
        let at = self.plan.change_at(target)?;
        let change = self.plan.changes.get(at)?;
        let values = self.after(at)?;
        let known = values.object.get(attribute);
        if !matches!(known, Value::Unknown(_) | Value::Null) {
            return Some(Term::Value(Cow::Borrowed(known)));
        }
        match self.rules.find(&change.type_name, &change.provider) {
            RuleMatch::Rule(pack, rule) => {
                Some(Object::of(self, change, values, pack, rule).identity(attribute))
            }
            RuleMatch::Foreign(_) | RuleMatch::None => Some(Term::unknown(&format!("{target}.{attribute}"))),
        }
    }

    fn data(&self, target: &str, type_name: &str, attribute: Option<&str>) -> Option<Term<'_>> {
        if let Some(at) = self.plan.change_at(target) {
            let change = self.plan.changes.get(at)?;
            let rule = self.rules.find_document(type_name, &change.provider)?;
            if attribute.is_some_and(|attribute| attribute != rule.attribute) {
                return None;
            }
            let block = address::block(target, &change.module)?;
            let place = Place { module: &change.module, index: change.index.map(RawValue::get) };
            let arguments = written::filled(self, place, block, &self.after(at)?.object);
            return Some(Term::Document(rule.format, arguments));
        }
        let object = self.plan.prior_at(target)?;
        let attribute = match attribute {
            Some(attribute) => attribute,
            None => &self.rules.find_document(type_name, &object.provider)?.attribute,
        };
        let values = json::parse(object.values?.get()).ok()?;
        Some(Term::Value(Cow::Owned(values.get(attribute).clone()))).filter(|term| !term.is_null())
    }
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
