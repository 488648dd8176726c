//! AWS's condition operators.
//!
//! Takes an operator with its key and values and returns a [`Condition`]. The operators, and what each means for an
//! absent key, are those of "IAM JSON policy elements: Condition operators" and "Multivalued context keys" in the IAM
//! User Guide. An operator that is not among them, or a value that it can't read, becomes a demand that equals itself
//! and nothing else.

use std::net::IpAddr;
use std::sync::Arc;

use ipnet::IpNet;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::lower::{Text, TextPart};
use access_algebra::{Condition, Decimal, Hole, HoleKind, OpaqueDemand, Order, Pattern, Quantifier, Test};

use super::conditions::fold_key;
use super::element::PolicyVersion;
use super::pattern;

/// An operator's name taken apart.
struct AwsOperator<'o> {
    quantifier: Quantifier,
    name: &'o str,
    if_exists: bool,
}

impl<'o> AwsOperator<'o> {
    fn read(text: &'o str) -> Self {
        let (quantifier, rest) = if let Some(rest) = text.strip_prefix("ForAnyValue:") {
            (Quantifier::Any, rest)
        } else if let Some(rest) = text.strip_prefix("ForAllValues:") {
            (Quantifier::All, rest)
        } else {
            (Quantifier::One, text)
        };
        match rest.strip_suffix("IfExists") {
            Some(name) => Self { quantifier, name, if_exists: true },
            None => Self { quantifier, name: rest, if_exists: false },
        }
    }
}

/// One condition.
#[derive(Clone, Debug)]
pub(super) struct PlainCondition {
    pub(super) operator: String,
    pub(super) key: Text,
    pub(super) values: Vec<Text>,
    pub(super) version: PolicyVersion,
}

/// Whether a condition on a key with several values does not say what it means.
pub(super) fn is_unsaid(operator: &str, key: &Text) -> bool {
    AwsOperator::read(operator).quantifier == Quantifier::One && is_plural(key)
}

/// The demand of one operator on one key.
pub(super) fn lower_condition(term: &PlainCondition) -> Condition {
    // What looks like a hole and is none has a meaning that AWS does not give.
    if term.key.parts.iter().any(|part| matches!(part, TextPart::Known(known) if known.contains("${"))) {
        return opaque_condition(term);
    }
    let operator = AwsOperator::read(&term.operator);
    let read = if operator.name == "Null" {
        read_null(&operator, &term.values)
    } else {
        read_test(operator.name, &term.values, term.version)
    };
    let Some((test, negated)) = read else { return opaque_condition(term) };
    let quantifier = match operator.quantifier {
        // AWS asks for a set operator there ("Single-valued vs. multivalued context keys") and does not say what
        // comes of a request with several values otherwise.
        Quantifier::One if !matches!(test, Test::Present(_)) && is_plural(&term.key) => Quantifier::Unsaid,
        quantifier @ (Quantifier::One | Quantifier::Unsaid | Quantifier::Any | Quantifier::All) => quantifier,
    };
    let if_absent = match quantifier {
        Quantifier::All => true,
        Quantifier::Any => operator.if_exists,
        Quantifier::One | Quantifier::Unsaid => operator.if_exists || negated,
    };
    let key = canonical_key(&term.key, &test);
    let test = if quantifier == Quantifier::Unsaid { sort_values(test) } else { test };
    Condition { key, test, quantifier, if_absent }
}

/// The same test, its patterns in the order that does not depend on who wrote them: what is not said of it is only
/// ever equal to itself.
fn sort_values(test: Test) -> Test {
    match test {
        Test::Text { mut values, negated } => {
            values.sort();
            values.dedup();
            Test::Text { values, negated }
        }
        Test::Number { .. }
        | Test::Date { .. }
        | Test::Address { .. }
        | Test::Present(_)
        | Test::Part { .. }
        | Test::Opaque(_) => test,
    }
}

/// Keys are found in any case, and `aws:EpochTime` is the clock of `aws:CurrentTime` told otherwise. One with a hole is a
/// key of its own, with the hole in its name.
fn canonical_key(key: &Text, test: &Test) -> Arc<str> {
    let key = fold_key(key).to_string();
    match test {
        Test::Date { .. } if key == "aws:epochtime" => "aws:currenttime".into(),
        Test::Date { .. }
        | Test::Text { .. }
        | Test::Number { .. }
        | Test::Address { .. }
        | Test::Present(_)
        | Test::Part { .. }
        | Test::Opaque(_) => key.into(),
    }
}

/// Keys that have several values ("AWS global condition context keys", and the services' own lists).
const PLURAL: &[&str] = &[
    "aws:calledvia",
    "aws:principalorgpaths",
    "aws:principalservicenameslist",
    "aws:resourceorgpaths",
    "aws:sourceorgpaths",
    "aws:tagkeys",
    "aws:vpceorgpaths",
    "cognito-identity.amazonaws.com:amr",
    "dynamodb:attributes",
    "dynamodb:leadingkeys",
    "kms:encryptioncontextkeys",
    "kms:grantoperations",
    "sts:transitivetagkeys",
];

fn is_plural(key: &Text) -> bool {
    key.as_known().is_some_and(|key| PLURAL.contains(&key.to_lowercase().as_str()))
}

/// The demand in canonical words, for what can't be read.
fn opaque_condition(term: &PlainCondition) -> Condition {
    let mut values: Vec<String> = term.values.iter().map(Text::to_string).collect();
    values.sort();
    values.dedup();
    let key = fold_key(&term.key).to_string();
    let words = format!("{} {key} {values:?}", term.operator);
    Condition {
        key: key.into(),
        test: Test::Opaque(OpaqueDemand { words: words.into(), missing: find_missing(term) }),
        quantifier: Quantifier::One,
        if_absent: false,
    }
}

/// An unknown value without which the condition can't be read.
fn find_missing(term: &PlainCondition) -> Option<Hole> {
    let parts = term.values.iter().flat_map(|value| &value.parts);
    { parts }.find_map(|part| match part {
        TextPart::Hole(hole) if hole.kind != HoleKind::Variable => Some(hole.clone()),
        TextPart::Hole(_) | TextPart::Known(_) => None,
    })
}

fn read_null(operator: &AwsOperator<'_>, values: &[Text]) -> Option<(Test, bool)> {
    if operator.if_exists || operator.quantifier != Quantifier::One {
        return None;
    }
    let mut absent = values.iter().map(|value| match value.as_known() {
        Some(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Some(text) if text.eq_ignore_ascii_case("false") => Some(false),
        Some(_) | None => None,
    });
    let first = absent.next()??;
    absent.all(|other| other == Some(first)).then_some((Test::Present(!first), false))
}

/// The test of an operator, and whether it is a negated one; `None` where it can't be read.
fn read_test(name: &str, values: &[Text], version: PolicyVersion) -> Option<(Test, bool)> {
    match name {
        "StringEquals" | "BinaryEquals" => text_test(Some(match_literals(values, version)), false),
        "StringNotEquals" => text_test(Some(match_literals(values, version)), true),
        "StringEqualsIgnoreCase" => {
            text_test(read_all(values, |value| pattern::match_folded(value, version)), false)
        }
        "StringNotEqualsIgnoreCase" => {
            text_test(read_all(values, |value| pattern::match_folded(value, version)), true)
        }
        "StringLike" => text_test(read_all(values, |value| Some(pattern::match_glob(value, version))), false),
        "StringNotLike" => {
            text_test(read_all(values, |value| Some(pattern::match_glob(value, version))), true)
        }
        "ArnEquals" | "ArnLike" => {
            text_test(read_all(values, |value| pattern::match_arn(value, version)), false)
        }
        "ArnNotEquals" | "ArnNotLike" => {
            text_test(read_all(values, |value| pattern::match_arn(value, version)), true)
        }
        "Bool" => read_truth(values),
        "IpAddress" => read_address(values, false),
        "NotIpAddress" => read_address(values, true),
        _ => read_ordered(name, values),
    }
}

fn read_ordered(name: &str, values: &[Text]) -> Option<(Test, bool)> {
    let family = ["Numeric", "Date"].into_iter().find(|family| name.starts_with(family))?;
    let (order, negated) = match name.strip_prefix(family)? {
        "Equals" => (Order::Equal, false),
        "NotEquals" => (Order::Equal, true),
        "LessThan" => (Order::Less, false),
        "LessThanEquals" => (Order::LessOrEqual, false),
        "GreaterThan" => (Order::Greater, false),
        "GreaterThanEquals" => (Order::GreaterOrEqual, false),
        _ => return None,
    };
    let test = if family == "Date" {
        Test::Date { order, values: read_all(values, |value| parse_instant(value.as_known()?))?, negated }
    } else {
        Test::Number { order, values: read_all(values, |value| Decimal::parse(value.as_known()?))?, negated }
    };
    Some((test, negated))
}

fn read_all<T>(values: &[Text], read: impl Fn(&Text) -> Option<T>) -> Option<Vec<T>> {
    values.iter().map(read).collect()
}

fn match_literals(values: &[Text], version: PolicyVersion) -> Vec<Pattern> {
    values.iter().map(|value| pattern::match_literal(value, version)).collect()
}

fn text_test(values: Option<Vec<Pattern>>, negated: bool) -> Option<(Test, bool)> {
    Some((Test::Text { values: values?, negated }, negated))
}

/// `true` and `false` in any case. AWS does not say what another text of a policy means; one of a request reads as false.
fn read_truth(values: &[Text]) -> Option<(Test, bool)> {
    let known = read_all(values, |value| {
        let text = value.as_known()?;
        let is = |truth: bool| text.eq_ignore_ascii_case(if truth { "true" } else { "false" });
        [true, false].into_iter().find(|truth| is(*truth))
    })?;
    let (values, negated) = match (known.contains(&true), known.contains(&false)) {
        (true, true) => (vec![Pattern::any()], false),
        (true, false) => (vec![Pattern::folded("true")], false),
        (false, true) => (vec![Pattern::folded("true")], true),
        (false, false) => (Vec::new(), false),
    };
    // `Bool` is no negated operator, whatever its values: a missing key does not satisfy it.
    Some((Test::Text { values, negated }, false))
}

/// The digits of a date without separators, at most: such a number may be a year or a day as well as seconds.
const MAX_DATE_DIGITS: usize = "20270101".len();

/// ISO 8601 in the forms that W3C's note lists, or seconds since 1970. A number that could be either is not read.
fn parse_instant(text: &str) -> Option<Timestamp> {
    if let Ok(seconds) = text.parse::<i64>() {
        let is_ambiguous = text.bytes().filter(u8::is_ascii_digit).count() <= MAX_DATE_DIGITS;
        return Timestamp::from_second(seconds).ok().filter(|_| !is_ambiguous);
    }
    let midnight = |date: Date| TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok();
    let is_month = text.len() == "2026-01".len();
    let day = if is_month { format!("{text}-01").parse() } else { text.parse() };
    text.parse().ok().or_else(|| midnight(day.ok()?))
}

fn read_address(values: &[Text], negated: bool) -> Option<(Test, bool)> {
    let values = read_all(values, |value| parse_network(value.as_known()?))?;
    Some((Test::Address { values, negated }, negated))
}

/// A network, or one address. IPv4 written within IPv6 is not read: AWS does not say whether it is IPv4.
fn parse_network(text: &str) -> Option<IpNet> {
    let net = text.parse::<IpNet>().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))?.trunc();
    let is_mapped = match net {
        IpNet::V4(_) => false,
        IpNet::V6(six) => six.network().to_ipv4_mapped().is_some(),
    };
    (!is_mapped).then_some(net)
}
