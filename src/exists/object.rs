//! One object that exists, as the schema of its Terraform provider has it.
//!
//! Every format hands over the same: a type with its provider, attribute values that are all known, and by what the
//! object is told from others. An object of a cloud's export has the type and the attributes with which Terraform would
//! manage it, so that one rule reads both.

use std::borrow::Cow;

use jiff::civil::Date;
use serde_json::value::RawValue;

use super::source::DeliveredSource;
use crate::plan::ObjectMode;

/// What one input says.
#[derive(Debug)]
pub struct DeliveredExport<'a> {
    /// Which input, and what it can show.
    pub source: DeliveredSource,
    /// In the order of the input.
    pub objects: Vec<ExistingObject<'a>>,
}

/// One object that exists.
#[derive(Clone, Debug)]
pub struct ExistingObject<'a> {
    /// What it is called.
    pub identity: Identity<'a>,
    /// The resource type, such as `aws_iam_role`.
    pub type_name: Cow<'a, str>,
    /// The full source address of its provider: `registry.terraform.io/hashicorp/aws`.
    pub provider: Cow<'a, str>,
    /// Managed, or read by a data source: those say facts, such as the account.
    pub mode: ObjectMode,
    /// Its attributes, by the names of the provider's schema: a JSON object without unknown parts. Policy documents are
    /// JSON text in a string, as in Terraform.
    pub attributes: Cow<'a, RawValue>,
    /// What the attributes were when Terraform last wrote them, where another input or a refresh shows that they differ.
    pub earlier: Option<Cow<'a, RawValue>>,
    /// Mirrors the attributes: `true` where a value, or all below it, must not be printed.
    pub sensitive: Option<Cow<'a, RawValue>>,
    /// Who made it.
    pub ownership: Ownership,
    /// When its access was last used.
    pub last_use: LastUse,
}

/// What an existing object is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity<'a> {
    /// It is in a state: by its address.
    Managed {
        /// The full address, with instance keys.
        address: Cow<'a, str>,
        /// The module instance; empty for the root module.
        module: Cow<'a, str>,
        /// The name in its block.
        name: Cow<'a, str>,
        /// Whether it is a leftover that only waits to be destroyed. It still gives its access.
        deposed: Option<Cow<'a, str>>,
    },
    /// It is in the export of a cloud: by what the cloud calls it, unique in its type (an ARN, an ARN and the name of an
    /// inline policy, a resource with role and member).
    Live(String),
}

/// Who made an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ownership {
    /// The organization: it is judged.
    Organization,
    /// The provider of the cloud, for its own service: it is counted and set aside, unless something else hangs on it.
    Provider,
}

/// When the access of an object was last used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastUse {
    /// The input does not say it.
    Unknown,
    /// Not in the time over which the cloud keeps it.
    Never,
    /// On this day, UTC.
    On(Date),
}
