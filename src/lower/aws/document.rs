//! A policy document as it is written.
//!
//! Takes a [`DocumentValue`] and returns the statements of the policy as they are written, each with what is open in it.
//! An element that AWS does not define is refused, because a reader that skips `condition` would approve what AWS would
//! not. What the statements mean is not decided here. For the arguments of `data.aws_iam_policy_document` see
//! [`super::arguments`].
//!
//! The grammar is that of "Grammar of the IAM JSON policy language" in the IAM User Guide.

use crate::lower::listed::{Listed, NoText, Scalars, one_of_several};
use crate::lower::{DocumentFormat, DocumentValue, Text};
use crate::reason::{DocumentError, Reason};
use crate::value::UnknownOrigin;
use access_algebra::Effect;

use super::arguments;
use super::statement::{self, PolicyStatement};

/// The policy language's version, which decides whether `${…}` is a variable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PolicyVersion {
    /// 2008-10-17, or none: no variables.
    #[default]
    Old,
    /// 2012-10-17.
    Current,
}

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
        | DocumentValue::Json(_) => arguments::read_arguments(value),
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
            DocumentFormat::AwsPolicyArguments => arguments::read_arguments(arguments),
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

/// The version; none where it is not known.
pub(super) fn read_version(value: &DocumentValue) -> Result<Option<PolicyVersion>, Reason> {
    match value {
        DocumentValue::Text(text) => match text.as_known() {
            Some("2012-10-17") => Ok(Some(PolicyVersion::Current)),
            Some("2008-10-17") => Ok(Some(PolicyVersion::Old)),
            Some(other) => Err(DocumentError::UndefinedVersion { version: other.to_owned() }.into()),
            None => Ok(None),
        },
        DocumentValue::Unknown(_) | DocumentValue::OneOf(_) => Ok(None),
        DocumentValue::Null
        | DocumentValue::Bool(_)
        | DocumentValue::Number(_)
        | DocumentValue::List(_)
        | DocumentValue::Object(_)
        | DocumentValue::Each(_)
        | DocumentValue::Json(_)
        | DocumentValue::Rendered(..) => Err(DocumentError::NotText { part: "the policy's version" }.into()),
    }
}

/// One text or several.
pub(super) fn read_texts(value: &DocumentValue) -> Result<Listed<Text>, DocumentError> {
    let part = "a value of the policy where text belongs";
    Scalars::Any.read(value).map_err(|NoText| DocumentError::NotText { part })
}

pub(super) fn undefined_element(part: &'static str, element: &str) -> Reason {
    DocumentError::UndefinedElement { part, element: element.into() }.into()
}

pub(super) fn missing_element(part: &'static str, element: &'static str) -> Reason {
    DocumentError::MissingElement { part, element }.into()
}

/// The members of an object. The caller looks at what is not known first.
pub(super) fn as_object<'v>(
    value: &'v DocumentValue,
    part: &'static str,
) -> Result<&'v [(Text, DocumentValue)], Reason> {
    match value {
        DocumentValue::Object(members) => Ok(members),
        DocumentValue::Unknown(origin) => Err(Reason::of_unknown(origin)),
        DocumentValue::Null
        | DocumentValue::Bool(_)
        | DocumentValue::Number(_)
        | DocumentValue::Text(_)
        | DocumentValue::List(_)
        | DocumentValue::Each(_)
        | DocumentValue::OneOf(_)
        | DocumentValue::Json(_)
        | DocumentValue::Rendered(..) => Err(DocumentError::NotAnObject { part }.into()),
    }
}
