//! Laws of holes that stand for words: what containment says of a word that nobody gave holds for every word.
//!
//! Small patterns are compared exhaustively, and random policies after words were filled in. What decides words is worth
//! having only if it decides what people write, so simple shapes are listed with their answers.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]
#![allow(clippy::wildcard_enum_match_arm, reason = "a test is to stay short")]
#![allow(dead_code, reason = "the generators are shared with the laws, which use more of them")]

#[path = "laws/generate.rs"]
mod generate;
#[path = "laws/naive.rs"]
mod naive;
#[path = "laws/show.rs"]
mod show;

use access_algebra::evaluate::{Truth, is_member};
use access_algebra::{
    Access, Condition, Containment, Effect, Hole, HoleKind, HoleShape, Pattern, Request, Statement, Strings,
    Test, Token, contains,
};
use generate::{Features, Random, WORDS, WORDS_AND_EVERYTHING, pair};
use proptest::prelude::{ProptestConfig, any, prop_assert, proptest};
use show::show;

fn literal(text: &str) -> Token {
    Token::Literal(text.into())
}

fn hole(name: &str) -> Token {
    Token::Hole(Hole::new(HoleKind::Unknown, name))
}

fn word(name: &str) -> Token {
    Token::Hole(Hole::word(HoleKind::Unknown, name))
}

fn pattern(tokens: &[Token]) -> Pattern {
    Pattern::new(tokens.to_vec())
}

fn on(resources: Strings) -> Access {
    let conditions = Vec::new();
    let (principals, actions) = (Strings::any(), Strings::any());
    Access {
        statements: vec![Statement { effect: Effect::Allow, principals, actions, resources, conditions }],
    }
}

fn compare(approved: &[Token], planned: &[Token]) -> Containment {
    contains(&on(Strings::of([pattern(approved)])), &on(Strings::of([pattern(planned)])))
}

/// The same policy with another token in the place of each hole of a name.
fn replace(access: &Access, name: &str, token: &Token) -> Access {
    let replace = |pattern: &mut Pattern| {
        let tokens = pattern.tokens().iter().map(|one| match one {
            Token::Hole(hole) if &*hole.name == name => token.clone(),
            other => other.clone(),
        });
        *pattern = Pattern::new(tokens.collect::<Vec<_>>());
    };
    let mut access = access.clone();
    for statement in &mut access.statements {
        for set in [&mut statement.principals, &mut statement.actions, &mut statement.resources] {
            set.include.iter_mut().chain(&mut set.exclude).for_each(replace);
        }
        for condition in &mut statement.conditions {
            if let Test::Text { values, .. } = &mut condition.test {
                values.iter_mut().for_each(replace);
            }
        }
    }
    access
}

#[test]
fn a_run_covers_a_word_and_a_literal_does_not() {
    let generated = [literal("role/ci-"), word("suffix")];
    let run = |stop| Token::Run(stop);
    for stop in [None, Some('/'), Some(':'), Some('.'), Some('$')] {
        assert_eq!(
            compare(&[literal("role/ci-"), run(stop)], &generated),
            Containment::Contained,
            "{stop:?}"
        );
        assert_eq!(compare(&[literal("role/c"), run(stop)], &generated), Containment::Contained, "{stop:?}");
        let within = [literal("role/"), run(stop), literal("/x")];
        assert_eq!(
            compare(&within, &[literal("role/"), word("suffix"), literal("/x")]),
            Containment::Contained,
            "{stop:?}"
        );
    }
    assert_eq!(compare(&generated, &generated), Containment::Contained);
    assert_eq!(
        compare(&generated, &[literal("role/ci-"), hole("suffix")]),
        Containment::Contained,
        "one name"
    );
    let undecided: [&[Token]; 7] = [
        &[literal("role/ci-x")],
        &[literal("role/ci-x"), run(None)],
        &[literal("role/ci-"), Token::One(None)],
        &[literal("role/ci-"), word("other")],
        &[literal("role/ci-"), run(Some('x'))],
        &[literal("role/ci-"), run(Some('-'))],
        &[literal("role/ci-"), run(None), literal("-x")],
    ];
    for approved in undecided {
        let answer = compare(approved, &generated);
        assert!(matches!(answer, Containment::Undecided(_)), "{approved:?}: {answer:?}");
    }
    let any_hole = [literal("role/ci-"), hole("name")];
    let answer = compare(&[literal("role/ci-"), run(Some('/'))], &any_hole);
    assert!(matches!(answer, Containment::Undecided(_)), "nothing is known of it: {answer:?}");
}

/// A word of the approval is one string, so that what is certainly another one is wider.
#[test]
fn what_is_no_word_exceeds_an_approved_word() {
    let approved = [literal("role/"), word("name")];
    for planned in ["role/a/b", "role/", "role/*", "bucket/a"] {
        let answer = compare(&approved, &[literal(planned)]);
        assert!(matches!(answer, Containment::Exceeds(_)), "{planned}: {answer:?}");
    }
    let answer = compare(&approved, &[literal("role/a")]);
    assert!(matches!(answer, Containment::Undecided(_)), "it may be the one: {answer:?}");
}

/// What is taken out is only certainly out where it is that word.
#[test]
fn an_exclusion_removes_a_word_only_where_it_is_certain() {
    let all_but = |tokens: &[Token]| Strings { exclude: vec![pattern(tokens)], ..Strings::any() };
    let of = |tokens: &[Token]| Strings::of([pattern(tokens)]);
    let named = [literal("role/"), word("name")];
    let answer = |approved: Strings, planned: Strings| contains(&on(approved), &on(planned));
    let run = |stop| [literal("role/"), Token::Run(stop)];
    assert_eq!(answer(all_but(&named), all_but(&run(Some('/')))), Containment::Contained);
    assert!(matches!(answer(all_but(&run(Some('/'))), all_but(&named)), Containment::Exceeds(_)));
    assert!(matches!(answer(all_but(&named), all_but(&[literal("role/a")])), Containment::Undecided(_)));
    assert!(matches!(answer(all_but(&[literal("role/a")]), of(&named)), Containment::Undecided(_)));
    assert_eq!(answer(all_but(&[literal("role/a/"), Token::Run(None)]), of(&named)), Containment::Contained);
    assert!(matches!(answer(all_but(&named), of(&named)), Containment::Undecided(_)));
}

#[test]
fn a_word_is_apart_from_what_no_word_is() {
    let apart: [(&[Token], &[Token]); 6] = [
        (&[word("w")], &[literal("arn:aws:s3:::"), Token::Run(None)]),
        (&[word("w")], &[literal("")]),
        (&[literal("a"), word("w")], &[literal("a")]),
        (&[literal("a"), word("w"), literal("b")], &[literal("a/"), Token::Run(None)]),
        (&[Token::Run(None), word("w")], &[Token::Run(None), literal("/")]),
        (&[literal("a"), word("w"), literal("b")], &[Token::Run(Some('b')), literal("c/b")]),
    ];
    for (one, other) in apart {
        let sets = [one, other].map(|tokens| Strings::of([pattern(tokens)]));
        assert!(sets[0].is_disjoint(&sets[1]) && sets[1].is_disjoint(&sets[0]), "{one:?} {other:?}");
    }
    let meeting: [(&[Token], &[Token]); 4] = [
        (&[word("w")], &[literal("arn")]),
        (&[word("w")], &[hole("u")]),
        (&[word("w")], &[Token::Folded("k".into())]),
        (&[literal("a"), word("w")], &[Token::One(Some('/')), Token::One(None)]),
    ];
    for (one, other) in meeting {
        let sets = [one, other].map(|tokens| Strings::of([pattern(tokens)]));
        assert!(!sets[0].is_disjoint(&sets[1]) && !sets[1].is_disjoint(&sets[0]), "{one:?} {other:?}");
    }
}

#[test]
fn the_evaluator_knows_the_characters_of_words() {
    let named = Strings::of([pattern(&[literal("role/"), word("name")])]);
    let truth = |text: &str| is_member(&named, text, &Request::default());
    for text in ["role/a", "role/a-B_9", "role/-", "role/_"] {
        assert_eq!(truth(text), Truth::Maybe, "{text}");
    }
    for text in
        ["role/", "role/a/b", "role/a:b", "role/a.b", "role/*", "role/$", "role/\u{e9}", "role/\u{212a}"]
    {
        assert_eq!(truth(text), Truth::No, "{text}");
    }
}

/// A policy variable is given by the request, which may say anything.
#[test]
fn a_policy_variable_is_no_word() {
    let variable = [literal("home/"), Token::Hole(Hole::word(HoleKind::Variable, "v"))];
    let answer = compare(&[literal("home/"), Token::Run(Some('/'))], &variable);
    assert!(matches!(answer, Containment::Exceeds(_)), "{answer:?}");
}

/// Patterns of up to three tokens, with a word, against those of up to two: what is contained is contained for every
/// word, and what exceeds has a witness for every word.
#[test]
fn every_answer_on_small_patterns_holds_for_every_word() {
    let tokens = [
        literal("a"),
        literal("/"),
        Token::Folded("a".into()),
        Token::One(None),
        Token::One(Some('/')),
        Token::Run(None),
        Token::Run(Some('/')),
        Token::Run(Some('a')),
        word("w"),
    ];
    let longer = |list: &Vec<Token>| {
        tokens
            .iter()
            .map(|token| list.iter().cloned().chain([token.clone()]).collect())
            .collect::<Vec<Vec<_>>>()
    };
    let none: Vec<Vec<Token>> = vec![Vec::new()];
    let one: Vec<_> = none.iter().flat_map(longer).collect();
    let two: Vec<_> = one.iter().flat_map(longer).collect();
    let three: Vec<_> = two.iter().flat_map(longer).collect();
    let alphabet = ["a", "A", "/", "-"];
    let next = |texts: &Vec<String>| {
        texts.iter().flat_map(|text| alphabet.map(|char| format!("{text}{char}"))).collect::<Vec<_>>()
    };
    let (mut texts, mut last) = (vec![String::new()], vec![String::new()]);
    for _ in 0..4 {
        last = next(&last);
        texts.extend(last.iter().cloned());
    }
    let words = ["a", "A", "-", "-a", "aa"];
    // Which texts a pattern matches, for each word.
    let matches = |list: &Vec<Token>| -> Vec<Vec<bool>> {
        let filled = |given: &str| {
            Strings::of([Pattern::new(list.iter().map(|token| match token {
                Token::Hole(_) => literal(given),
                other => other.clone(),
            }))])
        };
        let is_in = |set: &Strings, text: &String| is_member(set, text, &Request::default()) == Truth::Yes;
        words.map(|given| texts.iter().map(|text| is_in(&filled(given), text)).collect()).to_vec()
    };
    let has_word = |list: &Vec<Token>| list.iter().any(|token| matches!(token, Token::Hole(_)));
    let outer: Vec<_> = none.iter().chain(&one).chain(&two).map(|list| (list, matches(list))).collect();
    let inner: Vec<_> = one.iter().chain(&two).chain(&three).filter(|list| has_word(list)).collect();
    let mut decided = [0; 3];
    for planned in inner {
        let mine = matches(planned);
        for (approved, theirs) in &outer {
            let is_within =
                |at: usize| mine[at].iter().zip(&theirs[at]).all(|(mine, theirs)| !mine || *theirs);
            match compare(approved, planned) {
                Containment::Contained => {
                    assert!((0..words.len()).all(is_within), "{planned:?} in {approved:?}");
                    decided[0] += 1;
                }
                Containment::Exceeds(_) => decided[1] += 1,
                Containment::Undecided(_) => decided[2] += 1,
            }
            let sets = [approved, planned].map(|list| Strings::of([pattern(list)]));
            if sets[0].is_disjoint(&sets[1]) {
                let is_shared =
                    |at: usize| mine[at].iter().zip(&theirs[at]).any(|(mine, theirs)| *mine && *theirs);
                assert!(!(0..words.len()).any(is_shared), "{planned:?} and {approved:?}");
            }
        }
    }
    assert!(decided[0] > 1_000, "{decided:?}");
}

fn is_about_words(access: &Access) -> bool {
    replace(access, "w", &literal("x")) != *access
}

/// How many of many pairs are undecided, where the hole has this shape.
fn count_undecided(features: Features, shape: HoleShape, pairs: u64) -> usize {
    let undecided = (0..pairs).filter(|seed| {
        let (approved, planned) = pair(&mut Random::new(*seed), features);
        let hole = Token::Hole(Hole { shape, ..Hole::new(HoleKind::Unknown, "w") });
        let (approved, planned) = (replace(&approved, "w", &hole), replace(&planned, "w", &hole));
        matches!(contains(&approved, &planned), Containment::Undecided(_))
    });
    undecided.count()
}

#[test]
fn a_known_shape_decides_more() {
    for (features, pairs) in [(WORDS, 1_500), (WORDS_AND_EVERYTHING, 300)] {
        let of_words = count_undecided(features, HoleShape::Word, pairs);
        let of_anything = count_undecided(features, HoleShape::Any, pairs);
        println!("{pairs} pairs: {of_words} undecided with words, {of_anything} with anything");
        assert!(of_words < of_anything, "{of_words} {of_anything}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    /// An answer given before a word is known stays true when it is.
    #[test]
    fn an_answer_holds_for_every_word(seed in any::<u64>(), is_more in any::<bool>()) {
        let mut random = Random::new(seed);
        let features = if is_more { WORDS_AND_EVERYTHING } else { WORDS };
        let (approved, planned) = pair(&mut random, features);
        let answer = contains(&approved, &planned);
        for _ in 0..4 {
            let given = Token::Literal(generate::word(&mut random).into());
            let (approved, planned) = (replace(&approved, "w", &given), replace(&planned, "w", &given));
            let later = contains(&approved, &planned);
            let is_reversed = matches!(
                (&answer, &later),
                (Containment::Contained, Containment::Exceeds(_)) | (Containment::Exceeds(_), Containment::Contained)
            );
            prop_assert!(!is_reversed, "{answer:?} {later:?} {} {}", show(&approved), show(&planned));
        }
    }

    /// Two names of one shape are told apart, and never confused with what stands between them.
    #[test]
    fn two_words_are_not_one(seed in any::<u64>()) {
        let mut random = Random::new(seed);
        let (approved, planned) = pair(&mut random, WORDS);
        let other = replace(&approved, "w", &word("other"));
        if is_about_words(&approved) && contains(&other, &planned) == Containment::Contained {
            // The proof may not rest on the two being equal.
            let fill = |access: &Access| replace(&replace(access, "other", &literal("b")), "w", &literal("a"));
            let later = contains(&fill(&other), &fill(&planned));
            prop_assert!(!matches!(later, Containment::Exceeds(_)), "{} {}", show(&other), show(&planned));
        }
    }
}

/// The conditions of a policy hold words, too.
#[test]
fn a_condition_on_a_generated_name_is_covered_by_its_prefix() {
    let demanding = |tokens: &[Token]| {
        let mut access = on(Strings::any());
        access.statements[0].conditions.push(Condition {
            key: "aws:principalarn".into(),
            test: Test::Text { values: vec![pattern(tokens)], negated: false },
            quantifier: access_algebra::Quantifier::One,
            if_absent: false,
        });
        access
    };
    let approved = demanding(&[literal("arn:aws:iam::1:role/ci-"), Token::Run(Some('/'))]);
    let planned = demanding(&[literal("arn:aws:iam::1:role/ci-"), word("suffix")]);
    assert_eq!(contains(&approved, &planned), Containment::Contained);
}
