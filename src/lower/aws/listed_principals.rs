//! The principals of a statement as they are written.
//!
//! Takes the [`DocumentValue`] of `Principal` or `NotPrincipal` and returns the names under their types, each certainly or
//! perhaps listed. Where a type is not known, anybody may be listed. What a name stands for is [`super::principal`]'s
//! part.

use crate::lower::listed::Listed;
use crate::lower::{DocumentValue, Text};
use crate::reason::{DocumentError, Reason};

use super::element::{self, as_object};

/// A principal with the type it is listed under.
#[derive(Clone, Debug)]
pub(super) struct TypedPrincipal {
    pub(super) kind: PrincipalType,
    pub(super) name: Text,
}

/// The types of principals ("AWS JSON policy elements: Principal").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PrincipalType {
    /// `"*"`, without a type.
    Everyone,
    Aws,
    Service,
    Federated,
    CanonicalUser,
}

impl PrincipalType {
    pub(super) fn read_type(word: &str) -> Result<Self, DocumentError> {
        match word {
            "*" => Ok(Self::Everyone),
            "AWS" => Ok(Self::Aws),
            "Service" => Ok(Self::Service),
            "Federated" => Ok(Self::Federated),
            "CanonicalUser" => Ok(Self::CanonicalUser),
            other => Err(DocumentError::UndefinedPrincipalType { name: other.into() }),
        }
    }
}

impl TypedPrincipal {
    /// Whoever there is.
    pub(super) fn everyone() -> Self {
        Self { kind: PrincipalType::Everyone, name: Text::known("*") }
    }
}

/// The principals, of which a text without a type is everyone.
pub(super) fn read_principals(value: &DocumentValue) -> Result<Listed<TypedPrincipal>, Reason> {
    let everyone = |name: Text| TypedPrincipal { kind: PrincipalType::Everyone, name };
    match value {
        DocumentValue::OneOf(alternatives) => {
            let mut names = Listed::default();
            for alternative in alternatives {
                names.extend(read_principals(alternative)?.doubted());
            }
            return Ok(names);
        }
        DocumentValue::Unknown(origin) => {
            return Ok(Listed::certain(vec![everyone(Text::unknown(origin))]));
        }
        DocumentValue::Text(name) => {
            return match name.as_known() {
                Some("*") | None => Ok(Listed::certain(vec![everyone(name.clone())])),
                Some(other) => Err(DocumentError::UntypedPrincipal { principal: other.into() }.into()),
            };
        }
        DocumentValue::Null
        | DocumentValue::Bool(_)
        | DocumentValue::Number(_)
        | DocumentValue::List(_)
        | DocumentValue::Object(_)
        | DocumentValue::Each(_)
        | DocumentValue::Json(_)
        | DocumentValue::Rendered(..) => {}
    }
    let members = as_object(value, "a principal")?;
    // A type that is not known may be any, and take the place of another one.
    if value.find_open_name().is_some() {
        return Ok(Listed { certain: Vec::new(), perhaps: vec![TypedPrincipal::everyone()] });
    }
    let mut names = Listed::default();
    for (kind, listed) in members {
        let kind = match PrincipalType::read_type(kind.as_known().unwrap_or_default())? {
            PrincipalType::Everyone => {
                return Err(DocumentError::UndefinedPrincipalType { name: "*".into() }.into());
            }
            kind @ (PrincipalType::Aws
            | PrincipalType::Service
            | PrincipalType::Federated
            | PrincipalType::CanonicalUser) => kind,
        };
        names.extend(element::read_texts(listed)?.map(|name| TypedPrincipal { kind, name }));
    }
    Ok(names)
}
