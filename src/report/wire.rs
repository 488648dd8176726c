//! What several JSON formats write alike: witnesses, and the content of roles.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::catalog;
use access_algebra::{Context, Witness};

/// A request that one side allows and the other does not.
#[derive(Serialize)]
pub(super) struct WitnessWire<'a> {
    principal: &'a str,
    action: &'a str,
    resource: &'a str,
    context: BTreeMap<&'a str, ContextWire<'a>>,
}

#[derive(Serialize)]
enum ContextWire<'a> {
    #[serde(untagged)]
    One(&'a str),
    #[serde(untagged)]
    Many(&'a [String]),
}

impl<'a> WitnessWire<'a> {
    pub(super) fn new(witness: &'a Witness) -> Self {
        let request = &witness.request;
        let context = request.context.iter().map(|(key, value)| {
            let value = match value {
                Context::One(text) => ContextWire::One(text),
                Context::Many(texts) => ContextWire::Many(texts),
            };
            (&**key, value)
        });
        Self {
            principal: &request.principal,
            action: &request.action,
            resource: &request.resource,
            context: context.collect(),
        }
    }
}

/// A role whose content was read.
#[derive(Serialize)]
pub(super) struct ContentWire<'a> {
    role: &'a str,
    version: Option<&'a str>,
    since: Option<&'a str>,
    source: &'a str,
    date: String,
}

impl<'a> ContentWire<'a> {
    pub(super) fn new(used: &'a catalog::Used) -> Self {
        Self {
            role: &used.role,
            version: used.version.as_deref(),
            since: used.since.as_deref(),
            source: &used.source.source,
            date: used.source.date.to_string(),
        }
    }
}
