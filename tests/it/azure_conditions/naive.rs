//! What conditions mean, read plainly.

use super::generate::{
    ACTIONS, ATTRIBUTES, Comparison, Condition, Many, NAME, NOW, PARTS, PRIVATE, ROLE, ROLES, TAGS,
};

/// The days that conditions name, and moments before, between and after.
const MOMENTS: [&str; 6] = [
    "2025-01-01T00:00:00.0Z",
    "2026-01-01T00:00:00.0Z",
    "2026-01-02T00:00:00.0Z",
    "2026-01-02T12:00:00.0Z",
    "2026-01-03T00:00:00.0Z",
    "2027-01-01T00:00:00.0Z",
];

/// A request of the small world.
#[derive(Clone, Debug)]
pub(crate) struct World<'w> {
    pub(crate) action: &'w str,
    pub(crate) part: Option<&'w str>,
    /// By the place of the attribute; no value where it is missing.
    pub(crate) values: [Vec<&'w str>; 5],
}

impl<'w> World<'w> {
    /// Whether its time is one, where it has any.
    pub(crate) fn has_moment(&self) -> bool {
        self.values[3].iter().all(|time| time.parse::<jiff::Timestamp>().is_ok())
    }

    /// The same at every moment that conditions here tell apart.
    pub(crate) fn at_any_moment(&self) -> Vec<Self> {
        let at = |moment: &&'w str| {
            let mut world = self.clone();
            world.values[3] = vec![*moment];
            world
        };
        MOMENTS.iter().map(at).collect()
    }
}

/// What Azure does not say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    /// By class: whether a request without the attribute satisfies it.
    pub(crate) missing: [bool; 40],
    /// What a plain comparison of several values asks for.
    pub(crate) several: Several,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Several {
    Any,
    All,
    Never,
}

impl Comparison {
    /// Its place in [`Reading::missing`].
    pub(crate) fn class(&self, denied: bool) -> usize {
        let cross = match self.cross {
            None => 0,
            Some((Many::Any, Many::Any)) => 1,
            Some((Many::Any, Many::All)) => 2,
            Some((Many::All, Many::Any)) => 3,
            Some((Many::All, Many::All)) => 4,
        };
        let flags = [self.is_negated(), denied, self.holds_of_nothing()];
        flags.into_iter().fold(cross, |class, flag| class * 2 + usize::from(flag))
    }

    fn is_negated(&self) -> bool {
        self.operator.to_lowercase().contains("not")
    }

    /// Whether it is true of an empty text, or of `false`; dates and identifiers are neither.
    fn holds_of_nothing(&self) -> bool {
        let nothing = match ATTRIBUTES[self.attribute] {
            NAME | TAGS => Some(""),
            PRIVATE => Some("false"),
            _ => None,
        };
        let mut pairs = self.values.iter().map(|value| match nothing {
            Some(nothing) => compares(self.operator, nothing, value),
            None => self.is_negated(),
        });
        match self.cross {
            None | Some((_, Many::Any)) => pairs.any(|pair| pair),
            Some((_, Many::All)) => pairs.all(|pair| pair),
        }
    }

    /// A comparison that is neither negated nor denied asks for the attribute, unless it is true of all values that are
    /// not there, or of what is empty.
    fn asks(&self, denied: bool) -> bool {
        let of_all = matches!(self.cross, Some((Many::All, _)));
        !self.is_negated() && !denied && !of_all && !self.holds_of_nothing()
    }

    pub(crate) fn holds(&self, world: &World<'_>, reading: Reading, denied: bool) -> bool {
        let given = &world.values[self.attribute];
        if given.is_empty() {
            return !self.asks(denied) && reading.missing[self.class(denied)];
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
pub(crate) fn compares(operator: &str, given: &str, value: &str) -> bool {
    let mut name = operator.to_lowercase();
    let (mut given, mut value) = (given.to_owned(), value.to_owned());
    if name.ends_with("ignorecase") || !name.starts_with("string") {
        (given, value) = (given.to_lowercase(), value.to_lowercase());
        name = name.replace("ignorecase", "");
    }
    let negated = name.contains("not");
    let instant = |text: &str| text.to_uppercase().parse::<jiff::Timestamp>();
    let order = || instant(&given).unwrap().cmp(&instant(&value).unwrap());
    let found = match name.replace("not", "").as_str() {
        "stringequals" | "guidequals" | "boolequals" => given == value,
        "stringstartswith" => given.starts_with(&value),
        "stringlike" => like(&value, &given),
        "datetimeequals" => order().is_eq(),
        "datetimelessthan" => order().is_lt(),
        "datetimelessthanequals" => order().is_le(),
        "datetimegreaterthan" => order().is_gt(),
        "datetimegreaterthanequals" => order().is_ge(),
        other => panic!("{other}"),
    };
    found != negated
}

pub(crate) fn like(pattern: &str, text: &str) -> bool {
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
pub(crate) fn spells(pattern: &str, word: &str) -> bool {
    like(&pattern.to_lowercase(), &word.to_lowercase())
}

impl Condition {
    pub(crate) fn holds(&self, world: &World<'_>, reading: Reading, denied: bool) -> bool {
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

    pub(crate) fn comparisons<'c>(&'c self, into: &mut Vec<(&'c Comparison, bool)>, denied: bool) {
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

/// Every request that the attributes in use can tell apart.
pub(crate) fn worlds(attributes: &[usize]) -> Vec<World<'static>> {
    let mut worlds = Vec::new();
    for action in ACTIONS {
        for part in PARTS {
            worlds.push(World { action, part, values: Default::default() });
        }
    }
    for attribute in attributes {
        let values: Vec<Vec<&str>> = match ATTRIBUTES[*attribute] {
            ROLE => vec![vec![], vec![ROLES[0]], vec![ROLES[1]], vec![ROLES[2]], vec!["other"]],
            NOW => MOMENTS.iter().map(|one| vec![*one]).chain([vec![]]).collect(),
            PRIVATE => vec![vec![], vec!["true"], vec!["false"]],
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
pub(crate) fn readings(comparisons: &[(&Comparison, bool)]) -> Vec<Reading> {
    let mut classes: Vec<usize> =
        comparisons.iter().map(|(comparison, denied)| comparison.class(*denied)).collect();
    classes.sort_unstable();
    classes.dedup();
    let plain = comparisons.iter().any(|(comparison, _)| comparison.cross.is_none());
    let several: &[Several] =
        if plain { &[Several::Any, Several::All, Several::Never] } else { &[Several::Any] };
    let mut readings: Vec<Reading> =
        several.iter().map(|several| Reading { missing: [false; 40], several: *several }).collect();
    for class in classes {
        let others = readings.clone().into_iter().map(|mut reading| {
            reading.missing[class] = true;
            reading
        });
        readings.extend(others.collect::<Vec<_>>());
    }
    readings
}
