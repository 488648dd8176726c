//! Goes through a plan and hands over its grants.
//!
//! Takes a plan, the rules and the facts, and hands over each grant as soon as it is complete, on whichever core, so
//! that nobody has to hold them all. A grant that stands alone is complete after its change; an attachment and the
//! definition that it names wait for each other.

use std::collections::BTreeSet;

use super::arguments::find_places;
use super::collect::{Collector, PlanIndex};
use super::join::Join;
use super::pending::Pending;
use super::role_link::RoleKinds;
use super::{Assumption, Grant, Inventory, Run, Unread};
use crate::parallel::map_chunks;
use crate::plan::{Alarm, Plan, PlanError, ResourceChange, Verb};
use crate::resolve::facts::{ProviderFacts, StatedFacts};
use crate::resolve::world::World;
use crate::rules::Rules;
use crate::sources::Sources;

/// Changes, or grants that waited, that one core goes through at a time: enough that handing out a share costs nothing
/// beside its work, and few enough that no core is left idle at the end.
const SHARE: usize = 64;

/// Every grant of a plan, in order of address.
///
/// # Errors
///
/// An object of the plan that can't be read, or that can be read in two ways.
pub fn collect(plan: &Plan<'_>, rules: &Rules, facts: &StatedFacts) -> Result<Inventory, PlanError> {
    visit(plan, rules, facts, |grant| grant).map(Inventory::sorted)
}

/// What comes of every grant of a plan, in no order.
///
/// # Errors
///
/// An object of the plan that can't be read, or that can be read in two ways.
pub fn visit<T: Send>(
    plan: &Plan<'_>,
    rules: &Rules,
    facts: &StatedFacts,
    each: impl Fn(Grant) -> T + Sync,
) -> Result<Inventory<T>, PlanError> {
    let make_world = || World::new(plan, rules, Box::new(ProviderFacts::new(plan, facts)));
    let world = make_world();
    let index = PlanIndex::new(plan, rules);
    let share = |world: &mut World<'_>, changes: &[ResourceChange<'_>]| {
        let (mut collector, mut part) = (Collector::new(world, &index), VisitedPart::default());
        for change in changes {
            collector.collect_change(change)?;
            part.hand_over(collector.pending.drain(..), &index.kinds, &each);
        }
        Ok(part.with_notes(collector))
    };
    let parts = map_chunks(&plan.changes, SHARE, make_world, share);
    let mut parts = parts.into_iter().collect::<Result<Vec<_>, PlanError>>()?;
    parts.push(beside_changes(&world, &index, &each)?);

    let mut inventory = Inventory {
        alarms: plan.alarms.clone(),
        resource_changes: plan.changes.len(),
        folder: plan.sources().and_then(Sources::root_folder).map(str::to_owned),
        ..Inventory::default()
    };
    let (mut of_roles, mut waiting) = (Vec::new(), Vec::new());
    for part in parts {
        inventory.grants.extend(part.grants);
        of_roles.extend(part.of_roles);
        waiting.extend(part.waiting);
        inventory.unread.extend(part.unread);
        inventory.runs.extend(part.runs);
        inventory.alarms.extend(part.alarms);
        inventory.assumptions.extend(part.assumptions);
    }
    let joined = Join::new(&waiting, &index.kinds);
    let join = |(): &mut (), share: &[Box<Pending>]| {
        let grants = share.iter().flat_map(|pending| joined.complete(pending));
        grants.map(&each).collect::<Vec<_>>()
    };
    for address in inventory.alarms.iter().filter_map(|alarm| alarm.address.as_ref()) {
        inventory.alarm_places.insert(address.clone(), find_places(plan, address, None));
    }
    inventory.grants.append(&mut of_roles);
    inventory.grants.extend(map_chunks(&waiting, SHARE, || (), join).into_iter().flatten());
    Ok(inventory)
}

/// Outputs, and the drift of objects that the plan does not change itself.
fn beside_changes<T>(
    world: &World<'_>,
    index: &PlanIndex<'_>,
    each: &impl Fn(Grant) -> T,
) -> Result<VisitedPart<T>, PlanError> {
    let plan = world.plan;
    let is_changed = |address: &str| {
        let change = plan.change_at(address).and_then(|at| plan.changes.get(at));
        change.is_some_and(|change| !matches!(change.verb, Verb::NoOp | Verb::Read))
    };
    let (mut collector, mut part) = (Collector::new(world, index), VisitedPart::default());
    collector.collect_revealing_outputs();
    collector.note_hidden_executions();
    collector.note_target();
    collector.alarms.extend(world.facts.conflicts(world));
    for drift in plan.drift.iter().filter(|drift| !is_changed(&drift.address)) {
        collector.collect_drift(drift)?;
    }
    part.hand_over(collector.pending.drain(..), &index.kinds, each);
    Ok(part.with_notes(collector))
}

/// What a share of the changes comes to.
struct VisitedPart<T> {
    grants: Vec<T>,
    /// What came of attachments that wait for nobody. They stand behind the others, like those that wait.
    of_roles: Vec<T>,
    /// Attachments and definitions, until all are there.
    #[expect(clippy::vec_box, reason = "it is large, and shares of it are put together")]
    waiting: Vec<Box<Pending>>,
    unread: Vec<Unread>,
    runs: Vec<Run>,
    alarms: Vec<Alarm>,
    assumptions: BTreeSet<Assumption>,
}

impl<T> Default for VisitedPart<T> {
    fn default() -> Self {
        let (unread, runs, alarms) = (Vec::new(), Vec::new(), Vec::new());
        let (grants, of_roles, waiting) = (Vec::new(), Vec::new(), Vec::new());
        Self { grants, of_roles, waiting, unread, runs, alarms, assumptions: BTreeSet::new() }
    }
}

impl<T> VisitedPart<T> {
    /// Hands over what stands alone and keeps the rest.
    fn hand_over(
        &mut self,
        pending: impl Iterator<Item = Pending>,
        kinds: &RoleKinds,
        each: &impl Fn(Grant) -> T,
    ) {
        for pending in pending {
            if pending.needs_others(kinds) {
                self.waiting.push(Box::new(pending));
            } else {
                let names_roles = !pending.grant.terms.roles.is_empty();
                let complete = if names_roles { &mut self.of_roles } else { &mut self.grants };
                complete.extend(pending.complete_alone().into_iter().map(each));
            }
        }
    }

    /// Adds what the collector noted.
    fn with_notes(self, collector: Collector<'_>) -> Self {
        let Collector { unread, runs, alarms, assumptions, .. } = collector;
        Self { unread, runs, alarms, assumptions, ..self }
    }
}
