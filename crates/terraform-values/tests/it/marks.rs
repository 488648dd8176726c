//! Marks go wherever the value goes.

use std::sync::Arc;

use terraform_values::{Budget, FileRead, Identity, Marks, Value, evaluate};

use crate::common::{Names, parse};
use crate::generator::{Grammar, Writer};
use crate::operands::{names, operands, rules};

/// Expressions that are tried: about a second.
const EXPRESSIONS: usize = 2_000;

fn file(name: &str) -> FileRead {
    FileRead { path: name.into(), sha256: Arc::from("0") }
}

/// Where a result depends on an operand, it has the operand's mark. `try` and `can` depend on refusals, and a conditional
/// on the type of the branch that is not taken: neither has marks, in Terraform too.
#[test]
fn a_result_has_the_marks_of_what_it_depends_on() {
    let grammar = Grammar::read();
    let operands = operands();
    let mut writer = Writer::new(&grammar, 3, rules(&operands));
    let (mut changed, mut wrong) = (0, Vec::new());
    for at in 0..EXPRESSIONS {
        let expression = writer.write("X", 1 + at % 4);
        if expression.contains("try(") || expression.contains("can(") {
            continue;
        }
        let parsed = parse(&expression);
        let result_with = |name: &str, value: Value| {
            let names = names(&operands).with(name.trim_start_matches("var."), value);
            evaluate(&parsed, &names, &Budget::default())
        };
        let plain = evaluate(&parsed, &names(&operands), &Budget::default());
        for (name, rule, value) in
            operands.iter().filter(|(name, _, value)| expression.contains(name) && !value.is_null())
        {
            let Some((_, _, other)) = operands.iter().find(|(other, of, _)| of == rule && other != name)
            else {
                continue;
            };
            let other = result_with(name, other.clone());
            if !plain.is_known() || !other.is_known() || plain.admits(&other) {
                continue;
            }
            changed += 1;
            let marked = result_with(name, value.clone().with_marks(&Marks::of_file(file(name))));
            if !marked.all_marks().files().any(|read| *read == file(name)) {
                wrong.push(format!("{expression}\n    loses the mark of {name}: {marked}"));
            }
        }
    }
    assert!(changed > EXPRESSIONS / 8, "{changed} depend on an operand");
    assert!(wrong.is_empty(), "{} of {changed}\n{}", wrong.len(), wrong.join("\n"));
}

fn identities(expression: &str) -> Vec<Option<String>> {
    let identity = Identity { address: "r".into(), attribute: "arn".into() };
    let arn = Value::from("arn:x").with_identity(identity);
    let names = Names::partly_known().with("arn", arn.clone()).with("arns", Value::tuple(vec![arn]));
    let value = evaluate(&parse(expression), &names, &Budget::default());
    value.alternatives().iter().map(|value| value.identity().map(ToString::to_string)).collect()
}

#[test]
fn what_selects_keeps_the_identity_and_what_computes_loses_it() {
    let arn = || Some("r.arn".to_owned());
    let keeping = [
        "var.arn",
        "(var.arn)",
        "\"${var.arn}\"",
        "var.arns[0]",
        "var.arns.*[0]",
        "[for a in var.arns : a][0]",
    ];
    let keeping = keeping.into_iter().chain([
        "true ? var.arn : 1",
        "try(var.arn, 1)",
        "{a = var.arn}.a",
        "join(\"\", var.arns)",
    ]);
    keeping.for_each(|expression| assert_eq!(identities(expression), [arn()], "{expression}"));
    for expression in ["\"${var.arn}/*\"", "\"%{ if true }${var.arn}%{ endif }\"", "var.arn == \"x\""] {
        assert_eq!(identities(expression), [None], "{expression}");
    }
    assert_eq!(identities("var.bool ? var.arn : null"), [arn(), None]);
    assert_eq!(identities("var.bool ? var.any : var.arn"), [None]);
}

#[test]
fn sensitive_values_are_not_written() {
    let secret = Value::from("secret").with_marks(&Marks::SENSITIVE);
    let names = Names::partly_known().with("secret", secret);
    for expression in ["var.secret", "\"a-${var.secret}\"", "[var.secret]", "{a = \"${var.secret}-b\"}"] {
        let value = evaluate(&parse(expression), &names, &Budget::default());
        assert!(!value.to_string().contains("secret"), "{value}");
        assert!(value.all_marks().is_sensitive());
    }
}
