//! Limits that a change takes away.
//!
//! Takes an object before and after its change and adds to the collector what it no longer limits: a limit of its rule
//! that goes or is loosened, and what its documents denied and no longer deny. Taking away a limit gives access as much
//! as a grant does.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rule_language::reads::ReadAttributes;

use super::alteration::Alteration;
use super::collect::Collector;
use super::earlier::EarlierObject;
use super::evidence::{TAGS, collect_evidence, without_tickets};
use super::extract::on_terraform;
use super::origin::{add_place, find_origin};
use super::pending::{Pending, unite};
use super::ruled_change::RuledChange;
use super::{Change, Grant, list_denied, lower_planned};
use crate::lower::{Dialect, Lowered, Terms, Text};
use crate::plan::{ObjectMode, ResourceChange, Values, Verb};
use crate::possible::Possible;
use crate::resolve::object::Object;
use crate::resolve::world::World;
use crate::rules::evaluate::evaluate;
use crate::rules::{GrantKind, LimitEnd, LimitRule, RuleMatch};
use access_algebra::Access;

/// Returns the identities of the objects that this plan deletes and does not make anew under another address, by the name
/// under which policies know them. An object that cannot be read is left out: the plan is refused for it elsewhere.
fn deleted_identities(world: &World<'_>) -> BTreeSet<String> {
    let (mut deleted, mut made) = (BTreeSet::new(), BTreeSet::new());
    // Most plans delete nothing, and then it does not matter what they make.
    if !world.plan.changes.iter().any(|change| change.verb == Verb::Delete) {
        return deleted;
    }
    for change in &world.plan.changes {
        let is_deleted = change.verb == Verb::Delete;
        let is_one = (is_deleted || change.verb == Verb::Create) && change.mode == ObjectMode::Managed;
        if !is_one || change.deposed {
            continue;
        }
        let RuleMatch::Rule(pack, rule) = world.rules.find(&change.type_name, &change.provider) else {
            continue;
        };
        let values = if is_deleted { change.before() } else { change.after() };
        if let Ok(Some(values)) = values {
            let identities = if is_deleted { &mut deleted } else { &mut made };
            identities.extend(known_identity(&Object::new(world, change, &values, pack, rule)));
        }
    }
    deleted.retain(|identity| !made.contains(identity));
    deleted
}

/// By which name policies know an object, where that is certain.
fn known_identity(object: &Object<'_>) -> Option<String> {
    let identity = object.identity(object.pack.known_by.as_ref()?);
    identity.as_known().filter(|_| identity.is_certain()).map(Cow::into_owned)
}

impl<'w> Collector<'w> {
    /// Limits that an object loses, and what its documents no longer deny.
    pub(super) fn collect_lost_limits(
        &mut self,
        ruled: RuledChange<'w>,
        earlier: Option<&EarlierObject<'_>>,
        after: Option<&Values>,
    ) {
        let Some(EarlierObject { object: old, extracts, alteration, .. }) = earlier else {
            return self.collect_left_defaults(ruled, after);
        };
        let alteration = *alteration;
        let new = after.map(|after| ruled.make_object(self.world, after));
        for limit in &old.rule.limits {
            let is_lost = match (&new, alteration) {
                (Some(_), Some(Alteration::Unseen)) if limit.ends == LimitEnd::Deleted => {
                    is_limited(limit, old)
                }
                (None, _) if self.stays(old, ruled.change) => is_limited(limit, old),
                (new, _) => is_lost(limit, old, new.as_ref()),
            };
            if is_lost {
                self.add_lost_limit(ruled, old, limit);
            }
        }
        for extract in extracts {
            let before = list_denied(&lower_planned(extract.dialect, &extract.terms).access);
            if before.statements.is_empty() || (new.is_none() && self.is_deleted_too(&extract.terms)) {
                continue;
            }
            let after = new.as_ref().filter(|_| alteration != Some(Alteration::Unseen)).map(|new| {
                unite(self.extract(new).iter().map(|extract| lower_planned(extract.dialect, &extract.terms)))
            });
            let reading = Lowered { access: before, ..Lowered::default() };
            self.add_loosened(ruled, old, extract.dialect, extract.terms.clone(), Some(reading));
            if let (Some(pending), Some(after)) = (self.pending.last_mut(), after) {
                pending.grant.before = list_denied(&after);
            }
        }
    }

    /// Limits of settings that hold before an object of the plan sets them, and that a new object loosens.
    fn collect_left_defaults(&mut self, ruled: RuledChange<'w>, after: Option<&Values>) {
        let Some(after) = after.filter(|_| !ruled.change.importing) else { return };
        let new = ruled.make_object(self.world, after);
        for limit in &new.rule.limits {
            let Some(default) = &limit.default else { continue };
            let limited = evaluate(default, &new, None);
            if is_loosened(limit, &limited, &evaluate(&limit.value, &new, None), &new) {
                self.add_lost_limit(ruled, &new, limit);
            }
        }
    }

    fn add_lost_limit(&mut self, ruled: RuledChange<'w>, object: &Object<'_>, limit: &LimitRule) {
        let what = format!("{}.{}", ruled.change.type_name, limit.name);
        let terms = on_terraform("remove", &what, &ruled.change.address);
        self.add_loosened(ruled, object, Dialect::Terraform, terms, None);
    }

    /// Whether an object that goes from the state is still there after the apply, or one of its identity: it was forgotten, or the
    /// plan makes it anew under another address.
    fn stays(&self, old: &Object<'_>, change: &ResourceChange<'_>) -> bool {
        let is_made_anew = || known_identity(old).is_some_and(|identity| !self.deleted().contains(&identity));
        change.verb != Verb::Delete || !change.deposed && is_made_anew()
    }

    /// The identities of the objects that the plan deletes. Hardly a plan makes anybody ask, and to find them every object
    /// that it makes is read.
    fn deleted(&self) -> &'w BTreeSet<String> {
        self.index.deleted.get_or_init(|| deleted_identities(self.world))
    }

    /// Whether the plan deletes all that a denial spoke of: who was denied, or else what it was denied on.
    fn is_deleted_too(&self, terms: &Terms) -> bool {
        let subjects = if terms.principals.is_empty() { &terms.resources } else { &terms.principals };
        let is_deleted = |text: &Text| text.as_known().is_some_and(|text| self.deleted().contains(text));
        !subjects.is_empty() && subjects.iter().all(is_deleted)
    }

    /// Adds what an object no longer limits, where it is and as it was read.
    pub(super) fn add_loosened(
        &mut self,
        ruled: RuledChange<'_>,
        object: &Object<'_>,
        dialect: Dialect,
        terms: Terms,
        reading: Option<Lowered>,
    ) {
        let grant = Grant {
            origin: add_place(
                find_origin(self.world, ruled.change, &ruled.pack.name, collect_evidence(object)),
                object,
            ),
            kind: GrantKind::Limit,
            part: None,
            dialect,
            change: Change::Loosened,
            readings: reading.into_iter().collect(),
            sensitive: terms.whole_provenance().is_sensitive(),
            terms,
            defined: None,
            before: Access::default(),
            reason: None,
            subject: None,
        };
        self.pending.push(Pending::alone(grant));
    }
}

/// Whether an object stops limiting when it changes from `before` to `after`, which is `None` where the object goes.
fn is_lost<'o>(limit: &LimitRule, before: &Object<'o>, after: Option<&Object<'o>>) -> bool {
    if after.is_none() && limit.ends == LimitEnd::WithObject {
        return false;
    }
    let limits = after.map_or(Possible::NULL, |after| evaluate(&limit.value, after, None));
    let limited = evaluate(&limit.value, before, None);
    if after.is_some() && reads_tags(limit) && is_same_but_tickets(&limited, &limits) {
        return false;
    }
    applies(limit, before) && is_loosened(limit, &limited, &limits, before)
}

/// Whether what limits stands among the tags of an object, where people also write tickets.
fn reads_tags(limit: &LimitRule) -> bool {
    let mut read = ReadAttributes::default();
    read.add_limit(limit);
    TAGS.iter().any(|name| read.holds(&[name]))
}

/// Whether two values differ at most in the tickets that their tags name: a ticket is evidence, and gives nobody access.
fn is_same_but_tickets(one: &Possible<'_>, other: &Possible<'_>) -> bool {
    let beside = |value: &Possible<'_>| without_tickets(value.clone().into_value());
    one.is_certain() && other.is_certain() && beside(one) == beside(other)
}

/// Whether an object limits at all.
fn is_limited(limit: &LimitRule, object: &Object<'_>) -> bool {
    applies(limit, object)
        && is_loosened(limit, &evaluate(&limit.value, object, None), &Possible::NULL, object)
}

fn applies(limit: &LimitRule, object: &Object<'_>) -> bool {
    let when = limit.when.as_ref().map(|when| evaluate(when, object, None));
    when.is_none_or(|when| when.as_certain_truth() != Some(false))
}

/// Whether what limits is taken away or changed for something that may limit less.
fn is_loosened(
    limit: &LimitRule,
    limited: &Possible<'_>,
    limits: &Possible<'_>,
    object: &Object<'_>,
) -> bool {
    if limited.is_certain() && limited.clone().into_value().is_empty() || is_certainly_same(limited, limits) {
        return false;
    }
    match &limit.tight {
        None => true,
        Some(tight) => {
            let tight = evaluate(tight, object, None);
            is_certainly_same(limited, &tight) && !is_certainly_same(limits, &tight)
        }
    }
}

fn is_certainly_same(one: &Possible<'_>, other: &Possible<'_>) -> bool {
    if !one.is_certain() || !other.is_certain() {
        return false;
    }
    let (one, other) = (one.clone().into_document(), other.clone().into_document());
    one.is_one_value() && one == other
}
