//! Terraform is the oracle: `terraform console` is asked for the value of generated expressions.
//!
//! With all operands known, the value is equal to ours, or ours is a set that holds it. With some operands hidden, the
//! answer that Terraform gives for the hidden ones is a member of ours. What Terraform refuses may be refused here too, as
//! `try` sees it. The shares of what is given exactly, and of what is not just anything, are printed.
//!
//! A run with more expressions, from another seed:
//! `VALUES_EXPRESSIONS=20000 VALUES_SEED=1 cargo test -p terraform-values --test it console:: -- --nocapture`.
//! Needs `terraform`; where there is none, the test says so and passes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use terraform_values::{Budget, MappingKind, SequenceKind, Value, evaluate};

use crate::common::{number_of, parse};
use crate::generator::{Grammar, Random, Writer};
use crate::hide::hide;
use crate::operands::{names, operands, rules};
use crate::print::{of_json, written};
use crate::terraform_console::{ConsoleAnswer, ask_console};

/// Expressions that are tried, where nothing else is said: a few seconds.
const EXPRESSIONS: usize = 600;

/// Expressions of one run of the console.
const BATCH: usize = 500;

/// Ways of hiding that are tried on each expression.
const HIDINGS: usize = 4;

/// The sources in which a batch of expressions stands, and the question for what they are. Of a list it is asked whether
/// it is a list, a set or a tuple, since that decides what it is converted to.
fn write_batch(operands: &[(&str, &str, Value)], expressions: &[String]) -> (String, String) {
    let mut file = String::from("locals {\n  var = {\n");
    for (name, _, value) in operands {
        let _ = writeln!(file, "    {} = {}", name.trim_start_matches("var."), written(value));
    }
    file.push_str("  }\n}\n");
    let mut question = String::from("jsonencode([");
    for (at, expression) in expressions.iter().enumerate() {
        let expression = expression.replace("var.", "local.var.");
        let value = format!("local.x{at}.v");
        let kinds = ["list", "set", "map"]
            .map(|kind| format!("try({value} == to{kind}({value}), false) ? \"{kind}\" : "));
        let _ = writeln!(
            file,
            "locals {{\n  x{at} = try({{v = {expression}}}, null)\n  e{at} = nonsensitive(local.x{at} == null) ? [\"refused\"] : \
             try([nonsensitive(jsonencode({value})), nonsensitive({}\"\")], [])\n}}",
            kinds.concat()
        );
        let _ = write!(question, "local.e{at}, ");
    }
    question.push_str("])\n");
    (file, question)
}

/// What Terraform says of an expression.
#[derive(Clone)]
enum Answer {
    Value(Value),
    Refused,
    /// Nothing that can be compared: a value without JSON, or one that is not known, such as `format("%s", null)`.
    Other,
}

/// What Terraform answers to each expression. `None` where it cannot be run.
fn ask(operands: &[(&str, &str, Value)], expressions: &[String]) -> Option<Vec<Answer>> {
    let (file, question) = write_batch(operands, expressions);
    let ConsoleAnswer { text: answer, errors } = ask_console(&file, &question)?;
    if answer.contains("(known after apply)") {
        // One of them is not known.
        let (one, other) = expressions.split_at(expressions.len() / 2);
        if one.is_empty() {
            return Some(vec![Answer::Other]);
        }
        return Some([ask(operands, one)?, ask(operands, other)?].concat());
    }
    let text: String = serde_json::from_str(answer.trim()).unwrap_or_else(|_| panic!("{errors}\n{answer}"));
    let answers: Vec<Vec<String>> = serde_json::from_str(&text).unwrap();
    assert_eq!(answers.len(), expressions.len());
    Some(answers.iter().map(|answer| read_answer(answer)).collect())
}

/// The value of which Terraform gives the JSON and the kind of collection.
fn read_answer(answer: &[String]) -> Answer {
    let [json, kind] = answer else {
        return if answer.is_empty() { Answer::Other } else { Answer::Refused };
    };
    let value = of_json(&serde_json::from_str(json).unwrap());
    if json.contains("null") {
        // A list of nulls does not equal itself.
        return Answer::Value(value);
    }
    let sequence = match kind.as_str() {
        "list" => SequenceKind::List,
        "set" => SequenceKind::Set,
        _ => SequenceKind::Tuple,
    };
    let mapping = if kind == "map" { MappingKind::Map } else { MappingKind::Object };
    Answer::Value(match (value.as_sequence(), value.as_mapping()) {
        (Some(found), _) => Value::sequence(sequence, found.items().to_vec(), None),
        (_, Some(found)) => Value::mapping(mapping, found.members().clone(), None),
        _ => value,
    })
}

/// What was seen of a number of expressions.
#[derive(Default)]
struct Tally {
    asked: usize,
    answered: usize,
    refused: usize,
    surely_refused: usize,
    exact: usize,
    hidden: usize,
    said_something: usize,
    misses: Vec<String>,
    /// Expressions with known operands of which the value is not given exactly.
    inexact: BTreeMap<String, String>,
}

impl Tally {
    fn judge(&mut self, expression: &str, answer: &Answer, random: &mut Random) {
        self.asked += 1;
        match answer {
            Answer::Value(expected) => {
                self.answered += 1;
                let value = self.compare(expression, expected, random);
                if value.is_known() {
                    self.exact += 1;
                } else {
                    self.inexact.insert(expression.to_owned(), format!("{value}, is {expected}"));
                }
            }
            // What is refused is refused here too, or may be.
            Answer::Refused => {
                self.refused += 1;
                let value =
                    self.compare(&format!("try({expression}, \"refused\")"), &"refused".into(), random);
                self.surely_refused += usize::from(value.is_known());
            }
            Answer::Other => {}
        }
    }

    /// Holds the expected value against what is given with known operands, which is returned, and with hidden ones.
    fn compare(&mut self, expression: &str, expected: &Value, random: &mut Random) -> Value {
        let parsed = parse(expression);
        let known = evaluate(&parsed, &names(&operands()), &Budget::default());
        if !known.admits(expected) {
            self.misses.push(format!("{expression}\n    is {expected}\n    and not {known}"));
        }
        for _ in 0..HIDINGS {
            let mut hidden = operands();
            let mut any_used = false;
            for (name, _, value) in &mut hidden {
                let is_used = expression.contains(*name);
                if is_used && random.below(2) == 0 {
                    *value = hide(value, name, random);
                    any_used = true;
                }
            }
            if !any_used {
                continue;
            }
            self.hidden += 1;
            let value = evaluate(&parsed, &names(&hidden), &Budget::default());
            self.said_something += usize::from(!value.is_anything());
            if !value.admits(expected) {
                let used = hidden.iter().filter(|(name, ..)| expression.contains(*name));
                let used: Vec<String> = used.map(|(name, _, value)| format!("{name} = {value}")).collect();
                self.misses.push(format!(
                    "{expression}\n    is {expected}\n    and not {value}\n    where {}",
                    used.join("\n          ")
                ));
            }
        }
        known
    }
}

#[test]
fn terraform_gives_members_of_our_sets() {
    let operands = operands();
    let grammar = Grammar::read();
    let names = rules(&operands);
    let seed = number_of("VALUES_SEED", 20_261_130);
    let mut writer = Writer::new(&grammar, seed as u64, names);
    let mut random = Random(!(seed as u64));
    let mut tally = Tally::default();
    let wanted = number_of("VALUES_EXPRESSIONS", EXPRESSIONS);
    while tally.asked < wanted {
        let count = BATCH.min(wanted - tally.asked);
        let expressions: Vec<String> = (0..count).map(|at| writer.write("X", 2 + at % 4)).collect();
        let Some(answers) = ask(&operands, &expressions) else {
            println!("skipped: there is no terraform to ask");
            return;
        };
        for (expression, answer) in expressions.iter().zip(&answers) {
            tally.judge(expression, answer, &mut random);
        }
    }
    let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    println!(
        "{} expressions; {} have a value, {:.1} % of them given exactly; {} are refused by Terraform, {:.1} % of them surely here; {} with hidden operands, {:.1} % not anything; {} misses",
        tally.asked,
        tally.answered,
        share(tally.exact, tally.answered),
        tally.refused,
        share(tally.surely_refused, tally.refused),
        tally.hidden,
        share(tally.said_something, tally.hidden),
        tally.misses.len(),
    );
    if std::env::var("VALUES_INEXACT").is_ok() {
        tally.inexact.iter().for_each(|(expression, value)| println!("{expression}\n    {value}"));
    }
    assert!(share(tally.refused, tally.asked) < 40.0, "too many expressions have no value");
    let shown: Vec<&String> = tally.misses.iter().take(20).collect();
    assert!(
        shown.is_empty(),
        "{} misses\n{}",
        tally.misses.len(),
        shown.into_iter().cloned().collect::<Vec<_>>().join("\n")
    );
}
