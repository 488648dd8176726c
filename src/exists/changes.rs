//! Existing objects as a plan that does nothing, so that one set of rules reads what is planned and what exists.
//!
//! Takes the objects of one input and returns a [`Plan`] of changes whose verb is [`Verb::Exists`]. What the provider owns is
//! left out, and so are data sources, which give nobody access; they say facts, so they stand in the prior state, with the
//! managed objects.

use std::borrow::Cow;

use super::object::{ExistingObject, Identity, Ownership};
use crate::plan::{ObjectMode, Plan, PriorObject, ResourceChange, Verb};

impl ExistingObject<'_> {
    /// The address in messages: that in the state, or one that names the object by what the cloud calls it.
    pub fn address(&self) -> Cow<'_, str> {
        match &self.identity {
            Identity::Managed { address, .. } => Cow::Borrowed(address),
            Identity::Live(id) => format!("{}.live[{}]", self.type_name, quote_key(id)).into(),
        }
    }

    fn as_change(&self) -> ResourceChange<'_> {
        let (module, name, deposed) = match &self.identity {
            Identity::Managed { module, name, deposed, .. } => (&**module, &**name, deposed.is_some()),
            Identity::Live(_) => ("", "live", false),
        };
        ResourceChange {
            address: self.address(),
            previous_address: None,
            module: module.into(),
            mode: self.mode,
            type_name: Cow::Borrowed(&self.type_name),
            name: name.into(),
            index: None,
            provider: Cow::Borrowed(&self.provider),
            deposed,
            verb: Verb::Exists,
            importing: false,
            before: Some(self.earlier.as_deref().unwrap_or(&self.attributes)),
            after: Some(&self.attributes),
            after_unknown: None,
            before_sensitive: self.sensitive.as_deref(),
            after_sensitive: self.sensitive.as_deref(),
        }
    }

    fn as_prior(&self) -> PriorObject<'_> {
        PriorObject {
            address: self.address(),
            mode: self.mode,
            type_name: Cow::Borrowed(&self.type_name),
            index: None,
            provider: Cow::Borrowed(&self.provider),
            values: Some(&self.attributes),
            sensitive: self.sensitive.as_deref(),
        }
    }
}

/// The plan that does nothing to these objects.
pub fn as_plan<'e>(objects: &'e [ExistingObject<'e>]) -> Plan<'e> {
    let judged = objects
        .iter()
        .filter(|object| object.mode != ObjectMode::Data && object.ownership == Ownership::Organization);
    let prior = objects.iter().map(ExistingObject::as_prior);
    Plan::of_existing(judged.map(ExistingObject::as_change).collect(), prior.collect())
}

/// A key of an instance as Terraform quotes it: JSON, and the beginnings of templates doubled.
pub(super) fn quote_key(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace("${", "$${").replace("%{", "%%{")
}
