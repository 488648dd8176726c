//! Decisions that hold and that do not, as blocks.

use jiff::civil::{Date, date};

use super::{Decisions, Flaw, Lack, place_flaw};
use crate::catalog::Catalog;
use crate::lower::Dialect;
use crate::manifest::{Manifest, MatchSubject};
use crate::resolve::place::{ObjectPlace, PlaceWord};
use crate::source::Source;

const TODAY: Date = date(2026, 11, 23);

/// A manifest of the text and one approval, whose lines `with` come last.
fn manifest(text: &str, requester: &str, approvers: &str, with: &str) -> Manifest {
    let text = format!(
        "process_owner = \"x\"\nsystem \"payments\" {{ owner = \"x\" }}\n{text}\napproval \"A-1\" {{\n\
         justification = \"x\"\nsystem = \"payments\"\nrequester = \"{requester}\"\napprovers = [{approvers}]\n{with}\n\
         grant \"github\" {{\nprincipals = [\"team:payments\"]\nroles = [\"read\"]\nresources = [\"acme/api\"]\n}}\n}}\n"
    );
    let sources = [Source::new("a.hcl", &text)];
    Manifest::from_sources("a.hcl", &sources)
        .unwrap_or_else(|error| panic!("{}", error.render(crate::source::Palette::Plain)))
}

fn authority(name: &str, approvers: &str, days: u32, threshold: u32) -> String {
    format!(
        "authority \"{name}\" {{\napprovers = [{approvers}]\nsystems = [\"payments\"]\n\
         max_duration = \"{days}d\"\nthreshold = {threshold}\n}}\n"
    )
}

const DAYS: &str = "approved_on = \"2026-11-20\"\nexpires_on = \"2026-12-20\"";

fn flaws(manifest: &Manifest, day: Date) -> Vec<Flaw> {
    let approval = manifest.approval("a-1").unwrap();
    Decisions::new(manifest, &Catalog::default(), day).find_flaws(approval, approval.sample())
}

#[test]
fn an_approval_holds_from_its_first_day_until_the_day_before_it_expires() {
    let text = authority("a", "\"lee\"", 30, 1);
    let plain = manifest(&text, "ana", "\"lee\"", DAYS);
    assert!(matches!(flaws(&plain, date(2026, 11, 19)).as_slice(), [Flaw::NotYetValid { .. }]));
    assert_eq!(flaws(&plain, date(2026, 11, 20)), []);
    assert_eq!(flaws(&plain, date(2026, 12, 19)), []);
    assert!(matches!(flaws(&plain, date(2026, 12, 20)).as_slice(), [Flaw::Expired { .. }]));

    let later = manifest(&text, "ana", "\"lee\"", &format!("{DAYS}\nstarts_on = \"2026-12-01\""));
    assert!(matches!(flaws(&later, date(2026, 11, 30)).as_slice(), [Flaw::NotYetValid { .. }]));
    assert_eq!(flaws(&later, date(2026, 12, 1)), []);
}

#[test]
fn the_duration_counts_from_the_first_day() {
    let text = authority("a", "\"lee\"", 29, 1);
    let plain = manifest(&text, "ana", "\"lee\"", DAYS);
    let found = flaws(&plain, TODAY);
    assert!(matches!(found.as_slice(), [Flaw::NoAuthority { lack: Lack::Duration { .. }, .. }]), "{found:?}");
    let later = manifest(&text, "ana", "\"lee\"", &format!("{DAYS}\nstarts_on = \"2026-11-21\""));
    assert_eq!(flaws(&later, TODAY), []);
}

#[test]
fn one_authority_has_to_be_satisfied_as_a_whole() {
    // The first has the persons and the second the time; together they are no decision.
    let text =
        authority("a", "\"lee\", \"max\"", 10, 2) + &authority("b", "\"lee\", \"max\", \"kim\"", 90, 3);
    let both = manifest(&text, "ana", "\"lee\", \"max\"", DAYS);
    let found = flaws(&both, TODAY);
    assert!(
        matches!(found.as_slice(), [Flaw::NoAuthority { lack: Lack::Duration { authority, .. }, .. }] if authority == "a"),
        "{found:?}"
    );
    let all = manifest(&text, "ana", "\"lee\", \"max\", \"kim\"", DAYS);
    assert_eq!(flaws(&all, TODAY), []);
}

#[test]
fn a_team_decides_where_an_authority_names_it_and_counts_as_one_of_its_members() {
    let team = "team \"platform\" { members = [\"lee\", \"max\"] }\n";
    let with = |rule: String| format!("{team}{rule}");
    let found = |text: &str, requester: &str, approvers: &str| {
        flaws(&manifest(text, requester, approvers, DAYS), TODAY)
    };
    let named = with(authority("a", "\"Platform\"", 90, 1));
    assert_eq!(found(&named, "ana", "\"platform\""), []);
    assert_eq!(found(&named, "ana", "\"lee\""), [], "a member of a team that may decide");
    assert!(matches!(found(&named, "ana", "\"kim\"").as_slice(), [Flaw::NoAuthority { .. }]));
    let members = with(authority("a", "\"lee\", \"max\"", 90, 1));
    assert!(
        matches!(found(&members, "ana", "\"platform\"").as_slice(), [Flaw::NoAuthority { .. }]),
        "the authority does not name the team"
    );

    let two = with(authority("a", "\"platform\", \"kim\"", 90, 2));
    let is_too_few = |flaws: &[Flaw]| matches!(flaws, [Flaw::ThresholdNotMet { have: 1, .. }]);
    assert!(is_too_few(&found(&two, "ana", "\"platform\", \"lee\"")), "lee may have spoken for the team");
    assert_eq!(found(&two, "ana", "\"platform\", \"kim\""), []);
    assert_eq!(found(&two, "ana", "\"lee\", \"max\""), []);

    for (requester, approver) in [("lee", "platform"), ("platform", "lee"), ("platform", "Platform")] {
        let flaws = found(&named, requester, &format!("\"{approver}\""));
        assert!(
            flaws.iter().any(|flaw| matches!(flaw, Flaw::SelfApproved { .. })),
            "{requester}, {approver}"
        );
    }
}

#[test]
fn whoever_asked_does_not_count() {
    let text = authority("a", "\"lee\", \"max\"", 90, 2);
    let own = manifest(&text, "lee", "\"lee\", \"max\"", DAYS);
    let found = flaws(&own, TODAY);
    let [Flaw::SelfApproved { person, .. }, Flaw::ThresholdNotMet { have: 1, needed: 2, entitled, .. }] =
        found.as_slice()
    else {
        panic!("{found:?}");
    };
    assert_eq!(person, "lee");
    assert!(entitled.is_empty(), "nobody is left: {entitled:?}");
}

#[test]
fn persons_count_and_logins_do_not() {
    let persons = "person \"lee\" { logins = [\"lee-gh\"] }\nperson \"ana\" { logins = [\"ana-gh\"] }\n";
    let text = authority("a", "\"lee\", \"max\"", 90, 2) + persons;
    let twice = manifest(&text, "ana", "\"lee\", \"LEE-GH\"", DAYS);
    let found = flaws(&twice, TODAY);
    assert!(matches!(found.as_slice(), [Flaw::ThresholdNotMet { have: 1, needed: 2, .. }]), "{found:?}");

    let other_login = manifest(&text, "ana", "\"lee-gh\", \"max\"", DAYS);
    assert_eq!(flaws(&other_login, TODAY), []);

    let own = manifest(&text, "Ana-GH", "\"lee\", \"max\", \"ana\"", DAYS);
    let found = flaws(&own, TODAY);
    assert!(matches!(found.as_slice(), [Flaw::SelfApproved { person, .. }] if person == "ana"), "{found:?}");
}

#[test]
fn every_approver_has_to_be_entitled() {
    let text = authority("a", "\"lee\"", 90, 1);
    let found = flaws(&manifest(&text, "ana", "\"lee\", \"bob\"", DAYS), TODAY);
    let [Flaw::NoAuthority { approver, lack: Lack::Entitlement { .. }, .. }] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(approver.value, "bob");

    let found = flaws(&manifest("", "ana", "\"lee\"", DAYS), TODAY);
    assert!(matches!(found.as_slice(), [Flaw::NoAuthority { lack: Lack::Authority, .. }]), "{found:?}");
}

#[test]
fn an_approval_claims_the_addresses_that_it_names() {
    let with = format!("{DAYS}\naddresses = [\"module.ci.*\", \"aws_iam_role.a\"]");
    let manifest = manifest("", "ana", "\"lee\"", &with);
    let approval = manifest.approval("A-1").unwrap();
    assert!(approval.matches_address("module.ci.aws_iam_role.x[\"y\"]"));
    assert!(approval.matches_address("aws_iam_role.a"));
    assert!(!approval.matches_address("aws_iam_role.b"));
    assert_eq!((approval.line(), approval.sample().grants.len()), (4, 1));
}

fn placed(system: &str, others: &str, with: &str) -> Manifest {
    let text = format!(
        "process_owner = \"x\"\nsystem \"payments\" {{\nowner = \"x\"\n{system}\n}}\n{others}\n{}\n\
         approval \"A-1\" {{\njustification = \"x\"\nsystem = \"payments\"\nrequester = \"ana\"\n\
         approvers = [\"lee\"]\n{with}\n{DAYS}\ngrant \"github\" {{\nprincipals = [\"team:payments\"]\n\
         roles = [\"read\"]\nresources = [\"acme/api\"]\n}}\n}}\n",
        authority("a", "\"lee\"", 30, 1)
    );
    let sources = [Source::new("a.hcl", &text)];
    Manifest::from_sources("a.hcl", &sources)
        .unwrap_or_else(|error| panic!("{}", error.render(crate::source::Palette::Plain)))
}

#[test]
fn an_approval_counts_where_its_system_is_and_at_its_addresses() {
    let account = |name| ObjectPlace::default().with(PlaceWord::Account, name);
    let (own_account, other_account, unknown_account) =
        (account(Some("111122223333")), account(Some("444455556666")), account(None));
    let here = MatchSubject {
        provider: Some("aws"),
        place: Some(&own_account),
        address: Some("module.ci.aws_iam_role.x"),
        module: Some("module.ci"),
        ..MatchSubject::default()
    };
    let flaw = |manifest: &Manifest, subject: &MatchSubject<'_>| {
        place_flaw(manifest.approval("a-1").unwrap(), manifest, Dialect::Aws, subject)
    };
    let other = "system \"ledger\" {\nowner = \"y\"\nmatch { accounts = [\"111122223333\"] }\n}";
    assert_eq!(flaw(&placed("", "", ""), &here), None);
    let elsewhere = MatchSubject { place: Some(&other_account), ..here };
    assert_eq!(flaw(&placed("", other, ""), &elsewhere), None);
    assert!(matches!(
        flaw(&placed("", other, ""), &here),
        Some(Flaw::NoAuthority { lack: Lack::Place { covered_by: Some(name) }, .. }) if name == "ledger"
    ));

    let own = placed("match { accounts = [\"111122223333\"] }", "", "");
    assert_eq!(flaw(&own, &here), None);
    assert!(matches!(
        flaw(&own, &elsewhere),
        Some(Flaw::NoAuthority { lack: Lack::Place { covered_by: None }, .. })
    ));
    let unknown = MatchSubject { place: Some(&unknown_account), ..here };
    assert!(matches!(flaw(&own, &unknown), Some(Flaw::PlaceUnknown { word: "account", .. })));
    assert!(
        matches!(flaw(&placed("", other, ""), &unknown), Some(Flaw::PlaceUnknown { .. })),
        "it may be in the other system's account"
    );
    let without_accounts = MatchSubject { place: None, ..here };
    assert!(
        matches!(flaw(&own, &without_accounts), Some(Flaw::NoAuthority { .. })),
        "a provider without accounts"
    );
    assert_eq!(flaw(&placed("", other, ""), &without_accounts), None);

    let addressed = placed("", "", "addresses = [\"module.ci.*\"]");
    assert_eq!(flaw(&addressed, &here), None);
    let root = MatchSubject { address: Some("aws_iam_role.x"), ..here };
    assert!(matches!(flaw(&addressed, &root), Some(Flaw::OtherAddress { .. })));
}

#[test]
fn nobody_approves_access_for_themself() {
    let given = |people: &str, grant: &str| {
        let text = format!(
            "process_owner = \"x\"\nsystem \"payments\" {{ owner = \"x\" }}\n{people}\n{}\napproval \"A-1\" {{\n\
             justification = \"x\"\nsystem = \"payments\"\nrequester = \"ana\"\napprovers = [\"lee\"]\n{DAYS}\n\
             grant {grant} }}\n}}\n",
            authority("a", "\"lee\"", 30, 1)
        );
        let manifest = Manifest::from_sources("a.hcl", &[Source::new("a.hcl", &text)])
            .unwrap_or_else(|error| panic!("{}", error.render(crate::source::Palette::Plain)));
        flaws(&manifest, TODAY)
    };
    let google = |principal: &str| {
        format!(
            "\"google\" {{\nprincipals = [\"{principal}\"]\nroles = [\"roles/viewer\"]\nresources = [\"*\"]\n"
        )
    };
    let logins = "person \"lee\" { logins = [\"lee@example.com\"] }";
    let is_own = |flaws: &[Flaw]| matches!(flaws, [Flaw::Beneficiary { .. }]);
    assert!(is_own(&given(logins, &google("user:lee@example.com"))));
    assert!(is_own(&given("", &google("user:LEE"))));
    let user = "\"aws\" {\nprincipals = [\"arn:aws:iam::111122223333:user/ops/lee\"]\nactions = [\"s3:*\"]\n";
    assert!(is_own(&given("", user)));
    assert_eq!(given(logins, &google("user:max@example.com")), []);
    assert_eq!(given(logins, &google("group:lee@example.com")), [], "a group is not a person");
}

#[test]
fn a_cluster_and_a_tenant_are_named_where_they_are_known() {
    let place = ObjectPlace::default().with(PlaceWord::Cluster, Some("prod"));
    let place = place.with(PlaceWord::Tenant, Some("t-1"));
    let prod = MatchSubject { place: Some(&place), ..MatchSubject::default() };
    let flaw = |manifest: &Manifest, dialect: Dialect| {
        place_flaw(manifest.approval("a-1").unwrap(), manifest, dialect, &prod)
    };
    let plain = placed("", "", "");
    let names = |flaw: Option<Flaw>| match flaw {
        Some(Flaw::PlaceNotNamed { word, name }) => Some((word, name)),
        _ => None,
    };
    assert_eq!(names(flaw(&plain, Dialect::Kubernetes)), Some(("cluster", "prod".to_owned())));
    assert_eq!(names(flaw(&plain, Dialect::Azuread)), Some(("tenant", "t-1".to_owned())));
    assert_eq!(flaw(&plain, Dialect::Aws), None);
    let here = placed("", "", "clusters = [\"prod\"]");
    assert_eq!(flaw(&here, Dialect::Kubernetes), None);
    assert_eq!(flaw(&placed("match { clusters = [\"prod\"] }", "", ""), Dialect::Kubernetes), None);
    assert_eq!(flaw(&placed("", "", "clusters = [\"test\"]"), Dialect::Kubernetes), Some(Flaw::OtherPlace));
    let place = ObjectPlace::default().with(PlaceWord::Cluster, None);
    let nowhere = MatchSubject { place: Some(&place), ..MatchSubject::default() };
    let unknown = place_flaw(here.approval("a-1").unwrap(), &here, Dialect::Kubernetes, &nowhere);
    assert_eq!(unknown, Some(Flaw::PlaceUnknown { word: "cluster" }));
}
