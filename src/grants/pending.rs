//! Grants before they are brought together with definitions.
//!
//! Takes the words that a rule extracted from an object, with where they come from, and returns the [`Grant`] that they
//! are, without its readings. What a change of a plan is about is decided in `collect`, and definitions are found in `join`.

use std::sync::Arc;

use super::extract::Extract;
use super::role_link::RoleLink;
use super::{Change, Grant, Origin};
use crate::lower::{Dialect, Lowered, Terms, Text, kubernetes};
use crate::resolve::place::{ObjectPlace, PlaceWord};
use access_algebra::Access;

/// A grant whose role names are not yet brought together with definitions.
#[derive(Clone, Debug)]
pub(super) struct Pending {
    pub(super) grant: Grant,
    pub(super) names: Vec<Text>,
    /// What the object's grants were in words, for definitions.
    pub(super) before: Vec<Extract>,
    /// What it has to do with roles that the plan defines.
    pub(super) link: RoleLink,
}

impl Pending {
    /// A grant that defines nothing.
    pub(super) fn alone(grant: Grant) -> Self {
        Self { grant, names: Vec::new(), before: Vec::new(), link: RoleLink::default() }
    }
}

/// The origin with the namespace in which the words say that they hold; none where they hold in the whole cluster.
fn in_namespace(origin: Origin, terms: &Terms) -> Origin {
    let [scope] = terms.resources.as_slice() else { return origin };
    let Some(namespace) = kubernetes::namespace_of(scope) else { return origin };
    let place = ObjectPlace::clone(&origin.place).with(PlaceWord::Namespace, namespace);
    Origin { place: Arc::new(place), ..origin }
}

/// The grant of some words, without its readings.
pub(super) fn make_grant(origin: Origin, change: Change, extract: Extract, is_sensitive: bool) -> Grant {
    let origin = match extract.dialect {
        Dialect::Kubernetes => in_namespace(origin, &extract.terms),
        Dialect::Aws
        | Dialect::Google
        | Dialect::Azure
        | Dialect::Azuread
        | Dialect::Github
        | Dialect::Terraform => origin,
    };
    Grant {
        sensitive: is_sensitive || extract.terms.whole_provenance().is_sensitive(),
        origin: Origin { arguments: extract.arguments, ..origin },
        kind: extract.kind,
        part: extract.configured.map(Into::into),
        dialect: extract.dialect,
        change,
        readings: Vec::new(),
        terms: extract.terms,
        defined: None,
        before: Access::default(),
        reason: extract.reason,
        subject: extract.subject,
    }
}

/// All of what several words give.
pub(super) fn unite(parts: impl Iterator<Item = Lowered>) -> Access {
    Access { statements: parts.flat_map(|lowered| lowered.access.statements).collect() }
}
