//! Takes bytes and returns policies and requests of the algebra over a small alphabet, in which requests hit policies.

use std::collections::BTreeMap;
use std::sync::Arc;

use access_algebra::{
    Access, Condition, Context, Decimal, Effect, Hole, HoleKind, OpaqueDemand, Order, Pattern, Quantifier,
    Request, Statement, Strings, Test, Token,
};
use arbitrary::{Result, Unstructured};

/// Keys of conditions. Each is read in one way, as a cloud's keys are; `text` may have several values.
const KEYS: [&str; 4] = ["text", "number", "date", "address"];
const LITERALS: [&str; 6] = ["a", "b", "ab", ":", "a:b", "B"];
const NUMBERS: [&str; 5] = ["-1", "0", "1.5", "1.50", "10"];
const DATES: [&str; 4] =
    ["2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00.5Z", "2027-01-01T00:00:00Z"];
const NETWORKS: [&str; 5] = ["0.0.0.0/0", "10.0.0.0/8", "10.1.0.0/16", "10.1.2.3/32", "2001:db8::/32"];
const ADDRESSES: [&str; 5] = ["10.0.0.1", "10.1.2.3", "192.168.0.1", "2001:db8::1", "none"];

/// A policy and another, which often is the first with a change, because unrelated ones are seldom contained.
pub(crate) fn pair(bytes: &mut Unstructured<'_>) -> Result<(Access, Access)> {
    let approved = access(bytes)?;
    let mut planned = access(bytes)?;
    if bytes.ratio(2, 3)? {
        let change = planned.statements.pop();
        planned = approved.clone();
        planned.statements.extend(change);
    }
    Ok((approved, planned))
}

fn access(bytes: &mut Unstructured<'_>) -> Result<Access> {
    let statements = (0..bytes.int_in_range(1..=3)?).map(|_| statement(bytes)).collect::<Result<_>>()?;
    Ok(Access { statements })
}

fn statement(bytes: &mut Unstructured<'_>) -> Result<Statement> {
    Ok(Statement {
        effect: if bytes.ratio(2, 3)? { Effect::Allow } else { Effect::Deny },
        principals: strings(bytes)?,
        actions: strings(bytes)?,
        resources: strings(bytes)?,
        conditions: (0..bytes.int_in_range(0..=2)?).map(|_| condition(bytes)).collect::<Result<_>>()?,
    })
}

fn strings(bytes: &mut Unstructured<'_>) -> Result<Strings> {
    if bytes.ratio(1, 3)? {
        return Ok(Strings::any());
    }
    let mut strings = Strings::of(patterns(bytes, 1)?);
    strings.exclude = patterns(bytes, 0)?;
    Ok(strings)
}

fn patterns(bytes: &mut Unstructured<'_>, least: usize) -> Result<Vec<Pattern>> {
    (0..bytes.int_in_range(least..=2)?).map(|_| pattern(bytes)).collect()
}

fn pattern(bytes: &mut Unstructured<'_>) -> Result<Pattern> {
    let tokens: Vec<Token> = (0..bytes.int_in_range(0..=4)?).map(|_| token(bytes)).collect::<Result<_>>()?;
    Ok(Pattern::new(tokens))
}

fn token(bytes: &mut Unstructured<'_>) -> Result<Token> {
    let stop = if bytes.ratio(1, 3)? { Some(':') } else { None };
    Ok(match bytes.int_in_range(0..=9)? {
        0..=3 => Token::Literal((*bytes.choose(&LITERALS)?).into()),
        4 => Token::Folded(bytes.choose(&LITERALS)?.to_lowercase().into()),
        5 => Token::One(stop),
        6 | 7 => Token::Run(stop),
        8 => return hole(HoleKind::Variable, "text"),
        _ => {
            let kind = *bytes.choose(&[HoleKind::Fact, HoleKind::Unknown])?;
            // The name says the shape, since holes of one name are one string.
            return Ok(Token::Hole(if bytes.arbitrary()? {
                Hole::word(kind, "word")
            } else {
                Hole::new(kind, "missing")
            }));
        }
    })
}

fn hole(kind: HoleKind, name: &str) -> Result<Token> {
    Ok(Token::Hole(Hole::new(kind, name)))
}

fn condition(bytes: &mut Unstructured<'_>) -> Result<Condition> {
    let key = *bytes.choose(&KEYS)?;
    let quantifiers = [Quantifier::One, Quantifier::Unsaid, Quantifier::Any, Quantifier::All];
    Ok(Condition {
        key: key.into(),
        test: test(bytes, key)?,
        quantifier: if key == "text" { *bytes.choose(&quantifiers)? } else { Quantifier::One },
        if_absent: bytes.arbitrary()?,
    })
}

fn test(bytes: &mut Unstructured<'_>, key: &str) -> Result<Test> {
    let negated = bytes.arbitrary()?;
    match bytes.int_in_range(0..=9)? {
        0 => return Ok(Test::Present(negated)),
        1 => return Ok(Test::Opaque(OpaqueDemand::new("opaque"))),
        _ => {}
    }
    let orders = [Order::Equal, Order::Less, Order::LessOrEqual, Order::Greater, Order::GreaterOrEqual];
    let order = *bytes.choose(&orders)?;
    Ok(match key {
        "text" => Test::Text { values: patterns(bytes, 1)?, negated },
        "number" => Test::Number { order, values: values(bytes, &NUMBERS, Decimal::parse)?, negated },
        "date" => Test::Date { order, values: values(bytes, &DATES, |text| text.parse().ok())?, negated },
        _ => Test::Address { values: values(bytes, &NETWORKS, |text| text.parse().ok())?, negated },
    })
}

fn values<T>(bytes: &mut Unstructured<'_>, of: &[&str], parse: impl Fn(&str) -> Option<T>) -> Result<Vec<T>> {
    let count = bytes.int_in_range(1..=2)?;
    (0..count).map(|_| Ok(parse(bytes.choose(of)?).expect("the constants are well-formed"))).collect()
}

/// How many values the key `text` may have in a request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ValueCount {
    One,
    Several,
}

/// Containment takes a key to have one value where no condition ranges over its values.
pub(crate) fn value_count(policies: [&Access; 2]) -> ValueCount {
    let statements = policies.into_iter().flat_map(|policy| &policy.statements);
    let mut quantifiers = statements.flat_map(|one| &one.conditions).map(|condition| condition.quantifier);
    if quantifiers.any(|quantifier| matches!(quantifier, Quantifier::Any | Quantifier::All)) {
        ValueCount::Several
    } else {
        ValueCount::One
    }
}

/// A request over the same alphabet.
pub(crate) fn request(bytes: &mut Unstructured<'_>, count: ValueCount) -> Result<Request> {
    let mut context: BTreeMap<Arc<str>, Context> = BTreeMap::new();
    for key in KEYS {
        if bytes.ratio(1, 2)? {
            context.insert(key.into(), value(bytes, key, count)?);
        }
    }
    Ok(Request { principal: text(bytes)?, action: text(bytes)?, resource: text(bytes)?, context })
}

fn value(bytes: &mut Unstructured<'_>, key: &str, count: ValueCount) -> Result<Context> {
    if matches!((key, count), ("text", ValueCount::Several)) && bytes.ratio(1, 3)? {
        return Ok(Context::Many(vec![text(bytes)?, text(bytes)?]));
    }
    Ok(Context::One(match key {
        "text" => text(bytes)?,
        "number" => (*bytes.choose(&NUMBERS)?).to_owned(),
        "date" => (*bytes.choose(&DATES)?).to_owned(),
        _ => (*bytes.choose(&ADDRESSES)?).to_owned(),
    }))
}

fn text(bytes: &mut Unstructured<'_>) -> Result<String> {
    (0..bytes.int_in_range(0..=3)?).map(|_| Ok(*bytes.choose(&LITERALS)?)).collect()
}
