//! The embedded catalogue loads as a whole: nothing is lost between the script that makes it and the judge.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use access_algebra::{Access, Containment, contains};
use countersign::catalog::actions::{self, AccessLevel};
use countersign::catalog::printed::{LeftOutCause, LeftOutRole, PrintedRoles};
use countersign::catalog::roles::{self, Roles};
use countersign::catalog::{Catalog, MissCause, list_embedded, policies};
use countersign::lower::{Dialect, DocumentFormat, Side, Terms, Text, lower};
use countersign::value::Value;
use countersign::words::describe_left_out;

/// An attachment of a policy to a role.
fn attached(policy: &str) -> Terms {
    Terms {
        principals: vec![Text::known("arn:aws:iam::111122223333:role/ci")],
        roles: vec![Text::known(policy)],
        ..Terms::default()
    }
}

#[test]
fn every_action_is_there_with_its_level() {
    let source = actions::read_source().unwrap();
    let services: Vec<_> =
        actions::list_prefixes().iter().map(|prefix| actions::find_service(prefix).unwrap()).collect();
    assert_eq!(services.iter().map(|service| service.actions.len()).sum::<usize>(), source.count);
    assert!(services.len() > 400 && source.count > 20_000, "{} services", services.len());
    for service in &services {
        let mut names = BTreeSet::new();
        for action in &service.actions {
            assert!(action.levels().next().is_some(), "{}:{} has no level", service.prefix, action.name);
            assert!(names.insert(action.name), "{}:{} stands twice", service.prefix, action.name);
            assert_eq!(service.find_action(&action.name.to_uppercase()), Some(action), "{}", service.prefix);
        }
        for format in service.all_formats() {
            assert!(format.starts_with("arn:") && format.split(':').count() > 5, "{format}");
        }
    }
}

#[test]
fn an_action_knows_its_resources_and_keys() {
    let s3 = actions::find_service("S3").unwrap();
    let get = s3.find_action("getobject").unwrap();
    assert_eq!(get.name, "GetObject");
    assert_eq!(get.levels().collect::<Vec<_>>(), [AccessLevel::Read]);
    assert!(s3.find_formats(get).contains(&"arn:${Partition}:s3:::${BucketName}/${ObjectName}"));
    let listed = s3.find_keys(s3.find_action("ListBucket").unwrap());
    assert!(listed.iter().any(|key| key.name == "s3:prefix" && key.kind == "String"), "{listed:?}");
    let everywhere = s3.find_action("ListAllMyBuckets").unwrap();
    assert_eq!(
        (everywhere.levels().collect::<Vec<_>>(), s3.find_formats(everywhere).len()),
        (vec![AccessLevel::List], 0)
    );
    assert_eq!(
        s3.find_action("PutBucketPolicy").unwrap().levels().collect::<Vec<_>>(),
        [AccessLevel::Permissions, AccessLevel::Write]
    );
    assert!(actions::find_service("s4").is_none() && s3.find_action("NoSuchAction").is_none());
}

#[test]
fn every_managed_policy_is_there_and_means_something() {
    let source = policies::read_source().unwrap();
    let all = policies::all();
    assert_eq!(all.len(), source.count);
    assert!(source.count > 1_500, "{}", source.count);
    let catalog = Catalog::default();
    for policy in all {
        assert!(policy.version.starts_with('v') && policy.date.len() == 10, "{policy:?}");
        assert!(policy.date <= source.date.to_string().as_str(), "{} is of {}", policy.arn, policy.date);
        let content = catalog.lower_planned(Dialect::Aws, &attached(policy.arn)).unwrap();
        assert_eq!(content.lowered.doubts, [], "{}", policy.arn);
        assert_ne!(content.lowered.access, Access::default(), "{}", policy.arn);
        assert_eq!(content.used[0].version.as_deref(), Some(policy.version));
    }
}

#[test]
fn each_policy_lies_within_its_own_approval_where_that_can_be_said() {
    let catalog = Catalog::default();
    let mut proved = 0;
    for policy in policies::all().into_iter().step_by(7) {
        let terms = attached(policy.arn);
        let planned = catalog.lower_planned(Dialect::Aws, &terms).unwrap().lowered.access;
        let Some(approved) = catalog.lower_approved(Dialect::Aws, &terms) else { continue };
        match contains(&approved.lowered.access, &planned) {
            Containment::Contained => proved += 1,
            Containment::Undecided(_) => {}
            Containment::Exceeds(witness) => panic!("{} exceeds itself: {witness:?}", policy.arn),
        }
    }
    assert!(proved > 200, "{proved}");
}

/// A denial would be taken out of every other approval as well.
#[test]
fn a_policy_that_denies_is_approved_by_its_name_alone() {
    let catalog = Catalog::default();
    let mut denying = 0;
    for policy in policies::all().into_iter().filter(|policy| policy.document.contains(r#""Effect":"Deny""#))
    {
        assert!(catalog.lower_approved(Dialect::Aws, &attached(policy.arn)).is_none(), "{}", policy.arn);
        assert!(catalog.lower_planned(Dialect::Aws, &attached(policy.arn)).is_some(), "{}", policy.arn);
        denying += 1;
    }
    assert!(denying > 20, "{denying}");
}

#[test]
fn content_says_what_the_policy_says() {
    let catalog = Catalog::default();
    let content = catalog
        .lower_planned(Dialect::Aws, &attached("arn:aws:iam::aws:policy/AdministratorAccess"))
        .unwrap();
    let document = r#"{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
    let document = Some((DocumentFormat::AwsPolicy, Value::String(document.into()).into()));
    let everything = Terms { roles: Vec::new(), document, ..attached("") };
    let everything = lower(Dialect::Aws, Side::Planned, &everything).access;
    assert_eq!(contains(&everything, &content.lowered.access), Containment::Contained);
    assert_eq!(contains(&content.lowered.access, &everything), Containment::Contained);
}

/// A name is known only as AWS writes it, and only in the partition that the table is of.
#[test]
fn what_is_not_in_the_catalogue_stays_a_name() {
    let catalog = Catalog::default();
    for name in [
        "arn:aws-cn:iam::aws:policy/AdministratorAccess",
        "arn:aws-us-gov:iam::aws:policy/AdministratorAccess",
        "arn:aws:iam::aws:policy/administratoraccess",
        "arn:aws:iam::aws:policy/NoSuchPolicy",
        "arn:aws:iam::aws:policy/*",
        "arn:aws:iam::111122223333:policy/AdministratorAccess",
        "AdministratorAccess",
    ] {
        assert!(catalog.lower_planned(Dialect::Aws, &attached(name)).is_none(), "{name}");
        assert!(catalog.lower_approved(Dialect::Aws, &attached(name)).is_none(), "{name}");
    }
    let miss = |name: &str| catalog.find_miss(Dialect::Aws, &Text::known(name)).map(|miss| miss.cause);
    let absent = miss("arn:aws:iam::aws:policy/NoSuchPolicy");
    assert!(matches!(absent, Some(MissCause::NotContained { .. })), "{absent:?}");
    assert_eq!(miss("arn:aws-cn:iam::aws:policy/ReadOnlyAccess"), Some(MissCause::OtherPartition));
    assert_eq!(miss("arn:aws:iam::aws:policy/ReadOnlyAccess"), None);
    assert_eq!(miss("arn:aws:iam::111122223333:policy/own"), None);
}

/// Content is never read where a grant gives something beside its roles, or where one of them is not known.
#[test]
fn content_is_all_or_nothing() {
    let catalog = Catalog::default();
    let known = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    let mut terms = attached(known);
    terms.roles.push(Text::known("arn:aws:iam::111122223333:policy/own"));
    assert!(catalog.lower_planned(Dialect::Aws, &terms).is_none());
    let terms = Terms { actions: vec![Text::known("s3:GetObject")], ..attached(known) };
    assert!(catalog.lower_planned(Dialect::Aws, &terms).is_none());
    let scoped = Terms { resources: vec![Text::known("arn:aws:iam::111122223333:root")], ..attached(known) };
    assert!(catalog.lower_approved(Dialect::Aws, &scoped).is_none());
}

#[test]
fn each_table_names_where_it_comes_from() {
    let sources = list_embedded();
    assert_eq!(sources.len(), 2);
    let licences = fs::read_to_string("rules/catalog/LICENCES.txt").unwrap();
    for source in sources {
        assert!(source.licence.starts_with("MIT, Copyright (c) "), "{}", source.licence);
        assert!(licences.contains(&source.source), "{} is not in LICENCES.txt", source.source);
        assert!(source.old_age(source.date).is_none());
        let later = source.date.checked_add(jiff::Span::new().days(91)).unwrap();
        assert_eq!(source.old_age(later), Some(91));
    }
}

fn printed(folder: &Path) -> (String, Vec<String>) {
    let mut printed = PrintedRoles::default();
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "json")) {
        let text = fs::read_to_string(file).unwrap();
        printed.add(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }
    let (roles, left_out) = printed.finish();
    (
        roles::write(&roles, jiff::civil::date(2026, 8, 22)).unwrap(),
        left_out.iter().map(describe_left_out).collect(),
    )
}

/// What the clouds print, as the file that the plans in `testdata/catalog/clouds` are judged with.
#[test]
fn what_is_printed_becomes_the_file() {
    let (text, left_out) = printed(Path::new("testdata/catalog/printed"));
    assert_eq!(text, fs::read_to_string("testdata/catalog/clouds/catalog.jsonl").unwrap());
    assert_eq!(
        left_out,
        [
            "`Not expanded` was printed without what it inherits",
            "`roles/empty.one` was printed without permissions"
        ]
    );
}

/// Real output, where somebody has some: `COUNTERSIGN_PRINTED=FOLDER cargo test --test it catalog::`.
#[test]
fn real_output_becomes_a_file() {
    let Ok(folder) = std::env::var("COUNTERSIGN_PRINTED") else {
        eprintln!("COUNTERSIGN_PRINTED names no folder of what clouds print: nothing was read");
        return;
    };
    let (text, left_out) = printed(Path::new(&folder));
    let roles = Roles::read("real", &text).unwrap();
    eprintln!("{} roles, {} by name only", roles.source().count, left_out.len());
    assert!(roles.source().count > 0);
    let catalog = Catalog { own: Some(roles) };
    let held = |role: &str| Terms {
        principals: vec![Text::known("User:ana")],
        roles: vec![Text::known(role)],
        resources: vec![Text::known("cluster")],
        ..Terms::default()
    };
    let mut asked = 0;
    for (dialect, approved, planned, expected) in KNOWN_OF_ROLES {
        let (Some(approved), Some(planned)) = (
            catalog.lower_approved(dialect, &held(approved)),
            catalog.lower_planned(dialect, &held(planned)),
        ) else {
            continue;
        };
        let answer = contains(&approved.lowered.access, &planned.lowered.access);
        assert_eq!(answer == Containment::Contained, expected, "{planned:?}: {answer:?}");
        assert!(!matches!(answer, Containment::Undecided(_)), "{answer:?}");
        asked += 1;
    }
    eprintln!("{asked} of {} facts about roles were asked", KNOWN_OF_ROLES.len());
}

/// What is known of built-in roles: whether the first covers the second.
const KNOWN_OF_ROLES: [(Dialect, &str, &str, bool); 14] = [
    (Dialect::Azure, "Contributor", "Reader", true),
    (Dialect::Azure, "Owner", "Contributor", true),
    (Dialect::Azure, "Contributor", "Owner", false),
    (Dialect::Azure, "Reader", "Monitoring Reader", false),
    (Dialect::Azure, "Owner", "Storage Blob Data Owner", false),
    (Dialect::Google, "roles/editor", "roles/iam.serviceAccountUser", true),
    (Dialect::Google, "roles/owner", "roles/iam.serviceAccountTokenCreator", false),
    (Dialect::Google, "roles/viewer", "roles/storage.objectViewer", false),
    (Dialect::Google, "roles/owner", "roles/secretmanager.secretAccessor", true),
    (Dialect::Google, "roles/editor", "roles/secretmanager.secretAccessor", false),
    (Dialect::Kubernetes, "ClusterRole:edit", "ClusterRole:view", true),
    (Dialect::Kubernetes, "ClusterRole:admin", "ClusterRole:edit", true),
    (Dialect::Kubernetes, "ClusterRole:cluster-admin", "ClusterRole:admin", true),
    (Dialect::Kubernetes, "ClusterRole:view", "ClusterRole:edit", false),
];

#[test]
fn what_is_no_role_is_named_with_its_place() {
    for (text, expected) in [
        ("", "nothing in it"),
        ("{", "line 1, column 1"),
        (r#"[{"a": 1, "a": 2}]"#, "the same key twice"),
        ("7", "the output: this is not a role"),
        (r#"[{"name": "x"}]"#, "entry 1 (`x`): this is not a role of a cloud"),
        (
            r#"{"name": "roles/x", "includedPermissions": "all"}"#,
            "(`roles/x`): `includedPermissions` is not a list",
        ),
        (r#"{"name": "roles/x", "includedPermissions": [1]}"#, "something other than text"),
        (r#"[{"roleName": "R", "permissions": []}]"#, "entry 1 (`R`): `name` is missing"),
        (
            r#"{"value": [{"id": "1", "displayName": "R", "rolePermissions": {}}]}"#,
            "`rolePermissions` is not a list",
        ),
        (r#"{"items": [{"kind": "Role", "metadata": {"name": "r"}}]}"#, "`namespace` is missing"),
        (
            r#"{"Policies": [{"Arn": "arn:aws:iam::1:policy/p", "DefaultVersionId": "v2", "PolicyVersionList": []}]}"#,
            "the version `v2`, which is in force, was not printed",
        ),
        (
            r#"[{"name": "roles/x", "includedPermissions": ["a.b"]}, {"name": "roles/x", "includedPermissions": ["a.c"]}]"#,
            "entry 2 (`roles/x`): this role was printed before",
        ),
    ] {
        let error = PrintedRoles::default().add(text).unwrap_err().to_string();
        assert!(error.contains(expected), "{text}: {error}");
    }
}

/// A role that inherits from one that was not printed would be told smaller than it is.
#[test]
fn what_is_inherited_has_to_be_there() {
    let mut printed = PrintedRoles::default();
    let role = r#"{"id": "1", "displayName": "R", "rolePermissions": [{"allowedResourceActions": ["a"]}],
        "inheritsPermissionsFrom": [{"id": "2"}]}"#;
    printed.add(role).unwrap();
    let (roles, left_out) = printed.finish();
    assert!(roles.is_empty());
    let cause = LeftOutCause::MissingParent { parent: "2".to_owned() };
    assert_eq!(left_out, [LeftOutRole { role: "R".to_owned(), cause }]);
}

#[test]
fn a_file_that_is_wrong_is_refused_with_the_line() {
    let head = r#"{"schema":"countersign/catalog-v1","date":"2026-08-22","roles":1}"#;
    let role = |line: &str| format!("{head}\n{line}\n");
    let good = r#"{"dialect":"google","role":"roles/x","actions":["a.b"]}"#;
    assert!(Roles::read("f", &role(good)).is_ok());
    for (text, expected) in [
        (String::new(), "line 1: the file is empty"),
        ("[]".to_owned(), "line 1: this is not a catalogue"),
        (head.replace("v1", "v2"), "line 1: the schema is `countersign/catalog-v2`"),
        (head.replace("2026-08-22", "yesterday"), "line 1: this is not a catalogue"),
        (head.to_owned(), "promises 1 roles and there are 0"),
        (role(&format!("{good}\n{good}")), "line 3: the role `roles/x` stands here a second time"),
        (role(&good.replace("google", "gogle")), "line 2: `gogle` is not a dialect"),
        (role(&good.replace("actions", "permissions")), "line 2: unknown field `permissions`"),
        (role(&good.replace("\"a.b\"", "")), "has `actions`, and nothing else"),
        (role(&good.replace("a.b", "a.*")), "`a.*` is not an action"),
        (role(&good.replace("roles/x", "")), "empty name"),
        (role(&good.replace("\"actions\"", "\"role\"")), "line 2: "),
        (role(&good.replace("google", "github")), "has no roles"),
        (role(r#"{"dialect":"azure","role":"R","blocks":[{"not_actions":["a"]}]}"#), "allows something"),
        (role(r#"{"dialect":"aws","role":"arn:x","document":[]}"#), "the document is not a policy"),
        (
            role(r#"{"dialect":"aws","role":"arn:x","document":{"Statement":[],"Statement":[]}}"#),
            "the same key twice",
        ),
        (role(r#"{"dialect":"kubernetes","role":"ClusterRole:x","document":{}}"#), "not a list of rules"),
    ] {
        let error = Roles::read("f", &text).unwrap_err().to_string();
        assert!(error.contains(expected), "{text}: {error}");
    }
}

/// A block's condition goes with it, and so does the condition of whoever holds the role.
#[test]
fn a_block_and_its_holder_are_under_their_conditions() {
    let text = r#"{"schema":"countersign/catalog-v1","date":"2026-08-22","roles":1}
{"dialect":"azure","role":"R","aliases":["1"],"blocks":[{"actions":["a/read"]},{"actions":["a/write"],"condition":"@Request[x] StringEquals 'a'"}]}"#;
    let catalog = Catalog { own: Some(Roles::read("f", text).unwrap()) };
    let holds = |role: Option<&str>, actions: &[&str], condition: Option<&str>| Terms {
        principals: vec![Text::known("0")],
        roles: role.into_iter().map(Text::known).collect(),
        actions: actions.iter().map(|action| Text::known(action)).collect(),
        resources: vec![Text::known("/subscriptions/s")],
        expression: condition.map(Text::known),
        ..Terms::default()
    };
    let by = |side, terms: &Terms| match side {
        Side::Planned => catalog.lower_planned(Dialect::Azure, terms).unwrap().lowered.access,
        Side::Approved => catalog.lower_approved(Dialect::Azure, terms).unwrap().lowered.access,
    };
    let written = |side, actions: &[&str], condition: Option<&str>| {
        lower(Dialect::Azure, side, &holds(None, actions, condition)).access
    };
    let is_within =
        |approved: &Access, planned: &Access| contains(approved, planned) == Containment::Contained;
    for name in ["r", "1", "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/1"] {
        let [plain, held] =
            [None, Some("@Request[y] StringEquals 'b'")].map(|one| holds(Some(name), &[], one));
        let (planned, approved) = (by(Side::Planned, &plain), by(Side::Approved, &plain));
        assert!(is_within(&approved, &planned));
        assert!(is_within(&approved, &by(Side::Planned, &held)));
        assert!(!is_within(&by(Side::Approved, &held), &planned));
        // Writing is within it only where x is a.
        let write = |condition| written(Side::Planned, &["a/write"], condition);
        assert!(is_within(&approved, &write(Some("@Request[x] StringEquals 'a'"))));
        assert!(!is_within(&approved, &write(None)));
        let read = written(Side::Approved, &["a/read"], None);
        assert!(!is_within(&read, &planned));
        let both = "@Request[x] StringEquals 'a' AND @Request[y] StringEquals 'b'";
        let under_both = Access {
            statements: [read, written(Side::Approved, &["a/write"], Some(both))]
                .into_iter()
                .flat_map(|access| access.statements)
                .collect(),
        };
        assert!(is_within(&under_both, &by(Side::Planned, &held)));
        assert!(!is_within(&under_both, &planned));
    }
}

/// The catalogue in the manifest's folder is found without being named, and only if it really stands there.
#[cfg(unix)]
#[test]
fn the_catalogue_beside_the_approvals_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let clouds = fs::canonicalize("testdata/catalog/clouds").unwrap();
    fs::copy(clouds.join("approvals.hcl"), folder.path().join("approvals.hcl")).unwrap();
    let check = || {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_countersign"))
            .args(["check", "--without-sources", "--color", "never", "--as-of", "2026-11-24", "--approvals"])
            .arg(folder.path())
            .arg(clouds.join("plan.json"))
            .output()
            .unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(text).unwrap())
    };
    let (code, text) = check();
    assert!(code == Some(1) && text.contains("1 approved"), "{text}");
    let catalog = folder.path().join("catalog.jsonl");
    fs::copy(clouds.join("catalog.jsonl"), &catalog).unwrap();
    let (code, text) = check();
    assert!(code == Some(1) && text.contains("7 approved"), "{text}");
    fs::remove_file(&catalog).unwrap();
    std::os::unix::fs::symlink(clouds.join("catalog.jsonl"), &catalog).unwrap();
    let (code, text) = check();
    assert!(code == Some(2) && text.contains("symbolic link"), "{text}");
    fs::remove_file(&catalog).unwrap();
    fs::write(&catalog, "{}").unwrap();
    let (code, text) = check();
    assert!(code == Some(2) && text.contains("line 1: this is not a catalogue"), "{text}");
}

/// The name of a role is part of the grant: where that is sensitive, the content that decided is not named either.
#[test]
fn content_of_a_sensitive_grant_is_not_named() {
    let folder = tempfile::tempdir().unwrap();
    let text = fs::read_to_string("testdata/catalog/plan.json").unwrap();
    let mut plan: serde_json::Value = serde_json::from_str(&text).unwrap();
    for change in plan["resource_changes"].as_array_mut().unwrap() {
        change["change"]["after_sensitive"] = serde_json::json!({"policy_arn": true, "policy": true});
    }
    let path = folder.path().join("plan.json");
    fs::write(&path, plan.to_string()).unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_countersign"))
        .args(["check", "--without-sources", "--as-of", "2026-11-24", "--format", "json"])
        .args(["--approvals", "testdata/catalog/approvals"])
        .arg(&path)
        .output()
        .unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let named = |prefix: &str| {
        let grants = report["grants"].as_array().unwrap().iter();
        let of_type = grants.filter(|grant| grant["address"].as_str().unwrap().starts_with(prefix));
        let content = of_type.filter_map(|grant| grant["content"].as_array()).flatten();
        content.map(|used| used["role"].as_str().unwrap().to_owned()).collect::<BTreeSet<_>>()
    };
    assert_eq!(named("aws_iam_role_policy"), BTreeSet::from(["(not shown)".to_owned()]));
    assert!(named("aws_ssoadmin").iter().any(|role| role.starts_with("arn:")), "{report}");
    for finding in report["findings"].as_array().unwrap() {
        let is_sensitive = finding["address"].as_str().unwrap().starts_with("aws_iam_role_policy");
        assert!(!is_sensitive || !finding["notes"].to_string().contains("arn:aws"), "{finding}");
    }
}
