//! Which format an input has, by its content alone.
//!
//! Takes a text and returns an [`ExistsFormat`], or an error that names what the text is instead. File names say nothing:
//! an export is piped as often as it is saved.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::format::ExistsFormat;
use super::refused::NotDelivered;
use crate::plan::NotAPlan;
use crate::plan::recognise::diagnose;

/// Which format a text has. A plan is recognised by [`crate::plan`], which knows what is handed over in its place.
pub fn recognise(text: &str) -> Result<ExistsFormat, NotDelivered> {
    if text.trim_start().starts_with('[') {
        return recognise_list(text);
    }
    let diagnosis = diagnose(text);
    match &diagnosis {
        None => return Ok(ExistsFormat::Plan),
        Some(NotAPlan::StateJson) => return Ok(ExistsFormat::StateJson),
        Some(NotAPlan::StateFile) => return Ok(ExistsFormat::StateV4),
        Some(_) => {}
    }
    let found = serde_json::from_str::<BTreeMap<Cow<'_, str>, &RawValue>>(text);
    let recognised = found.ok().and_then(|members| recognise_object(|key| members.contains_key(key)));
    match (recognised, diagnosis) {
        (Some(format), _) => Ok(format),
        (None, Some(NotAPlan::Encrypted)) => Err(NotDelivered::EncryptedState),
        (None, Some(NotAPlan::OtherJson) | None) => Err(NotDelivered::Unrecognized),
        (None, Some(other)) => Err(other.into()),
    }
}

/// The format of an object with these keys.
fn recognise_object(has: impl Fn(&str) -> bool) -> Option<ExistsFormat> {
    // Any of its lists: one that lacks another is refused by the reader, which names the missing one.
    if ["UserDetailList", "GroupDetailList", "RoleDetailList"].iter().any(|key| has(key)) {
        return Some(ExistsFormat::AwsAuthorizationDetails);
    }
    if has("kind") && has("items") && has("apiVersion") {
        return Some(ExistsFormat::KubernetesList);
    }
    // The REST answers, which hold pages: their readers refuse what is not the whole.
    if has("results") && has("nextPageToken") {
        return Some(ExistsFormat::GoogleAssetPolicies);
    }
    (has("value") && has("nextLink")).then_some(ExistsFormat::AzureRoleAssignments)
}

/// The format of a list, by the keys of its first element.
fn recognise_list(text: &str) -> Result<ExistsFormat, NotDelivered> {
    let elements: Vec<&RawValue> = serde_json::from_str(text).map_err(|error| {
        NotDelivered::NotText(if error.is_eof() { NotAPlan::Truncated } else { NotAPlan::NotJson })
    })?;
    let Some(first) = elements.first() else { return Err(NotDelivered::EmptyList) };
    let members: BTreeMap<Cow<'_, str>, &RawValue> =
        serde_json::from_str(first.get()).map_err(|_| NotDelivered::Unrecognized)?;
    let has = |key: &str| members.contains_key(key);
    if has("resource") && has("policy") {
        return Ok(ExistsFormat::GoogleAssetPolicies);
    }
    if has("principalId") && has("scope") && (has("roleDefinitionId") || has("roleDefinitionName")) {
        return Ok(ExistsFormat::AzureRoleAssignments);
    }
    Err(NotDelivered::Unrecognized)
}
