//! Locals: expressions that have a name.
//!
//! A local is replaced by its expression wherever it is named, so an evaluator never sees one. [`Locals`] holds the compiled
//! locals of a pack or of a rule, those of the pack included; [`LocalScope`] compiles expressions that use them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use hcl_edit::expr::Expression;
use spanned_hcl::{Decoder, Fields, Place, Span, Spanned, did_you_mean};

use super::PackFile;
use super::error::LoadError;
use crate::expression::{Expr, ExpressionErrorKind, Root, Step, compile, extend};

/// Upper bound on what the locals and templates of one pack add to it: parts of expressions, and bytes of templates.
/// The embedded pack that adds most, Google's, adds 34,000. Without a bound, twelve locals that name each other ten times
/// would fill the memory.
const MAX_PARTS: usize = 1_000_000;

/// Counts what locals and templates add to a pack.
pub(super) struct ExpansionBudget {
    left: Cell<usize>,
}

impl Default for ExpansionBudget {
    fn default() -> Self {
        Self { left: Cell::new(MAX_PARTS) }
    }
}

impl ExpansionBudget {
    /// Takes so many parts. `None` where fewer are left.
    pub(super) fn spend(&self, parts: usize) -> Option<()> {
        let left = self.left.get().checked_sub(parts)?;
        self.left.set(left);
        Some(())
    }
}

/// Compiled locals by name.
pub(super) type Locals = BTreeMap<String, Expr>;

/// A local as it is written.
struct RawLocal<'f> {
    decoder: &'f Decoder,
    name: Span,
    expression: &'f Expression,
}

/// Locals as they are written, by name.
#[derive(Default)]
pub(super) struct RawLocals<'f> {
    locals: BTreeMap<&'f str, RawLocal<'f>>,
}

impl<'f> RawLocals<'f> {
    /// Reads the `locals` blocks of a body.
    pub(super) fn read(&mut self, decoder: &'f Decoder, fields: &mut Fields<'f>, outer: &Locals) {
        for block in fields.blocks("locals") {
            let [] = decoder.labels(block, []).unwrap_or_default();
            let mut inner = decoder.block(block);
            for (name, value) in inner.every_attribute() {
                let written = || name.value.to_owned();
                if let Some(first) = self.locals.get(name.value) {
                    let place = Place { source: first.decoder.source().clone(), span: first.name };
                    let error = LoadError::SecondLocal { name: written() };
                    error.report_with(decoder, name.span, place, "the other one stands here");
                } else if outer.contains_key(name.value) {
                    LoadError::LocalOfPack { name: written() }.report(decoder, name.span);
                } else {
                    let local = RawLocal { decoder, name: name.span, expression: value.value };
                    self.locals.insert(name.value, local);
                }
            }
            inner.finish();
        }
    }

    /// Whether a local of this name is written here.
    pub(super) fn has(&self, name: &str) -> bool {
        self.locals.contains_key(name)
    }

    /// Compiles every local, each after those that it names, and adds the outer ones.
    pub(super) fn compile(self, outer: &Locals, budget: &ExpansionBudget) -> Locals {
        let scope = LocalScope {
            raw: self.locals,
            outer,
            budget,
            done: RefCell::default(),
            open: RefCell::default(),
        };
        for name in scope.raw.keys() {
            // An error is reported where the local is written.
            let _ = scope.find_local(name);
        }
        let mut locals = outer.clone();
        locals.extend(scope.done.into_inner());
        locals
    }
}

/// Compiles the locals that stand at the top of a pack's files.
pub(super) fn read_pack_locals(files: &[PackFile], budget: &ExpansionBudget) -> Locals {
    let none = Locals::new();
    let mut raw = RawLocals::default();
    for file in files {
        raw.read(&file.decoder, &mut file.decoder.file(&file.document), &none);
    }
    raw.compile(&none, budget)
}

/// The names that the expressions of a rule may use.
pub(super) struct LocalScope<'s> {
    raw: BTreeMap<&'s str, RawLocal<'s>>,
    outer: &'s Locals,
    budget: &'s ExpansionBudget,
    done: RefCell<Locals>,
    /// Locals that are being compiled, to find one that is defined by itself.
    open: RefCell<Vec<String>>,
}

impl<'s> LocalScope<'s> {
    /// The names of a rule whose locals are compiled.
    pub(super) fn new(locals: &'s Locals, budget: &'s ExpansionBudget) -> Self {
        let raw = BTreeMap::new();
        Self { raw, outer: locals, budget, done: RefCell::default(), open: RefCell::default() }
    }

    /// Compiles an expression and reports what is wrong with it.
    pub(super) fn compile(
        &self,
        decoder: &Decoder,
        expression: Option<Spanned<&Expression>>,
    ) -> Option<Expr> {
        match compile(expression?.value, &|name, steps| self.resolve(name, steps)) {
            Ok(expr) => Some(expr),
            Err(errors) => {
                for error in errors {
                    let problem = decoder.error(error.span, error.kind.to_string());
                    decoder.report(match error.kind.help() {
                        Some(help) => problem.help(help),
                        None => problem,
                    });
                }
                None
            }
        }
    }

    fn find_local(&self, name: &str) -> Result<Expr, ExpressionErrorKind> {
        if let Some(expr) = self.outer.get(name).or(self.done.borrow().get(name)) {
            self.budget.spend(expr.count_parts()).ok_or(ExpressionErrorKind::TooLarge)?;
            return Ok(expr.clone());
        }
        let Some(raw) = self.raw.get(name) else {
            let names = self.raw.keys().copied().chain(self.outer.keys().map(String::as_str));
            let similar = did_you_mean(name, names).map(str::to_owned);
            return Err(ExpressionErrorKind::UnknownLocal { name: name.to_owned(), similar });
        };
        if self.open.borrow().iter().any(|open| open == name) {
            return Err(ExpressionErrorKind::CircularLocal { name: name.to_owned() });
        }
        self.open.borrow_mut().push(name.to_owned());
        let value = Spanned { value: raw.expression, span: raw.name };
        // A local that cannot be compiled was reported; those who name it are not to report it again.
        let expr = self.compile(raw.decoder, Some(value)).unwrap_or(Expr::Null);
        self.open.borrow_mut().pop();
        self.done.borrow_mut().insert(name.to_owned(), expr.clone());
        Ok(expr)
    }
}

impl LocalScope<'_> {
    /// What a first name and the steps after it mean.
    fn resolve(&self, name: &str, steps: Vec<Step>) -> Result<Expr, ExpressionErrorKind> {
        let root = match name {
            "self" => {
                return with_name(steps, "self", |name| Ok(Expr::Path(Root::Identity(name.into()), vec![])));
            }
            "fact" => {
                return with_name(steps, "fact", |name| Ok(Expr::Path(Root::Fact(name.into()), vec![])));
            }
            "local" => return with_name(steps, "local", |name| self.find_local(name)),
            "each" => Root::Each,
            "address" => Root::Address,
            "type" => Root::Type,
            attribute => Root::Attribute(attribute.into()),
        };
        Ok(Expr::Path(root, steps))
    }
}

/// What the name after `self`, `fact` or `local` means, with the steps after it.
fn with_name(
    mut steps: Vec<Step>,
    root: &'static str,
    meaning: impl FnOnce(&str) -> Result<Expr, ExpressionErrorKind>,
) -> Result<Expr, ExpressionErrorKind> {
    let rest = steps.split_off(steps.len().min(1));
    let Some(Step::Member(name)) = steps.first() else {
        return Err(ExpressionErrorKind::NameExpected { root });
    };
    Ok(extend(meaning(name)?, rest))
}
