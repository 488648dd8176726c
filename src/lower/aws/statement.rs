//! One statement of a policy as it is written.
//!
//! Takes the [`DocumentValue`] of a statement and returns a [`PolicyStatement`]: its elements, of which some may be only
//! perhaps listed, and the doubts under which it matches no more than its elements say. Where an element may be one of
//! several, each choice is a statement of its own. What a statement means is not decided here.

use crate::lower::document_value::ListShape;
use crate::lower::listed::{Listed, one_of_several};
use crate::lower::{DocumentValue, Text, TextPart};
use crate::reason::{DocumentError, Reason};
use crate::value::UnknownOrigin;
use access_algebra::Effect;

use super::conditions::{ConditionList, PolicyCondition};
use super::element::{self, as_object, missing_element, undefined_element};
use super::listed_principals::{TypedPrincipal, read_principals};

/// One statement in words.
#[derive(Clone, Debug)]
pub(super) struct PolicyStatement {
    pub(super) sid: Text,
    pub(super) effect: Effect,
    pub(super) principals: Option<ElementChoice<TypedPrincipal>>,
    pub(super) actions: ElementChoice<Text>,
    pub(super) resources: Option<ElementChoice<Text>>,
    pub(super) conditions: Vec<PolicyCondition>,
    /// Why it may match less than the rest says, or may not be there.
    pub(super) doubts: Vec<UnknownOrigin>,
}

/// These, or all but these.
#[derive(Clone, Debug)]
pub(super) enum ElementChoice<T> {
    Of(Listed<T>),
    Except(Listed<T>),
}

impl PolicyStatement {
    /// A statement of which nothing is known. What an unknown action is covered by covers every action; what may be
    /// denied is not certainly denied.
    pub(super) fn unknown(origin: &UnknownOrigin) -> [Self; 2] {
        let choice = |text: Text| ElementChoice::Of(Listed::certain(vec![text]));
        let allowance = Self {
            sid: Text::unknown(origin),
            effect: Effect::Allow,
            principals: None,
            actions: choice(Text::unknown(origin)),
            resources: Some(choice(Text::known("*"))),
            conditions: Vec::new(),
            doubts: Vec::new(),
        };
        let (effect, actions) = (Effect::Deny, choice(Text::known("*")));
        let denial = Self { effect, actions, doubts: vec![origin.clone()], ..allowance.clone() };
        [allowance, denial]
    }

    /// Whether it allows what nobody knows.
    pub(super) fn allows_anything(&self) -> bool {
        let is_hole = |text: &Text| matches!(text.parts.as_slice(), [TextPart::Hole(_)]);
        self.effect == Effect::Allow && self.actions.listed().all().all(is_hole)
    }

    /// The same statement, which may not be there.
    pub(super) fn doubted(mut self, doubt: &UnknownOrigin) -> Self {
        self.doubts.push(doubt.clone());
        self
    }

    /// Whether the policy's version may matter: what `${…}` says depends on it.
    pub(super) fn may_have_variables(&self) -> bool {
        let values = self.conditions.iter().flat_map(|condition| condition.values.all());
        let resources = self.resources.iter().flat_map(|choice| choice.listed().all());
        values.chain(resources).any(|text| text.to_string().contains("${"))
    }
}

impl<T> ElementChoice<T> {
    /// What is listed, either way.
    pub(super) fn listed(&self) -> &Listed<T> {
        match self {
            Self::Of(listed) | Self::Except(listed) => listed,
        }
    }
}

/// What errors call a statement.
const STATEMENT: &str = "a statement";

/// The statements of a policy: one, or a list of them.
pub(super) fn read_statements(value: &DocumentValue) -> Result<Vec<PolicyStatement>, Reason> {
    match value.list_shape() {
        ListShape::Items(items) => {
            let mut statements = Vec::with_capacity(items.len());
            for item in items {
                statements.append(&mut read_statement(item)?);
            }
            Ok(statements)
        }
        ListShape::Each(element) => {
            let doubt = UnknownOrigin::Deferred("how many statements there are".into());
            Ok(doubt_all(read_statement(element)?, &doubt))
        }
        ListShape::OneOf(_) => {
            let doubt = one_of_several("a statement");
            let each: Result<Vec<_>, _> = value.alternatives().into_iter().map(read_statements).collect();
            Ok(doubt_all(each?.concat(), &doubt))
        }
        ListShape::Single => read_statement(value),
    }
}

pub(super) fn doubt_all(statements: Vec<PolicyStatement>, doubt: &UnknownOrigin) -> Vec<PolicyStatement> {
    statements.into_iter().map(|statement| statement.doubted(doubt)).collect()
}

/// A statement, or each that it may be.
fn read_statement(value: &DocumentValue) -> Result<Vec<PolicyStatement>, Reason> {
    let alternatives = value.alternatives();
    let doubt = (alternatives.len() > 1).then(|| one_of_several("a statement"));
    let mut statements = Vec::new();
    for alternative in alternatives {
        match alternative.as_unknown() {
            Some(origin) => statements.extend(PolicyStatement::unknown(origin)),
            None => statements.extend(read_known(alternative)?),
        }
    }
    Ok(match doubt {
        Some(doubt) => doubt_all(statements, &doubt),
        None => statements,
    })
}

fn read_known(value: &DocumentValue) -> Result<Vec<PolicyStatement>, Reason> {
    let members = as_object(value, STATEMENT)?;
    if let Some(name) = value.find_open_name() {
        return Ok(PolicyStatement::unknown(&name.first_origin()).into());
    }
    let (mut effects, mut principals, mut actions, mut resources) = (None, None, None, None);
    let (mut sid, mut conditions) = (Text::known(""), vec![ConditionList::default()]);
    for (name, member) in members {
        match name.as_known().unwrap_or_default() {
            "Sid" => sid = read_sid(member),
            "Effect" => effects = Some(read_effects(member)?),
            "Principal" => {
                set_once(&mut principals, ElementChoice::Of(read_principals(member)?), PRINCIPALS)?
            }
            "NotPrincipal" => {
                set_once(&mut principals, ElementChoice::Except(read_principals(member)?), PRINCIPALS)?
            }
            "Action" => set_once(&mut actions, ElementChoice::Of(element::read_texts(member)?), ACTIONS)?,
            "NotAction" => {
                set_once(&mut actions, ElementChoice::Except(element::read_texts(member)?), ACTIONS)?
            }
            "Resource" => {
                set_once(&mut resources, ElementChoice::Of(element::read_texts(member)?), RESOURCES)?
            }
            "NotResource" => {
                set_once(&mut resources, ElementChoice::Except(element::read_texts(member)?), RESOURCES)?
            }
            "Condition" => conditions = ConditionList::read_alternatives(member)?,
            other => return Err(undefined_element(STATEMENT, other)),
        }
    }
    let (effects, doubt) = effects.ok_or_else(|| missing_element(STATEMENT, "Effect"))?;
    let actions = actions.ok_or_else(|| missing_element(STATEMENT, "Action` and no `NotAction"))?;
    let choices = effects.iter().flat_map(|effect| conditions.iter().map(|list| (*effect, list)));
    let mut choices: Vec<(Effect, &ConditionList)> = choices.collect();
    let mut statements = Vec::with_capacity(choices.len());
    let Some((effect, last)) = choices.pop() else { return Ok(statements) };
    let make = |effect, ConditionList { conditions, doubts }: &ConditionList, rest: PolicyStatement| {
        let doubts = doubts.iter().chain(&doubt).cloned().collect();
        PolicyStatement { effect, conditions: conditions.clone(), doubts, ..rest }
    };
    let (conditions, doubts) = (Vec::new(), Vec::new());
    let rest = PolicyStatement { sid, effect, principals, actions, resources, conditions, doubts };
    statements.extend(choices.into_iter().map(|(effect, list)| make(effect, list, rest.clone())));
    statements.push(make(effect, last, rest));
    Ok(statements)
}

/// A statement's name. What is no text names nothing.
pub(super) fn read_sid(value: &DocumentValue) -> Text {
    match value {
        DocumentValue::Text(text) => text.clone(),
        DocumentValue::Unknown(origin) => Text::unknown(origin),
        DocumentValue::OneOf(_) => Text::unknown(&one_of_several("a statement's name")),
        DocumentValue::Null
        | DocumentValue::Bool(_)
        | DocumentValue::Number(_)
        | DocumentValue::List(_)
        | DocumentValue::Object(_)
        | DocumentValue::Each(_)
        | DocumentValue::Json(_)
        | DocumentValue::Rendered(..) => Text::known(""),
    }
}

/// The effects that a statement may have, and why there are several.
pub(super) type Effects = (Vec<Effect>, Option<UnknownOrigin>);

/// The effect; where it is not known, each.
pub(super) fn read_effects(value: &DocumentValue) -> Result<Effects, Reason> {
    let unknown = |origin: UnknownOrigin| Ok((vec![Effect::Allow, Effect::Deny], Some(origin)));
    match value {
        DocumentValue::Text(text) => match text.as_known() {
            Some("Allow") => Ok((vec![Effect::Allow], None)),
            Some("Deny") => Ok((vec![Effect::Deny], None)),
            Some(other) => Err(DocumentError::UndefinedEffect { effect: other.into() }.into()),
            None => unknown(text.first_origin()),
        },
        DocumentValue::Unknown(origin) => unknown(origin.clone()),
        DocumentValue::OneOf(_) => unknown(one_of_several("a statement's effect")),
        DocumentValue::Null
        | DocumentValue::Bool(_)
        | DocumentValue::Number(_)
        | DocumentValue::List(_)
        | DocumentValue::Object(_)
        | DocumentValue::Each(_)
        | DocumentValue::Json(_)
        | DocumentValue::Rendered(..) => Err(DocumentError::NotText { part: "a statement's effect" }.into()),
    }
}

/// Elements of which a statement has one.
type Pair = [&'static str; 2];
const PRINCIPALS: Pair = ["Principal", "NotPrincipal"];
const ACTIONS: Pair = ["Action", "NotAction"];
const RESOURCES: Pair = ["Resource", "NotResource"];

fn set_once<T>(slot: &mut Option<T>, value: T, [one, other]: Pair) -> Result<(), DocumentError> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(DocumentError::ConflictingElements { part: STATEMENT, one, other }),
    }
}

/// Whether two names of statements are certainly, perhaps or certainly not the same.
pub(super) fn compare_sids(one: &Text, other: &Text) -> SidComparison {
    match (one.as_known(), other.as_known()) {
        (Some(""), _) | (_, Some("")) => SidComparison::Different,
        (Some(one), Some(other)) if one == other => SidComparison::Same,
        _ if one.differs_from(other) => SidComparison::Different,
        _ => SidComparison::Open,
    }
}

/// What is known of two names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SidComparison {
    Same,
    Different,
    Open,
}
