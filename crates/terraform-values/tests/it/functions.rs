//! Functions of known arguments, with Terraform's answers: `tests/functions.txt`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

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
    let is_of_files = name.starts_with("file") || name.starts_with("template");
    // The cases are within a `try` themselves, and the grammar of the language has both.
    let is_of_language = matches!(name, "try" | "can");
    !is_of_files && !is_of_language && !WITHOUT.contains(&name)
}

#[test]
fn every_function_has_a_case_and_is_in_the_grammar() {
    let called: BTreeSet<&str> = cases().flat_map(|(expression, _)| expression.split('(')).collect();
    let grammar = Grammar::read();
    let is_missing = |name: &&str| can_be_asked(name) && !(called.contains(name) && grammar.calls(name));
    let missing: Vec<&str> = functions::evaluated().map(|(name, _)| name).filter(is_missing).collect();
    assert!(missing.is_empty(), "no case, or no production, for {missing:?}");
}

const PAGE: &str = "../../docs/functions.md";

const INTRODUCTION: &str = "\
# Functions

Terraform's functions, in the order in which public modules call them, and whether `countersign` evaluates them. A value that an
evaluated function cannot compute is widened, never guessed: the last column says what becomes of an argument that is known only
after apply. *By type only* means that the result is a text, or a set of texts, of which no more is known: what `fileset` lists may
have changed since the plan was made, and nobody knows a time of the clock. A function that is not evaluated gives *anything*, by its
name, and so does a function of a provider.

The calls were counted in 8,655 `.tf` files of different content, of 103 public repositories: those of terraform-aws-modules (40),
cloudposse (21), terraform-google-modules (10), aws-ia, Azure, GoogleCloudPlatform, terraform-ibm-modules and others, each at its newest
commit of November 2026, with their examples and tests. Files of equal content count once. A call in a template counts, a name in a
comment or in literal text does not; `crates/terraform-values/functions/count.py FOLDER` counts, and `counts.tsv` beside it is what
it counted. More than a third of the calls of `try` are in one repository, aztfmod/terraform-azurerm-caf.

A test of `terraform-values` writes this page (`UPDATE=1 cargo test -p terraform-values --test it functions::`) and fails where one of
the first 60 is not evaluated.

| rank | function | calls | files | evaluated | an argument that is not known |
|---:|---|---:|---:|---|---|
";

/// Functions that must be evaluated, from the most used one on.
const MUST_BE_EVALUATED: usize = 60;

#[test]
fn the_page_of_functions_is_true() {
    let known: BTreeMap<&str, &str> = functions::evaluated().collect();
    let mut page = INTRODUCTION.to_owned();
    let counts = include_str!("../../functions/counts.tsv").lines();
    let counts = counts.filter(|line| !line.starts_with("provider::")).map(|line| {
        let mut fields = line.split('\t');
        [(); 3].map(|()| fields.next().expect(line))
    });
    let mut counted = BTreeSet::new();
    for (at, [name, calls, files]) in counts.enumerate() {
        let unknown = known.get(name);
        let (evaluated, unknown) = match unknown {
            None => ("no", "anything"),
            Some(unknown) => match unknown.strip_prefix("always ") {
                Some(unknown) => ("by type only", unknown),
                None => ("yes", *unknown),
            },
        };
        let must_be = at < MUST_BE_EVALUATED && name != "fileset";
        assert!(evaluated == "yes" || !must_be, "{name} is number {} and not evaluated", at + 1);
        let _ = writeln!(page, "| {} | `{name}` | {calls} | {files} | {evaluated} | {unknown} |", at + 1);
        counted.insert(name);
    }
    let others = known.iter().filter(|(name, _)| !counted.contains(*name));
    let others: Vec<String> = others.map(|(name, unknown)| format!("`{name}` ({unknown})")).collect();
    let _ = writeln!(page, "\nEvaluated, and called by none of these files: {}.", others.join(", "));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(PAGE, &page).unwrap();
    }
    assert_eq!(page, std::fs::read_to_string(PAGE).unwrap(), "UPDATE=1 writes the page anew");
}
