//! Azure's ABAC conditions, held against their definition: random conditions on roles of a few actions, every request of a
//! small world, and an evaluator that shares nothing with the lowering.
//!
//! What Azure does not say is a [`Reading`]: what becomes of a comparison whose attribute is missing, and of a plain one
//! whose attribute has several values. A pair that is *contained* must be so under every reading, and the witness of one
//! that *exceeds* must escape under every reading; a pair may be undecided only where readings differ, or where a
//! demand is made of several values at once (`ForAnyOfAllValues:StringLike`).
//!
//! `COUNTERSIGN_PAIRS=200000 cargo test --release --test azure_conditions -- --nocapture` says how many pairs are tried
//! (3,000 if unset).

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may stop and may say why"
)]
#![allow(clippy::indexing_slicing, reason = "the lists are written out")]

use countersign::access::{Access, Containment, Context, Request, contains};
use countersign::lower::{Dialect, Side, Terms, Text, lower};

/// Random numbers; the same seed gives the same ones.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

const NAME: &str = "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]";
const TAGS: &str = "@Request[Contoso/tags]";
const ROLE: &str = "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]";
const SIZE: &str = "@Principal[size]";
const ATTRIBUTES: [&str; 4] = [NAME, TAGS, ROLE, SIZE];

const ACTIONS: [&str; 4] = ["a/x/read", "a/x/write", "b/read", "other"];
const PATTERNS: [&str; 6] = ["a/x/read", "A/*", "*/read", "a/x/*", "*", "b/read"];
const PARTS: [Option<&str>; 3] = [None, Some("Blob.List"), Some("Blob.Other")];
const ROLES: [&str; 3] = [
    "00000000-0000-0000-0000-00000000000a",
    "00000000-0000-0000-0000-00000000000b",
    "00000000-0000-0000-0000-00000000000c",
];

/// A request of the small world.
#[derive(Clone, Debug)]
struct World<'w> {
    action: &'w str,
    part: Option<&'w str>,
    /// By the place of the attribute; no value where it is missing.
    values: [Vec<&'w str>; 4],
}

/// What Azure does not say.
#[derive(Clone, Copy, Debug)]
struct Reading {
    /// By class: whether a request without the attribute satisfies it.
    missing: [bool; 8],
    /// What a plain comparison of several values asks for.
    several: Several,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Several {
    Any,
    All,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Many {
    Any,
    All,
}

#[derive(Clone, Debug)]
enum Condition {
    Action(&'static str),
    Part(&'static str),
    Exists(usize),
    Compare(Comparison),
    Not(Box<Self>),
    And(Vec<Self>),
    Or(Vec<Self>),
}

#[derive(Clone, Debug)]
struct Comparison {
    attribute: usize,
    cross: Option<(Many, Many)>,
    operator: &'static str,
    values: Vec<&'static str>,
}

const WORDS: [&str; 4] = ["a", "b", "ab", "A"];
const GLOBS: [&str; 4] = ["a*", "?", "*b", "a\\*"];
const TEXTS: [&str; 8] = [
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringStartsWith",
    "StringNotStartsWithIgnoreCase",
    "StringLike",
    "StringNotLikeIgnoreCase",
];
const NUMBERS: [&str; 6] = [
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericLessThanEquals",
    "numericgreaterthan",
    "NumericGreaterThanEquals",
];

impl Comparison {
    fn random(random: &mut Random, attributes: &[usize]) -> Self {
        let attribute = random.pick(attributes);
        let (operator, words): (_, &[&str]) = match ATTRIBUTES[attribute] {
            ROLE => (random.pick(&["GuidEquals", "GuidNotEquals"]), &ROLES),
            SIZE => (random.pick(&NUMBERS), &["1", "2", "3"]),
            _ => {
                let operator = random.pick(&TEXTS);
                (operator, if operator.contains("Like") { &GLOBS } else { &WORDS })
            }
        };
        let many = |random: &mut Random| random.pick(&[Many::Any, Many::All]);
        let cross = random.chance(60).then(|| (many(random), many(random)));
        let count = if cross.is_some() { 1 + random.below(3) } else { 1 };
        Self { attribute, cross, operator, values: (0..count).map(|_| random.pick(words)).collect() }
    }

    fn text(&self) -> String {
        let cross = self.cross.map_or(String::new(), |(each, of)| format!("For{each:?}Of{of:?}Values:"));
        let value = |value: &&str| match ATTRIBUTES[self.attribute] {
            ROLE | SIZE => (*value).to_owned(),
            _ => format!("'{value}'"),
        };
        let values: Vec<String> = self.values.iter().map(value).collect();
        let values =
            if self.cross.is_some() { format!("{{{}}}", values.join(", ")) } else { values.concat() };
        format!("{} {cross}{} {values}", ATTRIBUTES[self.attribute], self.operator)
    }

    /// Its place in [`Reading::missing`].
    fn class(&self, denied: bool) -> usize {
        let each = matches!(self.cross, Some((Many::All, _)));
        usize::from(each) * 4
            + usize::from(self.operator.to_lowercase().contains("not")) * 2
            + usize::from(denied)
    }

    fn holds(&self, world: &World<'_>, reading: Reading, denied: bool) -> bool {
        let given = &world.values[self.attribute];
        let is_mistyped =
            ATTRIBUTES[self.attribute] == SIZE && given.iter().any(|one| one.parse::<i64>().is_err());
        if given.is_empty() || is_mistyped {
            // That a comparison which is not negated asks for the attribute is not in doubt.
            let class = self.class(denied);
            return class != 0 && reading.missing[class];
        }
        let by = |given: &str, many: Many| {
            let mut pairs = self.values.iter().map(|value| compares(self.operator, given, value));
            match many {
                Many::Any => pairs.any(|pair| pair),
                Many::All => pairs.all(|pair| pair),
            }
        };
        let truth = match (self.cross, reading.several) {
            (Some((Many::Any, of)), _) => given.iter().any(|given| by(given, of)),
            (Some((Many::All, of)), _) => given.iter().all(|given| by(given, of)),
            (None, _) if given.len() == 1 => by(given[0], Many::Any),
            (None, Several::Any) => given.iter().any(|given| by(given, Many::Any)),
            (None, Several::All) => given.iter().all(|given| by(given, Many::Any)),
            (None, Several::Never) => false,
        };
        truth != denied
    }
}

/// One value against one that is written down.
fn compares(operator: &str, given: &str, value: &str) -> bool {
    let mut name = operator.to_lowercase();
    let (mut given, mut value) = (given.to_owned(), value.to_owned());
    if name.ends_with("ignorecase") || name.starts_with("guid") {
        (given, value) = (given.to_lowercase(), value.to_lowercase());
        name = name.replace("ignorecase", "");
    }
    let negated = name.contains("not");
    let order =
        given.parse::<i64>().ok().zip(value.parse::<i64>().ok()).map(|(given, value)| given.cmp(&value));
    let found = match name.replace("not", "").as_str() {
        "stringequals" | "guidequals" => given == value,
        "stringstartswith" => given.starts_with(&value),
        "stringlike" => like(&value, &given),
        "numericequals" => order.unwrap().is_eq(),
        "numericlessthan" => order.unwrap().is_lt(),
        "numericlessthanequals" => order.unwrap().is_le(),
        "numericgreaterthan" => order.unwrap().is_gt(),
        "numericgreaterthanequals" => order.unwrap().is_ge(),
        other => panic!("{other}"),
    };
    found != negated
}

fn like(pattern: &str, text: &str) -> bool {
    let mut rest = pattern.chars();
    let after = |text: &str| text.chars().next().map(|first| text[first.len_utf8()..].to_owned());
    match rest.next() {
        None => text.is_empty(),
        Some('*') => like(rest.as_str(), text) || after(text).is_some_and(|shorter| like(pattern, &shorter)),
        Some('?') => after(text).is_some_and(|shorter| like(rest.as_str(), &shorter)),
        Some('\\') => {
            let literal = rest.next().unwrap();
            text.strip_prefix(literal).is_some_and(|shorter| like(rest.as_str(), shorter))
        }
        Some(literal) => text.strip_prefix(literal).is_some_and(|shorter| like(rest.as_str(), shorter)),
    }
}

/// An action pattern has one star; case carries no meaning.
fn spells(pattern: &str, word: &str) -> bool {
    like(&pattern.to_lowercase(), &word.to_lowercase())
}

impl Condition {
    fn random(random: &mut Random, attributes: &[usize], depth: usize) -> Self {
        let several = |random: &mut Random| -> Vec<Self> {
            (0..2 + random.below(2)).map(|_| Self::random(random, attributes, depth - 1)).collect()
        };
        match random.below(if depth == 0 { 8 } else { 14 }) {
            0 => Self::Action(random.pick(&PATTERNS)),
            1 => Self::Part(random.pick(&["Blob.List", "blob.*"])),
            2 => Self::Exists(random.pick(attributes)),
            3..8 => Self::Compare(Comparison::random(random, attributes)),
            8 | 9 => Self::Not(Box::new(Self::random(random, attributes, depth - 1))),
            10 | 11 => Self::And(several(random)),
            12 => Self::Or(several(random)),
            // As conditions are written: where the action is meant, the expression holds.
            _ => {
                let guard = Self::Not(Box::new(Self::Action(random.pick(&PATTERNS))));
                Self::Or(vec![guard, Self::random(random, attributes, depth - 1)])
            }
        }
    }

    fn text(&self, random: &mut Random) -> String {
        let joined = |parts: &[Self], signs: &[&'static str], random: &mut Random| {
            let sign = random.pick(signs);
            let parts: Vec<String> = parts.iter().map(|part| part.within(random)).collect();
            parts.join(&format!(" {sign} "))
        };
        match self {
            Self::Action(pattern) => format!("ActionMatches{{'{pattern}'}}"),
            Self::Part(pattern) => format!("SubOperationMatches {{ '{pattern}' }}"),
            Self::Exists(attribute) => format!("exists {}", ATTRIBUTES[*attribute]),
            Self::Compare(comparison) => comparison.text(),
            Self::Not(inner) => format!("{}{}", random.pick(&["!", "NOT ", "! "]), inner.within(random)),
            Self::And(parts) => joined(parts, &["AND", "&&", "and"], random),
            Self::Or(parts) => joined(parts, &["OR", "||", "Or"], random),
        }
    }

    /// Brackets where they are asked for, and now and then where they are not.
    fn within(&self, random: &mut Random) -> String {
        let asks = matches!(self, Self::And(_) | Self::Or(_) | Self::Not(_));
        let text = self.text(random);
        if asks || random.chance(30) { format!("( {text})") } else { text }
    }

    fn holds(&self, world: &World<'_>, reading: Reading, denied: bool) -> bool {
        match self {
            Self::Action(pattern) => spells(pattern, world.action) != denied,
            Self::Part(pattern) => world.part.is_some_and(|part| spells(pattern, part)) != denied,
            Self::Exists(attribute) => world.values[*attribute].is_empty() == denied,
            Self::Compare(comparison) => comparison.holds(world, reading, denied),
            Self::Not(inner) => inner.holds(world, reading, !denied),
            Self::And(parts) | Self::Or(parts) => {
                let mut each = parts.iter().map(|part| part.holds(world, reading, denied));
                if matches!(self, Self::And(_)) != denied { each.all(|one| one) } else { each.any(|one| one) }
            }
        }
    }

    fn comparisons<'c>(&'c self, into: &mut Vec<(&'c Comparison, bool)>, denied: bool) {
        match self {
            Self::Action(_) | Self::Part(_) | Self::Exists(_) => {}
            Self::Compare(comparison) => into.push((comparison, denied)),
            Self::Not(inner) => inner.comparisons(into, !denied),
            Self::And(parts) | Self::Or(parts) => {
                parts.iter().for_each(|part| part.comparisons(into, denied));
            }
        }
    }
}

/// What is held: actions, or a role by name, under a condition.
#[derive(Clone, Debug)]
struct Grant {
    actions: Option<Vec<&'static str>>,
    condition: Option<Condition>,
}

impl Grant {
    fn allows(&self, world: &World<'_>, reading: Reading) -> bool {
        let action = self.actions.as_ref();
        action.is_none_or(|actions| actions.iter().any(|action| spells(action, world.action)))
            && self.condition.as_ref().is_none_or(|condition| condition.holds(world, reading, false))
    }

    fn access(&self, side: Side, text: Option<&str>) -> Access {
        let mut terms = Terms { expression: text.map(Text::known), ..Terms::default() };
        match &self.actions {
            Some(actions) => terms.data_actions = actions.iter().map(|action| Text::known(action)).collect(),
            None => terms.roles = vec![Text::known("reader")],
        }
        let lowered = lower(Dialect::Azure, side, &terms);
        assert!(lowered.doubts.is_empty(), "{:?}", lowered.doubts);
        lowered.access
    }
}

/// Every request that the attributes in use can tell apart.
fn worlds(attributes: &[usize]) -> Vec<World<'static>> {
    let mut worlds = Vec::new();
    for action in ACTIONS {
        for part in PARTS {
            worlds.push(World { action, part, values: Default::default() });
        }
    }
    for attribute in attributes {
        let values: Vec<Vec<&str>> = match ATTRIBUTES[*attribute] {
            ROLE => vec![vec![], vec![ROLES[0]], vec![ROLES[1]], vec![ROLES[2]], vec!["other"]],
            SIZE => ["0", "1", "2", "3", "4"]
                .iter()
                .map(|one| vec![*one])
                .chain([vec![], vec!["1", "3"], vec!["0", "4"]])
                .collect(),
            NAME => ["", "a", "b", "ab", "A", "B", "aab", "a*", "x", "xb"]
                .iter()
                .map(|one| vec![*one])
                .chain([vec![]])
                .collect(),
            _ => {
                let words = ["a", "b", "ab", "A", "xyz"];
                let mut sets = vec![vec![]];
                for word in words {
                    let longer: Vec<Vec<&str>> =
                        sets.iter().map(|set: &Vec<&str>| [set.clone(), vec![word]].concat()).collect();
                    sets.extend(longer);
                }
                sets.into_iter().filter(|set| set.len() <= 3).collect()
            }
        };
        worlds = worlds
            .iter()
            .flat_map(|world| {
                values.iter().map(|values| {
                    let mut world = world.clone();
                    world.values[*attribute].clone_from(values);
                    world
                })
            })
            .collect();
    }
    worlds
}

/// Every reading that these comparisons can tell apart.
fn readings(comparisons: &[(&Comparison, bool)]) -> Vec<Reading> {
    let mut classes: Vec<usize> =
        comparisons.iter().map(|(comparison, denied)| comparison.class(*denied)).collect();
    classes.sort_unstable();
    classes.dedup();
    let plain = comparisons.iter().any(|(comparison, _)| comparison.cross.is_none());
    let several: &[Several] =
        if plain { &[Several::Any, Several::All, Several::Never] } else { &[Several::Any] };
    let mut readings: Vec<Reading> =
        several.iter().map(|several| Reading { missing: [false; 8], several: *several }).collect();
    for class in classes {
        let others = readings.clone().into_iter().map(|mut reading| {
            reading.missing[class] = true;
            reading
        });
        readings.extend(others.collect::<Vec<_>>());
    }
    readings
}

/// The request of a witness.
fn world(request: &Request) -> World<'_> {
    let values = |key: &str| match request.context.get(key) {
        None => Vec::new(),
        Some(Context::One(text)) => vec![text.as_str()],
        Some(Context::Many(texts)) => texts.iter().map(String::as_str).collect(),
    };
    let typed = format!("{SIZE} as a number");
    let action = values("azure:action").first().copied();
    let mut size = values(&typed);
    if size.is_empty() && request.context.contains_key(SIZE) {
        size.push("no number");
    }
    World {
        action: if request.action == "reader" { action.unwrap_or("other") } else { &request.action },
        part: values("azure:suboperation").first().copied(),
        values: [values(NAME), values(TAGS), values(ROLE), size],
    }
}

#[test]
fn a_pair_is_judged_as_every_request_says_under_every_reading() {
    let pairs: u64 = std::env::var("COUNTERSIGN_PAIRS").map_or(3_000, |text| text.parse().unwrap());
    let (mut contained, mut exceeds, mut open, mut beyond) = (0_u64, 0_u64, 0_u64, 0_u64);
    for seed in 0..pairs {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let attributes: Vec<usize> =
            if random.chance(40) { vec![random.below(4), random.below(4)] } else { vec![random.below(4)] };
        let by_role = random.chance(30);
        let mut grant = || {
            let actions =
                (!by_role).then(|| (0..1 + random.below(2)).map(|_| random.pick(&PATTERNS)).collect());
            let condition = random.chance(90).then(|| Condition::random(&mut random, &attributes, 2));
            Grant { actions, condition }
        };
        let (approved, mut planned) = (grant(), grant());
        // Often the one grows out of the other, since unrelated ones are seldom contained.
        if random.chance(75) {
            planned.actions.clone_from(&approved.actions);
            let narrower = random.chance(60);
            if let (Some(one), Some(other), true) = (&planned.condition, &approved.condition, narrower) {
                planned.condition = Some(Condition::And(vec![one.clone(), other.clone()]));
            }
        }
        let texts = [&approved, &planned]
            .map(|grant| grant.condition.as_ref().map(|condition| condition.text(&mut random)));
        let answer = contains(
            &approved.access(Side::Approved, texts[0].as_deref()),
            &planned.access(Side::Planned, texts[1].as_deref()),
        );
        let mut comparisons = Vec::new();
        for condition in [&approved, &planned].into_iter().filter_map(|grant| grant.condition.as_ref()) {
            condition.comparisons(&mut comparisons, false);
        }
        let readings = readings(&comparisons);
        let escapes = |world: &World<'_>, reading: Reading| {
            planned.allows(world, reading) && !approved.allows(world, reading)
        };
        let pair = || {
            format!(
                "seed {seed}: {:?} {:?} in {:?} {:?}",
                planned.actions, texts[1], approved.actions, texts[0]
            )
        };
        match answer {
            Containment::Contained => {
                for world in worlds(&attributes) {
                    for reading in &readings {
                        assert!(!escapes(&world, *reading), "{}: {world:?} {reading:?}", pair());
                    }
                }
                contained += 1;
            }
            Containment::Exceeds(witness) => {
                let world = world(&witness.request);
                for reading in &readings {
                    assert!(escapes(&world, *reading), "{}: {witness:?} {world:?} {reading:?}", pair());
                }
                exceeds += 1;
            }
            Containment::Undecided(reason) => {
                let worlds = worlds(&attributes);
                let under = |reading: &Reading| worlds.iter().any(|world| escapes(world, *reading));
                let all = readings.iter().all(under);
                if all || !readings.iter().any(under) {
                    beyond += 1;
                    if std::env::var("COUNTERSIGN_SHOW").is_ok() {
                        println!(
                            "{} though {}: {reason}",
                            pair(),
                            if all { "it escapes" } else { "it does not escape" }
                        );
                    }
                } else {
                    open += 1;
                }
            }
        }
    }
    println!(
        "{contained} contained, {exceeds} exceed, 0 wrong; undecided: {open} where readings differ, {beyond} others"
    );
    assert!(contained * 10 > pairs && exceeds * 10 > pairs, "too few pairs are decided to mean much");
    assert!(beyond * 10 < pairs, "too many pairs are undecided");
}
