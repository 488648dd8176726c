//! What an input is: a plan, or one of the many things that are handed over in its place.
//!
//! Takes bytes and returns the text of a plan, or an error that names what the input is and how to get a plan from it.
//! Byte order marks are decoded, because PowerShell writes UTF-16 and editors write UTF-8 with a mark.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use super::ByteSize;
use crate::json;
use crate::value::Value;

/// What the input is instead of a plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAPlan {
    /// No bytes.
    #[error("the input is empty")]
    Empty,
    /// More than was allowed.
    #[error("the input is larger than {0}")]
    TooLarge(ByteSize),
    /// Neither UTF-8 nor UTF-16 with a byte order mark.
    #[error("the input is not text: it is neither UTF-8 nor UTF-16 with a byte order mark")]
    NotText,
    /// A zip: the file that `-out` writes.
    #[error("this is a binary plan (or another zip file), not its JSON")]
    Binary,
    /// The format of Terraform 0.11.
    #[error("this is a binary plan of Terraform 0.11 or older, which has no JSON form")]
    Ancient,
    /// `terraform show -json` of a state.
    #[error("this is a state as JSON, not a plan: it says what exists, not what will change")]
    StateJson,
    /// `terraform.tfstate`.
    #[error("this is a raw state file, not a plan")]
    StateFile,
    /// `terraform plan -json`.
    #[error("this is the output of `terraform plan -json`, which contains no values")]
    Stream,
    /// HCP's redacted plan.
    #[error("this is a redacted plan of HCP Terraform, which omits values")]
    Redacted,
    /// A bookmark of a remote plan.
    #[error("this is a reference to a plan stored in HCP Terraform, not the plan")]
    Bookmark,
    /// OpenTofu's encrypted plan.
    #[error("this is a plan that OpenTofu has encrypted")]
    Encrypted,
    /// Lines before the JSON.
    #[error("there is other text before the JSON, such as a wrapper's log line")]
    Noise,
    /// More than one JSON value.
    #[error("there are several JSON objects, one after the other")]
    Several,
    /// The JSON ends too early.
    #[error("the JSON ends before it is complete")]
    Truncated,
    /// JSON, and no plan.
    #[error(
        "this is JSON but not a plan: it has no `format_version` with `planned_values`, `resource_changes` or `configuration`"
    )]
    OtherJson,
    /// No JSON.
    #[error("this is not JSON")]
    NotJson,
    /// A major version that this program does not know.
    #[error("unsupported plan format version `{0}`; supported are 0.x and 1.x")]
    Version(String),
}

impl NotAPlan {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Binary
            | Self::StateFile
            | Self::StateJson
            | Self::Stream
            | Self::OtherJson
            | Self::NotJson => {
                "make a plan with `terraform plan -out tfplan` and pass `terraform show -json tfplan`"
            }
            Self::Empty | Self::Truncated => {
                "check that `terraform show -json tfplan` ended well and that its disk was not full"
            }
            Self::TooLarge(_) => "pass a larger `--max-plan-size`, or split the configuration",
            Self::NotText => "write the JSON as UTF-8",
            Self::Ancient => "plan with Terraform 0.12 or newer, or with OpenTofu",
            Self::Redacted | Self::Bookmark => {
                "fetch the full JSON with `terraform show -json FILE`, with permission to read plans"
            }
            Self::Encrypted => "pass `tofu show -json tfplan`, run where the key is available",
            Self::Noise => {
                "call the real binary, not a wrapper: with setup-terraform, set `terraform_wrapper: false`"
            }
            Self::Several => "pass one plan per file; `countersign check` accepts several files or a folder",
            Self::Version(_) => "use a version of countersign that supports this format",
        }
    }
}

/// The text of an input that may have so many bytes, with byte order marks decoded.
pub fn decode(bytes: &[u8], most: ByteSize) -> Result<Cow<'_, str>, NotAPlan> {
    if bytes.is_empty() {
        return Err(NotAPlan::Empty);
    }
    if most.is_exceeded_by(bytes) {
        return Err(NotAPlan::TooLarge(most));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(NotAPlan::Binary);
    }
    if bytes.starts_with(b"tfplan") {
        return Err(NotAPlan::Ancient);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return std::str::from_utf8(rest).map(Cow::Borrowed).map_err(|_| NotAPlan::NotText);
    }
    let wide = match bytes {
        [0xFF, 0xFE, rest @ ..] => Some((rest, u16::from_le_bytes as fn([u8; 2]) -> u16)),
        [0xFE, 0xFF, rest @ ..] => Some((rest, u16::from_be_bytes as fn([u8; 2]) -> u16)),
        _ => None,
    };
    match wide {
        None => std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|_| NotAPlan::NotText),
        Some((rest, read)) => {
            let (pairs, tail) = rest.as_chunks::<2>();
            if !tail.is_empty() {
                return Err(NotAPlan::NotText);
            }
            let units = pairs.iter().map(|pair| read(*pair));
            let text: Result<String, _> = char::decode_utf16(units).collect();
            text.map(Cow::Owned).map_err(|_| NotAPlan::NotText)
        }
    }
}

/// Names a text that could not be read as the sections of a plan. `None` where it is a plan with something wrong in it.
pub fn diagnose(text: &str) -> Option<NotAPlan> {
    match serde_json::from_str::<BTreeMap<Cow<'_, str>, &RawValue>>(text) {
        Err(error) => diagnose_text(text, &error),
        Ok(sections) => {
            let version = sections.get("format_version").and_then(|raw| json::parse(raw.get()).ok());
            diagnose_object(|name| sections.contains_key(name), version.as_ref())
        }
    }
}

/// Names a text whose top level could not be read as one JSON object.
fn diagnose_text(text: &str, error: &serde_json::Error) -> Option<NotAPlan> {
    let start = text.trim_start();
    if start.is_empty() {
        return Some(NotAPlan::Empty);
    }
    let first_line = start.lines().next().unwrap_or_default();
    if first_line.starts_with('{') && first_line.contains("\"@level\"") {
        return Some(NotAPlan::Stream);
    }
    if !start.starts_with('{') {
        return Some(if start.contains("\n{") { NotAPlan::Noise } else { NotAPlan::NotJson });
    }
    if error.is_eof() {
        return Some(NotAPlan::Truncated);
    }
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    let is_first_whole = matches!(values.next(), Some(Ok(_)));
    (is_first_whole && values.next().is_some()).then_some(NotAPlan::Several)
}

fn invokes(has: &impl Fn(&str) -> bool) -> bool {
    has("action_invocations") || has("deferred_action_invocations") || has("deferred_changes")
}

/// Names a JSON object that is no plan, from its top-level keys. `None` where it is one.
pub fn diagnose_object(has: impl Fn(&str) -> bool, format_version: Option<&Value>) -> Option<NotAPlan> {
    if has("@level") && has("@message") {
        return Some(NotAPlan::Stream);
    }
    if has("remote_plan_format") && has("run_id") {
        return Some(NotAPlan::Bookmark);
    }
    if has("encryption_version") && has("encrypted_data") {
        return Some(NotAPlan::Encrypted);
    }
    if has("plan_format_version") {
        return Some(NotAPlan::Redacted);
    }
    if has("serial") && has("lineage") {
        return Some(NotAPlan::StateFile);
    }
    let Some(version) = format_version else { return Some(NotAPlan::OtherJson) };
    if has("values") && !has("planned_values") && !has("resource_changes") {
        return Some(NotAPlan::StateJson);
    }
    // Terraform leaves `resource_changes` out where nothing changes; a configuration alone is no plan at all.
    if !has("planned_values") && !has("resource_changes") && !has("prior_state") && !invokes(&has) {
        return Some(NotAPlan::OtherJson);
    }
    let text = version.as_str().unwrap_or_default();
    let known = text.strip_prefix("0.").or_else(|| text.strip_prefix("1.")).is_some_and(|minor| {
        !minor.is_empty() && minor.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    });
    (!known).then(|| NotAPlan::Version(text.chars().filter(|c| c.is_ascii_graphic()).take(20).collect()))
}
