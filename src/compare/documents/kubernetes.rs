//! Kubernetes rules: a list of PolicyRules, a Role or ClusterRole, or a list of these.
//!
//! Rules alone and those of a ClusterRole hold in the whole cluster, those of a Role in its namespace. A Role that does
//! not name it is meant for whichever one it is applied to, which is taken to be the same on both sides.

use crate::lower::{Format, Terms, Text};
use crate::value::Value;
use access_algebra::HoleKind;

use super::members;

const ROLE: [&str; 5] = ["apiVersion", "kind", "metadata", "rules", "aggregationRule"];
const LIST: [&str; 4] = ["apiVersion", "kind", "metadata", "items"];

/// The rules of everything in the document.
pub(super) fn read(document: &Value) -> Result<Vec<Vec<Terms>>, String> {
    let mut terms = Vec::new();
    collect(document, &mut terms)?;
    Ok(vec![terms])
}

fn collect(document: &Value, terms: &mut Vec<Terms>) -> Result<(), String> {
    match document {
        Value::List(items) => items.iter().try_for_each(|item| collect(item, terms)),
        Value::Object(found) if found.iter().any(|(key, _)| &**key == "kind") => object(document, terms),
        Value::Object(found) if found.iter().any(|(key, _)| &**key == "rules") => {
            terms.push(rules(members(document, &["rules"], "a role without a `kind`")?.get("rules").clone()));
            Ok(())
        }
        Value::Object(_) => {
            terms.push(rules(document.clone()));
            Ok(())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Unknown(_) => {
            Err("a rule is no object".to_owned())
        }
    }
}

fn rules(document: Value) -> Terms {
    Terms { document: Some((Format::KubernetesRules, document)), ..Terms::default() }
}

fn object(document: &Value, terms: &mut Vec<Terms>) -> Result<(), String> {
    let kind = document.get("kind").as_str().unwrap_or_default();
    match kind {
        "Role" | "ClusterRole" => {
            let role = members(document, &ROLE, "a role")?;
            if role.has("aggregationRule") {
                return Err(
                    "what an aggregated ClusterRole holds follows from the labels of other roles".to_owned()
                );
            }
            let resources = if kind == "Role" { vec![namespace(role.get("metadata"))?] } else { Vec::new() };
            if role.has("rules") {
                terms.push(Terms { resources, ..rules(role.get("rules").clone()) });
            }
            Ok(())
        }
        "List" | "RoleList" | "ClusterRoleList" => {
            collect(members(document, &LIST, "a list")?.get("items"), terms)
        }
        other => Err(format!("a `{other}` holds no rules")),
    }
}

fn namespace(metadata: &Value) -> Result<Text, String> {
    let mut scope = Text::known("namespace/");
    match metadata.get("namespace") {
        Value::Null => scope.push(&Text::hole(HoleKind::Fact, "kubernetes.namespace")),
        Value::String(name) => scope.push_known(name),
        Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Object(_) | Value::Unknown(_) => {
            return Err("the namespace of a role is no text".to_owned());
        }
    }
    Ok(scope)
}
