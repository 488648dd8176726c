//! The plan format on the wire: text to typed sections, in one pass.
//!
//! Typed structs borrow from the text and keep values raw, which is the fastest way and the strictest: a derived
//! struct refuses a field that stands twice. Unknown fields are additions that a minor version may make. What the
//! sections mean for a plan is said in [`super::read`].
//! Format: <https://developer.hashicorp.com/terraform/internals/json-format>.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::PlanError;
use super::unique_map::UniqueMap;

/// The top level, each section at most once. A section that is not there is `None`.
#[derive(Default)]
pub(super) struct Sections<'a> {
    /// Every name, known or not.
    pub(super) names: Vec<Cow<'a, str>>,
    pub(super) format_version: Option<&'a RawValue>,
    pub(super) terraform_version: Option<Cow<'a, str>>,
    pub(super) timestamp: Option<Cow<'a, str>>,
    pub(super) errored: Option<bool>,
    pub(super) complete: Option<bool>,
    pub(super) variables: UniqueMap<'a, WireVariable<'a>>,
    pub(super) planned_values: Option<WirePlanned<'a>>,
    pub(super) resource_changes: Vec<WireChange<'a>>,
    pub(super) resource_drift: Vec<WireChange<'a>>,
    pub(super) deferred_changes: Vec<WireInvocation<'a>>,
    pub(super) action_invocations: Vec<WireInvocation<'a>>,
    pub(super) deferred_action_invocations: Vec<WireInvocation<'a>>,
    pub(super) output_changes: BTreeMap<Cow<'a, str>, WireOutputChange<'a>>,
    pub(super) prior_state: Option<WireState<'a>>,
    pub(super) configuration: Option<&'a RawValue>,
}

impl<'a> Sections<'a> {
    /// Reads the sections of one text, and nothing after it.
    pub(super) fn read(text: &'a str) -> Result<Self, PlanError> {
        let section = Cell::new(None);
        let mut reader = serde_json::Deserializer::from_str(text);
        let read = TopLevel { section: &section }.deserialize(&mut reader);
        let read = read.and_then(|sections| reader.end().map(|()| sections));
        read.map_err(|error| match section.get() {
            Some(section) => PlanError::Section { section, error: error.into() },
            None => PlanError::Json(error.into()),
        })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }
}

/// The top level in the making; `section` is the one that is being read.
struct TopLevel<'c> {
    section: &'c Cell<Option<&'static str>>,
}

impl<'de> DeserializeSeed<'de> for TopLevel<'_> {
    type Value = Sections<'de>;

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<Sections<'de>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for TopLevel<'_> {
    type Value = Sections<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Sections<'de>, A::Error> {
        let mut sections = Sections::default();
        while let Some(Name(name)) = entries.next_key()? {
            if sections.has(&name) {
                return Err(de::Error::custom("the same section twice"));
            }
            let known = KNOWN.iter().copied().find(|known| *known == name);
            self.section.set(known);
            match known.unwrap_or_default() {
                "format_version" => sections.format_version = Some(entries.next_value()?),
                "terraform_version" => sections.terraform_version = Some(entries.next_value::<Name<'_>>()?.0),
                "timestamp" => sections.timestamp = Some(entries.next_value::<Name<'_>>()?.0),
                "errored" => sections.errored = Some(entries.next_value()?),
                "complete" => sections.complete = Some(entries.next_value()?),
                "variables" => sections.variables = entries.next_value()?,
                "planned_values" => sections.planned_values = Some(entries.next_value()?),
                "resource_changes" => sections.resource_changes = entries.next_value()?,
                "resource_drift" => sections.resource_drift = entries.next_value()?,
                "deferred_changes" => sections.deferred_changes = entries.next_value()?,
                "action_invocations" => sections.action_invocations = entries.next_value()?,
                "deferred_action_invocations" => {
                    sections.deferred_action_invocations = entries.next_value()?;
                }
                "output_changes" => sections.output_changes = entries.next_value()?,
                "prior_state" => sections.prior_state = Some(entries.next_value()?),
                "configuration" => sections.configuration = Some(entries.next_value()?),
                _ => {
                    entries.next_value::<IgnoredAny>()?;
                }
            }
            self.section.set(None);
            sections.names.push(name);
        }
        Ok(sections)
    }
}

/// Sections that this version knows, those that say nothing about access among them.
pub(super) const KNOWN: [&str; 19] = [
    "format_version",
    "terraform_version",
    "variables",
    "planned_values",
    "resource_drift",
    "resource_changes",
    "deferred_changes",
    "deferred_action_invocations",
    "output_changes",
    "action_invocations",
    "prior_state",
    "configuration",
    "relevant_attributes",
    "checks",
    // What Terraform 1.2 wrote in place of `checks`: which conditions hold.
    "condition_results",
    "timestamp",
    "applyable",
    "complete",
    "errored",
];

#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// A text that may be absent. serde copies a `Cow` that stands in anything else than a field.
fn read_text<'de: 'a, 'a, D: de::Deserializer<'de>>(reader: D) -> Result<Option<Cow<'a, str>>, D::Error> {
    Ok(Option::<Name<'a>>::deserialize(reader)?.map(|Name(text)| text))
}

/// A list of texts, with the same purpose.
fn read_texts<'de: 'a, 'a, D: de::Deserializer<'de>>(reader: D) -> Result<Vec<Cow<'a, str>>, D::Error> {
    Ok(Vec::<Name<'a>>::deserialize(reader)?.into_iter().map(|Name(text)| text).collect())
}

#[derive(Deserialize)]
pub(super) struct WireChange<'a> {
    /// Terraform left it out of `resource_drift` before 1.1.
    #[serde(borrow, default, deserialize_with = "read_text")]
    pub(super) address: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "read_text")]
    pub(super) previous_address: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "read_text")]
    pub(super) module_address: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) mode: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    pub(super) type_name: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) name: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) index: Option<&'a RawValue>,
    #[serde(default)]
    pub(super) index_unknown: bool,
    #[serde(borrow, default)]
    pub(super) provider_name: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) deposed: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) change: WireDelta<'a>,
}

#[derive(Deserialize)]
pub(super) struct WireDelta<'a> {
    #[serde(borrow, deserialize_with = "read_texts")]
    pub(super) actions: Vec<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) before: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) after: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) after_unknown: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) before_sensitive: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) after_sensitive: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) importing: Option<&'a RawValue>,
}

#[derive(Deserialize)]
pub(super) struct WireInvocation<'a> {
    #[serde(borrow)]
    pub(super) address: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) resource_change: Option<WireAddress<'a>>,
}

#[derive(Deserialize)]
pub(super) struct WireAddress<'a> {
    #[serde(borrow)]
    pub(super) address: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
pub(super) struct WireOutputChange<'a> {
    #[serde(borrow)]
    pub(super) actions: Vec<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) after_sensitive: Option<&'a RawValue>,
}

#[derive(Deserialize)]
pub(super) struct WireVariable<'a> {
    /// A variable that is null has this value; only where the plan says nothing there is none.
    #[serde(borrow, default, deserialize_with = "read_given")]
    pub(super) value: Option<&'a RawValue>,
}

/// What stands there, also where that is null.
fn read_given<'de: 'a, 'a, D: Deserializer<'de>>(deserializer: D) -> Result<Option<&'a RawValue>, D::Error> {
    <&RawValue>::deserialize(deserializer).map(Some)
}

#[derive(Deserialize)]
pub(super) struct WireState<'a> {
    #[serde(borrow)]
    pub(super) values: Option<WireStateValues<'a>>,
}

/// `planned_values`: only which objects there are to be.
#[derive(Deserialize)]
pub(super) struct WirePlanned<'a> {
    #[serde(borrow)]
    pub(super) root_module: Option<WirePlannedModule<'a>>,
}

#[derive(Deserialize)]
pub(super) struct WirePlannedModule<'a> {
    #[serde(borrow, default)]
    pub(super) resources: Vec<WirePlannedObject<'a>>,
    #[serde(borrow, default)]
    pub(super) child_modules: Vec<WirePlannedModule<'a>>,
}

#[derive(Deserialize)]
pub(super) struct WirePlannedObject<'a> {
    #[serde(borrow)]
    pub(super) address: Cow<'a, str>,
}

#[derive(Deserialize)]
pub(super) struct WireStateValues<'a> {
    #[serde(borrow)]
    pub(super) root_module: Option<WireModule<'a>>,
}

#[derive(Deserialize)]
pub(super) struct WireModule<'a> {
    #[serde(borrow, default)]
    pub(super) resources: Vec<WireObject<'a>>,
    #[serde(borrow, default)]
    pub(super) child_modules: Vec<WireModule<'a>>,
}

#[derive(Deserialize)]
pub(super) struct WireObject<'a> {
    #[serde(borrow)]
    pub(super) address: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) mode: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    pub(super) type_name: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) index: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) provider_name: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) values: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) sensitive_values: Option<&'a RawValue>,
}
