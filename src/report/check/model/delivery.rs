//! What `countersign/verify-v1` says beside `check-v1`: the sources, and what is known of each grant's object.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::exists::{AsOf, DeliveredObject, DeliveredSource, LastUse};
use crate::finding::Judged;
use crate::words::{describe_coverage, describe_not_seen};

/// One input.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report::check) struct SourceEntry<'a> {
    pub(in crate::report::check) name: Cow<'a, str>,
    pub(in crate::report::check) kind: Cow<'a, str>,
    pub(in crate::report::check) as_of: Option<String>,
    pub(in crate::report::check) account: Option<Cow<'a, str>>,
    pub(in crate::report::check) complete_for: Cow<'a, str>,
    pub(in crate::report::check) not_seen: Vec<Cow<'a, str>>,
}

impl<'a> SourceEntry<'a> {
    pub(super) fn new(source: &'a DeliveredSource) -> Self {
        Self {
            name: (&source.name).into(),
            kind: source.format.word().into(),
            as_of: match source.as_of {
                AsOf::Unknown => None,
                AsOf::At(time) => Some(time.to_string()),
            },
            account: source.account.as_deref().map(Cow::from),
            complete_for: describe_coverage(source.coverage).into(),
            not_seen: source.not_seen.iter().map(|one| describe_not_seen(*one).into()).collect(),
        }
    }
}

/// What is known of the object of a grant that exists.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report::check) struct DeliveredEntry<'a> {
    /// The address in the state; null where Terraform does not manage it. Written where anything of this is, so that a report
    /// of a plan is read back without it.
    #[serde(deserialize_with = "Option::deserialize")]
    pub(in crate::report::check) managed_by: Option<Cow<'a, str>>,
    /// The optional and computed attribute that holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::report::check) part: Option<Cow<'a, str>>,
    /// A day, `never` within the time that the cloud keeps it, or null where the input does not say it.
    pub(in crate::report::check) last_used: Option<Cow<'a, str>>,
    /// The day on which the first of the approvals that cover it ends.
    pub(in crate::report::check) expires_on: Option<String>,
    /// As in a record; null where the access must not be told.
    pub(in crate::report::check) access_digest: Option<Cow<'a, str>>,
}

impl<'a> DeliveredEntry<'a> {
    pub(super) fn new(grant: &'a Judged, object: Option<&DeliveredObject>) -> Self {
        let digests = grant.evidence.as_ref().and_then(|evidence| evidence.digests.as_ref());
        let is_managed = object.is_some_and(|object| object.is_managed);
        Self {
            managed_by: is_managed.then(|| Cow::from(&*grant.address)),
            part: grant.part.as_deref().map(Cow::from),
            last_used: match object.map_or(LastUse::Unknown, |object| object.last_use) {
                LastUse::Unknown => None,
                LastUse::Never => Some("never".into()),
                LastUse::On(day) => Some(day.to_string().into()),
            },
            expires_on: grant.expires_on.map(|day| day.to_string()),
            access_digest: digests.map(|digests| Cow::from(&digests.access)),
        }
    }
}
