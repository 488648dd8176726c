//! Conditions, as they are made up and as they are written.

/// Random numbers; the same seed gives the same ones.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }

    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

pub(crate) const NAME: &str = "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]";
pub(crate) const TAGS: &str = "@Request[Contoso/tags]";
pub(crate) const ROLE: &str = "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]";
pub(crate) const NOW: &str = "@Environment[UtcNow]";
pub(crate) const PRIVATE: &str = "@Environment[isPrivateLink]";
pub(crate) const ATTRIBUTES: [&str; 5] = [NAME, TAGS, ROLE, NOW, PRIVATE];

pub(crate) const ACTIONS: [&str; 4] = ["a/x/read", "a/x/write", "b/read", "other"];
pub(crate) const PATTERNS: [&str; 6] = ["a/x/read", "A/*", "*/read", "a/x/*", "*", "b/read"];
pub(crate) const PARTS: [Option<&str>; 3] = [None, Some("Blob.List"), Some("Blob.Other")];
pub(crate) const ROLES: [&str; 3] = [
    "00000000-0000-0000-0000-00000000000a",
    "00000000-0000-0000-0000-00000000000b",
    "00000000-0000-0000-0000-00000000000c",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Many {
    Any,
    All,
}

#[derive(Clone, Debug)]
pub(crate) enum Condition {
    Action(&'static str),
    Part(&'static str),
    Exists(usize),
    Compare(Comparison),
    Not(Box<Self>),
    And(Vec<Self>),
    Or(Vec<Self>),
}

#[derive(Clone, Debug)]
pub(crate) struct Comparison {
    pub(crate) attribute: usize,
    pub(crate) cross: Option<(Many, Many)>,
    pub(crate) operator: &'static str,
    pub(crate) values: Vec<&'static str>,
}

pub(crate) const WORDS: [&str; 5] = ["a", "b", "ab", "A", ""];
pub(crate) const GLOBS: [&str; 5] = ["a*", "?", "*b", "a\\*", "*"];
pub(crate) const TEXTS: [&str; 8] = [
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringStartsWith",
    "StringNotStartsWithIgnoreCase",
    "StringLike",
    "StringNotLikeIgnoreCase",
];
pub(crate) const DATES: [&str; 6] = [
    "DateTimeEquals",
    "DateTimeNotEquals",
    "DateTimeLessThan",
    "DateTimeLessThanEquals",
    "datetimegreaterthan",
    "DateTimeGreaterThanEquals",
];
const DAYS: [&str; 3] = ["2026-01-01T00:00:00.0Z", "2026-01-02T00:00:00.0Z", "2026-01-03T00:00:00.0Z"];

impl Comparison {
    pub(crate) fn random(random: &mut Random, attributes: &[usize]) -> Self {
        let attribute = random.pick(attributes);
        let (operator, words): (_, &[&str]) = match ATTRIBUTES[attribute] {
            ROLE => (random.pick(&["GuidEquals", "GuidNotEquals"]), &ROLES),
            NOW => (random.pick(&DATES), &DAYS),
            PRIVATE => (random.pick(&["BoolEquals", "BoolNotEquals"]), &["true", "false"]),
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

    pub(crate) fn text(&self) -> String {
        let cross = self.cross.map_or(String::new(), |(each, of)| format!("For{each:?}Of{of:?}Values:"));
        let value = |value: &&str| match ATTRIBUTES[self.attribute] {
            ROLE | PRIVATE => (*value).to_owned(),
            _ => format!("'{value}'"),
        };
        let values: Vec<String> = self.values.iter().map(value).collect();
        let values =
            if self.cross.is_some() { format!("{{{}}}", values.join(", ")) } else { values.concat() };
        format!("{} {cross}{} {values}", ATTRIBUTES[self.attribute], self.operator)
    }
}

impl Condition {
    pub(crate) fn random(random: &mut Random, attributes: &[usize], depth: usize) -> Self {
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

    pub(crate) fn text(&self, random: &mut Random) -> String {
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
    pub(crate) fn within(&self, random: &mut Random) -> String {
        let asks = matches!(self, Self::And(_) | Self::Or(_) | Self::Not(_));
        let text = self.text(random);
        if asks || random.chance(30) { format!("( {text})") } else { text }
    }
}
