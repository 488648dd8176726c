//! What stands in the sources and in no section of plan JSON: what runs, and what could not be read.
//!
//! Each case is the files of a root module, a change of the plan, and what has to be said.

use countersign::grants::collect;
use countersign::plan::{AlarmCause, Expressions, Plan};
use countersign::resolve::facts::StatedFacts;
use countersign::rules::{self, GrantKind};
use countersign::sources::{ModuleFiles, Sources, UnreadCause};
use serde_json::json;

/// What has to be said of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    Nothing,
    Provisioners,
    Acts,
    Ephemeral,
    Unread(UnreadCause),
}

const DESTROYS: &str = "delete";
const KEEPS: &str = "forget";

const CASES: [(&str, &str, &str, Due); 28] = [
    ("main.tf", "", KEEPS, Due::Nothing),
    (
        "main.tf",
        "removed {\n from = terraform_data.x\n provisioner \"local-exec\" {\n command = \"a\"\n }\n}",
        DESTROYS,
        Due::Provisioners,
    ),
    (
        "main.tf",
        "removed {\n from = terraform_data.y\n provisioner \"local-exec\" {\n command = \"a\"\n }\n}",
        DESTROYS,
        Due::Nothing,
    ),
    (
        "main.tf",
        "removed {\n from = terraform_data.x\n provisioner \"local-exec\" {\n command = \"a\"\n }\n}",
        KEEPS,
        Due::Nothing,
    ),
    (
        "main.tf",
        "removed {\n from = terraform_data.x[0]\n provisioner \"remote-exec\" {\n inline = [\"a\"]\n }\n}",
        DESTROYS,
        Due::Provisioners,
    ),
    (
        "main.tf.json",
        r#"{"removed": [{"from": "terraform_data.x", "provisioner": [{"local-exec": {"command": "a"}}]}]}"#,
        DESTROYS,
        Due::Provisioners,
    ),
    (
        "x.tofu",
        "removed {\n from = terraform_data.x\n provisioner \"local-exec\" {\n command = \"a\"\n }\n}",
        DESTROYS,
        Due::Provisioners,
    ),
    (
        "main.tf",
        "removed {\n from = terraform_data.x\n lifecycle {\n destroy = true\n }\n}",
        DESTROYS,
        Due::Nothing,
    ),
    ("main.tf", "check \"c\" {\n data \"external\" \"e\" {\n program = [\"sh\"]\n }\n}", KEEPS, Due::Acts),
    ("main.tf", "check \"c\" {\n data \"aws_region\" \"e\" {\n }\n}", KEEPS, Due::Nothing),
    ("main.tf", "check \"c\" {\n data \"aws_zz_things\" \"e\" {\n }\n}", KEEPS, Due::Nothing),
    ("main.tf", "check \"c\" {\n data \"aws_zz_command\" \"e\" {\n }\n}", KEEPS, Due::Acts),
    ("main.tf", "check \"c\" {\n data \"zz_thing\" \"e\" {\n }\n}", KEEPS, Due::Nothing),
    ("main.tf", "check \"c\" {\n data \"zz_thing\" \"e\" {\n script = \"a\"\n }\n}", KEEPS, Due::Acts),
    ("main.tf", "ephemeral \"aws_lambda_invocation\" \"i\" {\n}", KEEPS, Due::Ephemeral),
    ("main.tf.json", r#"{"ephemeral": {"aws_lambda_invocation": {"i": {}}}}"#, KEEPS, Due::Ephemeral),
    ("main_override.tf", "ephemeral \"aws_lambda_invocation\" \"i\" {\n}", KEEPS, Due::Ephemeral),
    (
        "main.tf",
        "import {\n to = terraform_data.x\n id = \"i\"\n}\nmoved {\n from = terraform_data.a\n to = terraform_data.b\n}\nterraform {\n}\nprovider \"aws\" {\n}",
        KEEPS,
        Due::Nothing,
    ),
    ("main.tf", "action \"aws_lambda_invoke\" \"i\" {\n}", KEEPS, Due::Nothing),
    ("main.tf", "spell \"x\" {\n}", KEEPS, Due::Unread(UnreadCause::BlockKind)),
    ("main.tf", "resource \"terraform_data\" {\n}", KEEPS, Due::Unread(UnreadCause::BlockKind)),
    ("main.tf", "removed \"x\" {\n}", KEEPS, Due::Unread(UnreadCause::BlockKind)),
    ("main.tf", "module \"m\" {\n source = \"./m\"\n}", KEEPS, Due::Unread(UnreadCause::NoModule)),
    ("main.tf.json", r#"{"module": {"m": {"source": "./m"}}}"#, KEEPS, Due::Unread(UnreadCause::NoModule)),
    ("main.tf.json", r#"{"spell": {}}"#, KEEPS, Due::Unread(UnreadCause::Json)),
    ("main.hcl", "", KEEPS, Due::Unread(UnreadCause::FileKind)),
    ("main.tf", "a = 1", KEEPS, Due::Unread(UnreadCause::Syntax)),
    ("main.tf", "resource \"t\" \"x\" {", KEEPS, Due::Unread(UnreadCause::Unterminated)),
];

fn plan(action: &str) -> String {
    json!({
        "format_version": "1.2", "terraform_version": "1.11.4",
        "resource_changes": [{
            "address": "terraform_data.x", "mode": "managed", "type": "terraform_data", "name": "x",
            "provider_name": "terraform.io/builtin/terraform",
            "change": {"actions": [action], "before": {"id": "1"}, "after": null, "after_unknown": {}},
        }],
        "configuration": {"root_module": {}},
    })
    .to_string()
}

fn said(modules: &[ModuleFiles], action: &str) -> Vec<Due> {
    let text = plan(action);
    let mut plan = Plan::read(&text).unwrap();
    plan.attach(Expressions::Written(Sources::read(modules)));
    let inventory = collect(&plan, &rules::load(Vec::new()).unwrap(), &StatedFacts::new()).unwrap();
    let opaque = inventory.grants.iter().filter(|grant| grant.kind == GrantKind::Opaque);
    let actions = opaque.flat_map(|grant| &grant.terms.actions).map(ToString::to_string);
    let opened = actions.filter_map(|action| {
        let acts = action.starts_with("apply:data.").then_some(Due::Acts);
        action.starts_with("open:").then_some(Due::Ephemeral).or(acts)
    });
    let opened: Vec<Due> = opened.chain(inventory.runs.iter().map(|_| Due::Provisioners)).collect();
    let alarms = inventory.alarms.into_iter().map(|alarm| match alarm.cause {
        AlarmCause::UnreadSources(part) => Due::Unread(part.cause),
        other => panic!("{other:?}"),
    });
    alarms.chain(opened).collect()
}

fn root(files: &[(&str, &str)]) -> ModuleFiles {
    let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    ModuleFiles { key: String::new(), folder: String::new(), files, ..ModuleFiles::default() }
}

#[test]
fn what_runs_and_what_is_not_read_is_said() {
    for (name, text, action, due) in CASES {
        let due: Vec<Due> = [due].into_iter().filter(|due| *due != Due::Nothing).collect();
        assert_eq!(said(&[root(&[(name, text)])], action), due, "{name} {action}\n{text}");
    }
}

#[test]
fn a_module_without_files_is_unread() {
    let empty = |key: &str| ModuleFiles {
        key: key.to_owned(),
        folder: key.to_owned(),
        files: Vec::new(),
        ..ModuleFiles::default()
    };
    let calls = root(&[("main.tf", "module \"m\" {\n source = \"./m\"\n}")]);
    let unread = vec![Due::Unread(UnreadCause::NoFiles)];
    assert_eq!(said(&[calls, empty("m")], KEEPS), unread);
    assert_eq!(said(&[empty("")], KEEPS), unread);
}
