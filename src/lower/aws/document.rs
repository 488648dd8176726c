//! A policy document as it is written.
//!
//! Takes a [`DocumentValue`] and returns the statements of the policy as they are written, each with what is open in it.
//! An element that AWS does not define is refused, because a reader that skips `condition` would approve what AWS would
//! not. What the statements mean is not decided here. From the arguments of `data.aws_iam_policy_document` the document is
//! the one that the provider would render: it merges others, and replaces a statement by a later one with the same `sid`
//! (`internal/service/iam/policy_model.go`).
//!
//! The grammar is that of "Grammar of the IAM JSON policy language" in the IAM User Guide.

use crate::lower::listed::one_of_several;
use crate::lower::{DocumentFormat, DocumentValue};
use crate::reason::{DocumentError, Reason};
use crate::value::UnknownOrigin;
use access_algebra::Effect;

use super::arguments::{self, Block, list_blocks};
use super::element::{PolicyVersion, as_object, missing_element, read_version, undefined_element};
use super::statement::{self, PolicyStatement, SidComparison, compare_sids};

/// A policy as it is written.
#[derive(Clone, Debug, Default)]
pub(super) struct PolicyDocument {
    /// None where it is not known.
    pub(super) version: Option<PolicyVersion>,
    pub(super) statements: Vec<PolicyStatement>,
}

impl PolicyDocument {
    /// A policy of which nothing is known.
    fn unknown(origin: &UnknownOrigin) -> Self {
        Self { version: Some(PolicyVersion::Old), statements: PolicyStatement::unknown(origin).into() }
    }

    /// Each statement with the version by which it is read. Where the version is not known and matters, it is read both
    /// ways.
    pub(super) fn into_statements(mut self) -> Vec<(PolicyVersion, PolicyStatement)> {
        // Nobody asks what may be taken away from what nobody knows.
        let allows = |statement: &&PolicyStatement| statement.effect == Effect::Allow;
        if self.statements.iter().filter(allows).all(PolicyStatement::allows_anything) {
            self.statements.retain(|statement| statement.doubts.is_empty() || allows(&statement));
        }
        let both = [PolicyVersion::Old, PolicyVersion::Current];
        let read = |statement: PolicyStatement| match self.version {
            Some(version) => vec![(version, statement)],
            None if !statement.may_have_variables() => vec![(PolicyVersion::Current, statement)],
            None => {
                let doubt = UnknownOrigin::Deferred("the policy's version".into());
                let statement = statement.doubted(&doubt);
                both.map(|version| (version, statement.clone())).into()
            }
        };
        let mut statements: Vec<_> = self.statements.into_iter().flat_map(read).collect();
        for (version, statement) in &mut statements {
            statement.conditions.iter_mut().for_each(|condition| condition.version = *version);
        }
        statements
    }
}

/// Reads a policy from its text or its parsed object. One that may be several is all of them, each perhaps.
pub(super) fn read_policy(value: &DocumentValue) -> Result<PolicyDocument, Reason> {
    read_each(value, &read_one)
}

/// Reads a policy from the arguments of which the data source renders it.
pub(super) fn read_argument_policy(value: &DocumentValue) -> Result<PolicyDocument, Reason> {
    read_each(value, &|value| match value {
        DocumentValue::Unknown(origin) => Ok(PolicyDocument::unknown(origin)),
        DocumentValue::Rendered(..) => read_one(value),
        DocumentValue::Null
        | DocumentValue::Bool(_)
        | DocumentValue::Number(_)
        | DocumentValue::Text(_)
        | DocumentValue::List(_)
        | DocumentValue::Object(_)
        | DocumentValue::Each(_)
        | DocumentValue::OneOf(_)
        | DocumentValue::Json(_) => read_arguments(value),
    })
}

fn read_each(
    value: &DocumentValue,
    read: &impl Fn(&DocumentValue) -> Result<PolicyDocument, Reason>,
) -> Result<PolicyDocument, Reason> {
    let alternatives = value.alternatives();
    if let [only] = alternatives.as_slice() {
        return read(only);
    }
    let doubt = one_of_several("the policy");
    let mut all = PolicyDocument { version: Some(PolicyVersion::Current), statements: Vec::new() };
    let mut versions = Vec::new();
    for alternative in alternatives {
        let one = read(alternative)?;
        versions.push(one.version);
        all.statements.extend(one.statements.into_iter().map(|statement| statement.doubted(&doubt)));
    }
    versions.dedup();
    all.version = if let [only] = versions.as_slice() { *only } else { None };
    Ok(all)
}

fn read_one(value: &DocumentValue) -> Result<PolicyDocument, Reason> {
    if let DocumentValue::Rendered(format, arguments) = value {
        return match format {
            DocumentFormat::AwsPolicyArguments => read_arguments(arguments),
            DocumentFormat::AwsPolicy
            | DocumentFormat::GooglePolicy
            | DocumentFormat::GooglePolicyArguments
            | DocumentFormat::KubernetesRules => {
                Err(DocumentError::WrongKind { expected: "an AWS policy" }.into())
            }
        };
    }
    let parsed = value.parse_text("the policy")?;
    match &*parsed {
        DocumentValue::Unknown(origin) => Ok(PolicyDocument::unknown(origin)),
        DocumentValue::OneOf(_) => read_policy(&parsed),
        parsed @ (DocumentValue::Null
        | DocumentValue::Bool(_)
        | DocumentValue::Number(_)
        | DocumentValue::Text(_)
        | DocumentValue::List(_)
        | DocumentValue::Object(_)
        | DocumentValue::Each(_)
        | DocumentValue::Json(_)
        | DocumentValue::Rendered(..)) => read_object(parsed),
    }
}

fn read_object(value: &DocumentValue) -> Result<PolicyDocument, Reason> {
    let members = as_object(value, "the policy")?;
    if let Some(name) = value.find_open_name() {
        return Ok(PolicyDocument::unknown(&name.first_origin()));
    }
    let mut document = PolicyDocument { version: Some(PolicyVersion::Old), statements: Vec::new() };
    for (name, member) in members {
        match name.as_known().unwrap_or_default() {
            "Version" => document.version = read_version(member)?,
            "Id" => {}
            "Statement" => document.statements = statement::read_statements(member)?,
            other => return Err(undefined_element("a policy", other)),
        }
    }
    if value.get("Statement").is_null() {
        return Err(missing_element("the policy", "Statement"));
    }
    Ok(document)
}

/// The document that the provider would render.
pub(super) fn read_arguments(arguments: &DocumentValue) -> Result<PolicyDocument, Reason> {
    let mut merged = PolicyDocument { version: Some(PolicyVersion::Old), statements: Vec::new() };
    for name in ["source_json", "source_policy_documents"] {
        merge_all(&mut merged, arguments.get(name))?;
    }
    let version = arguments.get("version").given().map_or(Ok(Some(PolicyVersion::Current)), read_version)?;
    let mut statements = Vec::new();
    for block in list_blocks(arguments.get("statement"), "a statement") {
        statements.extend(arguments::read_statement(block)?);
    }
    merge(&mut merged, PolicyDocument { version, statements });
    for name in ["override_json", "override_policy_documents"] {
        merge_all(&mut merged, arguments.get(name))?;
    }
    Ok(merged)
}

fn merge_all(merged: &mut PolicyDocument, documents: &DocumentValue) -> Result<(), Reason> {
    let is_empty = |document: &DocumentValue| matches!(document, DocumentValue::Text(text) if text.as_known() == Some(""));
    for Block { value, doubt } in list_blocks(documents, "a policy") {
        if is_empty(value) {
            continue;
        }
        let mut newer = match read_policy(value) {
            // The provider merges a document without statements as one that adds none.
            Err(Reason::Unreadable(DocumentError::MissingElement { element: "Statement", .. })) => continue,
            read => read?,
        };
        if let Some(doubt) = doubt {
            newer.statements = statement::doubt_all(newer.statements, &doubt);
        }
        merge(merged, newer);
    }
    Ok(())
}

/// Adds the statements of a document. Of two versions the newer counts.
fn merge(merged: &mut PolicyDocument, newer: PolicyDocument) {
    merged.version = match (merged.version, newer.version) {
        (Some(PolicyVersion::Current), _) | (_, Some(PolicyVersion::Current)) => Some(PolicyVersion::Current),
        (Some(PolicyVersion::Old), other) | (other, Some(PolicyVersion::Old)) => other,
        (None, None) => None,
    };
    let known = merged.statements.len();
    let mut replaced = vec![false; known];
    for statement in newer.statements {
        for (older, replaced) in merged.statements.iter_mut().take(known).zip(&mut replaced) {
            match compare_sids(&older.sid, &statement.sid) {
                SidComparison::Different => {}
                SidComparison::Same if statement.doubts.is_empty() => *replaced = true,
                SidComparison::Same | SidComparison::Open => {
                    older.doubts.push(UnknownOrigin::Deferred("which statements are replaced".into()));
                }
            }
        }
        merged.statements.push(statement);
    }
    let mut replaced = replaced.into_iter();
    merged.statements.retain(|_| !replaced.next().unwrap_or(false));
}
