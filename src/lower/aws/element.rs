//! The parts of which a policy document is made.
//!
//! Takes a [`DocumentValue`] and returns the version of the policy language, texts, or the members of an object that it
//! holds, or the error that it does not. The readers of whole documents, statements and conditions share these.

use crate::lower::listed::{Listed, NoText, Scalars};
use crate::lower::{DocumentValue, Text};
use crate::reason::{DocumentError, Reason};

/// The policy language's version, which decides whether `${…}` is a variable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PolicyVersion {
    /// 2008-10-17, or none: no variables.
    #[default]
    Old,
    /// 2012-10-17.
    Current,
}

/// The version; none where it is not known.
pub(super) fn read_version(value: &DocumentValue) -> Result<Option<PolicyVersion>, Reason> {
    match value {
        DocumentValue::Text(text) => match text.as_known() {
            Some("2012-10-17") => Ok(Some(PolicyVersion::Current)),
            Some("2008-10-17") => Ok(Some(PolicyVersion::Old)),
            Some(other) => Err(DocumentError::UndefinedVersion { version: other.to_owned() }.into()),
            None => Ok(None),
        },
        DocumentValue::Unknown(_) | DocumentValue::OneOf(_) => Ok(None),
        DocumentValue::Null
        | DocumentValue::Bool(_)
        | DocumentValue::Number(_)
        | DocumentValue::List(_)
        | DocumentValue::Object(_)
        | DocumentValue::Each(_)
        | DocumentValue::Json(_)
        | DocumentValue::Rendered(..) => Err(DocumentError::NotText { part: "the policy's version" }.into()),
    }
}

/// One text or several.
pub(super) fn read_texts(value: &DocumentValue) -> Result<Listed<Text>, DocumentError> {
    let part = "a value of the policy where text belongs";
    Scalars::Any.read(value).map_err(|NoText| DocumentError::NotText { part })
}

pub(super) fn undefined_element(part: &'static str, element: &str) -> Reason {
    DocumentError::UndefinedElement { part, element: element.into() }.into()
}

pub(super) fn missing_element(part: &'static str, element: &'static str) -> Reason {
    DocumentError::MissingElement { part, element }.into()
}

/// The members of an object. The caller looks at what is not known first.
pub(super) fn as_object<'v>(
    value: &'v DocumentValue,
    part: &'static str,
) -> Result<&'v [(Text, DocumentValue)], Reason> {
    match value {
        DocumentValue::Object(members) => Ok(members),
        DocumentValue::Unknown(origin) => Err(Reason::of_unknown(origin)),
        DocumentValue::Null
        | DocumentValue::Bool(_)
        | DocumentValue::Number(_)
        | DocumentValue::Text(_)
        | DocumentValue::List(_)
        | DocumentValue::Each(_)
        | DocumentValue::OneOf(_)
        | DocumentValue::Json(_)
        | DocumentValue::Rendered(..) => Err(DocumentError::NotAnObject { part }.into()),
    }
}
