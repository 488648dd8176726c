//! Random policies and requests over a small universe, from a seed.

use std::collections::BTreeMap;
use std::sync::Arc;

use access_algebra::{
    Access, Condition, Context, Decimal, Effect, Hole, HoleKind, OpaqueDemand, Order, Pattern, Quantifier,
    Request, RequestPart, Statement, Strings, Test, Token,
};

use crate::naive::World;

/// A small generator of numbers; the same seed gives the same numbers for ever.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next()).unwrap() % bound
    }

    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'t, T>(&mut self, items: &'t [T]) -> &'t T {
        &items[self.below(items.len())]
    }
}

/// Which parts of the language a pair of policies uses.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Features {
    /// Percent of tokens that are policy variables.
    pub(crate) variables: usize,
    /// Whether they stand where no AWS policy can have them as well: in principals and actions, and of a key that has
    /// several values.
    pub(crate) anywhere: bool,
    /// Percent of tokens that are strings that nobody gave us.
    pub(crate) missing: usize,
    /// Percent of tokens that are words that nobody gave us.
    pub(crate) words: usize,
    /// Percent of conditions that are on a part of the request.
    pub(crate) parts: usize,
    /// Percent of conditions that nothing understands, or not for several values.
    pub(crate) opaque: usize,
    /// Whether one key may be read in several ways.
    pub(crate) mixed: bool,
}

/// The keys that conditions speak of.
pub(crate) const KEYS: [&str; 6] = ["text", "many", "number", "date", "address", "v"];

/// Those that policy variables speak of.
const VARIABLE_KEYS: [&str; 2] = ["v", "text"];

/// What is all there.
pub(crate) const PLAIN: Features =
    Features { variables: 0, anywhere: false, missing: 0, words: 0, parts: 0, opaque: 0, mixed: false };
/// Policy variables besides.
pub(crate) const VARIABLES: Features = Features { variables: 12, ..PLAIN };
/// And where they can't be.
pub(crate) const VARIABLES_ANYWHERE: Features = Features { anywhere: true, ..VARIABLES };
/// One key read as text here and as a number there.
pub(crate) const MIXED: Features = Features { mixed: true, ..PLAIN };
/// Conditions on the principal and the resource.
pub(crate) const PARTS: Features = Features { parts: 50, ..PLAIN };
/// Those, with all that may be missing.
pub(crate) const PARTS_AND_EVERYTHING: Features = Features { parts: 40, ..EVERYTHING };
/// Words that nobody gave, and nothing else.
pub(crate) const WORDS: Features = Features { words: 15, ..PLAIN };
/// Words that nobody gave, among all else that may be missing.
pub(crate) const WORDS_AND_EVERYTHING: Features = Features { words: 8, ..EVERYTHING };
/// Facts that nobody gave, values known after apply, and conditions that nothing understands as well.
pub(crate) const EVERYTHING: Features =
    Features { variables: 7, anywhere: true, missing: 8, words: 0, parts: 0, opaque: 5, mixed: true };

pub(crate) fn access(random: &mut Random, features: Features) -> Access {
    let count = 1 + random.below(4);
    Access { statements: (0..count).map(|_| statement(random, features)).collect() }
}

/// Two policies, often alike, since unrelated ones are seldom contained.
pub(crate) fn pair(random: &mut Random, features: Features) -> (Access, Access) {
    let mut approved = access(random, features);
    let mut planned = access(random, features);
    if random.chance(20) {
        // Several approvals, of which one need not do alone.
        let further = (0..2).flat_map(|_| access(random, features).statements);
        approved.statements.extend(further.filter(|statement| statement.effect == Effect::Allow));
    }
    if random.chance(70) {
        planned.statements.truncate(1);
        planned.statements.extend(approved.statements.iter().cloned());
        if random.chance(50) {
            planned.statements.remove(0);
        }
        if random.chance(50) && !planned.statements.is_empty() {
            let at = random.below(planned.statements.len());
            let donor = access(random, features).statements.remove(0);
            let statement = &mut planned.statements[at];
            match random.below(4) {
                0 => statement.actions = donor.actions,
                1 => statement.resources = donor.resources,
                2 => statement.conditions.extend(donor.conditions),
                _ => statement.effect = donor.effect,
            }
        }
    }
    (approved, planned)
}

fn statement(random: &mut Random, features: Features) -> Statement {
    let effect = if random.chance(70) { Effect::Allow } else { Effect::Deny };
    let conditions = if random.chance(45) { 1 + random.below(3) } else { 0 };
    let elsewhere = if features.anywhere { features } else { Features { variables: 0, ..features } };
    Statement {
        effect,
        principals: if random.chance(60) { Strings::any() } else { strings(random, elsewhere) },
        actions: if random.chance(30) { Strings::any() } else { strings(random, elsewhere) },
        resources: if random.chance(25) { Strings::any() } else { strings(random, features) },
        conditions: (0..conditions).map(|_| condition(random, features)).collect(),
    }
}

fn strings(random: &mut Random, features: Features) -> Strings {
    let mut strings = Strings::default();
    if random.chance(20) {
        strings.include.push(Pattern::any());
    } else {
        strings
            .include
            .extend((0..1 + random.below(3)).map(|_| pattern(random, features)).collect::<Vec<_>>());
    }
    if random.chance(25) || strings.include[0].is_any() {
        strings
            .exclude
            .extend((0..1 + random.below(2)).map(|_| pattern(random, features)).collect::<Vec<_>>());
    }
    strings
}

fn pattern(random: &mut Random, features: Features) -> Pattern {
    let length = random.below(5);
    Pattern::new((0..length).map(|_| token(random, features)).collect::<Vec<_>>())
}

fn token(random: &mut Random, features: Features) -> Token {
    let stop = if random.chance(50) { Some(':') } else { None };
    if random.chance(features.variables + features.missing) {
        return Token::Hole(hole(random, features));
    }
    if features.words > 0 && random.chance(features.words) {
        return Token::Hole(Hole::word(HoleKind::Unknown, "w"));
    }
    match random.below(10) {
        0..=3 => Token::Literal((*random.pick(&["a", "b", ":", "A", "ab"])).into()),
        4..=5 => Token::Folded((*random.pick(&["a", "b", "k"])).into()),
        6 => Token::One(stop),
        _ => Token::Run(stop),
    }
}

fn hole(random: &mut Random, features: Features) -> Hole {
    let (kind, name) = if random.below(features.variables + features.missing) < features.variables {
        (HoleKind::Variable, *random.pick(&VARIABLE_KEYS))
    } else {
        *random.pick(&[(HoleKind::Fact, "f"), (HoleKind::Unknown, "u")])
    };
    Hole::new(kind, name)
}

fn part(random: &mut Random, features: Features) -> Condition {
    let part = *random.pick(&[RequestPart::Principal, RequestPart::Resource]);
    let (set, negated) = (strings(random, features), random.chance(40));
    let test = Test::Part { part, set, negated };
    Condition { key: "part".into(), test, quantifier: Quantifier::One, if_absent: false }
}

fn condition(random: &mut Random, features: Features) -> Condition {
    if features.parts > 0 && random.chance(features.parts) {
        return part(random, features);
    }
    let key = *random.pick(&KEYS);
    let family = if features.mixed && random.chance(15) { random.below(5) } else { family_of(key) };
    let negated = random.chance(40);
    let order =
        *random.pick(&[Order::Equal, Order::Less, Order::LessOrEqual, Order::Greater, Order::GreaterOrEqual]);
    let test = if random.chance(features.opaque) {
        let words: &&str = random.pick(&["one", "two"]);
        Test::Opaque(OpaqueDemand::new(words))
    } else if random.chance(10) {
        Test::Present(random.chance(50))
    } else {
        match family {
            2 => Test::Number { order, values: some(random, number), negated },
            3 => {
                Test::Date { order, values: some(random, |random| instant(random).parse().unwrap()), negated }
            }
            4 => Test::Address { values: some(random, |random| net(random).parse().unwrap()), negated },
            _ => Test::Text { values: some(random, |random| pattern(random, features)), negated },
        }
    };
    let variable = features.variables > 0 && VARIABLE_KEYS.contains(&key);
    let quantifier = if variable && !features.anywhere {
        Quantifier::One
    } else if random.chance(features.opaque) {
        Quantifier::Unsaid
    } else {
        *random.pick(&[Quantifier::One, Quantifier::One, Quantifier::Any, Quantifier::All])
    };
    Condition { key: key.into(), test, quantifier, if_absent: random.chance(40) }
}

fn family_of(key: &str) -> usize {
    match key {
        "number" => 2,
        "date" => 3,
        "address" => 4,
        _ => 0,
    }
}

fn some<T>(random: &mut Random, one: impl Fn(&mut Random) -> T) -> Vec<T> {
    (0..1 + random.below(2)).map(|_| one(random)).collect()
}

fn number(random: &mut Random) -> Decimal {
    Decimal::parse(random.pick::<&str>(&["-1", "0", "0.5", "1", "2", "1e1"])).unwrap()
}

fn instant(random: &mut Random) -> &'static str {
    random.pick::<&'static str>(&[
        "1970-01-01T00:00:00Z",
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00.000000001Z",
        "2027-01-01T00:00:00Z",
    ])
}

fn net(random: &mut Random) -> &'static str {
    random.pick::<&'static str>(&[
        "0.0.0.0/0",
        "10.0.0.0/8",
        "10.0.0.0/31",
        "10.1.0.0/16",
        "255.255.255.255/32",
        "::/0",
        "2001:db8::/32",
        "::1/128",
    ])
}

/// Some request that the statements may have something to say about.
pub(crate) fn request(random: &mut Random, accesses: [&Access; 2], world: &World) -> Request {
    let access = *random.pick(&accesses);
    let statement = random.pick(&access.statements);
    let mut context = BTreeMap::new();
    for key in KEYS {
        if random.chance(50) {
            continue;
        }
        let conditions: Vec<&Condition> = accesses
            .iter()
            .flat_map(|access| &access.statements)
            .flat_map(|statement| &statement.conditions)
            .filter(|condition| &*condition.key == key)
            .collect();
        let one = |random: &mut Random| value(random, &conditions, world);
        // A key over whose values nobody ranges has one value.
        let plural = conditions.iter().any(|condition| condition.quantifier != Quantifier::One);
        let value = match random.below(3) {
            0 if plural => Context::Many((0..1 + random.below(3)).map(|_| one(random)).collect()),
            _ => Context::One(one(random)),
        };
        context.insert(Arc::from(key), value);
    }
    let mut request = Request { context, ..Request::default() };
    let near = |random: &mut Random, strings: &Strings, request: &Request| {
        let patterns: Vec<&Pattern> = strings.include.iter().chain(&strings.exclude).collect();
        if patterns.is_empty() || random.chance(25) {
            return text(random);
        }
        let pattern = *random.pick(&patterns);
        spelled(random, pattern, world, request)
    };
    request.principal = near(random, &statement.principals, &request);
    request.action = near(random, &statement.actions, &request);
    request.resource = near(random, &statement.resources, &request);
    request
}

fn value(random: &mut Random, conditions: &[&Condition], world: &World) -> String {
    if conditions.is_empty() || random.chance(15) {
        return text(random);
    }
    match &random.pick(conditions).test {
        Test::Text { values, .. } if !values.is_empty() => {
            let pattern = random.pick(values);
            spelled(random, pattern, world, &Request::default())
        }
        Test::Number { .. } => (*random
            .pick(&["-2", "-1", "-.5", "0", "0.25", "0.5", "1", "1.5", "2", "3", "10", "11"]))
        .to_owned(),
        Test::Date { .. } => match random.below(3) {
            0 => "1767225600".to_owned(),
            1 => "1960-01-01T00:00:00Z".to_owned(),
            _ => instant(random).to_owned(),
        },
        Test::Address { .. } => (*random.pick(&[
            "9.9.9.9",
            "10.0.0.1",
            "10.0.0.3",
            "10.1.1.1",
            "11.0.0.0",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "2001:db8::5",
        ]))
        .to_owned(),
        Test::Text { .. } | Test::Present(_) | Test::Part { .. } | Test::Opaque(_) => text(random),
    }
}

pub(crate) fn text(random: &mut Random) -> String {
    let length = random.below(4);
    (0..length).map(|_| *random.pick(&['a', 'b', ':', 'A', 'K', 'x'])).collect()
}

/// A word, often one that patterns spell.
pub(crate) fn word(random: &mut Random) -> String {
    let length = 1 + random.below(3);
    (0..length).map(|_| *random.pick(&['a', 'b', 'A', 'K', 'x', '-', '_', '7'])).collect()
}

/// A string that a pattern spells, more or less.
fn spelled(random: &mut Random, pattern: &Pattern, world: &World, request: &Request) -> String {
    let mut spelled = String::new();
    for token in pattern.tokens() {
        match token {
            Token::Literal(text) => spelled.push_str(text),
            Token::Folded(text) if random.chance(50) => spelled.push_str(&text.to_uppercase()),
            Token::Folded(text) if &**text == "k" && random.chance(50) => spelled.push('\u{212a}'),
            Token::Folded(text) => spelled.push_str(text),
            Token::One(_) => spelled.push(*random.pick(&['a', 'b', ':', 'A'])),
            Token::Run(_) => spelled.push_str(&text(random)),
            Token::Hole(hole) => match (hole.kind, request.context.get(&hole.name)) {
                (HoleKind::Variable, Some(Context::One(value))) => spelled.push_str(value),
                (HoleKind::Variable, _) => spelled.push_str(&text(random)),
                (HoleKind::Fact | HoleKind::Unknown | HoleKind::Unreadable, _) => {
                    let known = Pattern::new(world.holes[&*hole.name].clone());
                    spelled.push_str(&self::spelled(random, &known, world, request));
                }
            },
        }
    }
    spelled
}
