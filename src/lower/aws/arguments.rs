//! The arguments of `data.aws_iam_policy_document`.
//!
//! Takes the data source's arguments as a [`Value`] and returns the document that the provider would render. The provider
//! writes `&{…}` as `${…}`, joins conditions with the same operator and key (any of the values of either), and replaces a
//! statement by a later one with the same `sid`. See the Terraform AWS provider,
//! `internal/service/iam/policy_document_data_source.go` and `policy_model.go`.

use crate::lower::{TermCondition, Text, TextPart};
use crate::reason::{DocumentError, Reason};
use crate::value::Value;
use access_algebra::Effect;

use super::document::{
    self, ElementChoice, PolicyDocument, PolicyStatement, PolicyVersion, PrincipalType, TypedPrincipal,
};

/// The document that the provider would render.
pub(super) fn read_arguments(arguments: &Value) -> Result<PolicyDocument, Reason> {
    let mut merged = PolicyDocument::default();
    for name in ["source_json", "source_policy_documents"] {
        merge_all(&mut merged, arguments.get(name))?;
    }
    let version =
        as_given(arguments.get("version")).map_or(Ok(PolicyVersion::Current), document::read_version)?;
    let statements = list_given(arguments.get("statement")).map(read_statement).collect::<Result<_, _>>()?;
    merge(&mut merged, PolicyDocument { version, statements });
    for name in ["override_json", "override_policy_documents"] {
        merge_all(&mut merged, arguments.get(name))?;
    }
    Ok(merged)
}

fn merge_all(merged: &mut PolicyDocument, documents: &Value) -> Result<(), Reason> {
    for text in list_given(documents).filter(|text| text.as_str() != Some("")) {
        merge(merged, document::read_policy(text)?);
    }
    Ok(())
}

fn merge(merged: &mut PolicyDocument, newer: PolicyDocument) {
    merged.version = merged.version.max(newer.version);
    for statement in newer.statements {
        let named = statement.sid.as_deref().is_some_and(|sid| !sid.is_empty());
        match merged.statements.iter_mut().find(|older| named && older.sid == statement.sid) {
            Some(older) => *older = statement,
            None => merged.statements.push(statement),
        }
    }
}

/// The items of a list that may be left out.
fn list_given(value: &Value) -> impl Iterator<Item = &Value> {
    document::list_items(value).filter_map(as_given)
}

/// An argument that was not left out.
fn as_given(value: &Value) -> Option<&Value> {
    Some(value).filter(|value| **value != Value::Null)
}

/// What errors call a block of the data source.
const STATEMENT: &str = "a `statement` block";

fn read_statement(block: &Value) -> Result<PolicyStatement, Reason> {
    document::as_object(block, STATEMENT)?;
    let effect = as_given(block.get("effect")).map_or(Ok(Effect::Allow), document::read_effect)?;
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
    Ok(PolicyStatement {
        sid: block.get("sid").as_str().map(Box::from),
        effect,
        principals: choose(
            read_principals(block.get("principals"))?,
            read_principals(block.get("not_principals"))?,
            ["principals", "not_principals"],
        )?,
        actions: actions.ok_or(DocumentError::MissingElement {
            part: STATEMENT,
            element: "actions` and no `not_actions",
        })?,
        resources,
        conditions: read_conditions(block.get("condition"))?,
    })
}

fn choose<T>(
    of: Vec<T>,
    except: Vec<T>,
    [one, other]: [&'static str; 2],
) -> Result<Option<ElementChoice<T>>, DocumentError> {
    match (of.is_empty(), except.is_empty()) {
        (true, true) => Ok(None),
        (false, true) => Ok(Some(ElementChoice::Of(of))),
        (true, false) => Ok(Some(ElementChoice::Except(except))),
        (false, false) => Err(DocumentError::ConflictingElements { part: STATEMENT, one, other }),
    }
}

fn read_principals(blocks: &Value) -> Result<Vec<TypedPrincipal>, Reason> {
    let mut names = Vec::new();
    for block in list_given(blocks) {
        document::as_object(block, "a `principals` block")?;
        let kind = PrincipalType::read_type(read_name(block, "a `principals` block", "type")?)?;
        names.extend(
            read_with_variables(block.get("identifiers"))?
                .into_iter()
                .map(|name| TypedPrincipal { kind, name }),
        );
    }
    Ok(names)
}

fn read_conditions(blocks: &Value) -> Result<Vec<TermCondition>, Reason> {
    let mut conditions: Vec<TermCondition> = Vec::new();
    for block in list_given(blocks) {
        document::as_object(block, "a `condition` block")?;
        let part = "a `condition` block";
        let (operator, key) = (read_name(block, part, "test")?, read_name(block, part, "variable")?);
        let values = read_with_variables(block.get("values"))?;
        match conditions.iter_mut().find(|other| other.operator == operator && other.key == key) {
            Some(other) => other.values.extend(values),
            None => {
                conditions.push(TermCondition { operator: operator.to_owned(), key: key.to_owned(), values })
            }
        }
    }
    Ok(conditions)
}

/// A text that decides what the rest of its block means, so that it must be known.
fn read_name<'b>(block: &'b Value, part: &'static str, element: &'static str) -> Result<&'b str, Reason> {
    match block.get(element) {
        Value::String(text) => Ok(text),
        Value::Unknown(origin) => Err(Reason::of_unknown(origin)),
        Value::Null => Err(DocumentError::MissingElement { part, element }.into()),
        Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Object(_) => {
            Err(DocumentError::NotText { part: element }.into())
        }
    }
}

fn read_texts(value: &Value) -> Result<Vec<Text>, DocumentError> {
    as_given(value).map_or(Ok(Vec::new()), document::read_texts)
}

/// Texts in which `&{` stands for `${`.
fn read_with_variables(value: &Value) -> Result<Vec<Text>, DocumentError> {
    let mut texts = read_texts(value)?;
    for part in texts.iter_mut().flat_map(|text| &mut text.parts) {
        if let TextPart::Known(known) = part
            && known.contains("&{")
        {
            *known = known.replace("&{", "${").into();
        }
    }
    Ok(texts)
}
