//! From sections to a [`Plan`]: what they mean, and whether they say all of it.
//!
//! An unknown *section*, verb or mode is a change of meaning and becomes an [`Alarm`].

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::Error as _;
use serde_json::value::RawValue;

use super::configuration::Configuration;
use super::recognise;
use super::wire::{
    KNOWN, Sections, WireChange, WireDelta, WireInvocation, WireModule, WireObject, WireOutputChange,
    WirePlannedModule, WireState,
};
use super::{
    Alarm, AlarmCause, Expressions, ObjectMode, Plan, PlanError, PriorObject, ResourceChange, Verb,
    index_addresses,
};
use crate::json;

impl<'a> Plan<'a> {
    /// Reads one plan from its text.
    pub fn read(text: &'a str) -> Result<Self, PlanError> {
        let mut sections = read_sections(text)?;
        let is_targeted = is_targeted(&sections);
        let mut alarms = plan_alarms(&mut sections, is_targeted);
        let changes = read_changes(sections.resource_changes, &mut alarms)?;
        let drift = read_drift(sections.resource_drift);
        let prior = read_prior(sections.prior_state);
        let planned = sections.planned_values.and_then(|planned| planned.root_module);
        let configuration: Configuration<'_> = match sections.configuration {
            None => Configuration::default(),
            Some(raw) => Configuration::read(raw)
                .map_err(|error| PlanError::Section { section: "configuration", error })?,
        };
        let variables = sections.variables.into_iter();
        let mut plan = Self {
            by_address: index_addresses(&changes),
            terraform_version: sections.terraform_version,
            timestamp: sections.timestamp,
            changes,
            drift,
            configuration,
            expressions: Expressions::Unseen,
            is_targeted,
            waives_sources: false,
            is_existing: false,
            revealing_outputs: list_revealing(&sections.output_changes),
            prior,
            variables: variables.filter_map(|(name, wire)| wire.value.map(|value| (name, value))).collect(),
            alarms,
        };
        let unlisted = plan.find_unlisted(planned);
        plan.alarms.extend(unlisted);
        Ok(plan)
    }

    /// An object that is planned, does not exist yet, and stands in no change: a part of the plan was cut out.
    fn find_unlisted(&self, planned: Option<WirePlannedModule<'_>>) -> Option<Alarm> {
        let is_deposed = |address: &str| self.changes.iter().any(|change| change.address == address);
        let is_listed = |address: &str| {
            self.change_at(address).is_some() || self.prior_at(address).is_some() || is_deposed(address)
        };
        let mut modules: Vec<_> = planned.into_iter().collect();
        while let Some(module) = modules.pop() {
            if let Some(object) = module.resources.iter().find(|object| !is_listed(&object.address)) {
                return Some(Alarm::at(&object.address, AlarmCause::UnlistedObject));
            }
            modules.extend(module.child_modules);
        }
        None
    }
}

/// The sections of a plan; what is none is named for what it is.
fn read_sections(text: &str) -> Result<Sections<'_>, PlanError> {
    let sections = match Sections::read(text) {
        Ok(sections) => sections,
        Err(error) => return Err(recognise::diagnose(text).map_or(error, PlanError::NotAPlan)),
    };
    let version = sections.format_version.map(|raw| json::parse(raw.get())).transpose()?;
    match recognise::diagnose_object(|name| sections.has(name), version.as_ref()) {
        Some(other) => Err(other.into()),
        None => Ok(sections),
    }
}

/// The changes, each of which has an address.
fn read_changes<'a>(
    wires: Vec<WireChange<'a>>,
    alarms: &mut Vec<Alarm>,
) -> Result<Vec<ResourceChange<'a>>, PlanError> {
    let changes = wires.into_iter().map(|mut wire| {
        let missing = || serde_json::Error::missing_field("address").into();
        let address = wire.address.take();
        let address =
            address.ok_or_else(|| PlanError::Section { section: "resource_changes", error: missing() })?;
        Ok(wire.into_change(address, alarms))
    });
    changes.collect()
}

/// What changed since the last apply. Its alarms are those of no change that is made.
fn read_drift(wires: Vec<WireChange<'_>>) -> Vec<ResourceChange<'_>> {
    let drift = wires.into_iter().map(|mut wire| {
        let address = wire.address.take().unwrap_or_else(|| wire.built_address().into());
        wire.into_change(address, &mut Vec::new())
    });
    drift.collect()
}

/// Whether a plan is incomplete for no other reason than `-target`. Terraform gives an error, deferred changes and
/// `-target` as the reasons for `complete: false`, and of them only the last leaves no trace of its own.
fn is_targeted(sections: &Sections<'_>) -> bool {
    sections.complete == Some(false)
        && sections.errored != Some(true)
        && sections.deferred_changes.is_empty()
        && sections.deferred_action_invocations.is_empty()
}

/// What the plan says of itself that keeps it from being the truth about the apply.
fn plan_alarms(sections: &mut Sections<'_>, is_targeted: bool) -> Vec<Alarm> {
    let mut alarms = Vec::new();
    if sections.errored == Some(true) {
        alarms.push(Alarm::of_plan(AlarmCause::PlanningFailed));
    }
    if sections.complete == Some(false) && !is_targeted {
        alarms.push(Alarm::of_plan(AlarmCause::PartialPlan));
    }
    for (entries, cause) in [
        (&mut sections.deferred_changes, AlarmCause::DeferredChange),
        (&mut sections.action_invocations, AlarmCause::ActionRuns),
        (&mut sections.deferred_action_invocations, AlarmCause::DeferredAction),
    ] {
        for WireInvocation { address, resource_change } in entries.drain(..) {
            let address = address.or(resource_change.and_then(|change| change.address));
            alarms.push(Alarm { address: address.map(Cow::into_owned), cause: cause.clone() });
        }
    }
    for name in sections.names.iter().filter(|name| !KNOWN.contains(&name.as_ref())) {
        alarms.push(Alarm::of_plan(AlarmCause::UnknownSection { name: name.to_string() }));
    }
    alarms
}

/// Outputs that the apply sets to something that must not be printed.
fn list_revealing(outputs: &BTreeMap<Cow<'_, str>, WireOutputChange<'_>>) -> Vec<String> {
    let reveals = |output: &WireOutputChange<'_>| {
        let stays = matches!(output.actions.as_slice(), [one] if one == "no-op" || one == "delete");
        !stays && output.after_sensitive.is_some_and(|raw| !matches!(raw.get(), "false" | "null"))
    };
    outputs.iter().filter(|(_, output)| reveals(output)).map(|(name, _)| name.to_string()).collect()
}

fn read_prior(state: Option<WireState<'_>>) -> Vec<PriorObject<'_>> {
    let mut objects = Vec::new();
    let mut modules: Vec<WireModule<'_>> =
        state.and_then(|state| state.values).and_then(|values| values.root_module).into_iter().collect();
    while let Some(module) = modules.pop() {
        objects.extend(module.resources.into_iter().map(WireObject::into_prior));
        modules.extend(module.child_modules);
    }
    objects.sort_by(|a, b| a.address.cmp(&b.address));
    objects
}

impl<'a> WireChange<'a> {
    /// The address that its parts make.
    fn built_address(&self) -> String {
        let module = self.module_address.iter().map(|module| format!("{module}."));
        let kind = if self.mode == "data" { "data." } else { "" };
        let key = self.index.map(|key| format!("[{}]", key.get().replace("${", "$${").replace("%{", "%%{")));
        let (type_name, name) = (&self.type_name, &self.name);
        format!("{}{kind}{type_name}.{name}{}", module.collect::<String>(), key.unwrap_or_default())
    }

    fn into_change(self, address: Cow<'a, str>, alarms: &mut Vec<Alarm>) -> ResourceChange<'a> {
        let mut verb = self.change.read_verb();
        if verb == Verb::NoOp && !is_same(self.change.before, self.change.after) {
            // What is said to stay and does not is changed.
            verb = Verb::Update;
        }
        let mode = read_mode(&self.mode);
        let mut alarm = |cause: AlarmCause| alarms.push(Alarm::at(&address, cause));
        if verb == Verb::Other {
            let actions = self.change.actions.iter().map(ToString::to_string).collect();
            alarm(AlarmCause::UnknownActions { actions });
        }
        if mode == ObjectMode::Other {
            alarm(AlarmCause::UnknownMode { mode: self.mode.to_string() });
        }
        if self.index_unknown {
            alarm(AlarmCause::UnknownInstances);
        }
        ResourceChange {
            address,
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
            before: read_object(self.change.before),
            after: read_object(self.change.after),
            after_unknown: self.change.after_unknown,
            before_sensitive: self.change.before_sensitive,
            after_sensitive: self.change.after_sensitive,
        }
    }
}

/// Whether two values are written alike; absent and null are.
fn is_same(a: Option<&RawValue>, b: Option<&RawValue>) -> bool {
    read_object(a).map(RawValue::get) == read_object(b).map(RawValue::get)
}

fn read_object(raw: Option<&RawValue>) -> Option<&RawValue> {
    raw.filter(|raw| raw.get() != "null")
}

impl WireDelta<'_> {
    fn read_verb(&self) -> Verb {
        let words: Vec<&str> = self.actions.iter().map(AsRef::as_ref).collect();
        if words.iter().all(|word| word.is_empty()) { self.unsaid_verb() } else { named_verb(&words) }
    }

    /// What a plan does that does not say what it does: what its two sides show, and of what they may mean the most.
    fn unsaid_verb(&self) -> Verb {
        let is_unknown = self.after_unknown.is_some_and(|raw| raw.get().contains("true"));
        match (read_object(self.before), read_object(self.after)) {
            (None, Some(_)) => Verb::Create,
            (Some(_), None) if !is_unknown => Verb::Delete,
            (Some(_), Some(_)) if is_same(self.before, self.after) && !is_unknown => Verb::NoOp,
            (Some(_), _) => Verb::Replace,
            (None, None) => Verb::Other,
        }
    }
}

fn named_verb(words: &[&str]) -> Verb {
    match words {
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

fn read_mode(text: &str) -> ObjectMode {
    match text {
        "managed" => ObjectMode::Managed,
        "data" => ObjectMode::Data,
        "ephemeral" => ObjectMode::Ephemeral,
        _ => ObjectMode::Other,
    }
}

impl<'a> WireObject<'a> {
    fn into_prior(self) -> PriorObject<'a> {
        PriorObject {
            address: self.address,
            mode: read_mode(&self.mode),
            type_name: self.type_name,
            index: self.index,
            provider: self.provider_name,
            values: read_object(self.values),
            sensitive: read_object(self.sensitive_values),
        }
    }
}
