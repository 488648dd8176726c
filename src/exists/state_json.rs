//! A state as JSON: what `terraform show -json` prints, and what HCP keeps beside a state.
//!
//! Takes the text and returns its objects, managed and data, of all modules. It has neither a time nor a serial, so as of
//! when it is, nobody knows. Leftover (`deposed`) objects are in it and give their access still.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::format::ExistsFormat;
use super::object::{DeliveredExport, ExistingObject, Identity, LastUse, Ownership};
use super::refused::NotDelivered;
use super::source::{AsOf, Coverage, DeliveredSource, NotSeen};
use crate::json;
use crate::plan::ObjectMode;

/// Reads a state as JSON.
///
/// # Errors
///
/// Why it is not taken for what exists.
pub fn read(text: &str) -> Result<DeliveredExport<'_>, NotDelivered> {
    let shape = |error| NotDelivered::Shape { format: ExistsFormat::StateJson, error };
    json::check(text).map_err(shape)?;
    let state: WireState<'_> = serde_json::from_str(text).map_err(|error| shape(error.into()))?;
    let root = state.values.and_then(|values| values.root_module);
    let mut objects = Vec::new();
    let mut modules: Vec<_> = root.into_iter().collect();
    while let Some(module) = modules.pop() {
        let address = module.address.unwrap_or_default();
        objects.extend(module.resources.into_iter().map(|object| object.into_existing(address.clone())));
        modules.extend(module.child_modules.into_iter().rev());
    }
    if objects.is_empty() {
        return Err(NotDelivered::Empty { format: ExistsFormat::StateJson });
    }
    Ok(DeliveredExport { source: describe_state(ExistsFormat::StateJson), objects })
}

/// What any state can show.
pub(super) fn describe_state(format: ExistsFormat) -> DeliveredSource {
    DeliveredSource {
        name: String::new(),
        format,
        as_of: AsOf::Unknown,
        account: None,
        coverage: Coverage::ManagedObjects,
        not_seen: vec![NotSeen::UnmanagedObjects, NotSeen::ChangesSinceWrite],
    }
}

/// The mode of an object, by its word.
pub(super) fn read_mode(word: &str) -> ObjectMode {
    match word {
        "managed" => ObjectMode::Managed,
        "data" => ObjectMode::Data,
        _ => ObjectMode::Other,
    }
}

#[derive(Deserialize)]
struct WireState<'a> {
    #[serde(borrow)]
    values: Option<WireValues<'a>>,
}

#[derive(Deserialize)]
struct WireValues<'a> {
    #[serde(borrow)]
    root_module: Option<WireModule<'a>>,
}

#[derive(Deserialize)]
struct WireModule<'a> {
    #[serde(borrow)]
    address: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    resources: Vec<WireObject<'a>>,
    #[serde(borrow, default)]
    child_modules: Vec<WireModule<'a>>,
}

#[derive(Deserialize)]
struct WireObject<'a> {
    #[serde(borrow)]
    address: Cow<'a, str>,
    #[serde(borrow)]
    mode: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    type_name: Cow<'a, str>,
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    provider_name: Cow<'a, str>,
    #[serde(borrow)]
    deposed_key: Option<Cow<'a, str>>,
    #[serde(borrow)]
    values: &'a RawValue,
    #[serde(borrow)]
    sensitive_values: Option<&'a RawValue>,
}

impl<'a> WireObject<'a> {
    fn into_existing(self, module: Cow<'a, str>) -> ExistingObject<'a> {
        let Self { address, name, deposed_key: deposed, .. } = self;
        ExistingObject {
            identity: Identity::Managed { address, module, name, deposed },
            type_name: self.type_name,
            provider: self.provider_name,
            mode: read_mode(&self.mode),
            attributes: Cow::Borrowed(self.values),
            earlier: None,
            sensitive: self.sensitive_values.map(Cow::Borrowed),
            ownership: Ownership::Organization,
            last_use: LastUse::Unknown,
        }
    }
}
