//! The `configuration` of a plan as its JSON writes it: only what is read, and expressions as raw text.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::plan::unique_map::UniqueMap;

#[derive(Deserialize)]
pub(super) struct WireConfiguration<'a> {
    #[serde(borrow, default)]
    pub(super) provider_config: UniqueMap<'a, WireProvider<'a>>,
    #[serde(borrow, default)]
    pub(super) root_module: WireConfiguredModule<'a>,
}

#[derive(Deserialize)]
pub(super) struct WireProvider<'a> {
    #[serde(borrow, default)]
    pub(super) full_name: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) expressions: Option<&'a RawValue>,
}

#[derive(Deserialize, Default)]
pub(super) struct WireConfiguredModule<'a> {
    #[serde(borrow, default)]
    pub(super) resources: Vec<WireResource<'a>>,
    #[serde(borrow, default)]
    pub(super) outputs: UniqueMap<'a, WireOutput<'a>>,
    #[serde(borrow, default)]
    pub(super) module_calls: UniqueMap<'a, WireCall<'a>>,
    #[serde(borrow, default)]
    pub(super) variables: UniqueMap<'a, WireVariable>,
}

#[derive(Deserialize)]
pub(super) struct WireVariable {
    #[serde(default)]
    pub(super) sensitive: bool,
}

#[derive(Deserialize)]
pub(super) struct WireOutput<'a> {
    #[serde(borrow)]
    pub(super) expression: Option<&'a RawValue>,
    #[serde(default)]
    pub(super) sensitive: bool,
}

#[derive(Deserialize)]
pub(super) struct WireCall<'a> {
    #[serde(borrow)]
    pub(super) expressions: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) for_each_expression: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) module: Option<WireConfiguredModule<'a>>,
}

#[derive(Deserialize)]
pub(super) struct WireResource<'a> {
    #[serde(borrow)]
    pub(super) address: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) provider_config_key: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) expressions: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) for_each_expression: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) provisioners: Vec<WireProvisioner<'a>>,
}

#[derive(Deserialize)]
pub(super) struct WireProvisioner<'a> {
    #[serde(borrow, default, rename = "type")]
    pub(super) kind: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) expressions: Option<&'a RawValue>,
}
