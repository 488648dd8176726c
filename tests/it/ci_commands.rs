//! Nothing that somebody else wrote runs as a command of a CI service: a generator puts commands into every place of a
//! plan, a manifest and a command line, and looks at every line that comes out, in every format.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

/// What Azure Pipelines, GitHub Actions, GitLab and TeamCity would obey.
const COMMANDS: [&str; 12] = [
    "##vso[task.setvariable variable=PATH]/tmp",
    "###vso[task.complete result=Succeeded;]",
    "##[error]x",
    "##[set-env name=A;]x",
    "::error::x",
    "::error file=a.tf,line=1::x",
    "::set-output name=a::b",
    "::stop-commands::token",
    "a\n::warning::x",
    "\u{2003}::add-mask::x",
    "section_start:1560896352:a\r\u{1b}[0K",
    "##teamcity[buildStatus text='x']",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("ci-commands")
}

/// The commands that a line holds, as the services find them.
fn find_command(line: &str) -> Option<String> {
    let hashes = line.match_indices("##").find(|(at, _)| {
        let name =
            line[at + 2..].trim_start_matches(|symbol: char| symbol.is_alphanumeric() || symbol == '.');
        name.starts_with('[')
    });
    let colons = line.trim().starts_with("::")
        || ["::error", "::warning", "::set-output", "::stop-commands", "::add-mask"]
            .iter()
            .any(|command| line.to_lowercase().contains(command));
    let section = line.contains("section_start:") || line.contains("section_end:");
    (hashes.is_some() || colons || section).then(|| line.to_owned())
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// A plan with a command in one of its places; `None` where there are no more places.
fn plan(place: usize, command: &str) -> Option<Value> {
    let policy = json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*",
    }]});
    let mut plan = json!({
        "format_version": "1.2", "terraform_version": "1.11.4", "complete": true, "errored": false,
        "resource_changes": [{
            "address": "aws_iam_role_policy.r", "mode": "managed", "type": "aws_iam_role_policy", "name": "r",
            "provider_name": "registry.terraform.io/hashicorp/aws",
            "change": {"actions": ["create"], "before": null, "after_unknown": {}, "after": {
                "role": "reports", "policy": policy.to_string(), "tags": {},
            }},
        }],
        "configuration": {"root_module": {"resources": [{
            "address": "aws_iam_role_policy.r", "mode": "managed", "type": "aws_iam_role_policy", "name": "r",
            "expressions": {"role": {}, "policy": {}},
        }]}},
    });
    let change = |name: &str| format!("/resource_changes/0/{name}");
    let mut set = |pointer: &str, value: Value| {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let parent = plan.pointer_mut(parent).unwrap();
        match name.parse::<usize>() {
            Ok(at) => parent[at] = value,
            Err(_) => parent[name] = value,
        }
    };
    let document = |pointer: &str, value: Value| {
        let mut policy = policy.clone();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        policy.pointer_mut(parent).unwrap()[name] = value;
        Value::String(policy.to_string())
    };
    let after = |name: &str| change(&format!("change/after/{name}"));
    match place {
        0 => set(&change("address"), format!("aws_iam_role_policy.r[{}]", quoted(command)).into()),
        1 => set(&change("address"), command.into()),
        2 => set(&after("role"), command.into()),
        3 => set(&after("policy"), command.into()),
        4 => set(&after("policy"), document("/Statement/0/Action", command.into())),
        5 => set(&after("policy"), document("/Statement/0/Resource", command.into())),
        6 => set(&after("policy"), document("/Statement/0/Effect", command.into())),
        7 => set(&after("policy"), document("/Version", command.into())),
        8 => set(&after("policy"), document(&format!("/{}", command.replace('/', "")), "x".into())),
        9 => {
            let condition = json!({command: {"aws:SourceVpc": "vpc-1"}});
            set(&after("policy"), document("/Statement/0/Condition", condition));
        }
        10 => {
            let condition = json!({"StringEquals": {command: command}});
            set(&after("policy"), document("/Statement/0/Condition", condition));
        }
        11 => set(&after("tags"), json!({"ticket": command})),
        12 => set(&after("tags"), json!({"owner": command})),
        13 => set(&after("description"), command.into()),
        14 => set(&change("type"), command.into()),
        15 => set(&change("type"), format!("aws_iam_{command}").into()),
        16 => set(&change("provider_name"), command.into()),
        17 => set(&change("module_address"), command.into()),
        18 => set(&change("mode"), command.into()),
        19 => set(&change("change/actions"), json!([command])),
        20 => set(&format!("/{}", command.replace('/', "")), json!({})),
        21 => set("/format_version", command.into()),
        22 => set("/terraform_version", command.into()),
        23 => set("/configuration/root_module/resources/0/provisioners", json!([{"type": command}])),
        24 => set("/action_invocations", json!([{"address": command}])),
        25 => set("/deferred_changes", json!([{"resource_change": {"address": command}}])),
        26 => set(&change("change/after_unknown"), json!({"policy": true, command: true})),
        27 => set(&after("policy"), document("/Statement/0/Principal", json!({command: command}))),
        _ => return None,
    }
    Some(plan)
}

fn manifest(ticket: &str, text: &str) -> String {
    let (ticket, bucket, text) = (quoted(ticket), quoted(&format!("arn:aws:s3:::{text}")), quoted(text));
    format!(
        r#"process_owner = {text}
system {text} {{
  owner   = {text}
  contact = {text}
}}
authority {text} {{
  approvers    = [{text}]
  systems      = [{text}]
  max_duration = "365d"
  threshold    = 1
}}
approval {ticket} {{
  justification = {text}
  system        = {text}
  requester     = "ana"
  approvers     = [{text}]
  approved_on   = "2026-11-01"
  expires_on    = "2027-02-01"
  grant "aws" {{
    principals = ["arn:aws:iam::123456789012:role/reports"]
    actions    = ["s3:GetObject"]
    resources  = [{bucket}]
  }}
}}
"#
    )
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_countersign"))
        .args(arguments)
        .current_dir(folder())
        .env("COLUMNS", "80")
        .output()
        .unwrap()
}

/// Looks for commands in all that a run says, on both streams and in its file.
fn look(about: &str, output: &Output, file: Option<&Path>, found: &mut Vec<String>) {
    let file = file.map(|file| fs::read(file).unwrap_or_default()).unwrap_or_default();
    for text in [&output.stdout, &output.stderr, &file] {
        let text = String::from_utf8_lossy(text);
        let lines = text.split(['\n', '\r']).filter_map(find_command);
        found.extend(lines.map(|line| format!("{about}: {line}")));
    }
}

#[test]
fn a_plan_gives_no_command() {
    let folder = folder();
    fs::create_dir_all(folder.join("approvals")).unwrap();
    fs::write(folder.join("approvals/all.hcl"), manifest("SEC-1", "team")).unwrap();
    let mut found = Vec::new();
    let mut places = 0;
    for place in 0.. {
        // A third of the commands in each place, each in another format: over all places each meets each.
        let Some(_) = plan(place, "x") else { break };
        places += 1;
        for (at, command) in COMMANDS.iter().enumerate().filter(|(at, _)| (at + place) % 3 == 0) {
            let plan = plan(place, command).unwrap();
            fs::write(folder.join("plan.json"), plan.to_string()).unwrap();
            let format = ["human", "json"][(place + at / 3) % 2];
            let about = format!("place {place}, {command:?}, {format}");
            let approvals = ["--approvals", "approvals", "--fact", "aws.account=123456789012"];
            let written = format!("{}=out.txt", ["json", "human"][(place + at / 3) % 2]);
            let more = ["--as-of", "2026-11-24", "--format", format, "--output", &written];
            let checked = run(&[&["check", "plan.json"][..], &approvals, &more].concat());
            look(&about, &checked, Some(&folder.join("out.txt")), &mut found);
            if place == 0 && format == "json" {
                let report: Value = serde_json::from_slice(&checked.stdout).unwrap();
                let address = format!("aws_iam_role_policy.r[{}]", quoted(command));
                assert_eq!(report["grants"][0]["address"], address, "the value is not exact");
            }
            if at % 4 == place % 4 || place == 23 {
                look(&about, &run(&["grants", "plan.json", "--format", format]), None, &mut found);
            }
        }
    }
    assert!(places >= 28);
    assert!(found.is_empty(), "{}\n{}", found.len(), found.join("\n"));
}

#[test]
fn a_manifest_and_a_command_line_give_no_command() {
    let folder = folder().join("manifest");
    fs::create_dir_all(&folder).unwrap();
    let plan = plan(11, "SEC-1").unwrap();
    fs::write(folder.join("plan.json"), plan.to_string()).unwrap();
    let (mut found, mut read) = (Vec::new(), 0);
    for (at, command) in COMMANDS.iter().enumerate() {
        let visible: String = command.chars().filter(|symbol| !symbol.is_control()).collect();
        let approvals = folder.join(format!("approvals-{at}"));
        fs::create_dir_all(&approvals).unwrap();
        let approvals = approvals.to_str().unwrap();
        for (ticket, text) in [("SEC-1", visible.as_str()), (visible.as_str(), "team")] {
            fs::write(Path::new(approvals).join("all.hcl"), manifest(ticket, text)).unwrap();
            let words = ["check", "manifest/plan.json", "--approvals", approvals, "--as-of", "2026-11-24"];
            read += usize::from(run(&words).status.code() == Some(1));
            for format in ["human", "json"] {
                let about = format!("{ticket:?}, {text:?}, {format}");
                let more = ["--approvals", approvals, "--as-of", "2026-11-24", "--format", format];
                look(&about, &run(&[&["check", "manifest/plan.json"][..], &more].concat()), None, &mut found);
                look(&about, &run(&[&["lint"][..], &more].concat()), None, &mut found);
            }
        }
        fs::write(Path::new(approvals).join("all.hcl"), format!("{visible} {{\n")).unwrap();
        look("broken manifest", &run(&["lint", "--approvals", approvals]), None, &mut found);
        for arguments in [
            vec!["check", command],
            vec![command],
            vec!["check", "manifest/plan.json", "--fact", command],
            vec!["check", "manifest/plan.json", "--approvals", command],
            vec!["check", "manifest/plan.json", "--format", command],
            vec!["explain", command],
            vec!["compare", "--approved", command, "--planned", command],
            vec!["catalog", "build", command],
        ] {
            look(&format!("{arguments:?}"), &run(&arguments), None, &mut found);
        }
        let line = json!({"id": command, "approved": [command], "planned": {(*command): command}});
        fs::write(folder.join("pairs.jsonl"), line.to_string()).unwrap();
        let pairs = ["compare", "--jsonl", "--provider", "aws", "manifest/pairs.jsonl"];
        look("pairs", &run(&pairs), None, &mut found);
    }
    assert!(read > COMMANDS.len(), "{read} manifests are read");
    assert!(found.is_empty(), "{}\n{}", found.len(), found.join("\n"));
}
