//! What the packs of `--rules` say besides the program's own.
//!
//! Takes the loaded packs and returns an [`AdditionalPack`] for each pack of `--rules`, for reports: whoever chooses the
//! packs decides what is not judged, so a reader has to see them.

use rule_language::{RuleMatch, RulePack, Rules};

/// A pack of `--rules`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdditionalPack {
    /// Its name.
    pub name: String,
    /// The source addresses of the providers that it reads; empty where it reads every provider.
    pub providers: Vec<String>,
    /// The types that it says give no access, in order.
    pub ignores: Vec<String>,
    /// The types, or patterns of types, for which its rules stand in place of the program's own, in order.
    pub replaces: Vec<String>,
}

/// Returns the packs of `--rules`, in the order in which they are asked.
pub fn list_additional(rules: &Rules) -> Vec<AdditionalPack> {
    let additional = rules.packs().iter().filter(|pack| pack.is_additional);
    additional.map(|pack| describe_pack(rules, pack)).collect()
}

fn describe_pack(rules: &Rules, pack: &RulePack) -> AdditionalPack {
    let listed = pack.types.listings().filter(|(type_name, listing)| {
        listing.is_none() && pack.find_type(type_name).is_none_or(|(_, rule)| !rule.gives_or_limits())
    });
    let empty = pack
        .rules_by_type()
        .filter(|(type_name, rule)| !rule.gives_or_limits() && pack.types.find(type_name).is_none());
    let mut ignores: Vec<String> =
        listed.map(|(name, _)| name.to_owned()).chain(empty.map(|(name, _)| name.to_owned())).collect();
    ignores.sort();
    let is_read = |type_name: &str| {
        pack.sources.iter().any(|source| match rules.find_embedded(type_name, &in_registry(source)) {
            Some(RuleMatch::Rule(..)) => true,
            Some(RuleMatch::Listed(_, listing)) => !listing.is_none(),
            Some(RuleMatch::Foreign(_) | RuleMatch::Unknown(_) | RuleMatch::None) | None => false,
        })
    };
    let mut replaces: Vec<String> = pack
        .rules_by_type()
        .map(|(name, _)| name)
        .filter(|name| name.contains('*') || is_read(name))
        .map(str::to_owned)
        .collect();
    replaces.sort();
    AdditionalPack { name: pack.name.clone(), providers: pack.sources.clone(), ignores, replaces }
}

/// A source address as plans write it.
fn in_registry(source: &str) -> String {
    if source.matches('/').count() == 1 {
        format!("registry.terraform.io/{source}")
    } else {
        source.to_owned()
    }
}
