//! A policy document as it is written.
//!
//! In goes a [`Value`]: an AWS policy, or the arguments of `data.aws_iam_policy_document` (see [`super::arguments`]).
//! Out come its statements in words, strictly read: an element that AWS does not know is refused, because a reader
//! that skips `condition` would approve what AWS would not. What the words mean is not decided here.
//!
//! The grammar is that of "Grammar of the IAM JSON policy language" in the IAM User Guide.

use crate::json;
use crate::lower::{TermCondition, Text};
use crate::reason::{DocumentError, Reason};
use crate::value::Value;
use access_algebra::Effect;
use access_algebra::HoleKind;

/// The policy language's version, which decides whether `${…}` is a variable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    /// 2008-10-17, or none: no variables.
    #[default]
    Old,
    /// 2012-10-17.
    Current,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Document {
    pub(super) version: Version,
    pub(super) statements: Vec<Raw>,
}

/// One statement in words.
#[derive(Clone, Debug)]
pub(super) struct Raw {
    pub(super) sid: Option<Box<str>>,
    pub(super) effect: Effect,
    pub(super) principals: Option<Choice<Named>>,
    pub(super) actions: Choice<Text>,
    pub(super) resources: Option<Choice<Text>>,
    pub(super) conditions: Vec<TermCondition>,
}

/// These, or all but these.
#[derive(Clone, Debug)]
pub(super) enum Choice<T> {
    Of(Vec<T>),
    Except(Vec<T>),
}

/// A principal with the type it is listed under.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) kind: Kind,
    pub(super) name: Text,
}

/// The types of principals ("AWS JSON policy elements: Principal").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `"*"`, without a type.
    Everyone,
    Aws,
    Service,
    Federated,
    CanonicalUser,
}

impl Kind {
    pub(super) fn read(word: &str) -> Result<Self, DocumentError> {
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
pub(super) fn read(value: &Value) -> Result<Document, Reason> {
    match value {
        Value::String(text) => {
            let parsed =
                json::parse(text).map_err(|error| DocumentError::NotJson { part: "the policy", error })?;
            read_object(&parsed)
        }
        Value::Unknown(name) => Err(Reason::UntilApply { value: name.to_string() }),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Object(_) => {
            read_object(value)
        }
    }
}

fn read_object(value: &Value) -> Result<Document, Reason> {
    let members = object(value, "the policy")?;
    let mut document = Document::default();
    for (name, member) in members {
        match &**name {
            "Version" => document.version = version(member)?,
            "Id" => {}
            "Statement" => {
                document.statements = listed(member).map(statement).collect::<Result<_, _>>()?;
            }
            other => return Err(undefined("a policy", other)),
        }
    }
    match value.get("Statement") {
        Value::Null => Err(missing("the policy", "Statement")),
        Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::List(_)
        | Value::Object(_)
        | Value::Unknown(_) => Ok(document),
    }
}

pub(super) fn version(value: &Value) -> Result<Version, Reason> {
    match value {
        Value::String(text) if &**text == "2012-10-17" => Ok(Version::Current),
        Value::String(text) if &**text == "2008-10-17" => Ok(Version::Old),
        Value::String(text) => Err(DocumentError::UndefinedVersion { version: text.to_string() }.into()),
        Value::Unknown(name) => Err(Reason::UntilApply { value: name.to_string() }),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Object(_) => {
            Err(DocumentError::NotText { part: "the policy's version" }.into())
        }
    }
}

pub(super) fn effect(value: &Value) -> Result<Effect, Reason> {
    match value {
        Value::String(text) if &**text == "Allow" => Ok(Effect::Allow),
        Value::String(text) if &**text == "Deny" => Ok(Effect::Deny),
        Value::String(text) => Err(DocumentError::UndefinedEffect { effect: text.to_string() }.into()),
        Value::Unknown(name) => Err(Reason::UntilApply { value: name.to_string() }),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Object(_) => {
            Err(DocumentError::NotText { part: "a statement's effect" }.into())
        }
    }
}

fn statement(value: &Value) -> Result<Raw, Reason> {
    let members = object(value, "a statement")?;
    let (mut effects, mut principals, mut actions, mut resources) = (None, None, None, None);
    let (mut sid, mut conditions) = (None, Vec::new());
    for (name, member) in members {
        match &**name {
            "Sid" => sid = member.as_str().map(Box::from),
            "Effect" => effects = Some(effect(member)?),
            "Principal" => set(&mut principals, Choice::Of(named(member)?), PRINCIPALS)?,
            "NotPrincipal" => set(&mut principals, Choice::Except(named(member)?), PRINCIPALS)?,
            "Action" => set(&mut actions, Choice::Of(texts(member)?), ACTIONS)?,
            "NotAction" => set(&mut actions, Choice::Except(texts(member)?), ACTIONS)?,
            "Resource" => set(&mut resources, Choice::Of(texts(member)?), RESOURCES)?,
            "NotResource" => set(&mut resources, Choice::Except(texts(member)?), RESOURCES)?,
            "Condition" => conditions = self::conditions(member)?,
            other => return Err(undefined("a statement", other)),
        }
    }
    Ok(Raw {
        sid,
        effect: effects.ok_or_else(|| missing("a statement", "Effect"))?,
        principals,
        actions: actions.ok_or_else(|| missing("a statement", "Action` and no `NotAction"))?,
        resources,
        conditions,
    })
}

/// Elements of which a statement has one.
type Pair = [&'static str; 2];
const PRINCIPALS: Pair = ["Principal", "NotPrincipal"];
const ACTIONS: Pair = ["Action", "NotAction"];
const RESOURCES: Pair = ["Resource", "NotResource"];

fn set<T>(slot: &mut Option<T>, value: T, [one, other]: Pair) -> Result<(), DocumentError> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(DocumentError::ConflictingElements { part: "a statement", one, other }),
    }
}

fn undefined(part: &'static str, element: &str) -> Reason {
    DocumentError::UndefinedElement { part, element: element.into() }.into()
}

fn missing(part: &'static str, element: &'static str) -> Reason {
    DocumentError::MissingElement { part, element }.into()
}

fn named(value: &Value) -> Result<Vec<Named>, Reason> {
    if let Value::String(_) | Value::Unknown(_) = value {
        let name = text(value)?;
        return match name.as_known() {
            Some("*") | None => Ok(vec![Named { kind: Kind::Everyone, name }]),
            Some(other) => Err(DocumentError::UntypedPrincipal { principal: other.into() }.into()),
        };
    }
    let mut names = Vec::new();
    for (kind, listed) in object(value, "a principal")? {
        let kind = match Kind::read(kind)? {
            Kind::Everyone => return Err(DocumentError::UndefinedPrincipalType { name: "*".into() }.into()),
            kind @ (Kind::Aws | Kind::Service | Kind::Federated | Kind::CanonicalUser) => kind,
        };
        names.extend(texts(listed)?.into_iter().map(|name| Named { kind, name }));
    }
    Ok(names)
}

fn conditions(value: &Value) -> Result<Vec<TermCondition>, Reason> {
    let mut conditions: Vec<TermCondition> = Vec::new();
    for (operator, keys) in object(value, "a condition")? {
        for (key, values) in object(keys, "a condition's operator")? {
            if conditions
                .iter()
                .any(|other| other.operator == **operator && other.key.eq_ignore_ascii_case(key))
            {
                let (operator, key) = (operator.to_string(), key.to_string());
                return Err(DocumentError::RepeatedConditionKey { operator, key }.into());
            }
            let values = texts(values)?;
            conditions.push(TermCondition { operator: operator.to_string(), key: key.to_string(), values });
        }
    }
    Ok(conditions)
}

/// The members of an object.
pub(super) fn object<'v>(value: &'v Value, part: &'static str) -> Result<&'v [(Box<str>, Value)], Reason> {
    match value {
        Value::Object(members) => Ok(members),
        Value::Unknown(name) => Err(Reason::UntilApply { value: name.to_string() }),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::List(_) => {
            Err(DocumentError::NotAnObject { part }.into())
        }
    }
}

/// The items of a list; anything else stands for a list of one.
pub(super) fn listed(value: &Value) -> impl Iterator<Item = &Value> {
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
pub(super) fn texts(value: &Value) -> Result<Vec<Text>, DocumentError> {
    listed(value).map(text).collect()
}

fn text(value: &Value) -> Result<Text, DocumentError> {
    match value {
        Value::String(text) => Ok(Text::known(text)),
        Value::Bool(truth) => Ok(Text::known(if *truth { "true" } else { "false" })),
        Value::Number(number) => Ok(Text::known(number)),
        Value::Unknown(name) => Ok(Text::hole(HoleKind::Unknown, name)),
        Value::Null | Value::List(_) | Value::Object(_) => {
            Err(DocumentError::NotText { part: "a value of the policy where text belongs" })
        }
    }
}
