//! What one principal holds by one grant of an approval, in the words of the manifest.
//!
//! Takes an approval and returns a [`HeldAccess`] for each principal of each grant, and for each run. Nothing is compared here.

use std::collections::BTreeSet;

use crate::lower::{AssignmentKind, Mode, Terms, Text};
use crate::manifest::{Approval, ApprovedRunSubject, Exclusion};

/// What one principal holds by one grant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HeldAccess {
    /// Whose vocabulary it is in: the dialect, or `run`.
    pub kind: String,
    /// Who, as written; empty where the approval lets something run.
    pub principal: String,
    /// What, with conditions and exclusions, as written.
    pub access: String,
    /// On what, as written; empty where the grant reaches the cloud's widest scope.
    pub resources: Vec<String>,
}

/// Lists what an approval gives, each thing once.
pub fn list_held(approval: &Approval) -> Vec<HeldAccess> {
    let mut held = BTreeSet::new();
    for (dialect, terms, exclusions) in approval.written_grants() {
        let access = describe_access(&terms, &exclusions);
        let resources = list_texts(&terms.resources);
        let of = |principal: String| HeldAccess {
            kind: dialect.word().to_owned(),
            principal,
            access: access.clone(),
            resources: resources.clone(),
        };
        if terms.principals.is_empty() {
            held.insert(of(String::new()));
        }
        held.extend(list_texts(&terms.principals).into_iter().map(of));
    }
    held.extend(approval.runs.iter().map(|run| {
        let resources = match &run.subject {
            ApprovedRunSubject::Provisioner { address, .. } => vec![address.clone()],
            ApprovedRunSubject::Target { addresses } => addresses.iter().map(ToString::to_string).collect(),
        };
        let access = format!("run {}", run.kind());
        HeldAccess { kind: "run".to_owned(), principal: String::new(), access, resources }
    }));
    held.into_iter().collect()
}

fn list_texts(texts: &[Text]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

fn join(texts: &[Text]) -> String {
    list_texts(texts).join(", ")
}

/// Says what a grant allows: actions or roles, then what limits them.
fn describe_access(terms: &Terms, exclusions: &[Exclusion]) -> String {
    let mut parts = Vec::new();
    let mut add = |label: &str, texts: &[Text]| {
        if !texts.is_empty() {
            parts.push(format!("{label}{}", join(texts)));
        }
    };
    add("", &terms.actions);
    add("but not ", &terms.not_actions);
    add("data ", &terms.data_actions);
    add("but not data ", &terms.not_data_actions);
    add("role ", &terms.roles);
    for condition in &terms.conditions {
        parts.push(format!("if {} {} {}", condition.key, condition.operator, join(&condition.values)));
    }
    parts.extend(terms.expression.iter().map(|expression| format!("if {expression}")));
    parts.extend(describe_mode(&terms.mode));
    for exclusion in exclusions {
        let mut except = String::from("except");
        for texts in [&exclusion.principals, &exclusion.actions, &exclusion.resources] {
            if !texts.is_empty() {
                except.push_str(&format!(" {}", join(texts)));
            }
        }
        parts.push(except);
    }
    parts.join("; ")
}

/// Says how the access is held, where that is not for good and for oneself.
fn describe_mode(mode: &Mode) -> Vec<String> {
    let assignment = mode.assignment.map(|kind| match kind {
        AssignmentKind::Eligible => "after activation".to_owned(),
        AssignmentKind::Active => "while activated".to_owned(),
    });
    let grantable = mode.grantable.then(|| "may pass it on".to_owned());
    let ttl = mode.ttl_seconds.map(|seconds| format!("for at most {seconds} s"));
    assignment.into_iter().chain(grantable).chain(ttl).collect()
}
