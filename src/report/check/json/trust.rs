//! Where decisions were read, on the wire.

use serde::Serialize;

use crate::trust::TrustSource;

/// Where authority and unsigned approvals were read.
#[derive(Serialize)]
pub(super) struct TrustWire<'a> {
    kind: &'static str,
    path: &'a str,
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    reference: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    commit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    serial: Option<u64>,
}

impl<'a> TrustWire<'a> {
    pub(super) fn new(trust: &'a TrustSource) -> Self {
        let commit = trust.commit.as_ref();
        Self {
            kind: trust.kind.word(),
            path: &trust.path,
            reference: commit.and_then(|commit| commit.reference.as_deref()),
            commit: commit.map(|commit| commit.id.as_str()),
            serial: trust.serial,
        }
    }
}
