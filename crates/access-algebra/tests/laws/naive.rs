//! A deliberately naive reading of an Access: recursive, slow, and written apart from both that it judges.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::IpAddr;

use access_algebra::{
    Access, Condition, Context, Effect, HoleKind, Order, Pattern, Quantifier, Request, RequestPart,
    Statement, Strings, Test, Token,
};

use crate::generate::{Random, text, word};

/// What nobody told us: the strings behind holes (which may hold wildcards themselves), and what the conditions mean
/// that nobody understands.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) holes: HashMap<&'static str, Vec<Token>>,
    seed: u64,
}

pub(crate) fn world(random: &mut Random) -> World {
    let fact = vec![Token::Literal(text(random).into())];
    let mut unknown = vec![Token::Literal(text(random).into())];
    if random.chance(30) {
        unknown.push(Token::Run(if random.chance(50) { Some(':') } else { None }));
    }
    let mut holes = HashMap::from([("f", fact), ("u", unknown)]);
    let seed = random.next();
    holes.insert("w", vec![Token::Literal(word(random).into())]);
    World { holes, seed }
}

pub(crate) fn allows(access: &Access, request: &Request, world: &World) -> bool {
    let some =
        |effect| access.statements.iter().any(|one| one.effect == effect && speaks(one, request, world));
    some(Effect::Allow) && !some(Effect::Deny)
}

fn speaks(statement: &Statement, request: &Request, world: &World) -> bool {
    is_in(&statement.principals, &request.principal, request, world)
        && is_in(&statement.actions, &request.action, request, world)
        && is_in(&statement.resources, &request.resource, request, world)
        && statement.conditions.iter().all(|condition| holds(condition, request, world))
}

fn is_in(strings: &Strings, text: &str, request: &Request, world: &World) -> bool {
    let any = |patterns: &[Pattern]| patterns.iter().any(|pattern| fits(pattern, text, request, world));
    any(&strings.include) && !any(&strings.exclude)
}

fn fits(pattern: &Pattern, text: &str, request: &Request, world: &World) -> bool {
    let mut tokens = Vec::new();
    for token in pattern.tokens() {
        match token {
            Token::Hole(hole) if hole.kind == HoleKind::Variable => match request.context.get(&hole.name) {
                Some(Context::One(value)) => tokens.push(Token::Literal(value.as_str().into())),
                _ => return false,
            },
            Token::Hole(hole) => tokens.extend(world.holes[&*hole.name].clone()),
            other => tokens.push(other.clone()),
        }
    }
    let text: Vec<char> = text.chars().collect();
    spells(&tokens, &text)
}

fn spells(tokens: &[Token], text: &[char]) -> bool {
    let Some((token, rest)) = tokens.split_first() else { return text.is_empty() };
    match token {
        Token::Literal(known) => {
            let known: Vec<char> = known.chars().collect();
            text.starts_with(&known) && spells(rest, &text[known.len()..])
        }
        Token::Folded(known) => {
            let known: Vec<char> = known.chars().collect();
            text.len() >= known.len()
                && text.iter().zip(&known).all(|(char, wanted)| char.to_lowercase().eq([*wanted]))
                && spells(rest, &text[known.len()..])
        }
        Token::One(stop) => !text.is_empty() && Some(text[0]) != *stop && spells(rest, &text[1..]),
        Token::Run(stop) => (0..=text.len())
            .take_while(|taken| *taken == 0 || Some(text[*taken - 1]) != *stop)
            .any(|taken| spells(rest, &text[taken..])),
        Token::Hole(_) => unreachable!("holes were filled above"),
    }
}

fn holds(condition: &Condition, request: &Request, world: &World) -> bool {
    if let Test::Opaque(_) = condition.test {
        return whim(condition, request, world);
    }
    if let Test::Part { part, set, negated } = &condition.test {
        let text = match part {
            RequestPart::Principal => &request.principal,
            RequestPart::Resource => &request.resource,
        };
        return is_in(set, text, request, world) != *negated;
    }
    let value = request.context.get(&condition.key);
    if let Test::Present(wanted) = condition.test {
        return value.is_some() == wanted;
    }
    match (value, condition.quantifier) {
        (None, _) => condition.if_absent,
        (Some(Context::One(text)), _) => meets(&condition.test, text, request, world),
        (Some(Context::Many(_)), Quantifier::One) => false,
        (Some(Context::Many(texts)), Quantifier::Unsaid) => {
            // What several values mean is the world's to say, if one of them will do.
            (condition.test.is_negated()
                || texts.iter().any(|text| meets(&condition.test, text, request, world)))
                && whim(condition, request, world)
        }
        (Some(Context::Many(texts)), Quantifier::Any) => {
            texts.iter().any(|text| meets(&condition.test, text, request, world))
        }
        (Some(Context::Many(texts)), Quantifier::All) => {
            texts.iter().all(|text| meets(&condition.test, text, request, world))
        }
    }
}

/// What nobody says, in one world.
fn whim(condition: &Condition, request: &Request, world: &World) -> bool {
    let mut hasher = DefaultHasher::new();
    (world.seed, format!("{condition:?}"), format!("{request:?}")).hash(&mut hasher);
    hasher.finish().is_multiple_of(2)
}

fn meets(test: &Test, text: &str, request: &Request, world: &World) -> bool {
    match test {
        Test::Text { values, negated } => {
            values.iter().any(|pattern| fits(pattern, text, request, world)) != *negated
        }
        Test::Number { order, values, negated } => {
            // The numbers of the universe are exact in binary.
            let Ok(number) = text.parse::<f64>() else { return false };
            let one = |value: &_| compare(*order, number, format!("{value}").parse().unwrap());
            values.iter().any(one) != *negated
        }
        Test::Date { order, values, negated } => {
            let instant = match text.parse::<i64>() {
                Ok(seconds) => jiff::Timestamp::from_second(seconds).ok(),
                Err(_) => text.parse().ok(),
            };
            let Some(instant) = instant else { return false };
            values.iter().any(|value| compare(*order, instant, *value)) != *negated
        }
        Test::Address { values, negated } => {
            let Ok(address) = text.parse::<IpAddr>() else { return *negated };
            values.iter().any(|net| net.contains(&address.to_canonical())) != *negated
        }
        Test::Present(_) | Test::Part { .. } | Test::Opaque(_) => unreachable!("answered above"),
    }
}

fn compare<T: PartialOrd>(order: Order, mine: T, theirs: T) -> bool {
    match order {
        Order::Equal => mine == theirs,
        Order::Less => mine < theirs,
        Order::LessOrEqual => mine <= theirs,
        Order::Greater => mine > theirs,
        Order::GreaterOrEqual => mine >= theirs,
    }
}
