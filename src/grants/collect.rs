//! What one change of a plan is about, as far as access goes.
//!
//! Takes a change and adds to a [`Collector`] the grants that it makes, in words, and what else has to be said of it.
//! Limits, delegated identities and executions each have a file of their own beside this one.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::alteration::Alteration;
use super::arguments::find_places;
use super::configured::{is_configured, is_empty_document};
use super::earlier::EarlierObject;
use super::evidence::{Evidence, collect_evidence};
use super::extract::{Extract, Extraction, extract_grants};
use super::identity_patterns::IdentityPatterns;
use super::origin::{add_place, find_origin};
use super::pending::{Pending, make_grant, unite};
use super::plan_types::PlanTypes;
use super::role_link::RoleKinds;
use super::ruled_change::{ListedChange, RuledChange};
use super::{Assumption, Change, Grant, Origin, Run, Unread};
use crate::plan::{Alarm, ObjectMode, Plan, PlanError, ResourceChange, Values, Verb};
use crate::resolve::object::Object;
use crate::resolve::world::World;
use crate::rules::suspect::{self, Suspicion};
use crate::rules::{GrantKind, RuleMatch, RulePack, Rules, TypeListing};
use crate::value::provenance::Provenance;
use access_algebra::Access;

/// What is found once for a whole plan.
pub(super) struct PlanIndex<'w> {
    /// The identities of the objects that the plan deletes, once somebody asks.
    pub(super) deleted: OnceLock<BTreeSet<String>>,
    /// How identities are spelled.
    pub(super) patterns: IdentityPatterns<'w>,
    /// What is known of the plan's types.
    pub(super) types: PlanTypes<'w>,
    /// The kinds of roles that the plan defines.
    pub(super) kinds: RoleKinds,
}

impl<'w> PlanIndex<'w> {
    pub(super) fn new(plan: &'w Plan<'w>, rules: &'w Rules) -> Self {
        Self {
            deleted: OnceLock::new(),
            patterns: IdentityPatterns::compile(rules),
            types: PlanTypes::find(plan, rules),
            kinds: RoleKinds::find(plan, rules),
        }
    }
}

pub(super) struct Collector<'w> {
    pub(super) world: &'w World<'w>,
    pub(super) index: &'w PlanIndex<'w>,
    pub(super) pending: Vec<Pending>,
    pub(super) unread: Vec<Unread>,
    pub(super) runs: Vec<Run>,
    pub(super) alarms: Vec<Alarm>,
    pub(super) assumptions: BTreeSet<Assumption>,
}

impl<'w> Collector<'w> {
    pub(super) fn new(world: &'w World<'w>, index: &'w PlanIndex<'w>) -> Self {
        let (pending, unread, runs, alarms) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { world, index, pending, unread, runs, alarms, assumptions: BTreeSet::new() }
    }

    /// Everything that a change is about.
    pub(super) fn collect_change(&mut self, change: &'w ResourceChange<'w>) -> Result<(), PlanError> {
        self.note_executions(change)?;
        if change.mode != ObjectMode::Managed && change.mode != ObjectMode::Other {
            return Ok(());
        }
        let reading = self.world.rules.find(&change.type_name, &change.provider);
        if !is_looked_at(&reading, change) {
            return Ok(());
        }
        let (before, after) = (change.before()?, change.after()?);
        match reading {
            // A rule that only says what references mean reads no policy: one that stands there all the same blocks.
            RuleMatch::Rule(pack, rule) if !rule.gives_or_limits() => {
                let policy = after.as_ref().filter(|_| adds(change));
                if let Some(suspicion) = policy.and_then(|values| suspect::find_policy(&values.object)) {
                    self.note_unread(change, suspicion);
                }
                let listing = pack.types.find(&change.type_name);
                self.note_ignored(change, pack, listing.as_ref().is_none_or(TypeListing::is_none));
                if let Some(listing) = listing {
                    let listed = ListedChange { change, pack, listing };
                    self.collect_listed(&listed, before.as_ref(), after.as_ref());
                }
            }
            RuleMatch::Rule(pack, rule) => {
                let ruled = RuledChange { change, pack, rule };
                self.collect_sides(ruled, before.as_ref(), after.as_ref());
                self.collect_deleted_executor(ruled, before.as_ref());
            }
            RuleMatch::Listed(pack, listing) => {
                self.note_ignored(change, pack, listing.is_none());
                let listed = ListedChange { change, pack, listing };
                self.collect_listed(&listed, before.as_ref(), after.as_ref());
            }
            RuleMatch::Unknown(pack) => {
                self.note_unread(change, Suspicion::UnlistedType { pack: pack.name.clone() });
            }
            RuleMatch::Foreign(pack) => {
                let (sources, provider) = (pack.sources.clone(), change.provider.to_string());
                self.note_unread(change, Suspicion::OtherProvider { sources, provider });
            }
            RuleMatch::None => {
                let provider = change.provider.to_string();
                self.note_unread(change, Suspicion::UnknownProvider { provider });
            }
        }
        if let Some(after) = after.as_ref().filter(|_| adds(change)) {
            // Handing an identity over is an act of an apply: of what exists, the identity's own access is judged.
            let is_act = change.verb != Verb::Exists;
            if is_act {
                self.collect_delegated(change, before.as_ref(), after);
            }
            // What nobody knows the meaning of blocks, whichever identities it spells.
            let unknown = self.collect_unlisted_attributes(change, before.as_ref(), after);
            if is_act {
                self.collect_spelled(change, before.as_ref(), after, &unknown);
            }
        }
        Ok(())
    }

    /// Notes an object of a type that a pack of `--rules` says gives no access, where a pack of the program does not.
    fn note_ignored(&mut self, change: &ResourceChange<'_>, pack: &RulePack, is_none: bool) {
        if !(pack.is_additional && is_none && may_count(change)) {
            return;
        }
        match self.world.rules.find_embedded(&change.type_name, &change.provider) {
            None => {}
            Some(RuleMatch::Listed(_, listing)) if listing.is_none() => {}
            Some(_) => self.note_unread(change, Suspicion::Ignored { pack: pack.name.clone() }),
        }
    }

    /// Notes an object that no rule reads and that does not pass therefore.
    pub(super) fn note_unread(&mut self, change: &ResourceChange<'_>, suspicion: Suspicion) {
        let provider = change.provider.rsplit('/').next().unwrap_or_default();
        let attribute = match &suspicion {
            Suspicion::UnlistedAttribute { name } | Suspicion::Policy { attribute: name } => {
                Some(name.as_str())
            }
            Suspicion::UnknownProvider { .. }
            | Suspicion::Ignored { .. }
            | Suspicion::UnlistedType { .. }
            | Suspicion::OtherProvider { .. } => None,
        };
        let attribute = attribute.map(|name| (name, [].as_slice()));
        let places = find_places(self.world.plan, &change.address, attribute);
        let origin = Origin { places, ..find_origin(self.world, change, provider, Evidence::default()) };
        self.unread.push(Unread { origin, provider: change.provider.to_string(), suspicion });
    }

    /// What each side of a change gives, and which limits it takes away.
    pub(super) fn collect_sides(
        &mut self,
        ruled: RuledChange<'w>,
        before: Option<&Values>,
        after: Option<&Values>,
    ) {
        let RuledChange { change, .. } = ruled;
        // What is to be and is not said is unknown, and not nothing.
        let unknown = Values::unknown(&change.address);
        let after = after.or(will_be(change).then_some(&unknown));
        match change.verb {
            Verb::NoOp if change.importing => self.collect_side(ruled, Change::Adopted, after, None),
            Verb::NoOp | Verb::Read => self.collect_side(ruled, Change::Untouched, after, None),
            Verb::Exists if change.is_altered() => {
                let earlier = self.read_earlier(ruled, before, None);
                self.collect_side(ruled, Change::Altered, after, earlier.as_ref());
            }
            Verb::Exists => self.collect_side(ruled, Change::Delivered, after, None),
            Verb::Update => {
                let earlier = self.read_earlier(ruled, before, after);
                let what = if change.importing { Change::Adopted } else { Change::Changed };
                self.collect_side(ruled, what, after, earlier.as_ref());
                self.collect_lost_limits(ruled, earlier.as_ref(), after);
            }
            Verb::Create | Verb::Other => {
                self.collect_side(ruled, Change::Made, after, None);
                let earlier = self.read_earlier(ruled, before, after);
                self.collect_lost_limits(ruled, earlier.as_ref(), after);
            }
            Verb::Replace => {
                let earlier = self.read_earlier(ruled, before, after);
                let what = if before.is_some() { Change::Replaced } else { Change::Made };
                self.collect_side(ruled, what, after, earlier.as_ref());
                self.collect_lost_limits(ruled, earlier.as_ref(), after);
            }
            Verb::CreateForget | Verb::Forget => {
                if change.verb == Verb::CreateForget {
                    self.collect_side(ruled, Change::Made, after, None);
                }
                self.collect_side(ruled, Change::LeftBehind, before, None);
                let earlier = self.read_earlier(ruled, before, None);
                self.collect_lost_limits(ruled, earlier.as_ref(), None);
            }
            Verb::Delete => {
                let earlier = self.read_earlier(ruled, before, None);
                self.collect_lost_limits(ruled, earlier.as_ref(), None);
            }
        }
    }

    /// What an object was before its change, and what the change to `after` alters of it.
    pub(super) fn read_earlier<'o>(
        &mut self,
        ruled: RuledChange<'o>,
        before: Option<&'o Values>,
        after: Option<&'o Values>,
    ) -> Option<EarlierObject<'o>>
    where
        'w: 'o,
    {
        let after = after.map(|after| ruled.make_object(self.world, after));
        let schema = self.index.types.schema_of(ruled.change);
        let earlier = EarlierObject::read(ruled.make_object(self.world, before?), after.as_ref(), schema);
        self.note_trust(&earlier.provenance);
        Some(earlier)
    }

    /// What somebody else has changed, and the plan leaves so.
    pub(super) fn collect_drift(&mut self, drift: &'w ResourceChange<'w>) -> Result<(), PlanError> {
        if drift.mode != ObjectMode::Managed || drift.verb != Verb::Update {
            return Ok(());
        }
        let (pack, listing) = match self.world.rules.find(&drift.type_name, &drift.provider) {
            RuleMatch::Rule(pack, rule) if rule.gives_or_limits() => {
                let (before, after) = (drift.before()?, drift.after()?);
                let ruled = RuledChange { change: drift, pack, rule };
                let earlier = self.read_earlier(ruled, before.as_ref(), None);
                self.collect_side(ruled, Change::Drifted, after.as_ref(), earlier.as_ref());
                return Ok(());
            }
            RuleMatch::Rule(pack, _) => (pack, pack.types.find(&drift.type_name)),
            RuleMatch::Listed(pack, listing) => (pack, Some(listing)),
            RuleMatch::Foreign(_) | RuleMatch::Unknown(_) | RuleMatch::None => return Ok(()),
        };
        if let Some(listing) = listing {
            let (before, after) = (drift.before()?, drift.after()?);
            let listed = ListedChange { change: drift, pack, listing };
            self.collect_listed_drift(&listed, before.as_ref(), after.as_ref());
        }
        Ok(())
    }

    /// The grants of an object, in words. What they rest on because somebody vouches for it is noted.
    pub(super) fn extract(&mut self, object: &Object<'_>) -> Vec<Extract> {
        let Extraction { extracts, provenance } = extract_grants(object);
        self.note_trust(&provenance);
        extracts
    }

    /// Notes once that somebody vouches for references.
    pub(super) fn note_trust(&mut self, provenance: &Provenance) {
        if provenance.is_trusted() {
            self.assumptions.insert(Assumption::TrustedReferences);
        }
    }

    /// The grants of one side of a change.
    pub(super) fn collect_side(
        &mut self,
        ruled: RuledChange<'w>,
        what: Change,
        values: Option<&Values>,
        earlier: Option<&EarlierObject<'_>>,
    ) {
        let Some(values) = values else { return };
        let object = ruled.make_object(self.world, values);
        let origin = add_place(
            find_origin(self.world, ruled.change, &ruled.pack.name, collect_evidence(&object)),
            &object,
        );
        let mut made = self.extract(&object);
        // All of an adopted object is judged, also what it was.
        let old = earlier.filter(|_| what != Change::Adopted);
        // A refresh fills computed attributes with what stands in other objects: that is no drift. What a replacement plans, the
        // new object does not have yet.
        let is_new = matches!(what, Change::Made | Change::Replaced);
        let earlier_values = earlier
            .filter(|_| !is_new && what != Change::Drifted)
            .map(|earlier| &earlier.object.values.object);
        let is_counted = |extract: &Extract| match &extract.configured {
            None => true,
            // What is adopted or exists is judged as it stands, whoever wrote it.
            Some(attribute) if is_judged_as_found(what) && !values.object.get(attribute).is_empty() => true,
            Some(attribute) if is_new && is_empty_document(&object, extract.rule_at, attribute) => false,
            Some(attribute) => is_configured(&object, is_new, earlier_values, attribute),
        };
        made.retain(is_counted);
        let schema = self.index.types.schema_of(ruled.change);
        let alteration = match old {
            Some(old) if matches!(what, Change::Drifted | Change::Altered) => {
                Alteration::find_drift(&old.object, &object, schema)
            }
            Some(old) => old.alteration.unwrap_or_else(|| Alteration::find(&old.object, &object, schema)),
            None => Alteration::Harmless,
        };
        let earlier = old.into_iter().flat_map(|old| &old.extracts).filter(|extract| is_counted(extract));
        let earlier: Vec<&Extract> = earlier.filter(|extract| extract.counts_before(alteration)).collect();
        // What a definition gave is asked of each of its holders, once they are known.
        let is_asked = made.iter().any(|extract| extract.kind != GrantKind::Definition);
        let lowered = earlier.iter().filter(|_| is_asked).filter_map(|extract| extract.lower_exactly());
        let before = unite(lowered);
        for mut extract in made {
            let names = std::mem::take(&mut extract.names);
            let link = self.index.kinds.link(ruled, &object, &extract);
            // Under another name it may be what others hold.
            let is_definition = extract.kind == GrantKind::Definition;
            let is_renamed = |old: &&Extract| is_definition && old.names != names;
            let counts = extract.counts_before(alteration) && !earlier.iter().any(is_renamed);
            let (before, earlier) = match (counts, is_definition) {
                (false, _) => (Access::default(), Vec::new()),
                (true, false) => (before.clone(), Vec::new()),
                (true, true) => (Access::default(), earlier.iter().copied().cloned().collect()),
            };
            let grant = make_grant(origin.clone(), what, extract, false);
            self.pending.push(Pending { grant: Grant { before, ..grant }, names, before: earlier, link });
        }
    }
}

/// Whether all of an object is judged, whoever wrote which part of it.
fn is_judged_as_found(what: Change) -> bool {
    matches!(what, Change::Adopted | Change::Delivered | Change::Altered)
}

/// Whether anything of a change may count. What nobody has read may be a limit too, so its going counts.
fn is_looked_at(reading: &RuleMatch<'_>, change: &ResourceChange<'_>) -> bool {
    match reading {
        RuleMatch::Rule(..) => true,
        RuleMatch::Listed(pack, listing) => pack.is_additional || !listing.is_none() || adds(change),
        RuleMatch::Foreign(_) | RuleMatch::Unknown(_) | RuleMatch::None => may_count(change),
    }
}

/// Whether a change of an object of any kind may give access or take a limit away.
fn may_count(change: &ResourceChange<'_>) -> bool {
    adds(change) || change.verb == Verb::Delete
}

/// Whether a change may give access that was not there.
fn adds(change: &ResourceChange<'_>) -> bool {
    match change.verb {
        Verb::Create | Verb::Update | Verb::Replace | Verb::CreateForget | Verb::Forget | Verb::Other => true,
        Verb::Exists => true,
        Verb::NoOp => change.importing,
        Verb::Read | Verb::Delete => false,
    }
}

/// Whether there will be an object.
fn will_be(change: &ResourceChange<'_>) -> bool {
    match change.verb {
        Verb::Create
        | Verb::Update
        | Verb::Replace
        | Verb::CreateForget
        | Verb::NoOp
        | Verb::Exists
        | Verb::Other => true,
        Verb::Read | Verb::Delete | Verb::Forget => false,
    }
}
