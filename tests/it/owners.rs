//! Who answers: exactly one, on the side that failed, and by a step that has a case.
//!
//! The law of the two halves: what is changed in a decision names whoever decided, and what is changed in the plan, or in
//! what the decision is about, names whoever executes. Random pairs of a plan and a manifest that allows it are changed on
//! one side only. More of them: `COUNTERSIGN_PAIRS=10000 cargo test --test it owners::`.

mod pairs;

use std::collections::BTreeMap;

use countersign::catalog::Catalog;
use countersign::finding::{AccountableRole, Assessment, Code, FailedSide, Finding};
use countersign::grants::visit;
use countersign::judge::{Extent, Judge, ReferenceMeanings};
use countersign::manifest::Manifest;
use countersign::plan::Plan;
use countersign::resolve::facts::StatedFacts;
use countersign::rules::{self, Rules};
use countersign::source::Source;
use jiff::civil::{Date, date};

use crate::finding_cases::Case;
use crate::random::Random;
use pairs::{Cloud, Pair, PairAccess, Planned};

/// Random pairs in an ordinary run; each is changed in every way.
const SAMPLE: usize = 40;

const TODAY: Date = date(2026, 11, 24);

/// What a mutation changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Changed {
    /// Whether the decision is valid: who asked, who decided, by what right.
    Decision,
    /// When it holds.
    Time,
    /// What it is about, so that an unchanged plan goes beyond it.
    Scope,
    /// The plan.
    Plan,
}

type Mutation = (&'static str, Changed, fn(&mut Pair, usize));

const MUTATIONS: &[Mutation] = &[
    ("approved by nobody with authority", Changed::Decision, |pair, at| {
        pair.decided[at].approvers[0] = "eve".to_owned();
    }),
    ("approved by who asked", Changed::Decision, |pair, at| {
        let Pair { decided, .. } = pair;
        decided[at].requester = decided[at].approvers[0].clone();
    }),
    ("approved by another login of who asked", Changed::Decision, |pair, at| {
        pair.decided[at].approvers.push("ana-admin".to_owned());
    }),
    ("approved by one where two are needed", Changed::Decision, |pair, at| {
        pair.systems[pair.decided[at].system].threshold = 2;
        pair.decided[at].approvers.truncate(1);
    }),
    ("approved for longer than anybody may", Changed::Decision, |pair, at| {
        pair.decided[at].approved_on = "2026-06-01".to_owned();
    }),
    ("approved where no authority is", Changed::Decision, |pair, at| {
        pair.systems[pair.decided[at].system].has_authority = false;
    }),
    ("approved above the ceiling", Changed::Decision, |pair, at| {
        let ceiling = "ceiling {\n grant \"aws\" { actions = [\"ec2:*\"] }\n grant \"google\" { roles = [\"roles/browser\"] }\n}";
        pair.systems[pair.decided[at].system].more = ceiling.to_owned();
    }),
    ("approved for a kind that is not listed", Changed::Decision, |pair, at| {
        let system = pair.decided[at].system;
        pair.systems[system].more = "subjects = [\"human\"]".to_owned();
        for decided in pair.decided.iter_mut().filter(|decided| decided.system == system) {
            decided.more = "subject {\n kind = \"workload\"\n owner = \"ana\"\n}".to_owned();
        }
    }),
    ("approved for a workload that nobody owns", Changed::Decision, |pair, at| {
        let others = ["human", "group", "federated", "agent"];
        let others = others.map(|kind| format!("subject {{\n kind = \"{kind}\"\n owner = \"ana\"\n}}\n"));
        pair.decided[at].more = format!("{}subject {{\n kind = \"workload\"\n}}", others.concat());
    }),
    ("approved without a review in time", Changed::Decision, |pair, at| {
        pair.systems[pair.decided[at].system].more = "max_review = \"30d\"".to_owned();
    }),
    ("a review overdue", Changed::Decision, |pair, at| {
        pair.decided[at].more = "review_by = \"2026-11-20\"".to_owned();
    }),
    ("requested without a reason", Changed::Decision, |pair, at| {
        pair.decided[at].justification = "TODO".to_owned();
    }),
    ("expired", Changed::Time, |pair, at| pair.decided[at].expires_on = "2026-11-24".to_owned()),
    ("not yet in force", Changed::Time, |pair, at| {
        pair.decided[at].more = "starts_on = \"2026-11-25\"".to_owned();
    }),
    ("approved for another resource", Changed::Scope, |pair, at| {
        pair.decided[at].access.resource = other_resource(&pair.decided[at].access);
    }),
    ("approved for another principal", Changed::Scope, |pair, at| {
        pair.decided[at].access.principal = other_principal(&pair.decided[at].access);
    }),
    ("approved for other actions", Changed::Scope, |pair, at| {
        pair.decided[at].access.actions = other_actions(&pair.decided[at].access);
    }),
    ("approved under a condition", Changed::Scope, |pair, at| {
        pair.decided[at].access.condition = Some("o-other".to_owned());
        if pair.decided[at].access.cloud == Cloud::Google {
            pair.decided[at].access.condition =
                Some("request.time < timestamp('2026-12-01T00:00:00Z')".to_owned());
        }
    }),
    ("approved for another address", Changed::Scope, |pair, at| {
        pair.decided[at].more = "addresses = [\"module.other.*\"]".to_owned();
    }),
    ("approved for another place", Changed::Scope, |pair, at| {
        pair.decided[at].more = "accounts = [\"999999999999\"]\n projects = [\"other-prod\"]".to_owned();
    }),
    ("more actions", Changed::Plan, |pair, at| {
        let more = other_actions(&pair.planned[at].access);
        match pair.planned[at].access.cloud {
            Cloud::Google => pair.planned[at].access.actions = more,
            Cloud::Aws | Cloud::AwsTrust => pair.planned[at].access.actions.extend(more),
        }
    }),
    ("another principal", Changed::Plan, |pair, at| {
        pair.planned[at].access.principal = other_principal(&pair.planned[at].access);
    }),
    ("another resource", Changed::Plan, |pair, at| {
        pair.planned[at].access.resource = other_resource(&pair.planned[at].access);
    }),
    ("a condition dropped", Changed::Plan, |pair, at| pair.planned[at].access.condition = None),
    ("a new grant", Changed::Plan, |pair, at| {
        let Planned { name, mut access } = pair.planned[at].clone();
        access.principal = other_principal(&access);
        access.resource = other_resource(&access);
        pair.planned.push(Planned { name: format!("{name}new"), access });
    }),
];

fn other_principal(access: &PairAccess) -> String {
    match access.cloud {
        Cloud::Aws => "intruder".to_owned(),
        Cloud::AwsTrust => "idp.example.com".to_owned(),
        Cloud::Google => "user:eve@example.com".to_owned(),
    }
}

fn other_resource(access: &PairAccess) -> String {
    match access.cloud {
        Cloud::Aws => "arn:aws:s3:::other/*".to_owned(),
        Cloud::AwsTrust => "other-role".to_owned(),
        Cloud::Google => "other-prod".to_owned(),
    }
}

fn other_actions(access: &PairAccess) -> Vec<String> {
    vec![match access.cloud {
        Cloud::Aws => "iam:PassRole".to_owned(),
        Cloud::AwsTrust => "sts:TagSession".to_owned(),
        Cloud::Google => "roles/owner".to_owned(),
    }]
}

/// The manifest of a pair and what came out; `None` where the manifest has a mistake.
fn judge(pair: &Pair, rules: &Rules) -> Option<Assessment> {
    let manifest = Manifest::from_sources("approvals", &[Source::new("pair.hcl", &pair.manifest())]).ok()?;
    Some(judge_by(&pair.plan(), &manifest, rules))
}

fn judge_by(plan: &str, manifest: &Manifest, rules: &Rules) -> Assessment {
    let plan = Plan::read(plan).unwrap();
    let facts: StatedFacts =
        manifest.facts.iter().map(|(name, fact)| (name.clone(), fact.value.clone())).collect();
    let catalog = Catalog::default();
    let judge = Judge::new(manifest, &catalog, TODAY, Extent::Changes);
    let on_plan = judge.on_plan(ReferenceMeanings::new());
    judge.assess(vec![visit(&plan, rules, &facts, |grant| on_plan.judge(&grant)).unwrap()])
}

/// Whether a finding keeps to the half that was changed, on the system with this number.
fn is_lawful(finding: &Finding, changed: Changed, system: usize) -> bool {
    let Finding { code, owner, .. } = finding;
    let decides = matches!(
        owner.role,
        AccountableRole::Requester | AccountableRole::Approver | AccountableRole::ProcessOwner
    );
    let is_team = owner.name == format!("team{system}");
    let executes = matches!(owner.role, AccountableRole::Operator | AccountableRole::SystemOwner) && is_team;
    // Who owns a workload is for the owner of its system to say.
    let names_owners = *code == Code::NoOwner && owner.role == AccountableRole::SystemOwner && is_team;
    // Where a grant is in no system, nobody nearer is known.
    let is_left = *code == Code::Unapproved && owner.role == AccountableRole::ProcessOwner;
    match changed {
        Changed::Decision => {
            code.side() == FailedSide::Decision && *code != Code::Unapproved && (decides || names_owners)
        }
        Changed::Time => matches!(code, Code::Expired | Code::NotYetValid) && executes,
        Changed::Scope | Changed::Plan => {
            (code.side() == FailedSide::Execution || *code == Code::Unapproved) && (executes || is_left)
        }
    }
}

#[test]
fn a_change_on_one_side_names_whoever_answers_for_that_side() {
    let pairs = std::env::var("COUNTERSIGN_PAIRS").map_or(SAMPLE, |pairs| pairs.parse().unwrap());
    let rules = rules::load(Vec::new()).unwrap();
    let mut blocked: BTreeMap<&str, usize> = BTreeMap::new();
    let mut codes: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for seed in 0..pairs {
        let mut random = Random::new(seed);
        let pair = Pair::make(&mut random);
        let before = judge(&pair, &rules).unwrap();
        assert!(before.is_allowed(), "{seed}: {:#?}\n{}\n{}", before.findings, pair.manifest(), pair.plan());
        for (name, changed, mutate) in MUTATIONS {
            let at = random.below(pair.decided.len());
            let mut other = pair.clone();
            mutate(&mut other, at);
            let Some(after) = judge(&other, &rules) else { continue };
            let system = pair.decided[at].system;
            for finding in &after.findings {
                let show = || format!("{seed}: {name}: {finding:#?}\n{}\n{}", other.manifest(), other.plan());
                assert!(is_lawful(finding, *changed, system), "{}", show());
                *codes.entry((name, finding.code.name())).or_default() += 1;
            }
            *blocked.entry(name).or_default() += usize::from(!after.is_allowed());
        }
    }
    // A mutation that blocks nothing shows nothing. A condition may be absent, and the same pattern may be meant.
    for (name, _, _) in MUTATIONS {
        let count = blocked.get(name).copied().unwrap_or_default();
        assert!(count * 4 >= pairs, "{name}: {count} of {pairs} are blocked: {codes:#?}");
    }
}

/// How each step by which an owner is found is said: every case says one of them, and each has a case.
const STEPS: &[&str] = &[
    "^approved ",
    "^requested ",
    "^owner of system .*, which .* is for$",
    "^owner of system .*, whose `match` covers the address$",
    "^override .* names them for ",
    "^`owner` in the `subject` of ",
    "^owner tag of the resource$",
    "^owner of the file .* by .*CODEOWNERS:[0-9]+, as the work tree has it$",
    "^`process_owner` of the manifest$",
    "^`process_owner` of the manifest, as no other owner was found$",
];

#[test]
fn every_step_to_an_owner_has_a_case() {
    let steps: Vec<regex::Regex> = STEPS.iter().map(|step| regex::Regex::new(step).unwrap()).collect();
    let mut cases = vec![0; steps.len()];
    for case in Case::all() {
        let expected = std::fs::read_to_string(case.folder.join("expected.json")).unwrap();
        let expected: serde_json::Value = serde_json::from_str(&expected).unwrap();
        for finding in expected["findings"].as_array().unwrap() {
            let because = finding["owner"]["because"].as_str().unwrap();
            let step = steps.iter().position(|step| step.is_match(because));
            cases[step.unwrap_or_else(|| panic!("{}: no step says `{because}`", case.name))] += 1;
        }
    }
    let without: Vec<&str> =
        STEPS.iter().zip(&cases).filter(|(_, count)| **count == 0).map(|(step, _)| *step).collect();
    assert!(without.is_empty(), "no case for {without:?}");
}
