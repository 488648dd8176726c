//! One comparison of an attribute with values.
//!
//! In goes a comparison and whether it is meant or denied; out come alternatives of demands on the attribute. A cross
//! product (`ForAnyOfAllValues:StringNotEquals`) says of how many of the attribute's values, and then of how many of the
//! values written down, the comparison is true; denied, both turn round.
//!
//! Three things are nowhere said. What becomes of a negated comparison, or of `ForAllOf…`, whose attribute is missing: so
//! for a request without it that is a demand of its own that equals itself and nothing else. What a plain comparison
//! means where the attribute has several values, which is [`Quantifier::Unsaid`]. And how a value of one type reads as
//! another: an attribute whose type is documented is compared as what it is, any other one as text, and a comparison of
//! another kind equals itself and nothing else.

use jiff::Timestamp;

use super::grammar::{Comparison, Value};
use super::{demand, opaque};
use crate::access::{Condition, Order, Pattern, Quantifier, Test, Token};
use crate::lower::formula::{Alternatives, Sense};

/// What an attribute is, and so what it is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    Text,
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
    let understood = Operator::read(&comparison.operator)
        .and_then(|operator| Some((operator, operator.present(comparison, sense)?)));
    let Some((operator, mut alternatives)) = understood else {
        return vec![vec![opaque(&comparison.words, sense)]];
    };
    if let Some(words) = operator.of_missing(sense) {
        let missing = demand(&comparison.attribute, Test::Present(false), Quantifier::One);
        let words = format!("{words} with {} where that is missing", comparison.attribute);
        alternatives.push(vec![missing, opaque(&words, Sense::Asserted)]);
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
    fn present(self, comparison: &Comparison, sense: Sense) -> Option<Alternatives<Condition>> {
        let written = comparison.values.iter().map(|value| self.relation.value(value));
        let mut values = written.collect::<Option<Vec<_>>>()?;
        values.sort();
        values.dedup();
        // A tag, or what somebody has defined: a text as far as is known, and perhaps several.
        let known = known(&comparison.attribute);
        let is_single = known.is_some();
        if known.unwrap_or(Type::Text) != self.relation.reads() {
            return None;
        }
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
        let is = |test: Test| demand(&comparison.attribute, test, each);
        let tested = |values: &[Written]| self.relation.test(values, negated).map(is);
        let one_by_one =
            || values.iter().map(|value| tested(std::slice::from_ref(value))).collect::<Option<Vec<_>>>();
        let at_once = |values: &[Written]| Some(vec![vec![tested(values)?]]);
        if self.relation == Relation::Truth && values.len() == 2 {
            // There are no others.
            return Some(match of {
                Many::Any => vec![vec![is(Test::Present(true))]],
                Many::All => Vec::new(),
            });
        }
        match (of, negated, self.relation.decides(&values)) {
            _ if values.len() == 1 => at_once(&values),
            // One of several that are equal to it, or none of them.
            (Many::Any, false, _) | (Many::All, true, _) => at_once(&values),
            (_, _, Decides::One(value)) => at_once(&[value]),
            (Many::All, false, _) if each != Quantifier::Any => Some(vec![one_by_one()?]),
            // No value is equal to two, and each is unequal to one of two.
            (Many::All, false, Decides::Two) => Some(Vec::new()),
            (Many::Any, true, Decides::Two) => Some(vec![vec![is(Test::Present(true))]]),
            (Many::Any, true, _) if matches!(each, Quantifier::One | Quantifier::Any) => {
                Some(one_by_one()?.into_iter().map(|one| vec![one]).collect())
            }
            (Many::Any, true, Decides::All) | (Many::All, false, Decides::All) => None,
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

/// A value as its relation reads it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Written {
    Pattern(Pattern),
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
            Self::Date(Order::Less | Order::LessOrEqual) => one(values.iter().min()),
            Self::Date(Order::Greater | Order::GreaterOrEqual) => one(values.iter().max()),
            Self::Date(Order::Equal) | Self::Text { shape: Shape::Whole, .. } | Self::Guid | Self::Truth => {
                Decides::Two
            }
            Self::Text { shape: Shape::Start | Shape::Wildcards, .. } => Decides::All,
        }
    }

    fn reads(self) -> Type {
        match self {
            Self::Text { .. } => Type::Text,
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
            Self::Date(_) if value.is_quoted => text.parse().ok().map(Written::Date),
            Self::Guid => guid(text).map(|text| Written::Pattern(Pattern::folded(&text))),
            Self::Truth => match text.to_lowercase().as_str() {
                "true" if !value.is_quoted => Some(Written::Truth(true)),
                "false" if !value.is_quoted => Some(Written::Truth(false)),
                _ => None,
            },
            Self::Date(_) => None,
        }
    }

    /// One of the values compares so, or none does.
    fn test(self, values: &[Written], negated: bool) -> Option<Test> {
        let patterns = || {
            let pattern = |value: &Written| match value {
                Written::Pattern(pattern) => Some(pattern.clone()),
                Written::Date(_) | Written::Truth(_) => None,
            };
            values.iter().map(pattern).collect::<Option<Vec<_>>>()
        };
        Some(match self {
            Self::Text { .. } | Self::Guid => Test::Text { values: patterns()?, negated },
            Self::Date(order) => {
                let date = |value: &Written| match value {
                    Written::Date(date) => Some(*date),
                    Written::Pattern(_) | Written::Truth(_) => None,
                };
                Test::Date { order, values: values.iter().map(date).collect::<Option<_>>()?, negated }
            }
            // What is not true is false.
            Self::Truth => match values {
                [Written::Truth(truth)] => {
                    Test::Text { values: vec![Pattern::folded("true")], negated: *truth == negated }
                }
                _ => return None,
            },
        })
    }
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
