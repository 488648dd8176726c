//! The conditions of a statement as they are written.
//!
//! Takes the [`DocumentValue`] of `Condition` and returns its conditions, and the doubts: what stands there besides and is
//! not known. A condition that is not known is left out; its doubt says that the statement may match less.
//!
//! # Keys that are not wholly known
//!
//! A key with a hole, such as `${module.eks.….url}:sub`, is a key of its own: two keys that are written alike are the same
//! key, since holes of one name are one string, and any two others are taken to be different. A *proof* of containment is
//! sound all the same. Say that in truth two keys are one. A request gives that one key a value `v`; take the request
//! that gives each of the two keys `v`. Every condition of either side means the same for both requests, as each looks at
//! one key and all conditions of a statement have to hold. So what was proved of the request with two keys holds of the
//! request with one. The reverse fails: a counterexample may give the two keys different values, which no request does if
//! they are one. So such a statement certainly matches nothing, on the planned side, and what lies outside of it is not
//! certainly refused, on the approved side; [`super::extent`] says how.
//!
//! This needs that all conditions have to hold. Where two keys under one operator may be the same, the document has one
//! of them twice: Terraform and readers of JSON keep one of the two, and the data source joins their values. Then neither
//! is read.

use crate::lower::listed::{Listed, one_of_several};
use crate::lower::{DocumentValue, TermCondition, Text, TextPart};
use crate::reason::{DocumentError, Reason};
use crate::value::UnknownOrigin;

use super::element::{self, PolicyVersion, as_object};

/// One condition as it is written.
#[derive(Clone, Debug)]
pub(super) struct PolicyCondition {
    pub(super) operator: String,
    pub(super) key: Text,
    pub(super) values: Listed<Text>,
    /// The language in which its values are written.
    pub(super) version: PolicyVersion,
}

impl From<&TermCondition> for PolicyCondition {
    fn from(term: &TermCondition) -> Self {
        let (operator, key) = (term.operator.clone(), term.key.clone());
        let values = Listed::certain(term.values.clone());
        Self { operator, key, values, version: PolicyVersion::Current }
    }
}

/// The conditions of one statement, and what is not known of them.
#[derive(Clone, Debug, Default)]
pub(super) struct ConditionList {
    pub(super) conditions: Vec<PolicyCondition>,
    pub(super) doubts: Vec<UnknownOrigin>,
}

impl ConditionList {
    /// The conditions, or each list of them that may stand there.
    pub(super) fn read_alternatives(value: &DocumentValue) -> Result<Vec<Self>, Reason> {
        let alternatives = value.alternatives();
        let doubt = (alternatives.len() > 1).then(|| one_of_several("a condition"));
        let mut lists = Vec::new();
        for alternative in alternatives {
            let mut list = Self::read(alternative)?;
            list.doubts.extend(doubt.clone());
            lists.push(list);
        }
        Ok(lists)
    }

    fn read(value: &DocumentValue) -> Result<Self, Reason> {
        let mut list = Self::default();
        if let DocumentValue::Unknown(origin) = value {
            list.doubts.push(origin.clone());
            return Ok(list);
        }
        let operators = as_object(value, "a condition")?;
        // An operator that is not known may take the place of another one.
        if let Some(name) = value.find_open_name() {
            list.doubts.push(name.first_origin());
            return Ok(list);
        }
        for (operator, keys) in operators {
            list.read_operator(operator.as_known().unwrap_or_default(), keys)?;
        }
        Ok(list)
    }

    fn read_operator(&mut self, operator: &str, keys: &DocumentValue) -> Result<(), Reason> {
        match keys {
            DocumentValue::Unknown(origin) => {
                self.doubts.push(origin.clone());
                return Ok(());
            }
            DocumentValue::OneOf(_) => {
                self.doubts.push(one_of_several("a condition's operator"));
                return Ok(());
            }
            DocumentValue::Null
            | DocumentValue::Bool(_)
            | DocumentValue::Number(_)
            | DocumentValue::Text(_)
            | DocumentValue::List(_)
            | DocumentValue::Object(_)
            | DocumentValue::Each(_)
            | DocumentValue::Json(_)
            | DocumentValue::Rendered(..) => {}
        }
        let keys = as_object(keys, "a condition's operator")?;
        for (at, (key, values)) in keys.iter().enumerate() {
            let mut others =
                keys.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, (key, _))| key);
            if let Some(known) = key.as_known()
                && others.clone().filter_map(Text::as_known).any(|other| other.eq_ignore_ascii_case(known))
            {
                let (operator, key) = (operator.to_owned(), known.to_owned());
                return Err(DocumentError::RepeatedConditionKey { operator, key }.into());
            }
            let values = element::read_texts(values)?;
            if let Some(other) = others.find(|other| may_be_one_key(key, other)) {
                let open = if key.as_known().is_none() { key } else { other };
                self.doubts.push(open.first_origin());
                continue;
            }
            let (operator, key) = (operator.to_owned(), key.clone());
            self.conditions.push(PolicyCondition { operator, key, values, version: PolicyVersion::Current });
        }
        Ok(())
    }
}

/// Whether two keys, of which one has a hole, may be the same.
pub(super) fn may_be_one_key(one: &Text, other: &Text) -> bool {
    let is_open = |key: &Text| key.as_known().is_none();
    (is_open(one) || is_open(other)) && !fold_key(one).differs_from(&fold_key(other))
}

/// The key in the one case in which keys are compared. What a hole stands for keeps its name.
pub(super) fn fold_key(key: &Text) -> Text {
    let mut folded = Text::default();
    for part in &key.parts {
        match part {
            TextPart::Known(known) => folded.push_known(&known.to_lowercase()),
            TextPart::Hole(_) => folded.parts.push(part.clone()),
        }
    }
    folded
}
