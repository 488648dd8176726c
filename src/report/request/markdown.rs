//! A draft for a ticket or a pull request: the scope in plain words, who decides, and the blocks of the manifest below.

use std::fmt::Write as _;

use super::{RequestContext, describe_refused, hcl, scope_words, title_of};
use crate::report::escape::{for_markdown, for_markdown_sentence};
use crate::request::RequestDraft;

/// Writes a draft.
pub fn write(draft: &RequestDraft, context: RequestContext<'_>) -> String {
    let mut text = String::new();
    for approval in &draft.approvals {
        let decider = &approval.decider;
        let _ =
            writeln!(text, "## {}: {}\n", for_markdown(&approval.ticket), for_markdown(&title_of(approval)));
        let _ = writeln!(
            text,
            "Asked for by {} for system {}, until {}. To be decided by {}.\n",
            for_markdown(&context.asker.requester),
            for_markdown(&decider.system),
            decider.expires_on,
            for_markdown(&decider.approvers.join(" and "))
        );
        let _ = writeln!(text, "Reason: {}\n", for_markdown(&context.asker.reason));
        for line in approval.grants.iter().flat_map(scope_words::describe_scope) {
            let _ = writeln!(text, "- {}", for_markdown(&line));
        }
        for run in &approval.runs {
            let _ = writeln!(
                text,
                "- runs {}",
                for_markdown(run.address.as_deref().unwrap_or("a targeted plan"))
            );
        }
        text.push('\n');
    }
    if !draft.refused.is_empty() {
        text.push_str("## Not drafted\n\n");
    }
    for refused in &draft.refused {
        let (what, next) = describe_refused(refused);
        let address = refused.address.as_deref().unwrap_or("the plan");
        let _ = writeln!(
            text,
            "- {}: {}. Next: {}",
            for_markdown(address),
            for_markdown_sentence(&what),
            for_markdown_sentence(&next)
        );
    }
    if !draft.approvals.is_empty() {
        let blocks = hcl::write(&RequestDraft { refused: Vec::new(), ..draft.clone() }, context);
        // A fence that is longer than any run of its symbol in the block.
        let longest = blocks.split(|symbol| symbol != '~').map(str::len).max().unwrap_or_default();
        let fence = "~".repeat(longest.max(2) + 1);
        let _ = write!(
            text,
            "\n<details><summary>Manifest</summary>\n\n{fence}hcl\n{blocks}{fence}\n\n</details>\n"
        );
    }
    text
}
