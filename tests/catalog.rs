//! The embedded catalogue loads as a whole: nothing is lost between the script that makes it and the judge.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a test or a build that fails should stop"
)]

use std::collections::BTreeSet;
use std::fs;

use countersign::access::{Access, Containment, contains};
use countersign::catalog::actions::{self, Level};
use countersign::catalog::{Catalog, embedded, policies};
use countersign::lower::{Dialect, Format, Side, Terms, Text, lower};
use countersign::value::Value;

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
    let source = actions::source().unwrap();
    let services: Vec<_> =
        actions::prefixes().into_iter().map(|prefix| actions::service(prefix).unwrap()).collect();
    assert_eq!(services.iter().map(|service| service.actions.len()).sum::<usize>(), source.count);
    assert!(services.len() > 400 && source.count > 20_000, "{} services", services.len());
    for service in &services {
        let mut names = BTreeSet::new();
        for action in &service.actions {
            assert!(!action.levels().is_empty(), "{}:{} has no level", service.prefix, action.name);
            assert!(names.insert(action.name), "{}:{} stands twice", service.prefix, action.name);
        }
        for format in service.all_formats() {
            assert!(format.starts_with("arn:") && format.split(':').count() > 5, "{format}");
        }
    }
}

#[test]
fn an_action_knows_its_resources_and_keys() {
    let s3 = actions::service("S3").unwrap();
    let get = s3.action("getobject").unwrap();
    assert_eq!(get.name, "GetObject");
    assert_eq!(get.levels(), [Level::Read]);
    assert!(s3.formats(get).contains(&"arn:${Partition}:s3:::${BucketName}/${ObjectName}"));
    let listed = s3.keys(s3.action("ListBucket").unwrap());
    assert!(listed.iter().any(|key| key.name == "s3:prefix" && key.kind == "String"), "{listed:?}");
    let everywhere = s3.action("ListAllMyBuckets").unwrap();
    assert_eq!((everywhere.levels(), s3.formats(everywhere).len()), (vec![Level::List], 0));
    assert_eq!(s3.action("PutBucketPolicy").unwrap().levels(), [Level::Permissions, Level::Write]);
    assert!(actions::service("s4").is_none() && s3.action("NoSuchAction").is_none());
}

#[test]
fn every_managed_policy_is_there_and_means_something() {
    let source = policies::source().unwrap();
    let all = policies::all();
    assert_eq!(all.len(), source.count);
    assert!(source.count > 1_500, "{}", source.count);
    let catalog = Catalog::default();
    for policy in all {
        assert!(policy.version.starts_with('v') && policy.date.len() == 10, "{policy:?}");
        assert!(policy.date <= source.date.to_string().as_str(), "{} is of {}", policy.arn, policy.date);
        let content = catalog.planned(Dialect::Aws, &attached(policy.arn)).unwrap();
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
        let planned = catalog.planned(Dialect::Aws, &terms).unwrap().lowered.access;
        let Some(approved) = catalog.approved(Dialect::Aws, &terms) else { continue };
        match contains(&approved.lowered.access, &planned) {
            Containment::Contained => proved += 1,
            Containment::Undecided(_) => {}
            Containment::Exceeds(witness) => panic!("{} exceeds itself: {witness:?}", policy.arn),
        }
    }
    assert!(proved > 200, "{proved}");
}

#[test]
fn content_says_what_the_policy_says() {
    let catalog = Catalog::default();
    let content =
        catalog.planned(Dialect::Aws, &attached("arn:aws:iam::aws:policy/AdministratorAccess")).unwrap();
    let document = r#"{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
    let document = Some((Format::AwsPolicy, Value::String(document.into())));
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
        assert!(catalog.planned(Dialect::Aws, &attached(name)).is_none(), "{name}");
        assert!(catalog.approved(Dialect::Aws, &attached(name)).is_none(), "{name}");
    }
    let says = |name: &str| catalog.misses(Dialect::Aws, &Text::known(name));
    assert!(says("arn:aws:iam::aws:policy/NoSuchPolicy").unwrap().contains("does not know"));
    assert!(says("arn:aws-cn:iam::aws:policy/ReadOnlyAccess").unwrap().contains("partition `aws` only"));
    assert_eq!(says("arn:aws:iam::aws:policy/ReadOnlyAccess"), None);
    assert_eq!(says("arn:aws:iam::111122223333:policy/own"), None);
}

/// Content is never read where a grant gives something beside its roles, or where one of them is not known.
#[test]
fn content_is_all_or_nothing() {
    let catalog = Catalog::default();
    let known = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    let mut terms = attached(known);
    terms.roles.push(Text::known("arn:aws:iam::111122223333:policy/own"));
    assert!(catalog.planned(Dialect::Aws, &terms).is_none());
    let terms = Terms { actions: vec![Text::known("s3:GetObject")], ..attached(known) };
    assert!(catalog.planned(Dialect::Aws, &terms).is_none());
    let scoped = Terms { resources: vec![Text::known("arn:aws:iam::111122223333:root")], ..attached(known) };
    assert!(catalog.approved(Dialect::Aws, &scoped).is_none());
}

#[test]
fn each_table_names_where_it_comes_from() {
    let sources = embedded();
    assert_eq!(sources.len(), 2);
    let licences = fs::read_to_string("rules/catalog/LICENCES.txt").unwrap();
    for source in sources {
        assert!(source.licence.starts_with("MIT, Copyright (c) "), "{}", source.licence);
        assert!(licences.contains(&source.source), "{} is not in LICENCES.txt", source.source);
        assert!(source.age(source.date).is_none());
        let later = source.date.checked_add(jiff::Span::new().days(91)).unwrap();
        assert!(source.age(later).unwrap().contains("91 days old"));
    }
}
