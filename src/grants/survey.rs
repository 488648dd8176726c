//! What a plan is about beside the grants that it makes: where its objects are, and which grants it takes away.
//!
//! Takes a plan, the rules and the facts, and returns a [`Survey`]. It costs as much as reading the plan once more, so it
//! is made only where somebody asks.

use super::collect::{Collector, PlanIndex};
use super::evidence::Evidence;
use super::join::Join;
use super::origin::{add_place, find_origin};
use super::ruled_change::RuledChange;
use super::{Change, Grant, Origin};
use crate::plan::{ObjectMode, Plan, PlanError, ResourceChange, Values, Verb};
use crate::resolve::facts::{ProviderFacts, StatedFacts};
use crate::resolve::world::World;
use crate::rules::{RuleMatch, Rules};

/// Where the objects of a plan are, and what it takes away.
#[derive(Debug, Default)]
pub struct Survey {
    /// Every object that Terraform manages, also those that the plan leaves alone.
    pub origins: Vec<Origin>,
    /// What the objects gave that the plan deletes, replaces or updates, as it was. An update may leave it as it was.
    pub removed: Vec<Grant>,
}

/// Surveys a plan.
///
/// # Errors
///
/// An object of the plan that can't be read.
pub fn survey(plan: &Plan<'_>, rules: &Rules, facts: &StatedFacts) -> Result<Survey, PlanError> {
    let world = World::new(plan, rules, Box::new(ProviderFacts::new(plan, facts)));
    let index = PlanIndex::new(plan, rules);
    let mut collector = Collector::new(&world, &index);
    let mut survey = Survey::default();
    for change in plan.changes.iter().filter(|change| is_managed(change)) {
        let (before, after) = (change.before()?, change.after()?);
        survey.origins.push(locate(change, &world, after.as_ref().or(before.as_ref())));
        if let RuleMatch::Rule(pack, rule) = rules.find(&change.type_name, &change.provider)
            && takes_away(change.verb)
        {
            collector.collect_side(
                RuledChange { change, pack, rule },
                Change::Untouched,
                before.as_ref(),
                None,
            );
        }
    }
    let (waiting, alone): (Vec<_>, Vec<_>) =
        collector.pending.into_iter().map(Box::new).partition(|pending| pending.needs_others(&index.kinds));
    survey.removed.extend(alone.into_iter().flat_map(|pending| pending.complete_alone()));
    let joined = Join::new(&waiting, &index.kinds);
    survey.removed.extend(waiting.iter().flat_map(|pending| joined.complete(pending)));
    Ok(survey)
}

fn is_managed(change: &ResourceChange<'_>) -> bool {
    change.mode == ObjectMode::Managed || change.mode == ObjectMode::Other
}

/// Whether a change may take away what its object gave. What is only forgotten stays.
fn takes_away(verb: Verb) -> bool {
    match verb {
        Verb::Delete | Verb::Replace | Verb::Update => true,
        Verb::NoOp
        | Verb::Read
        | Verb::Create
        | Verb::CreateForget
        | Verb::Forget
        | Verb::Exists
        | Verb::Other => false,
    }
}

/// Where an object is. Of a provider that no rule pack reads nothing is known but its name.
fn locate<'w>(change: &'w ResourceChange<'w>, world: &'w World<'w>, values: Option<&Values>) -> Origin {
    let name = change.provider.rsplit('/').next().unwrap_or_default();
    let (pack, rule) = match world.rules.find(&change.type_name, &change.provider) {
        RuleMatch::Rule(pack, rule) => (pack, rule),
        RuleMatch::Listed(pack, _) | RuleMatch::Unknown(pack) => (pack, &pack.listed),
        RuleMatch::Foreign(_) | RuleMatch::None => {
            return find_origin(world, change, name, Evidence::default());
        }
    };
    let unknown = Values::unknown(&change.address);
    let object = RuledChange { change, pack, rule }.make_object(world, values.unwrap_or(&unknown));
    add_place(find_origin(world, change, &pack.name, Evidence::default()), &object)
}
