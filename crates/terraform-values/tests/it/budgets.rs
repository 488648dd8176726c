//! Nothing hangs, and nothing overflows the stack.

use std::time::{Duration, Instant};

use terraform_values::{Budget, MAX_DEPTH, MAX_SIZE, Value, evaluate};

use crate::common::{Locals, Names, parse};

/// Far above what any of these takes, on a machine with other work, too, and far below a hang.
const PATIENCE: Duration = Duration::from_secs(120);

fn local(locals: &Locals, name: &str) -> Value {
    let start = Instant::now();
    let value = evaluate(&parse(&format!("local.{name}")), locals, &Budget::default());
    assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
    value
}

/// Each local lists the one before ten times: 10^30 values in a kilobyte of sources.
#[test]
fn locals_that_list_each_other_end_in_anything() {
    for list in
        ["[A, A, A, A, A, A, A, A, A, A]", "{ a = A, b = A, c = A }", "\"AAAAA\"", "[for x in A : [A, A]]"]
    {
        let mut locals = Locals::default();
        locals.add("l0", if list.starts_with('"') { "\"0123456789\"" } else { "[1, 2]" });
        for at in 1..40 {
            let before = format!("local.l{}", at - 1);
            let before = if list.starts_with('"') { format!("${{{before}}}") } else { before };
            locals.add(&format!("l{at}"), &list.replace('A', &before));
        }
        let value = local(&locals, "l39");
        assert!(value.is_anything() || value.first_hole().is_some(), "{list}");
        assert!(value.size() <= MAX_SIZE);
    }
}

#[test]
fn locals_that_refer_to_each_other_end_in_anything() {
    let mut locals = Locals::default();
    for at in 0..10_000 {
        locals.add(&format!("l{at}"), &format!("[[local.l{}]][0][0]", at + 1));
    }
    locals.add("l10000", "1");
    assert!(local(&locals, "l0").is_anything());
    locals.add("loop", "[local.loop]");
    assert!(local(&locals, "loop").as_sequence().unwrap().items()[0].is_anything());
}

/// A test has 2 MiB of stack, and no optimization: the worst case.
#[test]
fn the_deepest_expression_fits_the_stack() {
    let mut locals = Locals::default();
    locals.add("l0", "1");
    let count = MAX_DEPTH;
    for at in 1..count {
        let before = format!("local.l{}", at - 1);
        let nested = format!(
            "true ? [for k, v in {{ a = try([\"%{{ for x in [{before}] }}-${{x}}%{{ endfor }}\"][0], 1) }} : v][0] : 1"
        );
        locals.add(&format!("l{at}"), &nested);
    }
    local(&locals, &format!("l{}", count - 1));
}

#[test]
fn alternatives_do_not_multiply_without_end() {
    let mut names = Names::partly_known();
    let choice = Value::one_of((0..20_i64).map(Value::from).collect());
    for name in ["a", "b", "c", "d"] {
        names = names.with(name, choice.clone());
    }
    for expression in
        ["\"${var.a}${var.b}${var.c}${var.d}\"", "var.a + var.b", "[var.a, var.b, var.c, var.d]"]
    {
        let value = evaluate(&parse(expression), &names, &Budget::default());
        assert!(value.alternatives().len() <= 32, "{expression}");
    }
}

#[test]
fn loops_within_loops_end_in_anything() {
    let names = Names::partly_known().with("many", Value::tuple((0..1_000_i64).map(Value::from).collect()));
    let expression = "[for a in var.many : [for b in var.many : [for c in var.many : a + b + c]]]";
    let start = Instant::now();
    let value = evaluate(&parse(expression), &names, &Budget::default());
    assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
    assert!(value.first_hole().is_some());
}
