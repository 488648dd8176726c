//! One comparison of an attribute with values.
//!
//! In goes a comparison and whether it is meant or denied; out come alternatives of demands on the attribute. A cross
//! product (`ForAnyOfAllValues:StringNotEquals`) says of how many of the attribute's values, and then of how many of the
//! values written down, the comparison is true; denied, both turn round.
//!
//! Three things are nowhere said. What becomes of a negated comparison, or of `ForAllOf…`, whose attribute is missing: so
//! for a request without it that is a demand of its own that equals itself and nothing else. What a plain comparison
//! means where the attribute has several values, which is [`Quantifier::Unsaid`]. And how a value of one type reads as
//! another, so that it is another key.

use std::borrow::Cow;

use jiff::Timestamp;

use super::grammar::{Comparison, Value};
use super::{demand, opaque};
use crate::access::{Condition, Decimal, Order, Pattern, Quantifier, Test, Token};
use crate::lower::formula::{Alternatives, Sense};

/// What an attribute is, and so what it is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    Text,
    Number,
    Date,
    Guid,
    Truth,
}

/// Attributes whose type is documented, and of which a request has one value at most, whatever their source
/// (<https://learn.microsoft.com/azure/role-based-access-control/conditions-authorization-actions-attributes>,
/// <https://learn.microsoft.com/azure/storage/blobs/storage-auth-abac-attributes>).
const KNOWN: [(&str, Type); 17] = [
    ("isprivatelink", Type::Truth),
    ("utcnow", Type::Date),
    ("microsoft.authorization/roleassignments:principalid", Type::Guid),
    ("microsoft.authorization/roleassignments:principaltype", Type::Text),
    ("microsoft.authorization/roleassignments:roledefinitionid", Type::Guid),
    ("microsoft.network/privateendpoints", Type::Text),
    ("microsoft.network/virtualnetworks/subnets", Type::Text),
    ("microsoft.storage/storageaccounts/blobservices/containers/blobs:iscurrentversion", Type::Truth),
    ("microsoft.storage/storageaccounts/blobservices/containers/blobs:path", Type::Text),
    ("microsoft.storage/storageaccounts/blobservices/containers/blobs:prefix", Type::Text),
    ("microsoft.storage/storageaccounts/blobservices/containers/blobs:snapshot", Type::Date),
    ("microsoft.storage/storageaccounts/blobservices/containers/blobs:versionid", Type::Date),
    ("microsoft.storage/storageaccounts/blobservices/containers:name", Type::Text),
    ("microsoft.storage/storageaccounts/encryptionscopes:name", Type::Text),
    ("microsoft.storage/storageaccounts/queueservices/queues:name", Type::Text),
    ("microsoft.storage/storageaccounts:ishnsenabled", Type::Truth),
    ("microsoft.storage/storageaccounts:name", Type::Text),
];

/// How many of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Many {
    Any,
    All,
}

impl Many {
    fn turned(self) -> Self {
        match self {
            Self::Any => Self::All,
            Self::All => Self::Any,
        }
    }
}

/// What an operator compares, before it is negated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Text { fold: bool, shape: Shape },
    Number(Order),
    Date(Order),
    Guid,
    Truth,
}

/// What of a text is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Whole,
    Start,
    Wildcards,
}

/// A comparison, taken apart.
#[derive(Clone, Copy, Debug)]
struct Operator {
    /// Of how many of the attribute's values, and of how many of those written down; `None` of a plain comparison.
    cross: Option<(Many, Many)>,
    relation: Relation,
    negated: bool,
}

/// The alternatives of a comparison.
pub(super) fn alternatives(comparison: &Comparison, sense: Sense) -> Alternatives<Condition> {
    let understood = Operator::read(&comparison.operator).and_then(|operator| {
        let key = key(&comparison.attribute, operator.relation.reads())?;
        Some((operator, operator.present(comparison, &key, sense)?, key))
    });
    let Some((operator, mut alternatives, key)) = understood else {
        return vec![vec![opaque(&comparison.words, sense)]];
    };
    if let Some(words) = operator.of_missing(sense) {
        let words = format!("{words} with {} where that is missing", comparison.attribute);
        let missing = |key: &str| {
            vec![demand(key, Test::Present(false), Quantifier::One), opaque(&words, Sense::Asserted)]
        };
        alternatives.push(missing(&key));
        if *key != *comparison.attribute {
            alternatives.push(missing(&comparison.attribute));
        }
    }
    alternatives
}

impl Operator {
    /// `StringNotEqualsIgnoreCase`, `ForAnyOfAllValues:NumericLessThan`; in lower case.
    fn read(text: &str) -> Option<Self> {
        let (cross, name) = match text.split_once(':') {
            None => (None, text),
            Some((cross, name)) => (Some(many(cross)?), name),
        };
        let (relation, negated) = if let Some(rest) = name.strip_prefix("string") {
            let (rest, fold) = rest.strip_suffix("ignorecase").map_or((rest, false), |rest| (rest, true));
            let (shape, negated) = negatable(rest, |rest| match rest {
                "equals" => Some(Shape::Whole),
                "startswith" => Some(Shape::Start),
                "like" => Some(Shape::Wildcards),
                _ => None,
            })?;
            (Relation::Text { fold, shape }, negated)
        } else if let Some(rest) = name.strip_prefix("numeric") {
            let (order, negated) = negatable(rest, order)?;
            (Relation::Number(order), negated)
        } else if let Some(rest) = name.strip_prefix("datetime") {
            let (order, negated) = negatable(rest, order)?;
            (Relation::Date(order), negated)
        } else if let Some(rest) = name.strip_prefix("guid") {
            let ((), negated) = negatable(rest, |rest| (rest == "equals").then_some(()))?;
            (Relation::Guid, negated)
        } else {
            let ((), negated) =
                negatable(name.strip_prefix("bool")?, |rest| (rest == "equals").then_some(()))?;
            (Relation::Truth, negated)
        };
        Some(Self { cross, relation, negated })
    }

    /// The alternatives for a request that has the attribute; `None` where they can't be said.
    fn present(self, comparison: &Comparison, key: &str, sense: Sense) -> Option<Alternatives<Condition>> {
        let written = comparison.values.iter().map(|value| self.relation.value(value));
        let mut values = written.collect::<Option<Vec<_>>>()?;
        values.sort();
        values.dedup();
        let is_single = known(&comparison.attribute).is_some();
        let turned = sense == Sense::Denied;
        let turn = |many: Many| if turned { many.turned() } else { many };
        let negated = self.negated != turned;
        let (each, of) = match self.cross {
            None if values.len() > 1 || (self.negated && turned && !is_single) => return None,
            None => (Quantifier::Unsaid, Many::Any),
            Some((Many::Any, of)) if !turned => (Quantifier::Any, of),
            Some((Many::All, of)) if turned => (Quantifier::Any, turn(of)),
            Some((_, of)) => (Quantifier::All, turn(of)),
        };
        let each = if is_single { Quantifier::One } else { each };
        let tested = |values: &[Written]| {
            let tested = demand(key, self.relation.test(values, negated)?, each);
            let is_there = demand(&comparison.attribute, Test::Present(true), Quantifier::One);
            Some(if key == comparison.attribute { vec![tested] } else { vec![is_there, tested] })
        };
        let one_by_one =
            || values.iter().map(|value| tested(std::slice::from_ref(value))).collect::<Option<Vec<_>>>();
        let at_once = |values: &[Written]| Some(vec![tested(values)?]);
        match (of, negated, self.relation.decides(&values)) {
            _ if values.len() == 1 => at_once(&values),
            // One of several that are equal to it, or none of them.
            (Many::Any, false, _) | (Many::All, true, _) => at_once(&values),
            (_, _, Decides::One(value)) => at_once(&[value]),
            (Many::Any, true, _) if matches!(each, Quantifier::One | Quantifier::Any) => one_by_one(),
            (Many::All, false, _) if each != Quantifier::Any => Some(vec![one_by_one()?.concat()]),
            // No value is equal to two, and each is unequal to one of two.
            (Many::All, false, Decides::Two) => Some(Vec::new()),
            (Many::Any, true, Decides::Two) if self.relation.reads() == Type::Text => {
                Some(vec![vec![demand(key, Test::Present(true), Quantifier::One)]])
            }
            (Many::Any, true, _) | (Many::All, false, Decides::All) => None,
        }
    }

    /// What would have to hold for a request without the attribute; `None` where such a request does not satisfy it.
    fn of_missing(self, sense: Sense) -> Option<String> {
        let each = match self.cross {
            Some((Many::All, _)) => "ForAllOf… comparison",
            None | Some((Many::Any, _)) => "comparison",
        };
        let negated = if self.negated { "a negated" } else { "a" };
        match (self.cross, self.negated, sense) {
            (None | Some((Many::Any, _)), false, Sense::Asserted) => None,
            (_, _, Sense::Asserted) => Some(format!("{negated} {each}")),
            (_, _, Sense::Denied) => Some(format!("NOT of {negated} {each}")),
        }
    }
}

fn many(text: &str) -> Option<(Many, Many)> {
    match text {
        "foranyofanyvalues" => Some((Many::Any, Many::Any)),
        "foranyofallvalues" => Some((Many::Any, Many::All)),
        "forallofanyvalues" => Some((Many::All, Many::Any)),
        "forallofallvalues" => Some((Many::All, Many::All)),
        _ => None,
    }
}

/// What follows `not`, or the whole, and whether there was one.
fn negatable<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<(T, bool)> {
    match text.strip_prefix("not") {
        Some(rest) => Some((read(rest)?, true)),
        None => Some((read(text)?, false)),
    }
}

fn order(text: &str) -> Option<Order> {
    match text {
        "equals" => Some(Order::Equal),
        "lessthan" => Some(Order::Less),
        "lessthanequals" => Some(Order::LessOrEqual),
        "greaterthan" => Some(Order::Greater),
        "greaterthanequals" => Some(Order::GreaterOrEqual),
        _ => None,
    }
}

/// The documented type of an attribute.
fn known(attribute: &str) -> Option<Type> {
    let name = attribute.split_once('[').and_then(|(_, rest)| rest.strip_suffix(']')).unwrap_or(attribute);
    KNOWN.iter().find(|(known, _)| name.eq_ignore_ascii_case(known)).map(|(_, is)| *is)
}

/// How what an attribute says is keyed; `None` where an operator of another type is used on it. Nobody says how a value of
/// one type reads as another, so an attribute of no documented type is another key for each that it is read as.
fn key(attribute: &str, read_as: Type) -> Option<Cow<'_, str>> {
    let suffix = match (known(attribute), read_as) {
        (Some(is), read_as) if is != read_as => return None,
        (Some(_), _) | (None, Type::Text) => return Some(Cow::Borrowed(attribute)),
        (None, Type::Number) => "number",
        (None, Type::Date) => "date",
        (None, Type::Guid) => "GUID",
        (None, Type::Truth) => "truth",
    };
    Some(Cow::Owned(format!("{attribute} as a {suffix}")))
}

/// A value as its relation reads it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Written {
    Pattern(Pattern),
    Number(i64),
    Date(Timestamp),
    Truth(bool),
}

/// Which of several different values decide whether all of them compare so.
enum Decides {
    /// The least or the greatest.
    One(Written),
    /// Any two, since nothing is equal to both.
    Two,
    /// Each has its say.
    All,
}

impl Relation {
    fn decides(self, values: &[Written]) -> Decides {
        let one = |value: Option<&Written>| value.cloned().map_or(Decides::All, Decides::One);
        match self {
            Self::Number(Order::Less | Order::LessOrEqual) | Self::Date(Order::Less | Order::LessOrEqual) => {
                one(values.iter().min())
            }
            Self::Number(Order::Greater | Order::GreaterOrEqual)
            | Self::Date(Order::Greater | Order::GreaterOrEqual) => one(values.iter().max()),
            Self::Number(Order::Equal)
            | Self::Date(Order::Equal)
            | Self::Text { shape: Shape::Whole, .. }
            | Self::Guid
            | Self::Truth => Decides::Two,
            Self::Text { shape: Shape::Start | Shape::Wildcards, .. } => Decides::All,
        }
    }

    fn reads(self) -> Type {
        match self {
            Self::Text { .. } => Type::Text,
            Self::Number(_) => Type::Number,
            Self::Date(_) => Type::Date,
            Self::Guid => Type::Guid,
            Self::Truth => Type::Truth,
        }
    }

    /// `None` where it is nothing that the operator compares with.
    fn value(self, value: &Value) -> Option<Written> {
        let text = value.text.as_str();
        match self {
            Self::Text { fold, shape } => value.is_quoted.then(|| pattern(text, fold, shape)).flatten(),
            Self::Number(_) if !value.is_quoted => text.parse().ok().map(Written::Number),
            Self::Date(_) if value.is_quoted => text.parse().ok().map(Written::Date),
            Self::Guid => guid(text).map(|text| Written::Pattern(Pattern::folded(&text))),
            Self::Truth => match text.to_lowercase().as_str() {
                "true" if !value.is_quoted => Some(Written::Truth(true)),
                "false" if !value.is_quoted => Some(Written::Truth(false)),
                _ => None,
            },
            Self::Number(_) | Self::Date(_) => None,
        }
    }

    /// One of the values compares so, or none does.
    fn test(self, values: &[Written], negated: bool) -> Option<Test> {
        let patterns = || {
            let pattern = |value: &Written| match value {
                Written::Pattern(pattern) => Some(pattern.clone()),
                Written::Number(_) | Written::Date(_) | Written::Truth(_) => None,
            };
            values.iter().map(pattern).collect::<Option<Vec<_>>>()
        };
        Some(match self {
            Self::Text { .. } | Self::Guid => Test::Text { values: patterns()?, negated },
            Self::Number(order) => {
                let number = |value: &Written| match value {
                    Written::Number(number) => Some(*number),
                    Written::Pattern(_) | Written::Date(_) | Written::Truth(_) => None,
                };
                whole_numbers(order, &values.iter().map(number).collect::<Option<Vec<_>>>()?, negated)?
            }
            Self::Date(order) => {
                let date = |value: &Written| match value {
                    Written::Date(date) => Some(*date),
                    Written::Pattern(_) | Written::Number(_) | Written::Truth(_) => None,
                };
                Test::Date { order, values: values.iter().map(date).collect::<Option<_>>()?, negated }
            }
            // There are two, so that what is not the one is the other.
            Self::Truth => {
                let word = |value: &Written| match value {
                    Written::Truth(truth) => {
                        Some(Pattern::folded(if *truth == negated { "false" } else { "true" }))
                    }
                    Written::Pattern(_) | Written::Number(_) | Written::Date(_) => None,
                };
                match values {
                    [one] => Test::Text { values: vec![word(one)?], negated: false },
                    _ => return None,
                }
            }
        })
    }
}

/// "Only integers are supported": between two there is none, and what is not less than 3 is 3 or more. `None` beyond what
/// 64 bits hold.
fn whole_numbers(order: Order, values: &[i64], negated: bool) -> Option<Test> {
    let (least, greatest) = (*values.iter().min()?, *values.iter().max()?);
    let (order, values) = match (order, negated) {
        (Order::Equal, _) => (order, values.to_vec()),
        (Order::LessOrEqual, false) => (order, vec![greatest]),
        (Order::Less, false) => (Order::LessOrEqual, vec![greatest.checked_sub(1)?]),
        (Order::GreaterOrEqual, false) => (order, vec![least]),
        (Order::Greater, false) => (Order::GreaterOrEqual, vec![least.checked_add(1)?]),
        (Order::LessOrEqual, true) => (Order::GreaterOrEqual, vec![greatest.checked_add(1)?]),
        (Order::Less, true) => (Order::GreaterOrEqual, vec![greatest]),
        (Order::GreaterOrEqual, true) => (Order::LessOrEqual, vec![least.checked_sub(1)?]),
        (Order::Greater, true) => (Order::LessOrEqual, vec![least]),
    };
    let decimals = values.iter().map(|value| Decimal::parse(&value.to_string()));
    let negated = negated && order == Order::Equal;
    Some(Test::Number { order, values: decimals.collect::<Option<_>>()?, negated })
}

fn pattern(text: &str, fold: bool, shape: Shape) -> Option<Written> {
    let spelled = |text: &str| {
        if fold { Token::Folded(text.to_lowercase().into()) } else { Token::Literal(text.into()) }
    };
    let tokens = match shape {
        Shape::Whole | Shape::Start if text.contains('\\') => return None,
        Shape::Whole => vec![spelled(text)],
        Shape::Start => vec![spelled(text), Token::Run(None)],
        Shape::Wildcards => {
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
    Some(Written::Pattern(Pattern::new(tokens)))
}

/// With dashes; Azure's own roles are written without them too.
fn guid(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| *c != '-').collect();
    let has_places = text.len() == 32 || text.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
    let is_guid = has_places && digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_guid.then(|| {
        let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
        [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
    })
}
