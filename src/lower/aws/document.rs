//! A policy document as it is written.
//!
//! Takes a [`Value`] and returns the statements of the policy as they are written. An element that AWS does not define is
//! refused, because a reader that skips `condition` would approve what AWS would not. What the statements mean is not
//! decided here. For the arguments of `data.aws_iam_policy_document` see [`super::arguments`].
//!
//! The grammar is that of "Grammar of the IAM JSON policy language" in the IAM User Guide.

use crate::lower::{TermCondition, Text, spelling};
use crate::reason::{DocumentError, Reason};
use crate::value::Value;
use access_algebra::Effect;

/// The policy language's version, which decides whether `${…}` is a variable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PolicyVersion {
    /// 2008-10-17, or none: no variables.
    #[default]
    Old,
    /// 2012-10-17.
    Current,
}

#[derive(Clone, Debug, Default)]
pub(super) struct PolicyDocument {
    pub(super) version: PolicyVersion,
    pub(super) statements: Vec<PolicyStatement>,
}

/// One statement in words.
#[derive(Clone, Debug)]
pub(super) struct PolicyStatement {
    pub(super) sid: Option<Box<str>>,
    pub(super) effect: Effect,
    pub(super) principals: Option<ElementChoice<TypedPrincipal>>,
    pub(super) actions: ElementChoice<Text>,
    pub(super) resources: Option<ElementChoice<Text>>,
    pub(super) conditions: Vec<TermCondition>,
}

/// These, or all but these.
#[derive(Clone, Debug)]
pub(super) enum ElementChoice<T> {
    Of(Vec<T>),
    Except(Vec<T>),
}

/// A principal with the type it is listed under.
#[derive(Clone, Debug)]
pub(super) struct TypedPrincipal {
    pub(super) kind: PrincipalType,
    pub(super) name: Text,
}

/// The types of principals ("AWS JSON policy elements: Principal").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PrincipalType {
    /// `"*"`, without a type.
    Everyone,
    Aws,
    Service,
    Federated,
    CanonicalUser,
}

impl PrincipalType {
    pub(super) fn read_type(word: &str) -> Result<Self, DocumentError> {
        match word {
            "*" => Ok(Self::Everyone),
            "AWS" => Ok(Self::Aws),
            "Service" => Ok(Self::Service),
            "Federated" => Ok(Self::Federated),
            "CanonicalUser" => Ok(Self::CanonicalUser),
            other => Err(DocumentError::UndefinedPrincipalType { name: other.into() }),
        }
    }
}

/// Reads a policy from its text or its parsed object.
pub(super) fn read_policy(value: &Value) -> Result<PolicyDocument, Reason> {
    match value {
        Value::String(text) => {
            let parsed = spelling::parse_document("the policy", text)?;
            read_object(&parsed)
        }
        Value::Unknown(origin) => Err(Reason::of_unknown(origin)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Object(_) => {
            read_object(value)
        }
    }
}

fn read_object(value: &Value) -> Result<PolicyDocument, Reason> {
    let members = as_object(value, "the policy")?;
    let mut document = PolicyDocument::default();
    for (name, member) in members {
        match &**name {
            "Version" => document.version = read_version(member)?,
            "Id" => {}
            "Statement" => {
                document.statements = list_items(member).map(read_statement).collect::<Result<_, _>>()?;
            }
            other => return Err(undefined_element("a policy", other)),
        }
    }
    match value.get("Statement") {
        Value::Null => Err(missing_element("the policy", "Statement")),
        Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::List(_)
        | Value::Object(_)
        | Value::Unknown(_) => Ok(document),
    }
}

pub(super) fn read_version(value: &Value) -> Result<PolicyVersion, Reason> {
    match value {
        Value::String(text) if &**text == "2012-10-17" => Ok(PolicyVersion::Current),
        Value::String(text) if &**text == "2008-10-17" => Ok(PolicyVersion::Old),
        Value::String(text) => Err(DocumentError::UndefinedVersion { version: text.to_string() }.into()),
        Value::Unknown(origin) => Err(Reason::of_unknown(origin)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Object(_) => {
            Err(DocumentError::NotText { part: "the policy's version" }.into())
        }
    }
}

pub(super) fn read_effect(value: &Value) -> Result<Effect, Reason> {
    match value {
        Value::String(text) if &**text == "Allow" => Ok(Effect::Allow),
        Value::String(text) if &**text == "Deny" => Ok(Effect::Deny),
        Value::String(text) => Err(DocumentError::UndefinedEffect { effect: text.to_string() }.into()),
        Value::Unknown(origin) => Err(Reason::of_unknown(origin)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Object(_) => {
            Err(DocumentError::NotText { part: "a statement's effect" }.into())
        }
    }
}

fn read_statement(value: &Value) -> Result<PolicyStatement, Reason> {
    let members = as_object(value, "a statement")?;
    let (mut effects, mut principals, mut actions, mut resources) = (None, None, None, None);
    let (mut sid, mut conditions) = (None, Vec::new());
    for (name, member) in members {
        match &**name {
            "Sid" => sid = member.as_str().map(Box::from),
            "Effect" => effects = Some(read_effect(member)?),
            "Principal" => {
                set_once(&mut principals, ElementChoice::Of(read_principals(member)?), PRINCIPALS)?
            }
            "NotPrincipal" => {
                set_once(&mut principals, ElementChoice::Except(read_principals(member)?), PRINCIPALS)?
            }
            "Action" => set_once(&mut actions, ElementChoice::Of(read_texts(member)?), ACTIONS)?,
            "NotAction" => set_once(&mut actions, ElementChoice::Except(read_texts(member)?), ACTIONS)?,
            "Resource" => set_once(&mut resources, ElementChoice::Of(read_texts(member)?), RESOURCES)?,
            "NotResource" => set_once(&mut resources, ElementChoice::Except(read_texts(member)?), RESOURCES)?,
            "Condition" => conditions = read_conditions(member)?,
            other => return Err(undefined_element("a statement", other)),
        }
    }
    Ok(PolicyStatement {
        sid,
        effect: effects.ok_or_else(|| missing_element("a statement", "Effect"))?,
        principals,
        actions: actions.ok_or_else(|| missing_element("a statement", "Action` and no `NotAction"))?,
        resources,
        conditions,
    })
}

/// Elements of which a statement has one.
type Pair = [&'static str; 2];
const PRINCIPALS: Pair = ["Principal", "NotPrincipal"];
const ACTIONS: Pair = ["Action", "NotAction"];
const RESOURCES: Pair = ["Resource", "NotResource"];

fn set_once<T>(slot: &mut Option<T>, value: T, [one, other]: Pair) -> Result<(), DocumentError> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(DocumentError::ConflictingElements { part: "a statement", one, other }),
    }
}

fn undefined_element(part: &'static str, element: &str) -> Reason {
    DocumentError::UndefinedElement { part, element: element.into() }.into()
}

fn missing_element(part: &'static str, element: &'static str) -> Reason {
    DocumentError::MissingElement { part, element }.into()
}

fn read_principals(value: &Value) -> Result<Vec<TypedPrincipal>, Reason> {
    if let Value::String(_) | Value::Unknown(_) = value {
        let name = read_text(value)?;
        return match name.as_known() {
            Some("*") | None => Ok(vec![TypedPrincipal { kind: PrincipalType::Everyone, name }]),
            Some(other) => Err(DocumentError::UntypedPrincipal { principal: other.into() }.into()),
        };
    }
    let mut names = Vec::new();
    for (kind, listed) in as_object(value, "a principal")? {
        let kind = match PrincipalType::read_type(kind)? {
            PrincipalType::Everyone => {
                return Err(DocumentError::UndefinedPrincipalType { name: "*".into() }.into());
            }
            kind @ (PrincipalType::Aws
            | PrincipalType::Service
            | PrincipalType::Federated
            | PrincipalType::CanonicalUser) => kind,
        };
        names.extend(read_texts(listed)?.into_iter().map(|name| TypedPrincipal { kind, name }));
    }
    Ok(names)
}

fn read_conditions(value: &Value) -> Result<Vec<TermCondition>, Reason> {
    let mut conditions: Vec<TermCondition> = Vec::new();
    for (operator, keys) in as_object(value, "a condition")? {
        for (key, values) in as_object(keys, "a condition's operator")? {
            if conditions
                .iter()
                .any(|other| other.operator == **operator && other.key.eq_ignore_ascii_case(key))
            {
                let (operator, key) = (operator.to_string(), key.to_string());
                return Err(DocumentError::RepeatedConditionKey { operator, key }.into());
            }
            let values = read_texts(values)?;
            conditions.push(TermCondition { operator: operator.to_string(), key: key.to_string(), values });
        }
    }
    Ok(conditions)
}

/// The members of an object.
pub(super) fn as_object<'v>(value: &'v Value, part: &'static str) -> Result<&'v [(Box<str>, Value)], Reason> {
    match value {
        Value::Object(members) => Ok(members),
        Value::Unknown(origin) => Err(Reason::of_unknown(origin)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::List(_) => {
            Err(DocumentError::NotAnObject { part }.into())
        }
    }
}

/// The items of a list; anything else stands for a list of one.
pub(super) fn list_items(value: &Value) -> impl Iterator<Item = &Value> {
    match value {
        Value::List(items) => items.iter(),
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Object(_)
        | Value::Unknown(_) => std::slice::from_ref(value).iter(),
    }
}

/// One text or several. A list that is not known is one unknown text: whatever it holds, a hole covers it.
pub(super) fn read_texts(value: &Value) -> Result<Vec<Text>, DocumentError> {
    list_items(value).map(read_text).collect()
}

fn read_text(value: &Value) -> Result<Text, DocumentError> {
    match value {
        Value::String(text) => Ok(Text::known(text)),
        Value::Bool(truth) => Ok(Text::known(if *truth { "true" } else { "false" })),
        Value::Number(number) => Ok(Text::known(number)),
        Value::Unknown(origin) => Ok(Text::unknown(origin)),
        Value::Null | Value::List(_) | Value::Object(_) => {
            Err(DocumentError::NotText { part: "a value of the policy where text belongs" })
        }
    }
}
