//! The arguments of `data.aws_iam_policy_document`.
//!
//! In goes the data source's arguments as a [`Value`]; out comes the document that the provider would render. Three of
//! its habits matter: `&{…}` is written `${…}`, conditions with one operator and one key are joined (any of the values
//! of either), and a statement replaces an earlier one with the same `sid`. See the Terraform AWS provider,
//! `internal/service/iam/policy_document_data_source.go` and `policy_model.go`.

use crate::lower::{Part, TermCondition, Text};
use crate::reason::{DocumentError, Reason};
use crate::value::Value;
use access_algebra::Effect;

use super::document::{self, Choice, Document, Kind, Named, Raw, Version};

/// The document that the provider would render.
pub(super) fn read(arguments: &Value) -> Result<Document, Reason> {
    let mut merged = Document::default();
    for name in ["source_json", "source_policy_documents"] {
        merge_all(&mut merged, arguments.get(name))?;
    }
    let version = given(arguments.get("version")).map_or(Ok(Version::Current), document::version)?;
    let statements = items(arguments.get("statement")).map(statement).collect::<Result<_, _>>()?;
    merge(&mut merged, Document { version, statements });
    for name in ["override_json", "override_policy_documents"] {
        merge_all(&mut merged, arguments.get(name))?;
    }
    Ok(merged)
}

fn merge_all(merged: &mut Document, documents: &Value) -> Result<(), Reason> {
    for text in items(documents).filter(|text| text.as_str() != Some("")) {
        merge(merged, document::read(text)?);
    }
    Ok(())
}

fn merge(merged: &mut Document, newer: Document) {
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
fn items(value: &Value) -> impl Iterator<Item = &Value> {
    document::listed(value).filter_map(given)
}

/// An argument that was not left out.
fn given(value: &Value) -> Option<&Value> {
    Some(value).filter(|value| **value != Value::Null)
}

/// What errors call a block of the data source.
const STATEMENT: &str = "a `statement` block";

fn statement(block: &Value) -> Result<Raw, Reason> {
    document::object(block, STATEMENT)?;
    let effect = given(block.get("effect")).map_or(Ok(Effect::Allow), document::effect)?;
    let actions =
        choice(texts(block.get("actions"))?, texts(block.get("not_actions"))?, ["actions", "not_actions"])?;
    let resources = choice(
        variables(block.get("resources"))?,
        variables(block.get("not_resources"))?,
        ["resources", "not_resources"],
    )?;
    Ok(Raw {
        sid: block.get("sid").as_str().map(Box::from),
        effect,
        principals: choice(
            named(block.get("principals"))?,
            named(block.get("not_principals"))?,
            ["principals", "not_principals"],
        )?,
        actions: actions.ok_or(DocumentError::MissingElement {
            part: STATEMENT,
            element: "actions` and no `not_actions",
        })?,
        resources,
        conditions: conditions(block.get("condition"))?,
    })
}

fn choice<T>(
    of: Vec<T>,
    except: Vec<T>,
    [one, other]: [&'static str; 2],
) -> Result<Option<Choice<T>>, DocumentError> {
    match (of.is_empty(), except.is_empty()) {
        (true, true) => Ok(None),
        (false, true) => Ok(Some(Choice::Of(of))),
        (true, false) => Ok(Some(Choice::Except(except))),
        (false, false) => Err(DocumentError::ConflictingElements { part: STATEMENT, one, other }),
    }
}

fn named(blocks: &Value) -> Result<Vec<Named>, Reason> {
    let mut names = Vec::new();
    for block in items(blocks) {
        document::object(block, "a `principals` block")?;
        let kind = Kind::read(name(block, "a `principals` block", "type")?)?;
        names.extend(variables(block.get("identifiers"))?.into_iter().map(|name| Named { kind, name }));
    }
    Ok(names)
}

fn conditions(blocks: &Value) -> Result<Vec<TermCondition>, Reason> {
    let mut conditions: Vec<TermCondition> = Vec::new();
    for block in items(blocks) {
        document::object(block, "a `condition` block")?;
        let part = "a `condition` block";
        let (operator, key) = (name(block, part, "test")?, name(block, part, "variable")?);
        let values = variables(block.get("values"))?;
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
fn name<'b>(block: &'b Value, part: &'static str, element: &'static str) -> Result<&'b str, Reason> {
    match block.get(element) {
        Value::String(text) => Ok(text),
        Value::Unknown(name) => Err(Reason::UntilApply { value: name.to_string() }),
        Value::Null => Err(DocumentError::MissingElement { part, element }.into()),
        Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Object(_) => {
            Err(DocumentError::NotText { part: element }.into())
        }
    }
}

fn texts(value: &Value) -> Result<Vec<Text>, DocumentError> {
    given(value).map_or(Ok(Vec::new()), document::texts)
}

/// Texts in which `&{` stands for `${`.
fn variables(value: &Value) -> Result<Vec<Text>, DocumentError> {
    let mut texts = texts(value)?;
    for part in texts.iter_mut().flat_map(|text| &mut text.parts) {
        if let Part::Known(known) = part
            && known.contains("&{")
        {
            *known = known.replace("&{", "${").into();
        }
    }
    Ok(texts)
}
