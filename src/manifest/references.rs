//! Whether the references of approvals can be identities, whatever the plan.
//!
//! Takes the rules and returns a problem for each reference to an attribute that no rule takes for an identity of its object.

use std::collections::BTreeSet;

use rule_language::{RuleMatch, Rules};
use spanned_hcl::did_you_mean;

use super::Manifest;
use crate::address::split_module;
use crate::resolve::identity::ObjectReference;
use crate::source::Problem;

impl Manifest {
    /// Returns an error for each reference to something that is no identity of an object.
    pub fn check_references(&self, rules: &Rules) -> Vec<Problem> {
        let mut problems = Vec::new();
        for approval in &self.approvals {
            let Some(varying) = approval.varying() else { continue };
            for (reference, span) in &varying.spans {
                if let Some((message, help)) = find_mistake(reference, rules) {
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
    let identities = find_identities(type_name, rules);
    let attribute = reference.attribute.as_str();
    if identities.contains(attribute) {
        return None;
    }
    if identities.is_empty() {
        let message =
            format!("no rule tells by what a `{type_name}` is known, so `{reference}` cannot be one");
        return Some((message, "write the name of the object".to_owned()));
    }
    let message = format!("`{attribute}` does not say which `{type_name}` it is");
    let help = match did_you_mean(attribute, identities.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`"),
        None => {
            let names: Vec<String> = identities.iter().map(|name| format!("`{name}`")).collect();
            format!("refer to one of {}", names.join(", "))
        }
    };
    Some((message, help))
}

/// The attributes by which the objects of a type are known.
fn find_identities<'r>(type_name: &str, rules: &'r Rules) -> BTreeSet<&'r str> {
    let mut identities = BTreeSet::new();
    for source in rules.packs().iter().flat_map(|pack| &pack.sources) {
        let provider = format!("registry.terraform.io/{source}");
        if let RuleMatch::Rule(_, rule) = rules.find(type_name, &provider) {
            identities.extend(rule.identity.iter().map(|(name, _)| name.as_str()));
        }
    }
    identities
}
