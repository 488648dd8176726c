//! The `statement` blocks of `data.aws_iam_policy_document`.
//!
//! Takes the blocks as a [`DocumentValue`] and returns the statements that the provider would render. The provider writes
//! `&{…}` as `${…}` and joins conditions with the same operator and key (any of the values of either). See the Terraform
//! AWS provider, `internal/service/iam/policy_document_data_source.go`. The document that they become is in [`super::document`].

use crate::lower::document_value::ListShape;
use crate::lower::listed::{Listed, one_of_several};
use crate::lower::{DocumentValue, Text, TextPart};
use crate::reason::{DocumentError, Reason};
use crate::value::UnknownOrigin;
use access_algebra::Effect;

use super::conditions::{ConditionList, PolicyCondition, may_be_one_key};
use super::element::{self, PolicyVersion, as_object};
use super::listed_principals::{PrincipalType, TypedPrincipal};
use super::statement::{self, ElementChoice, PolicyStatement};

/// A block or a list's element, and why it may not be there.
pub(super) struct Block<'v> {
    pub(super) value: &'v DocumentValue,
    pub(super) doubt: Option<UnknownOrigin>,
}

/// The blocks that may be there; a single value stands for a list of one, and null for none.
pub(super) fn list_blocks<'v>(value: &'v DocumentValue, part: &'static str) -> Vec<Block<'v>> {
    let doubted = |blocks: Vec<Block<'v>>| {
        let doubt = || Some(one_of_several(part));
        blocks.into_iter().map(|block| Block { doubt: doubt(), ..block }).collect::<Vec<_>>()
    };
    match value.list_shape() {
        ListShape::Items(items) => items.iter().flat_map(|item| list_blocks(item, part)).collect(),
        ListShape::Each(element) => doubted(list_blocks(element, part)),
        ListShape::OneOf(alternatives) => {
            doubted(alternatives.iter().flat_map(|alternative| list_blocks(alternative, part)).collect())
        }
        ListShape::Single if value.is_null() => Vec::new(),
        ListShape::Single => vec![Block { value, doubt: None }],
    }
}

/// What errors call a block of the data source.
const STATEMENT: &str = "a `statement` block";

pub(super) fn read_statement(
    Block { value: block, doubt }: Block<'_>,
) -> Result<Vec<PolicyStatement>, Reason> {
    if let DocumentValue::Unknown(origin) = block {
        return Ok(PolicyStatement::unknown(origin).into());
    }
    as_object(block, STATEMENT)?;
    let (effects, open_effect) =
        block.get("effect").given().map_or(Ok((vec![Effect::Allow], None)), statement::read_effects)?;
    let actions = choose(
        read_texts(block.get("actions"))?,
        read_texts(block.get("not_actions"))?,
        ["actions", "not_actions"],
    )?;
    let resources = choose(
        read_with_variables(block.get("resources"))?,
        read_with_variables(block.get("not_resources"))?,
        ["resources", "not_resources"],
    )?;
    let principals = choose(
        read_principals(block.get("principals"))?,
        read_principals(block.get("not_principals"))?,
        ["principals", "not_principals"],
    )?;
    let ConditionList { conditions, doubts } = read_conditions(block.get("condition"))?;
    let actions = actions
        .ok_or(DocumentError::MissingElement { part: STATEMENT, element: "actions` and no `not_actions" })?;
    let statements = effects.into_iter().map(|effect| PolicyStatement {
        sid: statement::read_sid(block.get("sid")),
        effect,
        principals: principals.clone(),
        actions: actions.clone(),
        resources: resources.clone(),
        conditions: conditions.clone(),
        doubts: doubts.iter().chain(&open_effect).chain(&doubt).cloned().collect(),
    });
    Ok(statements.collect())
}

fn choose<T>(
    of: Listed<T>,
    except: Listed<T>,
    [one, other]: [&'static str; 2],
) -> Result<Option<ElementChoice<T>>, DocumentError> {
    match (of.is_empty(), except.is_empty()) {
        (true, true) => Ok(None),
        (false, true) => Ok(Some(ElementChoice::Of(of))),
        (true, false) => Ok(Some(ElementChoice::Except(except))),
        (false, false) => Err(DocumentError::ConflictingElements { part: STATEMENT, one, other }),
    }
}

fn read_principals(blocks: &DocumentValue) -> Result<Listed<TypedPrincipal>, Reason> {
    let mut names = Listed::default();
    for Block { value: block, doubt } in list_blocks(blocks, "a principal") {
        let part = "a `principals` block";
        if let DocumentValue::Unknown(_) = block {
            names.perhaps.push(TypedPrincipal::everyone());
            continue;
        }
        as_object(block, part)?;
        let Some(kind) = read_name(block, part, "type")?.as_known().map(PrincipalType::read_type) else {
            names.perhaps.push(TypedPrincipal::everyone());
            continue;
        };
        let kind = kind?;
        let listed = read_with_variables(block.get("identifiers"))?.map(|name| TypedPrincipal { kind, name });
        names.extend(if doubt.is_some() { listed.doubted() } else { listed });
    }
    Ok(names)
}

/// The conditions. What an unknown block or operator is joined with is not known either.
fn read_conditions(blocks: &DocumentValue) -> Result<ConditionList, Reason> {
    let mut list = ConditionList::default();
    let mut read: Vec<(Text, PolicyCondition)> = Vec::new();
    for Block { value: block, doubt } in list_blocks(blocks, "a condition") {
        if let (DocumentValue::Unknown(origin), _) | (_, Some(origin)) = (block, &doubt) {
            return Ok(ConditionList { conditions: Vec::new(), doubts: vec![origin.clone()] });
        }
        let part = "a `condition` block";
        as_object(block, part)?;
        let (operator, key) = (read_name(block, part, "test")?, read_name(block, part, "variable")?);
        let Some(known) = operator.as_known() else {
            return Ok(ConditionList { conditions: Vec::new(), doubts: vec![operator.first_origin()] });
        };
        let values = read_with_variables(block.get("values"))?;
        match read.iter_mut().find(|(test, other)| *test == operator && other.key == key) {
            Some((_, other)) => other.values.extend(values),
            None => {
                let (known, version) = (known.to_owned(), PolicyVersion::Current);
                read.push((operator, PolicyCondition { operator: known, key, values, version }));
            }
        }
    }
    for (at, (operator, condition)) in read.iter().enumerate() {
        let others = read.iter().enumerate().filter(|(other, (test, _))| *other != at && test == operator);
        let mut keys = others.map(|(_, (_, other))| &other.key);
        match keys.find(|other| may_be_one_key(&condition.key, other)) {
            Some(other) => {
                let open = if condition.key.as_known().is_none() { &condition.key } else { other };
                list.doubts.push(open.first_origin());
            }
            None => list.conditions.push(condition.clone()),
        }
    }
    Ok(list)
}

/// A text that decides what the rest of its block means.
fn read_name(block: &DocumentValue, part: &'static str, element: &'static str) -> Result<Text, Reason> {
    match block.get(element) {
        DocumentValue::Text(text) => Ok(text.clone()),
        DocumentValue::Unknown(origin) => Ok(Text::unknown(origin)),
        DocumentValue::OneOf(_) => Ok(Text::unknown(&one_of_several(part))),
        DocumentValue::Null => Err(DocumentError::MissingElement { part, element }.into()),
        DocumentValue::Bool(_)
        | DocumentValue::Number(_)
        | DocumentValue::List(_)
        | DocumentValue::Object(_)
        | DocumentValue::Each(_)
        | DocumentValue::Json(_)
        | DocumentValue::Rendered(..) => Err(DocumentError::NotText { part: element }.into()),
    }
}

fn read_texts(value: &DocumentValue) -> Result<Listed<Text>, DocumentError> {
    match value {
        DocumentValue::Null => Ok(Listed::default()),
        DocumentValue::OneOf(alternatives) => {
            let mut listed = Listed::default();
            for alternative in alternatives {
                listed.extend(read_texts(alternative)?.doubted());
            }
            Ok(listed)
        }
        DocumentValue::Bool(_)
        | DocumentValue::Number(_)
        | DocumentValue::Text(_)
        | DocumentValue::List(_)
        | DocumentValue::Object(_)
        | DocumentValue::Each(_)
        | DocumentValue::Json(_)
        | DocumentValue::Rendered(..)
        | DocumentValue::Unknown(_) => element::read_texts(value),
    }
}

/// Texts in which `&{` stands for `${`.
fn read_with_variables(value: &DocumentValue) -> Result<Listed<Text>, DocumentError> {
    let with_variables = |mut text: Text| {
        for part in &mut text.parts {
            if let TextPart::Known(known) = part
                && known.contains("&{")
            {
                *known = known.replace("&{", "${").into();
            }
        }
        text
    };
    Ok(read_texts(value)?.map(with_variables))
}
