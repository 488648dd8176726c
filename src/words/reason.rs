//! Reasons in words.

use super::document::{describe_document_error, describe_terms_error};
use crate::reason::{Reason, ScopeMembers, ShownReason};

/// Says why something could not be decided, as far as it may be printed.
pub fn describe_shown_reason(reason: &ShownReason) -> String {
    match reason {
        ShownReason::Whole(reason) => describe_reason(reason),
        ShownReason::Withheld(_) => "the reason is not shown, as it may quote a sensitive value".to_owned(),
    }
}

/// Says why something could not be decided.
pub fn describe_reason(reason: &Reason) -> String {
    match reason {
        Reason::UntilApply { value } => format!("`{value}` is known only after apply"),
        Reason::SourcesNeeded { value, reference } => format!(
            "`{value}` is known only after apply; it refers to `{reference}`, and plan JSON does not show whether it \
             is just that"
        ),
        Reason::FactMissing { fact } => {
            format!("the fact `{fact}` is missing; give it with `--fact {fact}=…` or in a `fact` block")
        }
        Reason::MembersUnknown { scope, members } => format!(
            "which {} lie in `{scope}` is not in a plan, so only what a fact `{}` names is approved",
            name_members(*members),
            members.fact()
        ),
        Reason::UnreadableValue { value } => {
            format!("`{value}` can't be read, so that nothing can be compared with it")
        }
        Reason::ContentNotRead { argument, file } => format!(
            "`{argument}` names `{file}`, which was not found below the folder in which Terraform runs; name that \
             folder with `--source-root`"
        ),
        Reason::SensitiveValue { value } => format!(
            "`{value}` holds a sensitive value, and a digest would let others guess it; let the command read the \
             secret itself"
        ),
        Reason::Unreadable(error) => describe_document_error(error),
        Reason::Meaningless(error) => describe_terms_error(error),
        Reason::Variable { key } => format!("it depends on what the policy variable `${{{key}}}` stands for"),
        Reason::SeveralValues { key } => {
            format!("the condition on `{key}` does not say whether any or all of several values must meet it")
        }
        Reason::OpaqueCondition { condition } => {
            format!("the condition `{condition}` can't be compared with any other")
        }
        Reason::MixedTypes { key } => format!("the conditions on `{key}` read its value in different ways"),
        Reason::Budget(limit) => format!("the question is too large for its budget: {limit}"),
        Reason::AllowsNothing => "it allows no request that could be shown".to_owned(),
        Reason::Unconfirmed => {
            "a request was found that the second check does not confirm; this is a bug in \
                                countersign, please report it"
                .to_owned()
        }
    }
}

fn name_members(members: ScopeMembers) -> &'static str {
    match members {
        ScopeMembers::GoogleProjects => "projects",
        ScopeMembers::AzureSubscriptions => "subscriptions",
    }
}
