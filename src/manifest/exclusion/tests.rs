//! Exclusions in the words of each cloud, asked request by request.

use crate::manifest::{Manifest, ManifestError};
use crate::source::{Palette, Source};
use access_algebra::evaluate::allows;
use access_algebra::{Context, Request};

fn approved(grants: &str) -> Result<Manifest, ManifestError> {
    let text = format!(
        "process_owner = \"x\"\nsystem \"s\" {{ owner = \"x\" }}\napproval \"A-1\" {{\njustification = \"x\"\n\
         system = \"s\"\nrequester = \"ana\"\napprovers = [\"lee\"]\napproved_on = \"2026-11-20\"\n\
         expires_on = \"2026-12-20\"\n{grants}\n}}\n"
    );
    Manifest::from_sources("a.hcl", &[Source::new("a.hcl", &text)])
}

/// Requests as `principal action resource [key=value]…`, and whether the grants allow them.
fn expect(grants: &str, allowed: &[&str], refused: &[&str]) {
    let manifest = approved(grants).unwrap();
    let access = manifest.approvals()[0].sample().accesses().next().unwrap().1;
    for (requests, expected) in [(allowed, true), (refused, false)] {
        for text in requests {
            let words: Vec<_> = text.split(' ').collect();
            let context = words[3..].iter().map(|pair| {
                let (key, value) = pair.split_once('=').unwrap();
                (key.into(), Context::One(value.to_owned()))
            });
            let request = Request {
                principal: words[0].to_owned(),
                action: words[1].to_owned(),
                resource: words[2].to_owned(),
                context: context.collect(),
            };
            assert_eq!(allows(access, &request), expected, "{text}\n{access:#?}");
        }
    }
}

#[test]
fn kubernetes_takes_out_a_namespace() {
    expect(
        r#"grant "kubernetes" {
             principals = ["User:ana"]
             actions    = ["get:/pods", "list:/secrets"]
             resources  = ["*"]
             except { resources = ["namespace/kube-system"] }
           }"#,
        &["User:ana get pods apigroup= namespace=payments", "User:ana list secrets apigroup= namespace=x"],
        &[
            "User:ana get pods apigroup= namespace=kube-system",
            "User:ana list secrets apigroup= namespace=kube-system",
            "User:ana list pods apigroup= namespace=payments",
        ],
    );
}

#[test]
fn kubernetes_takes_out_a_verb_on_a_resource() {
    expect(
        r#"grant "kubernetes" {
             principals = ["User:ana"]
             actions    = ["*:*/*"]
             resources  = ["namespace/payments"]
             except { actions = ["get:/secrets"] }
           }"#,
        &[
            "User:ana get pods apigroup= namespace=payments",
            "User:ana list secrets apigroup= namespace=payments",
            "User:ana get secrets apigroup=other namespace=payments",
        ],
        &["User:ana get secrets apigroup= namespace=payments"],
    );
}

#[test]
fn azure_takes_an_action_out_of_both_planes() {
    expect(
        r#"grant "azure" {
             principals   = ["id-1"]
             actions      = ["Microsoft.Storage/*"]
             data_actions = ["Microsoft.Storage/*"]
             resources    = ["/subscriptions/s-1"]
             except {
               actions   = ["Microsoft.Storage/*/delete"]
               resources = ["/subscriptions/s-1/resourceGroups/ledger"]
             }
           }"#,
        &[
            "id-1 Microsoft.Storage/a/delete /subscriptions/s-1/resourceGroups/other azure:plane=control",
            "id-1 Microsoft.Storage/a/read /subscriptions/s-1/resourceGroups/ledger azure:plane=data",
        ],
        &[
            "id-1 Microsoft.Storage/a/delete /subscriptions/s-1/resourceGroups/ledger azure:plane=control",
            "id-1 microsoft.storage/a/DELETE /subscriptions/S-1/resourceGroups/ledger/x azure:plane=data",
        ],
    );
}

#[test]
fn google_takes_out_permissions_and_places() {
    expect(
        r#"grant "google" {
             principals  = ["user:ana@example.com", "user:bob@example.com"]
             actions     = ["storage.*"]
             not_actions = ["storage.buckets.delete"]
             resources   = ["//cloudresourcemanager.googleapis.com/projects/p"]
             except {
               principals = ["user:bob@example.com"]
               actions    = ["storage.objects.*"]
             }
           }"#,
        &[
            "user:ana@example.com storage.objects.get //cloudresourcemanager.googleapis.com/projects/p",
            "user:bob@example.com storage.buckets.get //cloudresourcemanager.googleapis.com/projects/p",
        ],
        &[
            "user:ana@example.com storage.buckets.delete //cloudresourcemanager.googleapis.com/projects/p",
            "user:bob@example.com storage.objects.get //cloudresourcemanager.googleapis.com/projects/p",
        ],
    );
}

#[test]
fn terraform_takes_out_addresses_with_stars() {
    expect(
        r#"grant "terraform" {
             principals = ["terraform"]
             actions    = ["apply:terraform_data"]
             resources  = ["*"]
             except { resources = ["module.prod.*"] }
           }"#,
        &["terraform apply:terraform_data module.test.terraform_data.x"],
        &["terraform apply:terraform_data module.prod.terraform_data.x"],
    );
}

#[test]
fn an_exclusion_leaves_other_grants_alone() {
    expect(
        r#"grant "terraform" {
             principals = ["terraform"]
             actions    = ["apply:*"]
             resources  = ["*"]
             except { resources = ["module.prod.*"] }
           }
           grant "terraform" {
             principals = ["terraform"]
             actions    = ["apply:terraform_data"]
             resources  = ["module.prod.terraform_data.seed"]
           }"#,
        &["terraform apply:terraform_data module.prod.terraform_data.seed"],
        &["terraform apply:terraform_data module.prod.terraform_data.other"],
    );
}

#[test]
fn roles_can_lose_places_and_principals() {
    expect(
        r#"grant "github" {
             principals = ["team:a", "team:b"]
             roles      = ["push"]
             resources  = ["acme/*"]
             except {
               principals = ["team:b"]
               resources  = ["acme/ledger"]
             }
           }"#,
        &["team:a push acme/ledger", "team:b push acme/api"],
        &["team:b push acme/ledger"],
    );
}

#[test]
fn what_cannot_be_judged_is_told() {
    let many = |count: usize| {
        (0..count)
            .map(|n| {
                format!("except {{\nprincipals = [\"user:u{n}@x.y\"]\nactions = [\"a{n}.*\"]\nresources = [\"//r/{n}\"]\n}}\n")
            })
            .collect::<String>()
    };
    let grant = |excepts: &str| {
        format!(
            "grant \"google\" {{\nprincipals = [\"domain:x.y\", \"*\"]\nactions = [\"*\"]\nresources = [\"*\"]\n{excepts}}}"
        )
    };
    let error = approved(&grant(&many(12))).unwrap_err().render(Palette::Plain);
    assert!(error.contains("too many exclusions"), "{error}");
}

/// Boxes that do not touch a statement leave it as it is; else ten actions would become thousands of statements.
#[test]
fn statements_do_not_multiply() {
    let actions: Vec<_> = (0..10).map(|n| format!("\"get:/r{n}\"")).collect();
    let grant = format!(
        "grant \"kubernetes\" {{\nprincipals = [\"User:ana\"]\nactions = [{}]\nresources = [\"*\"]\nexcept {{ resources = [\"namespace/x\"] }}\n}}",
        actions.join(", ")
    );
    let manifest = approved(&grant).unwrap();
    assert_eq!(
        manifest.approvals()[0].sample().access(crate::lower::Dialect::Kubernetes).unwrap().statements.len(),
        10
    );
}

#[test]
fn aws_takes_out_actions_and_objects() {
    expect(
        r#"grant "aws" {
             principals  = ["arn:aws:iam::111122223333:role/ci"]
             actions     = ["s3:*"]
             not_actions = ["s3:DeleteBucket"]
             resources   = ["arn:aws:s3:::inbox", "arn:aws:s3:::inbox/*"]
             except {
               actions   = ["s3:Put*"]
               resources = ["arn:aws:s3:::inbox/ledger/*"]
             }
           }"#,
        &[
            "arn:aws:iam::111122223333:role/ci s3:GetObject arn:aws:s3:::inbox/ledger/a",
            "arn:aws:iam::111122223333:role/ci s3:PutObject arn:aws:s3:::inbox/other",
        ],
        &[
            "arn:aws:iam::111122223333:role/ci s3:PutObject arn:aws:s3:::inbox/ledger/a",
            "arn:aws:iam::111122223333:role/ci s3:DELETEBUCKET arn:aws:s3:::inbox",
        ],
    );
}

#[test]
fn a_session_is_not_taken_out_of_what_its_role_may_do() {
    let grant = |excluded: &str| {
        format!(
            "grant \"aws\" {{\nprincipals = [\"arn:aws:iam::111122223333:role/*\"]\nactions = [\"s3:GetObject\"]\n\
             resources = [\"*\"]\nexcept {{ principals = [\"{excluded}\"] }}\n}}"
        )
    };
    for session in
        ["arn:aws:sts::111122223333:assumed-role/ci/build-7", "arn:aws:sts::111122223333:federated-user/ana"]
    {
        let error = approved(&grant(session)).unwrap_err().render(Palette::Plain);
        assert!(error.contains("a session cannot be excluded"), "{error}");
    }
    approved(&grant("arn:aws:iam::111122223333:role/ci")).unwrap();
}
