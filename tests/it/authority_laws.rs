//! Laws of authority: whatever makes a decision harder lets nothing pass that was blocked before; one person is one person
//! under any set of logins; no delegation outlives its end.
//!
//! A sample of random manifests is judged. As many as wished: `COUNTERSIGN_MANIFESTS=10000 cargo test --test it
//! authority_laws::`.

mod model;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, Mutex};

use countersign::authority::{Decisions, Flaw, Lack};
use countersign::catalog::Catalog;
use countersign::finding::Verdict;
use countersign::grants::visit;
use countersign::judge::{Extent, Judge, ReferenceMeanings, Ruling};
use countersign::manifest::Manifest;
use countersign::plan::Plan;
use countersign::resolve::facts::StatedFacts;
use countersign::rules::{self, Rules};
use countersign::source::Source;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop, prop_assert, prop_assert_eq, proptest};
use proptest::sample::{Index, subsequence};

use model::{Authority, LOGINS, Model, day, model, plan, without};

static RULES: LazyLock<Rules> = LazyLock::new(|| rules::load(Vec::new()).unwrap());
static CATALOG: LazyLock<Catalog> = LazyLock::new(Catalog::default);
static PLAN: LazyLock<String> = LazyLock::new(plan);

/// Manifests in an ordinary run.
const SAMPLE: u32 = 60;

fn config() -> ProptestConfig {
    let cases = std::env::var("COUNTERSIGN_MANIFESTS").map_or(SAMPLE, |cases| cases.parse().unwrap());
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn read(model: &Model) -> Option<Manifest> {
    Manifest::from_sources("approvals", &[Source::new("a.hcl", &model.text())]).ok()
}

/// Which grants of the plan pass, by address. A manifest that cannot be read lets nothing pass.
fn passing(model: &Model) -> BTreeMap<String, bool> {
    let Some(manifest) = read(model) else { return BTreeMap::new() };
    let facts = StatedFacts::from([("aws.account".to_owned(), "111122223333".to_owned())]);
    let judge = Judge::at_time(&manifest, &CATALOG, day(model.today).into(), Extent::All, model.operator);
    let on_plan = judge.on_plan(ReferenceMeanings::new());
    let plan = Plan::read(&PLAN).unwrap();
    let rulings = visit(&plan, &RULES, &facts, |grant| on_plan.judge(&grant)).unwrap().grants;
    let verdicts = rulings.into_iter().filter_map(|ruling| match ruling {
        Ruling::Judged(judged, _, _) => {
            Some((judged.address.to_string(), judged.verdict == Verdict::Approved))
        }
        _ => None,
    });
    verdicts.collect()
}

/// Something that makes decisions harder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Narrowing {
    RemoveEntitled,
    RemoveApprover,
    ShortenDuration,
    ShortenReview,
    ShortenDelegation,
    ShortenApproval,
    RemoveDelegation,
    NarrowCeiling,
    AddCeiling,
    AddSeparation,
    RaiseThreshold,
    AddRequirement,
    RestrictSubjects,
    RestrictPlaces,
    RefuseOverdue,
}

const NARROWINGS: [Narrowing; 15] = [
    Narrowing::RemoveEntitled,
    Narrowing::RemoveApprover,
    Narrowing::ShortenDuration,
    Narrowing::ShortenReview,
    Narrowing::ShortenDelegation,
    Narrowing::ShortenApproval,
    Narrowing::RemoveDelegation,
    Narrowing::NarrowCeiling,
    Narrowing::AddCeiling,
    Narrowing::AddSeparation,
    Narrowing::RaiseThreshold,
    Narrowing::AddRequirement,
    Narrowing::RestrictSubjects,
    Narrowing::RestrictPlaces,
    Narrowing::RefuseOverdue,
];

/// The manifest after one change; `None` where there is nothing to change.
fn narrow(base: &Model, how: Narrowing, at: Index, what: Index) -> Option<Model> {
    let mut narrowed = base.clone();
    match how {
        Narrowing::RemoveApprover | Narrowing::ShortenApproval => {
            let number = at.index(base.approvals.len());
            let approval = &mut narrowed.approvals[number];
            if how == Narrowing::RemoveApprover {
                let gone = approval.approvers[what.index(approval.approvers.len())];
                approval.approvers = without(&approval.approvers, what)?;
                // Whoever should not have approved is better left out.
                if is_at_fault(base, number, gone) {
                    return None;
                }
            } else {
                // An approval that is too long for its authority becomes shorter, and may then hold.
                if is_too_long(base, number) {
                    return None;
                }
                let (from, until) = approval.days;
                approval.days =
                    (from, from + i64::try_from(what.index(usize::try_from(until - from).unwrap())).unwrap());
            }
        }
        Narrowing::ShortenDelegation | Narrowing::RemoveDelegation => {
            if base.delegations.is_empty() {
                return None;
            }
            let number = at.index(base.delegations.len());
            if how == Narrowing::RemoveDelegation {
                narrowed.delegations.remove(number);
            } else {
                let (from, until) = base.delegations[number].days;
                let by = i64::try_from(what.index(usize::try_from(until - from).unwrap())).unwrap();
                let days = if by % 2 == 0 { (from + by, until) } else { (from, until - by) };
                narrowed.delegations[number].days = days;
            }
        }
        Narrowing::AddRequirement => narrowed.require = add_word(&base.require, &model::REQUIRED, what)?,
        Narrowing::RestrictPlaces => {
            narrowed.accounts =
                if base.accounts.is_empty() { vec!["444455556666"] } else { without(&base.accounts, what)? };
        }
        Narrowing::RefuseOverdue => narrowed.lets_overdue = false,
        Narrowing::RemoveEntitled
        | Narrowing::ShortenDuration
        | Narrowing::ShortenReview
        | Narrowing::NarrowCeiling
        | Narrowing::AddCeiling
        | Narrowing::AddSeparation
        | Narrowing::RaiseThreshold
        | Narrowing::RestrictSubjects => {
            let number = at.index(base.authorities.len());
            narrowed.authorities[number] = narrow_authority(&base.authorities[number], how, what)?;
        }
    }
    Some(narrowed)
}

fn narrow_authority(base: &Authority, how: Narrowing, what: Index) -> Option<Authority> {
    let mut narrowed = base.clone();
    match how {
        Narrowing::RemoveEntitled => narrowed.approvers = without(&base.approvers, what)?,
        Narrowing::ShortenDuration => narrowed.max_days = 1 + shorter(base.max_days, what),
        Narrowing::ShortenReview => {
            narrowed.max_review = Some(1 + shorter(base.max_review.unwrap_or(90), what))
        }
        Narrowing::AddCeiling if base.ceiling.is_none() => {
            let grant = model::Grant {
                roles: Vec::new(),
                actions: vec![model::ACTIONS[what.index(model::ACTIONS.len())]],
                resources: vec![model::RESOURCES[what.index(model::RESOURCES.len())]],
            };
            narrowed.ceiling = Some(vec![grant]);
        }
        Narrowing::NarrowCeiling => {
            let ceiling = narrowed.ceiling.as_mut()?;
            let number = what.index(ceiling.len());
            let grant = &mut ceiling[number];
            match what.index(4) {
                0 => grant.actions = without(&grant.actions, what)?,
                1 => grant.resources = without(&grant.resources, what)?,
                2 if grant.roles.is_empty() => grant.roles = vec!["app-b"],
                2 => grant.roles = without(&grant.roles, what)?,
                _ if ceiling.len() > 1 => drop(ceiling.remove(number)),
                _ => return None,
            }
        }
        Narrowing::AddSeparation => {
            narrowed.separate_from = add_word(&base.separate_from, &model::SEPARATIONS, what)?;
        }
        Narrowing::RaiseThreshold => narrowed.threshold += 1,
        Narrowing::RestrictSubjects => {
            narrowed.subjects = if base.subjects.is_empty() {
                vec![model::KINDS[what.index(3)]]
            } else {
                without(&base.subjects, what)?
            };
        }
        _ => return None,
    }
    Some(narrowed)
}

fn shorter(days: i64, what: Index) -> i64 {
    i64::try_from(what.index(usize::try_from(days).unwrap())).unwrap()
}

fn add_word(words: &[&'static str], all: &[&'static str], what: Index) -> Option<Vec<&'static str>> {
    let word = all[what.index(all.len())];
    (!words.contains(&word)).then(|| words.iter().copied().chain([word]).collect())
}

fn flaws(model: &Model, number: usize) -> Vec<Flaw> {
    let manifest = read(model).unwrap();
    let decisions = Decisions::new(&manifest, &CATALOG, day(model.today)).with_operator(model.operator);
    let approval = &manifest.approvals()[number];
    decisions.find_flaws(approval, approval.sample())
}

/// Whether somebody should not have approved at all.
fn is_at_fault(model: &Model, number: usize, login: &str) -> bool {
    let is_own = |flaw: &Flaw| match flaw {
        Flaw::SelfApproved { .. } | Flaw::Beneficiary { .. } | Flaw::NotSeparate { .. } => true,
        Flaw::NoAuthority { lack, .. } => {
            matches!(lack, Lack::Authority | Lack::Entitlement { .. } | Lack::Delegation { .. })
        }
        _ => false,
    };
    let about = |flaw: &&Flaw| flaw.approver() == Some(login);
    // Of several authorities one keeps others apart, and another one may come nearer and be told of.
    let manifest = read(model).unwrap();
    let owner = model.approvals[number].subject.map(|(_, owner)| owner);
    let kept_apart: BTreeSet<String> =
        model.operator.into_iter().chain(owner).flat_map(|login| manifest.persons_of(login)).collect();
    !manifest.persons_of(login).is_disjoint(&kept_apart)
        || flaws(model, number).iter().filter(about).any(is_own)
}

/// Whether an approval is too long for some authority. Which of them comes nearest, and is told of, may be another one.
fn is_too_long(model: &Model, number: usize) -> bool {
    let approval = &model.approvals[number];
    let (approved, expires) = approval.days;
    let reviewed = approval.review_by.unwrap_or(expires).min(expires);
    model.authorities.iter().any(|authority| {
        expires - approved > authority.max_days
            || authority.max_review.is_some_and(|most| reviewed - approved > most)
    })
}

#[test]
fn nothing_that_makes_decisions_harder_lets_something_pass() {
    // How often each change blocked something: one that never does would prove nothing.
    let effects: Mutex<BTreeMap<Narrowing, usize>> = Mutex::default();
    let passed: Mutex<usize> = Mutex::default();
    let config = config();
    let cases = usize::try_from(config.cases).unwrap();
    proptest!(config, |(base in model(), changes in prop::collection::vec((any::<Index>(), any::<Index>()), NARROWINGS.len()))| {
        prop_assert!(read(&base).is_some(), "{}", base.text());
        let before = passing(&base);
        *passed.lock().unwrap() += usize::from(before.values().any(|passes| *passes));
        for (how, (at, what)) in NARROWINGS.into_iter().zip(changes) {
            let Some(narrowed) = narrow(&base, how, at, what) else { continue };
            let after = passing(&narrowed);
            for (address, passes) in &before {
                let passes_after = after.get(address).copied().unwrap_or_default();
                prop_assert!(*passes || !passes_after, "{how:?} lets `{address}` pass\n{}\n{}", base.text(), narrowed.text());
                if *passes && !passes_after {
                    *effects.lock().unwrap().entry(how).or_default() += 1;
                }
            }
        }
    });
    let (passed, effects) = (*passed.lock().unwrap(), effects.lock().unwrap());
    assert!(passed * 20 > cases, "{passed} of {cases} let something pass");
    let rare: Vec<_> = NARROWINGS.iter().filter(|how| !effects.contains_key(how)).collect();
    assert!(cases < 2_000 || rare.is_empty(), "{rare:?} never blocked anything: {effects:?}");
}

/// The logins of one person: `ana`, `lee` or `max`, who is in the team as well.
fn own_logins() -> impl Strategy<Value = Vec<&'static str>> {
    (0..3_usize).prop_flat_map(|person| {
        let own: Vec<&'static str> = LOGINS[2 * person..2 * person + 2].to_vec();
        let own = if person == 2 { [own, vec!["team-a"]].concat() } else { own };
        let most = own.len();
        subsequence(own, 1..=most)
    })
}

#[test]
fn one_person_is_one_under_any_set_of_logins() {
    proptest!(config(), |(base in model(), own in own_logins(), others in subsequence(&LOGINS[..], 0..=8))| {
        let mut model = base;
        for authority in &mut model.authorities {
            authority.threshold = 2;
            authority.approvers = own.iter().copied().chain(others.iter().copied()).chain(["kim", "max"]).collect();
            authority.approvers.sort_unstable();
            authority.approvers.dedup();
        }
        // Whoever hands their right on to the one person adds no person either.
        for delegation in &mut model.delegations {
            delegation.to = if own[0] == "team-a" { "max" } else { own[0] };
            if delegation.from == delegation.to {
                delegation.from = "kim";
            }
        }
        // As long as each of them decides for themselves or for another; for two others at once is still one voice.
        for approval in &mut model.approvals {
            approval.approvers.clone_from(&own);
        }
        prop_assert!(read(&model).is_some(), "{}", model.text());
        let allowed: Vec<String> = passing(&model).into_iter().filter(|(_, passes)| *passes).map(|(at, _)| at).collect();
        prop_assert_eq!(allowed, Vec::<String>::new(), "{}", model.text());
    });
}

#[test]
fn no_delegation_outlives_its_end() {
    let counts: Mutex<[usize; 2]> = Mutex::default();
    let strategy = (model(), 0..30_i64, 1..40_i64, 0..60_i64, Just("max"));
    proptest!(config(), |((base, starts, length, today, delegate) in strategy)| {
        let mut model = Model { today, ..base };
        let ends = starts + length;
        for authority in &mut model.authorities {
            *authority = Authority {
                approvers: vec!["lee"], threshold: 1, max_days: 200, max_review: None, subjects: Vec::new(),
                separate_from: Vec::new(), ceiling: None,
            };
        }
        model.require.clear();
        model.delegations = vec![model::Delegation { from: "lee", to: delegate, authority: 0, days: (starts, ends) }];
        for approval in &mut model.approvals {
            approval.approvers = vec![delegate];
            approval.requester = "ana";
            approval.review_by = None;
        }
        let passes = passing(&model).values().any(|passes| *passes);
        let is_given_within = |approval: &model::Approval| (starts..ends).contains(&approval.days.0);
        let may_pass = today < ends && model.approvals.iter().any(is_given_within);
        prop_assert!(!passes || may_pass, "{}", model.text());
        counts.lock().unwrap()[usize::from(passes)] += 1;
    });
    let [blocked, passed] = *counts.lock().unwrap();
    assert!(passed * 20 > blocked, "{passed} let something pass and {blocked} do not");
}
