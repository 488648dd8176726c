//! Goes through a plan and hands over its grants.
//!
//! In go a plan, the rules and the facts; each grant is handed over as soon as it is complete, on whichever core, so
//! that nobody has to hold them all. A grant that stands alone is complete after its change; an attachment and the
//! definition that it names wait for each other.

use std::collections::BTreeSet;

use super::collect::{Collector, Found, gone};
use super::join::Joint;
use super::{Grant, Inventory, Unread, planned};
use crate::parallel::map_chunks;
use crate::plan::{Alarm, Plan, PlanError, ResourceChange, Verb};
use crate::resolve::facts::StatedFacts;
use crate::resolve::world::World;
use crate::rules::Rules;

/// So many changes, or grants that waited, are gone through at a time.
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
/// As [`collect`].
pub fn visit<T: Send>(
    plan: &Plan<'_>,
    rules: &Rules,
    facts: &StatedFacts,
    each: impl Fn(Grant) -> T + Sync,
) -> Result<Inventory<T>, PlanError> {
    let world = World::new(plan, rules, facts);
    let gone = gone(&world)?;
    let share = |world: &mut World<'_>, changes: &[ResourceChange<'_>]| {
        let (mut collector, mut part) = (Collector::new(world, &gone), Part::default());
        for change in changes {
            collector.change(change)?;
            part.take(collector.found.drain(..), &each);
        }
        Ok(part.with(collector))
    };
    let parts = map_chunks(&plan.changes, SHARE, || World::new(plan, rules, facts), share);
    let mut parts = parts.into_iter().collect::<Result<Vec<_>, PlanError>>()?;
    parts.push(beside_changes(&world, &gone, &each)?);

    let mut inventory = Inventory {
        alarms: plan.alarms.clone(),
        resource_changes: plan.changes.len(),
        ..Inventory::default()
    };
    let mut waiting = Vec::new();
    for part in parts {
        inventory.grants.extend(part.grants);
        waiting.extend(part.waiting);
        inventory.unread.extend(part.unread);
        inventory.alarms.extend(part.alarms);
        inventory.assumptions.extend(part.assumptions);
    }
    let joint = Joint::new(&waiting);
    let join = |(): &mut (), share: &[Found]| {
        let grants = share.iter().flat_map(|found| joint.grants(found));
        grants.map(&each).collect::<Vec<_>>()
    };
    inventory.grants.extend(map_chunks(&waiting, SHARE, || (), join).into_iter().flatten());
    Ok(inventory)
}

/// Outputs, and the drift of objects that the plan does not change itself.
fn beside_changes<T>(
    world: &World<'_>,
    gone: &BTreeSet<String>,
    each: &impl Fn(Grant) -> T,
) -> Result<Part<T>, PlanError> {
    let plan = world.plan;
    let is_changed = |address: &str| {
        let change = plan.change_at(address).and_then(|at| plan.changes.get(at));
        change.is_some_and(|change| !matches!(change.verb, Verb::NoOp | Verb::Read))
    };
    let (mut collector, mut part) = (Collector::new(world, gone), Part::default());
    collector.outputs();
    collector.ephemeral();
    for drift in plan.drift.iter().filter(|drift| !is_changed(&drift.address)) {
        collector.drift(drift)?;
    }
    part.take(collector.found.drain(..), each);
    Ok(part.with(collector))
}

/// What a share of the changes comes to.
struct Part<T> {
    grants: Vec<T>,
    /// Attachments and definitions, until all are there.
    waiting: Vec<Found>,
    unread: Vec<Unread>,
    alarms: Vec<Alarm>,
    assumptions: BTreeSet<String>,
}

impl<T> Default for Part<T> {
    fn default() -> Self {
        let (unread, alarms, assumptions) = (Vec::new(), Vec::new(), BTreeSet::new());
        Self { grants: Vec::new(), waiting: Vec::new(), unread, alarms, assumptions }
    }
}

impl<T> Part<T> {
    /// Hands over what stands alone and keeps the rest.
    fn take(&mut self, found: impl Iterator<Item = Found>, each: &impl Fn(Grant) -> T) {
        for found in found {
            if found.waits() {
                self.waiting.push(found);
                continue;
            }
            let mut grant = found.grant;
            if grant.readings.is_empty() {
                grant.readings.push(planned(grant.dialect, &grant.terms));
            }
            self.grants.push(each(grant));
        }
    }

    fn with(self, collector: Collector<'_>) -> Self {
        let Collector { unread, alarms, assumptions, .. } = collector;
        Self { unread, alarms, assumptions, ..self }
    }
}
