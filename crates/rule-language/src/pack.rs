//! Compiled packs, and which rule reads a resource type.
//!
//! [`Rules::find`] takes a resource type and the provider of an object and returns the rule that reads it, if any. An
//! exact type goes before a pattern, a longer pattern before a shorter one, and a pack that names its providers before
//! one that reads all.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::data_sources::DataSourceTable;
use crate::deferred::Deferred;
use crate::glob::matches_glob;
use crate::rule::{ActRule, DocumentRule, FactRule, IdentityPattern, Rule, Suspect, UseRule};
use crate::schema::{SchemaAnswer, SchemaTable};
use crate::types::{TypeClass, TypeListing, TypeTable};
use crate::words::{Dialect, GrantKind};

/// All packs, in the order in which they are asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Rules {
    pub(crate) packs: Vec<RulePack>,
}

/// The rules of one provider.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct RulePack {
    /// The folder's name.
    pub name: String,
    /// Provider sources that it reads, `namespace/name`; none means every provider.
    pub sources: Vec<String>,
    /// What its resource types begin with.
    pub prefix: String,
    /// Whose vocabulary its grants use.
    pub dialect: Dialect,
    /// The identity by which policies of other objects name an object, such as `arn`.
    pub known_by: Option<String>,
    /// Nested blocks that a plan lists in the order of the sources. Any other kind of block may be a set, whose order
    /// is the provider's.
    pub ordered_blocks: Vec<String>,
    /// Names of roles that the cloud itself defines, as patterns with `*`: no object of a plan defines them.
    pub built_in_roles: Vec<String>,
    /// Attributes of any type that say nothing of access.
    pub harmless: Vec<String>,
    /// Every rule, in the order of the files.
    pub(crate) rules: Vec<Deferred<Rule>>,
    /// Places in `rules` by exact type.
    pub(crate) exact: BTreeMap<String, usize>,
    /// Patterns with their places in `rules`, the longest first.
    pub(crate) patterns: Vec<(String, usize)>,
    /// Whether the pack came with `--rules` and not with the program.
    #[serde(skip)]
    pub is_additional: bool,
    /// What every type of the provider is.
    pub types: TypeTable,
    /// The attributes of every type of the provider.
    pub schema: SchemaTable,
    /// Every data source of the provider.
    pub data_sources: DataSourceTable,
    /// The rule of types that only the table lists.
    pub listed: Rule,
    /// Facts of the place that a provider configuration reaches.
    pub facts: Vec<FactRule>,
    /// Data sources that compute policy documents.
    pub documents: Vec<DocumentRule>,
    /// Data sources that do something.
    pub acts: Vec<ActRule>,
    /// Ephemeral resource types, with what opening one does.
    pub opens: Vec<ActRule>,
    /// Attributes of any type that hand an existing identity to something that runs.
    pub uses: Vec<UseRule>,
    /// How identities are spelled that objects of any provider may hold.
    pub identity_patterns: Vec<IdentityPattern>,
    /// Which names of attributes speak of access.
    pub suspects: Vec<Suspect>,
}

/// What reads a resource type.
#[derive(Debug)]
pub enum RuleMatch<'r> {
    /// A rule of this pack.
    Rule(&'r RulePack, &'r Rule),
    /// No rule, but this pack's table lists the type.
    Listed(&'r RulePack, TypeListing<'r>),
    /// A pack reads the type, but not from this provider.
    Foreign(&'r RulePack),
    /// This pack reads the provider, and knows no such type.
    Unknown(&'r RulePack),
    /// No pack reads the provider.
    None,
}

/// What is known of a data source.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DataSourceMatch<'r> {
    /// It does something when it is read.
    Acts(&'r ActRule),
    /// A table lists it, and it does nothing.
    Listed,
    /// A pack reads the provider, and its table does not list it.
    Unlisted,
    /// No pack reads the provider.
    None,
}

impl Rules {
    /// What reads this type of this provider.
    pub fn find(&self, type_name: &str, provider: &str) -> RuleMatch<'_> {
        let mut foreign = None;
        let mut general = None;
        for pack in self.packs.iter().filter(|pack| type_name.starts_with(&pack.prefix)) {
            let Some(found) = pack.find_reading(type_name) else { continue };
            if pack.sources.is_empty() {
                general.get_or_insert(found);
            } else if pack.reads(provider) {
                return found;
            } else if !matches!(&found, RuleMatch::Listed(_, listing) if listing.is_none()) {
                foreign.get_or_insert(RuleMatch::Foreign(pack));
            }
        }
        let unknown = || {
            let mut packs = self.packs.iter().filter(|pack| pack.reads(provider));
            packs.next_back().map(RuleMatch::Unknown)
        };
        foreign.or(general).or_else(unknown).unwrap_or(RuleMatch::None)
    }

    /// Whether some pack reads this provider.
    pub fn reads_provider(&self, provider: &str) -> bool {
        self.packs.iter().any(|pack| pack.reads(provider))
    }

    /// What the program's own packs say of a type of this provider; nothing where none of them reads the provider.
    pub fn find_embedded(&self, type_name: &str, provider: &str) -> Option<RuleMatch<'_>> {
        let own = |pack: &&RulePack| !pack.is_additional && pack.reads(provider);
        let mut own = self.packs.iter().filter(own).peekable();
        let first = *own.peek()?;
        Some(own.find_map(|pack| pack.find_reading(type_name)).unwrap_or(RuleMatch::Unknown(first)))
    }

    /// Whether an object of this type holds a secret with which one acts as somebody.
    pub fn makes_credentials(&self, type_name: &str) -> bool {
        self.packs.iter().filter(|pack| type_name.starts_with(&pack.prefix)).any(|pack| {
            let is_listed = |listing: TypeListing<'_>| listing.has(TypeClass::Credential);
            let makes = |rule: &Rule| rule.grants.iter().any(|grant| grant.kind == GrantKind::Credential);
            pack.types.find(type_name).is_some_and(is_listed)
                || pack.find_type(type_name).is_some_and(|(_, rule)| makes(rule))
        })
    }

    /// What hands identities to objects of this type.
    pub fn find_uses<'r>(&'r self, type_name: &str, provider: &str) -> Vec<(&'r RulePack, &'r UseRule)> {
        let packs =
            self.packs.iter().filter(|pack| type_name.starts_with(&pack.prefix) && pack.reads(provider));
        packs
            .flat_map(|pack| pack.uses.iter().map(move |rule| (pack, rule)))
            .filter(|(_, rule)| matches_glob(&rule.types, type_name))
            .collect()
    }

    /// All packs, in the order in which they are asked.
    pub fn packs(&self) -> &[RulePack] {
        &self.packs
    }

    /// How a data source says the policy document that it computes, and the pack that tells it.
    pub fn find_document(&self, type_name: &str, provider: &str) -> Option<(&RulePack, &DocumentRule)> {
        self.packs.iter().filter(|pack| pack.reads(provider)).find_map(|pack| {
            let rule = pack.documents.iter().find(|rule| rule.type_name == type_name)?;
            Some((pack, rule))
        })
    }

    /// What opening an ephemeral resource of this type does, where a pack says it.
    pub fn find_opened(&self, type_name: &str) -> Option<&ActRule> {
        self.packs.iter().flat_map(|pack| &pack.opens).find(|rule| matches_glob(&rule.type_name, type_name))
    }

    /// What is known of a data source. Where its provider is not known, its name says which packs are asked.
    pub fn find_data_source(&self, type_name: &str, provider: Option<&str>) -> DataSourceMatch<'_> {
        let mut acts = self.packs.iter().flat_map(|pack| &pack.acts);
        if let Some(rule) = acts.find(|rule| matches_glob(&rule.type_name, type_name)) {
            return DataSourceMatch::Acts(rule);
        }
        let reads = |pack: &&RulePack| match provider {
            Some(provider) => pack.reads(provider),
            None => !pack.sources.is_empty() && type_name.starts_with(&pack.prefix),
        };
        let mut packs = self.packs.iter().filter(reads).peekable();
        if packs.peek().is_none() {
            DataSourceMatch::None
        } else if packs.any(|pack| pack.data_sources.lists(type_name)) {
            DataSourceMatch::Listed
        } else {
            DataSourceMatch::Unlisted
        }
    }
}

impl Rules {
    /// These packs after additional ones, which are asked first.
    #[must_use]
    pub fn after(self, mut first: Self) -> Self {
        first.packs.iter_mut().for_each(|pack| pack.is_additional = true);
        first.packs.extend(self.packs);
        first
    }
}

impl RulePack {
    /// What the pack says of a type: a rule that reads it goes before its line in the table.
    fn find_reading(&self, type_name: &str) -> Option<RuleMatch<'_>> {
        let listed = || self.types.find(type_name).map(|listing| RuleMatch::Listed(self, listing));
        self.find_type(type_name).map(|(_, rule)| RuleMatch::Rule(self, rule)).or_else(listed)
    }

    /// Whether a rule says what the type does, or a `uses` block that names it.
    pub fn reads_type(&self, type_name: &str) -> bool {
        self.find_type(type_name).is_some_and(|(_, rule)| rule.gives_or_limits())
            || self.uses.iter().any(|using| using.types == type_name)
    }

    /// Whether a `uses` block reads an identity that objects of the type hand over.
    pub(crate) fn reads_handed_over(&self, type_name: &str) -> bool {
        self.uses.iter().any(|using| using.types == type_name)
            || self.find_handed_over(type_name).next().is_some()
    }

    /// The attributes of `uses` blocks that objects of the type have: a name wherever in the schema it stands, or a path.
    pub fn find_handed_over(&self, type_name: &str) -> impl Iterator<Item = &str> {
        let schema = self.schema.find(type_name);
        let uses = self.uses.iter().filter(move |using| matches_glob(&using.types, type_name));
        uses.flat_map(|using| &using.attributes).map(String::as_str).filter(move |attribute| {
            schema.as_ref().is_some_and(|schema| match attribute.contains('.') {
                true => {
                    let path: Vec<&str> = attribute.split('.').collect();
                    schema.find(&path) != SchemaAnswer::Unknown
                }
                false => schema.holds_name(attribute),
            })
        })
    }

    /// The rule that reads a type, and the type or pattern by which it does.
    pub fn find_type(&self, type_name: &str) -> Option<(&str, &Rule)> {
        let by_pattern = || self.patterns.iter().find(|(pattern, _)| matches_glob(pattern, type_name));
        let exact = self.exact.get_key_value(type_name);
        let (found, at) = exact.or_else(|| by_pattern().map(|(pattern, at)| (pattern, at)))?;
        Some((found, self.rules.get(*at)?.get()))
    }

    /// Every rule with each of its types: exact types in their order, then patterns, the longest first.
    pub fn rules_by_type(&self) -> impl Iterator<Item = (&str, &Rule)> {
        let exact = self.exact.iter().map(|(name, at)| (name.as_str(), *at));
        let patterns = self.patterns.iter().map(|(name, at)| (name.as_str(), *at));
        exact.chain(patterns).filter_map(|(name, at)| Some((name, self.rules.get(at)?.get())))
    }

    /// Whether a provider's source address is one that this pack reads. Another host or namespace with the same type
    /// names is somebody else's provider.
    pub fn reads(&self, provider: &str) -> bool {
        self.sources.iter().any(|source| is_provider(source, provider))
    }
}

/// Whether the provider that a plan names is the one of this source address, `NAMESPACE/NAME` in a public registry or
/// `HOST/NAMESPACE/NAME`. Terraform 0.12 wrote the bare name.
pub fn is_provider(source: &str, provider: &str) -> bool {
    let (namespace, name) = source.split_once('/').unwrap_or(("", source));
    match provider.split('/').collect::<Vec<_>>().as_slice() {
        [bare] => *bare == name,
        ["registry.terraform.io" | "registry.opentofu.org", its, bare] => {
            *bare == name && (*its == namespace || *its == "-")
        }
        _ => provider == source,
    }
}
