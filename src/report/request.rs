//! Drafts of approvals, for the manifest and for people.
//!
//! Takes a finished draft and returns text. What stands in the manifest is HCL whose foreign texts are literals or comments of
//! one line; what people read says the scope in plain words first.

pub mod hcl;
pub mod markdown;
mod scope_words;

use crate::finding::Finding;
use crate::report::finding_words::describe_message;
use crate::report::remedy_words::describe_remedy;
use crate::request::{Asker, DecisionGap, DraftApproval, RefusalReason, Refused};

/// What a draft is told with.
#[derive(Clone, Copy, Debug)]
pub struct RequestContext<'c> {
    /// Who asks, and why.
    pub asker: &'c Asker,
    /// The plan, as the user named it.
    pub plan: &'c str,
}

/// What an approval is about, in a few words.
fn title_of(approval: &DraftApproval) -> String {
    scope_words::describe_title(approval)
}

/// Why something is not drafted, and what to do about it.
fn describe_refused(refused: &Refused) -> (String, String) {
    match &refused.reason {
        RefusalReason::Finding(finding) => describe_finding(finding),
        RefusalReason::Decision(gap) => describe_gap(gap),
    }
}

fn describe_finding(finding: &Finding) -> (String, String) {
    let what = format!("{}: {}", finding.code.name(), describe_message(finding));
    (what, describe_remedy(finding))
}

fn describe_gap(gap: &DecisionGap) -> (String, String) {
    match gap {
        DecisionGap::NoSystem => (
            "no `system` of the manifest covers this place".to_owned(),
            "add a `match` for it to the system that it belongs to".to_owned(),
        ),
        DecisionGap::NoAuthority { system } => (
            format!("no `authority` of the manifest speaks of system `{system}`"),
            format!("add `{system}` to the `systems` of an authority"),
        ),
        DecisionGap::TooFewApprovers { system, authority, threshold } => (
            format!(
                "authority `{authority}` over system `{system}` demands {threshold} approvers, and has fewer besides \
                 whoever asks"
            ),
            "have somebody else ask (`--requester`), or add approvers to the authority".to_owned(),
        ),
    }
}
