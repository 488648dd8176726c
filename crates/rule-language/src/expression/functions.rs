//! The functions of the language, with their names and how many arguments they take.

use serde::{Deserialize, Serialize};

/// The functions of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is described in rules/README.md under its own name")]
pub enum Function {
    Coalesce,
    KnownOr,
    Generated,
    Concat,
    Lower,
    StartsWith,
    EndsWith,
    Contains,
    TrimPrefix,
    TrimSuffix,
    Split,
    Replace,
    Last,
    Values,
    Keys,
    Pairs,
    ResourceName,
    Json,
    Seconds,
    SecondsUntil,
    Except,
}

/// A function as an author calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FunctionEntry {
    /// Its name.
    pub name: &'static str,
    /// What is called.
    pub function: Function,
    /// Least number of arguments.
    pub least: usize,
    /// Greatest number of arguments.
    pub most: usize,
}

impl FunctionEntry {
    const fn new(name: &'static str, function: Function, least: usize, most: usize) -> Self {
        Self { name, function, least, most }
    }
}

/// The functions of rule packs. 16 and 64 arguments are more than any pack passes; a bound keeps a call readable.
pub const FUNCTIONS: [FunctionEntry; 21] = [
    FunctionEntry::new("coalesce", Function::Coalesce, 1, 16),
    FunctionEntry::new("known_or", Function::KnownOr, 2, 2),
    FunctionEntry::new("generated", Function::Generated, 1, 3),
    FunctionEntry::new("concat", Function::Concat, 1, 16),
    FunctionEntry::new("lower", Function::Lower, 1, 1),
    FunctionEntry::new("startswith", Function::StartsWith, 2, 2),
    FunctionEntry::new("endswith", Function::EndsWith, 2, 2),
    FunctionEntry::new("contains", Function::Contains, 2, 2),
    FunctionEntry::new("trimprefix", Function::TrimPrefix, 2, 2),
    FunctionEntry::new("trimsuffix", Function::TrimSuffix, 2, 2),
    FunctionEntry::new("split", Function::Split, 2, 2),
    FunctionEntry::new("replace", Function::Replace, 3, 3),
    FunctionEntry::new("last", Function::Last, 1, 1),
    FunctionEntry::new("values", Function::Values, 1, 1),
    FunctionEntry::new("keys", Function::Keys, 1, 1),
    FunctionEntry::new("pairs", Function::Pairs, 1, 1),
    FunctionEntry::new("resource_name", Function::ResourceName, 2, 16),
    FunctionEntry::new("json", Function::Json, 1, 1),
    FunctionEntry::new("seconds", Function::Seconds, 1, 1),
    FunctionEntry::new("seconds_until", Function::SecondsUntil, 1, 1),
    FunctionEntry::new("except", Function::Except, 0, 64),
];
