//! The values of a comparison, and what they ask of one value of a request.

use jiff::Timestamp;

use super::grammar::WrittenValue;
use super::operator::{TextShape, ValueRelation};
use access_algebra::{Order, Pattern, Test, Token};

/// A value as its relation reads it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RelationValue {
    Pattern(Pattern),
    Date(Timestamp),
    Truth(bool),
}

impl RelationValue {
    /// Whether what is not there meets it, should that count as an empty text or as false.
    pub(super) fn is_met_by_nothing(&self) -> bool {
        match self {
            Self::Pattern(pattern) => pattern.tokens().iter().all(|token| matches!(token, Token::Run(_))),
            Self::Date(_) => false,
            Self::Truth(truth) => !truth,
        }
    }
}

/// Which of several different values decide whether all of them compare so.
pub(super) enum Decides {
    /// The least or the greatest.
    One(RelationValue),
    /// Any two, since nothing is equal to both.
    Two,
    /// Each has its say.
    All,
}

impl ValueRelation {
    pub(super) fn decides(self, values: &[RelationValue]) -> Decides {
        let one = |value: Option<&RelationValue>| value.cloned().map_or(Decides::All, Decides::One);
        match self {
            Self::Date(Order::Less | Order::LessOrEqual) => one(values.iter().min()),
            Self::Date(Order::Greater | Order::GreaterOrEqual) => one(values.iter().max()),
            Self::Date(Order::Equal)
            | Self::Text { shape: TextShape::Whole, .. }
            | Self::Guid
            | Self::Truth => Decides::Two,
            Self::Text { shape: TextShape::Start | TextShape::Wildcards, .. } => Decides::All,
        }
    }

    /// `None` where it is nothing that the operator compares with.
    pub(super) fn find_value(self, value: &WrittenValue) -> Option<RelationValue> {
        let text = value.text.as_str();
        match self {
            Self::Text { fold, shape } => value.is_quoted.then(|| make_pattern(text, fold, shape)).flatten(),
            Self::Date(_) if value.is_quoted => text.parse().ok().map(RelationValue::Date),
            Self::Guid => read_guid(text).map(|text| RelationValue::Pattern(Pattern::folded(&text))),
            Self::Truth => match text.to_lowercase().as_str() {
                "true" if !value.is_quoted => Some(RelationValue::Truth(true)),
                "false" if !value.is_quoted => Some(RelationValue::Truth(false)),
                _ => None,
            },
            Self::Date(_) => None,
        }
    }

    /// One of the values compares so, or none does.
    pub(super) fn test(self, values: &[RelationValue], negated: bool) -> Option<Test> {
        let patterns = || {
            let pattern = |value: &RelationValue| match value {
                RelationValue::Pattern(pattern) => Some(pattern.clone()),
                RelationValue::Date(_) | RelationValue::Truth(_) => None,
            };
            values.iter().map(pattern).collect::<Option<Vec<_>>>()
        };
        Some(match self {
            Self::Text { .. } | Self::Guid => Test::Text { values: patterns()?, negated },
            Self::Date(order) => {
                let date = |value: &RelationValue| match value {
                    RelationValue::Date(date) => Some(*date),
                    RelationValue::Pattern(_) | RelationValue::Truth(_) => None,
                };
                Test::Date { order, values: values.iter().map(date).collect::<Option<_>>()?, negated }
            }
            // What is not true is false.
            Self::Truth => match values {
                [RelationValue::Truth(truth)] => {
                    Test::Text { values: vec![Pattern::folded("true")], negated: *truth == negated }
                }
                _ => return None,
            },
        })
    }
}

fn make_pattern(text: &str, fold: bool, shape: TextShape) -> Option<RelationValue> {
    // How letters beyond these fold is not said.
    if fold && !text.is_ascii() {
        return None;
    }
    let spelled = |text: &str| {
        if fold { Token::Folded(text.to_lowercase().into()) } else { Token::Literal(text.into()) }
    };
    let tokens = match shape {
        TextShape::Whole | TextShape::Start if text.contains('\\') => return None,
        TextShape::Whole => vec![spelled(text)],
        TextShape::Start => vec![spelled(text), Token::Run(None)],
        TextShape::Wildcards => {
            let mut chars = text.chars();
            let mut tokens = Vec::new();
            while let Some(c) = chars.next() {
                tokens.push(match c {
                    '*' => Token::Run(None),
                    '?' => Token::One(None),
                    // Only before a wildcard, which the grammar has seen to.
                    '\\' => spelled(&chars.next()?.to_string()),
                    c => spelled(&c.to_string()),
                });
            }
            tokens
        }
    };
    Some(RelationValue::Pattern(Pattern::new(tokens)))
}

/// With dashes; Azure's own roles are written without them too.
fn read_guid(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| *c != '-').collect();
    let has_places = text.len() == 32 || text.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
    let is_guid = has_places && digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_guid.then(|| {
        let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
        [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
    })
}
