//! What is known of each resource type of a plan, found once: a plan has ten thousand objects and fifty types.
//!
//! Takes a plan and the rules and returns, for each type of each provider, its attributes, the `uses` blocks that name
//! it, and what of it is read.

use std::collections::{BTreeSet, HashMap};

use rule_language::reads::ReadAttributes;
use rule_language::schema::Attributes;

use crate::plan::{Plan, ResourceChange};
use crate::rules::{GrantKind, Rule, RuleMatch, RulePack, Rules, UseRule};

/// The types of a plan, by provider and name.
#[derive(Debug, Default)]
pub(super) struct PlanTypes<'w> {
    by_name: HashMap<(&'w str, &'w str), PlanType<'w>>,
}

/// One type.
#[derive(Debug)]
pub(super) struct PlanType<'w> {
    /// Its attributes; `None` where no table has them.
    pub(super) attributes: Option<Attributes<'w>>,
    /// What hands identities to its objects.
    pub(super) uses: Vec<(&'w RulePack, &'w UseRule)>,
    /// The attributes that do so, each without the blocks that it stands in.
    pub(super) use_names: BTreeSet<&'w str>,
    /// What rules read of it, and what hands over nothing; `None` where its objects are judged as a whole, whatever they
    /// hold.
    pub(super) read: Option<ReadAttributes>,
}

impl<'w> PlanTypes<'w> {
    /// Finds what is known of the types that a plan has.
    pub(super) fn find(plan: &'w Plan<'w>, rules: &'w Rules) -> Self {
        let mut by_name = HashMap::new();
        for change in plan.changes.iter().chain(&plan.drift) {
            let (provider, name) = (&*change.provider, &*change.type_name);
            by_name.entry((provider, name)).or_insert_with(|| PlanType::find(name, provider, rules));
        }
        Self { by_name }
    }

    /// The type of an object.
    pub(super) fn of(&self, change: &'w ResourceChange<'_>) -> Option<&PlanType<'w>> {
        self.by_name.get(&(&*change.provider, &*change.type_name))
    }

    /// The attributes of the type of an object, where a table has them.
    pub(super) fn schema_of(&self, change: &'w ResourceChange<'_>) -> Option<&Attributes<'w>> {
        self.of(change)?.attributes.as_ref()
    }
}

impl<'w> PlanType<'w> {
    fn find(name: &str, provider: &str, rules: &'w Rules) -> Self {
        let (pack, rule, is_known) = match rules.find(name, provider) {
            RuleMatch::Rule(pack, rule) => (Some(pack), Some(rule), true),
            RuleMatch::Listed(pack, listing) => {
                (Some(pack), listing.is_opaque().then_some(&pack.listed), true)
            }
            RuleMatch::Unknown(pack) => (Some(pack), None, false),
            RuleMatch::Foreign(_) | RuleMatch::None => (None, None, false),
        };
        let uses = rules.find_uses(name, provider);
        let read = (!rule.is_some_and(is_judged_whole)).then(|| {
            let mut read = rule.map(ReadAttributes::of_rule).unwrap_or_default();
            uses.iter().for_each(|(_, using)| read.add_uses(using));
            // Tags and descriptions hand over nothing. What only a rule calls harmless may still name who runs something.
            pack.iter().flat_map(|pack| &pack.harmless).for_each(|path| read.add_path(path));
            read
        });
        let attributes = pack.filter(|_| is_known).and_then(|pack| pack.schema.find(name));
        let names = uses.iter().flat_map(|(_, using)| &using.attributes);
        let use_names = names.map(|name| name.rsplit('.').next().unwrap_or(name)).collect();
        Self { attributes, uses, use_names, read }
    }
}

/// Whether a rule judges an object as a whole: whatever it holds, it is approved or not by its name.
pub(super) fn is_judged_whole(rule: &Rule) -> bool {
    rule.grants
        .iter()
        .any(|grant| grant.kind == GrantKind::Opaque && grant.when.is_none() && grant.for_each.is_none())
}
