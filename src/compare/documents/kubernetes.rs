//! Kubernetes rules: a list of PolicyRules, a Role or ClusterRole, or a list of these.
//!
//! Takes one of them and returns the terms of its rules. Rules alone and those of a ClusterRole hold in the whole
//! cluster, those of a Role in its namespace. A Role without a namespace goes into whichever one it is applied to; that
//! is taken to be the same on both sides.

use crate::lower::{DocumentValue, Terms, Text};
use crate::value::Value;
use access_algebra::HoleKind;
use rule_language::DocumentFormat;

use super::{DocumentRefusal, DocumentTerms, MemberType, ObjectMembers};

const ROLE: [&str; 5] = ["apiVersion", "kind", "metadata", "rules", "aggregationRule"];
const LIST: [&str; 4] = ["apiVersion", "kind", "metadata", "items"];

/// Reads the rules of everything in the document.
pub(super) fn read_rules(document: &Value) -> Result<DocumentTerms, DocumentRefusal> {
    let mut terms = Vec::new();
    collect_rules(document, &mut terms)?;
    Ok(terms)
}

fn collect_rules(document: &Value, terms: &mut DocumentTerms) -> Result<(), DocumentRefusal> {
    match document {
        Value::List(items) => items.iter().try_for_each(|item| collect_rules(item, terms)),
        Value::Object(found) if found.iter().any(|(key, _)| &**key == "kind") => {
            collect_object(document, terms)
        }
        Value::Object(found) if found.iter().any(|(key, _)| &**key == "rules") => {
            let role = ObjectMembers::open(document, &["rules"], "a role without a `kind`")?;
            terms.push(rule_terms(role.get("rules").clone()));
            Ok(())
        }
        Value::Object(_) => {
            terms.push(rule_terms(document.clone()));
            Ok(())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Unknown(_) => {
            Err(DocumentRefusal::NotAnObject { what: "a rule" })
        }
    }
}

fn rule_terms(document: Value) -> Terms {
    Terms {
        document: Some((DocumentFormat::KubernetesRules, DocumentValue::from(&document))),
        ..Terms::default()
    }
}

fn collect_object(document: &Value, terms: &mut DocumentTerms) -> Result<(), DocumentRefusal> {
    let kind = document.get("kind").as_str().unwrap_or_default();
    match kind {
        "Role" | "ClusterRole" => {
            let role = ObjectMembers::open(document, &ROLE, "a role")?;
            if role.has("aggregationRule") {
                return Err(DocumentRefusal::AggregatedRole);
            }
            let resources =
                if kind == "Role" { vec![read_namespace(role.get("metadata"))?] } else { Vec::new() };
            if role.has("rules") {
                terms.push(Terms { resources, ..rule_terms(role.get("rules").clone()) });
            }
            Ok(())
        }
        "List" | "RoleList" | "ClusterRoleList" => {
            collect_rules(ObjectMembers::open(document, &LIST, "a list")?.get("items"), terms)
        }
        other => Err(DocumentRefusal::KindWithoutRules(other.to_owned())),
    }
}

fn read_namespace(metadata: &Value) -> Result<Text, DocumentRefusal> {
    let mut scope = Text::known("namespace/");
    match metadata.get("namespace") {
        Value::Null => scope.push(&Text::hole(HoleKind::Fact, "kubernetes.namespace")),
        Value::String(name) => scope.push_known(name),
        Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Object(_) | Value::Unknown(_) => {
            let (what, member, expected) = ("the `metadata` of a role", "namespace", MemberType::Text);
            return Err(DocumentRefusal::WrongType { what, member, expected });
        }
    }
    Ok(scope)
}
