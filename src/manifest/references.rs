//! Whether the references of approvals can be identities, whatever the plan.
//!
//! Takes the rules and returns a problem for each reference to an attribute that no rule takes for an identity of its object.

use std::collections::BTreeSet;

use rule_language::{Rule, RuleMatch, Rules};
use spanned_hcl::did_you_mean;

use super::Manifest;
use crate::address::split_module;
use crate::resolve::identity::{ObjectReference, list_identities};
use crate::source::Problem;

impl Manifest {
    /// Returns an error for each reference to something that is no identity of an object.
    pub fn check_references(&self, rules: &Rules) -> Vec<Problem> {
        let mut problems = Vec::new();
        for approval in self.list_decisions() {
            let Some(varying) = approval.varying() else { continue };
            for (reference, span) in &varying.spans {
                if let Some((message, help)) = find_mistake(&reference.object, rules) {
                    problems.push(Problem::error(&approval.place.source, *span, message).help(help));
                }
            }
        }
        problems
    }
}

/// What is wrong with a reference, and what to do.
fn find_mistake(reference: &ObjectReference, rules: &Rules) -> Option<(String, String)> {
    let (_, inside) = split_module(&reference.address)?;
    let type_name = inside.split('.').next()?;
    let found = find_rules(type_name, rules);
    if found.iter().any(|rule| reference.is_identity_of(rule)) {
        return None;
    }
    let identities: BTreeSet<String> = found.iter().flat_map(|rule| list_identities(rule)).collect();
    if identities.is_empty() {
        let message =
            format!("no rule tells by what a `{type_name}` is known, so `{reference}` cannot be one");
        return Some((message, "write the name of the object".to_owned()));
    }
    let attribute = reference.path();
    let message = format!("`{attribute}` does not say which `{type_name}` it is");
    let help = match did_you_mean(&attribute, identities.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean `{meant}`"),
        None => {
            let names: Vec<String> = identities.iter().map(|name| format!("`{name}`")).collect();
            format!("refer to one of {}", names.join(", "))
        }
    };
    Some((message, help))
}

/// The rules for a type.
fn find_rules<'r>(type_name: &str, rules: &'r Rules) -> Vec<&'r Rule> {
    let sources = rules.packs().iter().flat_map(|pack| &pack.sources);
    let of_source = sources.filter_map(|source| {
        match rules.find(type_name, &format!("registry.terraform.io/{source}")) {
            RuleMatch::Rule(_, rule) => Some(rule),
            RuleMatch::Listed(..) | RuleMatch::Foreign(_) | RuleMatch::Unknown(_) | RuleMatch::None => None,
        }
    });
    of_source.collect()
}
