//! Where decisions were read, in a report.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::trust::TrustSource;

/// Where authority and unsigned approvals were read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report::check) struct TrustEntry<'a> {
    pub(in crate::report::check) kind: Cow<'a, str>,
    pub(in crate::report::check) path: Cow<'a, str>,
    #[serde(default, rename = "ref", skip_serializing_if = "Option::is_none")]
    pub(in crate::report::check) reference: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::report::check) commit: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::report::check) serial: Option<u64>,
}

impl<'a> TrustEntry<'a> {
    pub(super) fn new(trust: &'a TrustSource) -> Self {
        let commit = trust.commit.as_ref();
        Self {
            kind: trust.kind.word().into(),
            path: (&trust.path).into(),
            reference: commit.and_then(|commit| commit.reference.as_deref()).map(Cow::from),
            commit: commit.map(|commit| commit.id.as_str().into()),
            serial: trust.serial,
        }
    }
}
