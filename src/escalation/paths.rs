//! The table of ways to raise one's own rights: `rules/escalation/paths.table`, embedded.
//!
//! A line that can't be read is an error of ours that `tests/escalation.rs` finds; at run time it is passed over, because
//! what is pointed out here decides nothing.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use super::ends::Ends;
use super::probe::Probe;
use crate::lower::Dialect;
use access_algebra::{Access, Effect, Pattern, Token};

const TABLE: &str = include_str!("../../rules/escalation/paths.table");

static PATHS: LazyLock<Paths> = LazyLock::new(|| Paths::read(TABLE));

/// The table.
pub fn paths() -> &'static Paths {
    &PATHS
}

/// One way, which needs one permission of each list.
#[derive(Debug)]
pub struct Path {
    /// Whose vocabulary.
    pub dialect: Dialect,
    /// Its name.
    pub name: String,
    /// Permissions by their place; each list is of permissions of which one is enough.
    pub(super) needs: Vec<Vec<usize>>,
    /// What its holder can do.
    pub effect: String,
    /// Where it is documented.
    pub source: String,
}

/// All ways, and an index of the permissions that they need.
#[derive(Debug, Default)]
pub struct Paths {
    paths: Vec<Path>,
    probes: Vec<Probe>,
    /// Permissions without a wildcard, by their text in lower case.
    exact: HashMap<Dialect, HashMap<String, Vec<usize>>>,
    /// Every permission of a dialect.
    all: HashMap<Dialect, Vec<usize>>,
    /// Permissions with a wildcard.
    wild: HashMap<Dialect, Vec<usize>>,
    /// Lines that could not be read, with the reason.
    pub unread: Vec<String>,
}

impl Paths {
    fn read(table: &str) -> Self {
        let mut paths = Self::default();
        let mut known: HashMap<(Dialect, String), usize> = HashMap::new();
        for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Err(reason) = paths.line(line, &mut known) {
                paths.unread.push(format!("{reason}: {line}"));
            }
        }
        paths
    }

    fn line(&mut self, line: &str, known: &mut HashMap<(Dialect, String), usize>) -> Result<(), String> {
        let columns: Vec<&str> = line.split(" | ").map(str::trim).collect();
        let [dialect, name, needs, effect, source] = columns.as_slice() else {
            return Err("five columns are due".to_owned());
        };
        let dialect = Dialect::from_word(dialect).ok_or("there is no such dialect")?;
        let mut lists = Vec::new();
        for need in needs.split(" + ") {
            let mut list = Vec::new();
            for permission in need.split(" or ") {
                let key = (dialect, permission.to_owned());
                let at = match known.get(&key) {
                    Some(at) => *at,
                    None => {
                        let at = self.add(dialect, permission)?;
                        known.insert(key, at);
                        at
                    }
                };
                list.push(at);
            }
            lists.push(list);
        }
        self.paths.push(Path {
            dialect,
            name: (*name).to_owned(),
            needs: lists,
            effect: (*effect).to_owned(),
            source: (*source).to_owned(),
        });
        Ok(())
    }

    fn add(&mut self, dialect: Dialect, permission: &str) -> Result<usize, String> {
        let probe = Probe::read(dialect, permission)?;
        let at = self.probes.len();
        match probe.ends().as_literal() {
            Some(text) => {
                self.exact.entry(dialect).or_default().entry(text.to_owned()).or_default().push(at);
            }
            None => self.wild.entry(dialect).or_default().push(at),
        }
        self.all.entry(dialect).or_default().push(at);
        self.probes.push(probe);
        Ok(at)
    }

    /// All ways.
    pub fn all(&self) -> impl Iterator<Item = &Path> {
        self.paths.iter()
    }

    /// The ways of a dialect.
    pub(super) fn of(&self, dialect: Dialect) -> impl Iterator<Item = &Path> {
        self.paths.iter().filter(move |path| path.dialect == dialect)
    }

    pub(super) fn probe(&self, at: usize) -> Option<&Probe> {
        self.probes.get(at)
    }

    /// The permissions that an Access may give, going by the spelling of its actions alone: nearly every grant gives
    /// none of them, and that has to be seen fast.
    pub(super) fn candidates(&self, dialect: Dialect, access: &Access) -> Vec<usize> {
        let mut found = BTreeSet::new();
        let (exact, wild) = (self.exact.get(&dialect), self.wild.get(&dialect));
        let allowing = access.statements.iter().filter(|statement| statement.effect == Effect::Allow);
        for pattern in allowing.flat_map(|statement| &statement.actions.include) {
            let list = match whole(pattern) {
                Some(text) => {
                    found.extend(exact.and_then(|exact| exact.get(&*text)).into_iter().flatten());
                    wild
                }
                None => self.all.get(&dialect),
            };
            let Some(list) = list else { continue };
            let ends = Ends::of(pattern);
            let meets = |at: &&usize| self.probe(**at).is_some_and(|probe| probe.ends().may_meet(&ends));
            found.extend(list.iter().filter(meets));
        }
        found.into_iter().collect()
    }
}

/// The text of a pattern that is one, in lower case.
fn whole(pattern: &Pattern) -> Option<Cow<'_, str>> {
    match pattern.tokens() {
        [Token::Folded(text)] => Some(Cow::Borrowed(text)),
        [Token::Literal(text)] => Some(Cow::Owned(text.to_lowercase())),
        _ => None,
    }
}
