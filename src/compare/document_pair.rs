//! The terms of both sides, and their lowering.
//!
//! Takes documents and facts, and returns [`LoweredSides`]: with roles by their names, or with what a catalogue says that
//! they hold. An approved role counts by its name besides; a planned one by its name where that is approved.

use std::borrow::Cow;

use crate::catalog::{Catalog, Used};
use crate::containment::{ApprovedAccess, ApprovedContent, ApprovedPart};
use crate::lower::{Dialect, Lowered, Side, Terms, lower, with_facts};

use super::CompareInput;
use super::documents::{DocumentTerms, read_documents};
use super::reason::{CompareReason, DocumentName};
use super::sides::LoweredSides;

/// The terms of each document of each side, with what facts add to them.
#[derive(Debug)]
pub(super) struct DocumentPair {
    pub(super) dialect: Dialect,
    approved: Vec<DocumentTerms>,
    planned: Vec<DocumentTerms>,
}

/// Both sides with roles by their content.
pub(super) struct PairContent<'d> {
    pub(super) sides: LoweredSides<'d>,
    /// What was read; empty where the catalogue knows none of the roles, so that the sides are those by name.
    pub(super) used: Vec<Used>,
    /// Whether a catalogue could know a role that this one does not.
    pub(super) could_know_more: bool,
}

/// Each document lowered, with roles by their names.
#[derive(Debug)]
pub(super) struct LoweredPair {
    approved: Vec<Lowered>,
    planned: Vec<Lowered>,
}

impl DocumentPair {
    /// Reads the documents of both sides.
    pub(super) fn read(comparison: &CompareInput<'_>) -> Result<Self, CompareReason> {
        let dialect = comparison.dialect;
        let mut approved = Vec::new();
        for (at, document) in comparison.approved.iter().enumerate() {
            let is_only = comparison.approved.len() == 1;
            let name = if is_only { DocumentName::Approved } else { DocumentName::ApprovedAt(at + 1) };
            let read = read_documents(dialect, document);
            approved.extend(read.map_err(|cause| CompareReason::Refused { document: name, cause })?);
        }
        let mut planned = read_documents(dialect, comparison.planned)
            .map_err(|cause| CompareReason::Refused { document: DocumentName::Planned, cause })?;
        if planned.is_empty() {
            return Err(CompareReason::NothingPlanned);
        }
        for terms in approved.iter_mut().chain(&mut planned).flatten() {
            with_facts(dialect, terms, comparison.facts);
        }
        Ok(Self { dialect, approved, planned })
    }

    /// Lowers each document, with roles by their names.
    pub(super) fn lower(&self) -> LoweredPair {
        let lower_all = |side: Side, documents: &[DocumentTerms]| {
            let lower_one = |document: &DocumentTerms| {
                document.iter().map(|terms| lower(self.dialect, side, terms)).collect()
            };
            documents.iter().map(lower_one).collect()
        };
        LoweredPair {
            approved: lower_all(Side::Approved, &self.approved),
            planned: lower_all(Side::Planned, &self.planned),
        }
    }

    /// Returns both sides with roles by their names.
    pub(super) fn sides_by_name<'d>(&'d self, lowered: &'d LoweredPair) -> LoweredSides<'d> {
        let parts = self.approved.iter().zip(&lowered.approved).map(|(terms, lowered)| ApprovedPart {
            access: Cow::Borrowed(&lowered.access),
            role_terms: terms.iter().filter(|terms| !terms.roles.is_empty()).collect(),
            narrowed_by: lowered.doubts.iter().chain(&lowered.missing_facts).next(),
        });
        LoweredSides::new(ApprovedAccess::new(parts.collect()), Cow::Borrowed(&lowered.planned))
    }

    /// Reads the content of the roles that both sides name; `None` where neither names any. A planned role counts by its
    /// content where its name is not approved.
    pub(super) fn read_content<'d>(
        &'d self,
        by_name: &LoweredSides<'d>,
        catalog: &Catalog,
    ) -> Option<PairContent<'d>> {
        if self.approved.iter().chain(&self.planned).flatten().all(|terms| terms.roles.is_empty()) {
            return None;
        }
        let ApprovedContent { approved, mut used, mut is_complete } =
            by_name.approved.with_content(self.dialect, catalog);
        let mut lower_by_content = |terms: &Terms| {
            let by_name = lower(self.dialect, Side::Planned, terms);
            let Some(content) = catalog.lower_planned(self.dialect, terms) else {
                is_complete &= terms.roles.is_empty();
                return by_name;
            };
            if approved.covers(&by_name) {
                return by_name;
            }
            used.extend(content.used);
            content.lowered
        };
        let planned: Vec<Lowered> = self
            .planned
            .iter()
            .map(|document| document.iter().map(&mut lower_by_content).collect())
            .collect();
        used.sort();
        used.dedup();
        let could_know_more = !is_complete && matches!(self.dialect, Dialect::Google | Dialect::Azuread);
        Some(PairContent { sides: LoweredSides::new(approved, Cow::Owned(planned)), used, could_know_more })
    }
}
