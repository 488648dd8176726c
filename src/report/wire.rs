//! What several JSON formats write alike: witnesses, and the content of roles.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::catalog;
use access_algebra::{Context, Request, Witness};

/// A request that one side allows and the other does not.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct WitnessWire<'a> {
    pub(super) principal: Cow<'a, str>,
    pub(super) action: Cow<'a, str>,
    pub(super) resource: Cow<'a, str>,
    pub(super) context: BTreeMap<Cow<'a, str>, ContextWire<'a>>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum ContextWire<'a> {
    One(Cow<'a, str>),
    Many(Cow<'a, [String]>),
}

impl<'a> WitnessWire<'a> {
    pub(super) fn new(witness: &'a Witness) -> Self {
        let request = &witness.request;
        let context = request.context.iter().map(|(key, value)| {
            let value = match value {
                Context::One(text) => ContextWire::One(text.into()),
                Context::Many(texts) => ContextWire::Many(texts.into()),
            };
            ((&**key).into(), value)
        });
        Self {
            principal: (&*request.principal).into(),
            action: (&*request.action).into(),
            resource: (&*request.resource).into(),
            context: context.collect(),
        }
    }
}

impl WitnessWire<'_> {
    /// The request that was written so.
    pub(super) fn to_request(&self) -> Request {
        let context = self.context.iter().map(|(key, value)| {
            let value = match value {
                ContextWire::One(value) => Context::One(value.to_string()),
                ContextWire::Many(values) => Context::Many(values.to_vec()),
            };
            (Arc::from(&**key), value)
        });
        Request {
            principal: self.principal.to_string(),
            action: self.action.to_string(),
            resource: self.resource.to_string(),
            context: context.collect(),
        }
    }
}

/// A role whose content was read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ContentWire<'a> {
    role: Cow<'a, str>,
    version: Option<Cow<'a, str>>,
    since: Option<Cow<'a, str>>,
    source: Cow<'a, str>,
    date: String,
}

impl<'a> ContentWire<'a> {
    pub(super) fn new(used: &'a catalog::Used) -> Self {
        Self {
            role: (&used.role).into(),
            version: used.version.as_deref().map(Cow::from),
            since: used.since.as_deref().map(Cow::from),
            source: (&used.source.source).into(),
            date: used.source.date.to_string(),
        }
    }
}
