//! The plan format on the wire: text to [`Plan`].
//!
//! Typed structs borrow from the text and keep values raw, which is the fastest way and the strictest: a derived
//! struct refuses a field that stands twice. Unknown fields are additions that a minor version may make; an
//! unknown *section*, verb or mode is a change of meaning and becomes an [`Alarm`].
//! Format: <https://developer.hashicorp.com/terraform/internals/json-format>.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use serde::Deserialize;
use serde::de::{self, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::configuration::Configuration;
use super::recognise::{self, NotAPlan};
use super::{Alarm, AlarmKind, Mode, Plan, PlanError, PriorObject, ResourceChange, Verb};
use crate::json;

impl<'a> Plan<'a> {
    /// Reads one plan from its text.
    pub fn read(text: &'a str) -> Result<Self, PlanError> {
        let sections = sections(text)?;
        let changes: Vec<WireChange<'_>> = sections.read("resource_changes")?.unwrap_or_default();
        let drift: Vec<WireChange<'_>> = sections.read("resource_drift")?.unwrap_or_default();
        let mut alarms = sections.alarms()?;
        let changes: Vec<_> = changes.into_iter().map(|wire| wire.into_change(&mut alarms)).collect();
        let mut drift_alarms = Vec::new();
        let drift = drift.into_iter().map(|wire| wire.into_change(&mut drift_alarms)).collect();
        let prior = sections.prior()?;
        alarms.extend(sections.unlisted(&changes, &prior)?);
        let configuration: Configuration<'_> = match sections.get("configuration") {
            None => Configuration::default(),
            Some(raw) => Configuration::read(raw)
                .map_err(|error| PlanError::Section { section: "configuration", error })?,
        };
        let variables: HashMap<Cow<'_, str>, WireVariable<'_>> =
            sections.read("variables")?.unwrap_or_default();
        Ok(Self {
            terraform_version: sections.read("terraform_version")?,
            timestamp: sections.read("timestamp")?,
            changes,
            drift,
            configuration,
            revealing_outputs: sections.revealing_outputs()?,
            prior,
            variables: variables.into_iter().filter_map(|(k, v)| v.value.map(|value| (k, value))).collect(),
            alarms,
        })
    }
}

/// The top level: each section once, in order.
struct Sections<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

const KNOWN: [&str; 18] = [
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
    "timestamp",
    "applyable",
    "complete",
    "errored",
];

fn sections(text: &str) -> Result<Sections<'_>, PlanError> {
    let sections: Sections<'_> = serde_json::from_str(text).map_err(|error| {
        recognise::diagnose_text(text, &error)
            .map_or_else(|| PlanError::Json(error.into()), PlanError::NotAPlan)
    })?;
    let version = match sections.get("format_version") {
        None => None,
        Some(raw) => Some(json::parse(raw.get())?),
    };
    match recognise::diagnose_object(|key| sections.get(key).is_some(), version.as_ref()) {
        Some(NotAPlan::OtherJson) if text.trim_start().starts_with('[') => Err(NotAPlan::OtherJson.into()),
        Some(other) => Err(other.into()),
        None => Ok(sections),
    }
}

impl<'a> Sections<'a> {
    fn get(&self, key: &str) -> Option<&'a RawValue> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, raw)| *raw)
    }

    fn read<T: Deserialize<'a>>(&self, section: &'static str) -> Result<Option<T>, PlanError> {
        match self.get(section) {
            None => Ok(None),
            Some(raw) => serde_json::from_str(raw.get())
                .map(Some)
                .map_err(|error| PlanError::Section { section, error: error.into() }),
        }
    }

    fn alarms(&self) -> Result<Vec<Alarm>, PlanError> {
        let mut alarms = Vec::new();
        let mut alarm = |kind, message: String| alarms.push(Alarm { kind, address: None, message });
        if self.read::<bool>("errored")? == Some(true) {
            alarm(
                AlarmKind::Incomplete,
                "planning ended in an error, so the plan holds only a part".to_owned(),
            );
        }
        if self.read::<bool>("complete")? == Some(false) {
            alarm(
                AlarmKind::Incomplete,
                "the plan is not complete (`-target`, deferred changes or an error): another apply is to follow"
                    .to_owned(),
            );
        }
        for (section, kind, what) in [
            ("deferred_changes", AlarmKind::Incomplete, "changes are deferred to a later plan"),
            ("action_invocations", AlarmKind::Ungoverned, "actions are run whose effect is not in the plan"),
            ("deferred_action_invocations", AlarmKind::Ungoverned, "actions are deferred to a later plan"),
        ] {
            let entries: Vec<WireInvocation<'_>> = self.read(section)?.unwrap_or_default();
            for entry in entries {
                let address = entry.address.or(entry.resource_change.and_then(|change| change.address));
                alarms.push(Alarm { kind, address: address.map(Cow::into_owned), message: what.to_owned() });
            }
        }
        for (name, _) in &self.0 {
            if !KNOWN.contains(&name.as_ref()) {
                alarms.push(Alarm {
                    kind: AlarmKind::Ungoverned,
                    address: None,
                    message: format!("the plan has a section `{name}` that this version does not know"),
                });
            }
        }
        Ok(alarms)
    }

    /// Objects that are planned, do not exist yet, and stand in no change: a part of the plan was cut out.
    fn unlisted(
        &self,
        changes: &[ResourceChange<'_>],
        prior: &[PriorObject<'_>],
    ) -> Result<Option<Alarm>, PlanError> {
        let planned: Option<WireStateValues<'_>> = self.read("planned_values")?;
        let mut known: HashSet<&str> = changes.iter().map(|change| &*change.address).collect();
        known.extend(prior.iter().map(|object| &*object.address));
        let mut modules: Vec<WireModule<'_>> =
            planned.and_then(|planned| planned.root_module).into_iter().collect();
        while let Some(module) = modules.pop() {
            let missing = module.resources.iter().find(|object| !known.contains(&*object.address));
            if let Some(object) = missing {
                return Ok(Some(Alarm {
                    kind: AlarmKind::Incomplete,
                    address: Some(object.address.to_string()),
                    message: "the object is planned, and no resource change makes it".to_owned(),
                }));
            }
            modules.extend(module.child_modules);
        }
        Ok(None)
    }

    fn revealing_outputs(&self) -> Result<Vec<String>, PlanError> {
        let outputs: BTreeMap<Cow<'_, str>, WireOutputChange<'_>> =
            self.read("output_changes")?.unwrap_or_default();
        let reveals = |output: &WireOutputChange<'_>| {
            let stays = matches!(output.actions.as_slice(), [one] if one == "no-op" || one == "delete");
            !stays && output.after_sensitive.is_some_and(|raw| !matches!(raw.get(), "false" | "null"))
        };
        Ok(outputs.iter().filter(|(_, output)| reveals(output)).map(|(name, _)| name.to_string()).collect())
    }

    fn prior(&self) -> Result<Vec<PriorObject<'a>>, PlanError> {
        let state: Option<WireState<'a>> = self.read("prior_state")?;
        let mut objects = Vec::new();
        let mut modules: Vec<WireModule<'a>> =
            state.and_then(|state| state.values).and_then(|values| values.root_module).into_iter().collect();
        while let Some(module) = modules.pop() {
            objects.extend(module.resources.into_iter().map(WireObject::into_prior));
            modules.extend(module.child_modules);
        }
        objects.sort_by(|a, b| a.address.cmp(&b.address));
        Ok(objects)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Sections<'a> {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Once;
        impl<'de> Visitor<'de> for Once {
            type Value = Vec<(Cow<'de, str>, &'de RawValue)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
                let mut sections: Self::Value = Vec::new();
                while let Some((key, raw)) = entries.next_entry::<Name<'de>, &'de RawValue>()? {
                    if sections.iter().any(|(name, _)| *name == key.0) {
                        return Err(de::Error::custom("the same section twice"));
                    }
                    sections.push((key.0, raw));
                }
                Ok(sections)
            }
        }
        deserializer.deserialize_map(Once).map(Sections)
    }
}

#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

#[derive(Deserialize)]
struct WireChange<'a> {
    #[serde(borrow)]
    address: Cow<'a, str>,
    #[serde(borrow)]
    previous_address: Option<Cow<'a, str>>,
    #[serde(borrow)]
    module_address: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    mode: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    type_name: Cow<'a, str>,
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    index: Option<&'a RawValue>,
    #[serde(default)]
    index_unknown: bool,
    #[serde(borrow, default)]
    provider_name: Cow<'a, str>,
    #[serde(borrow)]
    deposed: Option<Cow<'a, str>>,
    #[serde(borrow)]
    change: WireDelta<'a>,
}

#[derive(Deserialize)]
struct WireDelta<'a> {
    #[serde(borrow)]
    actions: Vec<Cow<'a, str>>,
    #[serde(borrow)]
    before: Option<&'a RawValue>,
    #[serde(borrow)]
    after: Option<&'a RawValue>,
    #[serde(borrow)]
    after_unknown: Option<&'a RawValue>,
    #[serde(borrow)]
    before_sensitive: Option<&'a RawValue>,
    #[serde(borrow)]
    after_sensitive: Option<&'a RawValue>,
    #[serde(borrow)]
    importing: Option<&'a RawValue>,
}

impl<'a> WireChange<'a> {
    fn into_change(self, alarms: &mut Vec<Alarm>) -> ResourceChange<'a> {
        let mut verb = verb(&self.change.actions);
        if verb == Verb::NoOp && !same(self.change.before, self.change.after) {
            // What is said to stay and does not is changed.
            verb = Verb::Update;
        }
        let mode = mode(&self.mode);
        let mut alarm = |kind, message: String| {
            alarms.push(Alarm { kind, address: Some(self.address.to_string()), message });
        };
        if verb == Verb::Other {
            let words: Vec<&str> = self.change.actions.iter().map(AsRef::as_ref).collect();
            alarm(
                AlarmKind::Ungoverned,
                format!("the plan does `{}`, which this version does not know", words.join(", ")),
            );
        }
        if mode == Mode::Other {
            alarm(
                AlarmKind::Ungoverned,
                format!("the object has the mode `{}`, which this version does not know", self.mode),
            );
        }
        if self.index_unknown {
            alarm(
                AlarmKind::Incomplete,
                "how many instances there will be is known only after apply".to_owned(),
            );
        }
        ResourceChange {
            address: self.address,
            previous_address: self.previous_address,
            module: self.module_address.unwrap_or_default(),
            mode,
            type_name: self.type_name,
            name: self.name,
            index: self.index,
            provider: self.provider_name,
            deposed: self.deposed.is_some(),
            verb,
            importing: self.change.importing.is_some_and(|raw| raw.get() != "null"),
            before: object(self.change.before),
            after: object(self.change.after),
            after_unknown: self.change.after_unknown,
            before_sensitive: self.change.before_sensitive,
            after_sensitive: self.change.after_sensitive,
        }
    }
}

/// Whether two values are written alike; absent and null are.
fn same(a: Option<&RawValue>, b: Option<&RawValue>) -> bool {
    object(a).map(RawValue::get) == object(b).map(RawValue::get)
}

fn object(raw: Option<&RawValue>) -> Option<&RawValue> {
    raw.filter(|raw| raw.get() != "null")
}

fn verb(actions: &[Cow<'_, str>]) -> Verb {
    let words: Vec<&str> = actions.iter().map(AsRef::as_ref).collect();
    match words.as_slice() {
        ["no-op"] => Verb::NoOp,
        ["create"] => Verb::Create,
        ["read"] => Verb::Read,
        ["update"] => Verb::Update,
        ["delete", "create"] | ["create", "delete"] => Verb::Replace,
        ["delete"] => Verb::Delete,
        ["forget"] => Verb::Forget,
        ["create", "forget"] | ["forget", "create"] => Verb::CreateForget,
        _ => Verb::Other,
    }
}

fn mode(text: &str) -> Mode {
    match text {
        "managed" => Mode::Managed,
        "data" => Mode::Data,
        "ephemeral" => Mode::Ephemeral,
        _ => Mode::Other,
    }
}

#[derive(Deserialize)]
struct WireInvocation<'a> {
    #[serde(borrow)]
    address: Option<Cow<'a, str>>,
    #[serde(borrow)]
    resource_change: Option<WireAddress<'a>>,
}

#[derive(Deserialize)]
struct WireAddress<'a> {
    #[serde(borrow)]
    address: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct WireOutputChange<'a> {
    #[serde(borrow)]
    actions: Vec<Cow<'a, str>>,
    #[serde(borrow)]
    after_sensitive: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct WireVariable<'a> {
    #[serde(borrow)]
    value: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct WireState<'a> {
    #[serde(borrow)]
    values: Option<WireStateValues<'a>>,
}

#[derive(Deserialize)]
struct WireStateValues<'a> {
    #[serde(borrow)]
    root_module: Option<WireModule<'a>>,
}

#[derive(Deserialize)]
struct WireModule<'a> {
    #[serde(borrow, default)]
    resources: Vec<WireObject<'a>>,
    #[serde(borrow, default)]
    child_modules: Vec<WireModule<'a>>,
}

#[derive(Deserialize)]
struct WireObject<'a> {
    #[serde(borrow)]
    address: Cow<'a, str>,
    #[serde(borrow, default)]
    mode: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    type_name: Cow<'a, str>,
    #[serde(borrow, default)]
    provider_name: Cow<'a, str>,
    #[serde(borrow)]
    values: Option<&'a RawValue>,
}

impl<'a> WireObject<'a> {
    fn into_prior(self) -> PriorObject<'a> {
        PriorObject {
            address: self.address,
            mode: mode(&self.mode),
            type_name: self.type_name,
            provider: self.provider_name,
            values: object(self.values),
        }
    }
}
