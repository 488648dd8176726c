//! Providers and types of which the process owner says that they give no access.
//!
//! A [`ProviderDeclaration`] lets by what no rule pack reads, with a reason; [`Manifest::find_declared_provider`] and
//! [`Manifest::find_declared_type`] find the one that speaks of an object. A declaration of a provider that a pack of the program reads has no meaning:
//! [`Manifest::check_declarations`] finds it.

use std::collections::BTreeMap;

use rule_language::{Rules, is_provider};

use super::Manifest;
use crate::source::{Place, Problem};

/// A `provider` block.
#[derive(Clone, Debug)]
pub struct ProviderDeclaration {
    /// The source address, `NAMESPACE/NAME` or `HOST/NAMESPACE/NAME`.
    pub source: String,
    /// Set where no object of the provider gives access.
    pub whole: Option<Declaration>,
    /// Single types that give no access, by name.
    pub types: BTreeMap<String, Declaration>,
}

/// The process owner's word that something gives no access.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// Why; never blank.
    pub reason: String,
    /// The heading of its block.
    pub place: Place,
}

impl Manifest {
    /// Returns an error for each provider that is declared as a whole though a pack of the program reads it.
    pub fn check_declarations(&self, rules: &Rules) -> Vec<Problem> {
        let declared = self.providers.iter().filter_map(|one| Some((&one.source, one.whole.as_ref()?)));
        let is_read = |source: &str| {
            let packs = rules.packs().iter().filter(|pack| !pack.is_additional);
            packs.flat_map(|pack| &pack.sources).any(|read| read == source)
        };
        let read = declared.filter(|(source, _)| is_read(source));
        read.map(|(source, Declaration { place, .. })| {
            let message =
                format!("a rule pack reads `{source}`, so the provider cannot be declared as a whole");
            Problem::error(&place.source, place.span, message)
                .help("declare single types that no rule reads, each in a block `type \"NAME\"`")
        })
        .collect()
    }

    /// The declaration that no object of this provider gives access.
    pub fn find_declared_provider(&self, provider: &str) -> Option<(&ProviderDeclaration, &Declaration)> {
        let mut declared = self.providers.iter().filter(|declared| is_provider(&declared.source, provider));
        declared.find_map(|declared| Some((declared, declared.whole.as_ref()?)))
    }

    /// The declaration that no object of this type of the provider gives access.
    pub fn find_declared_type(
        &self,
        type_name: &str,
        provider: &str,
    ) -> Option<(&ProviderDeclaration, &Declaration)> {
        let mut declared = self.providers.iter().filter(|declared| is_provider(&declared.source, provider));
        declared.find_map(|declared| Some((declared, declared.types.get(type_name)?)))
    }
}
