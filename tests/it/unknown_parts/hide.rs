//! Hides one part of a document at a time.

use access_algebra::{Hole, HoleKind};
use countersign::lower::{DocumentValue, Text, TextPart};
use countersign::value::UnknownOrigin;

/// A document of which one part is hidden.
pub(super) struct Hidden {
    pub(super) document: DocumentValue,
    /// A name that is hidden, in lower case, and what stands for it.
    pub(super) key: Option<(String, String)>,
    /// The document without the statement that was touched.
    pub(super) rest: Option<DocumentValue>,
}

/// A part with what it becomes.
type Change = (DocumentValue, Option<(String, String)>);

/// Every way to hide one part.
pub(super) fn hide_each(document: &DocumentValue) -> Vec<Hidden> {
    let mut all: Vec<Hidden> = Vec::new();
    if let DocumentValue::Object(members) = document
        && let Some(at) = members.iter().position(|(name, _)| name.as_known() == Some("Statement"))
        && let DocumentValue::List(statements) = &members[at].1
        && statements.len() > 1
    {
        for (which, statement) in statements.iter().enumerate() {
            let with = |statements: Vec<DocumentValue>| {
                let mut members = members.clone();
                members[at].1 = DocumentValue::List(statements);
                DocumentValue::Object(members)
            };
            let mut others = statements.clone();
            others.remove(which);
            let rest = with(others);
            for (changed, key) in list_changes(statement) {
                let mut statements = statements.clone();
                statements[which] = changed;
                all.push(Hidden { document: with(statements), key, rest: Some(rest.clone()) });
            }
        }
        return all;
    }
    all.extend(list_changes(document).into_iter().map(|(document, key)| Hidden {
        document,
        key,
        rest: None,
    }));
    all
}

fn unknown() -> DocumentValue {
    DocumentValue::Unknown(UnknownOrigin::attribute("test_thing.x", "value"))
}

fn list_changes(value: &DocumentValue) -> Vec<Change> {
    let mut changes: Vec<Change> = vec![(unknown(), None)];
    changes.push((DocumentValue::OneOf(vec![value.clone(), unknown()]), None));
    match value {
        DocumentValue::Text(text) => changes.extend(list_texts(text)),
        DocumentValue::List(items) => {
            let element = || Box::new(DocumentValue::OneOf(items.clone()));
            if !items.is_empty() {
                changes.push((DocumentValue::Each(element()), None));
                changes
                    .push((DocumentValue::OneOf(vec![value.clone(), DocumentValue::List(Vec::new())]), None));
            }
            for (at, item) in items.iter().enumerate() {
                changes.extend(list_changes(item).into_iter().map(|(changed, key)| {
                    let mut items = items.clone();
                    items[at] = changed;
                    (DocumentValue::List(items), key)
                }));
            }
        }
        DocumentValue::Object(members) => {
            for (at, (name, member)) in members.iter().enumerate() {
                changes.extend(list_changes(member).into_iter().map(|(changed, key)| {
                    let mut members = members.clone();
                    members[at].1 = changed;
                    (DocumentValue::Object(members), key)
                }));
                for hidden in list_names(name) {
                    let mut members = members.clone();
                    members[at].0 = hidden.clone();
                    let key = (name.to_string().to_lowercase(), lower(&hidden));
                    changes.push((DocumentValue::Object(members), Some(key)));
                }
            }
        }
        _ => {}
    }
    changes
}

/// The name as a context has it: in lower case, but for what a hole is called.
fn lower(text: &Text) -> String {
    let part = |part: &TextPart| match part {
        TextPart::Known(known) => known.to_lowercase(),
        TextPart::Hole(hole) => format!("${{{}}}", hole.name),
    };
    text.parts.iter().map(part).collect()
}

fn hole(text: &str) -> TextPart {
    let is_word =
        !text.is_empty() && text.chars().all(|char| char.is_ascii_alphanumeric() || "-_".contains(char));
    let name = "test_thing.x.value";
    TextPart::Hole(if is_word {
        Hole::word(HoleKind::Unknown, name)
    } else {
        Hole::new(HoleKind::Unknown, name)
    })
}

fn with_parts(parts: Vec<TextPart>) -> Text {
    Text { parts, ..Text::default() }
}

/// The text with its middle hidden, its end hidden, or as one of two.
fn list_texts(text: &Text) -> Vec<Change> {
    let Some(known) = text.as_known().filter(|known| can_be_cut(known)) else {
        return Vec::new();
    };
    let cut = known.len() / 3;
    let known_part = |text: &str| TextPart::Known(text.into());
    let middle = vec![known_part(&known[..cut]), hole(&known[cut..2 * cut]), known_part(&known[2 * cut..])];
    let end = vec![known_part(&known[..cut]), hole(&known[cut..])];
    let other = DocumentValue::Text(Text::known(&format!("{known}-other")));
    let mut changes: Vec<Change> =
        [middle, end].map(|parts| (DocumentValue::Text(with_parts(parts)), None)).into();
    changes.push((DocumentValue::OneOf(vec![DocumentValue::Text(text.clone()), other]), None));
    changes
}

/// A variable of AWS is not cut: Terraform's text would have to hold half of it. The name of a principal that stands for
/// others as well (an account, a role of any path, everybody, somebody deleted) is not cut either: with a hole it stands for
/// itself, so that less is certain of it than might be.
fn can_be_cut(text: &str) -> bool {
    let names =
        ["arn:aws:iam", "user:", "group:", "domain:", "serviceAccount:", "principal", "all", "deleted:"];
    let is_principal = names.iter().any(|name| text.starts_with(name))
        || text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.is_ascii() && text.len() > 3 && !text.contains("${") && !is_principal
}

fn list_names(name: &Text) -> Vec<Text> {
    let known = name.as_known().unwrap_or_default();
    let mut names = vec![with_parts(vec![hole(known)])];
    if let Some((before, after)) = known.split_once(':') {
        names.push(with_parts(vec![hole(before), TextPart::Known(format!(":{after}").into())]));
    }
    names
}
