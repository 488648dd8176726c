//! Words for people that several reports use: requests, counts, owners.

use crate::finding::OwnerStep;
use crate::lower::azure;
use access_algebra::{Context, Request};

/// Says a request: who could do what, on what, and under which circumstances.
pub(super) fn describe_request(request: &Request) -> String {
    let who = if request.principal.is_empty() { "anybody" } else { &request.principal };
    let mut text = format!("{who} could do {} on {}", request.action, request.resource);
    // The name of an Azure action says already on which plane it is.
    let context = request.context.iter().filter(|(key, _)| &***key != azure::PLANE);
    for (at, (key, value)) in context.enumerate() {
        text.push_str(if at == 0 { " with " } else { " and " });
        match value {
            Context::One(value) => text.push_str(&format!("{key} = {value}")),
            Context::Many(values) => text.push_str(&format!("{key} = [{}]", values.join(", "))),
        }
    }
    text
}

/// Says in one line which other actions are wider on the resource of a request; none where there are none.
pub(super) fn describe_excess(excess: &[String], request: &Request) -> Option<String> {
    let mut others = excess.iter().filter(|action| !action.eq_ignore_ascii_case(&request.action));
    let (first, more) = (others.next()?, others.count());
    Some(match more {
        0 => format!("{first} on {}", request.resource),
        more => format!("{first} and {} on {}", count_of(more, "more action"), request.resource),
    })
}

/// Says by which step an owner was found.
pub(crate) fn describe_step(step: &OwnerStep) -> String {
    match step {
        OwnerStep::Approved { ticket } => format!("approved {ticket}"),
        OwnerStep::Requested { ticket } => format!("requested {ticket}"),
        OwnerStep::ApprovalSystem { system, ticket } => {
            format!("owner of system {system}, which {ticket} is for")
        }
        OwnerStep::Override { rule, exception } => {
            format!("override {rule} names them for {exception}")
        }
        OwnerStep::SystemMatch { system } => {
            format!("owner of system {system}, whose `match` covers the address")
        }
        OwnerStep::SubjectOwner { ticket } => format!("`owner` in the `subject` of {ticket}"),
        OwnerStep::OwnerTag => "owner tag of the resource".to_owned(),
        OwnerStep::CodeOwners { path, line, is_trusted } => {
            let read = if *is_trusted { "" } else { ", as the work tree has it" };
            format!("owner of the file {path} by {line}{read}")
        }
        OwnerStep::ProcessCode => "`process_owner` of the manifest".to_owned(),
        OwnerStep::NobodyNearer => "`process_owner` of the manifest, as no other owner was found".to_owned(),
    }
}

/// A number and its noun, such as "1 grant" and "2 grants".
pub(crate) fn count_of(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
