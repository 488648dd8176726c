//! Whether a request was complete before it was approved.

use super::Flaw;
use crate::manifest::{Approval, Manifest, RequestGap, RequestPart};

/// What a request leaves out that every request says, or that its system demands.
pub(super) fn check_request(approval: &Approval, manifest: &Manifest) -> Option<Flaw> {
    let system = approval.system_name().and_then(|name| manifest.systems.get(name));
    let demanded = system.map(|system| system.require.as_slice()).unwrap_or_default();
    let is_required = |part: &RequestPart| part.is_always_required() || demanded.contains(part);
    let parts = RequestPart::ALL.iter().copied().filter(is_required);
    let gaps: Vec<RequestGap> = parts.filter_map(|part| approval.find_gap(part)).collect();
    let requester =
        approval.requester.as_ref().filter(|_| gaps.iter().all(|gap| gap.part != RequestPart::Requester));
    (!gaps.is_empty())
        .then(|| Flaw::RequestIncomplete { requester: requester.map(|login| login.value.clone()), gaps })
}
