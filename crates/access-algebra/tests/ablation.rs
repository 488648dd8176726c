//! What each pass of containment is for: each is switched off, and must cost something that a test names.
//!
//! A pass either decides pairs that are undecided without it, or saves work, counted in the steps of the budget and never
//! in seconds. Whatever is off, an answer that is given is the right one.
//!
//! 1,000 random pairs of each family, undecided pairs and thousands of steps (`COUNTERSIGN_PAIRS=1000 cargo test -p
//! access-algebra --test ablation no_pass -- --nocapture`):
//!
//! | switched off | plain | variables | variables anywhere | keys of several kinds | things missing |
//! |---|---|---|---|---|---|
//! | nothing | 0, 508 | 0, 708 | 0, 898 | 1, 538 | 99, 9,528 |
//! | fast path | 0, 1,219 | 0, 1,576 | 0, 2,119 | 1, 1,179 | 99, 10,908 |
//! | partition | 0, 666 | 0, 822 | 0, 997 | 1, 705 | 99, 11,296 |
//! | examples | 0, 536 | 0, 735 | 0, 926 | 1, 574 | 99, 9,565 |
//! | contradictions | 0, 508 | 3, 9,570 | 6, 43,924 | 1, 538 | 102, 16,457 |
//! | counting | 0, 508 | 0, 719 | 0, 921 | 1, 538 | 99, 9,779 |
//! | relaxation | 0, 508 | 0, 567 | 0, 601 | 1, 538 | 100, 5,510 |
//! | combination | 0, 508 | 21, 719 | 20, 995 | 1, 538 | 105, 3,194 |
//! | approximation | 0, 508 | 0, 708 | 0, 898 | 1, 538 | 121, 9,425 |
//!
//! Three passes overlapped once: constant propagation through whole questions, a case split by the number of values, and
//! the relaxation of strings. [`Pass::Combination`] splits the cases of one assignment and propagates constants there, so
//! that without the first two, of 50,000 pairs each, the same 11 pairs with variables and 29 with variables anywhere are
//! undecided. The trial of 400 values for whole questions went for the same reason. Relaxation stays: without it 21 and 45
//! are.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may stop and print"
)]
#![allow(clippy::wildcard_enum_match_arm, reason = "the naive reading is to stay short")]
#![allow(dead_code, reason = "the generators are shared with the laws, which use more of them")]

#[path = "laws/generate.rs"]
mod generate;
#[path = "laws/naive.rs"]
mod naive;
#[path = "laws/show.rs"]
mod show;

use access_algebra::contain::contains_with;
use access_algebra::contain::passes::{Pass, Passes};
use access_algebra::{
    Access, Condition, Containment, Effect, HoleKind, Pattern, Quantifier, Statement, Strings, Test, Token,
};
use generate::{EVERYTHING, Features, MIXED, PLAIN, Random, VARIABLES, VARIABLES_ANYWHERE, pair};
use show::show;

const FAMILIES: [(&str, Features); 5] = [
    ("plain", PLAIN),
    ("variables", VARIABLES),
    ("variables anywhere", VARIABLES_ANYWHERE),
    ("keys of several kinds", MIXED),
    ("things missing", EVERYTHING),
];

/// Random pairs of each family, if `COUNTERSIGN_PAIRS` is unset.
fn pairs() -> u64 {
    std::env::var("COUNTERSIGN_PAIRS").ok().map_or(200, |text| text.parse().unwrap())
}

fn all_but(pass: Pass) -> Passes {
    Passes::default().without(pass)
}

/// Without the fast path, since a search is what most passes are about.
fn searching() -> Passes {
    all_but(Pass::FastPath)
}

fn literal(text: &str) -> Token {
    Token::Literal(text.into())
}

fn variable(key: &str) -> Token {
    Pattern::hole(HoleKind::Variable, key).tokens()[0].clone()
}

fn unknown(name: &str) -> Token {
    Pattern::hole(HoleKind::Unknown, name).tokens()[0].clone()
}

fn strings(pattern: impl IntoIterator<Item = Token>) -> Strings {
    Strings::of([Pattern::new(pattern)])
}

fn allow(actions: Strings, resources: Strings) -> Statement {
    let (effect, principals) = (Effect::Allow, Strings::any());
    Statement { effect, principals, actions, resources, conditions: Vec::new() }
}

fn deny(resources: Strings) -> Statement {
    Statement { effect: Effect::Deny, ..allow(Strings::any(), resources) }
}

fn requires(mut statement: Statement, key: &str, value: &str) -> Statement {
    let test = Test::Text { values: vec![Pattern::literal(value)], negated: false };
    statement.conditions.push(Condition {
        key: key.into(),
        test,
        quantifier: Quantifier::One,
        if_absent: false,
    });
    statement
}

fn access(statements: impl IntoIterator<Item = Statement>) -> Access {
    Access { statements: statements.into_iter().collect() }
}

/// That a pair is contained, and undecided without a pass.
#[track_caller]
fn assert_proved_by(pass: Pass, approved: &Access, planned: &Access) {
    let (with, _) = contains_with(approved, planned, searching());
    let (without, _) = contains_with(approved, planned, searching().without(pass));
    assert_eq!(with, Containment::Contained, "with {pass:?}");
    assert!(matches!(without, Containment::Undecided(_)), "without {pass:?}: {without:?}");
}

/// That a pair exceeds, and is undecided without a pass.
#[track_caller]
fn assert_shown_by(pass: Pass, approved: &Access, planned: &Access) {
    let (with, _) = contains_with(approved, planned, Passes::default());
    let (without, _) = contains_with(approved, planned, all_but(pass));
    assert!(matches!(with, Containment::Exceeds(_)), "with {pass:?}: {with:?}");
    assert!(matches!(without, Containment::Undecided(_)), "without {pass:?}: {without:?}");
}

/// That a pass saves work, at least so many times.
#[track_caller]
fn assert_saves(pass: Pass, passes: Passes, factor: u64, approved: &Access, planned: &Access) {
    let (answer, work) = contains_with(approved, planned, passes);
    let (same, more) = contains_with(approved, planned, passes.without(pass));
    assert_eq!(answer, same, "without {pass:?}");
    println!("{pass:?}: {work} steps, {more} without it");
    assert!(more > 0 && more >= factor * work, "{pass:?}: {work} steps, {more} without it");
}

/// `count` services, each with actions of its own.
fn services(count: usize) -> Vec<Statement> {
    let service = |number: usize| {
        let action =
            |verb: &str| Pattern::new([literal(&format!("service{number}:{verb}")), Token::Run(None)]);
        let actions = Strings::of(["Get", "List", "Put"].map(action));
        allow(actions, strings([literal(&format!("arn:{number}:")), Token::Run(None)]))
    };
    (0..count).map(service).collect()
}

#[test]
fn the_fast_path_saves_the_search() {
    let approved = access(services(20));
    let (answer, work) = contains_with(&approved, &approved, Passes::default());
    assert_eq!((answer, work), (Containment::Contained, 0), "equal policies");
    let narrower = access(services(20).into_iter().map(|statement| requires(statement, "k", "x")));
    assert_saves(Pass::FastPath, Passes::default(), 2, &approved, &narrower);
}

/// The cells of a planned statement are disjoint from most statements of a long approval.
#[test]
fn the_partition_saves_work() {
    let approved = services(12);
    let mut planned = approved[0].clone();
    planned.actions.include = approved.iter().flat_map(|one| one.actions.include.clone()).collect();
    planned.resources = Strings::any();
    let approved = approved.into_iter().map(|one| Statement { resources: Strings::any(), ..one });
    assert_saves(Pass::Partition, searching(), 10, &access(approved), &access([planned]));
}

/// A planned wildcard overlaps most of what is approved.
#[test]
fn examples_save_work() {
    let mut planned = services(1);
    planned[0].actions = strings([literal("service"), Token::Run(None)]);
    assert_saves(Pass::Examples, searching(), 2, &access(services(12)), &access(planned));
}

/// All but a folder for each of two actions, asked for both at once: the exclusion is the same, whatever the folder is.
#[test]
fn contradictions_prove_equal_exclusions() {
    let mut others = strings([literal("home/"), Token::Run(None)]);
    others.exclude = vec![Pattern::new([literal("home/"), unknown("folder"), Token::Run(None)])];
    let action = |text: &str| strings([literal(text)]);
    let approved = access([allow(action("read"), others.clone()), allow(action("write"), others.clone())]);
    let both = Strings::of(["read", "write"].map(Pattern::literal));
    assert_proved_by(Pass::Contradictions, &approved, &access([allow(both, others)]));
}

/// A condition that a key's value is, or is not, one of these patterns.
fn demands(mut statement: Statement, key: &str, patterns: &[Pattern], negated: bool) -> Statement {
    let test = Test::Text { values: patterns.to_vec(), negated };
    let quantifier = Quantifier::One;
    statement.conditions.push(Condition { key: key.into(), test, quantifier, if_absent: false });
    statement
}

/// Whoever must be `alice` is in `home/alice/` where `home/${user}/` is said.
#[test]
fn combination_propagates_constants() {
    let home = |user: Token| strings([literal("home/"), user, literal("/"), Token::Run(None)]);
    let any = Strings::any;
    let planned = requires(allow(any(), home(variable("user"))), "user", "alice");
    let approved = allow(any(), home(literal("alice")));
    assert_proved_by(Pass::Combination, &access([approved.clone()]), &access([planned]));
    // The other way round, the constant of the plan reaches the approval.
    let planned = requires(approved, "user", "alice");
    let approved = access([allow(any(), home(variable("user")))]);
    assert_proved_by(Pass::Combination, &approved, &access([planned]));
    // A name in any case is one of a few.
    let planned = demands(allow(any(), home(variable("user"))), "user", &[Pattern::folded("al")], false);
    let folded = Pattern::new([Token::Folded("home/al/".into()), Token::Run(None)]);
    assert_proved_by(Pass::Combination, &access([allow(any(), Strings::of([folded]))]), &access([planned]));
    // A constant of a resource is one of the variable in it.
    let planned = allow(any(), strings([literal("home/alice/")]));
    let denied = deny(home(variable("user")));
    let planned = demands(planned, "user", &[Pattern::literal("alice"), Pattern::literal("")], true);
    let both = access([allow(any(), any()), denied]);
    assert_proved_by(Pass::Combination, &both, &access([planned]));
}

/// A pattern with a variable matches nothing where its key has no single value.
#[test]
fn combination_splits_by_the_number_of_values() {
    let home = || strings([literal("home/"), variable("user"), Token::Run(None)]);
    let condition = |present| {
        let (key, quantifier) = ("user".into(), Quantifier::One);
        Condition { key, test: Test::Present(present), quantifier, if_absent: false }
    };
    // Without a user there is nothing that `home/${user}` denies.
    let mut planned = allow(Strings::any(), Strings::any());
    planned.conditions.push(condition(false));
    let approved = access([allow(Strings::any(), Strings::any()), deny(home())]);
    assert_proved_by(Pass::Combination, &approved, &access([planned]));
    // And who is in `home/${user}` has a user.
    let planned = allow(Strings::any(), home());
    let mut approved = allow(Strings::any(), Strings::any());
    approved.conditions.push(condition(true));
    assert_proved_by(Pass::Combination, &access([approved]), &access([planned]));
    // Several values of a key equal no variable that stands for it, so that this exceeds.
    let mut planned = allow(Strings::any(), Strings::any());
    planned.conditions.push(Condition {
        key: "user".into(),
        test: Test::Text { values: vec![Pattern::new([variable("user")])], negated: true },
        quantifier: Quantifier::Any,
        if_absent: false,
    });
    assert_shown_by(Pass::Combination, &Access::default(), &access([planned]));
}

/// A resource that is the variable itself must meet what the variable's key must meet, and a part of it too.
#[test]
fn combination_limits_variables_by_their_own_conditions() {
    let teams = Pattern::new([literal("team-"), Token::Run(None)]);
    let user = |rest: &str| strings([variable("user"), literal(rest)]);
    let planned =
        |rest| demands(allow(Strings::any(), user(rest)), "user", std::slice::from_ref(&teams), false);
    let approved = access([allow(Strings::any(), Strings::of([teams.clone()]))]);
    assert_proved_by(Pass::Combination, &approved, &access([planned("")]));
    assert_proved_by(Pass::Combination, &approved, &access([planned("/x")]));
    let not_team = demands(allow(Strings::any(), user("")), "user", std::slice::from_ref(&teams), true);
    let approved = access([allow(Strings::any(), Strings::except([teams.clone()]))]);
    assert_proved_by(Pass::Combination, &approved, &access([not_team]));
    // The words that stand for any user are no users here, so that another one has to be found.
    let mut planned = allow(Strings::any(), user(""));
    planned.resources.exclude = ["example", "other", "x7"].map(Pattern::literal).to_vec();
    assert_shown_by(Pass::Combination, &Access::default(), &access([planned]));
}

/// No string is both `${user}` and `${user}/x`.
#[test]
fn counting_tells_a_variable_from_itself_with_more() {
    let user = |rest: &str| strings([variable("user"), literal(rest)]);
    let approved = access([allow(Strings::any(), Strings::any()), deny(user("/x"))]);
    assert_proved_by(Pass::Counting, &approved, &access([allow(Strings::any(), user(""))]));
    // A length cannot be even and odd.
    let odd = strings([Token::One(None), variable("team"), variable("team")]);
    let approved = access([allow(Strings::any(), Strings::any()), deny(odd)]);
    let twice = strings([variable("user"), variable("user")]);
    assert_proved_by(Pass::Counting, &approved, &access([allow(Strings::any(), twice)]));
}

/// What is left of a folder is the empty string, which is not the `a` that is denied.
#[test]
fn relaxation_proves_what_two_sets_require_of_one_string() {
    let folder = || allow(Strings::any(), strings([unknown("folder")]));
    let not_empty = deny(Strings::except([Pattern::literal("")]));
    let approved = access([folder(), deny(strings([literal("a")]))]);
    assert_proved_by(Pass::Relaxation, &approved, &access([folder(), not_empty]));
}

/// A pair with something missing, and a witness that does not depend on it.
#[test]
fn approximation_finds_witnesses() {
    let (approved, planned) = pair(&mut Random::new(1_191), EVERYTHING);
    assert_shown_by(Pass::Approximation, &approved, &planned);
}

/// The search proves all that the fast path proves, and shows all that it leaves.
#[test]
fn the_fast_path_is_redundant() {
    for (name, features) in FAMILIES {
        for seed in 0..pairs() {
            let (approved, planned) = pair(&mut Random::new(3_000_000_000 + seed), features);
            let (with, _) = contains_with(&approved, &planned, Passes::default());
            let (without, _) = contains_with(&approved, &planned, searching());
            let message =
                || format!("{name} {seed}\napproved {}\nplanned {}", show(&approved), show(&planned));
            assert_eq!(with, without, "{}", message());
        }
    }
}

/// A pass that is off leaves questions undecided, and never turns an answer into another one.
#[test]
fn no_pass_changes_an_answer() {
    println!("| family | switched off | undecided | steps |");
    for (name, features) in FAMILIES {
        let (mut undecided, mut steps) = ([0_u32; Pass::ALL.len() + 1], [0_u64; Pass::ALL.len() + 1]);
        for seed in 0..pairs() {
            let (approved, planned) = pair(&mut Random::new(4_000_000_000 + seed), features);
            let (answer, work) = contains_with(&approved, &planned, Passes::default());
            steps[0] += work;
            undecided[0] += u32::from(matches!(answer, Containment::Undecided(_)));
            for (index, pass) in (1..).zip(Pass::ALL) {
                let (other, work) = contains_with(&approved, &planned, all_but(pass));
                steps[index] += work;
                undecided[index] += u32::from(matches!(other, Containment::Undecided(_)));
                let contradicts = matches!(
                    (&answer, &other),
                    (Containment::Contained, Containment::Exceeds(_))
                        | (Containment::Exceeds(_), Containment::Contained)
                );
                assert!(
                    !contradicts,
                    "{name} {seed} without {pass:?}\n{}\n{}",
                    show(&approved),
                    show(&planned)
                );
            }
        }
        println!("| {name} | nothing | {} | {} |", undecided[0], steps[0]);
        for (index, pass) in (1..).zip(Pass::ALL) {
            println!("| {name} | {pass:?} | {} | {} |", undecided[index], steps[index]);
        }
    }
}
