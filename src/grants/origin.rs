//! Where a grant comes from: the object of the plan, what is known of its surroundings, and the places in files.

use std::collections::BTreeMap;

use super::arguments::{Argument, find_places, ordered_blocks};
use super::evidence::Evidence;
use crate::plan::ResourceChange;
use crate::resolve::object::Object;
use crate::resolve::place::ObjectPlace;
use crate::source::Place;
use access_algebra::HoleKind;

/// Where in the plan something comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The Terraform address.
    pub address: String,
    /// The resource type.
    pub type_name: String,
    /// The name of the rule pack, or of the provider where no pack reads it.
    pub provider: String,
    /// The module instance; empty for the root.
    pub module: String,
    /// The account, the project and the like that it lands in.
    pub place: ObjectPlace,
    /// The facts of it that nobody gave, as they are given, by their words: `account`.
    pub missing_facts: BTreeMap<String, String>,
    /// Tickets and an owner that it names.
    pub evidence: Evidence,
    /// Where the sources say it: the module call in the repository, where the block lies in a downloaded module, and the
    /// block. Empty where the sources are not at hand.
    pub places: Vec<Place>,
    /// The arguments that say its parts, where the sources are at hand.
    pub arguments: Vec<Argument>,
    /// The rule that read it.
    pub rule: Option<RulePlace>,
}

/// Where a rule stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulePlace {
    /// The file of its pack.
    pub file: String,
    /// The line of its heading, from one.
    pub line: usize,
}

/// Where a change stands.
pub(super) fn find_origin(change: &ResourceChange<'_>, provider: &str, evidence: Evidence) -> Origin {
    Origin {
        address: change.address.to_string(),
        type_name: change.type_name.to_string(),
        provider: provider.to_owned(),
        module: change.module.to_string(),
        evidence,
        ..Origin::default()
    }
}

/// The origin with the place that its object lands in.
pub(super) fn add_place(origin: Origin, object: &Object<'_>) -> Origin {
    Origin {
        places: find_places(object.world.plan, &origin.address, None),
        rule: Some(RulePlace { file: object.rule.file.clone(), line: object.rule.line }),
        place: ObjectPlace::of(object),
        missing_facts: find_missing_facts(object),
        ..origin
    }
}

/// The facts of the place of an object that nobody gave. What its provider configuration computes nobody can give.
fn find_missing_facts(object: &Object<'_>) -> BTreeMap<String, String> {
    let missing = object.pack.facts.iter().filter_map(|fact| {
        let text = object.fact(&fact.name).into_text();
        let hole = text.first_hole().filter(|hole| hole.kind == HoleKind::Fact)?;
        Some((fact.name.clone(), hole.name.to_string()))
    });
    missing.collect()
}

/// The origin of a grant that one attribute of an object makes, at the argument that says it.
pub(super) fn at_argument(origin: Origin, object: &Object<'_>, path: &str) -> Origin {
    let places = find_places(object.world.plan, &origin.address, Some((path, &ordered_blocks(object))));
    Origin { places, ..add_place(origin, object) }
}
