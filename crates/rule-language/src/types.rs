//! What each type of a provider is: the closed world of a pack.
//!
//! A [`TypeTable`] lists every resource type that a provider has, with its [`TypeClass`]es, and [`TypeTable::find`]
//! returns the [`TypeListing`] of one. A type that neither a rule nor the table knows is not read by anybody, and the
//! caller has to refuse it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::sorted_lines::SortedLines;

/// What a type does to access. A type may do several of these things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TypeClass {
    /// Gives access.
    Grant,
    /// Says who may become a principal.
    Trust,
    /// Makes or sets something with which one acts as a principal.
    Credential,
    /// Runs or applies something that a plan does not show.
    Executor,
    /// Hands an existing identity to something that runs.
    Identity,
    /// Restricts others: losing or loosening it widens.
    Limit,
    /// A limit that always exists, which a create overwrites.
    Setting,
}

impl TypeClass {
    /// Every class with its word in a table.
    pub const ALL: [(&'static str, Self); 7] = [
        ("grant", Self::Grant),
        ("trust", Self::Trust),
        ("credential", Self::Credential),
        ("executor", Self::Executor),
        ("identity", Self::Identity),
        ("limit", Self::Limit),
        ("setting", Self::Setting),
    ];

    /// The word for a type without any class.
    pub const NONE: &'static str = "none";

    /// The class of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == word).map(|(_, class)| *class)
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, class)| *class == self).map_or(Self::NONE, |(word, _)| word)
    }

    /// Whether making an object of this class gives access.
    pub fn gives_access(self) -> bool {
        match self {
            Self::Grant | Self::Trust | Self::Credential | Self::Executor | Self::Identity => true,
            Self::Limit | Self::Setting => false,
        }
    }
}

/// What a table says of one type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeListing<'t> {
    /// What it does; empty where it does nothing to access.
    pub classes: Vec<TypeClass>,
    /// What it does, in words that follow the type's name; may be empty where a rule says it or where it does nothing.
    pub reason: &'t str,
    /// Whether a `uses` block reads the identity that objects of the type hand over.
    pub is_handover_read: bool,
    /// The line of the table, from one.
    pub line: usize,
}

/// Stands in a line of a compiled table where a `uses` block reads what objects of the type hand over.
pub(crate) const HANDED_OVER_READ: &str = "read";

impl TypeListing<'_> {
    /// Whether the type does nothing to access.
    pub fn is_none(&self) -> bool {
        self.classes.is_empty()
    }

    /// Whether making an object of the type gives access.
    pub fn gives_access(&self) -> bool {
        self.classes.iter().any(|class| class.gives_access())
    }

    /// Whether an object of the type, which has no rule, is a grant whose content nobody reads.
    pub fn is_opaque(&self) -> bool {
        self.gives_access() && !(self.only_hands_over() && self.is_handover_read)
    }

    /// Whether all the access that the type gives is an identity that it hands over.
    pub fn only_hands_over(&self) -> bool {
        let mut giving = self.classes.iter().filter(|class| class.gives_access());
        giving.all(|class| *class == TypeClass::Identity)
    }

    /// Whether the type has this class.
    pub fn has(&self, class: TypeClass) -> bool {
        self.classes.contains(&class)
    }
}

/// The types of a provider.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeTable {
    /// A line a type, in order of the types, with a tab between: type, line of the table, classes, whether a `uses` block
    /// reads what it hands over, reason.
    lines: SortedLines,
    /// The file; empty where the pack has no table.
    #[serde(borrow)]
    pub file: Cow<'static, str>,
}

impl TypeTable {
    /// A table of lines that are in order of their types.
    pub(crate) fn new(file: &str, lines: String) -> Self {
        Self { lines: SortedLines::new(lines), file: file.to_owned().into() }
    }

    /// What the table says of a type.
    pub fn find(&self, type_name: &str) -> Option<TypeListing<'_>> {
        read_listing(self.lines.find(type_name)?)
    }

    /// Every type with what the table says of it, in order.
    pub fn listings(&self) -> impl Iterator<Item = (&str, TypeListing<'_>)> {
        self.lines.iter().filter_map(|(name, rest)| Some((name, read_listing(rest)?)))
    }
}

/// Reads the part of a line after the type.
fn read_listing(rest: &str) -> Option<TypeListing<'_>> {
    let mut parts = rest.splitn(4, '\t');
    let line = parts.next()?.parse().ok()?;
    let classes = parts.next()?.split(',').filter_map(TypeClass::from_word).collect();
    let is_handover_read = parts.next()? == HANDED_OVER_READ;
    Some(TypeListing { classes, reason: parts.next()?, is_handover_read, line })
}

#[cfg(test)]
mod tests {
    use super::{TypeClass, TypeTable};

    #[test]
    fn every_type_of_a_table_is_found_and_no_other() {
        let names: Vec<String> = (0..300).map(|number| format!("x_{:03}é", number * 2)).collect();
        for count in [0, 1, 2, 3, 7, 300] {
            let lines: String = names
                .iter()
                .take(count)
                .map(|name| format!("{name}\t7\texecutor,limit\t\truns …\n"))
                .collect();
            let table = TypeTable::new("t", lines);
            for (at, name) in names.iter().enumerate() {
                let found = table.find(name);
                assert_eq!(found.is_some(), at < count, "{name} of {count}");
                if let Some(found) = found {
                    assert_eq!(found.classes, [TypeClass::Executor, TypeClass::Limit]);
                    assert_eq!((found.line, found.reason), (7, "runs …"));
                }
                for other in [&name[..3], &format!("{name}_"), "", "z", "x_001é"] {
                    assert!(table.find(other).is_none(), "{other}");
                }
            }
            assert_eq!(table.listings().count(), count);
        }
    }
}
