//! Documents as each cloud writes them, read into [`Terms`].
//!
//! Takes one parsed document, or a list of documents, and returns the terms of each. A member that the cloud's documents
//! do not have is an error: a reader that ignores `notaction` reads another policy than its author wrote. Text that is
//! itself a JSON document, as Terraform and CloudFormation hold policies, is parsed first.
//!
//! Nothing is lowered here.

mod azure;
mod bindings;
mod refusal;
mod kubernetes;

use crate::json;
use crate::lower::{Dialect, Terms};
use crate::value::Value;
use rule_language::DocumentFormat;

pub use refusal::{DocumentRefusal, MemberType};

/// The terms of one document; together they mean the union of what each means.
pub(super) type DocumentTerms = Vec<Terms>;

/// Reads every document that a value holds.
pub(super) fn read_documents(
    dialect: Dialect,
    document: &Value,
) -> Result<Vec<DocumentTerms>, DocumentRefusal> {
    let parsed;
    let document = match document {
        Value::Null => return Err(DocumentRefusal::Missing),
        Value::String(text) => {
            parsed = json::parse(text)?;
            &parsed
        }
        Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Object(_) | Value::Unknown(_) => document,
    };
    match dialect {
        Dialect::Aws => read_each(document, read_policy),
        Dialect::Azure => read_each(document, azure::read_role_definition),
        Dialect::Kubernetes => Ok(vec![kubernetes::read_rules(document)?]),
        Dialect::Google | Dialect::Azuread | Dialect::Github => {
            Ok(vec![bindings::read_bindings(dialect, document)?])
        }
        Dialect::Terraform => Err(DocumentRefusal::NoSuchDocuments),
    }
}

/// Reads one document, or each document of a list.
fn read_each(
    document: &Value,
    read: impl Fn(&Value) -> Result<DocumentTerms, DocumentRefusal>,
) -> Result<Vec<DocumentTerms>, DocumentRefusal> {
    match document {
        Value::List(items) => items.iter().map(read).collect(),
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Object(_)
        | Value::Unknown(_) => Ok(vec![read(document)?]),
    }
}

/// Takes an AWS policy as it is: its lowering refuses what no policy has.
fn read_policy(document: &Value) -> Result<DocumentTerms, DocumentRefusal> {
    if *document == Value::Null {
        return Err(DocumentRefusal::Missing);
    }
    Ok(vec![Terms { document: Some((DocumentFormat::AwsPolicy, document.into())), ..Terms::default() }])
}

/// The members of one object of a document, all of them known.
struct ObjectMembers<'v> {
    members: &'v [(Box<str>, Value)],
    what: &'static str,
}

impl<'v> ObjectMembers<'v> {
    /// Opens an object; each of its keys must be one of `known`.
    fn open(value: &'v Value, known: &[&str], what: &'static str) -> Result<Self, DocumentRefusal> {
        let found = Self::open_in_any_case(value, known, what)?;
        match found.members.iter().find(|(key, _)| !known.contains(&&**key)) {
            Some((key, _)) => Err(DocumentRefusal::UnknownMember { what, member: key.to_string() }),
            None => Ok(found),
        }
    }

    /// Opens an object of a cloud whose own tools write the keys in several cases.
    fn open_in_any_case(
        value: &'v Value,
        known: &[&str],
        what: &'static str,
    ) -> Result<Self, DocumentRefusal> {
        let Value::Object(members) = value else { return Err(DocumentRefusal::NotAnObject { what }) };
        for (at, (key, _)) in members.iter().enumerate() {
            if !known.iter().any(|known| known.eq_ignore_ascii_case(key)) {
                return Err(DocumentRefusal::UnknownMember { what, member: key.to_string() });
            }
            if members.iter().take(at).any(|(other, _)| other.eq_ignore_ascii_case(key)) {
                return Err(DocumentRefusal::DuplicateMember { what, member: key.to_string() });
            }
        }
        Ok(Self { members, what })
    }

    /// Returns the member, in any case; null where there is none.
    fn get(&self, key: &str) -> &'v Value {
        const NULL: &Value = &Value::Null;
        let found = self.members.iter().find(|(name, _)| name.eq_ignore_ascii_case(key));
        found.map_or(NULL, |(_, value)| value)
    }

    fn has(&self, key: &str) -> bool {
        *self.get(key) != Value::Null
    }

    /// Returns the first of several members that is there.
    fn find_any(&self, keys: &[&'static str]) -> Option<&'static str> {
        keys.iter().copied().find(|key| self.has(key))
    }

    /// Reads one text, or a list of texts; `None` where the member is absent.
    fn read_texts(&self, member: &'static str) -> Result<Option<Vec<&'v str>>, DocumentRefusal> {
        let wrong = || self.wrong_type(member, MemberType::Texts);
        match self.get(member) {
            Value::Null => Ok(None),
            Value::String(text) => Ok(Some(vec![text])),
            Value::List(items) => {
                items.iter().map(|item| item.as_str().ok_or_else(wrong)).collect::<Result<_, _>>().map(Some)
            }
            Value::Bool(_) | Value::Number(_) | Value::Object(_) | Value::Unknown(_) => Err(wrong()),
        }
    }

    /// Reads one text; `None` where the member is absent.
    fn read_text(&self, member: &'static str) -> Result<Option<&'v str>, DocumentRefusal> {
        let value = self.get(member);
        match value.as_str() {
            None if *value != Value::Null => Err(self.wrong_type(member, MemberType::Text)),
            text => Ok(text),
        }
    }

    fn wrong_type(&self, member: &'static str, expected: MemberType) -> DocumentRefusal {
        DocumentRefusal::WrongType { what: self.what, member, expected }
    }
}
