//! Objects whose type a pack's table lists and no rule reads.
//!
//! Takes a change of such an object and adds to the collector what the table says that it does: a type that gives access
//! is a grant whose content the plan does not show, judged as `apply:TYPE`, and one that runs something also when it is
//! deleted; a type that limits others is judged as
//! `remove:TYPE` where the change takes it away or alters it. A type of neither kind adds nothing.

use super::Change;
use super::alteration::Alteration;
use super::collect::Collector;
use super::evidence::collect_evidence;
use super::extract::on_terraform;
use super::origin::{RulePlace, add_place, find_origin};
use super::plan_types::is_judged_whole;
use super::ruled_change::{ListedChange, RuledChange};
use crate::lower::Dialect;
use crate::plan::{ResourceChange, Values, Verb};
use crate::rules::{GrantKind, TypeClass, TypeListing};

impl<'w> Collector<'w> {
    /// What an object of a listed type gives, and the limit that it no longer is.
    pub(super) fn collect_listed(
        &mut self,
        listed: &ListedChange<'w>,
        before: Option<&Values>,
        after: Option<&Values>,
    ) {
        let ListedChange { change, pack, listing } = listed;
        if listing.is_none() {
            return;
        }
        let ruled = RuledChange { change, pack, rule: &pack.listed };
        let first = self.pending.len();
        if listing.is_opaque() {
            self.collect_sides(ruled, before, after);
        }
        // What is to be and is not said is unknown, and not nothing.
        let unknown = Values::unknown(&change.address);
        let object = ruled.make_object(self.world, before.or(after).unwrap_or(&unknown));
        if runs_when_deleted(listing, change) {
            let origin =
                add_place(find_origin(self.world, change, &pack.name, collect_evidence(&object)), &object);
            self.add_opaque(origin, on_terraform("apply", &change.type_name, &change.address), String::new());
        }
        let is_altered = before.zip(after).is_none_or(|(before, after)| {
            let (old, new) = (ruled.make_object(self.world, before), ruled.make_object(self.world, after));
            Alteration::find(&old, &new, self.index.types.schema_of(change)) != Alteration::Harmless
        });
        if is_altered && is_limit_touched(listing, change) {
            let terms = on_terraform("remove", &change.type_name, &change.address);
            self.add_loosened(ruled, &object, Dialect::Terraform, terms, None);
        }
        self.name_listed(first, listed);
    }

    /// What somebody else has changed of an object of a listed type, and the plan leaves so.
    pub(super) fn collect_listed_drift(
        &mut self,
        listed: &ListedChange<'w>,
        before: Option<&Values>,
        after: Option<&Values>,
    ) {
        let ListedChange { change, pack, listing } = listed;
        if listing.is_opaque() {
            let first = self.pending.len();
            let ruled = RuledChange { change, pack, rule: &pack.listed };
            let earlier = self.read_earlier(ruled, before, None);
            self.collect_side(ruled, Change::Drifted, after, earlier.as_ref());
            self.name_listed(first, listed);
        }
    }

    /// Says of the grants that were added last what the table says of the type.
    fn name_listed(&mut self, first: usize, ListedChange { change, pack, listing }: &ListedChange<'w>) {
        for pending in self.pending.iter_mut().skip(first) {
            let is_deleted = change.verb == Verb::Delete && pending.grant.kind == GrantKind::Opaque;
            let also = if is_deleted { ", also when it is deleted" } else { "" };
            pending.grant.reason = Some(format!("{}{also}", listing.reason));
            pending.grant.origin.rule =
                Some(RulePlace { file: self.world.shared.text(&pack.types.file), line: listing.line });
        }
    }
}

impl<'w> Collector<'w> {
    /// The deletion of an object that a rule judges as a whole, because nothing shows what it does, and that runs something.
    pub(super) fn collect_deleted_executor(&mut self, ruled: RuledChange<'w>, before: Option<&Values>) {
        let RuledChange { change, pack, rule } = ruled;
        let listing = pack.types.find(&change.type_name);
        let Some(listing) = listing.filter(|listing| runs_when_deleted(listing, change)) else { return };
        if !is_judged_whole(rule) {
            return;
        }
        let unknown = Values::unknown(&change.address);
        let object = ruled.make_object(self.world, before.unwrap_or(&unknown));
        let origin =
            add_place(find_origin(self.world, change, &pack.name, collect_evidence(&object)), &object);
        let terms = on_terraform("apply", &change.type_name, &change.address);
        self.add_opaque(origin, terms, format!("{}, also when it is deleted", listing.reason));
    }
}

/// Whether deleting the object may run something, as a provider does that calls a program or an API.
fn runs_when_deleted(listing: &TypeListing<'_>, change: &ResourceChange<'_>) -> bool {
    change.verb == Verb::Delete && listing.has(TypeClass::Executor)
}

/// Whether a change takes away or alters the limit that the object is, or overwrites the one that was there.
fn is_limit_touched(listing: &TypeListing<'_>, change: &ResourceChange<'_>) -> bool {
    let is_limit = listing.has(TypeClass::Limit) || listing.has(TypeClass::Setting);
    is_limit
        && match change.verb {
            Verb::Update | Verb::Replace | Verb::CreateForget | Verb::Delete | Verb::Forget | Verb::Other => {
                true
            }
            Verb::Create => listing.has(TypeClass::Setting),
            Verb::NoOp | Verb::Read | Verb::Exists => false,
        }
}
