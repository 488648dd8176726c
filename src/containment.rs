//! Decides whether a planned access lies within approved ones, for `judge` and `compare` alike.
//!
//! Takes readings of what is planned and the parts of what is approved, all lowered, and returns a [`Decision`]. The steps
//! are [`ApprovedAccess::decide`] with roles by their names, [`ApprovedAccess::with_content`] for a second attempt with
//! what a catalogue says that they hold, and [`Excess::measure`] for the difference that people are shown.
//!
//! Which approvals are candidates, whether they are in force and what a finding says is not known here.

mod dimension;
mod excess;

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::catalog::{Catalog, Used};
use crate::lower::{Dialect, Lowered, Terms};
use crate::reason::Reason;
use access_algebra::{Access, Containment, Effect, Request, Witness, contains, evaluate};

pub use dimension::Dimension;
pub use excess::{Difference, Excess};

/// Whether one of the readings of a planned access lies within what is approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision<'r> {
    /// One of them is proved to.
    Contained,
    /// None does, and one of them allows a request that nothing approved allows.
    Exceeds {
        /// What that reading allows.
        planned: &'r Access,
        /// The request.
        witness: Box<Witness>,
    },
    /// Neither could be shown.
    Undecided(Reason),
}

/// One approval, or one approved document.
#[derive(Clone, Debug)]
pub struct ApprovedPart<'a> {
    /// What it certainly allows, roles by their names.
    pub access: Cow<'a, Access>,
    /// The terms of its grants whose roles a catalogue may know.
    pub role_terms: Vec<&'a Terms>,
    /// Why it may allow more than `access`; the first reason where there are several.
    pub narrowed_by: Option<&'a Reason>,
}

/// What is approved in one dialect: the union of its parts.
#[derive(Clone, Debug, Default)]
pub struct ApprovedAccess<'a> {
    parts: Vec<ApprovedPart<'a>>,
    /// The union of several parts, made when it is first needed: most grants lie within one part.
    union: OnceCell<Access>,
}

/// What is approved, with the content of its roles beside their names.
#[derive(Clone, Debug)]
pub struct ApprovedContent<'a> {
    /// The same parts, each with what its roles hold.
    pub approved: ApprovedAccess<'a>,
    /// The content that was read; empty where the catalogue knows none of the roles.
    pub used: Vec<Used>,
    /// Whether the catalogue knows all of them.
    pub is_complete: bool,
}

impl<'a> ApprovedAccess<'a> {
    /// Takes the parts in the order in which they were written.
    pub fn new(parts: Vec<ApprovedPart<'a>>) -> Self {
        Self { parts, union: OnceCell::new() }
    }

    /// Returns the parts in their order.
    pub fn parts(&self) -> &[ApprovedPart<'a>] {
        &self.parts
    }

    /// Returns what all parts allow together.
    pub fn union(&self) -> &Access {
        match self.parts.as_slice() {
            [only] => &only.access,
            parts => self.union.get_or_init(|| {
                let statements = parts.iter().flat_map(|part| &part.access.statements);
                Access { statements: statements.cloned().collect() }
            }),
        }
    }

    /// Adds the content of the roles that the catalogue knows to what each part allows.
    pub fn with_content(&self, dialect: Dialect, catalog: &Catalog) -> ApprovedContent<'a> {
        let mut parts = self.parts.clone();
        let (mut used, mut is_complete) = (Vec::new(), true);
        for part in &mut parts {
            for terms in &part.role_terms {
                let Some(content) = catalog.lower_approved(dialect, terms) else {
                    is_complete = false;
                    continue;
                };
                part.access.to_mut().statements.extend(content.lowered.access.statements);
                used.extend(content.used);
            }
        }
        ApprovedContent { approved: Self::new(parts), used, is_complete }
    }

    /// Whether a reading is proved to lie within the union.
    pub fn covers(&self, reading: &Lowered) -> bool {
        is_within(reading, self.union())
    }

    /// Decides whether one of the readings lies within the union. A reading that certainly exceeds it says more than one
    /// that could not be decided, and the last such reading is the one shown.
    pub fn decide<'r>(&self, readings: impl IntoIterator<Item = &'r Lowered>) -> Decision<'r> {
        let mut exceeds = None;
        let mut undecided = None;
        for reading in readings {
            if let Some(reason) = Reason::to_report(&reading.doubts) {
                undecided.get_or_insert_with(|| reason.clone());
                continue;
            }
            match contains(self.union(), &reading.access) {
                Containment::Contained => return Decision::Contained,
                Containment::Exceeds(witness) => exceeds = Some((&reading.access, witness)),
                Containment::Undecided(reason) => {
                    undecided.get_or_insert_with(|| reason.into());
                }
            }
        }
        // What is approved may be more than its Access says. Then an escape from the Access proves nothing.
        match (exceeds, self.parts.iter().find_map(|part| part.narrowed_by), undecided) {
            (Some((planned, witness)), None, _) => Decision::Exceeds { planned, witness },
            (Some(_), Some(reason), _) => Decision::Undecided(reason.clone()),
            (None, _, Some(reason)) => Decision::Undecided(reason),
            (None, _, None) => Decision::Undecided(Reason::AllowsNothing),
        }
    }

    /// Returns the same parts with other Accesses.
    pub fn map_accesses(&self, change: impl Fn(&Access) -> Access) -> Self {
        let mut parts = self.parts.clone();
        for part in &mut parts {
            part.access = Cow::Owned(change(&part.access));
        }
        Self::new(parts)
    }

    /// Returns the place of a part that allows a request although the union does not: a denial in another part takes it
    /// out.
    pub fn find_part_despite_denial(&self, request: &Request) -> Option<usize> {
        if self.parts.len() < 2 || !denies(self.union()) {
            return None;
        }
        self.parts.iter().position(|part| may_allow(&part.access, request))
    }
}

/// Whether a reading is proved to lie within an Access.
pub fn is_within(reading: &Lowered, approved: &Access) -> bool {
    reading.doubts.is_empty() && contains(approved, &reading.access) == Containment::Contained
}

fn denies(access: &Access) -> bool {
    access.statements.iter().any(|statement| statement.effect == Effect::Deny)
}

fn may_allow(access: &Access, request: &Request) -> bool {
    evaluate::judge(access, request) != evaluate::Truth::No
}

#[cfg(test)]
mod tests;
