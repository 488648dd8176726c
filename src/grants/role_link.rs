//! How a grant is tied to the roles that its plan defines.
//!
//! Takes an object and one of its grants and returns a [`RoleLink`]: which kind of role the grant names or defines, and
//! what the configuration proves of that name. Whether a definition is the content of a role is decided in
//! [`super::join`], when all grants are there.

use std::collections::{BTreeMap, BTreeSet};

use rule_language::{DefinitionRule, GrantRule, ReadAttributes, Word};

use super::extract::{Extract, extract_grants};
use super::ruled_change::RuledChange;
use crate::lower::{Dialect, Text};
use crate::plan::{ObjectMode, Plan, Verb, address};
use crate::resolve::object::Object;
use crate::resolve::refers::ReferredObject;
use crate::rules::evaluate::evaluate;
use crate::rules::{GrantKind, RuleMatch, Rules};

/// What a grant has to do with roles that the plan defines.
#[derive(Clone, Debug, Default)]
pub(super) struct RoleLink {
    /// The role that it names.
    pub(super) named: Option<Box<NamedRole>>,
    /// The role that it defines, or a part of which it defines.
    pub(super) defined: Option<Box<DefinedRole>>,
}

/// A grant that names a role of a kind that the plan defines.
#[derive(Clone, Debug)]
pub(super) struct NamedRole {
    pub(super) role_kind: String,
    /// What the arguments that name it refer to.
    pub(super) referred: BTreeSet<ReferredObject>,
    /// The provider configuration of its object.
    pub(super) provider_key: String,
    /// Names of roles that the cloud itself defines.
    pub(super) built_in: Vec<String>,
}

/// A grant that defines a role.
#[derive(Clone, Debug)]
pub(super) struct DefinedRole {
    pub(super) rule: DefinitionRule,
    /// The address of its object, and of that object's block without keys.
    pub(super) address: String,
    pub(super) block: String,
    /// What the arguments that name the role refer to.
    pub(super) referred: BTreeSet<ReferredObject>,
    /// The provider configuration of its object.
    pub(super) provider_key: String,
    /// Where the object exists before the plan and stays: what it defined then, and under which names.
    pub(super) earlier: Option<EarlierRole>,
    /// Whether somebody may hold it whom the plan does not show, and how many hold it, where the object tells.
    pub(super) may_be_held: bool,
    pub(super) holders: Option<usize>,
}

/// What a definition was before the plan.
#[derive(Clone, Debug)]
pub(super) struct EarlierRole {
    /// The texts by which others meant it.
    pub(super) identifiers: Vec<Text>,
    pub(super) extracts: Vec<Extract>,
}

/// The kinds of roles that a plan defines, and the objects of which its definitions are parts.
#[derive(Debug, Default)]
pub(super) struct RoleKinds {
    kinds: BTreeSet<String>,
    /// The dialects of its definitions: what an attachment of another dialect names, none of them defines.
    dialects: BTreeSet<Dialect>,
    /// Types of objects that others define in part.
    whole_types: BTreeSet<String>,
    /// Blocks of such types, and whether the plan makes each of their instances.
    wholes: BTreeMap<String, bool>,
    /// Addresses of their instances.
    pub(super) instances: BTreeSet<String>,
}

impl RoleKinds {
    /// Finds them.
    pub(super) fn find(plan: &Plan<'_>, rules: &Rules) -> Self {
        let mut found = Self { dialects: find_dialects(plan, rules), ..Self::default() };
        let mut types = BTreeSet::new();
        let managed =
            || plan.changes.iter().filter(|change| change.mode == ObjectMode::Managed && !change.deposed);
        for change in managed() {
            if !types.insert((&*change.type_name, &*change.provider)) {
                continue;
            }
            let RuleMatch::Rule(_, rule) = rules.find(&change.type_name, &change.provider) else { continue };
            for defined in rule.grants.iter().filter_map(|grant| grant.defines.as_ref()) {
                found.kinds.insert(defined.role_kind.clone());
                found.whole_types.extend(defined.part_of.clone());
            }
        }
        for change in managed().filter(|change| found.whole_types.contains(&*change.type_name)) {
            let is_made = matches!(change.verb, Verb::Create | Verb::Replace);
            let block = found.wholes.entry(address::without_keys(&change.address)).or_insert(true);
            *block &= is_made;
            found.instances.insert(change.address.to_string());
        }
        found
    }

    /// Whether the plan may hold definitions of a dialect.
    pub(super) fn defines_in(&self, dialect: Dialect) -> bool {
        self.dialects.contains(&dialect)
    }

    /// Whether the plan makes every instance of a block.
    pub(super) fn makes(&self, block: &str) -> bool {
        self.wholes.get(block) == Some(&true)
    }

    /// The link of one grant of an object.
    pub(super) fn link(&self, ruled: RuledChange<'_>, object: &Object<'_>, extract: &Extract) -> RoleLink {
        let Some(rule) = object.rule.grants.get(extract.rule_at) else { return RoleLink::default() };
        let is_defined = |kind: &&String| self.kinds.contains(*kind);
        let named = rule.role_kind.as_ref().filter(is_defined).map(|role_kind| {
            Box::new(NamedRole {
                role_kind: role_kind.clone(),
                referred: list_referred(object, rule, Word::Roles),
                provider_key: provider_key(object),
                built_in: object.pack.built_in_roles.clone(),
            })
        });
        let defined =
            rule.defines.as_ref().map(|defines| Box::new(define(ruled, object, extract, rule, defines)));
        RoleLink { named, defined }
    }
}

/// The dialects in which objects of a plan may define something, whatever the plan does to them.
fn find_dialects(plan: &Plan<'_>, rules: &Rules) -> BTreeSet<Dialect> {
    let mut types = BTreeSet::new();
    let all = plan.changes.iter().chain(&plan.drift);
    let of_types =
        all.filter(|change| types.insert((&*change.type_name, &*change.provider))).filter_map(|change| {
            match rules.find(&change.type_name, &change.provider) {
                RuleMatch::Rule(_, rule) => Some(rule),
                RuleMatch::Listed(pack, _) | RuleMatch::Foreign(pack) | RuleMatch::Unknown(pack) => {
                    Some(&pack.listed)
                }
                RuleMatch::None => None,
            }
        });
    let of_uses = rules.packs().iter().flat_map(|pack| &pack.uses).map(|using| &using.rule);
    let grants = of_types.chain(of_uses).flat_map(|rule| &rule.grants);
    grants.filter(|grant| grant.kind == GrantKind::Definition).map(|grant| grant.dialect).collect()
}

/// What an object defines by one of its grants.
fn define(
    ruled: RuledChange<'_>,
    object: &Object<'_>,
    extract: &Extract,
    rule: &GrantRule,
    defines: &DefinitionRule,
) -> DefinedRole {
    let RuledChange { change, .. } = ruled;
    let before = change.before().ok().flatten();
    let before = before.as_ref().map(|values| ruled.make_object(object.world, values));
    let stays = matches!(change.verb, Verb::NoOp | Verb::Update | Verb::Exists);
    let names_part = defines.part_of.is_some();
    DefinedRole {
        rule: defines.clone(),
        address: object.address.to_owned(),
        block: address::without_keys(object.address),
        referred: if names_part { list_referred(object, rule, Word::Names) } else { BTreeSet::new() },
        provider_key: provider_key(object),
        earlier: before
            .as_ref()
            .filter(|_| stays)
            .map(|before| EarlierRole::find(defines, extract.rule_at, before)),
        may_be_held: match change.verb {
            Verb::Create | Verb::CreateForget => false,
            // What others mean by a name that is not the object's own alone, they mean of the next object, too.
            Verb::Replace => !defines.has_global_names,
            Verb::NoOp
            | Verb::Read
            | Verb::Update
            | Verb::Delete
            | Verb::Forget
            | Verb::Exists
            | Verb::Other => true,
        },
        holders: before.as_ref().and_then(|before| count_holders(defines, before)),
    }
}

impl EarlierRole {
    fn find(defines: &DefinitionRule, rule_at: usize, object: &Object<'_>) -> Self {
        let mut extracts = extract_grants(object).extracts;
        extracts.retain(|extract| extract.rule_at == rule_at);
        let identifiers = if defines.identifiers.is_empty() {
            extracts.iter().flat_map(|extract| extract.names.iter().cloned()).collect()
        } else {
            let texts = defines.identifiers.iter().map(|name| object.values.object.get(name));
            texts.filter_map(|value| value.as_str().map(Text::known)).collect()
        };
        Self { identifiers, extracts }
    }
}

fn provider_key(object: &Object<'_>) -> String {
    object.block.map(|block| block.provider_key.to_string()).unwrap_or_default()
}

fn list_referred(object: &Object<'_>, rule: &GrantRule, word: Word) -> BTreeSet<ReferredObject> {
    object.referred_objects(&ReadAttributes::of_word(rule, word))
}

fn count_holders(defines: &DefinitionRule, object: &Object<'_>) -> Option<usize> {
    let holders = evaluate(defines.holders.as_ref()?, object, None);
    holders.as_known()?.parse().ok()
}
