//! The tables of types hold the world closed: every type of a schema has a line, and a line says what the rule says.

use std::collections::BTreeSet;

use countersign::rules::{self, GrantKind, Rule, RulePack, TypeClass, TypeListing};

/// Types of which no pack lists the whole provider, because they are of several.
const SHARED_PACK: &str = "common";

#[test]
fn every_type_of_a_schema_has_a_line() {
    let rules = rules::load(Vec::new()).unwrap();
    let mut without = Vec::new();
    for pack in rules.packs().iter().filter(|pack| pack.types.is_complete) {
        let types = pack.schema.types().filter(|type_name| pack.types.find(type_name).is_none());
        without.extend(types);
        let ruled = pack.rules_by_type().map(|(type_name, _)| type_name);
        let ruled = ruled.filter(|name| !name.contains('*') && pack.types.find(name).is_none());
        without.extend(ruled.filter(|_| pack.name != SHARED_PACK));
    }
    assert!(without.is_empty(), "{} types have no line in types.table: {without:#?}", without.len());
}

/// What the grants and limits of a rule are in the words of a table.
fn classes_of(rule: &Rule) -> BTreeSet<TypeClass> {
    let grants = rule.grants.iter().map(|grant| match grant.kind {
        GrantKind::Additive | GrantKind::Exclusive | GrantKind::Definition => TypeClass::Grant,
        GrantKind::Trust => TypeClass::Trust,
        GrantKind::Credential => TypeClass::Credential,
        GrantKind::Opaque => TypeClass::Executor,
        GrantKind::Limit => TypeClass::Limit,
    });
    let limits = rule.limits.iter().map(|_| TypeClass::Limit);
    grants.chain(limits).collect()
}

/// Whether a rule reads what a class says. An opaque grant is judged whatever it does, and a grant may hand over an identity
/// or hold denials.
fn reads(pack: &RulePack, type_name: &str, read: &BTreeSet<TypeClass>, class: TypeClass) -> bool {
    let has = |class| read.contains(&class);
    match class {
        TypeClass::Grant | TypeClass::Trust | TypeClass::Credential => has(class) || has(TypeClass::Executor),
        TypeClass::Executor => has(TypeClass::Executor),
        TypeClass::Identity => {
            has(TypeClass::Executor) || has(TypeClass::Grant) || pack.reads_handed_over(type_name)
        }
        TypeClass::Limit | TypeClass::Setting => has(TypeClass::Limit),
    }
}

/// Whether a line says what a rule reads.
fn says(listing: &TypeListing<'_>, class: TypeClass) -> bool {
    match class {
        TypeClass::Trust | TypeClass::Credential => listing.has(class),
        TypeClass::Grant => listing.has(class) || listing.has(TypeClass::Identity),
        TypeClass::Executor => listing.gives_access(),
        TypeClass::Limit | TypeClass::Setting => {
            listing.has(TypeClass::Limit) || listing.has(TypeClass::Setting)
        }
        TypeClass::Identity => true,
    }
}

#[test]
fn a_line_says_what_the_rule_says() {
    let rules = rules::load(Vec::new()).unwrap();
    let mut wrong = Vec::new();
    for pack in rules.packs().iter().filter(|pack| pack.name != SHARED_PACK) {
        for (type_name, listing) in pack.types.listings() {
            let Some((_, rule)) = pack.find_type(type_name).filter(|(_, rule)| rule.gives_or_limits()) else {
                continue;
            };
            let read = classes_of(rule);
            for class in &listing.classes {
                if !reads(pack, type_name, &read, *class) {
                    wrong.push(format!("{type_name}: the line says `{}`, the rule does not", class.word()));
                }
            }
            for class in read.iter().filter(|class| !says(&listing, **class)) {
                wrong.push(format!("{type_name}: the rule says `{}`, the line does not", class.word()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} lines disagree with their rules:\n{}", wrong.len(), wrong.join("\n"));
}
