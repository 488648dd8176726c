//! A whole allow policy: `{"bindings": [{"role", "members", "condition"}]}`, or the arguments of
//! `data.google_iam_policy`.
//!
//! The provider reads a policy without regard to the case of its keys, so a key that is not known here is not
//! passed over: `Bindings` would grant and be seen by nobody. Doubt widens a plan to everything and an approval to
//! nothing.

use crate::lower::{DocumentFormat, Lowered, Side, Text, spelling};
use crate::reason::{DocumentError, Reason};
use crate::value::Value;

/// One role for some members.
#[derive(Clone, Debug)]
pub(super) struct Binding {
    /// The role's name.
    pub role: Text,
    /// Who holds it; never empty.
    pub members: Vec<Text>,
    /// The condition's expression.
    pub expression: Option<Text>,
}

/// The bindings of the document. On the planned side, what can't be read is everybody holding everything.
pub(super) fn read_bindings(
    side: Side,
    format: DocumentFormat,
    document: &Value,
    lowered: &mut Lowered,
) -> Vec<Binding> {
    match read_policy(format, document) {
        Ok(bindings) => bindings,
        // Containment itself finds out that this is not known.
        Err(Reason::UntilApply { value }) if side == Side::Planned => {
            vec![bind_anybody(spelling::unknown_text(&value))]
        }
        Err(reason) => {
            spelling::add_doubt(lowered, reason);
            match side {
                Side::Planned => vec![bind_anybody(spelling::unreadable_text("the policy"))],
                Side::Approved => Vec::new(),
            }
        }
    }
}

/// Some role for somebody, both as little known as the text.
fn bind_anybody(text: Text) -> Binding {
    Binding { role: text.clone(), members: vec![text], expression: None }
}

fn read_policy(format: DocumentFormat, document: &Value) -> Result<Vec<Binding>, Reason> {
    let (list, keys): (&str, &[&str]) = match format {
        DocumentFormat::GooglePolicy => ("bindings", &["bindings", "auditConfigs", "etag", "version"]),
        DocumentFormat::GooglePolicyArguments => {
            ("binding", &["binding", "audit_config", "id", "policy_data"])
        }
        DocumentFormat::AwsPolicy | DocumentFormat::AwsPolicyArguments | DocumentFormat::KubernetesRules => {
            return Err(DocumentError::WrongKind { expected: "a Google policy" }.into());
        }
    };
    let parsed;
    let document = match document {
        Value::String(text) => {
            parsed = spelling::parse_document("the policy", text)?;
            &parsed
        }
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::List(_)
        | Value::Object(_)
        | Value::Unknown(_) => document,
    };
    require_keys("the policy", document, keys)?;
    let mut bindings = Vec::new();
    for binding in as_list(list, document.get(list))? {
        bindings.extend(read_binding(binding)?);
    }
    Ok(bindings)
}

fn read_binding(binding: &Value) -> Result<Option<Binding>, Reason> {
    require_keys("a binding", binding, &["role", "members", "condition"])?;
    let role = spelling::read_text(binding.get("role"))
        .ok_or(DocumentError::MissingElement { part: "a binding", element: "role" })?;
    let mut members = Vec::new();
    match binding.get("members") {
        Value::Unknown(origin) => members.push(Text::unknown(origin)),
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::List(_)
        | Value::Object(_) => {
            for member in as_list("members", binding.get("members"))? {
                let text = spelling::read_text(member);
                members.push(text.ok_or(DocumentError::NotText { part: "a member" })?);
            }
        }
    }
    let mut expression = None;
    // Terraform writes a block as a list of none or one.
    let mut condition = binding.get("condition");
    if let Value::List(items) = condition {
        condition = items.first().unwrap_or(&Value::Null);
    }
    if *condition != Value::Null {
        require_keys("a condition", condition, &["expression", "title", "description", "location"])?;
        expression = spelling::read_text(condition.get("expression"));
        if expression.is_none() {
            let (part, element) = ("a condition", "expression");
            return Err(DocumentError::MissingElement { part, element }.into());
        }
    }
    Ok((!members.is_empty()).then_some(Binding { role, members, expression }))
}

/// That the value is an object of no other keys.
fn require_keys(part: &'static str, value: &Value, keys: &[&str]) -> Result<(), Reason> {
    match value {
        Value::Object(members) => match members.iter().find(|(key, _)| !keys.contains(&&**key)) {
            Some((key, _)) => Err(DocumentError::UndefinedElement { part, element: key.to_string() }.into()),
            None => Ok(()),
        },
        Value::Unknown(origin) => Err(Reason::of_unknown(origin)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::List(_) => {
            Err(DocumentError::NotAnObject { part }.into())
        }
    }
}

fn as_list<'v>(part: &'static str, value: &'v Value) -> Result<&'v [Value], Reason> {
    match value {
        Value::List(items) => Ok(items),
        Value::Null => Ok(&[]),
        Value::Unknown(origin) => Err(Reason::of_unknown(origin)),
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            Err(DocumentError::NotAList { part }.into())
        }
    }
}
