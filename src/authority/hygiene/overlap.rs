//! Approvals that lie within another one, so that the end of one of them ends nothing.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{LintCode, Reviewer};
use crate::lower::{Dialect, Text};
use crate::manifest::{Approval, ApprovedGrants};
use access_algebra::{Containment, contains};

/// Upper bound on the other approvals that one is compared with: a principal hardly has so many.
const MAX_OTHERS: usize = 16;

/// Upper bound on all comparisons of a manifest, so that a manifest of 100,000 approvals is linted in seconds. Beyond it
/// nothing is said of overlaps.
const MAX_COMPARISONS: usize = 20_000;

/// Stands for the principals that a pattern names.
const ANYBODY: &str = "*";

/// Whom approvals of one system name.
type Index<'m> = BTreeMap<(&'m str, Dialect, &'m str), Vec<&'m Approval>>;

impl Reviewer<'_> {
    /// Finds approvals of which another one of the same system allows all, for at least as long. Of two that are equal the
    /// later one is told.
    pub(super) fn review_overlaps(&mut self) {
        let (manifest, as_of) = (self.manifest, self.as_of);
        let is_current =
            |approval: &&Approval| as_of < approval.expires_on.value && approval.withdrawn.is_none();
        let current: Vec<&Approval> = manifest.approvals().iter().filter(is_current).collect();
        let mut index = Index::new();
        for approval in current.iter().copied() {
            for key in list_keys(approval).into_iter().collect::<BTreeSet<_>>() {
                index.entry(key).or_default().push(approval);
            }
        }
        let mut comparisons = 0;
        for approval in current {
            let Some(key) = list_keys(approval).into_iter().next() else { continue };
            let others = [key, (key.0, key.1, ANYBODY)].into_iter().filter_map(|key| index.get(&key));
            let others = others.flatten().filter(|other| !other.id.eq_ignore_ascii_case(&approval.id));
            let wider = others.take(MAX_OTHERS).find(|other| {
                comparisons += 1;
                comparisons <= MAX_COMPARISONS
                    && allows_all(other, approval, as_of)
                    && !(is_before(approval, other) && allows_all(approval, other, as_of))
            });
            let Some(wider) = wider else { continue };
            let message = format!("{} lies within {}, which holds at least as long", approval.id, wider.id);
            let place = &approval.place;
            self.warn(LintCode::Overlapping, &place.source, place.span, message, |problem| {
                problem
                    .help("remove one of them: where one ends, the other still allows the access")
                    .related(wider.place.clone(), "this one allows all of it")
            });
        }
    }
}

/// Its system and the principals that it names: approvals without one in common are hardly about the same.
fn list_keys(approval: &Approval) -> Vec<(&str, Dialect, &str)> {
    let Some(system) = approval.system_name().filter(|_| !approval.id.is_empty()) else { return Vec::new() };
    let mut keys = Vec::new();
    for grant in &approval.sample().grants {
        let names = grant.terms.principals.iter().filter_map(Text::as_known);
        let names = names.map(|name| if name.contains('*') { ANYBODY } else { name });
        keys.extend(names.map(|name| (system, grant.dialect, name)));
    }
    keys
}

fn is_before(one: &Approval, other: &Approval) -> bool {
    (&one.place.source.name, one.place.span) < (&other.place.source.name, other.place.span)
}

/// Whether an approval allows all that another one does, wherever and whenever it does.
fn allows_all(wide: &Approval, narrow: &Approval, as_of: Date) -> bool {
    let is_as_long =
        wide.starts() <= narrow.starts().max(as_of) && narrow.expires_on.value <= wide.expires_on.value;
    let is_unrestricted = |wide: &[_], narrow: &[_]| wide.is_empty() || wide == narrow;
    is_as_long
        && wide.places == narrow.places
        && is_unrestricted(&wide.addresses, &narrow.addresses)
        && narrow.runs.is_empty()
        && !narrow.sample().grants.is_empty()
        && covers(wide.sample(), narrow.sample())
}

fn covers(wide: &ApprovedGrants, narrow: &ApprovedGrants) -> bool {
    narrow.accesses().all(|(dialect, access)| {
        let other = wide.access(dialect);
        other.is_some_and(|other| contains(other, access) == Containment::Contained)
    })
}
