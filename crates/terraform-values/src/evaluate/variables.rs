//! Names that an expression itself introduces: those of `for`, and those that a template is given.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::value::Value;

/// The innermost names, and those around them.
#[derive(Clone, Copy)]
pub(super) enum Variables<'v> {
    /// None: a name is the scope's.
    None,
    /// One name more.
    Named {
        /// The name.
        name: &'v str,
        /// What it means.
        value: &'v Value,
        /// The names around it.
        outer: &'v Variables<'v>,
    },
    /// Those that a template file is given, and no others.
    Template(&'v BTreeMap<Arc<str>, Value>),
}

/// What a name means.
pub(super) enum Meaning<'v> {
    /// This.
    Value(&'v Value),
    /// What the scope says.
    OfScope,
    /// Nothing: Terraform refuses.
    Nothing,
}

impl<'v> Variables<'v> {
    /// What a name means.
    pub(super) fn find(&self, wanted: &str) -> Meaning<'v> {
        let mut at = *self;
        loop {
            match at {
                Self::None => return Meaning::OfScope,
                Self::Named { name, value, .. } if name == wanted => return Meaning::Value(value),
                Self::Named { outer, .. } => at = *outer,
                Self::Template(members) => {
                    return members.get(wanted).map_or(Meaning::Nothing, Meaning::Value);
                }
            }
        }
    }
}
