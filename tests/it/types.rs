//! The tables of types hold the world closed: every type of a schema has a line, and a line says what the rule says.

use std::collections::BTreeSet;

use countersign::grants::{Change, collect};
use countersign::plan::Plan;
use countersign::resolve::facts::StatedFacts;
use countersign::source::Source;
use serde_json::{Value, json};

use countersign::rules::{self, GrantKind, Rule, RulePack, TypeClass, TypeListing};

/// Types of which no pack lists the whole provider, because they are of several.
const SHARED_PACK: &str = "common";

#[test]
fn every_type_of_a_schema_has_a_line() {
    let rules = rules::load(Vec::new()).unwrap();
    let mut without = Vec::new();
    for pack in rules.packs() {
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
            has(TypeClass::Executor)
                || has(TypeClass::Grant)
                || pack.find_handed_over(type_name).next().is_some()
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

const PACK: &str = "pack \"acme\" {\n sources = [\"acme/acme\"]\n prefix = \"acme_\"\n dialect = \"terraform\"\n harmless = [\"tags\"]\n}";

const TABLE: &str = "\
acme_both     executor,limit  runs and restricts
acme_executor executor        runs something
acme_grant    grant           gives something
acme_limit    limit           restricts something
acme_none     none
acme_setting  setting         restricts everything
";

/// What the plan does, and what is judged of an object of each class that only a table lists.
const VERBS: [(&str, &[(&str, &str)]); 8] = [
    ("create", &[("both", "apply"), ("executor", "apply"), ("grant", "apply"), ("setting", "remove")]),
    (
        "update",
        &[
            ("both", "apply"),
            ("both", "remove"),
            ("executor", "apply"),
            ("grant", "apply"),
            ("limit", "remove"),
            ("setting", "remove"),
        ],
    ),
    ("tags", &[]),
    (
        "replace",
        &[
            ("both", "apply"),
            ("both", "remove"),
            ("executor", "apply"),
            ("grant", "apply"),
            ("limit", "remove"),
            ("setting", "remove"),
        ],
    ),
    (
        "delete",
        &[
            ("both", "apply"),
            ("both", "remove"),
            ("executor", "apply"),
            ("limit", "remove"),
            ("setting", "remove"),
        ],
    ),
    (
        "forget",
        &[
            ("both", "apply"),
            ("both", "remove"),
            ("executor", "apply"),
            ("grant", "apply"),
            ("limit", "remove"),
            ("setting", "remove"),
        ],
    ),
    ("import", &[("both", "apply"), ("executor", "apply"), ("grant", "apply")]),
    ("no-op", &[]),
];

/// A plan that does one thing to an object of a type.
fn plan(verb: &str, type_name: &str) -> Value {
    let (a, b) = (json!({"name": "a", "tags": {"t": "1"}}), json!({"name": "b", "tags": {"t": "1"}}));
    let retagged = json!({"name": "a", "tags": {"t": "2"}});
    let (actions, before, after) = match verb {
        "create" => (json!(["create"]), Value::Null, a),
        "tags" => (json!(["update"]), a, retagged),
        "replace" => (json!(["delete", "create"]), a, b),
        "delete" => (json!(["delete"]), a, Value::Null),
        "forget" => (json!(["forget"]), a, Value::Null),
        "import" | "no-op" => (json!(["no-op"]), a.clone(), a),
        _ => (json!(["update"]), a, b),
    };
    let mut change = json!({"actions": actions, "before": before, "after": after, "after_unknown": {}});
    if verb == "import" {
        change["importing"] = json!({"id": "a"});
    }
    json!({
        "format_version": "1.2", "terraform_version": "1.11.4",
        "resource_changes": [{
            "address": format!("{type_name}.x"), "mode": "managed", "type": type_name, "name": "x",
            "provider_name": "registry.terraform.io/acme/acme", "change": change,
        }],
        "configuration": {"root_module": {}},
    })
}

#[test]
fn a_listed_type_is_judged_by_its_classes() {
    let sources = vec![Source::new("acme/pack.hcl", PACK), Source::new("acme/types.table", TABLE)];
    let rules = rules::load(sources).unwrap();
    for (verb, due) in VERBS {
        let mut judged = Vec::new();
        for class in ["both", "executor", "grant", "limit", "none", "setting"] {
            let type_name = format!("acme_{class}");
            let text = plan(verb, &type_name).to_string();
            let inventory = collect(&Plan::read(&text).unwrap(), &rules, &StatedFacts::new()).unwrap();
            assert!(inventory.unread.is_empty(), "{verb} {class}");
            let counted = inventory.grants.iter().filter(|grant| grant.change != Change::Untouched);
            judged.extend(counted.filter(|grant| grant.before.statements.is_empty()).map(|grant| {
                let action = grant.terms.actions[0].to_string();
                let (word, of) = action.split_once(':').unwrap();
                assert_eq!(of, type_name);
                assert!(grant.reason.is_some(), "{verb} {class}");
                (class.to_owned(), word.to_owned())
            }));
        }
        judged.sort();
        let due: Vec<_> = due.iter().map(|(class, word)| ((*class).to_owned(), (*word).to_owned())).collect();
        assert_eq!(judged, due, "{verb}");
    }
}

/// Every change of what nobody has read blocks: of a type that the pack's table does not have, and of another provider.
#[test]
fn what_nobody_has_read_does_not_pass() {
    let sources = vec![Source::new("acme/pack.hcl", PACK), Source::new("acme/types.table", TABLE)];
    let rules = rules::load(sources).unwrap();
    for (verb, _) in VERBS {
        for (type_name, provider) in [
            ("acme_new", "registry.terraform.io/acme/acme"),
            ("acme_executor", "registry.terraform.io/evil/acme"),
            ("other_none", "registry.terraform.io/other/other"),
        ] {
            let mut plan = plan(verb, type_name);
            plan["resource_changes"][0]["provider_name"] = json!(provider);
            let text = plan.to_string();
            let inventory = collect(&Plan::read(&text).unwrap(), &rules, &StatedFacts::new()).unwrap();
            assert_eq!(inventory.unread.len(), usize::from(verb != "no-op"), "{verb} {type_name}");
        }
    }
}

/// A path in a `uses` block is read at that path alone: a name that stands elsewhere hands nothing over by it.
#[test]
fn a_path_of_a_uses_block_is_no_name() {
    let pack = PACK.to_owned()
        + "\nuses \"acme_*\" {\n attributes = [\"run.as\", \"role_arn\"]\n grant \"additive\" { roles = [each] }\n}";
    let table = "acme_a identity hands over\nacme_b identity hands over\nacme_c identity hands over\n";
    let schema = "# from acme\nacme_a as\nacme_b run{as}\nacme_c x{role_arn}\n";
    let files = [("pack.hcl", pack.as_str()), ("types.table", table), ("schema.table", schema)];
    let sources = files.map(|(name, text)| Source::new(&format!("acme/{name}"), text));
    let rules = rules::load(sources.to_vec()).unwrap();
    let pack = rules.packs().iter().find(|pack| pack.name == "acme").unwrap();
    let opaque: Vec<&str> =
        pack.types.listings().filter(|(_, listing)| listing.is_opaque()).map(|(name, _)| name).collect();
    assert_eq!(opaque, ["acme_a"]);
}
