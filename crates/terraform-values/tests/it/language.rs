//! Expressions over partly known values, with the sets that they have to give: `tests/language.txt`, and functions in
//! `tests/language-functions.txt`. `UPDATE=1` writes the sets anew, to be read in the diff.

use std::fs;

use crate::common::{Names, parse};
use terraform_values::{Budget, evaluate};

fn check(path: &str) {
    let names = Names::partly_known();
    let text = fs::read_to_string(path).unwrap();
    let answer = |line: &str| {
        if line.is_empty() || line.starts_with('#') {
            return line.to_owned();
        }
        let (expression, _) = line.split_once("  =>  ").expect("a case is `expression  =>  set`");
        format!("{expression}  =>  {}", evaluate(&parse(expression), &names, &Budget::default()))
    };
    let answers: Vec<String> = text.lines().map(answer).collect();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, answers.join("\n") + "\n").unwrap();
        return;
    }
    let wrong: Vec<String> = text
        .lines()
        .zip(&answers)
        .filter(|(expected, answer)| expected != answer)
        .map(|(expected, answer)| format!("{answer}\n    and not {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn expressions_give_these_sets() {
    check("tests/language.txt");
}

#[test]
fn functions_give_these_sets() {
    check("tests/language-functions.txt");
}
