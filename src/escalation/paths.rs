//! The table of escalation paths: `rules/escalation/paths.table`, embedded.
//!
//! Reads the table and returns its paths, with an index of the permissions that they need. A line that cannot be read is
//! skipped at run time, because escalations decide nothing; `tests/it/escalation.rs` holds that there is none.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use super::ends::Ends;
use super::error::{PathFault, ProbeFault, UnreadPath};
use super::probe::Probe;
use crate::lower::Dialect;
use access_algebra::{Access, Effect, Pattern, Token};

const TABLE: &str = include_str!("../../rules/escalation/paths.table");

static PATHS: LazyLock<PathTable> = LazyLock::new(|| PathTable::read(TABLE));

/// Returns the embedded table, which is read once.
pub fn find_paths() -> &'static PathTable {
    &PATHS
}

/// A path with which a principal can raise its own rights. It needs one permission of each list.
#[derive(Debug)]
pub struct EscalationPath {
    /// Whose vocabulary.
    pub dialect: Dialect,
    /// Its name.
    pub name: String,
    /// Permissions by their index; one of each list is enough.
    pub(super) needs: Vec<Vec<usize>>,
    /// What its holder can do.
    pub effect: String,
    /// Where it is documented.
    pub source: String,
}

/// All paths, and an index of the permissions that they need.
#[derive(Debug, Default)]
pub struct PathTable {
    paths: Vec<EscalationPath>,
    probes: Vec<Probe>,
    /// Permissions without a wildcard, by their text in lower case.
    exact: HashMap<Dialect, HashMap<String, Vec<usize>>>,
    /// Every permission of a dialect.
    all: HashMap<Dialect, Vec<usize>>,
    /// Permissions with a wildcard.
    wild: HashMap<Dialect, Vec<usize>>,
    /// Lines that could not be read.
    pub unread: Vec<UnreadPath>,
}

impl PathTable {
    fn read(table: &str) -> Self {
        let mut paths = Self::default();
        let mut known: HashMap<(Dialect, String), usize> = HashMap::new();
        for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Err(fault) = paths.read_line(line, &mut known) {
                paths.unread.push(UnreadPath { line: line.to_owned(), fault });
            }
        }
        paths
    }

    fn read_line(
        &mut self,
        line: &str,
        known: &mut HashMap<(Dialect, String), usize>,
    ) -> Result<(), PathFault> {
        let columns: Vec<&str> = line.split(" | ").map(str::trim).collect();
        let [dialect, name, needs, effect, source] = columns.as_slice() else {
            return Err(PathFault::WrongColumns);
        };
        let dialect = Dialect::from_word(dialect).ok_or(PathFault::UndefinedDialect)?;
        let mut lists = Vec::new();
        for need in needs.split(" + ") {
            let mut list = Vec::new();
            for permission in need.split(" or ") {
                let key = (dialect, permission.to_owned());
                let index = match known.get(&key) {
                    Some(index) => *index,
                    None => {
                        let index = self.add_probe(dialect, permission)?;
                        known.insert(key, index);
                        index
                    }
                };
                list.push(index);
            }
            lists.push(list);
        }
        self.paths.push(EscalationPath {
            dialect,
            name: (*name).to_owned(),
            needs: lists,
            effect: (*effect).to_owned(),
            source: (*source).to_owned(),
        });
        Ok(())
    }

    fn add_probe(&mut self, dialect: Dialect, permission: &str) -> Result<usize, ProbeFault> {
        let probe = Probe::read(dialect, permission)?;
        let index = self.probes.len();
        match probe.ends().as_literal() {
            Some(text) => {
                self.exact.entry(dialect).or_default().entry(text.to_owned()).or_default().push(index);
            }
            None => self.wild.entry(dialect).or_default().push(index),
        }
        self.all.entry(dialect).or_default().push(index);
        self.probes.push(probe);
        Ok(index)
    }

    /// All paths.
    pub fn all(&self) -> impl Iterator<Item = &EscalationPath> {
        self.paths.iter()
    }

    /// The paths of a dialect.
    pub(super) fn of(&self, dialect: Dialect) -> impl Iterator<Item = &EscalationPath> {
        self.paths.iter().filter(move |path| path.dialect == dialect)
    }

    pub(super) fn probe(&self, index: usize) -> Option<&Probe> {
        self.probes.get(index)
    }

    /// Returns the permissions that an Access may grant, judged by the spelling of its actions alone. Nearly every grant
    /// has none of them, so containment is asked about few.
    pub(super) fn find_candidates(&self, dialect: Dialect, access: &Access) -> Vec<usize> {
        let mut found = BTreeSet::new();
        let (exact, wild) = (self.exact.get(&dialect), self.wild.get(&dialect));
        let allowing = access.statements.iter().filter(|statement| statement.effect == Effect::Allow);
        for pattern in allowing.flat_map(|statement| &statement.actions.include) {
            let list = match as_lowercase(pattern) {
                Some(text) => {
                    found.extend(exact.and_then(|exact| exact.get(&*text)).into_iter().flatten());
                    wild
                }
                None => self.all.get(&dialect),
            };
            let Some(list) = list else { continue };
            let ends = Ends::of(pattern);
            let overlaps =
                |index: &&usize| self.probe(**index).is_some_and(|probe| probe.ends().may_overlap(&ends));
            found.extend(list.iter().filter(overlaps));
        }
        found.into_iter().collect()
    }
}

/// Returns the text of a pattern without wildcards, in lower case.
fn as_lowercase(pattern: &Pattern) -> Option<Cow<'_, str>> {
    match pattern.tokens() {
        [Token::Folded(text)] => Some(Cow::Borrowed(text)),
        [Token::Literal(text)] => Some(Cow::Owned(text.to_lowercase())),
        _ => None,
    }
}
