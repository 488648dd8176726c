//! Where a grant comes from: the object of the plan, what is known of its surroundings, and the places in files.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::arguments::{Argument, find_places, ordered_blocks};
use super::evidence::Evidence;
use crate::plan::ResourceChange;
use crate::resolve::landing::{find_place, find_provider_place};
use crate::resolve::object::Object;
use crate::resolve::place::ObjectPlace;
use crate::resolve::world::World;
use crate::sources::SourcePlace;

/// Where in the plan something comes from. What an object and its grants have alike is held once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The Terraform address.
    pub address: Arc<str>,
    /// The resource type.
    pub type_name: Arc<str>,
    /// The name of the rule pack, or of the provider where no pack reads it.
    pub provider: Arc<str>,
    /// The module instance; empty for the root.
    pub module: Arc<str>,
    /// The account, the project and the like that it lands in.
    pub place: Arc<ObjectPlace>,
    /// The facts of it that nobody gave, as they are given, by their words: `account`.
    pub missing_facts: Arc<BTreeMap<String, String>>,
    /// Tickets and an owner that it names.
    pub evidence: Arc<Evidence>,
    /// Where the sources say it: its block, the module call through which it comes in, and the attachments of a definition.
    /// Empty where the sources are not at hand.
    pub places: Vec<SourcePlace>,
    /// The arguments that say its parts, where the sources are at hand.
    pub arguments: Vec<Argument>,
    /// The rule that read it.
    pub rule: Option<RulePlace>,
}

/// Where a rule stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulePlace {
    /// The file of its pack.
    pub file: Arc<str>,
    /// The line of its heading, from one.
    pub line: usize,
}

/// Where a change stands.
pub(super) fn find_origin(
    world: &World<'_>,
    change: &ResourceChange<'_>,
    provider: &str,
    evidence: Evidence,
) -> Origin {
    Origin {
        address: (*change.address).into(),
        type_name: world.shared.text(&change.type_name),
        provider: world.shared.text(provider),
        module: world.shared.text(&change.module),
        evidence: Arc::new(evidence),
        ..Origin::default()
    }
}

/// The origin with the place that its object lands in.
pub(super) fn add_place(origin: Origin, object: &Object<'_>) -> Origin {
    Origin {
        places: find_places(object.world.plan, &origin.address, None),
        rule: Some(RulePlace { file: object.world.shared.text(&object.rule.file), line: object.rule.line }),
        place: find_place(object),
        missing_facts: Arc::clone(&find_provider_place(object).missing_facts),
        ..origin
    }
}

/// The origin of a grant that one attribute of an object makes, at the argument that says it.
pub(super) fn at_argument(origin: Origin, object: &Object<'_>, path: &str) -> Origin {
    let places = find_places(object.world.plan, &origin.address, Some((path, &ordered_blocks(object))));
    Origin { places, ..add_place(origin, object) }
}
