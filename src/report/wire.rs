//! What several JSON formats write alike: witnesses, and the content of roles.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalog;
use access_algebra::{Context, Witness};

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
    /// Says it in one line.
    pub(super) fn describe(&self) -> String {
        let who = if self.principal.is_empty() { "anybody" } else { &self.principal };
        let mut text = format!("{who} could do {} on {}", self.action, self.resource);
        for (at, (key, value)) in self.context.iter().enumerate() {
            text.push_str(if at == 0 { " with " } else { " and " });
            match value {
                ContextWire::One(value) => text.push_str(&format!("{key} = {value}")),
                ContextWire::Many(values) => text.push_str(&format!("{key} = [{}]", values.join(", "))),
            }
        }
        text
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
