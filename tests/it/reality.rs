//! What is known of a value before the apply contains what the state says after it.
//!
//! Takes folders with a plan (`plan.json`, `tfplan`) and the state that its apply left (`state.json`), which may be that
//! of an apply that failed half-way. For every attribute that the plan does not know, the value that the configuration
//! gives must admit the state's. `testdata/reality` is always read; `COUNTERSIGN_REALITY` names a folder of more, and
//! then the shares are printed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use countersign::commands::plan_file::unpack;
use countersign::plan::{Expressions, Plan};
use countersign::resolve::facts::{ProviderFacts, StatedFacts};
use countersign::resolve::world::World;
use countersign::rules;
use serde_json::Value as Json;
use terraform_values::{Hole, MappingKind, Number, SequenceKind, Shape, Text, TextBuilder, TextPart, Value};

/// Texts in which moto differs from AWS: how they begin with moto, how with AWS, why.
const MOTO: &[(&str, &str, &str)] = &[(
    "http://127.0.0.1:",
    "https://sqs.eu-west-1.amazonaws.com",
    "the URL of a queue has the address of moto",
)];

/// Attributes that are left out: type, attribute (`*` for how it begins), why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("aws_autoscaling_group", "mixed_instances_policy", "moto forgets it"),
    ("aws_autoscaling_group", "service_linked_role_arn", "moto has one for all groups"),
    (
        "aws_ecs_task_definition",
        "container_definitions",
        "the provider writes the JSON anew, with its defaults",
    ),
    (
        "aws_iam_openid_connect_provider",
        "url",
        "open: the state has no scheme; the rule's identity holds both spellings",
    ),
    ("aws_instance", "enclave_options", "moto forgets it"),
    ("aws_lambda_function", "logging_config", "moto forgets it"),
    ("aws_lambda_permission", "qualifier", "moto forgets it"),
    ("aws_s3_bucket_acl", "access_control_policy", "moto has one owner for all buckets"),
    ("aws_s3_bucket_replication_configuration", "rule", "moto forgets filters and priorities"),
    ("aws_sns_topic", "*_feedback_role_arn", "moto forgets it"),
    ("aws_secretsmanager_secret_rotation", "rotation_lambda_arn", "moto forgets it"),
];

/// What one folder, or all of them, came to.
#[derive(Default)]
struct Tally {
    /// Attributes that the plan does not know and the state does.
    compared: usize,
    /// Those of which something is known beforehand.
    bounded: usize,
    /// Those that are known exactly.
    exact: usize,
    misses: Vec<String>,
}

#[test]
fn the_state_is_among_what_was_known_before_the_apply() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/reality");
    let own = folders_in(&root);
    assert!(!own.is_empty(), "no sample in {}", root.display());
    let more = std::env::var_os("COUNTERSIGN_REALITY").map(PathBuf::from);
    let mut misses = Vec::new();
    let mut total = Tally::default();
    for folder in own.iter().chain(&more.as_deref().map(folders_in).unwrap_or_default()) {
        let tally = compare(folder);
        if more.is_some() {
            let Tally { compared, bounded, exact, misses } = &tally;
            let name = folder.file_name().unwrap().display();
            eprintln!(
                "{name}: {compared} compared, {bounded} bounded, {exact} exact, {} misses",
                misses.len()
            );
        }
        total.compared += tally.compared;
        total.bounded += tally.bounded;
        total.exact += tally.exact;
        misses.extend(tally.misses);
    }
    eprintln!("all: {} compared, {} bounded, {} exact", total.compared, total.bounded, total.exact);
    assert!(total.bounded > 0, "nothing was known beforehand");
    assert!(misses.is_empty(), "{} misses\n{}", misses.len(), misses.join("\n"));
}

fn folders_in(root: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<_> = entries.filter(|path| path.join("state.json").exists()).collect();
    folders.sort();
    folders
}

fn compare(folder: &Path) -> Tally {
    let text = std::fs::read_to_string(folder.join("plan.json")).unwrap();
    let state = read_state(&folder.join("state.json"));
    let json: Json = serde_json::from_str(&text).unwrap();
    let mut plan = Plan::read(&text).unwrap();
    plan.attach(Expressions::Written(unpack(&std::fs::read(folder.join("tfplan")).unwrap()).unwrap()));
    let (rules, stated) = (rules::load(Vec::new()).unwrap(), StatedFacts::new());
    let world = World::new(&plan, &rules, Box::new(ProviderFacts::new(&plan, &stated)));
    let mut objects = BTreeMap::new();
    collect_objects(&state["values"]["root_module"], &mut objects);

    let mut tally = Tally::default();
    for change in json["resource_changes"].as_array().into_iter().flatten() {
        let address = change["address"].as_str().unwrap();
        let Some(after) = objects.get(address) else { continue };
        for (attribute, unknown) in change["change"]["after_unknown"].as_object().into_iter().flatten() {
            let type_name = change["type"].as_str().unwrap();
            let is_exception = EXCEPTIONS
                .iter()
                .any(|(of, name, _)| *of == type_name && attribute.ends_with(name.trim_start_matches('*')));
            if is_exception || !holds_true(unknown) || after.get(attribute).is_none() {
                continue;
            }
            tally.compared += 1;
            let Some(value) = world.evaluate_path(address, attribute) else { continue };
            tally.bounded += usize::from(!value.is_anything());
            tally.exact += usize::from(value.is_known());
            if !admits(&value, &after[attribute]) {
                let name = folder.file_name().unwrap().display();
                tally.misses.push(format!(
                    "{name}: {address} {attribute}\n  known: {value}\n  state: {}",
                    after[attribute]
                ));
            }
        }
    }
    tally
}

fn read_json(path: &Path) -> Json {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A state as AWS would have left it.
fn read_state(path: &Path) -> Json {
    let mut state = read_json(path);
    correct_moto(&mut state);
    state
}

fn correct_moto(json: &mut Json) {
    match json {
        Json::String(text) => {
            for (moto, aws, _) in MOTO {
                if let Some((_, path)) = text.strip_prefix(moto).and_then(|rest| rest.split_once('/')) {
                    *text = format!("{aws}/{path}");
                }
            }
        }
        Json::Array(items) => items.iter_mut().for_each(correct_moto),
        Json::Object(members) => members.values_mut().for_each(correct_moto),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

/// The values of each object in a module of a state and in those that it calls, by address.
fn collect_objects<'s>(module: &'s Json, objects: &mut BTreeMap<&'s str, &'s Json>) {
    for object in module["resources"].as_array().into_iter().flatten() {
        if object["tainted"] == true {
            // Its creation failed half-way.
            continue;
        }
        objects.insert(object["address"].as_str().unwrap(), &object["values"]);
    }
    for child in module["child_modules"].as_array().into_iter().flatten() {
        collect_objects(child, objects);
    }
}

/// Whether anything in a part of `after_unknown` is unknown.
fn holds_true(unknown: &Json) -> bool {
    match unknown {
        Json::Bool(is_unknown) => *is_unknown,
        Json::Array(items) => items.iter().any(holds_true),
        Json::Object(members) => members.values().any(holds_true),
        Json::Null | Json::Number(_) | Json::String(_) => false,
    }
}

/// Whether the state's value is a member. Providers write JSON anew, and the empty value of its type for an absent one.
fn admits(value: &Value, state: &Json) -> bool {
    match (value.shape(), state) {
        (Shape::OneOf(alternatives), _) => alternatives.iter().any(|alternative| admits(alternative, state)),
        (Shape::Null(_), _) => is_empty(state),
        (Shape::Text(text), Json::String(written)) => {
            text.admits(written)
                || serde_json::from_str(written).is_ok_and(|document: Json| {
                    let encoded = value.encoded().is_some_and(|encoded| admits(encoded, &document));
                    encoded || read_document(text).is_some_and(|known| admits(&known, &document))
                })
        }
        (Shape::Sequence(sequence), Json::Array(items)) if sequence.has_order() => {
            let elements = sequence.items().iter().map(Some).chain(std::iter::repeat(sequence.rest()));
            items.len() >= sequence.items().len()
                && items
                    .iter()
                    .zip(elements)
                    .all(|(item, element)| element.is_some_and(|one| admits(one, item)))
        }
        (Shape::Sequence(sequence), Json::Array(items)) => {
            let is_one =
                |item| sequence.items().iter().chain(sequence.rest()).any(|known| admits(known, item));
            items.iter().all(is_one) && (sequence.rest().is_some() || items.len() <= sequence.items().len())
        }
        (Shape::Mapping(mapping), Json::Object(members)) => {
            let is_known = |(name, member): (&String, &Json)| {
                // A statement without `effect` allows, which the reading of documents knows.
                let allows = name == "effect" && member == "Allow";
                let known = mapping.get(name).or(mapping.rest());
                known.map_or_else(
                    || is_empty(member),
                    |known| admits(known, member) || known.is_null() && allows,
                )
            };
            members.iter().all(is_known)
                && mapping
                    .members()
                    .iter()
                    .all(|(name, known)| members.contains_key(&**name) || known.may_be_null())
        }
        // Terraform converts to the type of the schema, which the sources do not tell.
        (Shape::Number(number), Json::String(text)) => Number::parse(text).as_ref() == Some(number),
        (Shape::Text(text), Json::Number(number)) => text.admits(&number.to_string()),
        (Shape::Text(text), Json::Bool(truth)) => text.admits(&truth.to_string()),
        (Shape::Bool(truth), Json::String(text)) => *text == truth.to_string(),
        _ => value.admits(&read_value(state)),
    }
}

/// What the plugin SDK writes for an absent value.
fn is_empty(json: &Json) -> bool {
    match json {
        Json::Null | Json::Bool(false) => true,
        Json::Bool(true) => false,
        Json::Number(number) => number.as_f64() == Some(0.0),
        Json::String(text) => text.is_empty(),
        Json::Array(items) => items.is_empty(),
        Json::Object(members) => members.is_empty(),
    }
}

/// Signs of Unicode's private use, which stand for a hole while its text is read as JSON.
const HOLE: (char, char) = ('\u{e000}', '\u{e001}');

/// The JSON that a text with holes is, its holes within texts.
fn read_document(text: &Text) -> Option<Value> {
    let mut written = String::new();
    let mut holes = Vec::new();
    for part in text.parts() {
        match part {
            TextPart::Literal(literal) => written.push_str(literal),
            TextPart::Hole(hole) => {
                write!(written, "{}{}{}", HOLE.0, holes.len(), HOLE.1).unwrap();
                holes.push(hole.clone());
            }
        }
    }
    let document = serde_json::from_str::<Json>(&written).ok()?;
    matches!(document, Json::Object(_) | Json::Array(_)).then(|| fill(&document, &holes))
}

fn fill(json: &Json, holes: &[Hole]) -> Value {
    match json {
        Json::String(text) => {
            let mut filled = TextBuilder::default();
            for part in text.split(HOLE.0) {
                let (hole, literal) =
                    part.split_once(HOLE.1).map_or((None, part), |(at, rest)| (Some(at), rest));
                if let Some(at) = hole {
                    filled.push_hole(holes[at.parse::<usize>().unwrap()].clone());
                }
                filled.push_literal(literal);
            }
            filled.build().into()
        }
        Json::Array(items) => Value::sequence(
            SequenceKind::ListOrTuple,
            items.iter().map(|item| fill(item, holes)).collect(),
            None,
        ),
        Json::Object(members) => {
            let members = members.iter().map(|(name, member)| (name.as_str().into(), fill(member, holes)));
            Value::mapping(MappingKind::Unsure, members.collect(), None)
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => read_value(json),
    }
}

/// A value of a state. Its JSON does not tell a list from a set, nor an object from a map.
fn read_value(json: &Json) -> Value {
    match json {
        Json::Null => Value::NULL,
        Json::Bool(truth) => (*truth).into(),
        Json::Number(number) => Number::parse(&number.to_string()).unwrap().into(),
        Json::String(text) => text.as_str().into(),
        Json::Array(items) => {
            Value::sequence(SequenceKind::Unsure, items.iter().map(read_value).collect(), None)
        }
        Json::Object(members) => {
            let members = members.iter().map(|(name, member)| (name.as_str().into(), read_value(member)));
            Value::mapping(MappingKind::Unsure, members.collect(), None)
        }
    }
}
