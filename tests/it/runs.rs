//! Runs: what a provisioner runs is approved by its digest at its address, and nothing else passes under that approval.
//!
//! One module with provisioners is planned and approved by the digests that `grants` shows. Then the sources, the plan or the
//! approval are changed in one thing, and it blocks.

use std::collections::BTreeMap;

use countersign::catalog::Catalog;
use countersign::finding::{Assessment, Code, Verdict};
use countersign::grants::{Inventory, Run, RunContent, RunText, collect, visit};
use countersign::judge::{Extent, Judge, ReferenceMeanings};
use countersign::manifest::Manifest;
use countersign::plan::agreement::find_disagreement;
use countersign::plan::{Expressions, Plan};
use countersign::reason::Reason;
use countersign::resolve::facts::StatedFacts;
use countersign::rules::{self, Rules};
use countersign::source::Source;
use countersign::sources::{FileStore, ModuleFiles, ReadFile, Sources, StoredFile};
use serde_json::{Value, json};

const MANIFEST: &str = r#"
process_owner = "sec"
system "ci" { owner = "team-ci" }
authority "ci" {
  approvers    = ["lee"]
  systems      = ["ci"]
  max_duration = "100d"
}
approval "SEC-9" {
  justification = "warms the cache"
  system        = "ci"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-01"
  expires_on    = "2026-12-01"
  RUNS
}
"#;

/// A module with one provisioner of each phase.
const SOURCES: &str = r#"
variable "name" { default = "cache" }
locals { flag = "--warm" }
resource "terraform_data" "warm" {
  provisioner "local-exec" {
    command     = "curl ${local.flag} https://${var.name}.example.com"
    interpreter = ["/bin/sh", "-c"]
    environment = {
      B = "2"
      A = 1
    }
  }
  provisioner "local-exec" {
    when       = destroy
    on_failure = continue
    command    = "curl -X DELETE https://example.com"
  }
}
"#;

/// A change of a type that has no access, at these addresses.
fn plan_of(changes: &[(&str, &str)], kinds: &[&str]) -> Value {
    let changes: Vec<Value> = changes
        .iter()
        .map(|(address, action)| {
            let (name, index) = match address.split_once('[') {
                Some((name, index)) => (name, index.trim_end_matches(']').parse::<u64>().ok()),
                None => (*address, None),
            };
            let name = name.rsplit('.').next().unwrap();
            let object = json!({"id": "1"});
            let gone = *action == "delete";
            json!({
                "address": address, "mode": "managed", "type": "terraform_data", "name": name, "index": index,
                "provider_name": "terraform.io/builtin/terraform",
                "change": {
                    "actions": [action],
                    "before": if gone { object.clone() } else { Value::Null },
                    "after": if gone { Value::Null } else { object },
                    "after_unknown": {},
                },
            })
        })
        .collect();
    let provisioners: Vec<Value> = kinds.iter().map(|kind| json!({"type": kind})).collect();
    json!({
        "format_version": "1.2", "terraform_version": "1.11.4", "variables": {"name": {"value": "cache"}},
        "resource_changes": changes,
        "configuration": {"root_module": {"resources": [{
            "address": "terraform_data.warm", "mode": "managed", "type": "terraform_data", "name": "warm",
            "provisioners": provisioners,
        }]}},
    })
}

const TWO: [&str; 2] = ["local-exec", "local-exec"];

/// Files beside the sources, by path. A folder is what lies below its path.
#[derive(Clone, Debug, Default)]
struct Files(BTreeMap<String, String>);

impl Files {
    fn of(files: &[(&str, &str)]) -> Self {
        Self(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
    }
}

impl FileStore for Files {
    fn read(&self, path: &str) -> Option<StoredFile> {
        let text = self.0.get(path.trim_start_matches("./"))?;
        let sha256 = countersign::source::hash_bytes(text.as_bytes());
        Some(StoredFile { bytes: text.as_bytes().into(), sha256: sha256.into() })
    }

    fn list_folder(&self, path: &str) -> Option<Vec<String>> {
        let folder = format!("{}/", path.trim_end_matches('/'));
        let below: Vec<String> = self.0.keys().filter(|file| file.starts_with(&folder)).cloned().collect();
        (!below.is_empty()).then_some(below)
    }

    fn list_read(&self) -> Vec<ReadFile> {
        Vec::new()
    }
}

fn planned(sources: &str, files: &Files, plan: &Value, take: &mut dyn FnMut(&Plan<'_>, &Rules)) {
    let text = plan.to_string();
    let mut plan = Plan::read(&text).unwrap();
    let root = ModuleFiles {
        key: String::new(),
        folder: String::new(),
        origin: String::new(),
        files: vec![("main.tf".to_owned(), sources.as_bytes().to_vec())],
    };
    let mut sources = Sources::read(&[root]);
    sources.set_files(std::sync::Arc::new(files.clone()));
    plan.attach(Expressions::Written(sources));
    take(&plan, &rules::load(Vec::new()).unwrap());
}

fn runs_of(sources: &str, plan: &Value) -> Vec<Run> {
    runs_beside(&Files::default(), sources, plan)
}

fn runs_beside(files: &Files, sources: &str, plan: &Value) -> Vec<Run> {
    let mut runs = Vec::new();
    planned(sources, files, plan, &mut |plan, rules| {
        let inventory: Inventory = collect(plan, rules, &StatedFacts::new()).unwrap();
        assert!(inventory.alarms.is_empty(), "{:?}", inventory.alarms);
        runs = inventory.runs;
    });
    runs
}

/// The `run` blocks that approve all that runs.
fn blocks_of(runs: &[Run]) -> String {
    let block = |run: &Run| match run {
        Run::Provisioner { origin, kind, content } => {
            let digests: Vec<&str> = content.texts().iter().map(|text| text.sha256.as_str()).collect();
            assert!(!digests.is_empty(), "{content:?}");
            format!("run \"{kind}\" {{\n address = \"{}\"\n sha256 = {digests:?}\n}}\n", origin.address)
        }
        Run::Target { .. } => panic!("no provisioner"),
    };
    runs.iter().map(block).collect()
}

fn judge(sources: &str, plan: &Value, blocks: &str) -> Assessment {
    judge_beside(&Files::default(), sources, plan, blocks)
}

fn judge_beside(files: &Files, sources: &str, plan: &Value, blocks: &str) -> Assessment {
    let manifest = MANIFEST.replace("RUNS", blocks);
    let manifest = Manifest::from_sources("approvals", &[Source::new("a.hcl", &manifest)]).unwrap();
    let catalog = Catalog::default();
    let judge = Judge::new(&manifest, &catalog, "2026-11-24".parse().unwrap(), Extent::Changes);
    let mut assessment = Assessment::default();
    planned(sources, files, plan, &mut |plan, rules| {
        let rulings = visit(plan, rules, &StatedFacts::new(), |grant| {
            judge.on_plan(ReferenceMeanings::new()).judge(&grant)
        })
        .unwrap();
        assessment = judge.assess(vec![rulings]);
    });
    assessment
}

#[test]
fn what_was_approved_by_its_digest_runs() {
    for (changes, count) in [
        (vec![("terraform_data.warm", "create")], 1),
        (vec![("terraform_data.warm", "delete")], 1),
        (vec![("terraform_data.warm[0]", "create"), ("terraform_data.warm[1]", "create")], 2),
        (vec![("terraform_data.warm", "update")], 0),
    ] {
        let plan = plan_of(&changes, &TWO);
        let runs = runs_of(SOURCES, &plan);
        assert_eq!(runs.len(), count, "{runs:?}");
        // An approval names something.
        let filler = "run \"target\" { addresses = [\"x\"] }";
        let blocks = format!("{filler}\n{}", blocks_of(&runs));
        let assessment = judge(SOURCES, &plan, &blocks);
        assert!(assessment.is_allowed(), "{:?}", assessment.findings);
        assert!(assessment.grants.iter().all(|grant| grant.verdict == Verdict::Approved));
        assert_eq!(judge(SOURCES, &plan, filler).is_allowed(), count == 0);
    }
}

#[test]
fn the_canonical_form_is_that_of_the_documentation() {
    let plan = plan_of(&[("terraform_data.warm", "create")], &TWO);
    let runs = runs_of(SOURCES, &plan);
    let [Run::Provisioner { content: RunContent::Known(texts), .. }] = runs.as_slice() else {
        panic!("not known");
    };
    let [RunText { canonical, sha256 }] = texts.as_slice() else { panic!("{texts:?}") };
    assert_eq!(
        canonical,
        r#"{"arguments":{"command":"curl --warm https://cache.example.com","environment":{"A":"1","B":"2"},"interpreter":["/bin/sh","-c"]},"on_failure":"fail","type":"local-exec","when":"create"}"#
    );
    assert_eq!(sha256.len(), 64);
}

/// Another text that means the same has the same digest.
#[test]
fn what_means_the_same_has_the_same_digest() {
    let plan = plan_of(&[("terraform_data.warm", "create")], &TWO);
    let blocks = blocks_of(&runs_of(SOURCES, &plan));
    for (from, to) in [
        ("B = \"2\"\n      A = 1", "A = \"1\"\n      B = 2"),
        ("${local.flag}", "--warm"),
        ("command     =", "on_failure = fail\n when = create\n command ="),
        ("curl -X DELETE", "rm -r"),
    ] {
        let sources = SOURCES.replace(from, to);
        assert_ne!(sources, SOURCES, "{from}");
        let assessment = judge(&sources, &plan, &blocks);
        assert!(assessment.is_allowed(), "{to}: {:?}", assessment.findings);
    }
}

/// One thing is changed after the approval.
#[test]
fn a_near_miss_blocks() {
    let plan = plan_of(&[("terraform_data.warm", "create")], &TWO);
    let blocks = blocks_of(&runs_of(SOURCES, &plan));
    for (from, to) in [
        ("curl ${", "curl -k ${"),
        ("/bin/sh", "/bin/bash"),
        ("A = 1", "A = 1\n      C = 3"),
        ("A = 1", "A = 2"),
        ("B = \"2\"", ""),
        ("default = \"cache\"", "default = \"evil\""),
        ("\"--warm\"", "\"--hot\""),
        ("interpreter =", "working_dir = \"/tmp\"\n    interpreter ="),
        ("interpreter =", "on_failure = continue\n    interpreter ="),
        ("\"-c\"", "\"-c\", \"-x\""),
        // Not known before the apply, or not read.
        ("A = 1", "A = self.id"),
        ("A = 1", "A = uuid()"),
        ("when       = destroy", "when = var.name"),
        (
            "    command     = \"curl",
            "    dynamic \"x\" {\n for_each = [1]\n content {}\n }\n    command = \"curl",
        ),
        ("A = 1", "A = terraform.applying"),
        ("variable \"name\" {", "variable \"name\" {\n sensitive = true\n"),
        // Given anew at the apply; the plan shows its default.
        ("variable \"name\" {", "variable \"name\" {\n ephemeral = true\n"),
    ] {
        let sources = SOURCES.replace(from, to);
        assert_ne!(sources, SOURCES, "{from}");
        let mut plan = plan.clone();
        if to.contains("evil") {
            plan["variables"]["name"]["value"] = json!("evil");
        }
        if to.contains("sensitive") {
            plan["configuration"]["root_module"]["variables"] = json!({"name": {"sensitive": true}});
        }
        let assessment = judge(&sources, &plan, &blocks);
        assert!(!assessment.is_allowed(), "{to}");
        assert_eq!(assessment.findings[0].code, Code::UngovernedPath, "{to}");
    }
    // Another address, another instance, another phase.
    for changes in [
        vec![("terraform_data.cold", "create"), ("terraform_data.warm", "create")],
        vec![("terraform_data.warm[0]", "create")],
        vec![("terraform_data.warm", "delete")],
    ] {
        let mut plan = plan_of(&changes, &TWO);
        let twin = json!({
            "address": "terraform_data.cold", "mode": "managed", "type": "terraform_data", "name": "cold",
            "provisioners": [{"type": "local-exec"}, {"type": "local-exec"}],
        });
        plan["configuration"]["root_module"]["resources"].as_array_mut().unwrap().push(twin);
        let sources =
            format!("{SOURCES}\n{}", SOURCES.split("locals").nth(1).unwrap().replace("\"warm\"", "\"cold\""));
        let sources = sources.replace(
            "{ flag = \"--warm\" }\nresource \"terraform_data\" \"cold\"",
            "resource \"terraform_data\" \"cold\"",
        );
        assert!(!judge(&sources, &plan, &blocks).is_allowed(), "{changes:?}");
    }
}

/// What runs before belongs to what runs: without the check, the script is another one.
#[test]
fn the_order_of_provisioners_counts() {
    let one = |command: &str| format!("provisioner \"local-exec\" {{\n command = \"{command}\"\n}}\n");
    let of = |commands: &[&str]| {
        let all: String = commands.iter().map(|command| one(command)).collect();
        format!("resource \"terraform_data\" \"warm\" {{\n{all}}}\n")
    };
    let plan = |count: usize| plan_of(&[("terraform_data.warm", "create")], &vec!["local-exec"; count]);
    let blocks = blocks_of(&runs_of(&of(&["get", "verify", "run"]), &plan(3)));
    assert!(judge(&of(&["get", "verify", "run"]), &plan(3), &blocks).is_allowed());
    assert!(judge(&of(&["get", "verify"]), &plan(2), &blocks).is_allowed());
    for commands in [&["get", "run"][..], &["verify", "get", "run"], &["get", "get", "verify", "run"]] {
        assert!(!judge(&of(commands), &plan(commands.len()), &blocks).is_allowed(), "{commands:?}");
    }
}

/// No grant approves a run, however wide, and a run in another state of its approval does not pass.
#[test]
fn only_a_run_block_in_force_approves_a_run() {
    let plan = plan_of(&[("terraform_data.warm", "create")], &TWO);
    let exact = blocks_of(&runs_of(SOURCES, &plan));
    let everything =
        "grant \"terraform\" {\n principals = [\"*\"]\n actions = [\"*\"]\n resources = [\"*\"]\n}";
    assert!(!judge(SOURCES, &plan, everything).is_allowed());
    assert!(!judge(SOURCES, &plan, &format!("addresses = [\"module.x.*\"]\n{exact}")).is_allowed());
    assert!(judge(SOURCES, &plan, &format!("addresses = [\"terraform_data.*\"]\n{exact}")).is_allowed());
    assert!(!judge(SOURCES, &plan, &exact.replace("local-exec", "remote-exec")).is_allowed());
    assert!(!judge(SOURCES, &plan, &format!("starts_on = \"2026-11-30\"\n{exact}")).is_allowed());
    // A plan that does not agree with its sources on what runs shows nothing.
    let other = plan_of(&[("terraform_data.warm", "create")], &["local-exec"]);
    assert!(!judge(SOURCES, &other, &exact).is_allowed());
}

#[test]
fn a_removed_block_runs_what_it_says() {
    let removed = "removed {\n from = terraform_data.warm\n provisioner \"local-exec\" {\n when = destroy\n command = \"a\"\n }\n}";
    let mut plan = plan_of(&[("terraform_data.warm", "delete")], &[]);
    plan["configuration"] = json!({"root_module": {}});
    let blocks = blocks_of(&runs_of(removed, &plan));
    assert!(judge(removed, &plan, &blocks).is_allowed());
    assert!(!judge(&removed.replace("\"a\"", "\"b\""), &plan, &blocks).is_allowed());
    // All that stands there runs when the object is destroyed.
    let unsaid = removed.replace("when = destroy\n", "");
    assert!(judge(&unsaid, &plan, &blocks).is_allowed());
    assert_eq!(runs_of(&unsaid, &plan).len(), 1);
}

#[test]
fn a_targeted_plan_passes_where_all_that_it_changes_is_listed() {
    let changes = [("terraform_data.a", "create"), ("module.ci.terraform_data.b", "delete")];
    let sources = "resource \"terraform_data\" \"a\" {}\n";
    let mut plan = plan_of(&changes, &[]);
    plan["complete"] = json!(false);
    plan["errored"] = json!(false);
    let lists = |addresses: &str| format!("run \"target\" {{\n addresses = [{addresses}]\n}}");
    for (addresses, allowed) in [
        ("\"terraform_data.a\", \"module.ci.*\"", true),
        ("\"*\"", true),
        ("\"terraform_data.a\"", false),
        ("\"module.ci.*\"", false),
        ("\"terraform_data.a[0]\", \"module.ci.*\"", false),
        ("\"module.c.*\", \"terraform_data.a\"", false),
    ] {
        let assessment = judge(sources, &plan, &lists(addresses));
        assert_eq!(assessment.is_allowed(), allowed, "{addresses}: {:?}", assessment.findings);
        if !allowed {
            assert_eq!(assessment.findings.len(), 1);
            assert_eq!(assessment.findings[0].code, Code::IncompletePlan);
        }
    }
    let listed = lists("\"*\"");
    assert!(!judge(sources, &plan, &format!("addresses = [\"terraform_data.*\"]\n{listed}")).is_allowed());
    assert!(!judge(sources, &plan, &format!("starts_on = \"2026-11-30\"\n{listed}")).is_allowed());
    // Incomplete for another reason.
    for (section, value) in [
        ("errored", json!(true)),
        (
            "deferred_changes",
            json!([{"reason": "unknown", "resource_change": {"address": "terraform_data.z"}}]),
        ),
        ("deferred_action_invocations", json!([{"action_invocation": {}}])),
    ] {
        let mut plan = plan.clone();
        plan[section] = value;
        assert!(!judge(sources, &plan, &listed).is_allowed(), "{section}");
    }
}

/// A plan is judged by its own sources only, also as far as they say what runs.
#[test]
fn sources_that_run_something_else_do_not_agree() {
    let sources = |text: &str| {
        let files = vec![("main.tf".to_owned(), text.as_bytes().to_vec())];
        Sources::read(&[ModuleFiles {
            key: String::new(),
            folder: String::new(),
            files,
            ..ModuleFiles::default()
        }])
    };
    let written = "resource \"terraform_data\" \"warm\" {\n provisioner \"local-exec\" {\n when = destroy\n command = \"a\"\n }\n}";
    let mut plan = plan_of(&[], &["local-exec"]);
    plan["configuration"]["root_module"]["resources"][0]["provisioners"][0]["expressions"] =
        json!({"command": {"constant_value": "a"}});
    let text = plan.to_string();
    let plan = Plan::read(&text).unwrap();
    let differs = |text: &str| find_disagreement(&plan.configuration, &sources(text)).is_some();
    assert!(!differs(written));
    for (from, to) in [
        ("\"a\"", "\"b\""),
        ("\"a\"", "var.x"),
        ("command", "working_dir = \"/\"\n command"),
        ("local-exec", "remote-exec"),
        ("provisioner", "lifecycle {}\n other"),
        ("provisioner", "provisioner \"local-exec\" {\n command = \"a\"\n }\n provisioner"),
    ] {
        assert!(differs(&written.replace(from, to)), "{to}");
    }
}

/// Where a condition that is not known chooses, all that it may choose is approved, or nothing is.
#[test]
fn each_of_several_commands_needs_its_digest() {
    let sources =
        SOURCES.replace("\"/bin/sh\", ", "pathexpand(\"~\") == \"/\" ? \"/bin/sh\" : \"/bin/bash\", ");
    let plan = plan_of(&[("terraform_data.warm", "create")], &TWO);
    let runs = runs_of(&sources, &plan);
    let [Run::Provisioner { content, .. }] = runs.as_slice() else { panic!("{runs:?}") };
    let [one, other] = content.texts() else { panic!("{content:?}") };
    assert!(one.canonical.contains("/bin/sh") != other.canonical.contains("/bin/sh"));
    let block = |digests: &str| {
        format!("run \"local-exec\" {{\n address = \"terraform_data.warm\"\n sha256 = {digests}\n}}\n")
    };
    let (first, second) = (format!("{:?}", one.sha256), format!("{:?}", other.sha256));
    for (blocks, allowed) in [
        (block(&format!("[{first}, {second}]")), true),
        (format!("{}{}", block(&first), block(&second)), true),
        (block(&first), false),
        (block(&second), false),
        (block(&format!("[{first}, \"{}\"]", "0".repeat(64))), false),
    ] {
        assert_eq!(judge(&sources, &plan, &blocks).is_allowed(), allowed, "{blocks}");
    }
    // Too many are none.
    let many = sources.replace(
        "A = 1",
        &(0..6).map(|at| format!("K{at} = pathexpand(\"~\") == \"/\" ? 1 : 2\n")).collect::<String>(),
    );
    let runs = runs_of(&many, &plan);
    assert!(
        matches!(runs.as_slice(), [Run::Provisioner { content: RunContent::Undecided(_), .. }]),
        "{runs:?}"
    );
}

/// The sources of one provisioner.
fn one_provisioner(kind: &str, arguments: &str) -> String {
    format!("resource \"terraform_data\" \"warm\" {{\n provisioner \"{kind}\" {{\n {arguments}\n }}\n}}\n")
}

/// What a provisioner runs from files is approved by their content.
#[test]
fn the_content_of_files_that_run_counts() {
    let files = [
        ("a.sh", "a"),
        ("b.sh", "b"),
        ("job/a.sh", "c"),
        ("x.py", "d"),
        ("conf/one", "1"),
        ("conf/two", "2"),
        ("data.json", "{}"),
    ];
    for (kind, arguments, used) in [
        ("remote-exec", "script = \"a.sh\"", &["a.sh"][..]),
        ("remote-exec", "script = \"${path.module}/a.sh\"", &["a.sh"]),
        ("remote-exec", "scripts = [\"a.sh\", \"b.sh\"]", &["a.sh", "b.sh"]),
        ("file", "source = \"a.sh\"\n destination = \"/tmp\"", &["a.sh"]),
        ("file", "source = \"conf/\"\n destination = \"/tmp\"", &["conf/one", "conf/two"]),
        ("local-exec", "command = \"./a.sh --now\"", &["a.sh"]),
        ("local-exec", "command = \"A=1 sudo ${path.module}/a.sh\"", &["a.sh"]),
        ("local-exec", "command = \"bash -eu a.sh && ./b.sh\"", &["a.sh", "b.sh"]),
        ("local-exec", "command = \"bash -c './a.sh; ./b.sh'\"", &["a.sh", "b.sh"]),
        ("local-exec", "command = \"cd job && ./a.sh\"", &["job/a.sh"]),
        ("local-exec", "command = \"if (cd job; ./a.sh); then ./b.sh; fi\"", &["job/a.sh", "b.sh"]),
        ("local-exec", "working_dir = \"job\"\n command = \"./a.sh\"", &["job/a.sh"]),
        ("local-exec", "command = \"python3 -W ignore x.py\"", &["x.py"]),
        ("local-exec", "interpreter = [\"python3\", \"x.py\"]\n command = \"now\"", &["x.py"]),
        ("local-exec", "interpreter = [\"/bin/bash\"]\n command = \"a.sh\"", &["a.sh"]),
        ("local-exec", "command = \"curl -d @data.json https://x.example.com\"", &["data.json"]),
        ("local-exec", "command = \"$RUN\"\n environment = { RUN = \"./a.sh\" }", &["a.sh"]),
    ] {
        let (sources, plan) =
            (one_provisioner(kind, arguments), plan_of(&[("terraform_data.warm", "create")], &[kind]));
        let blocks = blocks_of(&runs_beside(&Files::of(&files), &sources, &plan));
        let is_allowed = |files: &Files| judge_beside(files, &sources, &plan, &blocks).is_allowed();
        assert!(is_allowed(&Files::of(&files)), "{arguments}");
        for (path, _) in files {
            let mut other = Files::of(&files);
            other.0.insert(path.to_owned(), "other".to_owned());
            assert_eq!(is_allowed(&other), !used.contains(&path), "{arguments}: {path}");
            let mut gone = Files::of(&files);
            gone.0.remove(path);
            assert_eq!(is_allowed(&gone), !used.contains(&path), "{arguments}: without {path}");
        }
        let mut more = Files::of(&files);
        more.0.insert("conf/three".to_owned(), String::new());
        assert_eq!(is_allowed(&more), !used.contains(&"conf/one"), "{arguments}");
        // The same content under another name.
        let renamed = sources.replace("a.sh", "a2.sh");
        let mut copy = Files::of(&files);
        copy.0.insert("a2.sh".to_owned(), "a".to_owned());
        copy.0.insert("job/a2.sh".to_owned(), "c".to_owned());
        if renamed != sources {
            assert!(!judge_beside(&copy, &renamed, &plan, &blocks).is_allowed(), "{arguments}");
        }
    }
}

/// What runs and was not found has no digest.
#[test]
fn a_file_that_runs_and_was_not_found_is_named() {
    for (kind, arguments, named) in [
        ("remote-exec", "script = \"a.sh\"", "a.sh"),
        ("remote-exec", "script = \"../a.sh\"", "../a.sh"),
        ("file", "source = \"~/a.sh\"\n destination = \"/tmp\"", "~/a.sh"),
        ("file", "source = \"/etc/passwd\"\n destination = \"/tmp\"", "/etc/passwd"),
        ("local-exec", "command = \"./a.sh\"", "a.sh"),
        ("local-exec", "command = \"echo x; ../deploy/a.sh\"", "../deploy/a.sh"),
        ("local-exec", "command = \"x=$(./a.sh)\"", "a.sh"),
        ("local-exec", "command = \"bash /opt/a.sh\"", "/opt/a.sh"),
        ("local-exec", "command = \"bash \\\"$HOME/found.sh\\\"\"", "$HOME/found.sh"),
        ("local-exec", "command = \"cd $HOME && ./found.sh\"", "./found.sh"),
        ("local-exec", "command = \"true && cd job; ./found.sh\"", "./found.sh"),
        ("local-exec", "interpreter = [\"bash\"]\n command = \"a.sh\"", "a.sh"),
    ] {
        let (sources, plan) =
            (one_provisioner(kind, arguments), plan_of(&[("terraform_data.warm", "create")], &[kind]));
        let files = Files::of(&[("found.sh", ""), ("job/found.sh", "")]);
        let runs = runs_beside(&files, &sources, &plan);
        let [Run::Provisioner { content: RunContent::Undecided(reason), .. }] = runs.as_slice() else {
            panic!("{arguments}: {runs:?}")
        };
        assert!(
            matches!(reason, Reason::ContentNotRead { file, .. } if file == named),
            "{arguments}: {reason:?}"
        );
    }
    // Programs of the machine are approved by their names.
    for command in [
        "curl -f https://x.example.com/a.sh",
        "/usr/bin/env true",
        "kubectl apply -f -",
        "cat <<EOF\na/b: c\nEOF\n",
    ] {
        let arguments = format!("command = {command:?}");
        let plan = plan_of(&[("terraform_data.warm", "create")], &["local-exec"]);
        blocks_of(&runs_of(&one_provisioner("local-exec", &arguments), &plan));
    }
}

/// An object without an account is where the plan is.
#[test]
fn an_approval_for_an_account_covers_what_runs_in_a_plan_of_that_account() {
    let mut plan = plan_of(&[("terraform_data.warm", "create")], &TWO);
    let exact = blocks_of(&runs_of(SOURCES, &plan));
    let provider = |key: &str, account: Option<&str>| {
        let constants = account.map(|account| json!({"allowed_account_ids": {"constant_value": [account]}}));
        (
            key.to_owned(),
            json!({"name": "aws", "full_name": "registry.terraform.io/hashicorp/aws", "expressions": constants.unwrap_or_else(|| json!({}))}),
        )
    };
    let (one, other) = (Some("111122223333"), Some("444455556666"));
    for (accounts, expected) in [
        (vec![one], true),
        (vec![one, one], true),
        (vec![other], false),
        (vec![one, other], false),
        (vec![other, one], false),
        (vec![one, other, one], false),
        (vec![None], false),
        (vec![one, None], false),
        (vec![None, one], false),
        (vec![], false),
    ] {
        let configured: serde_json::Map<String, Value> = accounts
            .iter()
            .enumerate()
            .map(|(at, account)| provider(&format!("aws.p{at}"), *account))
            .collect();
        plan["configuration"]["provider_config"] = Value::Object(configured);
        let restricted = format!("accounts = [\"111122223333\"]\n{exact}");
        let assessment = judge(SOURCES, &plan, &restricted);
        assert_eq!(assessment.is_allowed(), expected, "{accounts:?}: {:?}", assessment.findings);
        assert!(judge(SOURCES, &plan, &exact).is_allowed(), "{accounts:?}");
    }
}
