//! Provisioners that an apply runs.
//!
//! Takes a change and adds to the collector a [`Run`] for each provisioner of its block, or of a `removed` block that names
//! it, that runs then. Where the sources are not at hand nothing shows when a provisioner runs and over which connection:
//! then it is an alarm, which no approval answers.

use std::sync::Arc;

use super::Origin;
use super::arguments::find_places;
use super::collect::Collector;
use super::evidence::{Evidence, collect_evidence};
use super::origin::{add_place, find_origin};
use super::ruled_change::RuledChange;
use super::run::{Run, RunContent};
use super::run_content::{Phase, ProvisionedObject, read_phase};
use crate::plan::{Alarm, AlarmCause, ObjectMode, ResourceChange, Values, Verb, address};
use crate::resolve::place::{ObjectPlace, PlaceWord};
use crate::resolve::world::World;
use crate::rules::RuleMatch;
use crate::sources::{Lookup, RemovedBlock, WrittenBody, WrittenProvisioner};

impl<'w> Collector<'w> {
    /// The provisioners of a change's own block.
    pub(super) fn note_provisioners(&mut self, change: &'w ResourceChange<'w>) {
        let phases = phases_of(change);
        let Some(block) = self.world.block(change).filter(|_| !phases.is_empty()) else { return };
        let planned: Vec<&str> = block.provisioners.iter().map(|one| &*one.kind).collect();
        let body = self.written_body(change);
        let written: Vec<&str> =
            body.iter().flat_map(|body| body.provisioners()).map(|one| one.kind).collect();
        match body {
            Some(body) if planned == written => {
                for phase in phases {
                    // One whose phase cannot be read runs in each.
                    let of_phase = body.provisioners().enumerate().filter(|(_, provisioner)| {
                        read_phase(provisioner.body).is_none_or(|written| written == phase)
                    });
                    self.add_runs(change, body, phase, of_phase);
                }
            }
            _ if planned.is_empty() && written.is_empty() => {}
            _ => {
                let types = planned.into_iter().map(str::to_owned).collect();
                self.alarms.push(Alarm::at(&change.address, AlarmCause::Provisioners { types }));
            }
        }
    }

    /// The provisioners of a `removed` block, which run when an object that it names is destroyed.
    pub(super) fn note_removed(&mut self, removed: &RemovedBlock<'w>, from: &str) {
        let destroyed = self.world.plan.changes.iter().filter(|change| {
            change.mode == ObjectMode::Managed
                && matches!(change.verb, Verb::Delete | Verb::Replace | Verb::Other)
                && is_named(from, &change.address)
        });
        for change in destroyed {
            let all = removed.body.provisioners().enumerate();
            self.add_runs(change, removed.body, Phase::Destroy, all);
        }
    }

    /// What the sources write in the block of a change, where it could be read.
    fn written_body(&self, change: &ResourceChange<'_>) -> Option<WrittenBody<'w>> {
        let names = address::module_names(&change.module)?;
        let block = address::block(&change.address, &change.module)?;
        match self.world.plan.sources()?.find_body(&names, block) {
            Lookup::Written(body) => Some(body).filter(|body| body.unread().is_none()),
            Lookup::Absent | Lookup::Computed(_) | Lookup::Unreadable(_) => None,
        }
    }

    /// Adds provisioners of a body that run in a phase, each with its place among them.
    fn add_runs(
        &mut self,
        change: &'w ResourceChange<'w>,
        body: WrittenBody<'w>,
        phase: Phase,
        provisioners: impl Iterator<Item = (usize, WrittenProvisioner<'w>)>,
    ) {
        let before = change.before().ok().flatten();
        let connection = body.blocks().find(|block| block.name == "connection").map(|block| block.body);
        let object = ProvisionedObject { world: self.world, change, before: before.as_ref(), connection };
        let origin = self.origin_of(change);
        let mut earlier: Option<RunContent> = None;
        for (at, provisioner) in provisioners {
            let path = format!("{}.provisioner[{at}]", change.address);
            let content = object.read(provisioner, phase, &path, earlier.as_ref());
            let (kind, origin) = (provisioner.kind.to_owned(), Box::new(origin.clone()));
            self.runs.push(Run::Provisioner { origin, kind, content: content.clone() });
            earlier = Some(content);
        }
    }

    /// Where an object of any type stands, with the place that it lands in as far as a rule tells. One that has no account
    /// of its own, such as a `null_resource`, is where the whole plan is.
    pub(super) fn origin_of(&self, change: &'w ResourceChange<'w>) -> Origin {
        let own = self.own_origin(change);
        let of_plan = place_of_plan(self.world);
        let is_missing = |word: &PlaceWord| own.place.name(*word).is_none() && !own.place.is_unknown(*word);
        let missing = PlaceWord::ALL.iter().copied().filter(is_missing).filter(|word| of_plan.has(*word));
        let place = ObjectPlace::clone(&own.place);
        let place = missing.fold(place, |place, word| place.with(word, of_plan.name(word)));
        Origin { place: Arc::new(place), ..own }
    }

    fn own_origin(&self, change: &'w ResourceChange<'w>) -> Origin {
        let unknown = Values::unknown(&change.address);
        let sides = (change.after().ok().flatten(), change.before().ok().flatten());
        let values = sides.0.as_ref().or(sides.1.as_ref()).unwrap_or(&unknown);
        let (pack, rule) = match self.world.rules.find(&change.type_name, &change.provider) {
            RuleMatch::Rule(pack, rule) => (pack, rule),
            RuleMatch::Listed(pack, _) | RuleMatch::Unknown(pack) => (pack, &pack.listed),
            RuleMatch::Foreign(_) | RuleMatch::None => {
                let provider = change.provider.rsplit('/').next().unwrap_or_default();
                let places = find_places(self.world.plan, &change.address, None);
                return Origin { places, ..find_origin(self.world, change, provider, Evidence::default()) };
            }
        };
        let object = RuledChange { change, pack, rule }.make_object(self.world, values);
        let located =
            add_place(find_origin(self.world, change, &pack.name, collect_evidence(&object)), &object);
        Origin { rule: None, ..located }
    }
}

/// Where a whole plan is: the account and the like that all of its provider configurations reach. A word of which they have
/// several names is there without one.
fn place_of_plan(world: &World<'_>) -> ObjectPlace {
    let mut place = ObjectPlace::default();
    for (key, block) in world.plan.configuration.providers() {
        for pack in world.rules.packs().iter().filter(|pack| pack.reads(&block.source)) {
            let has_fact = |word: &PlaceWord| pack.facts.iter().any(|fact| fact.name == word.word());
            for word in PlaceWord::ALL.iter().copied().filter(|word| word.is_whole()).filter(has_fact) {
                let text = world.facts.find_fact(world, pack, Some(key), word.word());
                let name = text.as_known().filter(|_| !text.provenance.is_sensitive());
                let is_same = !place.has(word) || place.name(word) == name;
                place = place.with(word, name.filter(|_| is_same));
            }
        }
    }
    place
}

/// When a change runs the provisioners of its object.
fn phases_of(change: &ResourceChange<'_>) -> Vec<Phase> {
    if change.mode != ObjectMode::Managed {
        return Vec::new();
    }
    match change.verb {
        Verb::Create | Verb::CreateForget => vec![Phase::Create],
        Verb::Delete => vec![Phase::Destroy],
        Verb::Replace | Verb::Other => vec![Phase::Create, Phase::Destroy],
        Verb::NoOp | Verb::Read | Verb::Update | Verb::Forget | Verb::Exists => Vec::new(),
    }
}

/// Whether an address is what a `removed` block names, which has no keys, or lies in it. What could not be read may name
/// anything.
fn is_named(from: &str, address: &str) -> bool {
    let is_readable =
        from.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'));
    let plain = address::without_keys(address);
    let below = plain.strip_prefix(from);
    !is_readable || below.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
