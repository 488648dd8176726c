//! What one change of a plan is about, as far as access goes.
//!
//! In goes a change; out come the grants that it makes, in words, and what else has to be said of it, in a [`Collector`].

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::extract::{self, Evidence, Extract, Extraction};
use super::{Change, Grant, Origin, Unread, denied, planned};
use crate::lower::{Dialect, Lowered, Terms, Text};
use crate::plan::{Alarm, AlarmKind, Mode, PlanError, ResourceChange, Values, Verb};
use crate::resolve::object::Object;
use crate::resolve::world::World;
use crate::rules::{Kind, Rule, RuleMatch, RulePack, suspect};
use crate::value::Value;
use crate::value::provenance::Provenance;
use access_algebra::Access;

/// What references to the objects that the plan deletes mean: their ARNs.
pub(super) fn gone(world: &World<'_>) -> Result<BTreeSet<String>, PlanError> {
    let mut gone = BTreeSet::new();
    let deleted = world.plan.changes.iter().filter(|change| change.verb == Verb::Delete && !change.deposed);
    for change in deleted.filter(|change| change.mode == Mode::Managed) {
        let RuleMatch::Rule(pack, rule) = world.rules.find(&change.type_name, &change.provider) else {
            continue;
        };
        if let Some(before) = change.before()? {
            let arn = Object::new(world, change, &before, pack, rule).identity("arn");
            gone.extend(arn.as_known().filter(|_| arn.is_certain()).map(Cow::into_owned));
        }
    }
    Ok(gone)
}

/// A grant whose role names are not yet brought together with definitions.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) grant: Grant,
    pub(super) names: Vec<Text>,
    /// What the object's grants were in words, for definitions.
    pub(super) before: Vec<Extract>,
}

pub(super) struct Collector<'w> {
    pub(super) world: &'w World<'w>,
    /// What references to the objects that the plan deletes mean.
    gone: &'w BTreeSet<String>,
    pub(super) found: Vec<Found>,
    pub(super) unread: Vec<Unread>,
    pub(super) alarms: Vec<Alarm>,
    pub(super) assumptions: BTreeSet<String>,
}

impl<'w> Collector<'w> {
    pub(super) fn new(world: &'w World<'w>, gone: &'w BTreeSet<String>) -> Self {
        let assumptions = BTreeSet::new();
        Self { world, gone, found: Vec::new(), unread: Vec::new(), alarms: Vec::new(), assumptions }
    }

    pub(super) fn change(&mut self, change: &'w ResourceChange<'w>) -> Result<(), PlanError> {
        self.executions(change);
        if change.mode != Mode::Managed && change.mode != Mode::Other {
            return Ok(());
        }
        let reading = self.world.rules.find(&change.type_name, &change.provider);
        let is_read = matches!(reading, RuleMatch::Rule(_, rule) if rule.ignored.is_none());
        if !is_read && !adds(change) {
            return Ok(());
        }
        let (before, after) = (change.before()?, change.after()?);
        match reading {
            RuleMatch::Rule(_, rule) if rule.ignored.is_some() => {}
            // A rule that only says what references mean reads no policy: one that stands there all the same blocks.
            RuleMatch::Rule(_, rule) if rule.grants.is_empty() && rule.limits.is_empty() => {
                let policy = after.as_ref().filter(|_| adds(change));
                if let Some(suspicion) = policy.and_then(|values| suspect::policy(&values.object)) {
                    self.unread(change, suspicion);
                }
            }
            RuleMatch::Rule(pack, rule) => self.read(change, pack, rule, before.as_ref(), after.as_ref()),
            RuleMatch::Foreign(pack) => {
                let suspicion = format!(
                    "its type is one of the provider `{}`, and `{}` is another provider",
                    pack.sources.join("`, `"),
                    change.provider
                );
                self.unread(change, suspicion);
            }
            RuleMatch::None => {
                let object = after.as_ref().or(before.as_ref()).map(|values| &values.object);
                let object = object.unwrap_or(&Value::Null);
                if let Some(suspicion) = suspect::suspicion(self.world.rules, &change.type_name, object) {
                    self.unread(change, suspicion);
                }
            }
        }
        if let Some(after) = after.as_ref().filter(|_| adds(change)) {
            self.uses(change, before.as_ref(), after);
        }
        Ok(())
    }

    /// What runs during apply without being in the plan.
    fn executions(&mut self, change: &ResourceChange<'_>) {
        let mut alarm = |message: String| {
            let address = Some(change.address.to_string());
            self.alarms.push(Alarm { kind: AlarmKind::Ungoverned, address, message });
        };
        match change.mode {
            Mode::Data => {
                if let Some(rule) = self.world.rules.find_act(&change.type_name) {
                    alarm(format!("the data source {} during apply", rule.reason));
                }
            }
            Mode::Ephemeral => alarm("the ephemeral resource is opened during apply".to_owned()),
            Mode::Managed | Mode::Other => {}
        }
        let runs = matches!(
            change.verb,
            Verb::Create | Verb::Replace | Verb::CreateForget | Verb::Delete | Verb::Other
        );
        if let Some(block) = self.world.block(change).filter(|block| runs && !block.provisioners.is_empty()) {
            alarm(format!(
                "the provisioner `{}` runs commands that the plan does not show",
                block.provisioners.join("`, `")
            ));
        }
    }

    fn unread(&mut self, change: &ResourceChange<'_>, suspicion: String) {
        let provider = change.provider.rsplit('/').next().unwrap_or_default();
        let origin = origin(change, provider, Evidence::default());
        self.unread.push(Unread { origin, suspicion });
    }

    fn read(
        &mut self,
        change: &'w ResourceChange<'w>,
        pack: &'w RulePack,
        rule: &'w Rule,
        before: Option<&Values>,
        after: Option<&Values>,
    ) {
        // What is to be and is not said is unknown, and not nothing.
        let unknown = Values::unknown(&change.address);
        let after = after.or(will_be(change).then_some(&unknown));
        match change.verb {
            Verb::NoOp if change.importing => {
                self.side(change, Change::Adopted, pack, rule, after, None);
            }
            Verb::NoOp | Verb::Read => self.side(change, Change::Untouched, pack, rule, after, None),
            Verb::Update if change.importing => {
                self.side(change, Change::Adopted, pack, rule, after, before);
                self.limits(change, pack, rule, before, after);
            }
            Verb::Update => {
                self.side(change, Change::Changed, pack, rule, after, before);
                self.limits(change, pack, rule, before, after);
            }
            Verb::Create | Verb::Replace | Verb::Other => {
                self.side(change, Change::Made, pack, rule, after, None);
                self.limits(change, pack, rule, before, after);
            }
            Verb::CreateForget => {
                self.side(change, Change::Made, pack, rule, after, None);
                self.side(change, Change::LeftBehind, pack, rule, before, None);
            }
            Verb::Forget => self.side(change, Change::LeftBehind, pack, rule, before, None),
            Verb::Delete => self.limits(change, pack, rule, before, None),
        }
    }

    pub(super) fn drift(&mut self, drift: &'w ResourceChange<'w>) -> Result<(), PlanError> {
        let RuleMatch::Rule(pack, rule) = self.world.rules.find(&drift.type_name, &drift.provider) else {
            return Ok(());
        };
        if drift.mode == Mode::Managed && rule.ignored.is_none() && drift.verb == Verb::Update {
            let (before, after) = (drift.before()?, drift.after()?);
            self.side(drift, Change::Drifted, pack, rule, after.as_ref(), before.as_ref());
        }
        Ok(())
    }

    /// The grants of an object, in words. What they rest on because somebody vouches for it is noted.
    fn extract(&mut self, object: &Object<'_>) -> Vec<Extract> {
        let Extraction { extracts, provenance } = extract::extract_grants(object);
        self.note_trust(&provenance);
        extracts
    }

    /// Notes once that somebody vouches for references.
    pub(super) fn note_trust(&mut self, provenance: &Provenance) {
        if provenance.is_trusted() {
            let assumption = "a value that refers to one thing is that thing (`--trust-references`)";
            self.assumptions.insert(assumption.to_owned());
        }
    }

    /// The grants of one side of a change.
    fn side(
        &mut self,
        change: &'w ResourceChange<'w>,
        what: Change,
        pack: &RulePack,
        rule: &Rule,
        values: Option<&Values>,
        before: Option<&Values>,
    ) {
        let Some(values) = values else { return };
        let object = Object::new(self.world, change, values, pack, rule);
        let origin = located(origin(change, &pack.name, extract::evidence(&object)), &object);
        let mut made = self.extract(&object);
        // All of an adopted object is judged, also what it was.
        let earlier = before
            .filter(|_| what != Change::Adopted)
            .map(|values| self.extract(&Object::new(self.world, change, values, pack, rule)));
        let mut earlier = earlier.unwrap_or_default();
        self.assume(&object, &made);
        // A refresh fills computed attributes with what stands in other objects: that is no drift.
        let earlier_values = before.filter(|_| what != Change::Drifted).map(|values| &values.object);
        let counted = |extract: &Extract| match &extract.configured {
            None => true,
            Some(attribute) => extract::counts(&object, what == Change::Made, earlier_values, attribute),
        };
        made.retain(counted);
        earlier.retain(counted);
        let access = union(earlier.iter().map(|extract| planned(extract.dialect, &extract.terms)));
        for extract in made {
            let grant = Grant {
                origin: origin.clone(),
                kind: extract.kind,
                dialect: extract.dialect,
                change: what,
                readings: Vec::new(),
                sensitive: is_sensitive(values) || extract.terms.whole_provenance().is_sensitive(),
                terms: extract.terms,
                defined: None,
                before: access.clone(),
                reason: extract.reason,
            };
            self.found.push(Found { grant, names: extract.names, before: earlier.clone() });
        }
    }

    /// Notes blocks that a `dynamic` block with an unknown `for_each` could still fill: a plan shows such an object
    /// exactly as one without the block.
    fn assume(&mut self, object: &Object<'_>, made: &[Extract]) {
        let in_blocks = made.iter().filter(|extract| extract.in_blocks);
        for attribute in in_blocks.filter_map(|extract| extract.configured.as_deref()) {
            if matches!(object.values.object.get(attribute), Value::Unknown(_))
                && object.may_have_dynamic(attribute).is_none()
                && object.block.is_some_and(|block| !block.sets(attribute))
            {
                let type_name = object.type_name;
                self.assumptions.insert(format!(
                    "no {type_name} has a `dynamic \"{attribute}\"` whose `for_each` is known only after apply: plan JSON does not show it, and the plan file does (`--sources tfplan`)"
                ));
            }
        }
    }

    /// Limits that an object loses, and what its documents no longer deny.
    fn limits(
        &mut self,
        change: &'w ResourceChange<'w>,
        pack: &RulePack,
        rule: &Rule,
        before: Option<&Values>,
        after: Option<&Values>,
    ) {
        let Some(old_values) = before else { return };
        let old = Object::new(self.world, change, old_values, pack, rule);
        let new = after.map(|values| Object::new(self.world, change, values, pack, rule));
        let evidence = extract::evidence(&old);
        for limit in extract::lost_limits(&old, new.as_ref()) {
            let what = format!("{}.{}", change.type_name, limit.name);
            let terms = extract::on_terraform("remove", &what, &change.address);
            self.loosened(change, pack, &evidence, Dialect::Terraform, terms, None);
        }
        for extract in self.extract(&old) {
            let access = planned(extract.dialect, &extract.terms).access;
            let was = denied(&access);
            if was.statements.is_empty() || (new.is_none() && self.goes_too(&extract.terms)) {
                continue;
            }
            let is = new.as_ref().map(|new| {
                union(self.extract(new).iter().map(|extract| planned(extract.dialect, &extract.terms)))
            });
            let grant = Lowered { access: was, doubts: Vec::new(), ..Lowered::default() };
            self.loosened(change, pack, &evidence, extract.dialect, extract.terms, Some(grant));
            if let (Some(found), Some(is)) = (self.found.last_mut(), is) {
                found.grant.before = denied(&is);
            }
        }
    }

    /// Whether the plan deletes all that a denial spoke of: who was denied, or else what it was denied on.
    fn goes_too(&self, terms: &Terms) -> bool {
        let spoken_of = if terms.principals.is_empty() { &terms.resources } else { &terms.principals };
        let gone = |text: &Text| text.as_known().is_some_and(|text| self.gone.contains(text));
        !spoken_of.is_empty() && spoken_of.iter().all(gone)
    }

    fn loosened(
        &mut self,
        change: &ResourceChange<'_>,
        pack: &RulePack,
        evidence: &Evidence,
        dialect: Dialect,
        terms: Terms,
        reading: Option<Lowered>,
    ) {
        let grant = Grant {
            origin: origin(change, &pack.name, evidence.clone()),
            kind: Kind::Limit,
            dialect,
            change: Change::Loosened,
            readings: reading.into_iter().collect(),
            terms,
            defined: None,
            before: Access::default(),
            reason: None,
            sensitive: false,
        };
        self.found.push(Found { grant, names: Vec::new(), before: Vec::new() });
    }
}

/// Whether a change may give access that was not there.
fn adds(change: &ResourceChange<'_>) -> bool {
    match change.verb {
        Verb::Create | Verb::Update | Verb::Replace | Verb::CreateForget | Verb::Forget | Verb::Other => true,
        Verb::NoOp => change.importing,
        Verb::Read | Verb::Delete => false,
    }
}

/// Whether there will be an object.
fn will_be(change: &ResourceChange<'_>) -> bool {
    match change.verb {
        Verb::Create | Verb::Update | Verb::Replace | Verb::CreateForget | Verb::NoOp | Verb::Other => true,
        Verb::Read | Verb::Delete | Verb::Forget => false,
    }
}

pub(super) fn grant(origin: Origin, change: Change, extract: Extract, sensitive: bool) -> Grant {
    Grant {
        origin,
        kind: extract.kind,
        dialect: extract.dialect,
        change,
        readings: Vec::new(),
        terms: extract.terms,
        defined: None,
        before: Access::default(),
        reason: extract.reason,
        sensitive,
    }
}

pub(super) fn origin(change: &ResourceChange<'_>, provider: &str, evidence: Evidence) -> Origin {
    Origin {
        address: change.address.to_string(),
        type_name: change.type_name.to_string(),
        provider: provider.to_owned(),
        module: change.module.to_string(),
        evidence,
        ..Origin::default()
    }
}

/// The same with what is known of the place.
pub(super) fn located(origin: Origin, object: &Object<'_>) -> Origin {
    let known = |name: &str| {
        let has = object.pack.facts.iter().any(|fact| fact.name == name);
        has.then(|| object.fact(name)).and_then(|term| term.as_known().map(Cow::into_owned))
    };
    Origin {
        account: known("account"),
        project: known("project"),
        subscription: known("subscription"),
        ..origin
    }
}

fn is_sensitive(values: &Values) -> bool {
    let Value::Object(members) = &values.object else { return false };
    members.iter().any(|(name, _)| {
        // A secret that the object itself computes says nothing of who may do what.
        !matches!(
            &**name,
            "secret" | "ses_smtp_password_v4" | "encrypted_secret" | "private_key" | "value" | "password"
        ) && values.is_sensitive(name)
    })
}

/// All of what several words give.
pub(super) fn union(parts: impl Iterator<Item = Lowered>) -> Access {
    Access { statements: parts.flat_map(|lowered| lowered.access.statements).collect() }
}
