//! Functions of known arguments, with Terraform's answers: `tests/functions.txt`.

use std::collections::BTreeSet;

use crate::common::{Names, parse};
use crate::generator::Grammar;
use terraform_values::{Budget, Value, evaluate, functions};

/// Expression and answer.
fn cases() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("../functions.txt").lines();
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split_once("  =>  ").expect(line))
}

fn answer(expression: &str) -> Value {
    evaluate(
        &parse(&format!("try(jsonencode({expression}), \"ERR\")")),
        &Names::default(),
        &Budget::default(),
    )
}

#[test]
fn known_arguments_give_what_terraform_answers() {
    let mut wrong = Vec::new();
    let mut unread = Vec::new();
    for (expression, expected) in cases() {
        let value = answer(expression);
        match value.known_text() {
            Some(text) if text == expected => {}
            _ if expected == "UNKNOWN" => unread.push(expression),
            None if value.admits(&expected.into()) => unread.push(expression),
            _ => wrong.push(format!("{expression}\n    gives {value}\n    and not {expected}")),
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
    // `UPDATE=1` writes the list anew.
    let path = "tests/functions-unread.txt";
    let unread = unread.join("\n") + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &unread).unwrap();
    }
    assert_eq!(unread, std::fs::read_to_string(path).unwrap(), "what is not worked out: {path}");
}

/// No case can hold what nobody knows beforehand, or what is in a file.
fn can_be_asked(name: &str) -> bool {
    const WITHOUT: [&str; 6] = ["bcrypt", "plantimestamp", "timestamp", "uuid", "issensitive", "sensitive"];
    !name.starts_with("file") && !WITHOUT.contains(&name)
}

#[test]
fn every_function_has_a_case_and_is_in_the_grammar() {
    let called: BTreeSet<&str> =
        cases().map(|(expression, _)| expression.split('(').next().unwrap_or_default()).collect();
    let grammar = Grammar::read();
    let is_missing = |name: &&str| can_be_asked(name) && !(called.contains(name) && grammar.calls(name));
    let missing: Vec<&str> = functions::evaluated().map(|(name, _)| name).filter(is_missing).collect();
    assert!(missing.is_empty(), "no case, or no production, for {missing:?}");
}
