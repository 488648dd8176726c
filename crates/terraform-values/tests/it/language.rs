//! Expressions over partly known values, with the sets that they have to give: `tests/language.txt`.

use crate::common::{Names, parse};
use terraform_values::{Budget, evaluate};

#[test]
fn expressions_give_these_sets() {
    let names = Names::partly_known();
    let mut wrong = Vec::new();
    let cases =
        include_str!("../language.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    for case in cases {
        let (expression, expected) = case.split_once("  =>  ").expect("a case is `expression  =>  set`");
        let value = evaluate(&parse(expression), &names, &Budget::default());
        if value.to_string() != expected {
            wrong.push(format!("{expression}\n    gives {value}\n    and not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
