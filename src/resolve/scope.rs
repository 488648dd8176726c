//! What names mean where an expression of the configuration stands.
//!
//! Takes a module instance, and the instance of the block in which the expression stands, and answers as a
//! [`terraform_values::Scope`]: variables as the caller sets them, locals, outputs of child modules, objects of the plan,
//! the key and the element of the instance. What the plan says is known goes before what the sources say.

use std::fmt;
use std::sync::Arc;

use hcl_edit::expr::Expression;
use terraform_values::{
    Budget, FileBytes, FileRead, Found, Hole, Marks, Number, Outcome, Reference, Step, TemplateFile, Value,
    evaluate,
};

use super::instances::InstanceKey;
use super::world::World;
use crate::sources::Lookup;

/// The instance of the block in which an expression stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct BlockInstance<'m> {
    /// The block as its module writes it: `aws_iam_role.r`, `data.t.n`, `module.m`.
    pub(super) block: &'m str,
    pub(super) key: &'m InstanceKey,
}

/// Where an expression stands.
#[derive(Clone)]
pub(super) struct ModuleScope<'w, 'm> {
    pub(super) world: &'w World<'w>,
    /// The module instance; empty for the root.
    pub(super) module: &'m str,
    /// None where the expression stands in no block that is repeated.
    pub(super) instance: Option<BlockInstance<'m>>,
    /// What `self` means.
    pub(super) own: Option<Value>,
    /// The iterators of the `dynamic` blocks around it, the innermost last.
    pub(super) iterators: Vec<(String, Value)>,
}

impl fmt::Debug for ModuleScope<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ModuleScope").field("module", &self.module).finish_non_exhaustive()
    }
}

impl<'w, 'm> ModuleScope<'w, 'm> {
    /// The scope of a module's own blocks.
    pub(super) fn of_module(world: &'w World<'w>, module: &'m str) -> Self {
        Self { world, module, instance: None, own: None, iterators: Vec::new() }
    }

    /// The scope of the arguments of an instance of a block.
    pub(super) fn of_instance(
        world: &'w World<'w>,
        module: &'m str,
        block: &'m str,
        key: &'m InstanceKey,
    ) -> Self {
        Self { instance: Some(BlockInstance { block, key }), ..Self::of_module(world, module) }
    }

    /// The value of an expression.
    pub(super) fn evaluate(&self, expression: &Expression, budget: &Budget) -> Value {
        evaluate(expression, self, budget)
    }

    fn evaluate_local(&self, name: &str, budget: &Budget) -> Option<Outcome> {
        let world = self.world;
        let expression = world.plan.sources()?.local(&world.module_names(self.module)?, name);
        let expression = match expression {
            Lookup::Written(expression) => expression,
            Lookup::Absent | Lookup::Computed(_) | Lookup::Unreadable(_) => return None,
        };
        Some(world.memo.get_or_evaluate(self.module, &format!("local.{name}"), budget, || {
            ModuleScope::of_module(world, self.module).evaluate(expression, budget).into()
        }))
    }

    /// `each.key`, `each.value`, `count.index`.
    fn of_repetition(&self, root: &str, name: &str, budget: &Budget) -> Option<Outcome> {
        let BlockInstance { block, key } = self.instance?;
        match (root, name, key) {
            ("count", "index", InstanceKey::Number(at)) => Some(Value::from(Number::from(*at)).into()),
            ("each", "key", InstanceKey::Text(text)) => Some(Value::from(&**text).into()),
            ("each", "value", InstanceKey::Text(text)) => {
                Some(self.world.evaluate_element(self.module, block, text, budget).into())
            }
            _ => None,
        }
    }

    fn find_path(&self, name: &str) -> Option<Outcome> {
        match name {
            "root" => Some(Value::from(".").into()),
            "module" => {
                let names = self.world.module_names(self.module)?;
                let folder = self.world.plan.sources()?.folder(&names)?;
                Some(Value::from(if folder.is_empty() { "." } else { folder }).into())
            }
            _ => None,
        }
    }

    /// The name that the first step of a reference gives.
    fn first<'r>(reference: &Reference<'r>) -> Option<&'r str> {
        if let Some(Step::Attribute(name)) = reference.steps.first() { Some(name) } else { None }
    }

    /// A reference of one step: `var.name`.
    fn of_one_step(&self, reference: &Reference<'_>, budget: &Budget) -> Option<Outcome> {
        let name = Self::first(reference)?;
        match reference.root {
            "var" => self.world.evaluate_variable(self.module, name, budget),
            "local" => self.evaluate_local(name, budget),
            "each" | "count" => self.of_repetition(reference.root, name, budget),
            "path" => self.find_path(name),
            "terraform" if name == "workspace" => {
                Some(Value::from(self.world.plan.sources()?.workspace()?).into())
            }
            _ => None,
        }
    }

    fn find_iterator(&self, name: &str) -> Option<&Value> {
        self.iterators.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

impl terraform_values::Scope for ModuleScope<'_, '_> {
    fn look_up(&self, reference: &Reference<'_>, budget: &Budget) -> Option<Found> {
        if let Some(value) = self.find_iterator(reference.root) {
            return Some(Found { outcome: value.clone().into(), steps: 0 });
        }
        match reference.root {
            "var" | "local" | "each" | "count" | "path" | "terraform" => {
                Some(Found { outcome: self.of_one_step(reference, budget)?, steps: 1 })
            }
            "self" => Some(Found { outcome: self.own.clone()?.into(), steps: 0 }),
            "module" => {
                let steps = reference.steps.get(1..)?;
                let found = self.world.call(self.module, Self::first(reference)?, steps, budget)?;
                Some(Found { steps: found.steps + 1, ..found })
            }
            // `resource.TYPE.NAME` is another spelling of `TYPE.NAME`.
            "data" | "resource" => {
                let [Step::Attribute(type_name), Step::Attribute(name), steps @ ..] =
                    reference.steps.as_slice()
                else {
                    return None;
                };
                let kind = if reference.root == "data" { "data." } else { "" };
                let block = format!("{kind}{type_name}.{name}");
                let found = self.world.find_objects(self.module, &block, steps, budget)?;
                Some(Found { steps: found.steps + 2, ..found })
            }
            "ephemeral" | "provider" | "action" => None,
            type_name => {
                let block = format!("{type_name}.{}", Self::first(reference)?);
                let found =
                    self.world.find_objects(self.module, &block, reference.steps.get(1..)?, budget)?;
                Some(Found { steps: found.steps + 1, ..found })
            }
        }
    }

    fn read_file(&self, path: &str) -> Option<FileBytes> {
        let file = self.world.plan.sources()?.files()?.read(path)?;
        let read = FileRead { path: path.into(), sha256: file.sha256 };
        Some(FileBytes { bytes: file.bytes, marks: Marks::of_file(read) })
    }

    fn read_template(&self, path: &str) -> Option<TemplateFile> {
        let file = self.read_file(path)?;
        let text = std::str::from_utf8(&file.bytes).ok()?;
        let expression = Arc::new(crate::sources::read_template(text)?);
        Some(TemplateFile { expression, marks: file.marks })
    }
}

/// Anything, in words.
pub(super) fn unclear(words: &str) -> Value {
    Value::anything(Hole::unreadable(words))
}
