//! What an argument refers to, wherever it is written.
//!
//! Takes an object and the attributes that are asked for, and returns the managed objects that their expressions refer
//! to, followed through variables, locals, outputs and `for_each`. Terraform makes what an expression refers to before it
//! makes the object whose expression it is; a text that only looks alike waits for nothing.
//!
//! What cannot be read refers to nothing, so an answer proves that there is a reference and never that there is none.

use std::collections::BTreeSet;

use rule_language::ReadAttributes;

use super::object::Object;
use super::reference::{Reference, list_whole, without_keys};
use crate::address;
use crate::plan::Plan;
use crate::plan::configuration::PlanExpression;

/// References that are followed for one argument, at most. Each is followed once; a module of several hundred
/// references has been seen, one of ten thousand has not.
const MAX_FOLLOWED: usize = 10_000;

/// A reference to an object of the configuration.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReferredObject {
    /// The address of its block, with the modules and without keys: `module.a.aws_iam_policy.p`.
    pub block: String,
    /// The attribute; none where the object as a whole is meant.
    pub attribute: Option<String>,
}

impl Object<'_> {
    /// The objects that the expressions of these attributes refer to.
    pub fn referred_objects(&self, attributes: &ReadAttributes) -> BTreeSet<ReferredObject> {
        let (Some(names), Some(block)) =
            (address::module_names(self.module), address::block(self.address, self.module))
        else {
            return BTreeSet::new();
        };
        let mut search = Search { plan: self.world.plan, seen: BTreeSet::new(), found: BTreeSet::new() };
        let mut tops: BTreeSet<&str> = BTreeSet::new();
        for path in attributes.iter() {
            tops.extend(path.first().map(|name| &**name));
        }
        for top in tops {
            let references = search.of_argument(&names, block, top);
            search.follow_all(&names, block, &references);
        }
        search.found
    }
}

struct Search<'s> {
    plan: &'s Plan<'s>,
    /// Module and reference.
    seen: BTreeSet<(String, String)>,
    found: BTreeSet<ReferredObject>,
}

impl Search<'_> {
    /// What an argument of a block refers to, by the plan and by the sources.
    fn of_argument(&self, module: &[&str], block: &str, argument: &str) -> Vec<String> {
        let configured = self.plan.configuration.block(module, block);
        let mut references = configured.map(|block| block.references_in(argument)).unwrap_or_default();
        if let Some(sources) = self.plan.sources() {
            references.extend(sources.references_in(module, block, argument));
        }
        references
    }

    /// What makes the instances of a block refers to.
    fn of_repetition(&self, module: &[&str], block: &str) -> Vec<String> {
        let configuration = &self.plan.configuration;
        let mut references = match block.strip_prefix("module.") {
            Some(call) => configuration.repetition_of_call(module, call),
            None => configuration.block(module, block).map(|block| block.repetition()).unwrap_or_default(),
        };
        if let Some(sources) = self.plan.sources() {
            references.extend(sources.references_in(module, block, "for_each"));
        }
        references
    }

    /// Follows references that stand in a block of a module.
    fn follow_all(&mut self, module: &[&str], block: &str, references: &[String]) {
        for reference in list_whole(references) {
            self.follow(module, block, &without_keys(reference));
        }
    }

    fn follow(&mut self, module: &[&str], block: &str, reference: &str) {
        let mut place = module.join(".");
        if reference.starts_with("each.") {
            place = format!("{place}.{block}");
        }
        if self.seen.len() >= MAX_FOLLOWED || !self.seen.insert((place, reference.to_owned())) {
            return;
        }
        if reference.starts_with("each.") {
            let references = self.of_repetition(module, block);
            return self.follow_all(module, block, &references);
        }
        if let Some(name) = reference.strip_prefix("local.") {
            let name = name.split('.').next().unwrap_or_default();
            let sources = self.plan.sources();
            let references = sources.map(|sources| sources.references_of_local(module, name));
            return self.follow_all(module, block, &references.unwrap_or_default());
        }
        if let Some((call, output)) = reference.strip_prefix("module.").and_then(|rest| rest.split_once('.'))
        {
            return self.follow_output(module, call, output);
        }
        match Reference::parse(reference) {
            Some(Reference::Variable(name)) => self.follow_variable(module, name),
            Some(Reference::Object { is_data: false, type_name, name, attribute }) => {
                let modules: String = module.iter().map(|name| format!("module.{name}.")).collect();
                let attribute = attribute.and_then(|path| path.split(['.', '[']).next()).map(str::to_owned);
                self.found
                    .insert(ReferredObject { block: format!("{modules}{type_name}.{name}"), attribute });
            }
            Some(Reference::Object { is_data: true, .. } | Reference::Output { .. }) | None => {}
        }
    }

    fn follow_variable(&mut self, module: &[&str], variable: &str) {
        let Some((call, parent)) = module.split_last() else { return };
        let variable = variable.split('.').next().unwrap_or_default();
        let block = format!("module.{call}");
        let configuration = &self.plan.configuration;
        let mut references = match configuration.argument(parent, call, variable) {
            PlanExpression::References(references) => references,
            PlanExpression::Constant(_) | PlanExpression::Opaque => Vec::new(),
        };
        if let Some(sources) = self.plan.sources() {
            references.extend(sources.references_in(parent, &block, variable));
        }
        self.follow_all(parent, &block, &references);
    }

    fn follow_output(&mut self, module: &[&str], call: &str, output: &str) {
        let output = output.split('.').next().unwrap_or_default();
        let child: Vec<&str> = module.iter().copied().chain([call]).collect();
        let mut references = match self.plan.configuration.output(&child, output) {
            PlanExpression::References(references) => references,
            PlanExpression::Constant(_) | PlanExpression::Opaque => Vec::new(),
        };
        let block = format!("output.{output}");
        if let Some(sources) = self.plan.sources() {
            references.extend(sources.references_in(&child, &block, "value"));
        }
        self.follow_all(&child, &block, &references);
    }
}
