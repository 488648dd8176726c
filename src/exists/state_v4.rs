//! A raw state file, format version 4: what backends (S3, GCS, azurerm, local) store.
//!
//! Takes the text and returns the objects of all its resources, in the order of the file. Paths of
//! `sensitive_attributes` become the marks that a plan has. There is no time in it; its `lineage` names the workspace for
//! ever, and its `serial` counts writes. Attributes of a schema before Terraform 0.12 (`attributes_flat`) only their
//! provider reads, so they are refused. Its format: `internal/states/statefile/version4.go` of Terraform 1.11.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::{RawValue, to_raw_value};

use super::changes::quote_key;
use super::format::ExistsFormat;
use super::object::{DeliveredExport, ExistingObject, Identity, LastUse, Ownership};
use super::refused::NotDelivered;
use super::state_json::{describe_state, read_mode};
use crate::json::{self, JsonError};

const FORMAT: ExistsFormat = ExistsFormat::StateV4;

/// Reads a raw state file.
///
/// # Errors
///
/// Why it is not taken for what exists.
pub fn read(text: &str) -> Result<DeliveredExport<'_>, NotDelivered> {
    json::check(text).map_err(shape)?;
    let WireVersion { version } = serde_json::from_str(text).map_err(|error| shape(error.into()))?;
    if version != 4 {
        return Err(NotDelivered::StateVersion(version));
    }
    let state: WireState<'_> = serde_json::from_str(text).map_err(|error| shape(error.into()))?;
    let mut objects = Vec::new();
    for resource in state.resources {
        for instance in &resource.instances {
            objects.push(resource.make_object(instance)?);
        }
    }
    if objects.is_empty() {
        return Err(NotDelivered::Empty { format: FORMAT });
    }
    Ok(DeliveredExport { source: describe_state(FORMAT), objects })
}

fn shape(error: JsonError) -> NotDelivered {
    NotDelivered::Shape { format: FORMAT, error }
}

#[derive(Deserialize)]
struct WireVersion {
    version: u64,
}

#[derive(Deserialize)]
struct WireState<'a> {
    #[serde(borrow)]
    resources: Vec<WireResource<'a>>,
}

#[derive(Deserialize)]
struct WireResource<'a> {
    #[serde(borrow)]
    module: Option<Cow<'a, str>>,
    #[serde(borrow)]
    mode: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    type_name: Cow<'a, str>,
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    provider: Cow<'a, str>,
    #[serde(borrow)]
    instances: Vec<WireInstance<'a>>,
}

#[derive(Deserialize)]
struct WireInstance<'a> {
    index_key: Option<InstanceKey>,
    #[serde(borrow)]
    deposed: Option<Cow<'a, str>>,
    #[serde(borrow)]
    attributes: Option<&'a RawValue>,
    #[serde(borrow, default)]
    sensitive_attributes: Vec<Vec<WireStep<'a>>>,
}

/// A key of `count` or `for_each`.
#[derive(Deserialize)]
#[serde(untagged)]
enum InstanceKey {
    Number(u64),
    Text(String),
}

#[derive(Deserialize)]
struct WireStep<'a> {
    #[serde(borrow)]
    value: &'a RawValue,
}

impl<'a> WireResource<'a> {
    fn make_object(&self, instance: &WireInstance<'a>) -> Result<ExistingObject<'a>, NotDelivered> {
        let address = self.address(instance.index_key.as_ref());
        let Some(attributes) = instance.attributes else {
            return Err(NotDelivered::FlatAttributes { address });
        };
        Ok(ExistingObject {
            identity: Identity::Managed {
                address: address.into(),
                module: self.module.clone().unwrap_or_default(),
                name: self.name.clone(),
                deposed: instance.deposed.clone(),
            },
            type_name: self.type_name.clone(),
            provider: source_address(&self.provider).into(),
            mode: read_mode(&self.mode),
            attributes: Cow::Borrowed(attributes),
            earlier: None,
            sensitive: mark_sensitive(&instance.sensitive_attributes)?.map(Cow::Owned),
            ownership: Ownership::Organization,
            last_use: LastUse::Unknown,
        })
    }

    /// The address as Terraform writes it.
    fn address(&self, key: Option<&InstanceKey>) -> String {
        let module = self.module.as_ref().map(|module| format!("{module}.")).unwrap_or_default();
        let data = if self.mode == "data" { "data." } else { "" };
        let key = match key {
            None => String::new(),
            Some(InstanceKey::Number(number)) => format!("[{number}]"),
            Some(InstanceKey::Text(text)) => format!("[{}]", quote_key(text)),
        };
        format!("{module}{data}{}.{}{key}", self.type_name, self.name)
    }
}

/// The source address in `module.a.provider["registry.terraform.io/hashicorp/aws"].alias`, or the whole text where it is
/// written in another way: then no rule pack reads it, which is said.
fn source_address(text: &str) -> String {
    let quoted = text.split_once("provider[\"").and_then(|(_, rest)| rest.split_once("\"]"));
    quoted.map_or_else(|| text.to_owned(), |(source, _)| source.to_owned())
}

/// The marks that paths of sensitive attributes amount to. A path that cannot be followed marks what it begins at.
fn mark_sensitive(paths: &[Vec<WireStep<'_>>]) -> Result<Option<Box<RawValue>>, NotDelivered> {
    if paths.is_empty() {
        return Ok(None);
    }
    let mut marks: BTreeMap<String, bool> = BTreeMap::new();
    let mut all = false;
    for path in paths {
        // Whatever is below an attribute, the attribute as a whole is not printed.
        match path.first().map(|step| serde_json::from_str::<String>(step.value.get())) {
            Some(Ok(attribute)) => {
                marks.insert(attribute, true);
            }
            Some(Err(_)) | None => all = true,
        }
    }
    let raw = if all { to_raw_value(&true) } else { to_raw_value(&marks) };
    raw.map(Some).map_err(|error| shape(error.into()))
}
