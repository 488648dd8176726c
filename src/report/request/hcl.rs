//! A draft as blocks of the manifest.
//!
//! A scope in plain words stands above each `grant` block, and the addresses that it is for. What is not drafted follows as
//! comments.

use std::fmt::Write as _;

use super::{RequestContext, describe_refused, scope_words, title_of};
use crate::manifest::{list_name, quote, quote_all};
use crate::report::escape::for_terminal;
use crate::request::{DraftApproval, DraftGrant, DraftRun, RequestDraft, RunScope};

/// Writes a draft; empty where nothing has to be asked for.
pub fn write(draft: &RequestDraft, context: RequestContext<'_>) -> String {
    let mut text = String::new();
    for approval in &draft.approvals {
        if !text.is_empty() {
            text.push('\n');
        }
        write_approval(approval, context, &mut text);
    }
    if !draft.refused.is_empty() {
        text.push_str("\n# Not drafted, because no approval settles it:\n");
    }
    for refused in &draft.refused {
        let (what, next) = describe_refused(refused);
        let address = refused.address.as_deref().unwrap_or("the plan");
        write_comment(&mut text, "", &format!("{address}: {what}"));
        write_comment(&mut text, "", &format!("  next: {next}"));
    }
    text
}

fn write_approval(approval: &DraftApproval, context: RequestContext<'_>, text: &mut String) {
    let RequestContext { asker, plan } = context;
    let decider = &approval.decider;
    write_comment(text, "", &format!("drafted by countersign request for {plan}"));
    let _ = writeln!(text, "approval {} {{", quote(&approval.ticket));
    let mut attributes: Vec<(&str, String)> = vec![
        ("title", quote(&title_of(approval))),
        ("justification", quote(&asker.reason)),
        ("system", quote(&decider.system)),
        ("requester", quote(&asker.requester)),
        ("approvers", format!("[{}]", quote_all(&decider.approvers))),
        ("approved_on", quote(&asker.from.to_string())),
        ("expires_on", quote(&decider.expires_on.to_string())),
    ];
    attributes.extend(decider.review_by.map(|day| ("review_by", quote(&day.to_string()))));
    let places = approval.places.iter();
    let places = places.map(|(word, names)| (list_name(*word), format!("[{}]", quote_all(names))));
    attributes.extend(places);
    let width = attributes.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    for (name, value) in attributes {
        let _ = writeln!(text, "  {name:width$} = {value}");
    }
    for part in &decider.open_parts {
        let names = part.names().join("` or `");
        write_comment(text, "  ", &format!("the system demands `{names}`: add it"));
    }
    for grant in &approval.grants {
        text.push('\n');
        write_grant(grant, text);
    }
    for run in &approval.runs {
        text.push('\n');
        write_run(run, text);
    }
    text.push_str("}\n");
}

fn write_grant(grant: &DraftGrant, text: &mut String) {
    for line in scope_words::describe_scope(grant) {
        write_comment(text, "  ", &line);
    }
    write_comment(text, "  ", &format!("for {}", scope_words::join_names(grant.addresses.clone())));
    text.push_str(&grant.to_hcl());
}

fn write_run(run: &DraftRun, text: &mut String) {
    match &run.scope {
        RunScope::Digest(digest) => {
            write_comment(text, "  ", "read what it runs first: `countersign grants` shows it");
            let listed = match digest.sha256.as_slice() {
                [only] => quote(only),
                several => format!("[{}]", quote_all(several)),
            };
            let address = run.address.as_deref().unwrap_or_default();
            let _ = writeln!(
                text,
                "  run {} {{\n    address = {}\n    sha256  = {listed}\n  }}",
                quote(&digest.kind),
                quote(address)
            );
        }
        RunScope::Target(addresses) => {
            let addresses = quote_all(addresses);
            let _ = writeln!(text, "  run \"target\" {{\n    addresses = [{addresses}]\n  }}");
        }
    }
}

/// A comment, on one line whatever it quotes.
fn write_comment(text: &mut String, indent: &str, comment: &str) {
    let _ = writeln!(text, "{indent}# {}", for_terminal(comment));
}
