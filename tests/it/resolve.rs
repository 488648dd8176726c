//! What the configuration says of values that a plan leaves unknown, and of those that it knows.
//!
//! `testdata/resolve/` has a configuration with one construct of the language an object; `values.txt` beside it says what
//! each is. The law: what the sources give for an argument that the plan knows, without looking at what it knows, holds the
//! planned value. Every plan file in `testdata` is a case of it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use countersign::commands::plan_file::unpack;
use countersign::plan::{Expressions, ObjectMode, Plan, Verb};
use countersign::resolve::facts::{ProviderFacts, StatedFacts};
use countersign::resolve::world::World;
use countersign::rules;
use countersign::sources::{FileStore, ReadFile, StoredFile};
use serde_json::Value as Json;
use terraform_values::{Shape, Value};

/// The files of a folder of `testdata`.
#[derive(Debug)]
struct Folder(PathBuf);

impl FileStore for Folder {
    fn read(&self, path: &str) -> Option<StoredFile> {
        let bytes: Arc<[u8]> = std::fs::read(self.0.join(path)).ok()?.into();
        Some(StoredFile { bytes, sha256: "0".into() })
    }

    fn list_folder(&self, _: &str) -> Option<Vec<String>> {
        None
    }

    fn list_read(&self) -> Vec<ReadFile> {
        Vec::new()
    }
}

/// The plan of a folder with its plan file, and what `with` makes of its world.
fn with_world<T>(folder: &Path, with: impl FnOnce(&World<'_>) -> T) -> T {
    let text = std::fs::read_to_string(folder.join("plan.json")).unwrap();
    let mut plan = Plan::read(&text).unwrap();
    let mut sources = unpack(&std::fs::read(folder.join("tfplan")).unwrap()).unwrap();
    sources.set_files(std::sync::Arc::new(Folder(folder.to_owned())));
    plan.attach(Expressions::Written(sources));
    let rules = rules::load(Vec::new()).unwrap();
    let stated = StatedFacts::from([("aws.account".to_owned(), "111122223333".to_owned())]);
    let world = World::new(&plan, &rules, Box::new(ProviderFacts::new(&plan, &stated)));
    with(&world)
}

/// Every folder of `testdata` with a plan file.
fn plan_files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let entries = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_name() == "tfplan").map(|entry| entry.into_path());
    files
        .map(|file| file.parent().unwrap().to_owned())
        .filter(|folder| folder.join("plan.json").exists())
        .collect()
}

#[test]
fn each_construct_has_the_value_that_is_written_down() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/resolve/constructs");
    let found = with_world(&folder, |world| {
        let mut found = String::new();
        for change in &world.plan.changes {
            if change.type_name == "terraform_data" {
                let value = world.evaluate_path(&change.address, "input").unwrap();
                writeln!(found, "{} = {value}", change.address).unwrap();
                for one in value.alternatives() {
                    if let Some(identity) = one.identity() {
                        writeln!(found, "    is {identity}").unwrap();
                    }
                }
            }
        }
        found
    });
    let expected = folder.join("values.txt");
    if crate::is_updating() {
        std::fs::write(&expected, &found).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&expected).unwrap(), found);
}

#[test]
fn what_the_sources_say_holds_what_the_plan_knows() {
    let mut wrong = Vec::new();
    let (mut held, mut open) = (0, 0);
    for folder in plan_files() {
        let text = std::fs::read_to_string(folder.join("plan.json")).unwrap();
        let json: Json = serde_json::from_str(&text).unwrap();
        let planned: BTreeMap<&str, &Json> = json["resource_changes"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|change| (change["address"].as_str().unwrap(), &change["change"]["after"]))
            .collect();
        with_world(&folder, |world| {
            let made = world.plan.changes.iter().filter(|change| {
                change.mode == ObjectMode::Managed && matches!(change.verb, Verb::Create | Verb::Update)
            });
            for change in made {
                for (name, planned) in planned[&*change.address].as_object().into_iter().flatten() {
                    let written = world.evaluate_argument(&change.address, name).unwrap();
                    if planned.is_null() || written.is_null() {
                        continue;
                    }
                    let is_open = written.is_anything();
                    if holds(&written, planned) {
                        held += usize::from(!is_open);
                        open += usize::from(is_open);
                    } else {
                        let place = folder.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().display();
                        wrong.push(format!(
                            "{place} {}.{name}: {written} does not hold {planned}",
                            change.address
                        ));
                    }
                }
            }
        });
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(held > 200 && open * 10 < held, "{held} values held, {open} are anything");
}

/// Whether a planned value is one of a set. The provider orders sets, adds what a block leaves out, and writes numbers as
/// text; a part that the plan does not know holds whatever it is.
fn holds(written: &Value, planned: &Json) -> bool {
    written.alternatives().iter().any(|one| match (one.shape(), planned) {
        (Shape::Anything(_), _) | (_, Json::Null) => true,
        (Shape::Null(_), Json::Array(items)) => items.is_empty(),
        (Shape::Null(_), Json::Object(members)) => members.is_empty(),
        (Shape::Null(_), Json::String(text)) => text.is_empty(),
        (Shape::Null(_), _) => true,
        (Shape::Bool(truth), planned) => planned.as_bool() == Some(*truth) || planned == &truth.to_string(),
        (Shape::Number(number), Json::Number(planned)) => planned.to_string() == number.to_string(),
        (Shape::Number(number), planned) => planned == &number.to_string(),
        (Shape::Text(text), Json::String(planned)) => {
            let is_same_json = || {
                let parse = |text: &str| serde_json::from_str::<Json>(text).ok();
                text.as_known().and_then(parse).is_some_and(|known| Some(known) == parse(planned))
            };
            text.admits(planned) || is_same_json()
        }
        (Shape::Text(text), Json::Number(planned)) => text.admits(&planned.to_string()),
        (Shape::Text(text), Json::Bool(planned)) => text.admits(&planned.to_string()),
        (Shape::Sequence(sequence), Json::Array(items)) => {
            let element = sequence.element();
            let is_within = |item: &Json| element.as_ref().is_some_and(|element| holds(element, item));
            // What a block leaves out is there all the same where the provider computes it.
            items.iter().all(is_within)
                && (sequence.rest().is_some() || items.len() <= sequence.items().len())
        }
        (Shape::Mapping(mapping), Json::Object(members)) => members.iter().all(|(name, planned)| {
            mapping.get(name).or(mapping.rest()).is_none_or(|written| holds(written, planned))
        }),
        _ => false,
    })
}

/// An argument is left to the provider only where no block that may be the one sets it, and no expression stands there.
#[test]
fn what_another_block_may_set_is_not_left_to_the_provider() {
    let rules = rules::load(Vec::new()).unwrap();
    for (blocks, is_left) in [
        ("x {\n other = 1\n}", true),
        ("x {\n role = null\n}", true),
        ("x {\n other = 1\n}\n x {\n role = \"a\"\n}", false),
        ("x {\n role = terraform_data.t.y[0].z\n}", false),
        ("dynamic \"x\" {\n for_each = [1]\n content {\n other = 1\n}\n}", true),
        ("dynamic \"x\" {\n for_each = [1]\n content {\n role = \"a\"\n}\n}", false),
    ] {
        let text = format!(
            "resource \"aws_lambda_function\" \"f\" {{\n {blocks}\n}}\nresource \"terraform_data\" \"t\" {{\n dynamic \"y\" {{\n for_each = [terraform_data.t.id]\n content {{\n a = 1\n}}\n}}\n}}\n"
        );
        let change = |address: &str, after: Json, unknown: Json| {
            let (type_name, name) = address.split_once('.').unwrap();
            let provider = if type_name == "terraform_data" {
                "terraform.io/builtin/terraform"
            } else {
                "registry.terraform.io/hashicorp/aws"
            };
            serde_json::json!({
                "address": address, "mode": "managed", "type": type_name, "name": name, "provider_name": provider,
                "change": {"actions": ["create"], "before": null, "after": after, "after_unknown": unknown},
            })
        };
        let lambda = change(
            "aws_lambda_function.f",
            serde_json::json!({"x": [{}]}),
            serde_json::json!({"x": [{"role": true}]}),
        );
        let data =
            change("terraform_data.t", serde_json::json!({}), serde_json::json!({"y": true, "id": true}));
        let json = serde_json::json!({"format_version": "1.2", "resource_changes": [lambda, data], "configuration": {}}).to_string();
        let mut plan = Plan::read(&json).unwrap();
        let files = vec![("main.tf".to_owned(), text.into_bytes())];
        let root = countersign::sources::ModuleFiles {
            key: String::new(),
            folder: String::new(),
            files,
            ..countersign::sources::ModuleFiles::default()
        };
        plan.attach(Expressions::Written(countersign::sources::Sources::read(&[root])));
        let stated = StatedFacts::new();
        let world = World::new(&plan, &rules, Box::new(ProviderFacts::new(&plan, &stated)));
        let change = &plan.changes[0];
        let values = change.after().unwrap().unwrap();
        let rules::RuleMatch::Rule(pack, rule) = rules.find(&change.type_name, &change.provider) else {
            panic!()
        };
        let object = countersign::resolve::object::Object::new(&world, change, &values, pack, rule);
        assert_eq!(object.leaves_to_provider("x[0].role"), is_left, "{blocks}");
    }
}

/// What a data source finds during the apply was made by somebody else: no rule for what this provider makes says what it is
/// called. A law over every type of which a rule tells an identity.
#[test]
fn a_data_source_that_is_still_to_be_read_has_no_identity_by_rule() {
    let rules = rules::load(Vec::new()).unwrap();
    let mut checked = 0;
    let aws = rules.packs().iter().find(|pack| pack.name == "aws").unwrap();
    for (type_name, rule) in aws.rules_by_type().filter(|(type_name, _)| !type_name.contains('*')) {
        let find = |mode: &str| {
            let prefix = if mode == "data" { "data." } else { "" };
            let unknown: BTreeMap<&str, bool> =
                rule.identity.iter().map(|(name, _)| (name.as_str(), true)).collect();
            let address = format!("{prefix}{type_name}.x");
            let json = serde_json::json!({
                "format_version": "1.2",
                "resource_changes": [{
                    "address": address, "mode": mode, "type": type_name, "name": "x",
                    "provider_name": "registry.terraform.io/hashicorp/aws",
                    "change": {
                        "actions": [if mode == "data" { "read" } else { "create" }],
                        "before": null, "after": {}, "after_unknown": unknown,
                    },
                }],
                "configuration": {},
            });
            let json = json.to_string();
            let mut plan = Plan::read(&json).unwrap();
            let block = if mode == "data" { "data" } else { "resource" };
            let text = format!("{block} \"{type_name}\" \"x\" {{\n}}\n");
            let files = vec![("main.tf".to_owned(), text.into_bytes())];
            let root = countersign::sources::ModuleFiles {
                key: String::new(),
                folder: String::new(),
                files,
                ..countersign::sources::ModuleFiles::default()
            };
            plan.attach(Expressions::Written(countersign::sources::Sources::read(&[root])));
            let stated = StatedFacts::from([("aws.account".to_owned(), "111122223333".to_owned())]);
            let world = World::new(&plan, &rules, Box::new(ProviderFacts::new(&plan, &stated)));
            let is_known = |(name, _): &&(String, _)| {
                let value = world.evaluate_path(&address, name);
                value.is_some_and(|value| !matches!(value.shape(), Shape::Anything(_)))
            };
            rule.identity.iter().filter(is_known).map(|(name, _)| name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(find("data"), Vec::<String>::new(), "{type_name}");
        checked += usize::from(!find("managed").is_empty());
    }
    assert!(checked > 100, "{checked} types whose identity is known of a managed object");
}
