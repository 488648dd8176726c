//! A whole allow policy: `{"bindings": [{"role", "members", "condition"}]}`, or the arguments of
//! `data.google_iam_policy`.
//!
//! The provider reads a policy without regard to the case of its keys, so a key that is not known here is not
//! passed over: `Bindings` would grant and be seen by nobody. Doubt widens a plan to everything and an approval to
//! nothing.

use crate::lower::listed::{Listed, NoText, Scalars, one_of_several};
use crate::lower::{DocumentFormat, DocumentValue, Lowered, Side, Text, spelling};
use crate::reason::{DocumentError, Reason};
use crate::value::UnknownOrigin;

/// One role for some members.
#[derive(Clone, Debug)]
pub(super) struct Binding {
    /// The role's name.
    pub role: Text,
    /// Who holds it; never empty.
    pub members: Vec<Text>,
    /// The condition's expression.
    pub expression: Option<Text>,
    /// Why the binding may not be there, or may give less.
    pub doubt: Option<UnknownOrigin>,
}

impl Binding {
    /// Some role for somebody, of which nothing is known.
    fn unknown(origin: &UnknownOrigin) -> Self {
        bind_anybody(Text::unknown(origin))
    }

    /// The same binding, which may not be there.
    fn doubted(self, doubt: &Option<UnknownOrigin>) -> Self {
        Self { doubt: self.doubt.or_else(|| doubt.clone()), ..self }
    }
}

/// The bindings of the document. On the planned side, what can't be read is everybody holding everything.
pub(super) fn read_bindings(
    side: Side,
    format: DocumentFormat,
    document: &DocumentValue,
    lowered: &mut Lowered,
) -> Vec<Binding> {
    match read_policy(format, document) {
        Ok(bindings) => bindings,
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
    Binding { role: text.clone(), members: vec![text], expression: None, doubt: None }
}

fn read_policy(format: DocumentFormat, document: &DocumentValue) -> Result<Vec<Binding>, Reason> {
    let alternatives = document.alternatives();
    let doubt = (alternatives.len() > 1).then(|| one_of_several("the policy"));
    let mut bindings = Vec::new();
    for alternative in alternatives {
        bindings.extend(read_one(format, alternative)?.into_iter().map(|binding| binding.doubted(&doubt)));
    }
    Ok(bindings)
}

/// The place of the bindings in a document, and all the members that it may have.
fn members_of(format: DocumentFormat) -> Option<(&'static str, &'static [&'static str])> {
    match format {
        DocumentFormat::GooglePolicy => Some(("bindings", &["bindings", "auditConfigs", "etag", "version"])),
        DocumentFormat::GooglePolicyArguments => {
            Some(("binding", &["binding", "audit_config", "id", "policy_data"]))
        }
        DocumentFormat::AwsPolicy | DocumentFormat::AwsPolicyArguments | DocumentFormat::KubernetesRules => {
            None
        }
    }
}

fn read_one(format: DocumentFormat, document: &DocumentValue) -> Result<Vec<Binding>, Reason> {
    if let DocumentValue::Rendered(format, arguments) = document {
        return read_policy(*format, arguments);
    }
    let (list, keys) = members_of(format).ok_or(DocumentError::WrongKind { expected: "a Google policy" })?;
    let parsed = document.parse_text("the policy")?;
    if let DocumentValue::OneOf(_) = &*parsed {
        return read_policy(format, &parsed);
    }
    if let Some(origin) = find_unknown(&parsed) {
        return Ok(vec![Binding::unknown(&origin)]);
    }
    require_keys("the policy", &parsed, keys)?;
    read_bindings_of(list, parsed.get(list))
}

fn read_bindings_of(list: &'static str, value: &DocumentValue) -> Result<Vec<Binding>, Reason> {
    match value {
        DocumentValue::Null => Ok(Vec::new()),
        DocumentValue::List(items) => {
            let each: Result<Vec<_>, _> = items.iter().map(read_binding).collect();
            Ok(each?.concat())
        }
        DocumentValue::Each(element) => {
            let doubt = Some(UnknownOrigin::Deferred("how many bindings there are".into()));
            Ok(read_binding(element)?.into_iter().map(|binding| binding.doubted(&doubt)).collect())
        }
        DocumentValue::OneOf(alternatives) => {
            let doubt = Some(one_of_several("a list of bindings"));
            let each: Result<Vec<_>, _> =
                alternatives.iter().map(|alternative| read_bindings_of(list, alternative)).collect();
            Ok(each?.concat().into_iter().map(|binding| binding.doubted(&doubt)).collect())
        }
        DocumentValue::Unknown(origin) => Ok(vec![Binding::unknown(origin)]),
        DocumentValue::Bool(_)
        | DocumentValue::Number(_)
        | DocumentValue::Text(_)
        | DocumentValue::Object(_)
        | DocumentValue::Json(_)
        | DocumentValue::Rendered(..) => Err(DocumentError::NotAList { part: list }.into()),
    }
}

/// A binding, or each that it may be.
fn read_binding(value: &DocumentValue) -> Result<Vec<Binding>, Reason> {
    let alternatives = value.alternatives();
    let doubt = (alternatives.len() > 1).then(|| one_of_several("a binding"));
    let mut bindings = Vec::new();
    for alternative in alternatives {
        let read = match find_unknown(alternative) {
            Some(origin) => vec![Binding::unknown(&origin)],
            None => read_known_binding(alternative)?,
        };
        bindings.extend(read.into_iter().map(|binding| binding.doubted(&doubt)));
    }
    Ok(bindings)
}

fn read_known_binding(binding: &DocumentValue) -> Result<Vec<Binding>, Reason> {
    require_keys("a binding", binding, &["role", "members", "condition"])?;
    let role = Scalars::Texts
        .read(binding.get("role"))
        .map_err(|NoText| DocumentError::MissingElement { part: "a binding", element: "role" })?;
    let members = read_members(binding.get("members"))?;
    let mut bindings = Vec::new();
    for (expression, open) in read_conditions(binding.get("condition"))? {
        for (roles, doubt) in [(&role.certain, None), (&role.perhaps, Some(one_of_several("a role")))] {
            for (members, other) in
                [(&members.certain, None), (&members.perhaps, Some(one_of_several("a list of members")))]
            {
                let doubt = open.clone().or_else(|| doubt.clone()).or(other);
                bindings.extend(roles.iter().filter(|_| !members.is_empty()).map(|role| Binding {
                    role: role.clone(),
                    members: members.clone(),
                    expression: expression.clone(),
                    doubt: doubt.clone(),
                }));
            }
        }
    }
    Ok(bindings)
}

fn read_members(value: &DocumentValue) -> Result<Listed<Text>, Reason> {
    match value {
        DocumentValue::Null => Ok(Listed::default()),
        DocumentValue::List(_)
        | DocumentValue::Each(_)
        | DocumentValue::OneOf(_)
        | DocumentValue::Unknown(_) => {
            Ok(Scalars::Texts.read(value).map_err(|NoText| DocumentError::NotText { part: "a member" })?)
        }
        DocumentValue::Bool(_)
        | DocumentValue::Number(_)
        | DocumentValue::Text(_)
        | DocumentValue::Object(_)
        | DocumentValue::Json(_)
        | DocumentValue::Rendered(..) => Err(DocumentError::NotAList { part: "members" }.into()),
    }
}

/// A condition's expression, and why there may be another one or none.
type OpenExpression = (Option<Text>, Option<UnknownOrigin>);

/// The condition, or each that may stand there. Terraform writes a block as a list of none or one.
fn read_conditions(value: &DocumentValue) -> Result<Vec<OpenExpression>, Reason> {
    let alternatives = value.alternatives();
    let doubt = (alternatives.len() > 1).then(|| one_of_several("a condition"));
    let mut conditions = Vec::new();
    for alternative in alternatives {
        if let DocumentValue::Each(_) = alternative {
            conditions.push((None, Some(one_of_several("a condition"))));
            continue;
        }
        let block = match alternative.as_list() {
            Some(items) => items.first().unwrap_or(&DocumentValue::Null),
            None => alternative,
        };
        if let Some(origin) = find_unknown(block) {
            conditions.push((None, Some(origin)));
            continue;
        }
        if block.is_null() {
            conditions.push((None, doubt.clone()));
            continue;
        }
        require_keys("a condition", block, &["expression", "title", "description", "location"])?;
        let expressions = Scalars::Texts
            .read(block.get("expression"))
            .map_err(|NoText| DocumentError::MissingElement { part: "a condition", element: "expression" })?;
        conditions.extend(expressions.certain.into_iter().map(|text| (Some(text), doubt.clone())));
        let several = one_of_several("a condition");
        conditions.extend(expressions.perhaps.into_iter().map(|text| (Some(text), Some(several.clone()))));
    }
    Ok(conditions)
}

/// Why nothing can be said of a value, or of an object since a member's name is open.
fn find_unknown(value: &DocumentValue) -> Option<UnknownOrigin> {
    value.as_unknown().cloned().or_else(|| value.find_open_name().map(Text::first_origin))
}

/// That the value is an object of no other keys.
fn require_keys(part: &'static str, value: &DocumentValue, keys: &[&str]) -> Result<(), Reason> {
    let DocumentValue::Object(members) = value else {
        return Err(DocumentError::NotAnObject { part }.into());
    };
    let names = members.iter().map(|(key, _)| key.as_known().unwrap_or_default());
    match { names }.find(|key| !keys.contains(key)) {
        Some(key) => Err(DocumentError::UndefinedElement { part, element: key.to_owned() }.into()),
        None => Ok(()),
    }
}
