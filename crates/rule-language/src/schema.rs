//! The attributes of every resource type of a provider, as its schema names them.
//!
//! A schema table has one line a type: its name, a space, its attributes in order of name. `name{…}` holds other
//! attributes, `name{*}` more than a table can say, and `name!` is one that only the provider sets. [`Attributes::parse`]
//! reads the part after the type, and its `Display` writes it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::sorted_lines::SortedLines;

/// Characters that the attributes within a block may take. Five types of all providers hold more (dashboards, firewall
/// rules whose statements hold statements); their names alone would be half of all tables.
const MAX_BLOCK: usize = 10_000;

/// The types of a provider with their attributes. Empty where a pack has no such table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct SchemaTable {
    lines: SortedLines,
    /// Which versions of which providers it is of, and where from.
    pub sources: Vec<String>,
}

impl SchemaTable {
    /// A table of lines that are in order and parse.
    pub(crate) fn new(lines: String, sources: Vec<String>) -> Self {
        Self { lines: SortedLines::new(lines), sources }
    }

    /// The attributes of a type.
    pub fn find(&self, type_name: &str) -> Option<Attributes<'_>> {
        Attributes::parse(self.lines.find(type_name)?).ok()
    }

    /// Every type, in order.
    pub fn types(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(|(type_name, _)| type_name)
    }
}

/// The attributes of a type, a block or an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes<'t> {
    members: BTreeMap<Cow<'t, str>, Attribute<'t>>,
    /// Whether there are more than the table says.
    is_open: bool,
}

/// An attribute or a block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribute<'t> {
    /// What it holds; empty where it holds nothing with a name, as a text or a map.
    pub nested: Attributes<'t>,
    /// Whether only the provider sets it.
    pub is_computed: bool,
}

/// What a schema says of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaAnswer {
    /// The configuration may set it.
    Settable,
    /// Only the provider sets it.
    Computed,
    /// The schema does not have it.
    Unknown,
}

/// A line that is not one of a schema table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("character {at} is not part of a list of attributes")]
pub struct SchemaSyntaxError {
    /// The place in the line, in bytes.
    pub at: usize,
}

impl<'t> Attributes<'t> {
    /// Whether an attribute has this name, at any depth.
    pub fn holds_name(&self, name: &str) -> bool {
        self.members.contains_key(name) || self.members.values().any(|member| member.nested.holds_name(name))
    }

    /// Reads the attributes of a line.
    ///
    /// # Errors
    ///
    /// Brackets that do not match, or a mark without a name.
    pub fn parse(text: &'t str) -> Result<Self, SchemaSyntaxError> {
        let mut open: Vec<(Cow<'t, str>, Self)> = Vec::new();
        let mut current = Self::default();
        let mut last: Option<Cow<'t, str>> = None;
        let mut rest = text;
        while let Some(char) = rest.chars().next() {
            let error = SchemaSyntaxError { at: text.len() - rest.len() };
            let length = match char {
                '{' => {
                    open.push((last.take().ok_or(error)?, std::mem::take(&mut current)));
                    1
                }
                '}' => {
                    let (name, mut outer) = open.pop().ok_or(error)?;
                    outer.members.entry(name.clone()).or_default().nested = std::mem::take(&mut current);
                    (current, last) = (outer, Some(name));
                    1
                }
                '!' => {
                    let name = last.take().ok_or(error)?;
                    current.members.entry(name).or_default().is_computed = true;
                    1
                }
                '*' if !open.is_empty() => {
                    current.is_open = true;
                    1
                }
                ' ' => {
                    last = None;
                    1
                }
                _ if last.is_some() => return Err(error),
                _ => {
                    let name = rest.split([' ', '{', '}', '!', '*']).next().unwrap_or(rest);
                    current.members.insert(name.into(), Attribute::default());
                    last = Some(name.into());
                    name.len()
                }
            };
            rest = rest.get(length..).unwrap_or_default();
        }
        if open.is_empty() { Ok(current) } else { Err(SchemaSyntaxError { at: text.len() }) }
    }

    /// What the schema says of the attribute at a path. What stands below an attribute without names, as the keys of a
    /// map, is like the attribute.
    pub fn find<S: AsRef<str>>(&self, path: &[S]) -> SchemaAnswer {
        let mut within = self;
        let mut answer = SchemaAnswer::Settable;
        for name in path {
            let Some(attribute) = within.members.get(name.as_ref()) else {
                return if within.is_open { answer } else { SchemaAnswer::Unknown };
            };
            if attribute.is_computed {
                answer = SchemaAnswer::Computed;
            }
            if attribute.nested.is_empty() {
                return answer;
            }
            within = &attribute.nested;
        }
        answer
    }

    /// The same, without borrowing the text.
    pub fn into_owned(self) -> Attributes<'static> {
        let members = self.members.into_iter().map(|(name, Attribute { nested, is_computed })| {
            let attribute = Attribute { nested: nested.into_owned(), is_computed };
            (Cow::Owned(name.into_owned()), attribute)
        });
        Attributes { members: members.collect(), is_open: self.is_open }
    }

    /// The attribute of that name.
    pub fn get(&self, name: &str) -> Option<&Attribute<'t>> {
        self.members.get(name)
    }

    /// Whether there are more than the table says.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Whether nothing has a name here.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty() && !self.is_open
    }

    /// The attributes with their names, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Attribute<'t>)> {
        self.members.iter().map(|(name, attribute)| (name.as_ref(), attribute))
    }

    /// Adds an attribute, or what it holds to one of that name. What either may set is not computed.
    pub fn insert(&mut self, name: Cow<'t, str>, attribute: Attribute<'t>) {
        let Some(known) = self.members.get_mut(&name) else {
            self.members.insert(name, attribute);
            return;
        };
        known.is_computed &= attribute.is_computed;
        known.nested.merge(attribute.nested);
    }

    /// Adds the attributes of another version of the same type.
    pub fn merge(&mut self, other: Self) {
        self.is_open |= other.is_open;
        for (name, attribute) in other.members {
            self.insert(name, attribute);
        }
    }
}

impl fmt::Display for Attributes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (name, Attribute { nested, is_computed })) in self.members.iter().enumerate() {
            let space = if at == 0 { "" } else { " " };
            write!(f, "{space}{name}")?;
            if !nested.is_empty() {
                let held = nested.to_string();
                let held = if nested.is_open || held.len() > MAX_BLOCK { "*" } else { &held };
                write!(f, "{{{held}}}")?;
            }
            if *is_computed {
                f.write_str("!")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Attribute, Attributes, SchemaAnswer};

    #[test]
    fn what_is_written_is_read() {
        for text in ["", "a", "a b! c", "a{b{c! d} e}! f", "a{*} b"] {
            let attributes = Attributes::parse(text).unwrap();
            assert_eq!(attributes.to_string(), text);
        }
        for wrong in ["{", "a}", "a{b", "!", "a!!", "a{b}c", "*"] {
            assert!(Attributes::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn paths_are_found() {
        let attributes = Attributes::parse("a{b{c! d}} e f{*} arn!").unwrap();
        let find = |path: &str| attributes.find(&path.split('.').collect::<Vec<_>>());
        for (path, answer) in [
            ("a", SchemaAnswer::Settable),
            ("a.b.d", SchemaAnswer::Settable),
            ("a.b.c", SchemaAnswer::Computed),
            ("a.b.x", SchemaAnswer::Unknown),
            ("x", SchemaAnswer::Unknown),
            ("e.any.key", SchemaAnswer::Settable),
            ("f.any.thing", SchemaAnswer::Settable),
            ("arn", SchemaAnswer::Computed),
        ] {
            assert_eq!(find(path), answer, "{path}");
        }
    }

    #[test]
    fn versions_are_united() {
        let mut one = Attributes::parse("a! b{c}").unwrap();
        one.merge(Attributes::parse("a b{d} e!").unwrap());
        assert_eq!(one.to_string(), "a b{c d} e!");
        let mut many = Attributes::default();
        for number in 0..3_000 {
            many.insert(format!("n{number:04}").into(), Attribute::default());
        }
        let mut outer = Attributes::default();
        outer.insert("large".into(), Attribute { nested: many, is_computed: false });
        assert_eq!(outer.to_string(), "large{*}");
    }
}
