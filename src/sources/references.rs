//! What an expression refers to.
//!
//! Takes expressions of the sources and returns the references in them as plan JSON writes them, but without the keys
//! of instances: `aws_iam_role.r["a"].arn` gives `aws_iam_role.r.arn`. Names that a `for` binds look like references to
//! objects that do not exist; whoever looks one up finds nothing.

use std::collections::BTreeSet;

use hcl_edit::expr::{Expression, ForExpr, Traversal, TraversalOperator};
use hcl_edit::template::ForTemplateExpr;
use hcl_edit::visit::{self, Visit};

use super::Sources;
use super::body::{Argument, Block, Body};

/// What may stand before the type of a managed object.
const RESOURCE: &str = "resource";

/// Blocks within blocks that are searched, at most: as many as the reader keeps.
const MAX_DEPTH: usize = 32;

impl Sources {
    /// What an argument of a block refers to, and all nested blocks of that name, written or `dynamic`. What cannot be
    /// read refers to nothing here.
    pub fn references_in(&self, module: &[&str], block: &str, argument: &str) -> Vec<String> {
        let mut found = Found::default();
        if let Some(block) = self.block(module, block).written() {
            let named = |name: &&Argument| name.name == argument;
            block.body.arguments.iter().filter(named).for_each(|one| found.add_argument(one));
            let nested = block.body.blocks.iter().filter(|nested| nested.makes() == argument);
            nested.for_each(|nested| found.add_block(nested, 0));
        }
        found.into_references()
    }

    /// What a local value refers to.
    pub fn references_of_local(&self, module: &[&str], name: &str) -> Vec<String> {
        self.local(module, name).written().map(references_of).unwrap_or_default()
    }
}

/// What one expression refers to.
pub fn references_of(expression: &Expression) -> Vec<String> {
    let mut found = Found::default();
    found.visit_expr(expression);
    found.into_references()
}

/// What an expression refers to, without the names that a `for` in it binds.
pub fn free_references_of(expression: &Expression) -> Vec<String> {
    let mut found = Found::default();
    found.visit_expr(expression);
    let Found { references, bound } = &mut found;
    references.retain(|reference| !bound.contains(reference.split('.').next().unwrap_or_default()));
    found.into_references()
}

#[derive(Default)]
struct Found {
    references: Vec<String>,
    /// Names that a `for` binds.
    bound: BTreeSet<String>,
}

impl Found {
    /// The references. `resource.TYPE.NAME` is another spelling of `TYPE.NAME`, unless a `for` binds `resource`.
    fn into_references(mut self) -> Vec<String> {
        if !self.bound.contains(RESOURCE) {
            for reference in &mut self.references {
                if let Some((RESOURCE, object)) = reference.split_once('.') {
                    *reference = object.to_owned();
                }
            }
        }
        self.references
    }

    fn add_argument(&mut self, argument: &Argument) {
        if let Ok(expression) = argument.expression() {
            self.visit_expr(expression);
        }
    }

    fn add_block(&mut self, block: &Block, depth: usize) {
        let Body { arguments, blocks, .. } = &block.body;
        arguments.iter().for_each(|argument| self.add_argument(argument));
        if depth < MAX_DEPTH {
            blocks.iter().for_each(|nested| self.add_block(nested, depth + 1));
        }
    }
}

impl Visit for Found {
    fn visit_for_expr(&mut self, node: &ForExpr) {
        self.bound.extend(node.intro.key_var.iter().map(|name| name.as_str().to_owned()));
        self.bound.insert(node.intro.value_var.as_str().to_owned());
        visit::visit_for_expr(self, node);
    }

    fn visit_for_template_expr(&mut self, node: &ForTemplateExpr) {
        self.bound.extend(node.key_var.iter().map(|name| name.as_str().to_owned()));
        self.bound.insert(node.value_var.as_str().to_owned());
        visit::visit_for_template_expr(self, node);
    }

    fn visit_traversal(&mut self, node: &Traversal) {
        if let Expression::Variable(root) = &node.expr {
            let mut text = root.as_str().to_owned();
            for operator in &node.operators {
                match operator.value() {
                    TraversalOperator::GetAttr(name) => {
                        text.push('.');
                        text.push_str(name.as_str());
                    }
                    TraversalOperator::Index(_) | TraversalOperator::LegacyIndex(_) => {}
                    // What follows is taken of every element: the same attribute of each.
                    TraversalOperator::AttrSplat(_) | TraversalOperator::FullSplat(_) => {}
                }
            }
            self.references.push(text);
        }
        visit::visit_traversal(self, node);
    }
}

#[cfg(test)]
mod tests {
    use super::references_of;

    #[test]
    fn a_managed_object_has_two_spellings() {
        let of = |text: &str| references_of(&text.parse().unwrap());
        assert_eq!(of("resource.aws_iam_role.r[0].arn"), ["aws_iam_role.r.arn"]);
        assert_eq!(of("aws_iam_role.r[0].arn"), ["aws_iam_role.r.arn"]);
        let bound = of("[for resource in var.all : resource.aws_iam_role.r]");
        assert_eq!(bound, ["var.all", "resource.aws_iam_role.r"], "a `for` binds the name");
    }
}
