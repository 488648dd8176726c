//! Which answer each of some thousand random pairs gets, pair by pair.
//!
//! The laws say that no answer is wrong; nothing of them notices that a pair which was decided is decided no more, or that
//! another reason is given for it. Here every answer is held: one letter a pair. `UPDATE=1` writes the table again; a change
//! that turns `C` or `E` into a small letter has made the procedure weaker.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may stop")]
#![allow(clippy::wildcard_enum_match_arm, reason = "the naive reading is to stay short")]
#![allow(dead_code, reason = "the generator is shared with the laws, which use more of it")]

#[path = "laws/generate.rs"]
mod generate;
#[path = "laws/naive.rs"]
mod naive;

use std::fmt::Write as _;

use access_algebra::{Containment, Undecidable, contains};
use generate::{EVERYTHING, Features, MIXED, Random, VARIABLES, VARIABLES_ANYWHERE, WORDS_AND_EVERYTHING};

/// Pairs of each family. With 1,000 each letter occurs, and the test takes a second.
const PAIRS: u64 = 1_000;

/// Letters in one line of the table.
const LINE: usize = 100;

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/answers.txt");

/// Contained, exceeds; in small letters why it is undecided.
fn letter(answer: &Containment) -> char {
    match answer {
        Containment::Contained => 'C',
        Containment::Exceeds(_) => 'E',
        Containment::Undecided(reason) => match reason {
            Undecidable::MissingFact { .. } => 'f',
            Undecidable::UnknownValue { .. } => 'u',
            Undecidable::UnreadableValue { .. } => 'r',
            Undecidable::Variable { .. } => 'v',
            Undecidable::SeveralValues { .. } => 's',
            Undecidable::OpaqueCondition { .. } => 'o',
            Undecidable::MixedTypes { .. } => 'm',
            Undecidable::Budget(_) => 'b',
            Undecidable::Unconfirmed => panic!("a counterexample that nothing confirms"),
        },
    }
}

fn list_answers(name: &str, features: Features) -> String {
    let answers: Vec<char> = (0..PAIRS)
        .map(|seed| {
            let (approved, planned) = generate::pair(&mut Random::new(seed), features);
            letter(&contains(&approved, &planned))
        })
        .collect();
    let mut table = format!("{name}\n");
    for line in answers.chunks(LINE) {
        writeln!(table, "{}", line.iter().collect::<String>()).unwrap();
    }
    table
}

#[test]
fn answers_stay_as_they_are() {
    let families = [
        ("variables", VARIABLES),
        ("variables anywhere", VARIABLES_ANYWHERE),
        ("mixed types", MIXED),
        ("everything", EVERYTHING),
        ("words and everything", WORDS_AND_EVERYTHING),
    ];
    let table: String = families.into_iter().map(|(name, features)| list_answers(name, features)).collect();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(TABLE, &table).unwrap();
    }
    let expected = std::fs::read_to_string(TABLE).unwrap_or_default();
    for (now, before) in table.lines().zip(expected.lines()) {
        assert_eq!(now, before, "an answer changed");
    }
    assert_eq!(table.lines().count(), expected.lines().count());
}
